"""Everything that says how far one ranking can be trusted, for one question and set of weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats, Performance
from dashboard.methods.evaluate import Evaluation
from dashboard.model.question import Question
from dashboard.robustness.acceptability import Sampling
from dashboard.robustness.cheapest_flips import sought_flips
from dashboard.robustness.condorcet import Majority, majority
from dashboard.robustness.disagreement import Disagreement, disagreement
from dashboard.robustness.health import Finding, health_checks
from dashboard.robustness.pair_margin import Flip, PairMargin, pair_margin
from dashboard.robustness.readings import (
    Sampled,
    ScoreErrors,
    moments_under,
    perspective_weights,
    sample,
)
from dashboard.robustness.sample_problem import MANY
from dashboard.robustness.scenarios import ScenarioAnalysis, scenario_analysis
from dashboard.robustness.score_flip import ScoreFlip, nearest_score_flip
from dashboard.robustness.score_lines import tree_nodes
from dashboard.robustness.shapley import Division, divide
from dashboard.robustness.stability import NodeStability, stability_intervals
from dashboard.robustness.structure import StructuralCheck, structural_checks
from dashboard.robustness.verdict import Verdict, verdict
from dashboard.robustness.veto import Veto, vetoes
from dashboard.robustness.weight_sampling import WeightSource
from dashboard.robustness.workers import Workers


class Node(NamedTuple):
    """A weight that can be moved: a criterion or a branch."""

    id: str
    name: str
    branch: bool


@dataclass(frozen=True, eq=False)
class DividedPair:
    """The criterion that divides two perspectives.

    ``division`` is None where they share a leader, or where there is a ``reason`` why the exact
    split is not to be had.
    """

    first: str
    second: str
    division: Division | None
    reason: str | None = None


@dataclass(frozen=True, eq=False)
class Assessment:
    """Arrays and indices are in the order of the question.

    ``examined`` : rows, best first, of the options whose flips and pairs were worked out: all, or
    of many the first fifty, and beyond them whoever might need the least weight to lead. ``flips``
    is None for those that lead and for those that were not examined.
    """

    evaluation: Evaluation
    verdict: Verdict
    nodes: tuple[Node, ...]
    stability: tuple[NodeStability, ...]
    flips: tuple[Flip | None, ...]
    score_flip: ScoreFlip | None  # within its band; over its scale where no score has one
    pairs: tuple[PairMargin, ...]
    sampled: Sampled
    scenarios: ScenarioAnalysis
    structure: tuple[StructuralCheck, ...]
    disagreement: Disagreement | None
    majority: Majority | None
    divisions: tuple[DividedPair, ...]
    health: tuple[Finding, ...]
    vetoes: tuple[Veto, ...]
    errors: ScoreErrors
    examined: tuple[int, ...]

    @property
    def complete(self) -> bool:
        """Whether every option was examined."""
        return len(self.examined) == len(self.evaluation.scores)


def assess(
    evaluation: Evaluation,
    sampling: Sampling,
    workers: Workers | None = None,
    errors: ScoreErrors | None = None,
    stated: WeightSource | None = None,
    pair: tuple[int, int] | None = None,
    *,
    full: bool = False,
) -> Assessment:
    """Run every check on an evaluation.

    Parameters
    ----------
    sampling : number of samples and seed of each reading of the weights.
    workers : how the sampling is spread, who is told of the progress, and who may stop it; threads
        by default.
    errors : how the scores may err; triangular and independent by default.
    stated : weights that fulfil what somebody stated, as ``stated_weights`` makes them.
    pair : rows of two alternatives that come first among the pairs, whether one leads or not.
    full : of more than fifty options too, examine all, and count everything.

    Raises
    ------
    RunCancelledError : ``workers.cancelled`` said so.
    """
    errors, workers = errors or ScoreErrors(), workers or Workers()
    question, values, weights = evaluation.question, evaluation.values, evaluation.weights
    curves = [criterion.points for criterion in question.criteria]
    people = perspective_weights(question)
    across = disagreement(values, people) if len(people) > 1 else None
    rows = evaluation.order if full else evaluation.order[:MANY]
    drawn = sample(evaluation, sampling, _part(workers, 0, _SAMPLED), errors, stated, full=full)
    flips = sought_flips(evaluation, rows, _part(workers, _SAMPLED, 1))
    return Assessment(
        evaluation=evaluation,
        verdict=verdict(evaluation, errors),
        nodes=tuple(_nodes(question)),
        stability=tuple(stability_intervals(values, weights, _groups(question))),
        flips=flips,
        score_flip=nearest_score_flip(_movable(evaluation), curves, weights),
        pairs=tuple(_pairs(evaluation, pair, rows)),
        sampled=drawn,
        scenarios=scenario_analysis(question, weights),
        structure=structural_checks(question, weights),
        disagreement=across,
        majority=majority(across.ranks) if across else None,
        divisions=tuple(_divisions(question, values, people)),
        health=health_checks(evaluation, moments_under(evaluation, errors)),
        vetoes=vetoes(question, errors.distribution),
        errors=errors,
        examined=_examined(evaluation, rows, flips),
    )


def _movable(evaluation: Evaluation) -> Performance:
    """How far a single score is moved: within its band, or over its scale where none has one."""
    raw = evaluation.performance
    if evaluation.moments.known:
        return raw
    # Where nothing is known of errors, nothing is known of shared ones.
    spans = np.array([criterion.span for criterion in evaluation.question.criteria]).T
    low, high = np.minimum(raw.likely, spans[0]), np.maximum(raw.likely, spans[1])
    return Performance(low, raw.likely, high)


_SAMPLED, _PARTS = 4, 5
"""Of five parts of the progress sampling has four."""


def _part(workers: Workers, first: int, parts: int) -> Workers:
    """The same workers for ``parts`` of the parts, from the first."""
    tell = workers.progress
    if tell is None:
        return workers
    return replace(workers, progress=lambda done, of: tell(first * of + parts * done, _PARTS * of))


def _examined(
    evaluation: Evaluation, rows: Sequence[int], flips: Sequence[Flip | None]
) -> tuple[int, ...]:
    known = set(rows)
    more = [row for row in evaluation.order if flips[row] is not None and row not in known]
    return (*rows, *more)


def _nodes(question: Question) -> Iterator[Node]:
    for criterion in question.criteria:
        yield Node(criterion.id, criterion.label, branch=False)
    for branch in question.branches:
        yield Node(branch.id, branch.label, branch=True)


def _groups(question: Question) -> list[tuple[int, ...]]:
    return tree_nodes([len(branch.criteria) for branch in question.branches])


def _pairs(
    evaluation: Evaluation, named: tuple[int, int] | None, rows: Sequence[int]
) -> Iterator[PairMargin]:
    """The named one, and the first in order against each of the others, the nearest first."""
    leader, *others = rows
    pairs = [(leader, other) for other in others]
    if named is not None:
        pairs = [named, *(pair for pair in pairs if set(pair) != set(named))]
    for one, other in pairs:
        yield pair_margin(evaluation, one, other, _groups(evaluation.question))


def _divisions(question: Question, values: Floats, people: Floats) -> Iterator[DividedPair]:
    names = [perspective.id for perspective in question.perspectives]
    for a, first in enumerate(names):
        for b in range(a + 1, len(names)):
            try:
                yield DividedPair(first, names[b], divide(values, people[a], people[b]))
            except ValueError as error:
                yield DividedPair(first, names[b], None, str(error))
