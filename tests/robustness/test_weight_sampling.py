"""Sampled weights: against means and covariances that are known exactly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from dashboard.methods.arrays import Floats
from dashboard.robustness.exchange_sampling import ExchangeWeights
from dashboard.robustness.ordinal_sampling import ordinal_weights
from dashboard.robustness.weight_sampling import (
    BallotWeights,
    BoxWeights,
    RejectionWeights,
    WalkWeights,
    WeightSource,
    ballot_weights,
    polytope_weights,
    sample_weights,
    uniform_weights,
    weights_near,
)

MANY = 40_000


def dirichlet_covariance(n: int) -> Floats:
    """Of uniform weights: Kotz, Balakrishnan & Johnson (2000), chapter 49, all parameters 1."""
    covariance: Floats = (np.eye(n) * n - 1) / (n * n * (n + 1))
    return covariance


def falling(n: int) -> tuple[Floats, Floats, Floats]:
    """w1 >= w2 >= ... as inequalities, and a start inside."""
    a_ub = np.eye(n, k=1)[:-1] - np.eye(n)[:-1]
    start = np.arange(n, 0, -1.0)
    return a_ub, np.zeros(n - 1), start / start.sum()


SOURCES: dict[str, WeightSource] = {
    "uniform": uniform_weights(5),
    "ordinal": ordinal_weights([3, 1, 0, 4, 2]),
    "box": weights_near(np.array([0.3, 0.3, 0.2, 0.1, 0.1]), 0.05),
    "walk in a box": weights_near(np.eye(14)[0], 0.1),
    "rejection": polytope_weights(*falling(3)),
    "walk": polytope_weights(*falling(8)),
    "bootstrap": ballot_weights(np.eye(4), bootstrap=True),
}


@pytest.mark.parametrize("name", SOURCES)
def test_weights_are_weights_and_the_seed_decides_them(name: str) -> None:
    source = SOURCES[name]
    weights = sample_weights(source, 1000, 0)
    assert weights.shape == (1000, source.criteria)
    assert np.all(weights >= 0)
    assert weights.sum(axis=1) == pytest.approx(1)
    assert np.array_equal(weights, sample_weights(source, 1000, 0))
    assert not np.array_equal(weights, sample_weights(source, 1000, 1))


def test_uniform_weights_have_the_beta_margins_of_the_simplex() -> None:
    weights = sample_weights(uniform_weights(14), MANY, 5)
    for column in weights.T:
        assert stats.kstest(column, stats.beta(1, 13).cdf).pvalue > 1e-4
    assert np.cov(weights.T) == pytest.approx(dirichlet_covariance(14), abs=2e-4)


def test_the_mean_of_ordered_weights_is_the_rank_order_centroid() -> None:
    # 11/18, 5/18, 2/18 for three criteria: Barron & Barrett (1996), Management Science 42(11),
    # by their formula, the sum of 1/k from the rank on, over n.
    weights = sample_weights(ordinal_weights([2, 0, 1]), MANY, 5)
    assert np.all((weights[:, 2] >= weights[:, 0]) & (weights[:, 0] >= weights[:, 1]))
    assert weights.mean(axis=0) == pytest.approx([5 / 18, 2 / 18, 11 / 18], abs=0.003)


def test_ordered_weights_are_spread_like_sorted_ones() -> None:
    ordered = sample_weights(ordinal_weights(range(6)), MANY, 5)
    by_sorting = -np.sort(-sample_weights(uniform_weights(6), MANY, 6), axis=1)
    for one, other in zip(ordered.T, by_sorting.T, strict=True):
        assert stats.ks_2samp(one, other).pvalue > 1e-4


def test_weights_near_others_fill_the_hexagon() -> None:
    # Within x of equal weights, three criteria: a regular hexagon with corners at x * sqrt(2) from
    # its centre, whose mean squared radius is 5/12 of theirs squared: 5 x^2 / 18 for each weight.
    source = weights_near(np.full(3, 1 / 3), 0.12)
    assert isinstance(source, BoxWeights)
    weights = sample_weights(source, MANY, 5)
    assert np.abs(weights - 1 / 3).max() <= 0.12 + 1e-12
    assert weights.mean(axis=0) == pytest.approx([1 / 3] * 3, abs=0.002)
    assert weights.var(axis=0) == pytest.approx([5 * 0.12**2 / 18] * 3, rel=0.03)


def test_weights_near_a_corner_fill_the_corner() -> None:
    # Within 0.1 of all weight on one: the simplex again, a tenth of its size. Rejection would keep
    # one draw in 13!, so pairs exchange.
    source = weights_near(np.eye(14)[3], 0.1)
    assert isinstance(source, ExchangeWeights)
    assert source.independent
    weights = sample_weights(source, 10_000, 5)
    shrunk = (weights - 0.9 * np.eye(14)[3]) / 0.1
    assert shrunk.mean(axis=0) == pytest.approx([1 / 14] * 14, abs=0.004)
    assert np.cov(shrunk.T) == pytest.approx(dirichlet_covariance(14), abs=6e-4)
    assert weights.min() >= 0


def test_no_reach_leaves_the_weights_as_they_are() -> None:
    source = weights_near(np.array([0.25, 0.75]), 0)
    assert sample_weights(source, 3, 0).tolist() == [[0.25, 0.75]] * 3


def test_full_reach_leaves_them_free() -> None:
    weights = sample_weights(weights_near(np.full(4, 0.25), 1), MANY, 5)
    assert np.cov(weights.T) == pytest.approx(dirichlet_covariance(4), abs=1e-3)


@pytest.mark.parametrize(("n", "kind"), [(3, RejectionWeights), (8, WalkWeights)])
def test_a_polytope_is_filled_evenly(n: int, kind: type) -> None:
    # Ordered weights once more, now as inequalities: a long splinter, where one draw in n! falls.
    # Their covariance is that of the simplex, carried to the corners of the splinter.
    source = polytope_weights(*falling(n))
    assert isinstance(source, kind)
    weights = sample_weights(source, MANY, 5)
    exact = ordinal_weights(range(n)).corners
    assert exact is not None
    assert np.all(np.diff(weights, axis=1) <= 1e-12)
    assert weights.mean(axis=0) == pytest.approx(exact.mean(axis=0), abs=0.004)
    covariance = exact.T @ dirichlet_covariance(n) @ exact
    assert np.cov(weights.T) == pytest.approx(covariance, rel=0.1, abs=2e-5)


def test_the_samples_of_a_walk_are_nearly_independent() -> None:
    walk = SOURCES["walk"]
    assert isinstance(walk, WalkWeights)
    weights = sample_weights(walk, 512 * 40, 5)
    # A chain comes round every 512 samples; what it remembers is what is left to correlate.
    series = weights.reshape(40, 512, 8) - weights.mean(axis=0)
    memory = (series[1:] * series[:-1]).mean(axis=(0, 1)) / series.var(axis=(0, 1))
    assert np.abs(memory).max() < 0.2


def test_ballots_are_taken_in_turn() -> None:
    ballots = np.array([[1.0, 0.0], [0.5, 0.5], [0.2, 0.8]])
    source = ballot_weights(ballots)
    assert source.ballots == 3
    assert sample_weights(source, 7, 0).tolist() == ballots[[0, 1, 2, 0, 1, 2, 0]].tolist()


def test_bootstrapped_ballots_are_drawn_with_replacement() -> None:
    source = ballot_weights(np.eye(4), bootstrap=True)
    assert source.ballots is None
    assert sample_weights(source, MANY, 5).mean(axis=0) == pytest.approx([0.25] * 4, abs=0.01)


@pytest.mark.parametrize(
    "source",
    [
        uniform_weights(1),
        ordinal_weights([0]),
        weights_near(np.array([1.0]), 0.3),
        polytope_weights(np.array([[1.0]]), np.array([2.0]), np.array([1.0])),
        ballot_weights(np.array([[1.0]])),
    ],
)
def test_one_criterion_has_all_the_weight(source: WeightSource) -> None:
    assert sample_weights(source, 3, 0).tolist() == [[1.0]] * 3


def test_sixty_criteria_can_be_ordered_bounded_and_walked() -> None:
    ordered = sample_weights(ordinal_weights(range(60)), 2000, 1)
    assert np.all(np.diff(ordered, axis=1) <= 0)
    near = sample_weights(weights_near(np.full(60, 1 / 60), 0.01), 2000, 1)
    assert np.abs(near - 1 / 60).max() <= 0.01 + 1e-12


@given(arrays(np.float64, 6, elements=st.integers(0, 9).map(float)), st.floats(0.001, 1))
def test_no_weight_strays_beyond_its_reach(raw: Floats, reach: float) -> None:
    centre = (raw + np.eye(6)[0]) / (raw.sum() + 1)
    weights = sample_weights(weights_near(centre, reach), 64, 0)
    assert np.abs(weights - centre).max() <= reach + 1e-9
    assert weights.min() >= 0


def test_what_is_no_source_of_weights_is_refused() -> None:
    with pytest.raises(ValueError, match="0 criteria: there must be at least one"):
        uniform_weights(0)
    with pytest.raises(ValueError, match="the order must name every criterion once"):
        ordinal_weights([0, 0, 1])
    with pytest.raises(ValueError, match=r"ballots must be rows of weights, not of shape \(0, 3\)"):
        ballot_weights(np.zeros((0, 3)))
    with pytest.raises(ValueError, match="weights must not be negative and must sum to 1"):
        ballot_weights(np.array([[0.5, 0.4]]))
    with pytest.raises(ValueError, match=r"a reach of 1.5 is not between 0 and 1"):
        weights_near(np.array([1.0]), 1.5)
    with pytest.raises(ValueError, match="weights must be finite numbers"):
        weights_near(np.array([np.nan, 1.0]), 0.1)
    with pytest.raises(ValueError, match="0 samples: there must be at least one"):
        sample_weights(uniform_weights(2), 0, 0)


def test_a_polytope_without_an_inside_is_refused() -> None:
    equal = np.array([[1.0, -1.0], [-1.0, 1.0]])
    half = np.array([0.5, 0.5])
    with pytest.raises(ValueError, match="the start must fulfil every inequality with room"):
        polytope_weights(equal, np.zeros(2), half)
    with pytest.raises(ValueError, match="do not fit"):
        polytope_weights(equal, np.zeros(3), half)
    with pytest.raises(ValueError, match="an inequality holds a number that is not finite"):
        polytope_weights(equal, np.array([np.inf, 0]), half)


def test_ballots_keep_no_hold_on_the_callers_array() -> None:
    ballots = np.array([[0.5, 0.5]])
    source = ballot_weights(ballots)
    ballots[0] = [1, 0]
    assert isinstance(source, BallotWeights)
    assert source.weights.tolist() == [[0.5, 0.5]]
