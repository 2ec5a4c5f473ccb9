"""One evaluation of a question under one set of weights: the source of every figure shown."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Protocol

import numpy as np

from dashboard.methods.additive import by_branch, contributions
from dashboard.methods.arrays import Floats, Ints, Performance, frozen, performance
from dashboard.methods.dominance import equal_rows
from dashboard.methods.partial_values import partial_values
from dashboard.methods.ranks import best_first, competition_ranks
from dashboard.methods.value_moments import ValueMoments, value_moments
from dashboard.methods.weights import normalise_points
from dashboard.model.proposals import Proposal
from dashboard.model.question import Question


class Valued(Protocol):
    """Whatever carries (m, n) partial values, their bands and how far they may be off."""

    @property
    def values(self) -> Floats: ...
    @property
    def values_least(self) -> Floats: ...
    @property
    def values_most(self) -> Floats: ...
    @property
    def moments(self) -> ValueMoments: ...


@dataclass(frozen=True, eq=False)
class Values:
    """What a question says before anybody weights: (m, n) partial values and their bands."""

    values: Floats
    values_least: Floats
    values_most: Floats
    moments: ValueMoments


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Arrays are in the order of ``question.proposals`` (m) and ``question.criteria`` (n)."""

    question: Question
    weights: Floats
    performance: Performance
    values: Floats
    values_least: Floats
    values_most: Floats
    contributions: Floats
    scores: Floats
    ranks: Ints

    @property
    def moments(self) -> ValueMoments:
        """How far scores may be off; the same for all weights, so kept by the question."""
        return moments_of(self.question)

    @cached_property
    def order(self) -> list[int]:
        """Indices of the proposals, best first."""
        return best_first(self.ranks)

    @property
    def leaders(self) -> list[Proposal]:
        """The proposal of rank 1, or all that tie for it."""
        return [self.question.proposals[i] for i in self.order if self.ranks[i] == 1]

    @cached_property
    def branch_contributions(self) -> Floats:
        """(m, b) contributions summed within branches."""
        return by_branch(self.contributions, [len(b.criteria) for b in self.question.branches])

    @cached_property
    def branch_weights(self) -> Floats:
        """(b,) weights summed within branches."""
        sizes = [len(branch.criteria) for branch in self.question.branches]
        sums: Floats = by_branch(self.weights[None, :], sizes)[0]
        return sums

    def index(self, proposal: str) -> int:
        """The row of a proposal."""
        return next(i for i, p in enumerate(self.question.proposals) if p.id == proposal)


def equal_options(valued: Valued) -> list[tuple[int, ...]]:
    """Groups of alternatives that have the same value, band and error on every criterion."""
    return equal_rows(*_tables(valued))


def _tables(valued: Valued) -> tuple[Floats, ...]:
    moments = valued.moments
    ends = valued.values_least, valued.values_most
    return valued.values, *ends, moments.mean, moments.variance


def are_equal(valued: Valued, rows: Sequence[int]) -> bool:
    """Whether several alternatives have the same value, band and error on every criterion.

    Neither weights nor methods can part such; fewer than two rows are not equal to anything.
    """
    tables = (table[list(rows)] for table in _tables(valued))
    return len(rows) > 1 and equal_rows(*tables) == [tuple(range(len(rows)))]


def evaluate(question: Question, points: Mapping[str, float]) -> Evaluation:
    """Evaluate every proposal under the given points.

    Parameters
    ----------
    points : points of the swing of each criterion, by id; every criterion must be there.

    Raises
    ------
    ValueError : points cannot be made into weights.
    KeyError : a criterion has no points.
    """
    weights = normalise_points([points[criterion.id] for criterion in question.criteria])
    raw = performance(question)
    values, least, most = value_bounds(question, raw)
    contribution = contributions(values, weights)
    score = contribution.sum(axis=1)
    return Evaluation(
        question=question,
        weights=frozen(weights),
        performance=raw,
        values=frozen(values),
        values_least=frozen(least),
        values_most=frozen(most),
        contributions=frozen(contribution),
        scores=frozen(score),
        ranks=competition_ranks(score),
    )


def value_bounds(question: Question, raw: Performance) -> tuple[Floats, Floats, Floats]:
    """(m, n) partial values of the likely performance, and the least and most of the band."""
    curves = [criterion.points for criterion in question.criteria]
    at_low, at_high = partial_values(raw.low, curves), partial_values(raw.high, curves)
    likely = partial_values(raw.likely, curves)
    return likely, np.minimum(at_low, at_high), np.maximum(at_low, at_high)


def values_of(question: Question) -> Values:
    """The partial values of a question, which depend on no weights."""
    values, least, most = value_bounds(question, performance(question))
    return Values(frozen(values), frozen(least), frozen(most), moments_of(question))


_KEPT = 32
_moments: OrderedDict[str, ValueMoments] = OrderedDict()
_moments_lock = Lock()


def moments_of(question: Question) -> ValueMoments:
    """The moments of a question's partial values, with errors of criteria independent.

    Kept by content, since evaluations of one question are made with every move of a weight.
    """
    key = question.fingerprint
    with _moments_lock:
        if (found := _moments.get(key)) is not None:
            _moments.move_to_end(key)
            return found
    curves = [criterion.points for criterion in question.criteria]
    made = value_moments(performance(question), curves)
    with _moments_lock:
        _moments[key] = made
        while len(_moments) > _KEPT:
            _moments.popitem(last=False)
    return made
