"""How far scores and their differences may be off: means and variances of partial values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats, Ints, Performance, frozen
from dashboard.methods.distributions import Distribution, even_shares, fitted
from dashboard.methods.partial_values import values_at
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.value_tree import CurvePoint

DECIDED = 1.28
"""Standard deviations by which a mean lead must exceed nothing to count: about nine draws in ten
of a normal distribution then keep it."""

_LEVELS = 1024
"""Quantiles that each distribution is summed over, more of them where the tails are."""


_LEAST_FACTOR = 1e-13
"""Of the largest variance: what then is left of equal errors that cancel counts as rounding."""


class Leads(NamedTuple):
    """What one alternative is ahead of each by, in points: its mean and its error, ``DECIDED``
    standard deviations wide. Both have the shape (..., m); a row against itself has 0."""

    mean: Floats
    error: Floats

    @property
    def decided(self) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Whether the lead counts: its mean is larger than its error, and than a tie."""
        return (self.mean > self.error) & (self.mean > TIE_TOLERANCE)


_APART = 1.0
"""Points between the lead on best estimates and its mean from which on both are said."""


def mean_says_more(gap: float, mean: float, error: float) -> bool:
    """Whether the mean of a lead has to be said beside the gap on best estimates.

    It has where the two are over a point apart, and where the gap against the error would look
    decided otherwise than the mean, by which it is.
    """
    return abs(mean - gap) > _APART or (gap > error) != (mean > error)


class SharedErrors(NamedTuple):
    """Alternatives that are off by the same share on one criterion.

    ``group`` (m,) : those with the same number, 0 or more, share an error; -1 stands alone.
    ``factors`` (m, r) : the covariance of two of a group is the sum of the products of their rows.
        Quantiles of one family are much alike, so a handful of columns hold what m x m would.
    """

    column: int
    group: Ints
    factors: Floats

    def covariances(self, firsts: Ints) -> Floats:
        """(k, m) of each of k alternatives with every one; of itself it is the variance."""
        together = (self.group[firsts, None] == self.group) & (self.group >= 0)
        covariances: Floats = np.where(together, self.factors[firsts] @ self.factors.T, 0.0)
        return covariances


@dataclass(frozen=True, eq=False)
class ValueMoments:
    """Of (m, n) partial values, as distributed after curves and anchors.

    ``shared`` : of each criterion with shared errors.
    ``within`` : (m, n, n) covariances between the criteria of one option, 0 on the diagonal; None
        where errors of different criteria are independent.
    ``known`` : False where no score has a band, so that nothing is known of any error.
    """

    mean: Floats
    variance: Floats
    shared: tuple[SharedErrors, ...] = ()
    within: Floats | None = None
    known: bool = True

    def score_errors(self, weights: Floats) -> Floats:
        """(m,) how far each score may be off: ``DECIDED`` standard deviations.

        Parameters
        ----------
        weights : (n,) non-negative, sum 1.
        """
        errors: Floats = DECIDED * np.sqrt(self._variances(weights[None, :])[0])
        return errors

    def leads(self, weights: Floats, first: int) -> Leads:
        """(m,) of one alternative over each.

        Parameters
        ----------
        weights : (n,) non-negative, sum 1.
        first : its row.
        """
        found = self.leads_of_rows(weights[None, :], np.array([first]))
        return Leads(found.mean[0], found.error[0])

    def leads_of_rows(self, weights: Floats, firsts: Ints) -> Leads:
        """(k, m) under each of k sets of weights.

        Parameters
        ----------
        weights : (k, n) each non-negative, sum 1.
        firsts : (k,) the row that leads under each.

        Source: the variance of a linear combination, JCGM 100:2008, section 5.2.2.
        """
        means: Floats = weights @ self.mean.T
        variances = self._variances(weights)
        rows = np.arange(len(weights))
        both = variances[rows, firsts][:, None] + variances
        for errors in self.shared:
            both -= 2 * weights[:, errors.column, None] ** 2 * errors.covariances(firsts)
        both[rows, firsts] = 0.0
        # What is left of two equal variances that cancel is rounding.
        settled = np.where(both > 1e-12 * variances.max(initial=0.0), both, 0.0)
        return Leads(means[rows, firsts][:, None] - means, DECIDED * np.sqrt(settled))

    def by_criterion(self, weights: Floats, first: int, second: int) -> tuple[Floats, Floats]:
        """(n,) mean and error of what each criterion adds to the difference of two."""
        mean = weights * (self.mean[first] - self.mean[second])
        variance = self.variance[first] + self.variance[second]
        for errors in self.shared:
            if first != second:
                variance[errors.column] -= 2 * errors.covariances(np.array([first]))[0, second]
        return mean, DECIDED * weights * np.sqrt(np.maximum(variance, 0.0))

    def _variances(self, weights: Floats) -> Floats:
        """(k, m) of each score under each set of weights."""
        variances: Floats = weights**2 @ self.variance.T
        if self.within is not None:
            variances = variances + np.einsum("kj,mjl,kl->km", weights, self.within, weights)
        return np.maximum(variances, 0.0)


def value_moments(
    performance: Performance,
    curves: Sequence[Sequence[CurvePoint]],
    distribution: Distribution = "triangular",
) -> ValueMoments:
    """Means, variances and shared covariances of partial values.

    Parameters
    ----------
    performance : (m, n) bands in the unit of each criterion.
    curves : n curves of (performance, value) points.
    distribution : the family that is fitted to the bands.
    """
    m, n = performance.likely.shape
    mean, variance, shared = np.empty((m, n)), np.empty((m, n)), []
    laws, group = fitted(performance, distribution), performance.spread.group
    shares, likely = _shares()
    for column, curve in enumerate(curves):
        levels = values_at(laws.column(column, shares), curve)
        # From the first one, so that the mean of a certain value is that value to the last digit.
        mean[:, column] = levels[:, 0] + (levels - levels[:, :1]) @ likely
        off = levels - mean[:, column, None]
        variance[:, column] = (off * off) @ likely
        if np.any(group[:, column] >= 0):
            own = group[:, column]
            factors = _factors(np.where(own[:, None] >= 0, off * np.sqrt(likely), 0.0))
            shared.append(SharedErrors(column, own, factors))
    known = bool(np.any(performance.low < performance.high))
    return ValueMoments(frozen(mean), frozen(variance), tuple(shared), None, known)


def _shares() -> tuple[Floats, Floats]:
    """(levels,) shares between 0 and 1, and what each stands for; together that is 1.

    With u = t^2 (3 - 2 t) even steps of t come ever closer in u towards both ends, so that long
    tails are summed as well as the middle.
    """
    t = even_shares(_LEVELS)
    stands_for = 6 * t * (1 - t)
    return t * t * (3 - 2 * t), stands_for / stands_for.sum()


def _factors(off: Floats) -> Floats:
    """(m, r) of which the products are those of the rows of ``off`` (m, levels).

    A Cholesky factorisation that takes the largest remainder next, until none counts.

    Source: Higham (1990), in Reliable Numerical Computation, 161-185 (complete pivoting).
    """
    left = np.sum(off * off, axis=1)
    least = _LEAST_FACTOR * left.max(initial=0.0)
    factors = np.zeros((len(off), 0))
    while left.max(initial=0.0) > least and factors.shape[1] < len(off):
        pivot = int(np.argmax(left))
        column = (off @ off[pivot] - factors @ factors[pivot]) / np.sqrt(left[pivot])
        factors = np.column_stack([factors, column])
        left = left - column * column
    return frozen(factors)
