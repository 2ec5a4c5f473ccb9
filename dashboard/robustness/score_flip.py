"""The single score that, moved within its band, changes the leader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Floats, Ints, Performance
from dashboard.methods.partial_values import partial_values, values_at
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.value_tree import CurvePoint
from dashboard.robustness.score_lines import check_weights
from dashboard.robustness.stability import leading_row, settled


class ScoreFlip(NamedTuple):
    """The leader changes when one performance passes ``performance``, all others at likely.

    ``likely`` and ``end`` are the performance now and the end of the band in that direction;
    ``share`` is how much of the way between them is used, from 0 to 1. ``value`` is the partial
    value at the flip. ``gap`` is how far the new leader is behind now, in points of score.
    ``along`` : the other alternatives whose performance on this criterion moves with it, because
    they share its error, each by the same share of the way to the end of its own band.
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
    along: tuple[int, ...] = ()


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
    an error move together, each by the same share of the way to the end of its own band.

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
    scores = values @ weights
    leader = leading_row(scores, leader)
    if len(scores) == 1:
        return []
    gaps = np.maximum(settled(scores[leader] - scores), 0.0)
    flips = _own_flips(performance, curves, weights, gaps, leader)
    for column, members in _sharing(performance.spread.group):
        part = performance.part(column)
        found = _shared_flips(part, curves[column], weights[column], gaps, leader, members)
        flips += [flip._replace(criterion=column) for flip in found]
    return sorted(flips, key=lambda flip: (flip.share, flip.alternative, flip.criterion))


def _own_flips(
    performance: Performance,
    curves: Sequence[Sequence[CurvePoint]],
    weights: Floats,
    gaps: Floats,
    leader: int,
) -> list[ScoreFlip]:
    """Those of performances whose error is their own."""
    values = partial_values(performance.likely, curves)
    at_low, at_high = (partial_values(p, curves) for p in (performance.low, performance.high))
    leads = np.arange(len(gaps)) == leader
    # A rival has to rise by its own gap, the leader to fall by that of whoever takes over.
    heirs = np.where(leads, np.where(leads, np.inf, gaps).argmin(), np.arange(len(gaps)))
    needed = gaps[heirs][:, None]
    towards_low = (at_low < at_high) == leads[:, None]
    extreme = np.where(towards_low, at_low, at_high)
    reach = np.abs(extreme - values) * weights
    reached = reach > needed + TIE_TOLERANCE
    at = values + (extreme - values) * needed / np.where(reached, reach, 1.0)
    end = np.where(towards_low, performance.low, performance.high)
    flips = []
    for row, column in np.argwhere(reached & ~is_shared(performance.spread.group)).tolist():
        likely, stop = float(performance.likely[row, column]), float(end[row, column])
        value = float(at[row, column])
        raw = _performance_worth(value, curves[column], likely, stop)
        share = (raw - likely) / (stop - likely)
        new = int(heirs[row])
        gap = float(gaps[new])
        flips.append(ScoreFlip(row, column, likely, raw, stop, value, share, new, gap))
    return flips


def is_shared(group: Ints) -> NDArray[np.bool_]:
    """(m, n) whether another alternative has the same error on the criterion."""
    shared = np.zeros(group.shape, np.bool_)
    for column, members in _sharing(group):
        shared[members, column] = True
    return shared


def _sharing(group: Ints) -> list[tuple[int, Ints]]:
    """Each column with the rows, two or more, of each error that is shared there."""
    return [
        (column, members)
        for column in range(group.shape[1])
        for error in np.unique(group[group[:, column] >= 0, column])
        if len(members := np.flatnonzero(group[:, column] == error)) > 1
    ]


def _shared_flips(
    part: Performance,
    curve: Sequence[CurvePoint],
    weight: float,
    gaps: Floats,
    leader: int,
    members: Ints,
) -> Iterator[ScoreFlip]:
    """The first change of the leader on either way that the members move together, if any.

    Parameters
    ----------
    part : (m, 1) the performances on the one criterion.
    weight : of the criterion.
    gaps : (m,) how far each is behind the leader.
    members : the rows that share the error.
    """
    likely = part.likely[members, 0]
    others = np.arange(len(gaps)) != leader
    for side in (part.low, part.high):
        end = side[members, 0]
        # Between these shares of the way every value is a straight line.
        with np.errstate(divide="ignore", invalid="ignore"):
            bends = (np.array([x for x, _ in curve]) - likely[:, None]) / (end - likely)[:, None]
        shares = np.unique([0.0, 1.0, *bends[(bends > 0) & (bends < 1)]])
        raws = likely[:, None] + (end - likely)[:, None] * shares
        ahead = np.repeat(gaps[:, None], len(shares), axis=1)
        gained = np.zeros_like(ahead)
        gained[members] = weight * (values_at(raws, curve) - values_at(likely[:, None], curve))
        ahead += gained[leader] - gained
        passing = (ahead < -TIE_TOLERANCE) & others[:, None]
        if not passing.any():
            continue
        last = int(np.flatnonzero(passing.any(axis=0))[0])
        before, after = np.maximum(ahead[:, last - 1], 0.0), ahead[:, last]
        part_way = np.where(passing[:, last], before / np.where(after < 0, before - after, 1), 2.0)
        new = int(np.argmin(part_way))
        share = float(shares[last - 1] + part_way[new] * (shares[last] - shares[last - 1]))
        moving = set(members[end != likely].tolist())
        row = new if new in moving else leader
        at = int(np.flatnonzero(members == row)[0])
        raw = float(likely[at] + share * (end[at] - likely[at]))
        yield ScoreFlip(
            alternative=row,
            criterion=0,
            likely=float(likely[at]),
            performance=raw,
            end=float(end[at]),
            value=float(values_at(np.array([[raw]]), curve)[0, 0]),
            share=share,
            new_leader=new,
            gap=float(gaps[new]),
            along=tuple(sorted(moving - {row})),
        )


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
