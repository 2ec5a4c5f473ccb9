"""Ranks: competition ranking with ties that are ties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.methods.ranks import best_first, competition_ranks


def test_ties_share_the_better_rank() -> None:
    assert competition_ranks(np.array([50.0, 40.0, 50.0, 30.0])).tolist() == [1, 3, 1, 4]


def test_a_floating_point_sum_ties_with_the_number_it_stands_for() -> None:
    assert competition_ranks(np.array([0.1 + 0.2, 0.3])).tolist() == [1, 1]


def test_a_difference_above_the_tolerance_is_no_tie() -> None:
    assert competition_ranks(np.array([30.0, 30.0 + 1e-6])).tolist() == [2, 1]


def test_the_tolerance_is_stated_by_the_caller() -> None:
    assert competition_ranks(np.array([30.0, 30.4, 31.0]), tolerance=0.5).tolist() == [2, 2, 1]


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_score_that_is_not_finite_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="a score is not a finite number"):
        competition_ranks(np.array([1.0, bad]))


def test_the_order_keeps_ties_as_given() -> None:
    assert best_first(np.array([2, 1, 4, 2])) == [1, 0, 3, 2]


@given(st.lists(st.integers(0, 20), min_size=1, max_size=40))
def test_the_rank_is_one_more_than_the_number_of_better_ones(scores: list[int]) -> None:
    ranks = competition_ranks(np.array(scores, dtype=float))
    assert ranks.tolist() == [1 + sum(other > score for other in scores) for score in scores]
