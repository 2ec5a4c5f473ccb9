"""What is known about weights without knowing them: the weights that fulfil linear statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Floats, frozen
from dashboard.methods.polytope import (
    always_tight,
    largest_ball,
    least_violation,
    minimise,
    null_space,
)
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.errors import digits


@dataclass(frozen=True)
class Statement:
    """The sum of coefficient times weight is at most a bound."""

    coefficients: tuple[float, ...]
    at_most: float

    def __post_init__(self) -> None:
        if not np.all(np.isfinite((*self.coefficients, self.at_most))):
            raise ValueError("a coefficient or the bound is not a finite number")
        if not any(self.coefficients):
            raise ValueError("the statement names no weight: all coefficients are zero")

    def words(self, names: Sequence[str] | None = None) -> str:
        """As a person would write it: ``consent >= 2 x cost + 0.1``."""
        names = names or [f"criterion {i + 1}" for i in range(len(self.coefficients))]
        terms = [(name, c) for name, c in zip(names, self.coefficients, strict=True) if c]
        smaller = " + ".join(_term(c, name) for name, c in terms if c > 0)
        larger = " + ".join(_term(-c, name) for name, c in terms if c < 0)
        if not larger:
            return f"{smaller} <= {_short(self.at_most)}"
        if not smaller:
            return f"{larger} >= {_short(-self.at_most)}"
        if self.at_most == 0:
            return f"{larger} >= {smaller}"
        sign = "-" if self.at_most > 0 else "+"
        return f"{larger} >= {smaller} {sign} {_short(abs(self.at_most))}"


def _short(number: float) -> str:
    # Twelve digits: 0.3 - 0.1 is 0.2 to a reader.
    return digits(float(f"{number:.12g}"))


def _term(coefficient: float, name: str) -> str:
    return name if coefficient == 1 else f"{_short(coefficient)} x {name}"


class Interior(NamedTuple):
    """A point (n,) inside a space, with a ball of that radius around it that the space contains.

    The ball lies in the flat that the space fills; ``directions`` (d, n) is an orthonormal basis of
    it. d is n - 1 for a space with volume in the simplex, less where statements act as equalities,
    and 0 (with radius 0) where one single set of weights is left.
    """

    point: Floats
    radius: float
    directions: Floats


class Extremes(NamedTuple):
    """The least and the most of a linear function, and weights (n,) that give them."""

    least: float
    most: float
    weights_of_least: Floats
    weights_of_most: Floats


@dataclass(frozen=True)
class WeightSpace:
    """The weights of n criteria, non-negative with sum 1, for which all statements hold.

    Every method that adds a statement returns a new space; ``a & b`` holds what both say. Criteria
    are given by index, weights as shares of 1. Equal statements make equal spaces, so that a space
    can be the key of a cache.

    Source: Weber (1987), European Journal of Operational Research 28(1), 44-57 (decisions with
    incomplete information about weights).
    """

    criteria: int
    statements: tuple[Statement, ...] = ()

    def __post_init__(self) -> None:
        if self.criteria < 1:
            raise ValueError("a weight space needs at least one criterion")
        if any(len(s.coefficients) != self.criteria for s in self.statements):
            raise ValueError(f"a statement is not about {self.criteria} criteria")

    def linear(self, coefficients: Sequence[float] | Floats, at_most: float) -> WeightSpace:
        """And: the sum of coefficient times weight is at most the bound.

        Raises
        ------
        ValueError : not n coefficients, one is not finite, or all are zero.
        """
        row = np.asarray(coefficients, dtype=np.float64)
        if row.shape != (self.criteria,):
            raise ValueError(f"a statement needs {self.criteria} coefficients")
        statement = Statement(tuple(row.tolist()), float(at_most))
        return WeightSpace(self.criteria, (*self.statements, statement))

    def at_least(self, more: int, less: int, margin: float = 0.0) -> WeightSpace:
        """And: the weight of one is at least that of another, plus a margin."""
        return self._compared(more, less, factor=1.0, margin=margin)

    def ordered(self, order: Sequence[int], margin: float = 0.0) -> WeightSpace:
        """And: the weights fall in this order, each step by the margin or more.

        Criteria that are left out may have any weight.
        """
        if len(set(order)) != len(order):
            raise ValueError("a criterion comes twice in the order")
        space = self
        for more, less in pairwise(order):
            space = space.at_least(more, less, margin)
        return space

    def interval(self, criterion: int, low: float = 0.0, high: float = 1.0) -> WeightSpace:
        """And: a weight lies between two others, both included."""
        if not 0 <= low <= high <= 1:
            raise ValueError(f"put 0 <= low ({low:g}) <= high ({high:g}) <= 1")
        unit = self._unit(criterion)
        space = self
        if low > 0:
            space = space.linear(-unit, -low)
        if high < 1:
            space = space.linear(unit, high)
        return space

    def ratio(
        self, more: int, less: int, low: float = 0.0, high: float | None = None
    ) -> WeightSpace:
        """And: a weight is at least ``low`` and at most ``high`` times another."""
        if not 0 <= low <= (np.inf if high is None else high):
            raise ValueError("put 0 <= low <= high for a ratio")
        space = self._compared(more, less, factor=low) if low > 0 else self
        if high is None:
            return space
        return space.linear(self._unit(more) - high * self._unit(less), 0.0)

    def within(self, weights: Floats, x: float, *, relative: bool = False) -> WeightSpace:
        """And: every weight lies within +-x of a given one.

        Parameters
        ----------
        weights : (n,) non-negative, sum 1.
        x : absolute by default: 0.05 lets a weight of 0.20 run from 0.15 to 0.25. Relative, it is a
            share of the weight itself: 0.05 lets it run from 0.19 to 0.21, and a weight of zero
            stays zero. Either way no weight leaves 0 to 1.

        Raises
        ------
        ValueError : these are no n weights, or x is negative or not finite.
        """
        if weights.shape != (self.criteria,) or not bool(self.on_simplex(weights[None, :])[0]):
            raise ValueError(f"needs {self.criteria} weights, not negative, with sum 1")
        if not (np.isfinite(x) and x >= 0):
            raise ValueError("x must be finite and not negative")
        given = np.clip(weights, 0.0, 1.0)
        reach = x * given if relative else np.full(self.criteria, x)
        lows, highs = np.maximum(given - reach, 0.0), np.minimum(given + reach, 1.0)
        space = self
        for i, (low, high) in enumerate(zip(lows.tolist(), highs.tolist(), strict=True)):
            space = space.interval(i, low, high)
        return space

    def __and__(self, other: WeightSpace) -> WeightSpace:
        if self.criteria != other.criteria:
            raise ValueError(f"{self.criteria} and {other.criteria} criteria do not meet")
        return WeightSpace(
            self.criteria, tuple(dict.fromkeys((*self.statements, *other.statements)))
        )

    @cached_property
    def constraints(self) -> tuple[Floats, Floats]:
        """A (r, n) and b (r,) of ``A w <= b``, in the order of the statements.

        Non-negativity and the sum come on top. Each row is scaled to a largest coefficient of 1.
        """
        a = np.array([s.coefficients for s in self.statements], dtype=np.float64)
        b = np.array([s.at_most for s in self.statements], dtype=np.float64)
        a = a.reshape(len(b), self.criteria)
        scale = np.abs(a).max(axis=1, initial=0.0)
        return frozen(a / scale[:, None]), frozen(b / scale)

    @staticmethod
    def on_simplex(weights: Floats) -> NDArray[np.bool_]:
        """(k,) whether rows (k, n) are non-negative and sum to 1, within the tie tolerance."""
        sums = np.abs(weights.sum(axis=1) - 1) <= TIE_TOLERANCE
        result: NDArray[np.bool_] = sums & np.all(weights >= -TIE_TOLERANCE, axis=1)
        return result

    def contains(self, weights: Floats) -> NDArray[np.bool_]:
        """(k,) whether each row of the weights (k, n) is in the space, within the tie tolerance.

        Raises
        ------
        ValueError : the rows are not of n weights.
        """
        if weights.ndim != 2 or weights.shape[1] != self.criteria:
            raise ValueError(f"{weights.shape} weights do not fit {self.criteria} criteria")
        a, b = self.constraints
        result: NDArray[np.bool_] = self.on_simplex(weights) & np.all(
            weights @ a.T <= b + TIE_TOLERANCE, axis=1
        )
        return result

    @cached_property
    def conflict(self) -> tuple[Statement, ...]:
        """Statements that no weights fulfil together; without any one of them, some do.

        Empty if the space is not. Where several sets conflict, it is one of them.
        """
        violation, prices = self._feasibility
        if violation <= TIE_TOLERANCE:
            return ()
        # The statements with a price prove the conflict (Farkas); those the proof can spare go.
        a, b = self.constraints
        kept = [int(i) for i in np.flatnonzero(prices > TIE_TOLERANCE)]
        for candidate in tuple(kept):
            rest = [i for i in kept if i != candidate]
            if least_violation(a[rest], b[rest])[0] > TIE_TOLERANCE:
                kept = rest
        return tuple(self.statements[i] for i in kept)

    @cached_property
    def _feasibility(self) -> tuple[float, Floats]:
        return least_violation(*self.constraints)

    @property
    def is_empty(self) -> bool:
        """Whether no weights fulfil all statements."""
        return bool(self.conflict)

    def why_empty(self, names: Sequence[str] | None = None) -> str | None:
        """The conflict in words; None if there are weights in the space."""
        if not self.conflict:
            return None
        listed = "; ".join(statement.words(names) for statement in self.conflict)
        return f"no weights (0 or more, sum 1) fulfil: {listed}"

    def interior(self) -> Interior:
        """A point as far from all boundaries as can be: a start for sampling.

        It is the centre of a largest ball (Chebyshev centre), which is not the centroid and need
        not be the only one.

        Raises
        ------
        ValueError : the space is empty; the message names the conflict.
        """
        a, b = self._all_constraints()
        centre = np.full(self.criteria, 1 / self.criteria)
        plane = null_space(np.ones((1, self.criteria)))
        point, radius = largest_ball(a, b, centre, plane)
        if radius <= TIE_TOLERANCE and len(plane):
            inside, tight = always_tight(a, b)
            plane = null_space(np.vstack([np.ones(self.criteria), a[tight]]))
            point, radius = largest_ball(a[~tight], b[~tight], inside, plane)
        point = np.maximum(point, 0.0)
        return Interior(frozen(point / point.sum()), radius, frozen(plane))

    def extremes(self, objective: Sequence[float] | Floats) -> Extremes:
        """The least and the most of the sum of objective times weight over the space.

        Raises
        ------
        ValueError : not n finite numbers, or the space is empty.
        """
        cost = np.asarray(objective, dtype=np.float64)
        if cost.shape != (self.criteria,) or not np.all(np.isfinite(cost)):
            raise ValueError(f"the objective must be {self.criteria} finite numbers")
        a, b = self._all_constraints()
        least, most = minimise(cost, a, b), minimise(-cost, a, b)
        return Extremes(float(cost @ least), float(cost @ most), least, most)

    def _all_constraints(self) -> tuple[Floats, Floats]:
        """Those of the statements and non-negativity, once it is sure that they can hold."""
        if reason := self.why_empty():
            raise ValueError(reason)
        a, b = self.constraints
        # Statements that meet only within the tolerance still have to for the solver.
        b = b + self._feasibility[0]
        return np.vstack([a, -np.eye(self.criteria)]), np.append(b, np.zeros(self.criteria))

    def _compared(self, more: int, less: int, factor: float, margin: float = 0.0) -> WeightSpace:
        if more == less:
            raise ValueError("a criterion cannot be compared with itself")
        if not 0 <= margin <= 1:
            raise ValueError("a margin must be from 0 to 1; swap the criteria to turn it round")
        return self.linear(factor * self._unit(less) - self._unit(more), -margin)

    def _unit(self, criterion: int) -> Floats:
        if not 0 <= criterion < self.criteria:
            raise ValueError(f"{criterion} is no index of {self.criteria} criteria")
        unit = np.zeros(self.criteria)
        unit[criterion] = 1.0
        return unit
