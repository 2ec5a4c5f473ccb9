"""What is said of two options held against each other."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dashboard.methods.evaluate import Evaluation, are_equal
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.proposals import Proposal
from dashboard.model.question import Question
from dashboard.model.side_by_side import apart, gap_between
from dashboard.model.wording import counted, listed, points, weight_percent
from dashboard.robustness.combined_flip import CombinedFlip
from dashboard.robustness.crossing import ALWAYS_EQUAL, NEVER_EQUAL
from dashboard.robustness.failed import caution
from dashboard.robustness.lead import NO_BANDS
from dashboard.robustness.lead_words import on_average
from dashboard.robustness.pair_margin import PairMargin
from dashboard.robustness.score_lines import tree_nodes
from dashboard.robustness.waterfall import Step, Waterfall

_NAMED = 3
_NONE_ABOVE = "all weight is on it"


class CrossingRow(NamedTuple):
    """A weight that, moved alone, makes two options level."""

    name: str
    now: str
    at: str
    ahead_above: str


def pair_headline(fall: Waterfall, first: Proposal, second: Proposal) -> str:
    """Who is ahead, and by how much."""
    if first.id == second.id:
        return f"{first.label} is compared with itself"
    if fall.equal:
        return f"{first.label} and {second.label} are equal on every criterion"
    if abs(fall.gap) <= TIE_TOLERANCE:
        return f"{first.label} and {second.label} have the same score"
    ahead, behind = (first, second) if fall.gap > 0 else (second, first)
    scores = fall.first_score, fall.second_score
    gap = gap_between(max(scores), min(scores), tenths=True)
    return f"{ahead.label} is {gap.words} ahead of {behind.label}{gap.scores}"


def pair_lead(question: Question, fall: Waterfall, first: Proposal, second: Proposal) -> str:
    """Where the gap comes from, whether it counts, and what no score makes good."""
    if first.id == second.id:
        return "Choose two different options."
    said = _where_from(fall, first, second)
    return f"{said} {caution(question, (first, second)) or ''}".rstrip()


def _where_from(fall: Waterfall, first: Proposal, second: Proposal) -> str:
    if fall.equal:
        return "Neither weights nor methods can part them."
    turned = fall.gap < -TIE_TOLERANCE
    ahead, gains, losses = (second, fall.down, fall.up) if turned else (first, fall.up, fall.down)
    gained = f"gains most on {_labels(gains)}" if gains else "gains on no criterion"
    lost = f"loses most on {_labels(losses)}" if losses else "loses on none"
    said = f"{ahead.label} {gained} and {lost}."
    if abs(fall.gap) <= TIE_TOLERANCE or fall.decided:
        return said
    lead = (-1 if turned else 1) * fall.mean
    names = (second.label, first.label) if turned else (first.label, second.label)
    if average := on_average(names, abs(fall.gap), lead, fall.error):
        return (
            f"{said} {average} The uncertainty of their difference is {points(fall.error)}, so "
            "their order is too close to call."
        )
    return (
        f"{said} The gap is within the uncertainty of their difference ({points(fall.error)}), so "
        "their order is too close to call."
    )


def _labels(steps: tuple[Step, ...]) -> str:
    return listed([step.difference.criterion.label for step in steps[:2]])


def node_names(evaluation: Evaluation) -> list[str]:
    """Names of the weights that can be moved: criteria, then branches that hold several."""
    question = evaluation.question
    return [c.label for c in question.criteria] + [f"{b.label} (branch)" for b in question.branches]


def nodes(evaluation: Evaluation) -> list[tuple[int, ...]]:
    """The criteria under each weight that can be moved, as ``node_names``."""
    return tree_nodes([len(branch.criteria) for branch in evaluation.question.branches])


def flip_sentence(evaluation: Evaluation, margin: PairMargin) -> str:
    """The smallest change of weights that makes the two level, or that there is none."""
    proposals, flip = evaluation.question.proposals, margin.flip
    first, second = proposals[margin.first].label, proposals[margin.second].label
    if are_equal(evaluation, [margin.first, margin.second]):
        return f"{first} and {second} are equal on every criterion, so level with any weights."
    if margin.tornado.gap <= TIE_TOLERANCE:
        return f"{first} and {second} are level with these weights."
    if not isinstance(flip, CombinedFlip):
        reason = getattr(flip, "reason", "")
        return (
            f"How much weight would have to move is not known: {reason}."
            if reason
            else f"On best estimates, {first} is ahead of {second} with any weights."
        )
    change = flip.least_moved
    moved = change.weights - evaluation.weights
    largest = [int(j) for j in np.argsort(-np.abs(moved), kind="stable") if abs(moved[j]) > 1e-6]
    named = []
    for j in largest[:_NAMED]:
        to, was = apart(float(change.weights[j]), float(evaluation.weights[j]))
        named.append(f"{evaluation.question.criteria[j].label} {to} (now {was})")
    more = len(largest) - len(named)
    others = [counted(more, "smaller change")] if more > 0 else []
    return (
        f"{second} draws level with {first} once at least {weight_percent(change.moved)} of all "
        f"weight moves: {listed([*named, *others])}.{_no_more(flip, second)}"
    )


def _no_more(flip: CombinedFlip, second: str) -> str:
    """Said of an option that is nowhere better than the other."""
    if not flip.ties_only:
        return ""
    return f" On best estimates, more than level is out of reach for {second} with any weights."


def crossing_rows(evaluation: Evaluation, margin: PairMargin) -> list[CrossingRow]:
    """The weights that make the two level, the nearest to its present value first."""
    labels = [proposal.label for proposal in evaluation.question.proposals]
    found = [
        (abs(crossing.at - crossing.now), name, crossing)
        for name, crossing in zip(node_names(evaluation), margin.crossings, strict=True)
        if crossing.at is not None
    ]
    found.sort(key=lambda entry: entry[0])
    rows = []
    for _, name, crossing in found:
        at, now = apart(float(crossing.at or 0.0), crossing.now)
        # Level at all the weight there is: nothing lies above.
        above = _NONE_ABOVE if crossing.ahead_above is None else labels[crossing.ahead_above]
        rows.append(CrossingRow(name, now, at, above))
    return rows


def crossing_sentence(evaluation: Evaluation, margin: PairMargin) -> str:
    """The nearest of the crossings, and how many weights have none."""
    rows, reasons = crossing_rows(evaluation, margin), [c.reason for c in margin.crossings]
    without = sum(reason == NEVER_EQUAL for reason in reasons)
    if ALWAYS_EQUAL in reasons and not rows:
        return "The two are equal at every weight."
    if not rows:
        return "No weight, moved alone, makes the two level."
    nearest = rows[0]
    said = (
        f"Of single weights, {nearest.name} is nearest to making them level: at {nearest.at} "
        f"(now {nearest.now})."
    )
    if without:
        alone = counted(without, "other weight", "other weights")
        said += (
            f" {alone[:1].upper()}{alone[1:]}, moved alone, {'does' if without == 1 else 'do'} not."
        )
    return said


def tornado_sentence(evaluation: Evaluation, margin: PairMargin) -> str:
    """On which criteria the bands alone could turn the pair round."""
    if not evaluation.moments.known:
        return NO_BANDS
    criteria = evaluation.question.criteria
    either = [criteria[bar.criterion].label for bar in margin.tornado.bars if bar.reverses]
    if not either:
        return "On no single criterion do the bands reach far enough to turn the pair round."
    if len(either) == len(criteria) > _NAMED:
        return f"On each of the {len(criteria)} criteria the bands alone may put either ahead."
    named = [*either[:_NAMED], *([f"{len(either) - _NAMED} more"] if len(either) > _NAMED else [])]
    return f"The bands alone may put either ahead on {listed(named)}."
