"""Rows of the tables and drawings of the page How sure: figures and words, nothing drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.side_by_side import beyond
from dashboard.model.wording import cell_percent, signed, weight_percent, whole
from dashboard.report.disagreement_words import opened
from dashboard.report.how_sure import moved_weights
from dashboard.report.robustness_rows import labels, outdone_by
from dashboard.robustness.acceptability import Acceptability
from dashboard.robustness.assessment import Assessment
from dashboard.robustness.combined_flip import CombinedFlip, NoFlip
from dashboard.robustness.fragility import Fragility
from dashboard.robustness.pair_margin import Flip
from dashboard.robustness.readings import moments_under, question_moments
from dashboard.robustness.scenarios import under_scenario

_DRAWN_APART = 8
"""Ranks up to which each has a segment of its own; of more, the last are drawn as one."""


@dataclass(frozen=True)
class FirstsRow:
    """An option's shares of ranks; ``beats`` and ``score`` are ready to print."""

    row: int
    segments: tuple[float, ...]
    first: str
    beats: str
    score: str


def rank_heads(options: int) -> list[str]:
    """What the segments of a bar stand for: 'rank 1', '2', ..., '6 to 12'."""
    if options <= _DRAWN_APART:
        return [str(rank + 1) for rank in range(options)]
    kept = _DRAWN_APART - 2
    return [*(str(rank + 1) for rank in range(kept)), f"{kept + 1} to {options}"]


def band_words(low: float, high: float, to: str) -> str:
    """The band of a score in whole points; of a certain one just that score."""
    if high - low <= TIE_TOLERANCE:
        return f"{whole(low)}"
    return f"{whole(low)}{to}{whole(high)}"


def firsts_rows(
    assessment: Assessment, reading: Acceptability, rows: Sequence[int] | None = None
) -> Iterator[FirstsRow]:
    """The options as they are ranked now, best first; or those of some rows."""
    evaluation = assessment.evaluation
    status_quo, (low, high) = evaluation.question.status_quo, reading.band
    segments = len(rank_heads(len(evaluation.question.proposals)))
    reference = None if status_quo is None else evaluation.index(status_quo.id)
    better = None if reference is None else reading.better_than(reference).value
    beyond = reading.beyond if reading.ranks.value.shape[1] < len(evaluation.scores) else None
    for i in evaluation.order if rows is None else rows:
        shares = [float(share) for share in reading.ranks.value[i]]
        if beyond is not None:
            shares.append(float(beyond[i]))
        beats = ""
        if better is not None and i != reference:
            beats = cell_percent(float(better[i]))
        yield FirstsRow(
            row=i,
            segments=(*shares[: segments - 1], sum(shares[segments - 1 :])),
            first=cell_percent(shares[0]),
            beats=beats,
            score=band_words(float(low.value[i]), float(high.value[i]), " to "),
        )


@dataclass(frozen=True)
class CentralColumn:
    """The weights that are typical of samples in which an option is first, or why none are.

    ``confidence`` is empty where no score has a band: then no score varies.
    """

    row: int
    confidence: str
    weights: tuple[str, ...]


def central_columns(
    assessment: Assessment, reading: Acceptability, rows: Sequence[int] | None = None
) -> list[CentralColumn]:
    """For each option, best first; an option that is never first has none, and it is said."""
    criteria = len(assessment.evaluation.question.criteria)
    known = assessment.sampled.known
    columns = []
    for i in assessment.evaluation.order if rows is None else rows:
        centre = reading.centres[i] if reading.centres else None
        if centre is None or centre.weights is None or centre.confidence is None:
            never = "none, never first" if known else ""
            columns.append(CentralColumn(i, never, ("-",) * criteria))
            continue
        weights = tuple(weight_percent(float(weight)) for weight in centre.weights)
        confidence = cell_percent(centre.confidence) if known else ""
        columns.append(CentralColumn(i, confidence, weights))
    return columns


class TakeOver(NamedTuple):
    """One end of an interval: 'above 11 %', and the row that leads there."""

    side: Literal["below", "above"]
    where: str
    leads: int


@dataclass(frozen=True)
class StabilityRow:
    """One weight: shares of all weight for the drawing, words for the rest."""

    name: str
    inside: str
    now: float
    low: float | None
    high: float | None
    between: str
    fragility: Fragility
    distance: str
    takes_over: tuple[TakeOver, ...]
    reason: str


def stability_row(assessment: Assessment, fragility: Fragility) -> StabilityRow:
    """What is said of one weight."""
    node, found = assessment.nodes[fragility.node], assessment.stability[fragility.node]
    question = assessment.evaluation.question
    branch = "branch" if node.branch else question.branch_of(node.id).label
    if found.leader is None:
        return StabilityRow(
            node.name, branch, found.now, None, None, "", fragility, "", (), found.undefined or ""
        )
    low, high = found.leader.low, found.leader.high
    sides: tuple[tuple[Literal["below", "above"], float, int | None], ...] = (
        ("below", low, found.leader.below),
        ("above", high, found.leader.above),
    )
    return StabilityRow(
        name=node.name,
        inside=branch,
        now=found.now,
        low=low,
        high=high,
        between=f"{weight_percent(low)} to {weight_percent(high)}",
        fragility=fragility,
        distance=distance_words(fragility),
        takes_over=tuple(
            TakeOver(side, beyond(end, found.now, above=side == "above"), row)
            for side, end, row in sides
            if row is not None
        ),
        reason="",
    )


def distance_words(found: Fragility) -> str:
    """How far a weight has to move, and which way: '+1.1 points', 'level now', 'never'."""
    if found.distance is None:
        return "never"
    if found.distance <= TIE_TOLERANCE:
        return "level now"
    if found.distance < 0.0005:
        return f"{'+' if found.rises else chr(0x2212)}less than 0.1 points"
    return f"{signed(found.distance * 100 * (1 if found.rises else -1))} points"


def by_branch(assessment: Assessment) -> Iterator[tuple[int, list[int]]]:
    """Each branch as a node, with the nodes of its criteria."""
    leaves = len(assessment.evaluation.question.criteria)
    start = 0
    for b, branch in enumerate(assessment.evaluation.question.branches):
        yield leaves + b, list(range(start, start + len(branch.criteria)))
        start += len(branch.criteria)


@dataclass(frozen=True)
class FlipRow:
    """What it takes for one option to lead; ``moved`` is None where no weights do."""

    row: int
    moved: float | None
    words: str
    change: str


def flip_rows(assessment: Assessment) -> list[FlipRow]:
    """The options that do not lead, the one that needs least weight first."""
    rows = [_flip(assessment, i, flip) for i, flip in enumerate(assessment.flips) if flip]
    return sorted(rows, key=lambda row: 2.0 if row.moved is None else row.moved)


def _flip(assessment: Assessment, row: int, flip: Flip) -> FlipRow:
    if not isinstance(flip, CombinedFlip):
        if isinstance(flip, NoFlip):
            why = outdone_by(flip, labels(assessment), "A mix")
            return FlipRow(row, None, "cannot lead", f"{why}.")
        return FlipRow(row, None, "not known", f"{opened(flip.reason)}.")
    evaluation, least = assessment.evaluation, flip.least_moved
    gives, takes = moved_weights(evaluation.question, evaluation.weights, least.weights)
    change = f"From {gives} to {takes}." if gives and takes else ""
    if flip.ties_only:
        change = f"{change} It can draw level and no more.".lstrip()
    return FlipRow(row, least.moved, weight_percent(least.moved), change)


@dataclass(frozen=True)
class CheckRow:
    """One modelling choice made differently, and who leads then (rows)."""

    what: str
    leaders: tuple[int, ...]
    effect: str
    leader_changes: bool


def check_rows(assessment: Assessment) -> list[CheckRow]:
    """All structural checks; those that change the leader first."""
    evaluation = assessment.evaluation
    rows = [
        CheckRow(
            check.what,
            tuple(evaluation.index(leader) for leader in check.leaders),
            "leader changes"
            if check.leader_changes
            else "order below changes"
            if check.order_changes
            else "nothing changes",
            check.leader_changes,
        )
        for check in assessment.structure
    ]
    order = ("leader changes", "order below changes", "nothing changes")
    return sorted(rows, key=lambda row: order.index(row.effect))


@dataclass(frozen=True)
class ScenarioCell:
    """Rank and regret of an option in one case.

    ``worst``: it regrets no case more. ``undecided``: the best one's lead over it does not count.
    """

    rank: int
    regret: str
    worst: bool
    undecided: bool


def scenario_rows(
    assessment: Assessment, rows_shown: Sequence[int] | None = None
) -> list[tuple[str, list[ScenarioCell]]]:
    """A row a case, the performances as written first; options best first, or those of some rows.

    Empty without any scenario.
    """
    analysis = assessment.scenarios
    order = assessment.evaluation.order if rows_shown is None else rows_shown
    if len(analysis.cases) == 1:
        return []
    rows = []
    for k, case in enumerate(analysis.cases):
        cells = []
        counts = _counts_over(assessment, k, order)
        for i in order:
            regret, worst = float(analysis.regret[k, i]), analysis.worst_regret[i]
            cells.append(
                ScenarioCell(
                    rank=int(analysis.ranks[k, i]),
                    regret="best" if regret <= TIE_TOLERANCE else f"{regret:.1f}",
                    worst=worst.case == k and worst.regret > TIE_TOLERANCE,
                    undecided=regret > TIE_TOLERANCE and not counts[i],
                )
            )
        rows.append(("As written" if case is None else case.name, cells))
    return rows


def _counts_over(assessment: Assessment, k: int, rows: Sequence[int]) -> dict[int, bool]:
    """Whether the lead of the best of a case counts over each of some rows.

    A scenario moves bands, so means and errors are those of its own performances.
    """
    evaluation, analysis = assessment.evaluation, assessment.scenarios
    if not evaluation.moments.known:
        return dict.fromkeys(rows, True)
    best, case = int(np.argmin(analysis.ranks[k])), analysis.cases[k]
    asked: Sequence[int] = range(len(analysis.ranks[k]))
    if case is None:
        moments = moments_under(evaluation, assessment.errors)
    else:
        asked = sorted({best, *rows})
        changed = under_scenario(evaluation.question, case)
        kept = changed.replace(proposals=tuple(changed.proposals[i] for i in asked))
        moments = question_moments(kept, assessment.errors)
    decided = moments.leads(evaluation.weights, asked.index(best)).decided
    return {row: bool(decided[place]) for place, row in enumerate(asked)}
