"""Scenarios: the ranking if the world goes another way, and what each choice would cost then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.additive import scores as additive_scores
from dashboard.methods.arrays import Floats, Ints, Performance, frozen, performance
from dashboard.methods.partial_values import partial_values
from dashboard.methods.ranks import TIE_TOLERANCE, competition_ranks
from dashboard.model.bands import mirrored
from dashboard.model.combination import Scenario, ScenarioChange
from dashboard.model.proposals import Proposal
from dashboard.model.question import Question
from dashboard.robustness.regret import (
    WorstRegret,
    least_worst_regret,
    regret_matrix,
    worst_regrets,
)


@dataclass(frozen=True)
class Loss:
    """The scenario (index into ``cases``) that lowers a score most, and by how many points."""

    case: int
    points: float


@dataclass(frozen=True, eq=False)
class ScenarioAnalysis:
    """m alternatives in k cases; case 0 is the performances as written, the rest are scenarios.

    ``hurts_most`` is None for an alternative whose score no scenario lowers. ``clamped`` has, for
    each case, the cells (alternative, criterion) that a change moved beyond an anchor: there the
    value is the anchor's, and part of the change is lost.
    """

    cases: tuple[Scenario | None, ...]
    scores: Floats
    ranks: Ints
    regret: Floats
    worst_regret: tuple[WorstRegret, ...]
    hurts_most: tuple[Loss | None, ...]
    least_worst_regret: tuple[int, ...]
    clamped: tuple[tuple[tuple[int, int], ...], ...]

    def leaders(self, case: int) -> list[int]:
        """The alternatives of rank 1 in a case."""
        return [int(i) for i in np.flatnonzero(self.ranks[case] == 1)]


def scenario_analysis(
    question: Question, weights: Floats, scenarios: Sequence[Scenario] | None = None
) -> ScenarioAnalysis:
    """Scores, ranks and regret of every alternative in every scenario.

    The performances as written are a case of their own: the world may go none of the other ways.
    Scenarios have no probabilities, so nothing is averaged over them.

    Parameters
    ----------
    weights : (n,) non-negative, sum 1, in the order of the criteria.
    scenarios : those of the question if left out; none of them is allowed.

    Raises
    ------
    ValueError : weights do not fit, or a scenario cannot be applied (see ``under_scenario``).

    Source: Savage (1951), JASA 46(253), 55-67 (regret); Lempert, Popper & Bankes (2003), Shaping
    the Next One Hundred Years, RAND MR-1626 (regret over scenarios without probabilities).
    """
    chosen = question.scenarios.scenarios if scenarios is None else tuple(scenarios)
    if not question.proposals:
        raise ValueError("the question has no proposals")
    written = performance(question)
    curves = [criterion.points for criterion in question.criteria]
    likely = [written.likely, *(_under(question, written, s).bands.likely for s in chosen)]
    score = np.array([additive_scores(partial_values(raw, curves), weights) for raw in likely])
    regret = regret_matrix(score)
    return ScenarioAnalysis(
        cases=(None, *chosen),
        scores=frozen(score),
        ranks=np.array([competition_ranks(row) for row in score]),
        regret=frozen(regret),
        worst_regret=tuple(worst_regrets(regret)),
        hurts_most=_losses(score),
        least_worst_regret=tuple(least_worst_regret(regret)),
        clamped=tuple(_moved_beyond(question, written.likely, raw) for raw in likely),
    )


def scenario_performance(question: Question, scenario: Scenario) -> Performance:
    """The raw performances (m, n) under a scenario; low, likely and high move the same way.

    A performance beyond an anchor stays as it is: the value curve counts it as the anchor.

    - ``add`` shifts the band, ``times`` multiplies it;
    - ``times_increment`` multiplies the difference to the likely performance of the status quo,
      so a band becomes wider or narrower by the same factor. The status quo itself, where it is
      listed, stays as it is: it does not differ from itself.

    Changes are made in the order of the file, each on what the one before has left; so an earlier
    change of the status quo moves the point from which a later one counts differences. A proposal
    that has been withdrawn from the question is passed over.

    Raises
    ------
    ValueError : a change names a criterion the question does not have, or counts differences to a
        status quo that is not there.
    """
    return _under(question, performance(question), scenario).bands


def under_scenario(question: Question, scenario: Scenario) -> Question:
    """The question with the performances that hold under a scenario; see ``scenario_performance``.

    Its warnings are empty: they are about numbers in files, and no file holds these.
    """
    changed = _under(question, performance(question), scenario)
    proposals = tuple(
        _moved(question, proposal, changed, row) for row, proposal in enumerate(question.proposals)
    )
    return question.replace(proposals=proposals, warnings=())


class _Changed(NamedTuple):
    """Performances under a scenario, and (m, n) whether low came of high: a factor was negative."""

    bands: Performance
    turned: NDArray[np.bool_]


def _under(question: Question, written: Performance, scenario: Scenario) -> _Changed:
    low, likely, high = written.low.copy(), written.likely.copy(), written.high.copy()
    turned = np.zeros(likely.shape, np.bool_)
    rows = {proposal.id: i for i, proposal in enumerate(question.proposals)}
    columns = {criterion.id: j for j, criterion in enumerate(question.criteria)}
    for change in scenario.changes:
        affected = [rows[p] for p in _affected(question, change) if p in rows]
        for criterion in dict.fromkeys(change.criteria):
            if criterion not in columns:
                raise ValueError(
                    f"scenario {scenario.id!r} changes {criterion!r}, which is no criterion"
                )
            j = columns[criterion]
            reference = _reference(question, scenario, change, likely[:, j])
            for band in (low, likely, high):
                band[affected, j] = _changed(band[affected, j], change, reference)
            if (change.times or change.times_increment or 0.0) < 0:
                turned[affected, j] ^= True
    low, high = np.where(turned, high, low), np.where(turned, low, high)
    return _Changed(Performance(frozen(low), frozen(likely), frozen(high)), turned)


def _affected(question: Question, change: ScenarioChange) -> list[str]:
    status_quo = question.status_quo
    if change.times_increment is None or status_quo is None:
        return list(change.proposals)
    return [proposal for proposal in change.proposals if proposal != status_quo.id]


def _reference(
    question: Question, scenario: Scenario, change: ScenarioChange, likely: Floats
) -> float:
    """The point from which differences count; 0 where none is asked for."""
    if change.times_increment is None:
        return 0.0
    status_quo = question.status_quo
    if status_quo is None:
        raise ValueError(
            f"scenario {scenario.id!r} multiplies differences to the status quo, "
            "and the question has none"
        )
    return float(likely[[p.id for p in question.proposals].index(status_quo.id)])


def _changed(band: Floats, change: ScenarioChange, reference: float) -> Floats:
    """Exactly one of the three operations is there: ScenarioChange has made sure of it."""
    if change.times_increment is not None:
        return reference + (band - reference) * change.times_increment
    return band * change.times if change.times is not None else band + (change.add or 0.0)


def _moved(question: Question, proposal: Proposal, changed: _Changed, row: int) -> Proposal:
    scores, moved = {}, changed.bands
    for j, criterion in enumerate(question.criteria):
        score = proposal.scores[criterion.id]
        bands = score.bands
        if changed.turned[row, j]:
            bands = mirrored(bands or question.context.bands)
        scores[criterion.id] = score.with_band(
            float(moved.low[row, j]),
            float(moved.likely[row, j]),
            float(moved.high[row, j]),
            # What low and high are stays; of a mean they are the 10th and the 90th percentile.
            bands="percentiles" if score.family else bands,
        )
    return proposal.model_copy(update={"scores": scores})


def _losses(scores: Floats) -> tuple[Loss | None, ...]:
    """For each alternative the first scenario that lowers its score most, if any does."""
    found: list[Loss | None] = []
    for column in (scores[0] - scores[1:]).T:
        worst = float(column.max(initial=0.0))
        first = int(np.argmax(column >= worst - TIE_TOLERANCE)) if len(column) else 0
        found.append(Loss(first + 1, worst) if worst > TIE_TOLERANCE else None)
    return tuple(found)


def _moved_beyond(
    question: Question, written: Floats, changed: Floats
) -> tuple[tuple[int, int], ...]:
    spans = np.array([criterion.span for criterion in question.criteria])
    outside = (changed < spans[:, 0] - TIE_TOLERANCE) | (changed > spans[:, 1] + TIE_TOLERANCE)
    return tuple((int(i), int(j)) for i, j in np.argwhere(outside & (changed != written)))
