"""What is to be sampled, and in which pieces: all that a worker needs to draw any of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats
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

MANY = 50
"""Alternatives beyond which samples are counted in smaller chunks, but in larger blocks: each is
dear, and a call for each alternative dearer. Moving it changes the numbers of what lies between."""

_CHUNK_OF_MANY = 2048
_BLOCK_OF_MANY = 1 << 22
"""Scores, 32 MB."""

_MOST_BINS = 1 << 20
"""Of all histograms together (8 MB); where there are more scores, each has fewer bins."""


class Measures(NamedTuple):
    """What to count besides the ranks; what is not asked for costs nothing.

    ``rivals`` : rows that the pairwise wins are counted against; against all if left out.
    ``places`` : the ranks that are counted, from the first; all if left out.
    """

    central_weights: bool = True
    pairwise: bool = True
    bands: bool = True
    rivals: tuple[int, ...] | None = None
    places: int | None = None


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
    def many(self) -> bool:
        """Whether each sample takes long."""
        return self.alternatives > MANY

    @property
    def rivals(self) -> tuple[int, ...]:
        """Rows that wins are counted against."""
        given = self.measures.rivals
        return tuple(range(self.alternatives)) if given is None else given

    @property
    def places(self) -> int:
        """Ranks that are counted."""
        return min(self.measures.places or self.alternatives, self.alternatives)

    @property
    def compares(self) -> bool:
        """Whether all pairs are compared; else samples are sorted."""
        every_pair = self.measures.pairwise and self.measures.rivals is None
        return self.alternatives <= _COMPARED or every_pair

    @property
    def bins(self) -> int:
        """Of the histogram of each score."""
        return min(BINS, max(1, _MOST_BINS // self.alternatives))

    @property
    def chunk(self) -> int:
        """Samples in a chunk, but for the last."""
        if not self.weights.independent:
            return WALKED_CHUNK
        return _CHUNK_OF_MANY if self.many else CHUNK

    @property
    def chunks(self) -> int:
        """The number of chunks."""
        return -(-self.samples // self.chunk)

    @property
    def block(self) -> int:
        """Samples that are worked on together."""
        widest = max(self.alternatives, self.weights.criteria)
        if self.many:
            return max(64, min(_CHUNK_OF_MANY, _BLOCK_OF_MANY // widest))
        return max(64, min(_LONGEST_BLOCK, _BLOCK_ENTRIES // widest))

    @property
    def together(self) -> int:
        """Alternatives whose partial values are drawn together: calls for each would be dear."""
        entries = self.weights.criteria * self.block
        return max(1, min(self.alternatives, _BLOCK_ENTRIES // entries))

    def generator(self, stream: int, chunk: int) -> np.random.Generator:
        """Of a chunk's own; ``spawn_key`` is what ``SeedSequence.spawn`` counts up."""
        seed = np.random.SeedSequence(self.seed, spawn_key=(stream, chunk))
        return np.random.Generator(np.random.SFC64(seed))
