"""Distributions of raw performances, fitted so that what a question says of them holds."""

from __future__ import annotations

from functools import lru_cache
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Floats, Performance, frozen

Distribution = Literal["triangular", "pert"]
"""The family of a band: triangular, or PERT, a beta whose likely value weighs four times."""

_NARROWEST = 1e-12
"""Relative width below which a band is a single number: what is left of it is rounding."""

_HALVINGS = 54
"""Until a mode is known to the last digit."""

_PERT_GRID = 2048
_PERT_MODES = 513


def quantiles(
    performance: Performance, shares: Floats, distribution: Distribution = "triangular"
) -> Floats:
    """The quantiles of every performance.

    A band (low, likely, high) is fitted so that the stated share lies below low and above high and
    likely is the mode: two conditions for the two ends of a triangular or a PERT distribution, so
    there is always exactly one. ``limits`` put nothing outside, so low and high are the ends. A
    mean with a standard deviation is a normal or a log-normal distribution. What a fitted
    distribution puts beyond a hard bound of the criterion counts as the bound, which leaves the
    stated percentiles where they are.

    Parameters
    ----------
    performance : (m, n) bands in the unit of each criterion, low <= likely <= high.
    shares : (k,) strictly between 0 and 1.
    distribution : the family of the bands.

    Returns
    -------
    (m, n, k) performances, rising along the shares.

    Source: the fit of a triangular distribution to percentiles and a mode as in Keefer & Bodily
    (1983), Management Science 29(5), 595-609; PERT: Malcolm et al. (1959), Operations Research
    7(5), 646-669; log-normal from mean and variance: Johnson, Kotz & Balakrishnan (1994),
    Continuous Univariate Distributions, ch. 14.
    """
    result = np.empty((*performance.likely.shape, len(shares)))
    spread = performance.spread
    banded = spread.family == 0
    outside = zip(spread.below[banded].tolist(), spread.above[banded].tolist(), strict=True)
    for below, above in sorted(set(outside)):
        cells = banded & (spread.below == below) & (spread.above == above)
        result[cells] = _band_quantiles(performance, cells, (below, above), shares, distribution)
    for family in (1, 2):
        cells = spread.family == family
        if cells.any():
            result[cells] = _normal_quantiles(performance, cells, shares, logarithmic=family == 2)
    result = np.maximum(result, spread.lower[:, None], out=result)
    return np.minimum(result, spread.upper[:, None], out=result)


def _band_quantiles(
    performance: Performance,
    cells: NDArray[np.bool_],
    outside: tuple[float, float],
    shares: Floats,
    distribution: Distribution,
) -> Floats:
    """(c, k) quantiles of the bands of some cells, all with the same shares outside."""
    low, likely, high = (
        side[cells] for side in (performance.low, performance.likely, performance.high)
    )
    width = high - low
    wide = width > _NARROWEST * np.maximum(np.abs(low), np.abs(high))
    result = np.repeat(likely[:, None], len(shares), axis=1)
    if not wide.any():
        return result
    low, likely, width = low[wide], likely[wide], width[wide]
    unit = _triangular if distribution == "triangular" else _pert
    fitted = _fitted_triangular if distribution == "triangular" else _fitted_pert
    mode = fitted((likely - low) / width, outside)
    # The unit distribution is laid so that low and high are at their percentiles.
    inner = unit(mode, np.array([outside[0], 1 - outside[1]]))
    size = (width / (inner[:, 1] - inner[:, 0]))[:, None]
    result[wide] = (low[:, None] - inner[:, :1] * size) + unit(mode, shares) * size
    return result


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


def _normal_quantiles(
    performance: Performance, cells: NDArray[np.bool_], shares: Floats, *, logarithmic: bool
) -> Floats:
    """(c, k) from low and high, which are the 10th and the 90th percentile of such a score."""
    low, high = performance.low[cells], performance.high[cells]
    if logarithmic:
        low, high = np.log(low), np.log(high)
    middle, sd = (low + high) / 2, (high - low) / (2 * Z90)
    result = middle[:, None] + sd[:, None] * standard_normal(shares)
    return np.exp(result) if logarithmic else result


Z90 = NormalDist().inv_cdf(0.9)
"""Standard deviations from the mean of a normal distribution to its 90th percentile."""


def standard_normal(shares: Floats) -> Floats:
    """The quantiles of the normal distribution of mean 0 and standard deviation 1."""
    return _standard_normal(shares.tobytes())


@lru_cache(maxsize=8)
def _standard_normal(shares: bytes) -> Floats:
    quantile = NormalDist().inv_cdf
    return frozen(np.array([quantile(share) for share in np.frombuffer(shares).tolist()]))


_SHARES = 4096


def share_beyond(
    performance: Performance, row: int, column: int, at: float, *, more: bool
) -> float:
    """How probably one performance is at least ``at`` (``more``), or at most; 0 to 1.

    From 4,096 equally likely levels of the triangular fit, so exact to about 0.0002.
    """
    levels = quantiles(performance.part(column, row), even_shares(_SHARES))[0, 0]
    met = levels >= at if more else levels <= at
    return float(np.count_nonzero(met)) / _SHARES


def even_shares(count: int) -> Floats:
    """(count,) the middles of equally likely levels."""
    shares: Floats = (np.arange(count) + 0.5) / count
    return shares
