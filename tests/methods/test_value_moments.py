"""Means, variances and covariances of partial values."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from dashboard.methods.arrays import Performance, plain_spread
from dashboard.methods.partial_values import partial_values
from dashboard.methods.value_moments import mean_says_more, value_moments
from dashboard.model.proposals import Z90
from tests.fitted import fitted_triangle

FAR = ((0.0, 0.0), (1000.0, 100.0))


def test_long_tails_are_summed_to_a_part_in_a_thousand() -> None:
    """Log-normal with mean 10 and standard deviation 10, far from both anchors."""
    sigma = np.sqrt(np.log(2))
    law = stats.lognorm(sigma, scale=10 / np.sqrt(2))
    low, high = np.exp(np.log(10) - sigma**2 / 2 + np.array([-1, 1]) * Z90 * sigma)
    plain = plain_spread((1, 1))
    spread = replace(plain, family=np.full((1, 1), 2))
    bands = Performance(np.array([[low]]), np.array([[10.0]]), np.array([[high]]), spread)
    found = value_moments(bands, [FAR])
    assert found.mean[0, 0] == pytest.approx(law.mean() / 10, rel=1e-4)
    assert np.sqrt(found.variance[0, 0]) == pytest.approx(law.std() / 10, rel=2e-3)


def test_a_certain_value_has_no_variance_to_the_last_digit() -> None:
    likely = np.array([[123.4, 567.8]])
    found = value_moments(Performance(likely, likely, likely), [FAR, FAR])
    assert found.mean.tolist() == partial_values(likely, [FAR, FAR]).tolist()
    assert found.variance.tolist() == [[0.0, 0.0]]
    assert not found.known


def test_factors_give_the_covariances_of_what_is_drawn() -> None:
    """Three shapes of band in one group, and one in another."""
    low = np.array([[10.0], [290.0], [0.0], [100.0]])
    likely = np.array([[100.0], [300.0], [500.0], [200.0]])
    high = np.array([[300.0], [900.0], [520.0], [300.0]])
    spread = plain_spread((4, 1))
    spread.group[:, 0] = [0, 0, 0, 1]
    bands = Performance(low, likely, high, spread)
    (errors,) = value_moments(bands, [FAR]).shared
    shares = (np.arange(20_000) + 0.5) / 20_000
    drawn = [
        np.clip(fitted_triangle(*ends).ppf(shares) / 10, 0, 100)
        for ends in zip(low[:3, 0], likely[:3, 0], high[:3, 0], strict=True)
    ]
    covariances = np.cov(drawn)
    found = errors.covariances(np.arange(4))
    assert found[[0, 0, 1], [1, 2, 2]] == pytest.approx(covariances[[0, 0, 1], [1, 2, 2]], rel=1e-3)
    assert found[3, :3].tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("gap", "mean", "error", "said"),
    [(5, 4.5, 2, False), (5, 3.9, 2, True), (4, 3.4, 3.5, True), (3, 3.6, 3.5, True)],
)
def test_the_mean_is_said_where_the_gap_would_mislead(
    gap: float, mean: float, error: float, said: bool
) -> None:
    assert mean_says_more(gap, mean, error) is said
