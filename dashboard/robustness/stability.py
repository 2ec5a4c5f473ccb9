"""How far each weight can move alone before the leader, or the order, changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats, Ints
from dashboard.methods.ranks import TIE_TOLERANCE, best_first, competition_ranks
from dashboard.robustness.score_lines import ScoreLines, score_lines


class StabilityInterval(NamedTuple):
    """Closed: at an end with a row that takes over, the leader ties with it, and loses beyond."""

    low: float
    high: float
    below: int | None
    above: int | None


class Swap(NamedTuple):
    """The row that goes ahead of another."""

    rises: int
    falls: int


class OrderInterval(NamedTuple):
    """Closed: at an end with a pair that swaps beyond it, that pair is level."""

    low: float
    high: float
    below: Swap | None
    above: Swap | None


class Switch(NamedTuple):
    """The leader changes when the weight of ``criterion``, moved alone, passes ``at``.

    ``rises`` says which way it goes.
    """

    criterion: int
    now: float
    at: float
    new_leader: int
    rises: bool


class NodeStability(NamedTuple):
    """Both intervals of one node, or the reason why it has none."""

    now: float
    leader: StabilityInterval | None
    order: OrderInterval | None
    undefined: str | None


def stability_intervals(
    values: Floats,
    weights: Floats,
    nodes: Sequence[Sequence[int]] | None = None,
    leader: int | None = None,
    locked: Sequence[int] = (),
) -> list[NodeStability]:
    """The range of each weight, moved alone, in which the leader leads and the order holds.

    Every score is linear in the weight that moves, so the ends are crossings of lines: exact, not
    searched on a grid. For the leader, an interval ends where another row becomes strictly better.
    Tied leaders each have an interval, which ends at the present weight on the side where the
    other gains. For the order, an interval ends where a pair that is strictly ordered swaps, and
    at the present weight where a tie breaks, since a tie is part of the order.

    Parameters
    ----------
    values : (m, n) partial values.
    weights : (n,) non-negative, sum 1.
    nodes : k groups of criteria, as from ``tree_nodes``; each criterion by itself if left out.
    leader : row of a leader; the first of those that lead if left out.
    locked : criteria whose weights stay, by index.

    Returns
    -------
    (k) nodes, in the order given. An end at 0 or 1, or where locked weights leave no more room, has
    no row that takes over: a tie there changes nothing, since the weight cannot go beyond it. A
    node without proportions to keep has no intervals, and the reason.

    Raises
    ------
    ValueError : as ``score_lines``; or the row given does not lead.

    Source: Mareschal (1988), European Journal of Operational Research 33(1), 54-64.
    """
    lines = score_lines(values, weights, nodes, locked)
    scores = values @ weights
    leader = leading_row(scores, leader)
    leading = _leader_intervals(lines, values, scores, leader)
    order = _order_intervals(lines, scores)
    return [
        NodeStability(float(now), None, None, reason)
        if reason
        else NodeStability(float(now), lead, whole, None)
        for now, reason, lead, whole in zip(lines.now, lines.undefined, leading, order, strict=True)
    ]


def nearest_switch(values: Floats, weights: Floats, leader: int | None = None) -> Switch | None:
    """The nearest end of the leader's intervals at which another row takes over.

    Parameters, errors and source are those of ``stability_intervals``, for each criterion by
    itself.

    Returns
    -------
    The nearest switch, or None if no single weight can change the leader: a tie at a weight of 0
    or 1 is no change. Of switches equally near, the first by criterion, downwards first.
    """
    lines, scores = score_lines(values, weights), values @ weights
    intervals = _leader_intervals(lines, values, scores, leading_row(scores, leader))
    switches = [
        Switch(criterion, float(now), end, row, rises)
        for criterion, (now, found) in enumerate(zip(lines.now, intervals, strict=True))
        for end, row, rises in ((found.low, found.below, False), (found.high, found.above, True))
        if row is not None
    ]
    if not switches:
        return None
    nearest = min(abs(switch.at - switch.now) for switch in switches)
    return next(s for s in switches if abs(s.at - s.now) <= nearest + TIE_TOLERANCE)


def leading_row(scores: Floats, leader: int | None = None) -> int:
    """The row of a leader: the one given, or the first of those that lead.

    Raises
    ------
    ValueError : the row given does not lead.
    """
    ranks = competition_ranks(scores)
    if leader is None:
        return best_first(ranks)[0]
    if not 0 <= leader < len(ranks) or ranks[leader] != 1:
        raise ValueError(f"row {leader} does not lead")
    return leader


def _leader_intervals(
    lines: ScoreLines, values: Floats, scores: Floats, leader: int
) -> list[StabilityInterval]:
    # An option that is dominated can come first only beside the one that dominates it, whose
    # values add up to more: that one is looked at first, and so it is the one that is named.
    rows = np.argsort(-values.sum(axis=1), kind="stable")
    # The leader's own gap is 0 throughout, which never ends an interval.
    gap = np.maximum(settled(scores[leader] - scores[rows]), 0.0)
    at_least = lines.at_least[:, [leader]] - lines.at_least[:, rows]
    at_most = lines.at_most[:, [leader]] - lines.at_most[:, rows]
    low, high = _ends(lines, gap, at_least, at_most)
    # Of those that cross at the end, the one that is furthest ahead beyond it takes over.
    below, above = _first_met(-low, at_least), _first_met(high, at_most)
    return [
        StabilityInterval(
            low=float(low[k, down] if np.isfinite(low[k, down]) else lines.least[k]),
            high=float(high[k, up] if np.isfinite(high[k, up]) else lines.most[k]),
            below=int(rows[down]) if np.isfinite(low[k, down]) else None,
            above=int(rows[up]) if np.isfinite(high[k, up]) else None,
        )
        for k, (down, up) in enumerate(zip(below, above, strict=True))
    ]


def _order_intervals(lines: ScoreLines, scores: Floats) -> list[OrderInterval]:
    """Only neighbours matter: whoever meets a row further off meets those between as well."""
    order = np.argsort(-scores, kind="stable")
    if len(order) == 1:
        return [OrderInterval(0.0, 1.0, None, None)] * len(lines.now)
    ahead, behind = order[:-1], order[1:]
    gap = settled(scores[ahead] - scores[behind])
    at_least = lines.at_least[:, ahead] - lines.at_least[:, behind]
    at_most = lines.at_most[:, ahead] - lines.at_most[:, behind]
    # A tie breaks whichever of the two gains.
    lost_below = np.where(gap == 0, -np.abs(at_least), at_least)
    lost_above = np.where(gap == 0, -np.abs(at_most), at_most)
    low, high = _ends(lines, gap, lost_below, lost_above)
    place = np.broadcast_to(np.arange(len(gap), dtype=np.float64), low.shape)
    below, above = _first_met(-low, place), _first_met(high, place)

    def swap(pair: int, gap_beyond: float) -> Swap:
        front, back = int(ahead[pair]), int(behind[pair])
        return Swap(back, front) if gap_beyond < 0 else Swap(front, back)

    return [
        OrderInterval(
            low=float(low[k, down] if np.isfinite(low[k, down]) else lines.least[k]),
            high=float(high[k, up] if np.isfinite(high[k, up]) else lines.most[k]),
            below=swap(down, at_least[k, down]) if np.isfinite(low[k, down]) else None,
            above=swap(up, at_most[k, up]) if np.isfinite(high[k, up]) else None,
        )
        for k, (down, up) in enumerate(zip(below, above, strict=True))
    ]


def _ends(
    lines: ScoreLines, gap: Floats, at_least: Floats, at_most: Floats
) -> tuple[Floats, Floats]:
    """(k, p) weights below and above which each gap is negative; -inf and inf where it never is.

    ``gap`` (p,) holds the gaps at the present weight, 0 or more; ``at_least`` and ``at_most``
    (k, p) those at the ends of the lines. Only a gap that is negative at an end has crossed
    nought: one that is nought there, a tie and no more, has not. The formula runs from the present
    weight to the end, so that the crossing is between the two whatever the rounding.
    """
    here, least, most = (at[:, None] for at in (lines.now, lines.least, lines.most))
    lost = (at_least < -TIE_TOLERANCE) & (here > least)
    share = gap / np.where(lost, gap - at_least, 1.0)
    low = np.where(lost, here - (here - least) * share, -np.inf)
    lost = (at_most < -TIE_TOLERANCE) & (here < most)
    share = gap / np.where(lost, gap - at_most, 1.0)
    high = np.where(lost, here + (most - here) * share, np.inf)
    return low, high


def _first_met(distance: Floats, precedence: Floats) -> Ints:
    """(k,) columns of the least distance; among equals, the first of the least precedence."""
    nearest = distance.min(axis=1, keepdims=True)
    met = np.where(distance <= nearest + TIE_TOLERANCE, precedence, np.inf)
    column: Ints = (met <= met.min(axis=1, keepdims=True) + TIE_TOLERANCE).argmax(axis=1)
    return column


def settled(gaps: Floats) -> Floats:
    """The gaps between scores, with ties made exactly 0."""
    settled: Floats = np.where(np.abs(gaps) <= TIE_TOLERANCE, 0.0, gaps)
    return settled
