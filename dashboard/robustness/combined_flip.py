"""The smallest change of several weights together that makes an alternative lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Floats, Ints
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.robustness.score_lines import check_weights

_PRECISE = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
"""The finest that HiGHS takes, since its default of 1e-7 is coarser than a tie."""

_VISIBLE = 1e-6
"""Points by which a rival must not be ahead after the change, whatever the rounding."""

_TOO_CLOSE = "alternatives are too close to equal for a change of weights to be found"


@dataclass(frozen=True, eq=False)
class WeightChange:
    """New weights (n,), the share of all weight that moved, and the Euclidean distance."""

    weights: Floats
    moved: float
    distance: float


@dataclass(frozen=True, eq=False)
class CombinedFlip:
    """The change that moves the least weight (L1), and the nearest one (L2).

    At both, the alternative is level with a rival, unless it led or the bounds force more.
    ``ties_only`` : no permitted weights put it ahead of all rivals, so it can be level and no more.
    """

    least_moved: WeightChange
    nearest: WeightChange
    ties_only: bool = False


@dataclass(frozen=True, eq=False)
class NoFlip:
    """The proof that no permitted weights make the alternative lead.

    A mix of rivals is better by at least ``margin`` points under all of them. ``mixture`` (m,)
    holds their shares, sum 1; ``advantage`` (n,) the points of value by which the mix is better on
    each criterion. Where all weights are permitted, the smallest of these is the margin.
    """

    mixture: Floats
    advantage: Floats
    margin: float


@dataclass(frozen=True, eq=False)
class _Demand:
    """Permitted weights w have lower <= w <= upper and sum 1; they must have behind @ w <= 0."""

    behind: Floats
    lower: Floats
    upper: Floats


def combined_flip(
    values: Floats,
    weights: Floats,
    target: int,
    *,
    lower: Floats | None = None,
    upper: Floats | None = None,
) -> CombinedFlip | NoFlip:
    """The smallest change of weights after which no alternative scores more than the target.

    Parameters
    ----------
    values : (m, n) partial values.
    weights : (n,) non-negative, sum 1.
    target : row of the alternative that should lead.
    lower, upper : (n,) bounds of the new weights, 0 and 1 if left out. A locked weight has its
        present value as both.

    Returns
    -------
    The two changes, or the proof that there is none.

    Raises
    ------
    ValueError : the arrays disagree or hold what they must not, the row is not there, or no
        weights that sum to 1 lie within the bounds.
    ArithmeticError : alternatives differ by so little (below 1e-6 points) that rounding decides.

    Source: Wolters & Mareschal (1995), European Journal of Operational Research 81(2), 281-290,
    for the least weight moved; Barron & Schmidt (1988), Operations Research 36(1), 122-127, for
    the nearest weights. The proof is the dual of the linear programme (Farkas' lemma).
    """
    _check_rows(values, [target])
    rivals = [row for row in range(len(values)) if row != target]
    return _flip(values, weights, target, rivals, _bounds(weights, values.shape[1], lower, upper))


def pair_flip(
    values: Floats,
    weights: Floats,
    first: int,
    second: int,
    *,
    lower: Floats | None = None,
    upper: Floats | None = None,
) -> CombinedFlip | NoFlip:
    """The smallest change of weights after which ``first`` scores at least as much as ``second``.

    Parameters, result and source are those of ``combined_flip``, with ``second`` the only rival;
    the proof that there is none is then that ``second`` is better under all permitted weights.

    Raises
    ------
    ValueError : as ``combined_flip``, or the two rows are one.
    """
    _check_rows(values, [first, second])
    return _flip(values, weights, first, [second], _bounds(weights, values.shape[1], lower, upper))


def _flip(
    values: Floats,
    weights: Floats,
    target: int,
    rivals: Sequence[int],
    bounds: tuple[Floats, Floats],
) -> CombinedFlip | NoFlip:
    behind = values[list(rivals)] - values[target]
    # Rivals that are nowhere better ask for nothing.
    asks = np.any(behind > TIE_TOLERANCE, axis=1)
    demand = _Demand(behind[asks], *bounds)
    within = np.all((weights >= demand.lower) & (weights <= demand.upper))
    if within and np.all(demand.behind @ weights <= TIE_TOLERANCE):
        stay = WeightChange(weights.copy(), 0.0, 0.0)
        return CombinedFlip(stay, stay)
    if not len(demand.behind):
        return _smallest_changes(weights, demand, ties_only=False)
    shares, lead = _best_lead(demand)
    advantage = shares @ demand.behind
    margin = _least(advantage, demand)
    # The certificate decides, not the solver's status: it is checked by its own arithmetic.
    if margin > TIE_TOLERANCE / 2:
        mixture = np.zeros(len(values))
        mixture[np.array(rivals)[asks]] = shares
        return NoFlip(mixture, advantage, margin)
    # Where the target can tie and no more, the width of a tie keeps rounding from closing the gap.
    # The linear programme has a tolerance of its own.
    return _smallest_changes(weights, demand, ties_only=lead <= TIE_TOLERANCE)


def _smallest_changes(weights: Floats, demand: _Demand, *, ties_only: bool) -> CombinedFlip:
    return CombinedFlip(
        _change(weights, _least_moved(weights, demand), demand),
        _change(weights, _nearest(weights, demand, 0.9 * TIE_TOLERANCE * ties_only), demand),
        ties_only,
    )


def _best_lead(demand: _Demand) -> tuple[Floats, float]:
    """Shares of the rivals that hold the target back most, and the best lead it can reach."""
    rivals, n = demand.behind.shape
    result = _linear_programme(
        np.append(np.zeros(n), -1.0),
        np.column_stack([demand.behind, np.ones(rivals)]),
        np.zeros(rivals),
        np.append(np.ones(n), 0.0),
        [*zip(demand.lower, demand.upper, strict=True), (None, None)],
    )
    shares = np.maximum(-result.ineqlin.marginals, 0.0)
    return shares / shares.sum(), float(result.x[-1])


def _least_moved(weights: Floats, demand: _Demand) -> Floats:
    """The permitted weights with the least sum of absolute changes."""
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
        raise ArithmeticError(f"{_TOO_CLOSE}: {result.message}")
    return result


def _nearest(weights: Floats, demand: _Demand, slack: float) -> Floats:
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


def _zero_sum_basis(n: int) -> Floats:
    """(n, n - 1) orthonormal columns, each of sum 0."""
    ones_first = np.column_stack([np.ones(n), np.eye(n)[:, : n - 1]])
    basis: Floats = np.linalg.qr(ones_first)[0][:, 1:]
    return basis


def _change(weights: Floats, found: Floats, demand: _Demand) -> WeightChange:
    """The weights found, with the last digit of rounding taken off bounds and sum."""
    settled = np.clip(found, demand.lower, demand.upper)
    missing = 1 - settled.sum()
    room = demand.upper - settled if missing > 0 else settled - demand.lower
    settled[np.argmax(room)] += missing
    if np.any(demand.behind @ settled > _VISIBLE):
        raise ArithmeticError(_TOO_CLOSE)
    step = settled - weights
    return WeightChange(settled, float(np.abs(step).sum() / 2), float(np.linalg.norm(step)))


def _least(points: Floats, demand: _Demand) -> float:
    """The least weighted sum of the points over all weights within the bounds."""
    worst_first: Ints = np.argsort(points, kind="stable")
    width = (demand.upper - demand.lower)[worst_first]
    before = np.cumsum(width) - width
    extra = np.clip(1 - demand.lower.sum() - before, 0.0, width)
    return float(demand.lower @ points + extra @ points[worst_first])


def _bounds(
    weights: Floats, criteria: int, lower: Floats | None, upper: Floats | None
) -> tuple[Floats, Floats]:
    check_weights(weights, criteria)
    low = np.zeros_like(weights) if lower is None else lower
    high = np.ones_like(weights) if upper is None else upper
    if low.shape != weights.shape or high.shape != weights.shape:
        raise ValueError(f"{low.shape} and {high.shape} bounds do not fit {weights.shape} weights")
    inside: NDArray[np.bool_] = (low >= 0) & (low <= high) & (high <= 1)
    if not np.all(inside):
        raise ValueError("bounds of weights must have 0 <= lower <= upper <= 1")
    if low.sum() > 1 + TIE_TOLERANCE or high.sum() < 1 - TIE_TOLERANCE:
        raise ValueError("no weights within the bounds sum to 1")
    return low, high


def _check_rows(values: Floats, rows: Sequence[int]) -> None:
    if values.ndim != 2 or not np.all(np.isfinite(values)):
        raise ValueError("partial values must be a matrix of finite numbers")
    if len(set(rows)) < len(rows) or not all(0 <= row < len(values) for row in rows):
        raise ValueError(f"{tuple(rows)} are not different rows of {len(values)} alternatives")
