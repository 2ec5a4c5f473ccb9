"""Weights from nothing but the order in which a person would buy the swings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.methods.arrays import Floats, Ints

Ranks = Sequence[float] | Ints | Floats
"""One number per criterion, the least for the most important. Only the order counts (1, 1, 3 is
1, 1, 2), and equal numbers tie."""


def rank_order_centroid(ranks: Ranks) -> Floats:
    """The centre of all weights that agree with the order: at position r, mean of 1/k for k >= r.

    Tied criteria share the mean of the weights of the positions that they take up. It is the
    weight of someone who has not decided between them, steeper than that of equal importance.

    Parameters
    ----------
    ranks : (n,) finite numbers, the least for the most important criterion; equal ones tie.

    Returns
    -------
    (n,) weights, positive, sum 1.

    Raises
    ------
    ValueError : there is no rank, or one is not finite.

    Source: Barron & Barrett (1996), Management Science 42(11), 1515-1523.
    """
    positions = _positions(ranks)
    # Summed from the small end, where a running sum errs least.
    return _shared((np.cumsum(1 / positions[::-1]) / len(positions))[::-1], ranks)


def rank_sum(ranks: Ranks) -> Floats:
    """Weights that fall in equal steps: n + 1 - r at position r, normalised.

    Parameters, return value, ties and errors are those of ``rank_order_centroid``.

    Source: Stillwell, Seaver & Edwards (1981), Organizational Behavior and Human Performance
    28(1), 62-77.
    """
    positions = _positions(ranks)
    return _shared(positions[::-1] / positions.sum(), ranks)


def rank_reciprocal(ranks: Ranks) -> Floats:
    """Weights in proportion to 1/r at position r.

    Parameters, return value, ties and errors are those of ``rank_order_centroid``.

    Source: Stillwell, Seaver & Edwards (1981), Organizational Behavior and Human Performance
    28(1), 62-77.
    """
    reciprocals = 1 / _positions(ranks)
    return _shared(reciprocals / reciprocals.sum(), ranks)


def _positions(ranks: Ranks) -> Floats:
    """1 to n, after a look at what was given."""
    given = np.asarray(ranks, dtype=np.float64)
    if given.ndim != 1 or given.size == 0:
        raise ValueError("ranks must be a list with one number for each criterion")
    if not np.all(np.isfinite(given)):
        raise ValueError("a rank is not a finite number")
    return np.arange(1, given.size + 1, dtype=np.float64)


def _shared(by_position: Floats, ranks: Ranks) -> Floats:
    """The weight of each criterion; tied ones get the mean over the positions they take up."""
    _, group, size = np.unique(np.asarray(ranks), return_inverse=True, return_counts=True)
    starts = np.cumsum(size) - size
    weights: Floats = (np.add.reduceat(by_position, starts) / size)[group]
    return weights
