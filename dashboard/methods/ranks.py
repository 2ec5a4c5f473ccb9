"""Scores made into ranks, with ties that are ties."""

from __future__ import annotations

import numpy as np

from dashboard.methods.arrays import Floats, Ints

TIE_TOLERANCE = 1e-9
"""Scores this close are equal. Floating-point sums of a hundred terms err by far less, and no
judgement is made to a billionth of a point."""


def competition_ranks(scores: Floats, tolerance: float = TIE_TOLERANCE) -> Ints:
    """The rank of each alternative; ties share the better rank (1, 1, 3).

    The rank is one more than the number of alternatives that are better by more than the tolerance.

    Parameters
    ----------
    scores : (m,) finite scores, more is better.
    tolerance : the largest difference that still counts as a tie, in units of the scores.

    Returns
    -------
    (m,) ranks from 1.

    Raises
    ------
    ValueError : a score is not finite.
    """
    if not np.all(np.isfinite(scores)):
        raise ValueError("a score is not a finite number")
    ordered = np.sort(scores)
    better = len(scores) - np.searchsorted(ordered, scores + tolerance, side="right")
    ranks: Ints = better.astype(np.int64) + 1
    return ranks


def competition_ranks_of_rows(scores: Floats, tolerance: float = TIE_TOLERANCE) -> Ints:
    """``competition_ranks`` of each row at once.

    Parameters
    ----------
    scores : (k, m) finite scores, more is better.

    Returns
    -------
    (k, m) ranks from 1.

    Raises
    ------
    ValueError : a score is not finite.
    """
    if not np.all(np.isfinite(scores)):
        raise ValueError("a score is not a finite number")
    better = scores[:, None, :] > scores[:, :, None] + tolerance
    ranks: Ints = better.sum(axis=2, dtype=np.int64) + 1
    return ranks


def best_first(ranks: Ints) -> list[int]:
    """Indices by rank; ties keep the order in which the alternatives were given."""
    return [int(index) for index in np.argsort(ranks, kind="stable")]
