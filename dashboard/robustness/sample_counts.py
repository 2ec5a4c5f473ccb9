"""What acceptability is counted from: samples drawn chunk by chunk, made into sums that add up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from operator import add
from typing import NamedTuple, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Floats, Ints
from dashboard.robustness.products import SINGLE_THREADED, add_product, product
from dashboard.robustness.rank_counts import COMPARED_AT_ONCE, compare, count_wins, sort
from dashboard.robustness.sample_problem import Problem
from dashboard.robustness.score_sampling import Positions, ScoreTables

_MAIN, _CONFIDENCE = 0, 1
"""Streams of random numbers: the second pass must not see those of the first."""

_Number = TypeVar("_Number", bound=np.generic)


class Counts(NamedTuple):
    """What is counted over samples; chunks are put together by ``added``. What was not asked for
    is empty.

    ``ranks`` (m, places): [i, r] samples in which i has rank r + 1; ``wins`` (m, rivals): [i, j] in
    which i beats rival j by more than the tolerance; ``first_weights`` and ``first_squares``
    (m, n): sums of the weights and of their squares over the samples in which i is first;
    ``histogram`` (m, bins); ``least`` and ``most`` (m,): the ends of the scores, which a histogram
    only knows to a bin.
    """

    samples: int
    ranks: Ints
    wins: Ints
    first_weights: Floats
    first_squares: Floats
    histogram: Ints
    least: Floats
    most: Floats


def added(one: Counts, other: Counts) -> Counts:
    """The counts of both."""
    sums = Counts(*map(add, one, other))
    return sums._replace(
        least=np.minimum(one.least, other.least), most=np.maximum(one.most, other.most)
    )


class Space:
    """The memory chunks are worked out in, used again by each block of each chunk of a thread.

    New memory has to be cleared by the system, one thread at a time, which costs more than the
    arithmetic it is for.
    """

    def __init__(self, problem: Problem) -> None:
        m, n, size = problem.alternatives, problem.weights.criteria, problem.block
        drawn = isinstance(problem.values, ScoreTables)
        self.weights = np.empty(n * size)
        self.scores = np.empty(m * size)
        self.limits = np.empty(m * size)
        compared = problem.compares
        self.better = np.empty(
            max(m * size, min(m * m * size, COMPARED_AT_ONCE)) if compared else 0, np.bool_
        )
        # A count of 256 alternatives or more would not fit a byte.
        self.above: NDArray[np.uint8 | np.uint16]
        self.above = np.empty(m * size if compared else 0, np.uint8 if m <= 256 else np.uint16)
        together = problem.together * n * size if drawn else 0
        self.values = np.empty(together)
        self.places = np.empty(together, np.int64)


_kept = threading.local()


def _space(problem: Problem) -> Space:
    """This thread's memory; new where the last chunk was of a problem of another shape."""
    drawn = isinstance(problem.values, ScoreTables)
    sizes = problem.alternatives, problem.weights.criteria, problem.block
    shape = *sizes, drawn, problem.compares
    if getattr(_kept, "shape", None) != shape:
        _kept.shape, _kept.space = shape, Space(problem)
    return cast(Space, _kept.space)


def count_chunk(problem: Problem, chunk: int) -> Counts:
    """Draw and count one chunk: the same samples whoever does it, and when."""
    m, n = problem.alternatives, problem.weights.criteria
    measures, first = problem.measures, chunk * problem.chunk
    size = min(problem.chunk, problem.samples - first)
    rng, space = problem.generator(_MAIN, chunk), _space(problem)
    # All ranks where all pairs are compared; those beyond the places are left out at the end.
    ranks = np.zeros((m, m if problem.compares else problem.places), np.int64)
    wins = np.zeros((m, len(problem.rivals)) if measures.pairwise else (0, 0), np.int64)
    weight_sums = np.zeros((2, m, n) if measures.central_weights else (2, 0, 0))
    # Kept until the end of the chunk: adding up histograms costs more than filling one.
    bins = np.empty((m, size) if measures.bands else (0, 0), np.uint16)
    least, most = np.full(len(bins), np.inf), np.full(len(bins), -np.inf)
    for start in range(0, size, problem.block):
        block = min(problem.block, size - start)
        weights = _rows(space.weights, n, block)
        problem.weights.draw(rng, first + start, weights)
        total = weights.sum(axis=0)
        scores = _scores(problem, rng, weights, space)
        # Weights need not sum to 1, so neither scores nor ties are in points but in points x total.
        tolerance = problem.tolerance * total
        if problem.compares:
            memory = space.limits, space.better, space.above
            every = wins if measures.rivals is None else wins[:0]
            is_first = compare(scores, tolerance, ranks, every, memory)
        else:
            is_first = sort(scores, tolerance, ranks)
        if measures.pairwise and measures.rivals is not None:
            count_wins(scores, tolerance, measures.rivals, wins)
        if measures.central_weights:
            rows = np.flatnonzero(is_first.any(axis=1)) if problem.many else slice(None)
            _sum_first(is_first[rows], weights, total, weight_sums, rows)
        if measures.bands:
            scores /= total
            np.minimum(least, scores.min(axis=1), out=least)
            np.maximum(most, scores.max(axis=1), out=most)
            bins[:, start : start + block] = _bin(scores, problem.low, problem.high, problem.bins)
    filled = np.empty((len(bins), problem.bins), np.int64)
    for row, held in zip(filled, bins, strict=True):
        row[:] = np.bincount(held, minlength=problem.bins)
    sums, squares = weight_sums
    ranked = ranks[:, : problem.places]
    return Counts(size, ranked, wins, sums, squares, filled, least=least, most=most)


def count_confidence(problem: Problem, centres: Floats, chunk: int) -> Ints:
    """(m,) samples of the scores in which an alternative is first under its central weights.

    Parameters
    ----------
    centres : (m, n) central weights; those of an alternative without any are not looked at.
    """
    if not isinstance(problem.values, ScoreTables):
        raise TypeError("exact scores need no second pass")
    if problem.many:
        return _confidence_of_many(problem, problem.values, centres, chunk)
    m, size = len(centres), min(problem.chunk, problem.samples - chunk * problem.chunk)
    rng, space = problem.generator(_CONFIDENCE, chunk), _space(problem)
    count = np.zeros(m, np.int64)
    for start in range(0, size, problem.block):
        block = min(problem.block, size - start)
        scores, own = _rows(space.scores, m, block), _rows(space.limits, m, block)
        best = np.full((m, block), -np.inf)
        shared = problem.values.draw_shared(rng, block)
        for rows, drawn in _drawn(problem, problem.values, rng, np.arange(m), shared, block):
            for alternative, values in zip(rows.tolist(), drawn, strict=True):
                product(centres, values, scores)
                own[alternative] = scores[alternative]
                np.maximum(best, scores, out=best)
        own += problem.tolerance
        count += np.count_nonzero(best <= own, axis=1)
    return count


def _confidence_of_many(problem: Problem, tables: ScoreTables, centres: Floats, chunk: int) -> Ints:
    """The same where most alternatives have no central weights, or are no rivals under them.

    Whoever cannot reach the lowest score that an alternative has in a block under its own central
    weights is never ahead of it there, so that pair is left out.
    """
    size = min(problem.chunk, problem.samples - chunk * problem.chunk)
    rng = problem.generator(_CONFIDENCE, chunk)
    central = np.flatnonzero(centres.any(axis=1))
    weights = centres[central]
    highest = tables.values.max(axis=2) @ weights.T
    highest[central] = -np.inf
    count = np.zeros(len(centres), np.int64)
    for start in range(0, size, problem.block):
        block = min(problem.block, size - start)
        own, best = np.empty((len(central), block)), np.full((len(central), block), -np.inf)
        shared = tables.draw_shared(rng, block)
        done = 0
        for rows, drawn in _drawn(problem, tables, rng, central, shared, block):
            np.einsum("anc,an->ac", drawn, centres[rows], out=own[done : done + len(rows)])
            done += len(rows)
            _raise_best(best, slice(None), weights, drawn)
        matters = highest >= own.min(axis=1)
        rivals = np.flatnonzero(matters.any(axis=1))
        # Those that matter to equally many are drawn together, so that few pairs come for nothing.
        rivals = rivals[np.argsort(-matters[rivals].sum(axis=1), kind="stable")]
        for rows, drawn in _drawn(problem, tables, rng, rivals, shared, block):
            against = np.flatnonzero(matters[rows].any(axis=0))
            _raise_best(best, against, weights, drawn)
        count[central] += np.count_nonzero(best <= own + problem.tolerance, axis=1)
    return count


def _raise_best(best: Floats, against: Ints | slice, weights: Floats, drawn: Floats) -> None:
    """Lift ``best`` (u, size) to the best of k alternatives ``drawn`` (k, n, size) where it is
    higher, in the rows ``against``, each under its ``weights`` (u, n)."""
    under = weights[against]
    columns = max(64, SINGLE_THREADED // under.size)
    for first in range(0, drawn.shape[2], columns):
        part = slice(first, first + columns)
        highest = np.matmul(under, drawn[:, :, part]).max(axis=0)
        best[against, part] = np.maximum(best[against, part], highest)


def _drawn(
    problem: Problem,
    tables: ScoreTables,
    rng: np.random.Generator,
    rows: Ints,
    shared: Positions,
    size: int,
) -> Iterator[tuple[Ints, Floats]]:
    """The alternatives ``rows``, a few at a time, with their (k, n, size) partial values.

    The values are in this thread's memory, which the next few overwrite.
    """
    space, n = _space(problem), tables.shape[1]
    for first in range(0, len(rows), problem.together):
        some = rows[first : first + problem.together]
        values = space.values[: len(some) * n * size].reshape(len(some), n, size)
        tables.draw(rng, some, shared, values, space.places)
        yield some, values


def _rows(memory: NDArray[_Number], rows: int, size: int) -> NDArray[_Number]:
    """(rows, size) in memory of at least as many entries."""
    return memory[: rows * size].reshape(rows, size)


def _scores(problem: Problem, rng: np.random.Generator, weights: Floats, space: Space) -> Floats:
    """(m, size) scores under (n, size) weights, in points x the sum of the weights."""
    size = weights.shape[1]
    scores = _rows(space.scores, problem.alternatives, size)
    if not isinstance(problem.values, ScoreTables):
        product(problem.values, weights, scores)
        return scores
    shared, every = problem.values.draw_shared(rng, size), np.arange(problem.alternatives)
    for rows, values in _drawn(problem, problem.values, rng, every, shared, size):
        np.einsum("anc,nc->ac", values, weights, out=scores[rows[0] : rows[-1] + 1])
    return scores


def _sum_first(
    is_first: NDArray[np.bool_],
    weights: Floats,
    total: Floats,
    sums: Floats,
    rows: Ints | slice,
) -> None:
    """Add up the weights, made to sum to 1, and their squares, where an alternative is first."""
    shares = weights / total
    first = is_first.astype(np.float64)
    for measure, counted in zip(sums, (shares, shares * shares), strict=True):
        part = measure[rows]
        add_product(first, counted, part)
        measure[rows] = part


def _bin(scores: Floats, low: float, high: float, bins: int) -> NDArray[np.uint16]:
    """The bin of each score."""
    scores -= low
    scores *= bins / (high - low) if high > low else 0.0
    # Rounding may carry a score a hair beyond the ends.
    return np.clip(scores, 0, bins - 1, out=scores).astype(np.uint16)
