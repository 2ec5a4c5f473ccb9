"""The smallest change of several weights together that makes an alternative lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Floats, Ints
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.robustness import flip_programmes, half_space
from dashboard.robustness.flip_programmes import TOO_CLOSE, Demand
from dashboard.robustness.score_lines import check_weights

_VISIBLE = 1e-6
"""Points by which a rival must not be ahead after the change, whatever the rounding."""

_ROUNDING = 1e-11
"""Points: what the arithmetic of a closed form may leave."""


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
    demand = Demand(behind[asks], *bounds)
    within = np.all((weights >= demand.lower) & (weights <= demand.upper))
    if within and np.all(demand.behind @ weights <= TIE_TOLERANCE):
        stay = WeightChange(weights.copy(), 0.0, 0.0)
        return CombinedFlip(stay, stay)
    if not len(demand.behind):
        return _smallest_changes(weights, demand, None, ties_only=False)
    lead = _sure_lead(demand)
    if lead <= TIE_TOLERANCE:
        if len(demand.behind) == 1:
            shares, lead = np.ones(1), -_least(demand.behind[0], demand)
        else:
            shares, lead = flip_programmes.best_lead(demand, weights)
        advantage = shares @ demand.behind
        margin = _least(advantage, demand)
        # The certificate decides, not the solver's status: it is checked by its own arithmetic.
        if margin > TIE_TOLERANCE / 2:
            mixture = np.zeros(len(values))
            mixture[np.array(rivals)[asks]] = shares
            return NoFlip(mixture, advantage, margin)
    # Where the target can tie and no more, the width of a tie keeps rounding from closing the gap.
    # The linear programme has a tolerance of its own.
    simple = within and not demand.lower.any() and np.all(demand.upper == 1)
    worst = -demand.behind[np.argmax(demand.behind @ weights)] if simple else None
    return _smallest_changes(weights, demand, worst, ties_only=lead <= TIE_TOLERANCE)


def _sure_lead(demand: Demand) -> float:
    """A lead that the target can reach: with all weight on one criterion, if that is permitted."""
    if demand.lower.any() or not np.all(demand.upper == 1):
        return 0.0
    return float(-demand.behind.max(axis=0).min())


def _smallest_changes(
    weights: Floats, demand: Demand, worst: Floats | None, *, ties_only: bool
) -> CombinedFlip:
    """Both changes. ``worst`` : (n,) the differences to the rival furthest ahead.

    Where what this rival alone asks for meets the others' demands too, nothing smaller can, and no
    programme is needed.
    """
    moved = near = None
    slack = 0.9 * TIE_TOLERANCE if ties_only else 0.0
    if worst is not None:
        moved = _met(half_space.least_moved(worst, weights, 0.0), demand, slack)
        near = _met(half_space.nearest(worst, weights, -slack), demand, slack)
    if moved is None:
        moved = flip_programmes.least_moved(weights, demand)
    if near is None:
        near = flip_programmes.nearest(weights, demand, slack)
    return CombinedFlip(_change(weights, moved, demand), _change(weights, near, demand), ties_only)


def _met(weights: Floats | None, demand: Demand, slack: float) -> Floats | None:
    """The weights, if they are what every rival demands."""
    if weights is None or np.any(demand.behind @ weights > slack + _ROUNDING):
        return None
    return weights


def _change(weights: Floats, found: Floats, demand: Demand) -> WeightChange:
    """The weights found, with the last digit of rounding taken off bounds and sum."""
    settled = np.clip(found, demand.lower, demand.upper)
    missing = 1 - settled.sum()
    room = demand.upper - settled if missing > 0 else settled - demand.lower
    settled[np.argmax(room)] += missing
    if np.any(demand.behind @ settled > _VISIBLE):
        raise ArithmeticError(TOO_CLOSE)
    step = settled - weights
    return WeightChange(settled, float(np.abs(step).sum() / 2), float(np.linalg.norm(step)))


def _least(points: Floats, demand: Demand) -> float:
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
