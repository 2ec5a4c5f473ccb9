"""The sentences of the briefing, each from one evaluation."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import Evaluation, are_equal
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.methods.second_opinions import Opinion
from dashboard.model.proposals import Proposal
from dashboard.model.question import Question
from dashboard.model.side_by_side import gap_between
from dashboard.model.wording import (
    counted,
    counted_of,
    listed,
    performances,
    points,
    weight_percent,
    whole,
    with_unit,
)
from dashboard.report.briefing.tables import dividing_weight
from dashboard.report.opinion_words import opinions_finding
from dashboard.report.override_words import overrides_line
from dashboard.robustness.assessment import Assessment
from dashboard.robustness.evidence_weight import CONFIDENCES, confidence_shares
from dashboard.robustness.statement import (
    cheapest_flip,
    equal_leaders,
    leads_or_ties,
    nothing_ends_the_lead,
)
from dashboard.robustness.verdict import Verdict

MINUS = "\u2212"
DRIVERS = 3
NAMED = 3
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Driver(NamedTuple):
    """A criterion that speaks for or against the leader, with its raw numbers."""

    criterion: str
    raw: str
    points: str


class Rest(NamedTuple):
    """What brings the drivers to the gap: a name, signed points, and whether rounding shows."""

    name: str
    points: str
    note: str


def long_date(date: datetime.date) -> str:
    """'3 March 2026', whatever the locale of the machine."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def comparator(evaluation: Evaluation, answer: Verdict) -> Proposal | None:
    """What the leader is held against: the status quo, or the next option where it leads itself."""
    leader, status_quo = answer.leaders[0], evaluation.question.status_quo
    if status_quo is not None and status_quo.id != leader.id:
        return status_quo
    others = [p for p in (*answer.leaders[1:], answer.runner_up) if p is not None]
    return others[0] if others else None


def above_status_quo(evaluation: Evaluation) -> str:
    """Which options score above the status quo, and the leader's distance to it."""
    question, status_quo = evaluation.question, evaluation.question.status_quo
    if status_quo is None:
        return "The question holds no status quo to compare with."
    floor = evaluation.scores[evaluation.index(status_quo.id)]
    above = [
        question.proposals[i]
        for i in evaluation.order
        if evaluation.scores[i] > floor + TIE_TOLERANCE
    ]
    contenders = [p for p in question.proposals if p.id != status_quo.id]
    if not contenders:
        return "There is no proposal beside the status quo."
    if not above:
        return "No option scores above the status quo under these weights."
    ahead = gap_between(float(evaluation.scores[evaluation.order[0]]), float(floor))
    if len(above) == 1:
        first = f"Only {above[0].label} scores above the status quo, by {ahead}"
    else:
        first = (
            f"{len(above)} of {counted(len(contenders), 'option')} score above the status quo, "
            f"{above[0].label} by {ahead}"
        )
    if all(p.is_reference for p in above):
        return f"{first}; no proposal does."
    return f"{first}."


def drivers(
    evaluation: Evaluation, leader: Proposal, other: Proposal
) -> tuple[list[Driver], list[Driver], Rest]:
    """The three criteria that add most to the leader's gap to another, and the three that cut it.

    Returns
    -------
    Those for the leader and those against it, each the largest first; equal ones in tree order.
    Last, all other criteria together, so that a reader can add the points up to the gap.
    """
    ours, theirs = evaluation.index(leader.id), evaluation.index(other.id)
    gap = evaluation.contributions[ours] - evaluation.contributions[theirs]
    order = [int(j) for j in np.argsort(-gap, kind="stable")]
    helping = [j for j in order if gap[j] > TIE_TOLERANCE][:DRIVERS]
    hurting = [j for j in reversed(order) if gap[j] < -TIE_TOLERANCE][:DRIVERS]

    def driver(j: int) -> Driver:
        criterion = evaluation.question.criteria[j]
        both = [float(evaluation.performance.likely[i, j]) for i in (ours, theirs)]
        a, b = performances(both, criterion)
        return Driver(
            criterion.label, with_unit(f"{a} against {b}", criterion.unit), signed(gap[j])
        )

    scores = evaluation.scores
    exact = not gap_between(float(scores[ours]), float(scores[theirs])).scores
    rest = _rest([float(gap[j]) for j in helping + hurting], gap, whole_gap=exact)
    return [driver(j) for j in helping], [driver(j) for j in hurting], rest


def _rest(shown: list[float], gap: Floats, *, whole_gap: bool) -> Rest:
    """All criteria but those shown; 'rounded' where the whole points miss the gap as printed.

    Parameters
    ----------
    whole_gap : the gap is printed in whole points, not in tenths.
    """
    total = float(gap.sum())
    left = total - sum(shown)
    if abs(left) <= TIE_TOLERANCE:
        left = 0.0
    missed = not whole_gap or sum(whole(value) for value in (*shown, left)) != whole(total)
    if len(shown) == len(gap):
        return Rest("", "", "The points are rounded." if missed else "")
    return Rest("All other criteria", signed(left) if left else "0", "(rounded)" if missed else "")


def signed(value: float) -> str:
    """A difference in whole points with its sign: '+7', or '<1' where that is nothing."""
    rounded = whole(abs(value))
    if not rounded:
        return "<1"
    return f"{'+' if value > 0 else MINUS}{rounded}"


def why(
    evaluation: Evaluation,
    leader: Proposal,
    other: Proposal,
    helping: list[Driver],
    hurting: list[Driver],
) -> str:
    """How far the leader is above what it is held against, and what adds and takes most."""
    rows = [evaluation.index(leader.id), evaluation.index(other.id)]
    ours, theirs = (float(evaluation.scores[row]) for row in rows)
    gap = gap_between(ours, theirs)
    apart = f"{leader.label} is {gap.words} above {other.label}{gap.scores}"
    if are_equal(evaluation, rows):
        apart = f"{leader.label} and {other.label} are equal on every criterion"
    elif ours - theirs <= TIE_TOLERANCE:
        apart = f"{leader.label} and {other.label} tie"
    most = [
        f"{found[0].criterion} {verb} most"
        for found, verb in ((helping, "adds"), (hurting, "takes"))
        if found
    ]
    return f"{apart}: {', '.join(most)}" if most else apart


def who_leads(leaders: Mapping[str, list[Proposal]]) -> str:
    """'A leads under 4 of 8 perspectives, B under 3 and C under 1': ``leaders`` by perspective."""
    everyone = len(leaders)
    tally = Counter(tuple(p.label for p in found) for found in leaders.values())
    said: list[str] = []
    for names, count in tally.most_common():
        who = listed(names) if len(names) <= NAMED else counted(len(names), "option")
        if said:
            said.append(f"{who} under {count}")
            continue
        verb = "leads" if len(names) == 1 else "tie for first"
        where = f"{count} of {everyone} perspectives"
        if count == everyone:
            every = "both" if everyone == 2 else f"all {everyone}"
            where = "the only perspective" if everyone == 1 else f"{every} perspectives"
        said.append(f"{who} {verb} under {where}")
    if len(said) > NAMED:
        said = [*said[:NAMED], f"{len(said) - NAMED} more under others"]
    return listed(said)


def dividing_sentence(evaluation: Evaluation, others: dict[str, Evaluation]) -> str:
    """Which weight divides the camps most; empty where all perspectives agree."""
    found = dividing_weight(evaluation, others)
    if found is None:
        return ""
    mine, rival, j, least, most = found
    criterion = evaluation.question.criteria[j].label

    def held(identifier: str) -> str:
        perspective = evaluation.question.perspective(identifier)
        share = weight_percent(float(others[identifier].weights[j]))
        return f"{share} from {perspective.short_name or perspective.name}"

    return (
        f"Between {mine.label} and {rival.label}, the weight of {criterion} divides most: "
        f"{held(least)}, {held(most)}."
    )


def method_sentence(evaluation: Evaluation, opinions: tuple[Opinion, ...]) -> str:
    """How many methods put the leader first, and whom the others put there."""
    if not opinions:
        return "No other method was run for this briefing."
    proposals = evaluation.question.proposals
    text = opinions_finding(evaluation, opinions)
    rows = [evaluation.index(leader.id) for leader in evaluation.leaders]
    dissent: dict[str, list[str]] = {}
    for opinion in opinions:
        if opinion.ranks is not None and not all(map(opinion.leads, rows)):
            first = listed([proposals[int(i)].label for i in np.flatnonzero(opinion.ranks == 1)])
            dissent.setdefault(first, []).append(opinion.method)
    for place, (first, methods) in enumerate(dissent.items()):
        verb = "" if place else " puts" if len(methods) == 1 else " put"
        text += f"; {listed(methods)}{verb} {first}"
    failed = [opinion.method for opinion in opinions if opinion.ranks is None]
    return f"{text}; {listed(failed)} could not run." if failed else f"{text}."


def confidence_finding(evaluation: Evaluation) -> str:
    """The level of confidence that most of the weight behind the leader has."""
    leader = evaluation.question.proposals[evaluation.order[0]]
    shares = confidence_shares(evaluation).by_option[evaluation.order[0]]
    most = int(np.argmax(shares))
    share = weight_percent(float(shares[most]))
    return f"Confidence is {CONFIDENCES[most]} for {share} of the weight behind {leader.label}"


def flip_finding(assessment: Assessment) -> str:
    """The least change of weights that ends the lead."""
    found, question = cheapest_flip(assessment), assessment.evaluation.question
    leaders = assessment.verdict.leaders
    if equal_leaders(assessment):
        return "No change of weights parts those that come first: they are equal on every criterion"
    if len(leaders) > 1:
        return "The least change of weights may part those that tie"
    if found is None:
        if len(question.proposals) == 1:
            return "Nothing can change who leads: there is one option"
        if nothing_ends_the_lead(assessment):
            return (
                "On best estimates, no change of weights puts another option before "
                f"{leaders[0].label}"
            )
        return "The least change of weights that ends the lead is too small to calculate"
    row, least = found
    rival = question.proposals[row].label
    return f"Moving {weight_percent(least.moved)} of all weight puts {rival} level with the lead"


def worst_scenario(assessment: Assessment) -> str:
    """The scenario that leaves the leader furthest behind, and whoever leads then."""
    analysis, question = assessment.scenarios, assessment.evaluation.question
    if len(analysis.cases) == 1:
        return "The question holds no scenarios."
    leader = int(assessment.evaluation.order[0])
    worst = 1 + int(np.argmax(analysis.regret[1:, leader]))
    case, regret = analysis.cases[worst], float(analysis.regret[worst, leader])
    name, ways = question.proposals[leader].label, len(analysis.cases) - 1
    if case is None or regret <= TIE_TOLERANCE:
        leads = leads_or_ties(analysis, leader)
        return f"{name} {leads} in {counted_of(ways, ways, 'scenario')}."
    then = [question.proposals[i].label for i in analysis.leaders(worst)]
    ahead = listed(then) if len(then) <= NAMED else counted(len(then), "option")
    kept = sum(leader in analysis.leaders(k) for k in range(1, ways + 1))
    return (
        f"Worst for {name} is {case.name}: rank {analysis.ranks[worst, leader]}, "
        f"{points(regret)} behind {ahead}. It leads in {counted_of(kept, ways, 'scenario')}."
    )


def what_if(question: Question) -> str:
    """That scores were changed by a reader, and which; empty where none was."""
    overrides = [held.override for held in question.overrides]
    line = overrides_line(question, overrides)
    what = "the reasons" if any(override.reason for override in overrides) else "the numbers"
    return line and f"What if: {line} An annex has {what}."
