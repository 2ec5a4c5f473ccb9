"""What the bands of two alternatives' performances do to the gap between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats, Performance
from dashboard.methods.partial_values import partial_values
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.value_tree import CurvePoint
from dashboard.robustness.score_lines import check_weights


class TornadoBar(NamedTuple):
    """Gaps, first minus second, with the performances on one criterion moved.

    ``first_low`` has the first alternative at the low end of its band and all else at likely, and
    so on; low and high are of the performance, so where less is better low is the good end.
    ``least`` and ``most`` have both at the ends that hurt or help the first most; ``swing`` is
    the difference of these two.
    """

    criterion: int
    first_low: float
    first_high: float
    second_low: float
    second_high: float
    least: float
    most: float
    swing: float

    @property
    def reverses(self) -> bool:
        """The bands on this criterion alone can put either of the two ahead."""
        return self.least < -TIE_TOLERANCE and self.most > TIE_TOLERANCE


class Tornado(NamedTuple):
    """The gap at likely performances, and a bar for each criterion, widest swing first."""

    gap: float
    bars: list[TornadoBar]


def tornado(
    performance: Performance,
    curves: Sequence[Sequence[CurvePoint]],
    weights: Floats,
    first: int,
    second: int,
) -> Tornado:
    """How far each criterion's bands move the gap between two alternatives.

    Parameters
    ----------
    performance : (m, n) low, likely and high of each performance.
    curves : n curves of (performance, value) points, as for ``partial_values``.
    weights : (n,) non-negative, sum 1.
    first, second : rows of the two.

    Returns
    -------
    The gap and n bars, sorted by swing; equal swings stay in the order of the criteria. Where the
    two share an error, ``least`` and ``most`` are with both performances at the same end.

    Raises
    ------
    ValueError : the two rows are one or not there, the shapes disagree, a number is not finite,
        or the weights are negative or do not sum to 1.

    Source: Howard (1988), Management Science 34(6), 679-695 (tornado diagram).
    """
    _check(performance, weights, first, second)
    rows = [first, second]
    # From here on in points of score.
    likely, low, high = (
        partial_values(p[rows], curves) * weights
        for p in (performance.likely, performance.low, performance.high)
    )
    gap = float(likely[0].sum() - likely[1].sum())
    # (2, n) changes of the gap; what helps the second counts against it.
    sign = np.array([[1.0], [-1.0]])
    down, up = (low - likely) * sign, (high - likely) * sign
    # Where the two share an error, both are low or both are high.
    group = performance.spread.group
    shared = (group[first] == group[second]) & (group[first] >= 0)
    both = np.vstack([down.sum(axis=0), up.sum(axis=0)])
    lost = np.where(shared, both.min(axis=0), np.minimum(down, up).clip(max=0).sum(axis=0))
    gained = np.where(shared, both.max(axis=0), np.maximum(down, up).clip(min=0).sum(axis=0))
    least, most = gap + np.minimum(lost, 0.0), gap + np.maximum(gained, 0.0)
    swing = most - least
    columns = np.vstack([down[0] + gap, up[0] + gap, down[1] + gap, up[1] + gap, least, most])
    bars = []
    for j in np.argsort(-swing, kind="stable").tolist():
        first_low, first_high, second_low, second_high, worst, best = columns[:, j].tolist()
        bars.append(
            TornadoBar(
                j, first_low, first_high, second_low, second_high, worst, best, float(swing[j])
            )
        )
    return Tornado(gap, bars)


def _check(performance: Performance, weights: Floats, first: int, second: int) -> None:
    shape = performance.likely.shape
    if len(shape) != 2 or {performance.low.shape, performance.high.shape} != {shape}:
        raise ValueError("low, likely and high must be matrices of one shape")
    if first == second or not all(0 <= row < shape[0] for row in (first, second)):
        raise ValueError(f"rows {first} and {second} are not two of {shape[0]} alternatives")
    matrices = (performance.low, performance.likely, performance.high)
    if not all(np.all(np.isfinite(matrix)) for matrix in matrices):
        raise ValueError("a performance is not a finite number")
    check_weights(weights, shape[1])
