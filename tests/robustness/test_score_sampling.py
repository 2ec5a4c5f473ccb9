"""Sampled partial values: against scipy's distributions and the curves of the question."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dashboard.methods.arrays import Floats, Performance, performance, plain_spread
from dashboard.methods.distributions import Distribution
from dashboard.methods.evaluate import value_bounds
from dashboard.model.question import Question
from dashboard.robustness.score_sampling import score_tables
from tests.fitted import fitted_triangle, with_limits
from tests.oracles import sample_values

RISING = ((0.0, 0.0), (100.0, 100.0))
FALLING = ((100.0, 0.0), (0.0, 100.0))
BENT = ((0.0, 0.0), (40.0, 80.0), (100.0, 100.0))


def bands(low: object, likely: object, high: object) -> Performance:
    """With low and high as limits."""
    at_low, mode, at_high = (
        np.atleast_2d(np.array(side, dtype=float)) for side in (low, likely, high)
    )
    return Performance(at_low, mode, at_high, plain_spread(mode.shape, 0.0))


def exact(low: float, likely: float, high: float, distribution: Distribution) -> stats.rv_frozen:
    width = high - low
    if distribution == "triangular":
        return stats.triang((likely - low) / width, low, width)
    p = 4 * (likely - low) / width
    return stats.beta(1 + p, 5 - p, low, width)


@pytest.mark.parametrize("distribution", ["triangular", "pert"])
@pytest.mark.parametrize("band", [(10, 30, 90), (10, 10, 90), (10, 90, 90), (49, 50, 51)])
def test_the_levels_are_the_quantiles_of_the_distribution(
    band: tuple[float, float, float], distribution: Distribution
) -> None:
    tables = score_tables(bands(*band), [RISING], distribution)
    levels = tables.values[0, 0]
    middles = (np.arange(4096) + 0.5) / 4096
    law = exact(*band, distribution)
    assert levels == pytest.approx(law.ppf(middles), abs=2e-5 * (band[2] - band[0]))
    assert levels.mean() == pytest.approx(law.mean(), abs=1e-5 * (band[2] - band[0]))
    assert levels.var() == pytest.approx(
        law.var(), rel=1e-5 if distribution == "triangular" else 2e-4
    )


CORRELATIONS = [1e-6, 0.01, 0.1, 0.3, 0.5, 0.8, 0.95, 0.99, 0.999999, 1.0]


@pytest.mark.parametrize("correlation", CORRELATIONS)
def test_a_correlation_leaves_each_score_its_own_distribution(correlation: float) -> None:
    band = bands(10, 30, 90)
    alone = score_tables(band, [RISING]).values[0, 0]
    together = score_tables(band, [RISING], correlation=correlation).values[0, 0]
    assert np.array_equal(np.sort(together), alone)


@pytest.mark.parametrize("cells", [1, 12_000])
@pytest.mark.parametrize("correlation", CORRELATIONS)
def test_the_correlation_is_the_one_asked_for(correlation: float, cells: int) -> None:
    """Exactly: two criteria that share a common level are independent apart from it.

    The correlation is that of the normal variates behind the levels, so it is the share of their
    variance that lies between the common levels.
    """
    likely = np.full((cells, 1), 30.0)
    tables = score_tables(
        bands(likely - 20, likely, likely + 60), [RISING], correlation=correlation
    )
    ranks = np.argsort(np.argsort(tables.values[0, 0], kind="stable"))
    normal = stats.norm.ppf((ranks + 0.5) / len(ranks)).reshape(1 << tables.common_bits, -1)
    found = normal.mean(axis=1).var() / normal.var()
    assert found == pytest.approx(correlation, abs=0.003 if cells == 1 else 0.015)


@pytest.mark.parametrize("correlation", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("curve", [RISING, FALLING, BENT])
def test_samples_follow_the_distribution_mapped_through_the_curve(
    curve: tuple[tuple[float, float], ...], correlation: float
) -> None:
    tables = score_tables(bands(10, 30, 90), [curve], correlation=correlation)
    drawn = np.sort(sample_values(tables, 40_000, 3)[:, 0, 0])
    points = sorted(curve)
    law = exact(10, 30, 90, "triangular")
    x, y = np.array(points).T
    reference = np.interp(law.rvs(40_000, random_state=4), x, y)
    assert stats.ks_2samp(drawn, reference).pvalue > 1e-4


def test_beyond_an_anchor_the_value_is_the_anchors() -> None:
    drawn = sample_values(score_tables(bands(-50, 50, 150), [RISING]), 10_000, 3)
    assert drawn.min() == 0
    assert drawn.max() == 100
    # A quarter of 25 % lies below 0, as the triangle's tail from -50 to 0 is (50/100)^2 / 2.
    assert np.mean(drawn == 0) == pytest.approx(0.125, abs=0.015)


def test_a_band_without_width_is_exact(shipped: Question) -> None:
    likely = performance(shipped).likely
    curves = [criterion.points for criterion in shipped.criteria]
    values = value_bounds(shipped, performance(shipped))[0]
    for distribution in ("triangular", "pert"):
        tables = score_tables(bands(likely, likely, likely), curves, distribution, 0.5)
        assert np.array_equal(sample_values(tables, 5, 1), np.tile(values, (5, 1, 1)))


def test_samples_stay_within_the_limits_of_the_shipped_question(shipped: Question) -> None:
    raw = performance(with_limits(shipped))
    _, least, most = value_bounds(shipped, raw)
    curves = [criterion.points for criterion in shipped.criteria]
    drawn = sample_values(score_tables(raw, curves), 2000, 1)
    assert np.all(drawn >= least - 1e-9)
    assert np.all(drawn <= most + 1e-9)


def test_a_tenth_of_the_samples_lies_beyond_either_end_of_the_shipped_bands(
    shipped: Question,
) -> None:
    """Of 20,000 samples 2,000, with a standard deviation of 42; an anchor holds back what is beyond
    it, so only bands inside the anchors are counted."""
    raw = performance(shipped)
    _, least, most = value_bounds(shipped, raw)
    curves = [criterion.points for criterion in shipped.criteria]
    drawn = sample_values(score_tables(raw, curves), 20_000, 1)
    wide = most > least
    below, above = (drawn < least - 1e-9).mean(axis=0), (drawn > most + 1e-9).mean(axis=0)
    assert below[wide & (least > 0)] == pytest.approx(0.1, abs=0.01)
    assert above[wide & (most < 100)] == pytest.approx(0.1, abs=0.01)
    assert np.count_nonzero(wide & (least > 0)) > 50


@pytest.mark.parametrize("distribution", ["triangular", "pert"])
def test_percentiles_of_a_skewed_band_hold_in_the_samples(distribution: Distribution) -> None:
    held = Performance(np.array([[40.0]]), np.array([[45.0]]), np.array([[70.0]]))
    drawn = sample_values(score_tables(held, [RISING], distribution), 40_000, 5)[:, 0, 0]
    assert np.quantile(drawn, [0.1, 0.9]) == pytest.approx([40, 70], abs=0.5)
    if distribution == "triangular":
        law = fitted_triangle(40, 45, 70)
        assert drawn.mean() == pytest.approx(law.mean(), abs=0.2)
        assert stats.ks_1samp(drawn, law.cdf).pvalue > 1e-4


def test_scores_that_share_an_error_lie_at_one_place_of_their_bands() -> None:
    low, likely, high = ([[10.0], [20.0], [10.0]], [[30.0], [30.0], [30.0]], [[90.0]] * 3)
    spread = plain_spread((3, 1), 0.0)
    spread.group[:2, 0] = 0
    held = Performance(np.array(low), np.array(likely), np.array(high), spread)
    drawn = sample_values(score_tables(held, [RISING]), 20_000, 3)[:, :, 0]
    places = np.column_stack(
        [
            exact(*band, "triangular").cdf(drawn[:, i])
            for i, band in enumerate(((10, 30, 90), (20, 30, 90)))
        ]
    )
    assert places[:, 0] == pytest.approx(places[:, 1], abs=1e-9)
    assert spearman(drawn[:, 0], drawn[:, 2]) == pytest.approx(0, abs=0.03)


def spearman(one: Floats, other: Floats) -> float:
    return float(stats.spearmanr(one, other).statistic)


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.8])
def test_errors_of_one_option_are_correlated_in_value(correlation: float) -> None:
    # The first criterion wants more and the second less: kind on both all the same. Of Gaussian
    # variates Spearman's coefficient is 6 / pi * asin(correlation / 2).
    tables = score_tables(
        bands([[10, 10], [10, 10]], [[30, 30], [30, 30]], [[90, 90], [90, 90]]),
        [RISING, FALLING],
        correlation=correlation,
    )
    drawn = sample_values(tables, 40_000, 3)
    expected = 6 / np.pi * np.arcsin(correlation / 2)
    assert spearman(drawn[:, 0, 0], drawn[:, 0, 1]) == pytest.approx(expected, abs=0.015)
    assert spearman(drawn[:, 0, 0], drawn[:, 1, 0]) == pytest.approx(0, abs=0.015)


def test_full_correlation_moves_all_criteria_together() -> None:
    tables = score_tables(
        bands([[10, 20]], [[30, 30]], [[90, 50]]), [RISING, FALLING], correlation=1
    )
    drawn = sample_values(tables, 500, 3)[:, 0]
    assert spearman(drawn[:, 0], drawn[:, 1]) == pytest.approx(1)


def test_the_seed_decides_the_samples() -> None:
    tables = score_tables(bands(10, 30, 90), [RISING])
    assert np.array_equal(sample_values(tables, 50, 0), sample_values(tables, 50, 0))
    assert not np.array_equal(sample_values(tables, 50, 0), sample_values(tables, 50, 1))


def test_many_cells_share_the_memory_of_the_tables() -> None:
    shape = (200, 60)
    tables = score_tables(
        bands(np.full(shape, 10.0), np.full(shape, 30.0), np.full(shape, 90.0)), [RISING] * 60
    )
    assert tables.values.nbytes <= 32 * 2**20
    drawn = sample_values(tables, 50, 1)
    law = exact(10, 30, 90, "triangular")
    assert drawn.mean() == pytest.approx(law.mean(), abs=0.1)
    assert drawn.std() == pytest.approx(law.std(), rel=0.01)


def test_every_criterion_draws_from_its_own_table() -> None:
    # 40 criteria are more than 16-bit positions can address at once.
    likely = np.arange(40.0)[None, :]
    curve = [((0.0, 0.0), (100.0, 100.0))] * 40
    for correlation in (0.0, 0.5):
        tables = score_tables(
            bands(likely, likely + 0.25, likely + 0.5), curve, correlation=correlation
        )
        drawn = sample_values(tables, 100, 1)
        assert np.array_equal(np.floor(drawn), np.tile(likely, (100, 1, 1)))


@given(
    st.lists(st.floats(-1e4, 1e4), min_size=3, max_size=3).map(sorted),
    st.sampled_from(["triangular", "pert"]),
)
def test_levels_rise_and_stay_inside_the_band(
    band: list[float], distribution: Distribution
) -> None:
    curve = ((-1e4, 0.0), (1e4, 100.0))
    levels = score_tables(bands(*band), [curve], distribution).values[0, 0]
    ends = (np.array([band[0], band[2]]) + 1e4) / 200
    assert np.all(np.diff(levels) >= -1e-9)
    assert levels[0] >= ends[0] - 1e-9
    assert levels[-1] <= ends[1] + 1e-9


def test_bands_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="a band is out of order"):
        score_tables(bands(40, 30, 90), [RISING])
    with pytest.raises(ValueError, match="a performance is not a finite number"):
        score_tables(bands(10, np.nan, 90), [RISING])
    with pytest.raises(ValueError, match=r"\(1, 1\) performances do not fit 2 curves"):
        score_tables(bands(10, 30, 90), [RISING, RISING])
    with pytest.raises(ValueError, match="must be matrices of the same shape, none empty"):
        score_tables(bands(10, [30, 30], 90), [RISING])
    with pytest.raises(ValueError, match=r"a correlation of 1.1 is not between 0 and 1"):
        score_tables(bands(10, 30, 90), [RISING], correlation=1.1)
