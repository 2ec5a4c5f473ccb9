"""What acceptability is counted from: samples drawn chunk by chunk, made into sums that add up."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from operator import add
from typing import NamedTuple, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Floats, Ints
from dashboard.robustness.products import add_product, product
from dashboard.robustness.score_sampling import ScoreTables
from dashboard.robustness.weight_sampling import WeightSource

CHUNK = 32_768
WALKED_CHUNK = 2048
"""Samples that share a seed, whatever the workers: changing it changes the numbers. A random walk
is slow, and nobody likes to wait for a chunk."""

BINS = 4096
"""Of the histogram of each score, from the lowest to the highest partial value there is."""

_BLOCK_ENTRIES = 1 << 18
_LONGEST_BLOCK = 16_384
"""A chunk is worked through in blocks whose arrays (2 MB) stay in the processor's cache. In
shorter ones, threads spend their time handing each other the interpreter's lock."""

_COMPARED = 24
"""Alternatives up to which comparing all pairs is faster than sorting."""

_COMPARED_AT_ONCE = 1 << 20
"""Comparisons, a byte each."""

_CODES = 4096
"""Combinations of ranks that are counted together: few enough to stay in the nearest cache."""

_MAIN, _CONFIDENCE = 0, 1
"""Streams of random numbers: the second pass must not see those of the first."""


_Number = TypeVar("_Number", bound=np.generic)


class Measures(NamedTuple):
    """What to count besides the ranks; what is not asked for costs nothing."""

    central_weights: bool = True
    pairwise: bool = True
    bands: bool = True


@dataclass(frozen=True, eq=False)
class Problem:
    """What a worker needs to draw and count any chunk.

    ``low`` and ``high`` are the ends of the histogram: no score can lie beyond them.
    """

    values: Floats | ScoreTables
    weights: WeightSource
    samples: int
    seed: int
    tolerance: float
    measures: Measures
    low: float
    high: float

    @property
    def alternatives(self) -> int:
        """m."""
        return int(self.values.shape[0])

    @property
    def chunk(self) -> int:
        """Samples in a chunk, but for the last."""
        return CHUNK if self.weights.independent else WALKED_CHUNK

    @property
    def chunks(self) -> int:
        """The number of chunks."""
        return -(-self.samples // self.chunk)

    @property
    def block(self) -> int:
        """Samples that are worked on together."""
        widest = max(self.alternatives, self.weights.criteria)
        return max(64, min(_LONGEST_BLOCK, _BLOCK_ENTRIES // widest))

    def generator(self, stream: int, chunk: int) -> np.random.Generator:
        """Of a chunk's own; ``spawn_key`` is what ``SeedSequence.spawn`` counts up."""
        seed = np.random.SeedSequence(self.seed, spawn_key=(stream, chunk))
        return np.random.Generator(np.random.SFC64(seed))


class Counts(NamedTuple):
    """What is counted over samples; chunks are put together by ``added``. What was not asked for
    is empty.

    ``ranks`` (m, m): [i, r] samples in which i has rank r + 1; ``wins`` (m, m): [i, j] in which i
    beats j by more than the tolerance; ``first_weights`` and ``first_squares`` (m, n): sums of the
    weights and of their squares over the samples in which i is first; ``histogram`` (m, BINS);
    ``least`` and ``most`` (m,): the ends of the scores, which a histogram only knows to a bin.
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
        self.better = np.empty(max(m * size, min(m * m * size, _COMPARED_AT_ONCE)), np.bool_)
        # A count of 256 alternatives or more would not fit a byte.
        self.above: NDArray[np.uint8 | np.uint16]
        self.above = np.empty(m * size, np.uint8 if m <= 256 else np.uint16)
        self.values = np.empty(n * size if drawn else 0)
        self.places = np.empty(n * size if drawn else 0, np.int64)


_kept = threading.local()


def _space(problem: Problem) -> Space:
    """This thread's memory; made anew where the last chunk was of a problem of another shape."""
    drawn = isinstance(problem.values, ScoreTables)
    shape = problem.alternatives, problem.weights.criteria, problem.block, drawn
    if getattr(_kept, "shape", None) != shape:
        _kept.shape, _kept.space = shape, Space(problem)
    return cast(Space, _kept.space)


def count_chunk(problem: Problem, chunk: int) -> Counts:
    """Draw and count one chunk: the same samples whoever does it, and when."""
    m, n = problem.alternatives, problem.weights.criteria
    measures, first = problem.measures, chunk * problem.chunk
    size = min(problem.chunk, problem.samples - first)
    rng, space = problem.generator(_MAIN, chunk), _space(problem)
    ranks = np.zeros((m, m), np.int64)
    wins = np.zeros((m, m) if measures.pairwise else (0, 0), np.int64)
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
        if m <= _COMPARED or measures.pairwise:
            is_first = _compare(scores, tolerance, ranks, wins, space)
        else:
            is_first = _sort(scores, tolerance, ranks)
        if measures.central_weights:
            _sum_first(is_first, weights, total, weight_sums)
        if measures.bands:
            scores /= total
            np.minimum(least, scores.min(axis=1), out=least)
            np.maximum(most, scores.max(axis=1), out=most)
            bins[:, start : start + block] = _bin(scores, problem.low, problem.high)
    filled = np.empty((len(bins), BINS), np.int64)
    for row, held in zip(filled, bins, strict=True):
        row[:] = np.bincount(held, minlength=BINS)
    return Counts(size, ranks, wins, weight_sums[0], weight_sums[1], filled, least=least, most=most)


def count_confidence(problem: Problem, centres: Floats, chunk: int) -> Ints:
    """(m,) samples of the scores in which an alternative is first under its central weights.

    Parameters
    ----------
    centres : (m, n) central weights; those of an alternative without any are not looked at.
    """
    if not isinstance(problem.values, ScoreTables):
        raise TypeError("exact scores need no second pass")
    (m, n), size = centres.shape, min(problem.chunk, problem.samples - chunk * problem.chunk)
    rng, space = problem.generator(_CONFIDENCE, chunk), _space(problem)
    count = np.zeros(m, np.int64)
    for start in range(0, size, problem.block):
        block = min(problem.block, size - start)
        values = _rows(space.values, n, block)
        scores, own = _rows(space.scores, m, block), _rows(space.limits, m, block)
        best = np.full((m, block), -np.inf)
        shared = problem.values.draw_shared(rng, block)
        for alternative in range(m):
            problem.values.draw(rng, alternative, shared, values, space.places)
            product(centres, values, scores)
            own[alternative] = scores[alternative]
            np.maximum(best, scores, out=best)
        own += problem.tolerance
        count += np.count_nonzero(best <= own, axis=1)
    return count


def _rows(memory: NDArray[_Number], rows: int, size: int) -> NDArray[_Number]:
    """(rows, size) in memory of at least as many entries."""
    return memory[: rows * size].reshape(rows, size)


def _scores(problem: Problem, rng: np.random.Generator, weights: Floats, space: Space) -> Floats:
    """(m, size) scores under (n, size) weights, in points x the sum of the weights."""
    n, size = weights.shape
    scores = _rows(space.scores, problem.alternatives, size)
    if not isinstance(problem.values, ScoreTables):
        product(problem.values, weights, scores)
        return scores
    values = _rows(space.values, n, size)
    shared = problem.values.draw_shared(rng, size)
    for alternative in range(problem.alternatives):
        problem.values.draw(rng, alternative, shared, values, space.places)
        np.einsum("nc,nc->c", values, weights, out=scores[alternative])
    return scores


def _compare(
    scores: Floats, tolerance: Floats, ranks: Ints, wins: Ints, space: Space
) -> NDArray[np.bool_]:
    """Count ranks by comparing every pair: (m, size) whether an alternative is first.

    As in ``competition_ranks``, the rank is one more than the number of those better by more than
    the tolerance.
    """
    m, size = scores.shape
    limits, above = _rows(space.limits, m, size), _rows(space.above, m, size)
    np.add(scores, tolerance, out=limits)
    # As many at once as fit the cache: every step more is one more wait for the interpreter.
    together = max(1, _COMPARED_AT_ONCE // (m * size))
    for first in range(0, m, together):
        group = slice(first, min(first + together, m))
        better = space.better[: (group.stop - first) * m * size].reshape(-1, m, size)
        np.greater(scores, limits[group, None], out=better)
        np.add.reduce(better.view(np.uint8), axis=1, dtype=above.dtype, out=above[group])
        for alternative, over in enumerate(better if len(wins) else (), first):
            wins[:, alternative] += [np.count_nonzero(rival) for rival in over]
    _tally(above, ranks)
    first_of_all: NDArray[np.bool_] = above == 0
    return first_of_all


def _tally(above: NDArray[np.uint8 | np.uint16], ranks: Ints) -> None:
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


def _sort(scores: Floats, tolerance: Floats, ranks: Ints) -> NDArray[np.bool_]:
    """The same by sorting, for many alternatives."""
    m, size = scores.shape
    lost = -scores.T
    order = np.argsort(lost, axis=1)
    lost = np.take_along_axis(lost, order, axis=1)
    above = np.tile(np.arange(m), (size, 1))
    # Whoever stands before and is within the tolerance is not better; ties are rare and short.
    for back in range(1, m):
        tied = lost[:, back:] <= lost[:, :-back] + tolerance[:, None]
        if not tied.any():
            break
        above[:, back:] -= tied
    ranks += np.bincount((order * m + above).ravel(), minlength=m * m).reshape(m, m)
    is_first = np.empty((size, m), np.bool_)
    np.put_along_axis(is_first, order, above == 0, axis=1)
    return np.ascontiguousarray(is_first.T)


def _sum_first(is_first: NDArray[np.bool_], weights: Floats, total: Floats, sums: Floats) -> None:
    """Add up the weights, made to sum to 1, and their squares, where an alternative is first."""
    shares = weights / total
    first = is_first.astype(np.float64)
    add_product(first, shares, sums[0])
    np.square(shares, out=shares)
    add_product(first, shares, sums[1])


def _bin(scores: Floats, low: float, high: float) -> NDArray[np.uint16]:
    """The bin of each score."""
    scores -= low
    scores *= BINS / (high - low) if high > low else 0.0
    # Rounding may carry a score a hair beyond the ends.
    return np.clip(scores, 0, BINS - 1, out=scores).astype(np.uint16)
