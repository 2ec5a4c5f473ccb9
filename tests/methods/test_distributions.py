"""Fitted distributions: the percentiles hold, the mode is the likely value, bounds are kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dashboard.methods.arrays import Floats, Performance, Spread, plain_spread
from dashboard.methods.distributions import (
    Distribution,
    even_shares,
    fitted,
    share_beyond,
)

FAMILIES: tuple[Distribution, ...] = ("triangular", "pert")


def one(low: float, likely: float, high: float, **spread: object) -> Performance:
    sides = (np.array([[side]], dtype=float) for side in (low, likely, high))
    low_, likely_, high_ = sides
    stated = replace(plain_spread((1, 1)), **spread)  # type: ignore[arg-type]
    return Performance(low_, likely_, high_, stated)


def outside(below: float, above: float) -> dict[str, Any]:
    return {"below": np.array([[below]]), "above": np.array([[above]])}


def quantiles(
    performance: Performance, shares: Floats, family: Distribution = "triangular"
) -> Floats:
    """(m, n, k), as the columns have them."""
    laws = fitted(performance, family)
    columns = [laws.column(j, shares) for j in range(performance.likely.shape[1])]
    return np.stack(columns, axis=1)


def at(performance: Performance, share: float, family: Distribution = "triangular") -> float:
    return float(quantiles(performance, np.array([share]), family)[0, 0, 0])


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("low", "likely", "high"), [(10, 30, 90), (10, 10, 90), (10, 90, 90), (49, 50, 51)]
)
@pytest.mark.parametrize("ends", [(0.1, 0.1), (0.05, 0.05), (0.01, 0.2)])
def test_the_stated_percentiles_hold(
    low: float, likely: float, high: float, ends: tuple[float, float], family: Distribution
) -> None:
    performance = one(low, likely, high, **outside(*ends))
    assert at(performance, ends[0], family) == pytest.approx(low, abs=1e-9)
    assert at(performance, 1 - ends[1], family) == pytest.approx(high, abs=1e-9)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("low", "likely", "high"), [(10, 30, 90), (10, 10, 90), (10, 88, 90)])
def test_the_mode_is_the_likely_value(
    low: float, likely: float, high: float, family: Distribution
) -> None:
    """Equally likely levels lie closest together at the mode."""
    levels = quantiles(one(low, likely, high), even_shares(20_000), family)[0, 0]
    densest = int(np.argmin(levels[200:] - levels[:-200]))
    assert levels[densest + 100] == pytest.approx(likely, abs=2.5)


def test_a_triangle_by_hand() -> None:
    """Symmetric with 10 % outside either end: half a base of a, (a - 10)^2 / (2 a^2) = 0.1."""
    half = 10 / (1 - np.sqrt(0.2))
    law = stats.triang(0.5, 50 - half, 2 * half)
    levels = quantiles(one(40, 50, 60), even_shares(512))[0, 0]
    assert levels == pytest.approx(law.ppf(even_shares(512)), abs=1e-9)


def test_where_low_is_the_likely_value_a_tenth_lies_below_it() -> None:
    assert at(one(20, 20, 80), 0.1) == pytest.approx(20)
    assert at(one(20, 20, 80), 0.01) < 20
    certain = one(20, 20, 80, **outside(0, 0))
    assert at(certain, 1e-12) == pytest.approx(20, abs=1e-3)


@pytest.mark.parametrize("band", [(10, 30, 90), (10, 10, 90), (10, 90, 90), (49, 50, 51)])
@pytest.mark.parametrize("family", FAMILIES)
def test_limits_are_the_ends_of_scipys_distributions(
    band: tuple[float, float, float], family: Distribution
) -> None:
    low, likely, high = band
    width = high - low
    place = 4 * (likely - low) / width
    law = {
        "triangular": stats.triang((likely - low) / width, low, width),
        "pert": stats.beta(1 + place, 5 - place, low, width),
    }[family]
    levels = quantiles(one(*band, **outside(0, 0)), even_shares(4096), family)[0, 0]
    assert levels == pytest.approx(law.ppf(even_shares(4096)), abs=2e-5 * width)


def test_a_normal_has_its_mean_and_standard_deviation() -> None:
    z = stats.norm.ppf(0.9)
    performance = one(5 - 2 * z, 5, 5 + 2 * z, family=np.array([[1]]))
    levels = quantiles(performance, even_shares(4096))[0, 0]
    assert levels == pytest.approx(stats.norm(5, 2).ppf(even_shares(4096)), abs=1e-9)


def test_a_log_normal_has_its_mean_and_standard_deviation() -> None:
    spread = np.sqrt(np.log1p((20 / 50) ** 2))
    law = stats.lognorm(spread, scale=50 / np.exp(spread**2 / 2))
    assert (law.mean(), law.std()) == pytest.approx((50, 20))
    performance = one(law.ppf(0.1), 50, law.ppf(0.9), family=np.array([[2]]))
    levels = quantiles(performance, even_shares(4096))[0, 0]
    assert levels == pytest.approx(law.ppf(even_shares(4096)), rel=1e-9)


def test_what_lies_beyond_a_bound_counts_as_the_bound() -> None:
    bounded = one(2, 10, 60, lower=np.array([0.0]), upper=np.array([61.0]))
    free = quantiles(one(2, 10, 60), even_shares(1000))[0, 0]
    levels = quantiles(bounded, even_shares(1000))[0, 0]
    assert free[0] < 0
    assert free[-1] > 61
    assert levels.tolist() == np.clip(free, 0, 61).tolist()
    assert at(bounded, 0.1) == pytest.approx(2)


def test_a_band_without_width_is_its_number() -> None:
    for family in FAMILIES:
        assert quantiles(one(7, 7, 7), even_shares(16), family)[0, 0].tolist() == [7.0] * 16


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(sorted),
    st.floats(0.001, 0.4),
    st.floats(0.001, 0.4),
    st.sampled_from(FAMILIES),
)
def test_any_band_is_fitted_and_rises(
    band: list[float], below: float, above: float, family: Distribution
) -> None:
    low, likely, high = band
    performance = one(low, likely, high, **outside(below, above))
    levels = quantiles(performance, np.array([below / 2, below, 1 - above, 1 - above / 2]), family)
    first, at_low, at_high, last = levels[0, 0]
    near = 1e-6 * max(1.0, high - low)
    assert at_low == pytest.approx(low, abs=near)
    assert at_high == pytest.approx(high, abs=near)
    assert first <= at_low + near
    assert at_high <= last + near


def test_cells_of_a_matrix_keep_their_own_shares() -> None:
    low, likely, high = (np.full((2, 2), side) for side in (10.0, 30.0, 90.0))
    spread = Spread(
        below=np.array([[0.1, 0.0], [0.05, 0.1]]),
        above=np.array([[0.1, 0.0], [0.05, 0.1]]),
        family=np.array([[0, 0], [0, 1]]),
        lower=np.full(2, -np.inf),
        upper=np.full(2, np.inf),
        group=np.full((2, 2), -1),
    )
    together = quantiles(Performance(low, likely, high, spread), even_shares(64))
    for row in range(2):
        for column in range(2):
            alone = Performance(low, likely, high, spread).part(column, row)
            assert (
                together[row, column].tolist() == quantiles(alone, even_shares(64))[0, 0].tolist()
            )


def test_the_share_beyond_a_number() -> None:
    band = one(10, 30, 90, **outside(0, 0))
    law = stats.triang(0.25, 10, 80)
    for number in (5, 10, 25, 30, 70, 90, 95):
        assert share_beyond(band, number, more=True) == pytest.approx(law.sf(number), abs=3e-4)
        assert share_beyond(band, number, more=False) == pytest.approx(law.cdf(number), abs=3e-4)
    certain = one(3, 3, 3)
    assert share_beyond(certain, 3, more=True) == 1
    assert share_beyond(certain, 3, more=False) == 1
    assert share_beyond(certain, 3.1, more=True) == 0


def test_a_log_normal_without_width_is_its_mean_to_the_last_digit() -> None:
    certain = one(10, 10, 10, family=np.array([[2]]))
    assert at(certain, 0.3) == 10
    assert share_beyond(certain, 10, more=False) == 1
