"""Who is better than whom in each sample: ranks, by comparing all pairs or by sorting."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Floats, Ints

COMPARED_AT_ONCE = 1 << 20
"""Comparisons, a byte each."""

_CODES = 4096
"""Combinations of ranks that are counted together: few enough to stay in the nearest cache."""

Bools = NDArray[np.bool_]
Counted = NDArray[np.uint8 | np.uint16]


def compare(
    scores: Floats,
    tolerance: Floats,
    ranks: Ints,
    wins: Ints,
    memory: tuple[Floats, Bools, Counted],
) -> Bools:
    """Count ranks by comparing every pair: (m, size) whether an alternative is first.

    As in ``competition_ranks``, the rank is one more than the number of those better by more than
    the tolerance.

    Parameters
    ----------
    scores : (m, size) in points x the sum of the weights; ``tolerance`` (size,) likewise.
    ranks, wins : (m, m) counts to add to; ``wins`` may be empty.
    memory : for m x size limits, for comparisons, and for m x size counts.
    """
    m, size = scores.shape
    limits = memory[0][: m * size].reshape(m, size)
    above = memory[2][: m * size].reshape(m, size)
    np.add(scores, tolerance, out=limits)
    # As many at once as fit the cache: every step more is one more wait for the interpreter.
    together = max(1, COMPARED_AT_ONCE // (m * size))
    for first in range(0, m, together):
        group = slice(first, min(first + together, m))
        better = memory[1][: (group.stop - first) * m * size].reshape(-1, m, size)
        np.greater(scores, limits[group, None], out=better)
        np.add.reduce(better.view(np.uint8), axis=1, dtype=above.dtype, out=above[group])
        for alternative, over in enumerate(better if len(wins) else (), first):
            wins[:, alternative] += [np.count_nonzero(rival) for rival in over]
    _tally(above, ranks)
    first_of_all: Bools = above == 0
    return first_of_all


def _tally(above: Counted, ranks: Ints) -> None:
    """Count how often each alternative has so many above it.

    Several alternatives are counted as one number with a digit each: ``bincount`` is slow, and
    keeps other threads waiting.
    """
    m, size = above.shape
    together = max(1, int(np.log(_CODES) / np.log(max(m, 2))))
    code = np.empty(size, np.int64)
    for first in range(0, m, together):
        group = above[first : first + together]
        np.copyto(code, group[0])
        for digits in group[1:]:
            code *= m
            code += digits
        counts = np.bincount(code, minlength=m ** len(group)).reshape((m,) * len(group))
        for digit in range(len(group)):
            others = tuple(axis for axis in range(len(group)) if axis != digit)
            ranks[first + digit] += counts.sum(axis=others)


def sort(scores: Floats, tolerance: Floats, ranks: Ints) -> Bools:
    """The same by sorting, for many alternatives.

    Parameters
    ----------
    ranks : (m, places) counts to add to; ranks beyond the places are not counted.
    """
    lost = -scores.T
    size, m = lost.shape
    is_first = np.zeros((size, m), np.bool_)
    places = ranks.shape[1]
    if places == m:
        _sort_all(lost, tolerance, ranks, is_first)
        return np.ascontiguousarray(is_first.T)
    order = np.argpartition(lost, places, axis=1)[:, : places + 1]
    best = np.take_along_axis(lost, order, axis=1)
    within = np.argsort(best, axis=1)
    order, best = np.take_along_axis(order, within, 1), np.take_along_axis(best, within, 1)
    # Where the last place is clear of whoever comes next, nobody further down shares a place.
    clear = best[:, -1] > best[:, -2] + tolerance
    above = _above(best, tolerance)
    _count(order[clear, :-1], above[clear, :-1], ranks)
    np.put_along_axis(is_first, order, (above == 0) & clear[:, None], axis=1)
    if not clear.all():
        rest = np.zeros((int(np.sum(~clear)), m), np.bool_)
        _sort_all(lost[~clear], tolerance[~clear], ranks, rest)
        is_first[~clear] = rest
    return np.ascontiguousarray(is_first.T)


def _sort_all(lost: Floats, tolerance: Floats, ranks: Ints, is_first: Bools) -> None:
    order = np.argsort(lost, axis=1)
    above = _above(np.take_along_axis(lost, order, axis=1), tolerance)
    placed = above < ranks.shape[1]
    _count(order[placed], above[placed], ranks)
    np.put_along_axis(is_first, order, above == 0, axis=1)


def _above(lost: Floats, tolerance: Floats) -> Ints:
    """(size, k) how many are better by more than the tolerance, in rows sorted best first."""
    size, m = lost.shape
    above = np.tile(np.arange(m), (size, 1))
    # Whoever stands before and is within the tolerance is not better; ties are rare and short.
    for back in range(1, m):
        tied = lost[:, back:] <= lost[:, :-back] + tolerance[:, None]
        if not tied.any():
            break
        above[:, back:] -= tied
    return above


def _count(who: Ints, above: Ints, ranks: Ints) -> None:
    places = ranks.shape[1]
    codes = (who * places + above).ravel()
    ranks += np.bincount(codes, minlength=ranks.size).reshape(ranks.shape)


def count_wins(scores: Floats, tolerance: Floats, rivals: Sequence[int], wins: Ints) -> None:
    """Add to ``wins`` (m, k) how often each beats each of k rivals by more than the tolerance."""
    for column, rival in enumerate(rivals):
        wins[:, column] += np.count_nonzero(scores > scores[rival] + tolerance, axis=1)
