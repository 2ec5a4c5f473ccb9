"""Partial values drawn from the bands of the performances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Floats, Ints, Performance, frozen
from dashboard.methods.distributions import Distribution, even_shares, fitted, standard_normal
from dashboard.methods.partial_values import values_at
from dashboard.methods.value_moments import ValueMoments, value_moments
from dashboard.model.value_tree import CurvePoint

Positions = NDArray[np.uint16]
_LEVELS = 4096
"""Equally likely levels of each distribution, each represented by its median. What varies within a
level is lost: of the variance, less than a hundred-thousandth where the distribution is triangular
and two ten-thousandths where it is PERT with its longest tail."""

_FEWEST_LEVELS = 256
_MOST_ENTRIES = 1 << 22
"""Of the tables together (32 MB); where there are more cells, each has fewer levels."""


@dataclass(frozen=True, eq=False)
class ScoreTables:
    """The distribution of every partial value, ready to be drawn from.

    ``values`` is (m, n, levels), a power of two of levels, all equally likely. The upper
    ``common_bits`` of a level's number are the same for all criteria of an option in one draw;
    without any, levels are drawn independently, and the values rise along them. Scores with the
    same number in ``group`` (m, n), 0 or more, are at the same level in each draw.
    """

    values: Floats
    common_bits: int
    group: Ints

    @property
    def shape(self) -> tuple[int, int]:
        """(m, n)."""
        return self.values.shape[0], self.values.shape[1]

    @property
    def groups(self) -> int:
        """How many shared errors there are."""
        return int(self.group.max(initial=-1)) + 1

    def draw_shared(self, rng: np.random.Generator, size: int) -> Positions:
        """(groups, size) levels of the shared errors, for all alternatives of one block."""
        shared: Positions = _random_levels(rng, 1, (self.groups, size), self.values.shape[2])[0]
        return shared

    def draw(
        self, rng: np.random.Generator, rows: Ints, shared: Positions, out: Floats, places: Ints
    ) -> None:
        """Fill ``out`` (k, n, size) with partial values of the k alternatives ``rows``.

        Each draws random bits of its own, in order, so the values do not depend on how many are
        drawn together. ``shared`` is from ``draw_shared``. ``places`` is memory for k x n x size
        numbers: new memory has to be cleared by the system.
        """
        count, criteria, size = out.shape
        levels = self.values.shape[2]
        positions = self._positions(rng, (count, criteria, size))
        if len(shared):
            group = self.group[rows]
            positions[group >= 0] = shared[group[group >= 0]]
        places = places[: out.size].reshape(out.shape)
        np.copyto(places, positions)
        places += (rows[:, None] * criteria + np.arange(criteria))[:, :, None] * levels
        # No place can lie outside the tables; "clip" only spares NumPy a check and a copy.
        np.take(self.values.ravel(), places, out=out, mode="clip")

    def _positions(self, rng: np.random.Generator, shape: tuple[int, int, int]) -> Positions:
        """(k, n, size) numbers of levels."""
        levels, (count, criteria, size) = self.values.shape[2], shape
        if not self.common_bits:
            return _random_levels(rng, count, (criteria, size), levels)
        drawn = _random_levels(rng, count, (criteria + 1, size), levels)
        own = np.uint16((levels >> self.common_bits) - 1)
        positions, common = drawn[:, :-1], drawn[:, -1:] & ~own
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

    Distributions are those of ``distributions.fitted``. Each quantile is mapped through the
    value curve, so a bent curve or an anchor inside the band bends the distribution as it should.

    Whoever scores one option too kindly on one criterion tends to do so on the others. With a
    correlation, the errors of one option over its criteria follow a one-factor Gaussian copula, in
    the direction of VALUE: a kind error is a high performance where more is better and a low one
    where less is. Errors of different options are independent, but for those that the question says
    are shared: such an error belongs to its criterion, and takes no part in this correlation.

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

    Source: the copula is that of Vasicek (2002), Risk 15(12), 160-162.
    """
    _check_bands(bands, len(curves), correlation)
    common_bits, order = _one_factor(_levels(bands.likely.size), correlation)
    shares, laws = even_shares(len(order)), fitted(bands, distribution)
    values = np.empty((*bands.likely.shape, len(order)))
    for criterion, curve in enumerate(curves):
        points = sorted(curve)
        falls = points[-1][1] < points[0][1]
        found = values_at(laws.column(criterion, shares), curve)
        # The p-th quantile of the value lies at the (1 - p)-th performance where less is more.
        values[:, criterion] = (found[:, ::-1] if falls else found)[:, order]
    return ScoreTables(frozen(values), common_bits, bands.spread.group)


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


def _random_levels(
    rng: np.random.Generator, count: int, shape: tuple[int, int], levels: int
) -> Positions:
    """(count, *shape) levels, each equally likely: four from every 64 random bits."""
    size = shape[0] * shape[1]
    words = rng.integers(0, 2**64 - 1, (count, -(-size // 4)), dtype=np.uint64, endpoint=True)
    words &= np.uint64((levels - 1) * 0x0001_0001_0001_0001)
    drawn: Positions = words.view(np.uint16)[:, :size].reshape(count, *shape)
    return drawn


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


def _normal_levels(levels: int) -> Floats:
    """Equally likely levels of a normal variate of mean 0 and standard deviation 1."""
    found = standard_normal(even_shares(levels))
    levelled: Floats = found / found.std()
    return levelled


def correlated_moments(
    bands: Performance,
    curves: Sequence[Sequence[CurvePoint]],
    distribution: Distribution = "triangular",
    correlation: float = 0.0,
) -> ValueMoments:
    """The moments that belong to ``score_tables`` of the same arguments."""
    plain = value_moments(bands, curves, distribution)
    if correlation == 0:
        return plain
    tables = score_tables(bands, curves, distribution, correlation)
    m, n = tables.shape
    levels = tables.values.reshape(m, n, 1 << tables.common_bits, -1)
    # Given the common part, criteria are independent: what they share is the mean given that part.
    given = levels.mean(axis=3)
    given = given - given.mean(axis=2, keepdims=True)
    own = tables.group < 0
    covariance = np.einsum("mjc,mkc->mjk", given, given) / given.shape[2]
    covariance *= own[:, :, None] & own[:, None, :]
    covariance[:, np.arange(n), np.arange(n)] = 0.0
    return replace(plain, within=frozen(covariance))
