"""Alternatives that no weights can put first, found before any weight is given."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats
from dashboard.methods.ranks import TIE_TOLERANCE


class Dominated(NamedTuple):
    """Indices of an alternative and of one that is at least as good everywhere."""

    alternative: int
    by: int


def dominated_pairs(values: Floats, tolerance: float = TIE_TOLERANCE) -> list[Dominated]:
    """All pairs in which one alternative is nowhere better and somewhere worse than the other.

    Parameters
    ----------
    values : (m, n) partial values, more is better.
    tolerance : differences up to this count as equal.

    Returns
    -------
    Pairs of row indices, ordered by the dominated alternative. Equal rows dominate neither way.
    """
    difference = values[None, :, :] - values[:, None, :]
    never_worse = np.all(difference >= -tolerance, axis=2)
    somewhere_better = np.any(difference > tolerance, axis=2)
    return [Dominated(int(a), int(b)) for a, b in np.argwhere(never_worse & somewhere_better)]
