"""The weight that, moved alone, puts another alternative first, or makes two level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.robustness.score_lines import score_lines
from dashboard.robustness.stability import settled

ALWAYS_EQUAL = "the two are equal at every weight"
NEVER_EQUAL = "one of the two is ahead at every weight"


class Switch(NamedTuple):
    """The leader changes when the weight of ``criterion`` passes ``at``."""

    criterion: int
    now: float
    at: float
    new_leader: int


class Crossing(NamedTuple):
    """The weight at which two rows are level, and which is ahead on either side of it.

    ``at`` is None, with the reason, where they never are, always are, or the node has no line.
    """

    now: float
    at: float | None
    ahead_below: int | None
    ahead_above: int | None
    reason: str | None


def nearest_switch(values: Floats, weights: Floats, leader: int) -> Switch | None:
    """The smallest move of one weight, the others in proportion, that changes the leader.

    Every score is linear in the weight that moves, so the switch is the nearest crossing of the
    leader's line with another: exact, not searched on a grid.

    Parameters
    ----------
    values : (m, n) partial values.
    weights : (n,) non-negative, sum 1.
    leader : row of the alternative that leads now.

    Returns
    -------
    The nearest switch, or None if no single weight can change the leader. A criterion that holds
    all the weight is left out: the others have no proportions to keep. Of switches equally near,
    the first by criterion, then by row.

    Raises
    ------
    ValueError : as ``score_lines``.

    Source: Mareschal (1988), European Journal of Operational Research 33(1), 54-64.
    """
    lines = score_lines(values, weights)
    scores = values @ weights
    at_zero = lines.at_zero[:, [leader]] - lines.at_zero
    slope = lines.at_one[:, [leader]] - lines.at_one - at_zero
    # A slope within the tolerance cannot make up a gap beyond it.
    crossed = np.abs(slope) > TIE_TOLERANCE
    crossing = -at_zero / np.where(crossed, slope, np.inf)
    behind = scores[leader] - scores > TIE_TOLERANCE
    defined = np.array([reason is None for reason in lines.undefined])
    reached = behind & defined[:, None] & crossed & (crossing >= 0) & (crossing <= 1)
    move = np.where(reached, np.abs(crossing - lines.now[:, None]), np.inf)
    nearest = move.min()
    if not np.isfinite(nearest):
        return None
    criterion, rival = np.argwhere(move <= nearest + TIE_TOLERANCE)[0].tolist()
    at, now = float(crossing[criterion, rival]), float(weights[criterion])
    return Switch(criterion, now, at, rival)


def crossing_weights(
    values: Floats,
    weights: Floats,
    first: int,
    second: int,
    nodes: Sequence[Sequence[int]] | None = None,
) -> list[Crossing]:
    """The weight of each node, moved alone, at which two alternatives are level.

    Parameters
    ----------
    values, weights, nodes : as for ``stability.stability_intervals``.
    first, second : rows of the two.

    Returns
    -------
    (k) crossings, in the order of the nodes. At 0 or 1 one side is empty and names nobody.

    Raises
    ------
    ValueError : as ``score_lines``; or the two rows are one, or not there.

    Source: Mareschal (1988), European Journal of Operational Research 33(1), 54-64.
    """
    lines = score_lines(values, weights, nodes)
    if first == second or not all(0 <= row < len(values) for row in (first, second)):
        raise ValueError(f"rows {first} and {second} are not two of {len(values)} alternatives")
    at_zero = lines.at_zero[:, first] - lines.at_zero[:, second]
    at_one = lines.at_one[:, first] - lines.at_one[:, second]
    ends = zip(lines.now, lines.undefined, settled(at_zero), settled(at_one), strict=True)
    return [
        _crossing(float(now), reason, float(zero), float(one), first, second)
        for now, reason, zero, one in ends
    ]


def _crossing(
    now: float, undefined: str | None, at_zero: float, at_one: float, first: int, second: int
) -> Crossing:
    """Where the gap between the two, a line from ``at_zero`` to ``at_one``, is nought."""
    if undefined:
        return Crossing(now, None, None, None, undefined)
    below = None if at_zero == 0 else first if at_zero > 0 else second
    above = None if at_one == 0 else first if at_one > 0 else second
    if at_zero == at_one == 0:
        return Crossing(now, None, None, None, ALWAYS_EQUAL)
    if below == above:
        return Crossing(now, None, below, above, NEVER_EQUAL)
    return Crossing(now, at_zero / (at_zero - at_one), below, above, None)
