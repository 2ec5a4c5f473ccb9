"""Kendall's tau-b and W, from Kendall's own example and against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import friedmanchisquare, kendalltau, rankdata, spearmanr

from dashboard.methods.arrays import Ints
from dashboard.robustness.concordance import kendall_tau_matrix, kendall_w, mean_ranks


def ranked(rows: list[list[float]]) -> Ints:
    """Mean ranks written in a paper, as the competition ranks used here."""
    return np.array([rankdata(row, method="min") for row in rows]).astype(np.int64)


THREE_EXECUTIVES = ranked([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]])
TIED = ranked(
    [
        [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
        [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
        [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
    ]
)


def test_six_job_applicants_ranked_by_three_executives() -> None:
    """Siegel (1956), Nonparametric Statistics, pp. 230-232: s = 25.5, W = .16."""
    assert kendall_w(THREE_EXECUTIVES).w == pytest.approx(25.5 / 157.5)
    assert kendall_w(THREE_EXECUTIVES).w == pytest.approx(0.16, abs=0.005)


def test_three_rankings_with_ties() -> None:
    """Kendall (1948), Rank Correlation Methods, ch. 6: S = 591, W = 0.828 with ties corrected."""
    sums = sum(mean_ranks(row) for row in TIED)
    assert np.asarray(sums).tolist() == [5.5, 6.5, 9, 13.5, 12, 20, 23, 23.5, 25.5, 26.5]
    assert kendall_w(TIED).w == pytest.approx(591 / 714)
    assert kendall_w(TIED).w == pytest.approx(0.828, abs=0.0005)


def test_same_and_reverse_rankings() -> None:
    up, down = [1, 2, 3, 4], [4, 3, 2, 1]
    assert kendall_tau_matrix(np.array([up, down])).tau == ((1.0, -1.0), (-1.0, 1.0))
    assert kendall_w(np.array([up, up])).w == pytest.approx(1)
    assert kendall_w(np.array([up, down])).w == pytest.approx(0)


def test_a_ranking_that_ties_everything_has_no_tau_and_says_why() -> None:
    tau, reason = kendall_tau_matrix(np.array([[1, 1, 1], [1, 2, 3]]))
    assert tau == ((None, None), (None, 1.0))
    assert reason == "a ranking that ties all alternatives has no order to compare"
    assert kendall_w(np.ones((3, 4), dtype=np.int64)) == (None, reason)


def test_one_alternative_or_one_ranking_has_no_agreement_and_says_why() -> None:
    alone = np.array([[1], [1]])
    reason = "there is only one alternative, so no order"
    assert kendall_tau_matrix(alone) == (((None, None), (None, None)), reason)
    assert kendall_w(alone) == (None, reason)
    assert kendall_w(np.array([[1, 2]])) == (
        None,
        "there is only one ranking, so nothing to agree with",
    )


@pytest.mark.parametrize("shape", [(0, 3), (3, 0)])
def test_nothing_to_compare_is_refused(shape: tuple[int, int]) -> None:
    for function in (kendall_tau_matrix, kendall_w):
        with pytest.raises(ValueError, match="at least one ranking of at least one alternative"):
            function(np.ones(shape, dtype=np.int64))


RANKINGS = arrays(
    np.int64, st.tuples(st.integers(2, 5), st.integers(3, 8)), elements=st.integers(1, 6)
)


@given(RANKINGS)
def test_tau_is_that_of_scipy(ranks: Ints) -> None:
    tau = kendall_tau_matrix(ranks).tau
    for i, row in enumerate(tau):
        for k, value in enumerate(row):
            assert value == tau[k][i]
            expected = kendalltau(ranks[i], ranks[k]).statistic
            if value is None:
                assert np.isnan(expected)
            else:
                assert value == pytest.approx(expected, abs=1e-12)


@given(RANKINGS)
def test_w_is_that_of_friedmans_test_in_scipy(ranks: Ints) -> None:
    """With the same correction for ties, Friedman's statistic is p (m - 1) W."""
    w = kendall_w(ranks).w
    p, m = ranks.shape
    if w is None:
        assert np.all(np.ptp(ranks, axis=1) == 0)
    else:
        assert p * (m - 1) * w == pytest.approx(friedmanchisquare(*ranks.T).statistic, abs=1e-9)


@given(st.lists(st.permutations([1, 2, 3, 4, 5]), min_size=3, max_size=5))
def test_without_ties_w_is_the_mean_of_spearmans_correlations(rows: list[list[int]]) -> None:
    ranks, p = np.array(rows), len(rows)
    correlations = spearmanr(ranks.T).statistic[np.triu_indices(p, k=1)]
    w = kendall_w(ranks).w
    assert w is not None
    assert (p * w - 1) / (p - 1) == pytest.approx(correlations.mean(), abs=1e-12)


@given(RANKINGS, st.data())
def test_the_order_of_alternatives_does_not_matter(ranks: Ints, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(ranks.shape[1])))
    assert kendall_tau_matrix(ranks[:, order]) == kendall_tau_matrix(ranks)
    assert kendall_w(ranks[:, order]).w == pytest.approx(kendall_w(ranks).w, abs=1e-12)


def test_two_hundred_options_and_sixty_rankings() -> None:
    ranks = np.tile(np.arange(1, 201), (60, 1))
    assert kendall_w(ranks).w == pytest.approx(1)
    assert set(kendall_tau_matrix(ranks).tau) == {(1.0,) * 60}
