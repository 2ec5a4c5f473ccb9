"""What sampling finds under several readings of what is not known about the weights."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from threading import Lock
from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats, performance
from dashboard.methods.distributions import Distribution
from dashboard.methods.evaluate import Evaluation
from dashboard.methods.value_moments import ValueMoments
from dashboard.methods.weight_space import WeightSpace
from dashboard.methods.weights import normalise_points, perspective_points
from dashboard.model.question import Question
from dashboard.model.statements_file import WeightStatements
from dashboard.robustness.acceptability import Acceptability, Sampling, acceptability
from dashboard.robustness.ordinal_sampling import ordinal_weights, weights_in_order_of
from dashboard.robustness.sample_problem import MANY, Measures
from dashboard.robustness.score_sampling import ScoreTables, correlated_moments, score_tables
from dashboard.robustness.weight_sampling import (
    WeightSource,
    ballot_weights,
    polytope_weights,
    uniform_weights,
    weights_near,
)
from dashboard.robustness.workers import Workers, part_of

_ALWAYS = 4
"""Readings that every question has."""

NEAR = 0.05
"""Weights near a given set: each within 5 percentage points of it."""


class ScoreErrors(NamedTuple):
    """How scores may lie in their bands, and how the errors of one option hang together."""

    distribution: Distribution = "triangular"
    correlation: float = 0.0


@dataclass(frozen=True, eq=False)
class Sampled:
    """In each reading the scores lie anywhere in their bands.

    ``scores`` : the weights as given.
    ``near`` : all weights within ``NEAR`` of those given.
    ``same_order`` : all weights in the order of those given; equal ones may go either way.
    ``any_weights`` : all weights.
    ``perspectives`` : those of the question in turn, each as likely; None where there are none.
    ``stated`` : all weights that fulfil what somebody stated; None where nobody did.
    ``known`` : False where no score has a band. Then scores are taken as exact, and the weights as
        given are no reading: nothing varies in it.
    """

    scores: Acceptability
    near: Acceptability
    same_order: Acceptability
    any_weights: Acceptability
    perspectives: Acceptability | None
    stated: Acceptability | None
    known: bool

    @property
    def main(self) -> Acceptability:
        """The first of the readings."""
        return next(found for _, _, found in self.readings())

    def readings(self) -> Iterator[tuple[str, str, Acceptability]]:
        """The key, a heading of at most eight letters, and what was found."""
        for key, heading, found in (
            ("given_weights", "these", self.scores if self.known else None),
            ("weights_nearby", "nearby", self.near),
            ("same_order", "order", self.same_order),
            ("all_weights", "all", self.any_weights),
            ("perspectives", "people", self.perspectives),
            ("stated_weights", "stated", self.stated),
        ):
            if found is not None:
                yield key, heading, found


def sample(
    evaluation: Evaluation,
    sampling: Sampling,
    workers: Workers,
    errors: ScoreErrors,
    stated: WeightSource | None = None,
    *,
    full: bool = False,
) -> Sampled:
    """Acceptability under every reading.

    Parameters
    ----------
    sampling : number of samples and seed of each.
    errors : of the scores.
    stated : weights as ``stated_weights`` makes them.
    full : of more than ``MANY`` options too, how often each beats each other one, and all ranks.
        Otherwise of so many only how often each beats the leader, the runner-up and the status quo,
        and the first ``MANY`` ranks.
    """
    measures = Measures() if full else measures_for(evaluation)
    tables = question_tables(evaluation.question, errors)
    people = perspective_weights(evaluation.question)
    parts = _ALWAYS + (len(people) > 0) + (stated is not None)
    part = count()

    def found(source: WeightSource, measures: Measures = measures) -> Acceptability:
        here = part_of(workers, next(part), parts)
        sampled = acceptability(tables, source, sampling, measures, here)
        return sampled.with_certain(evaluation.scores)

    return Sampled(
        # Whoever comes first under fixed weights does so under these: they have no centre.
        scores=found(
            ballot_weights(evaluation.weights[None, :]), measures._replace(central_weights=False)
        ),
        near=found(weights_near(evaluation.weights, NEAR, sampling.seed)),
        same_order=found(weights_in_order_of(evaluation.weights)),
        any_weights=found(uniform_weights(len(evaluation.weights))),
        perspectives=found(ballot_weights(people)) if len(people) else None,
        stated=None if stated is None else found(stated),
        known=evaluation.moments.known,
    )


def measures_for(evaluation: Evaluation) -> Measures:
    """Everything, where there are few options; of many what is said of them."""
    if len(evaluation.values) <= MANY:
        return Measures()
    status_quo = evaluation.question.status_quo
    rows = [*evaluation.order[:2], *([evaluation.index(status_quo.id)] if status_quo else [])]
    return Measures(rivals=tuple(dict.fromkeys(rows)), places=MANY)


_KEPT = 4
_tables: OrderedDict[tuple[str, ScoreErrors], ScoreTables] = OrderedDict()
_lock = Lock()


def question_tables(question: Question, errors: ScoreErrors) -> ScoreTables:
    """The bands of a question as distributions of partial values; kept, since no weight is in."""
    key = question.fingerprint, errors
    with _lock:
        if (found := _tables.get(key)) is not None:
            _tables.move_to_end(key)
            return found
    curves = [criterion.points for criterion in question.criteria]
    made = score_tables(performance(question), curves, *errors)
    with _lock:
        _tables[key] = made
        while len(_tables) > _KEPT:
            _tables.popitem(last=False)
    return made


def moments_under(evaluation: Evaluation, errors: ScoreErrors | None) -> ValueMoments:
    """How far partial values may be off, if scores err like this; as ``question_tables`` has it."""
    if errors is None or errors == ScoreErrors():
        return evaluation.moments
    return question_moments(evaluation.question, errors)


def question_moments(question: Question, errors: ScoreErrors) -> ValueMoments:
    """The moments of any question, worked out at each call: for one that is not kept."""
    curves = [criterion.points for criterion in question.criteria]
    return correlated_moments(performance(question), curves, *errors)


def perspective_weights(question: Question) -> Floats:
    """(p, n) the weights of each perspective."""
    rows = [
        normalise_points(list(perspective_points(question, perspective).values()))
        for perspective in question.perspectives
    ]
    return np.array(rows).reshape(len(rows), len(question.criteria))


def stated_weights(question: Question, stated: WeightStatements, seed: int) -> WeightSource:
    """All weights that fulfil the statements are equally likely.

    Raises
    ------
    ValueError : no weights fulfil them, or they fix a weight outright; the message says which.
    """
    ids = [criterion.id for criterion in question.criteria]
    order = [ids.index(id_) for id_ in stated.order]
    if not stated.between and len(order) == len(ids):
        return ordinal_weights(order)
    space = WeightSpace(len(ids)).ordered(order)
    for id_, (low, high) in stated.between.items():
        space = space.interval(ids.index(id_), low / 100, high / 100)
    if reason := space.why_empty(ids):
        raise ValueError(reason)
    inside = space.interior()
    if len(inside.directions) < len(ids) - 1:
        raise ValueError("the statements leave no width to at least one weight")
    return polytope_weights(*space.constraints, inside.point, seed)
