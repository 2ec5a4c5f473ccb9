"""Alternatives that no weights can put first, found before any weight is given."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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
    dominates = dominance(values, tolerance)
    return [Dominated(a, b) for a, b in np.argwhere(dominates.T).tolist()]


def dominance(values: Floats, tolerance: float = TIE_TOLERANCE) -> NDArray[np.bool_]:
    """(m, m) whether the row is nowhere worse and somewhere better than the column.

    Parameters are those of ``dominated_pairs``. One criterion is looked at after the other, since
    all differences at once would fill the memory where there are thousands of alternatives.
    """
    m = len(values)
    never_worse, somewhere_better = np.ones((m, m), np.bool_), np.zeros((m, m), np.bool_)
    for column in values.T:
        difference = column[:, None] - column[None, :]
        never_worse &= difference >= -tolerance
        somewhere_better |= difference > tolerance
    return never_worse & somewhere_better


class NearlyDominated(NamedTuple):
    """Indices of an alternative, of one better elsewhere, and of the criterion in between.

    ``lead`` is how far the alternative is ahead there, ``error`` the error of that difference, both
    in points of value.
    """

    alternative: int
    by: int
    criterion: int
    lead: float
    error: float


def nearly_dominated(
    values: Floats, least: Floats, most: Floats, tolerance: float = TIE_TOLERANCE
) -> list[NearlyDominated]:
    """Pairs that are one undecided criterion away from dominance.

    The alternative is ahead on one criterion alone, and there by less than the error of the
    difference; elsewhere it is nowhere better and somewhere worse. The half-widths of the two bands
    are taken as independent, so their squares add.

    Parameters
    ----------
    values : (m, n) partial values, more is better.
    least, most : (m, n) partial values at the worse and the better end of each band.
    tolerance : differences up to this count as equal.

    Returns
    -------
    Ordered by the alternative, then by the one that all but dominates it.

    Source: the first-order propagation of independent errors, JCGM 100:2008, section 5.1.2.
    """
    half = (most - least) / 2
    found = []
    for a in range(len(values)):
        ahead = values[a] - values
        for b in np.flatnonzero(np.sum(ahead > tolerance, axis=1) == 1):
            j = int(np.argmax(ahead[b]))
            error = float(np.hypot(half[a, j], half[b, j]))
            if np.any(ahead[b] < -tolerance) and ahead[b, j] < error:
                found.append(NearlyDominated(a, int(b), j, float(ahead[b, j]), error))
    return found
