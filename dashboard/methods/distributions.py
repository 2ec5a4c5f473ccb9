"""Distributions of raw performances, fitted so that what a question says of them holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Literal

import numpy as np

from dashboard.methods.arrays import Floats, Ints, Performance, frozen
from dashboard.model.proposals import Z90

Distribution = Literal["triangular", "pert"]
"""The family of a band: triangular, or PERT, a beta whose likely value weighs four times."""

_NARROWEST = 1e-12
"""Relative width below which a band is a single number: what is left of it is rounding."""

_HALVINGS = 54
"""Until a mode is known to the last digit."""

_PERT_GRID = 2048
_PERT_MODES = 513


@dataclass(frozen=True, eq=False)
class Fitted:
    """The distributions of (m, n) performances, ready for their quantiles to be asked for.

    A band is a unit distribution with the mode ``mode``, laid from ``start`` over ``size``; a
    normal or log-normal one has its (logarithmic) mean in ``start`` and standard deviation in
    ``size``. Without a size a performance is the one number ``start``.
    """

    distribution: Distribution
    family: Ints
    mode: Floats
    start: Floats
    size: Floats
    lower: Floats
    upper: Floats

    def column(self, column: int, shares: Floats) -> Floats:
        """(m, k) quantiles of one criterion, rising along the (k,) shares between 0 and 1."""
        family, start, size = (side[:, column] for side in (self.family, self.start, self.size))
        result = np.repeat(start[:, None], len(shares), axis=1)
        wide = (family == 0) & (size > 0)
        if wide.any():
            unit = _triangular if self.distribution == "triangular" else _pert
            laid = unit(self.mode[wide, column], shares) * size[wide, None]
            result[wide] = start[wide, None] + laid
        normal = (family > 0) & (size > 0)
        if normal.any():
            result[normal] = start[normal, None] + size[normal, None] * standard_normal(shares)
            result[normal & (family == 2)] = np.exp(result[normal & (family == 2)])
        return np.clip(result, self.lower[column], self.upper[column])


def fitted(performance: Performance, distribution: Distribution = "triangular") -> Fitted:
    """The distribution of every performance.

    A band (low, likely, high) is fitted so that the stated share lies below low and above high and
    likely is the mode: two conditions for the two ends of a triangular or a PERT distribution, so
    there is always exactly one. ``limits`` put nothing outside, so low and high are the ends. A
    mean with a standard deviation is a normal or a log-normal distribution. What a fitted
    distribution puts beyond a hard bound of the criterion counts as the bound, which leaves the
    stated percentiles where they are.

    Parameters
    ----------
    performance : (m, n) bands in the unit of each criterion, low <= likely <= high.
    distribution : the family of the bands.

    Source: the fit of a triangular distribution to percentiles and a mode as in Keefer & Bodily
    (1983), Management Science 29(5), 595-609; PERT: Malcolm et al. (1959), Operations Research
    7(5), 646-669; log-normal from mean and variance: Johnson, Kotz & Balakrishnan (1994),
    Continuous Univariate Distributions, ch. 14.
    """
    spread = performance.spread
    low, likely, high = performance.low, performance.likely, performance.high
    mode, start, size = np.zeros_like(likely), likely.copy(), np.zeros_like(likely)
    # A width below the last digits is rounding.
    wide = high - low > _NARROWEST * np.maximum(np.abs(low), np.abs(high))
    banded = wide & (spread.family == 0)
    outside = zip(spread.below[banded].tolist(), spread.above[banded].tolist(), strict=True)
    for below, above in sorted(set(outside)):
        cells = banded & (spread.below == below) & (spread.above == above)
        mode[cells], start[cells], size[cells] = _fitted_bands(
            low[cells], likely[cells], high[cells], (below, above), distribution
        )
    for family in (1, 2):
        cells = wide & (spread.family == family)
        ends = low[cells], high[cells]
        first, last = ends if family == 1 else (np.log(ends[0]), np.log(ends[1]))
        start[cells], size[cells] = (first + last) / 2, (last - first) / (2 * Z90)
    return Fitted(distribution, spread.family, mode, start, size, spread.lower, spread.upper)


def _fitted_bands(
    low: Floats,
    likely: Floats,
    high: Floats,
    outside: tuple[float, float],
    distribution: Distribution,
) -> tuple[Floats, Floats, Floats]:
    """(c,) mode of the unit distribution, and where it is laid."""
    places, ends = (likely - low) / (high - low), np.array([outside[0], 1 - outside[1]])
    if distribution == "triangular":
        mode = _fitted_triangular(places, outside)
        inner = _triangular(mode, ends)
    else:
        mode = _fitted_pert(places, outside)
        inner = _pert(mode, ends)
    size = (high - low) / (inner[:, 1] - inner[:, 0])
    return mode, low - inner[:, 0] * size, size


def _triangular(modes: Floats, shares: Floats) -> Floats:
    """(c, k) quantiles of triangular distributions from 0 to 1."""
    modes = modes[:, None]
    rising = np.sqrt(modes) * np.sqrt(shares)
    falling = 1 - np.sqrt(1 - modes) * np.sqrt(1 - shares)
    return np.where(shares <= modes, rising, falling)


def _fitted_triangular(places: Floats, outside: tuple[float, float]) -> Floats:
    """(c,) the modes that lie at ``places`` on the way from the lower percentile to the upper.

    The place rises with the mode, from below 0 to above 1, so halving finds it.
    """
    if outside == (0.0, 0.0):
        return places
    least, most = np.zeros_like(places), np.ones_like(places)
    ends = np.array([outside[0], 1 - outside[1]])
    for _ in range(_HALVINGS):
        middle = (least + most) / 2
        first, last = _triangular(middle, ends).T
        short = middle - first < places * (last - first)
        least, most = np.where(short, middle, least), np.where(short, most, middle)
    return (least + most) / 2


def _pert(modes: Floats, shares: Floats) -> Floats:
    """(c, k) quantiles of PERT distributions from 0 to 1, from densities summed over a grid.

    With t = sin(a)^2 the density t^p (1 - t)^q dt becomes sin(a)^(2p + 1) cos(a)^(2q + 1) da, which
    is smooth at both ends whatever the mode.
    """
    edges = np.linspace(0, np.pi / 2, _PERT_GRID + 1)
    middles = (edges[1:] + edges[:-1]) / 2
    sine, cosine = np.log(np.sin(middles)), np.log(np.cos(middles))
    result = np.empty((len(modes), len(shares)))
    for row, mode in zip(result, modes, strict=True):
        p = 4 * mode
        density = np.exp((2 * p + 1) * sine + (2 * (4 - p) + 1) * cosine)
        below = np.concatenate([[0.0], np.cumsum(density)])
        row[:] = np.sin(np.interp(shares, below / below[-1], edges)) ** 2
    return result


def _fitted_pert(places: Floats, outside: tuple[float, float]) -> Floats:
    """(c,) as ``_fitted_triangular``, straight between the modes of a fine grid."""
    if outside == (0.0, 0.0):
        return places
    modes, known = _pert_places(outside)
    found: Floats = np.interp(places, known, modes)
    return found


@lru_cache(maxsize=8)
def _pert_places(outside: tuple[float, float]) -> tuple[Floats, Floats]:
    modes = np.linspace(0, 1, _PERT_MODES)
    first, last = _pert(modes, np.array([outside[0], 1 - outside[1]])).T
    return frozen(modes), frozen((modes - first) / (last - first))


def standard_normal(shares: Floats) -> Floats:
    """The quantiles of the normal distribution of mean 0 and standard deviation 1."""
    return _standard_normal(shares.tobytes())


@lru_cache(maxsize=8)
def _standard_normal(shares: bytes) -> Floats:
    quantile = NormalDist().inv_cdf
    return frozen(np.array([quantile(share) for share in np.frombuffer(shares).tolist()]))


_SHARES = 4096


def share_beyond(
    performance: Performance, at: float, distribution: Distribution = "triangular", *, more: bool
) -> float:
    """How probably a (1, 1) performance is at least ``at`` (``more``), or at most; 0 to 1.

    From 4,096 equally likely levels of the fit, so exact to about 0.0002.
    """
    levels = fitted(performance, distribution).column(0, even_shares(_SHARES))[0]
    met = levels >= at if more else levels <= at
    return float(np.count_nonzero(met)) / _SHARES


def even_shares(count: int) -> Floats:
    """(count,) the middles of equally likely levels."""
    shares: Floats = (np.arange(count) + 0.5) / count
    return shares
