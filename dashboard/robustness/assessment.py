"""Everything that says how far one ranking can be trusted, for one question and set of weights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import Evaluation
from dashboard.methods.weights import normalise_points, perspective_points
from dashboard.model.question import Question
from dashboard.model.value_tree import CurvePoint
from dashboard.robustness.acceptability import Acceptability, Sampling, acceptability
from dashboard.robustness.combined_flip import CombinedFlip, NoFlip, combined_flip
from dashboard.robustness.condorcet import Majority, majority
from dashboard.robustness.disagreement import Disagreement, disagreement
from dashboard.robustness.health import Finding, health_checks
from dashboard.robustness.scenarios import ScenarioAnalysis, scenario_analysis
from dashboard.robustness.score_flip import ScoreFlip, nearest_score_flip
from dashboard.robustness.score_sampling import ScoreTables, score_tables
from dashboard.robustness.shapley import Division, divide
from dashboard.robustness.stability import NodeStability, stability_intervals, tree_nodes
from dashboard.robustness.structure import StructuralCheck, structural_checks
from dashboard.robustness.tornado import Tornado, tornado
from dashboard.robustness.verdict import Verdict, verdict
from dashboard.robustness.veto import Veto, vetoes
from dashboard.robustness.weight_sampling import ballot_weights, uniform_weights, weights_near
from dashboard.robustness.workers import Workers

NEAR = 0.05
"""Weights near a given set: each within 5 percentage points of it."""


Curve = tuple[CurvePoint, ...]


class Node(NamedTuple):
    """A weight that can be moved: a criterion or a branch."""

    id: str
    name: str
    branch: bool


class TooClose(NamedTuple):
    """Alternatives differ by so little that rounding would decide how much weight has to move."""

    reason: str


Flip = CombinedFlip | NoFlip | TooClose


@dataclass(frozen=True, eq=False)
class Sampled:
    """What sampling gives under three readings of what is not known.

    ``scores`` : the weights as given, the scores anywhere in their bands.
    ``near`` : weights within ``NEAR`` of those given, and scores in their bands.
    ``any_weights`` : all weights equally possible, and scores in their bands.
    """

    scores: Acceptability
    near: Acceptability
    any_weights: Acceptability


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
    """Arrays and indices are in the order of the question."""

    evaluation: Evaluation
    verdict: Verdict
    nodes: tuple[Node, ...]
    stability: tuple[NodeStability, ...]
    flips: tuple[Flip | None, ...]
    score_flip: ScoreFlip | None
    tornado: Tornado | None
    sampled: Sampled
    scenarios: ScenarioAnalysis
    structure: tuple[StructuralCheck, ...]
    disagreement: Disagreement | None
    majority: Majority | None
    divisions: tuple[DividedPair, ...]
    health: tuple[Finding, ...]
    vetoes: tuple[Veto, ...]
    correlation: float


def assess(
    evaluation: Evaluation,
    sampling: Sampling,
    workers: Workers | None = None,
    correlation: float = 0.0,
) -> Assessment:
    """Run every check on an evaluation.

    Parameters
    ----------
    sampling : number of samples and seed of each of the three samplings.
    workers : how the sampling is spread; threads by default.
    correlation : between the errors of the scores of one option, 0 to 1.
    """
    question, values, weights = evaluation.question, evaluation.values, evaluation.weights
    curves = [criterion.points for criterion in question.criteria]
    people = perspective_weights(question)
    across = disagreement(values, people) if len(people) > 1 else None
    return Assessment(
        evaluation=evaluation,
        verdict=verdict(evaluation),
        nodes=tuple(_nodes(question)),
        stability=tuple(stability_intervals(values, weights, _groups(question))),
        flips=tuple(_flips(evaluation)),
        score_flip=nearest_score_flip(evaluation.performance, curves, weights),
        tornado=_tornado(evaluation, curves),
        sampled=sample(evaluation, sampling, workers or Workers(), correlation),
        scenarios=scenario_analysis(question, weights),
        structure=structural_checks(question, weights),
        disagreement=across,
        majority=majority(across.ranks) if across else None,
        divisions=tuple(_divisions(question, values, people)),
        health=health_checks(evaluation),
        vetoes=vetoes(question),
        correlation=correlation,
    )


def _tornado(evaluation: Evaluation, curves: list[Curve]) -> Tornado | None:
    """The leader against the next in order; None where there is only one."""
    if len(evaluation.order) < 2:
        return None
    first, second = evaluation.order[:2]
    return tornado(evaluation.performance, curves, evaluation.weights, first, second)


def perspective_weights(question: Question) -> Floats:
    """(p, n) the weights of each perspective."""
    rows = [
        normalise_points(list(perspective_points(question, perspective).values()))
        for perspective in question.perspectives
    ]
    return np.array(rows).reshape(len(rows), len(question.criteria))


def score_distributions(evaluation: Evaluation, correlation: float) -> ScoreTables:
    """The bands of a question as triangular distributions of partial values."""
    curves = [criterion.points for criterion in evaluation.question.criteria]
    return score_tables(evaluation.performance, curves, correlation=correlation)


def sample(
    evaluation: Evaluation, sampling: Sampling, workers: Workers, correlation: float = 0.0
) -> Sampled:
    """Acceptability under the three readings."""
    tables = score_distributions(evaluation, correlation)
    given = ballot_weights(evaluation.weights[None, :])
    near = weights_near(evaluation.weights, NEAR, sampling.seed)
    anything = uniform_weights(len(evaluation.weights))
    return Sampled(
        scores=acceptability(tables, given, sampling, workers=workers),
        near=acceptability(tables, near, sampling, workers=workers),
        any_weights=acceptability(tables, anything, sampling, workers=workers),
    )


def _nodes(question: Question) -> Iterator[Node]:
    for criterion in question.criteria:
        yield Node(criterion.id, criterion.label, branch=False)
    for branch in question.branches:
        yield Node(branch.id, branch.label, branch=True)


def _groups(question: Question) -> list[tuple[int, ...]]:
    return tree_nodes([len(branch.criteria) for branch in question.branches])


def _flips(evaluation: Evaluation) -> Iterator[Flip | None]:
    """For each alternative the cheapest way to the lead; None for those that lead already."""
    for row in range(len(evaluation.question.proposals)):
        if evaluation.ranks[row] == 1:
            yield None
            continue
        try:
            yield combined_flip(evaluation.values, evaluation.weights, row)
        except ArithmeticError as error:
            yield TooClose(str(error))


def _divisions(question: Question, values: Floats, people: Floats) -> Iterator[DividedPair]:
    names = [perspective.id for perspective in question.perspectives]
    for a, first in enumerate(names):
        for b in range(a + 1, len(names)):
            try:
                yield DividedPair(first, names[b], divide(values, people[a], people[b]))
            except ValueError as error:
                yield DividedPair(first, names[b], None, str(error))
