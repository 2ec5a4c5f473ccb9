"""The weight that, moved alone, puts another alternative first."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats
from dashboard.methods.ranks import TIE_TOLERANCE


class Switch(NamedTuple):
    """The leader changes when the weight of ``criterion`` passes ``at``."""

    criterion: int
    now: float
    at: float
    new_leader: int


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
    all the weight is left out: the others have no proportions to keep.

    Source: Mareschal (1988), European Journal of Operational Research 33(1), 54-64.
    """
    scores = values @ weights
    best: Switch | None = None
    for criterion, now in enumerate(weights):
        if now >= 1 - TIE_TOLERANCE:
            continue
        column = values[:, criterion]
        rest = (scores - now * column) / (1 - now)
        # score(t) = rest + t * (column - rest); the gap to the leader is linear in t as well.
        at_zero = rest[leader] - rest
        slope = (column[leader] - rest[leader]) - (column - rest)
        with np.errstate(divide="ignore", invalid="ignore"):
            crossing = -at_zero / slope
        for rival in range(len(values)):
            t = crossing[rival]
            gap_now = scores[leader] - scores[rival]
            if rival == leader or gap_now <= TIE_TOLERANCE or not np.isfinite(t) or not 0 <= t <= 1:
                continue
            if best is None or abs(t - now) < abs(best.at - best.now) - TIE_TOLERANCE:
                best = Switch(criterion, float(now), float(t), rival)
    return best
