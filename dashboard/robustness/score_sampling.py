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
_LEVELS = 4096
"""Equally likely levels of each distribution, each represented by its median. What varies within a
level is lost: of the variance, less than a hundred-thousandth where the distribution is triangular
and two ten-thousandths where it is PERT with its longest tail."""

_FEWEST_LEVELS = 256
_MOST_ENTRIES = 1 << 22
"""Of the tables together (32 MB); where there are more cells, each has fewer levels."""

_SPAN = 1 << 16
"""What a 16-bit position can tell apart."""

_PERT_GRID = 2048


@dataclass(frozen=True, eq=False)
class ScoreTables:
    """The distribution of every partial value, ready to be drawn from.

    ``values`` is (m, n, levels), a power of two of levels, all equally likely. The upper
    ``common_bits`` of a level's number are the same for all criteria of an option in one draw;
    without any, levels are drawn independently, and the values rise along them.
    """

    values: Floats
    common_bits: int = 0

    @property
    def shape(self) -> tuple[int, int]:
        """(m, n)."""
        return self.values.shape[0], self.values.shape[1]

    def draw(self, rng: np.random.Generator, alternative: int, out: Floats, places: Ints) -> None:
        """Fill ``out`` (n, size) with partial values of one alternative.

        ``places`` is memory for n x size numbers: new memory has to be cleared by the system.
        """
        (criteria, size), levels = out.shape, self.values.shape[2]
        places = places[: criteria * size].reshape(criteria, size)
        positions = self._positions(rng, criteria, size)
        # The tables of so many criteria are looked up together, each from where its own begins.
        slab = max(1, _SPAN // levels)
        starts = np.arange(criteria) % slab * levels
        positions += starts.astype(np.uint16)[:, None]
        np.copyto(places, positions)
        for first in range(0, criteria, slab):
            rows = slice(first, min(first + slab, criteria))
            table = self.values[alternative, rows].ravel()
            # No place can lie outside its table; "clip" only spares NumPy a check and a copy.
            np.take(table, places[rows], out=out[rows], mode="clip")

    def _positions(self, rng: np.random.Generator, criteria: int, size: int) -> Positions:
        """(n, size) numbers of levels."""
        levels = self.values.shape[2]
        if not self.common_bits:
            return _random_levels(rng, criteria, size, levels)
        drawn = _random_levels(rng, criteria + 1, size, levels)
        own = np.uint16((levels >> self.common_bits) - 1)
        positions, common = drawn[:-1], drawn[-1] & ~own
        positions &= own
        positions |= common
        return positions


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
    common_bits, order = _one_factor(_levels(bands.likely.size), correlation)
    probabilities = (order + 0.5) / len(order)
    values = np.empty((*bands.likely.shape, len(order)))
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
    return ScoreTables(frozen(values), common_bits)


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
    places = np.empty(criteria * samples, np.int64)
    for alternative in range(alternatives):
        tables.draw(rng, alternative, drawn[alternative], places)
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


def _one_factor(levels: int, correlation: float) -> tuple[int, Ints]:
    """How many bits of a level's number are common, and the rank of each level by its normal sum.

    A normal variate is sqrt(correlation) times the option's plus sqrt(1 - correlation) times the
    criterion's own. Both are kept as equally likely levels, as many as make their steps alike, and
    so are their combinations; put in order, these are the levels of every score, each of which
    keeps its own distribution exactly. The correlation comes out within 0.003.
    """
    if correlation == 0:
        return 0, np.arange(levels)
    bits = levels.bit_length() - 1
    if correlation == 1:
        return bits, np.arange(levels)
    finer = round(np.log2(correlation / (1 - correlation)) / 2)
    common_bits = min(max(bits // 2 + finer, 1), bits - 1)
    common = np.sqrt(correlation) * _normal_levels(1 << common_bits)
    own = np.sqrt(1 - correlation) * _normal_levels(levels >> common_bits)
    order = np.argsort((common[:, None] + own).ravel(), kind="stable")
    ranks = np.empty(levels, np.int64)
    ranks[order] = np.arange(levels)
    return common_bits, ranks


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
