"""Regret: what is lost by not having chosen the best, in each case that may turn out to hold.

A case is a scenario, or a perspective: the arithmetic is the same.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats
from dashboard.methods.ranks import TIE_TOLERANCE


class WorstRegret(NamedTuple):
    """The largest regret of an alternative, and the first case in which it has that regret."""

    regret: float
    case: int


def regret_matrix(scores: Floats) -> Floats:
    """The score of the best alternative in each case, minus the own.

    Parameters
    ----------
    scores : (k, m) scores of m alternatives in k cases, more is better.

    Returns
    -------
    (k, m) regrets in points, 0 for the best of each case, never negative.

    Raises
    ------
    ValueError : there is no case or no alternative, or a score is not finite.

    Source: Savage (1951), The theory of statistical decision, Journal of the American Statistical
    Association 46(253), 55-67.
    """
    if scores.ndim != 2 or 0 in scores.shape:
        raise ValueError("regret needs at least one case and one alternative")
    if not np.all(np.isfinite(scores)):
        raise ValueError("a score is not a finite number")
    regret: Floats = scores.max(axis=1, keepdims=True) - scores
    return regret


def worst_regrets(regret: Floats) -> list[WorstRegret]:
    """For each of the m alternatives, the case in which choosing it would be regretted most."""
    worst = regret.max(axis=0)
    # Not argmax: of cases that tie but for rounding, the first is named.
    first = np.argmax(regret >= worst - TIE_TOLERANCE, axis=0)
    return [WorstRegret(float(r), int(case)) for r, case in zip(worst, first, strict=True)]


def least_worst_regret(regret: Floats) -> list[int]:
    """The alternatives whose largest regret is smallest: one, or all that tie.

    Parameters
    ----------
    regret : (k, m) as ``regret_matrix`` gives them.

    Returns
    -------
    Indices of alternatives in their order, at least one.

    Source: Savage (1951), as ``regret_matrix`` (minimax regret).
    """
    worst = regret.max(axis=0)
    return [int(i) for i in np.flatnonzero(worst <= worst.min() + TIE_TOLERANCE)]
