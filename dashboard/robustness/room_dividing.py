"""The one criterion that divides a room most, from the spread of a gap over its ballots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.methods.arrays import Floats, Ints, frozen
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.robustness.room_ballots import FEWEST


@dataclass(frozen=True, eq=False)
class Sides:
    """The mean weights (n,) of the ballots that have the first ahead, and of the others' side."""

    first: Floats
    second: Floats


@dataclass(frozen=True, eq=False)
class Dividing:
    """What makes the gap between the two alternatives that are disputed most differ over ballots.

    ``pair`` : the two; None where there is only one alternative. ``ahead`` : ballots on which the
    first is ahead, and on which the second is; on ``level`` of them the two tie.
    ``shares`` (n,): the part of the variance of the gap that each criterion accounts for, sum 1;
    single ones may be negative or above 1. ``criteria`` : those with the largest, one or all that
    tie. ``favours`` : the alternative that gains where the first of those is weighted more.
    ``spread`` : the standard deviation of the gap, in points. Shares and favour are None, and
    ``criteria`` is empty, where there is a ``reason``.
    ``sides`` : None where a side has nobody (``sides_hidden`` False), or where one of them, or
    those who have the two level, are fewer than ``FEWEST``.
    """

    pair: tuple[int, int] | None
    ahead: tuple[int, int]
    level: int
    spread: float
    shares: Floats | None
    criteria: tuple[int, ...]
    favours: int | None
    sides: Sides | None
    sides_hidden: bool
    reason: str | None


def most_disputed(
    firsts: Ints, scores: Floats, equal: Sequence[Sequence[int]] = ()
) -> tuple[int, int] | None:
    """The two alternatives with the most first places; None where there is only one.

    Of those with as many, the one with the higher mean score, so that where one has every first
    place its rival is the nearest behind it. Two that are equal are taken only where there is no
    third that differs: nobody can dispute them.

    Parameters
    ----------
    firsts : (m,) ballots on which each is first.
    scores : (m,) scores under the room's mean weights.
    equal : groups of alternatives that are equal on every criterion.
    """
    if len(firsts) < 2:
        return None
    order = sorted(range(len(firsts)), key=lambda i: (-int(firsts[i]), -float(scores[i]), i))
    alike = next((group for group in equal if order[0] in group), ())
    return order[0], next((i for i in order[1:] if i not in alike), order[1])


def dividing(
    values: Floats, weights: Floats, pair: tuple[int, int] | None, *, small_groups: bool
) -> Dividing:
    """Split the variance of the gap between two alternatives over the criteria, exactly.

    On each ballot the gap is the sum over criteria of g_j = w_j d_j, with d_j the difference of
    the partial values. Its variance over the ballots is the sum of the covariances of g_j with the
    gap, so share_j = Cov(g_j, gap) / Var(gap) sums to 1. A criterion has a large share where its
    weight differs between ballots, matters between these two, and goes with the gap. No share
    depends on an order of the criteria.

    Parameters
    ----------
    values : (m, n) partial values.
    weights : (k, n) ballots, at least one.
    pair : two alternatives, as ``most_disputed`` gives them.
    small_groups : the mean weights of a side are given however few it has.

    Source: Shorrocks (1982), Inequality decomposition by factor components, Econometrica 50(1),
    193-211 (the natural decomposition of the variance).
    """
    if pair is None:
        return _undivided(None, (0, 0), len(weights), "there is only one option")
    difference = values[pair[0]] - values[pair[1]]
    parts = weights * difference
    gap = parts.sum(axis=1)
    first, second = gap > TIE_TOLERANCE, gap < -TIE_TOLERANCE
    ahead = int(first.sum()), int(second.sum())
    level = len(gap) - sum(ahead)
    centred = gap - gap.mean()
    variance = float(np.mean(centred**2))
    spread = float(np.sqrt(variance))
    if len(weights) == 1:
        return _undivided(pair, ahead, level, "there is only one ballot")
    if spread <= TIE_TOLERANCE:
        return _undivided(pair, ahead, level, "every ballot sees the same gap between the two")
    shares: Floats = ((parts - parts.mean(axis=0)) * centred[:, None]).mean(axis=0) / variance
    criteria = tuple(int(j) for j in np.flatnonzero(shares >= shares.max() - TIE_TOLERANCE))
    few = not small_groups and any(0 < count < FEWEST for count in (*ahead, level))
    known = all(ahead) and not few
    return Dividing(
        pair=pair,
        ahead=ahead,
        level=level,
        spread=spread,
        shares=frozen(shares),
        criteria=criteria,
        # The largest share is above 0, so the weight goes with the gap as the difference does.
        favours=pair[0] if difference[criteria[0]] > 0 else pair[1],
        sides=Sides(weights[first].mean(axis=0), weights[second].mean(axis=0)) if known else None,
        sides_hidden=all(ahead) and few,
        reason=None,
    )


def _undivided(
    pair: tuple[int, int] | None, ahead: tuple[int, int], level: int, reason: str
) -> Dividing:
    return Dividing(pair, ahead, level, 0.0, None, (), None, None, False, reason)
