"""Partial values drawn from the bands of the performances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Floats, Ints, Performance, frozen
from dashboard.model.value_tree import CurvePoint

Distribution = Literal["triangular", "pert"]

Positions = NDArray[np.uint16]
Pairs = NDArray[np.uint32]
"""Two 16-bit positions in each entry, the first in the lower half."""

_LEVELS = 4096
"""Equally likely levels of each distribution, each represented by its median. What varies within a
level is lost: of the variance, less than a hundred-thousandth where the distribution is triangular
and two ten-thousandths where it is PERT with its longest tail."""

_FEWEST_LEVELS = 256
_MOST_ENTRIES = 1 << 22
"""Of the tables together (32 MB); where there are more cells, each has fewer levels."""

_SPAN = 1 << 16
"""What a 16-bit position can tell apart."""

_HALF_BITS, _LOWER_HALF = np.uint32(16), np.uint32(_SPAN - 1)

_OWN_LEVELS = 256
"""Equally likely levels of what is a criterion's own, so that one look finds those of two. The
common part is finer and smooths the sum."""

_PERT_GRID = 2048


class Scratch:
    """Memory for drawing, used again by every draw: new memory has to be cleared by the system."""

    def __init__(self, criteria: int, size: int) -> None:
        self._places = np.empty(criteria * size, np.int64)
        self._pairs = np.empty(-(-criteria // 2) * size, np.uint32)

    def places(self, criteria: int, size: int) -> Ints:
        """(n, size), no larger than was asked for at first."""
        return self._places[: criteria * size].reshape(criteria, size)

    def pairs(self, criteria: int, size: int) -> Pairs:
        """(n / 2 rounded up, size)."""
        return self._pairs[: -(-criteria // 2) * size].reshape(-1, size)


@dataclass(frozen=True, eq=False)
class Copula:
    """How the errors of one option hang together, as steps on the scale of a normal variate.

    A position is the sum of a part ``common`` to the criteria and a part of each criterion's own.
    Criteria are drawn in pairs: ``common`` holds the same step for both, ``own`` every combination
    of two. All entries of each are equally likely, and their number is a power of two.
    """

    common: Pairs
    own: Pairs

    def draw(self, rng: np.random.Generator, starts: Ints, places: Ints, pairs: Pairs) -> None:
        """Fill ``places`` (n, size) with positions, counted from ``starts`` (n,).

        ``pairs`` (n / 2 rounded up, size) is scratch. Both halves of a pair are added to at once;
        neither can run over, since a place fits 16 bits.
        """
        (criteria, size), count = places.shape, len(pairs)
        drawn = _random_levels(rng, count + 1, size, len(self.own))
        indices = places[:count]
        np.copyto(indices, drawn[1:])
        np.take(self.own, indices, out=pairs, mode="clip")
        pairs += np.take(self.common, drawn[0] & np.uint16(len(self.common) - 1))
        upper = np.zeros(count, np.int64)
        upper[: criteria // 2] = starts[1::2]
        pairs += _paired(starts[0::2], upper)[:, None]
        np.bitwise_and(pairs, _LOWER_HALF, out=places[0::2])
        np.right_shift(pairs[: criteria // 2], _HALF_BITS, out=places[1::2])


@dataclass(frozen=True, eq=False)
class ScoreTables:
    """The distribution of every partial value, ready to be drawn from.

    ``values`` is (m, n, levels), rising along the levels. Without a ``copula`` the levels are
    equally likely; with it, they are its positions.
    """

    values: Floats
    copula: Copula | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """(m, n)."""
        return self.values.shape[0], self.values.shape[1]

    def draw(
        self, rng: np.random.Generator, alternative: int, out: Floats, scratch: Scratch
    ) -> None:
        """Fill ``out`` (n, size) with partial values of one alternative."""
        (criteria, size), levels = out.shape, self.values.shape[2]
        places = scratch.places(criteria, size)
        # The tables of so many criteria are looked up together, each from where its own begins.
        slab = max(1, _SPAN // levels)
        starts = np.arange(criteria) % slab * levels
        if self.copula is None:
            positions = _random_levels(rng, criteria, size, levels)
            positions += starts.astype(np.uint16)[:, None]
            np.copyto(places, positions)
        else:
            self.copula.draw(rng, starts, places, scratch.pairs(criteria, size))
        for first in range(0, criteria, slab):
            rows = slice(first, min(first + slab, criteria))
            table = self.values[alternative, rows].ravel()
            # No place can lie outside its table; "clip" only spares NumPy a check and a copy.
            np.take(table, places[rows], out=out[rows], mode="clip")


def score_tables(
    bands: Performance,
    curves: Sequence[Sequence[CurvePoint]],
    distribution: Distribution = "triangular",
    correlation: float = 0.0,
) -> ScoreTables:
    """Make the bands of the performances into distributions of partial values.

    Low and high are taken as the ends of the distribution and likely as its mode. Each quantile is
    mapped through the value curve, so a bent curve or an anchor inside the band bends the
    distribution as it should.

    Whoever scores one option too kindly on one criterion tends to do so on the others. With a
    correlation, the errors of one option over its criteria follow a one-factor Gaussian copula, in
    the direction of VALUE: a kind error is a high performance where more is better and a low one
    where less is. Errors of different options stay independent.

    Parameters
    ----------
    bands : (m, n) low, likely and high performances, in the unit of each criterion.
    curves : n curves of (performance, value) points.
    distribution : triangular, or PERT (a beta distribution with a mode that weighs four times).
    correlation : of the normal variates behind any two errors of one option, 0 to 1.

    Raises
    ------
    ValueError : a band is not finite or out of order, the shapes disagree, or the correlation is
        outside [0, 1].

    Source: Malcolm et al. (1959), Operations Research 7(5), 646-669, for PERT; the copula is that
    of Vasicek (2002), Risk 15(12), 160-162.
    """
    _check_bands(bands, len(curves), correlation)
    levels = _levels(bands.likely.size)
    copula = None
    if correlation == 0:
        probabilities = (np.arange(levels) + 0.5) / levels
    else:
        copula, probabilities = _one_factor(levels, correlation)
    values = np.empty((*bands.likely.shape, len(probabilities)))
    quantiles = _triangular if distribution == "triangular" else _pert
    for criterion, curve in enumerate(curves):
        points = sorted(curve)
        x, y = [point[0] for point in points], [point[1] for point in points]
        falls = y[-1] < y[0]
        for alternative in range(len(values)):
            low, likely, high = (
                float(side[alternative, criterion])
                for side in (bands.low, bands.likely, bands.high)
            )
            # The p-th quantile of the value lies at the (1 - p)-th performance where less is more.
            at = quantiles(low, likely, high, 1 - probabilities if falls else probabilities)
            values[alternative, criterion] = np.interp(at, x, y)
    return ScoreTables(frozen(values), copula)


def sample_values(tables: ScoreTables, samples: int, seed: int) -> Floats:
    """(samples, m, n) partial values, for whoever needs the draws and not their counts.

    Raises
    ------
    ValueError : fewer than one sample.
    """
    if samples < 1:
        raise ValueError(f"{samples} samples: there must be at least one")
    rng = np.random.Generator(np.random.SFC64(seed))
    alternatives, criteria = tables.shape
    drawn = np.empty((alternatives, criteria, samples))
    scratch = Scratch(criteria, samples)
    for alternative in range(alternatives):
        tables.draw(rng, alternative, drawn[alternative], scratch)
    return np.ascontiguousarray(np.moveaxis(drawn, 2, 0))


def _check_bands(bands: Performance, curves: int, correlation: float) -> None:
    shape = bands.likely.shape
    if bands.likely.ndim != 2 or 0 in shape or not bands.low.shape == bands.high.shape == shape:
        raise ValueError("low, likely and high must be matrices of the same shape, none empty")
    if shape[1] != curves:
        raise ValueError(f"{shape} performances do not fit {curves} curves")
    if not all(np.all(np.isfinite(side)) for side in (bands.low, bands.likely, bands.high)):
        raise ValueError("a performance is not a finite number")
    if np.any(bands.low > bands.likely) or np.any(bands.likely > bands.high):
        raise ValueError("a band is out of order: low <= likely <= high")
    if not 0 <= correlation <= 1:
        raise ValueError(f"a correlation of {correlation} is not between 0 and 1")


def _levels(cells: int) -> int:
    """A power of two, so that random bits need no division."""
    levels = _LEVELS
    while levels > _FEWEST_LEVELS and cells * levels > _MOST_ENTRIES:
        levels //= 2
    return levels


def _random_levels(rng: np.random.Generator, rows: int, size: int, levels: int) -> Positions:
    """(rows, size) levels, each equally likely: four from every 64 random bits."""
    words = -(-rows * size // 4)
    bits = rng.integers(0, 2**64 - 1, words, dtype=np.uint64, endpoint=True).view(np.uint16)
    bits &= np.uint16(levels - 1)
    return bits[: rows * size].reshape(rows, size)


def _one_factor(levels: int, correlation: float) -> tuple[Copula, Floats]:
    """The copula, and the probability below each of its positions.

    A normal variate is sqrt(correlation) times the option's plus sqrt(1 - correlation) times the
    criterion's own. Both are kept as whole steps of a grid, so that adding them finds the level.
    """
    parts = (
        np.sqrt(correlation) * _normal_levels(levels),
        np.sqrt(1 - correlation) * _normal_levels(_OWN_LEVELS),
    )
    step = 2 * sum(float(part[-1]) for part in parts) / (levels - 4)
    common, own = (np.round(part / step).astype(np.int64) for part in parts)
    shared, single = common - common[0], own - own[0]
    # What the sum is really like, so that every score keeps its own distribution to the last step.
    probability = np.convolve(_shares(shared), _shares(single))
    below = np.cumsum(probability) - probability / 2
    copula = Copula(_paired(shared, shared), _paired(single[:, None], single).ravel())
    return copula, below


def _shares(steps: Ints) -> Floats:
    """How likely each step is, where all entries are equally likely."""
    shares: Floats = np.bincount(steps) / len(steps)
    return shares


def _paired(lower: Ints, upper: Ints) -> Pairs:
    """Two 16-bit numbers in one."""
    pairs: Pairs = (lower + upper * _SPAN).astype(np.uint32)
    return pairs


@lru_cache(maxsize=8)
def _normal_levels(levels: int) -> Floats:
    """Equally likely levels of a normal variate of mean 0 and standard deviation 1."""
    middles = ((np.arange(levels) + 0.5) / levels).tolist()
    quantiles = np.array([NormalDist().inv_cdf(middle) for middle in middles])
    return frozen(quantiles / quantiles.std())


def _triangular(low: float, likely: float, high: float, probability: Floats) -> Floats:
    """Quantiles of the triangular distribution."""
    width = high - low
    if width == 0:
        return np.full_like(probability, likely)
    rising = probability * width <= likely - low
    root = np.where(
        rising,
        probability * width * (likely - low),
        (1 - probability) * width * (high - likely),
    )
    np.sqrt(root, out=root)
    quantiles: Floats = np.where(rising, low + root, high - root)
    return quantiles


def _pert(low: float, likely: float, high: float, probability: Floats) -> Floats:
    """Quantiles of the PERT distribution, from its density summed over a grid.

    With t = sin(a)^2 the density t^p (1 - t)^q dt becomes sin(a)^(2p + 1) cos(a)^(2q + 1) da, which
    is smooth at both ends whatever the mode.
    """
    width = high - low
    if width == 0:
        return np.full_like(probability, likely)
    p = 4 * (likely - low) / width
    edges = np.linspace(0, np.pi / 2, _PERT_GRID + 1)
    middles = (edges[1:] + edges[:-1]) / 2
    density = np.sin(middles) ** (2 * p + 1) * np.cos(middles) ** (2 * (4 - p) + 1)
    below = np.concatenate([[0.0], np.cumsum(density)])
    below /= below[-1]
    quantiles: Floats = low + width * np.sin(np.interp(probability, below, edges)) ** 2
    return quantiles
