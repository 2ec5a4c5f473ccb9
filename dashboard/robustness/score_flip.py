"""The single score that, moved within its band, changes the leader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats, Ints, Performance
from dashboard.methods.partial_values import partial_values
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.value_tree import CurvePoint
from dashboard.robustness.score_lines import check_weights
from dashboard.robustness.stability import leading_row, settled


class ScoreFlip(NamedTuple):
    """The leader changes when one performance passes ``performance``, all others at likely.

    ``likely`` and ``end`` are the performance now and the end of the band in that direction;
    ``share`` is how much of the way between them is used, from 0 to 1. ``value`` is the partial
    value at the flip. ``gap`` is how far the new leader is behind now, in points of score.
    """

    alternative: int
    criterion: int
    likely: float
    performance: float
    end: float
    value: float
    share: float
    new_leader: int
    gap: float


def score_flips(
    performance: Performance,
    curves: Sequence[Sequence[CurvePoint]],
    weights: Floats,
    leader: int | None = None,
) -> list[ScoreFlip]:
    """Every single score that changes the leader somewhere inside its band.

    The leader's own score may fall, or a rival's rise. A score is linear in a partial value, so
    the value at which the two tie is exact; it is followed back through the piecewise linear
    curve to a performance. A rival that only draws level at the very end of the band is no flip.
    With tied leaders, the other flips at its present performance (share 0). Performances that share
    an error move together, so the leader cannot fall behind, nor a rival rise above, an option that
    shares it.

    Parameters
    ----------
    performance : (m, n) low, likely and high of each performance, low <= likely <= high.
    curves : n curves of (performance, value) points, as for ``partial_values``.
    weights : (n,) non-negative, sum 1.
    leader : row of a leader; the first of those that lead if left out.

    Returns
    -------
    The flips, the one that uses the smallest share of its band first; equal shares in the order of
    rows and columns. Empty if no single score within its band changes the leader.

    Raises
    ------
    ValueError : the shapes disagree, a number is not finite, a band is not in order, the weights
        are negative or do not sum to 1, or the row given does not lead.

    Source: threshold analysis of single scores as in Triantaphyllou & Sanchez (1997), Decision
    Sciences 28(1), 151-194, here carried through value curves and held against the bands.
    """
    _check(performance, weights)
    values = partial_values(performance.likely, curves)
    at_low, at_high = (partial_values(p, curves) for p in (performance.low, performance.high))
    scores = values @ weights
    leader = leading_row(scores, leader)
    if len(scores) == 1:
        return []
    leads = np.arange(len(scores)) == leader
    gaps = np.maximum(settled(scores[leader] - scores), 0.0)
    heirs = _heirs(gaps, leader, performance.spread.group)
    # A rival has to rise by its own gap, the leader to fall by that of whoever takes over.
    needed = np.where(heirs >= 0, gaps[heirs], np.inf)
    towards_low = (at_low < at_high) == leads[:, None]
    extreme = np.where(towards_low, at_low, at_high)
    reach = np.abs(extreme - values) * weights
    reached = reach > needed + TIE_TOLERANCE
    at = values + (extreme - values) * needed / np.where(reached, reach, 1.0)
    end = np.where(towards_low, performance.low, performance.high)
    flips = []
    for row, column in np.argwhere(reached).tolist():
        likely, stop = float(performance.likely[row, column]), float(end[row, column])
        value = float(at[row, column])
        raw = _performance_worth(value, curves[column], likely, stop)
        share = (raw - likely) / (stop - likely)
        new = int(heirs[row, column])
        gap = float(gaps[new])
        flips.append(ScoreFlip(row, column, likely, raw, stop, value, share, new, gap))
    return sorted(flips, key=lambda flip: flip.share)


def _heirs(gaps: Floats, leader: int, group: Ints) -> Ints:
    """(m, n) who leads when a score flips: the rival that rises, or whoever is nearest to the
    leader that falls; -1 where those that could are off by the same error."""
    m, n = group.shape
    together = (group == group[leader]) & (group >= 0)
    heirs = np.where(together, -1, np.arange(m)[:, None])
    behind = np.where(together, np.inf, gaps[:, None])
    behind[leader] = np.inf
    nearest = behind.argmin(axis=0)
    heirs[leader] = np.where(np.isfinite(behind[nearest, np.arange(n)]), nearest, -1)
    # Of rivals that rise together the one that is nearest takes over.
    for row in range(m):
        mates = (group == group[row]) & (group[row] >= 0) & (np.arange(m) != row)[:, None]
        nearer = (mates & (gaps[:, None] < gaps[row])).any(axis=0)
        if row != leader:
            heirs[row, nearer] = -1
    return heirs


def nearest_score_flip(
    performance: Performance,
    curves: Sequence[Sequence[CurvePoint]],
    weights: Floats,
    leader: int | None = None,
) -> ScoreFlip | None:
    """The flip that uses the smallest share of its band, or None if no single score flips.

    Parameters, errors and source are those of ``score_flips``.
    """
    return next(iter(score_flips(performance, curves, weights, leader)), None)


def _performance_worth(
    value: float, curve: Sequence[CurvePoint], likely: float, end: float
) -> float:
    """The performance between likely and the end of the band that is worth the value."""
    points = sorted(curve, key=lambda point: point[1])
    raw = np.interp(value, [worth for _, worth in points], [x for x, _ in points])
    return float(np.clip(raw, min(likely, end), max(likely, end)))


def _check(performance: Performance, weights: Floats) -> None:
    low, likely, high = performance.low, performance.likely, performance.high
    if likely.ndim != 2 or not len(likely) or {low.shape, high.shape} != {likely.shape}:
        raise ValueError("low, likely and high must be matrices of one shape")
    if not all(np.all(np.isfinite(p)) for p in (low, likely, high)):
        raise ValueError("a performance is not a finite number")
    if not np.all((low <= likely) & (likely <= high)):
        raise ValueError("a band is not in order: low <= likely <= high")
    check_weights(weights, likely.shape[1])
