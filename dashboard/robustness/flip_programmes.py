"""The programmes behind a combined flip: linear for the least moved, a projection for the nearest.

Many rivals make large programmes of which few rows matter. So of many, only those are taken in that
the solution found so far leaves ahead, one after the other, until none is: what is then found for
some of them is permitted by all, and no better one can be.
Source: Kelley (1960), Journal of the Society for Industrial and Applied Mathematics 8(4), 703-712.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats
from dashboard.methods.ranks import TIE_TOLERANCE

_PRECISE = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
"""The finest that HiGHS takes, since its default of 1e-7 is coarser than a tie."""

TOO_CLOSE = "alternatives are too close to equal for a change of weights to be found"

_TOGETHER = 50
"""Rivals up to which all of them go into one programme."""

_AT_ONCE = 5
"""Rivals that are taken in at once."""

_MET = 2e-10
"""Points by which a rival may be ahead of a solution and count as met: twice what HiGHS allows."""


@dataclass(frozen=True, eq=False)
class Demand:
    """Permitted weights w have lower <= w <= upper and sum 1; they must have behind @ w <= 0.

    ``behind`` (r, n) holds the partial values of each rival minus those of the target.
    """

    behind: Floats
    lower: Floats
    upper: Floats

    def of(self, rivals: Sequence[int]) -> Demand:
        """What some of the rivals ask."""
        return replace(self, behind=self.behind[list(rivals)])


class BestLead(NamedTuple):
    """Shares (r,) of the rivals that hold the target back most, and the best lead it can reach."""

    shares: Floats
    lead: float


def best_lead(demand: Demand, weights: Floats) -> BestLead:
    """The most points by which the target can be ahead of all rivals, and who keeps it from more.

    Of many rivals no more than matters: where it can be ahead, that it can.

    ``weights`` say with which rival to begin where there are many.
    """
    if len(demand.behind) <= _TOGETHER:
        shares, lead, _ = _best_lead(demand)
        return BestLead(shares, lead)
    chosen = _worst(demand.behind @ weights, [], -np.inf)
    while True:
        shares, lead, found = _best_lead(demand.of(chosen))
        ahead = demand.behind @ found
        # A lead that there is needs no further proof; that there is none has to be the best proof.
        reached = float(-ahead.max())
        more = _worst(ahead, chosen, -lead + _MET)
        if reached > TIE_TOLERANCE or not more:
            every = np.zeros(len(demand.behind))
            every[chosen] = shares
            return BestLead(every, lead)
        chosen += more


def _worst(ahead: Floats, chosen: Sequence[int], allowed: float) -> list[int]:
    """The rivals furthest ahead of those not chosen yet, a few, as far as more than is allowed."""
    order = np.argsort(-ahead, kind="stable")[:_AT_ONCE].tolist()
    return [row for row in order if ahead[row] > allowed and row not in chosen]


def _best_lead(demand: Demand) -> tuple[Floats, float, Floats]:
    """Shares, the lead, and the weights that give it."""
    rivals, n = demand.behind.shape
    result = _linear_programme(
        np.append(np.zeros(n), -1.0),
        np.column_stack([demand.behind, np.ones(rivals)]),
        np.zeros(rivals),
        np.append(np.ones(n), 0.0),
        [*zip(demand.lower, demand.upper, strict=True), (None, None)],
    )
    shares = np.maximum(-result.ineqlin.marginals, 0.0)
    return shares / shares.sum(), float(result.x[-1]), result.x[:n]


def least_moved(weights: Floats, demand: Demand) -> Floats:
    """The permitted weights (n,) with the least sum of absolute changes."""
    return _met(lambda some: _least_moved(weights, some), weights, demand, 0.0)


def nearest(weights: Floats, demand: Demand, slack: float) -> Floats:
    """The projection (n,) of the weights on the permitted ones.

    ``slack`` : points by which rivals may stay ahead.
    """
    return _met(lambda some: _nearest(weights, some, slack), weights, demand, slack)


def _met(
    solve: Callable[[Demand], Floats], weights: Floats, demand: Demand, slack: float
) -> Floats:
    """The solution for all rivals, from those for some of them."""
    if len(demand.behind) <= _TOGETHER:
        return solve(demand)
    chosen = _worst(demand.behind @ weights, [], -np.inf)
    while True:
        found = solve(demand.of(chosen))
        more = _worst(demand.behind @ found, chosen, slack + _MET)
        if not more:
            return found
        chosen += more


def _least_moved(weights: Floats, demand: Demand) -> Floats:
    rivals, n = demand.behind.shape
    unit = np.eye(n)
    result = _linear_programme(
        np.repeat([0.0, 1.0], n),
        np.block([[demand.behind, np.zeros((rivals, n))], [unit, -unit], [-unit, -unit]]),
        np.concatenate([np.zeros(rivals), weights, -weights]),
        np.repeat([1.0, 0.0], n),
        [*zip(demand.lower, demand.upper, strict=True), *[(0.0, None)] * n],
    )
    solution: Floats = result.x[:n]
    return solution


def _nearest(weights: Floats, demand: Demand, slack: float) -> Floats:
    """The projection of the weights on the permitted ones: exact, by an active set.

    The sum is eliminated by an orthonormal basis of the directions that keep it, which leaves a
    least-distance problem; its dual is a non-negative least-squares problem, whose positive
    multipliers name the constraints that bind.

    Source: Lawson & Hanson (1974), Solving Least Squares Problems, chapter 23, section 4.
    """
    from scipy.optimize import nnls  # noqa: PLC0415 - slow to import, as above

    free = np.flatnonzero(demand.lower < demand.upper)
    result = demand.lower.copy()
    if not len(free):
        return result
    spare = 1 - (demand.lower.sum() - demand.lower[free].sum())
    origin = weights[free] + (spare - weights[free].sum()) / len(free)
    result[free] = origin
    basis = _zero_sum_basis(len(free))
    matrix = np.vstack([-demand.behind[:, free] @ basis, basis, -basis])
    needed = np.concatenate(
        [
            demand.behind @ result - slack,
            demand.lower[free] - origin,
            origin - demand.upper[free],
        ]
    )
    size = np.linalg.norm(matrix, axis=1)
    moves = size > 1e-12 * max(1.0, size.max(initial=0.0))
    matrix, needed = matrix[moves] / size[moves, None], needed[moves] / size[moves]
    if np.all(needed <= 0):
        return result
    dual = np.vstack([matrix.T, needed])
    target = np.append(np.zeros(len(free) - 1), 1.0)
    multipliers, _ = nnls(dual, target, maxiter=30 * dual.shape[1])
    binding = multipliers > 0
    # Solved once more on what binds: the division that ends the textbook's way costs digits.
    step = np.linalg.lstsq(matrix[binding], needed[binding], rcond=None)[0]
    result[free] = origin + basis @ step
    return result


def _linear_programme(
    cost: Floats,
    rows: Floats,
    limits: Floats,
    total: Floats,
    bounds: Sequence[tuple[float | None, float | None]],
) -> Any:
    # A third of a second to import, which neither `rank` nor the first page should pay.
    from scipy.optimize import linprog  # noqa: PLC0415

    result = linprog(cost, rows, limits, total[None, :], [1.0], bounds, "highs", options=_PRECISE)
    if result.status != 0:
        raise ArithmeticError(f"{TOO_CLOSE}: {result.message}")
    return result


def _zero_sum_basis(n: int) -> Floats:
    """(n, n - 1) orthonormal columns, each of sum 0."""
    ones_first = np.column_stack([np.ones(n), np.eye(n)[:, : n - 1]])
    basis: Floats = np.linalg.qr(ones_first)[0][:, 1:]
    return basis
