"""Alternatives that are nowhere better than others, or equal, before any weight is given."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Floats
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.methods.value_moments import ValueMoments


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


def equal_rows(*tables: Floats, tolerance: float = TIE_TOLERANCE) -> list[tuple[int, ...]]:
    """Groups of two or more alternatives that are equal in every number, by row.

    Parameters
    ----------
    tables : (m, n) each, such as partial values and the ends of their bands.
    tolerance : differences from the first of a group up to this count as equal.

    Returns
    -------
    The groups by their first row, the rows of each in order.
    """
    table = np.concatenate(tables, axis=1)
    # Rows that are alike have sums that are, so each is compared with its neighbours by sum alone.
    sums = table.sum(axis=1)
    by_sum = np.argsort(sums, kind="stable")
    reach = (tolerance + 1e-12 * np.abs(table).max(initial=0.0)) * table.shape[1]
    first = np.searchsorted(sums[by_sum], sums - reach, side="left")
    last = np.searchsorted(sums[by_sum], sums + reach, side="right")
    groups, left = [], np.ones(len(table), np.bool_)
    for row in range(len(table)):
        if not left[row]:
            continue
        near = by_sum[first[row] : last[row]]
        near = near[left[near]]
        alike = near[np.all(np.abs(table[near] - table[row]) <= tolerance, axis=1)]
        left[alike] = False
        if len(alike) > 1:
            groups.append(tuple(sorted(alike.tolist())))
    return groups


class NearlyDominated(NamedTuple):
    """Indices of an alternative, of one better elsewhere, and of the criterion in between.

    ``mean`` is how far the alternative is ahead there on average over the bands, ``error`` the
    error of that lead, both in points of value.
    """

    alternative: int
    by: int
    criterion: int
    mean: float
    error: float


def nearly_dominated(
    values: Floats, moments: ValueMoments, tolerance: float = TIE_TOLERANCE
) -> list[NearlyDominated]:
    """Pairs that are one undecided criterion away from dominance.

    The alternative is ahead on one criterion alone, and there its mean lead is within the error of
    the difference (``ValueMoments``); elsewhere it is nowhere better and somewhere worse.

    Parameters
    ----------
    values : (m, n) partial values, more is better.
    moments : of these values.
    tolerance : differences up to this count as equal.

    Returns
    -------
    Ordered by the alternative, then by the one that all but dominates it.
    """
    found = []
    each = np.ones(values.shape[1])
    for a in range(len(values)):
        ahead = values[a] - values
        for b in np.flatnonzero(np.sum(ahead > tolerance, axis=1) == 1):
            j = int(np.argmax(ahead[b]))
            if not np.any(ahead[b] < -tolerance):
                continue
            means, errors = moments.by_criterion(each, a, int(b))
            if 0 < errors[j] >= means[j]:
                found.append(NearlyDominated(a, int(b), j, float(means[j]), float(errors[j])))
    return found
