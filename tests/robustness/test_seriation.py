"""The order in which rankings that agree stand together."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from dashboard.methods.arrays import Ints
from dashboard.robustness.concordance import TauMatrix, kendall_tau_matrix
from dashboard.robustness.seriation import order_by_agreement, pairs_in_order


def ranks(*rows: list[int]) -> Ints:
    return np.array(rows, dtype=np.int64)


def test_camps_stand_together_and_likes_beside_likes() -> None:
    forward, nearly = [1, 2, 3, 4], [2, 1, 3, 4]
    backward, almost = [4, 3, 2, 1], [4, 2, 3, 1]
    tau = kendall_tau_matrix(ranks(forward, backward, nearly, almost))
    # The two that lean to the other camp stand next to it.
    assert order_by_agreement(tau) == (0, 2, 3, 1)


def test_one_and_two_keep_their_order() -> None:
    assert order_by_agreement(kendall_tau_matrix(ranks([1, 2]))) == (0,)
    assert order_by_agreement(kendall_tau_matrix(ranks([1, 2], [2, 1]))) == (0, 1)


def test_a_ranking_without_an_order_takes_part_as_a_stranger() -> None:
    tau = kendall_tau_matrix(ranks([1, 1, 1], [1, 2, 3], [3, 2, 1], [1, 2, 3]))
    assert tau.tau[0][1] is None
    found = order_by_agreement(tau)
    assert sorted(found) == [0, 1, 2, 3]
    assert abs(found.index(1) - found.index(3)) == 1


RANKINGS = st.lists(st.permutations([1, 2, 3, 4, 5]), min_size=3, max_size=5)


@given(RANKINGS)
def test_every_ranking_has_one_place_and_the_first_is_before_the_last(
    rows: list[list[int]],
) -> None:
    found = order_by_agreement(kendall_tau_matrix(ranks(*rows)))
    assert sorted(found) == list(range(len(rows)))
    assert found.index(0) < found.index(len(rows) - 1)


@given(st.lists(st.permutations([1, 2, 3, 4, 5]), min_size=3, max_size=3))
def test_three_stand_so_that_their_lines_cross_least(rows: list[list[int]]) -> None:
    """Of three any order is one of the tree's but that which parts the closest two."""
    tau = kendall_tau_matrix(ranks(*rows))

    def crossings(order: tuple[int, ...]) -> float:
        return sum(1 - (tau.tau[a][b] or 0) for a, b in itertools.pairwise(order))

    found = order_by_agreement(tau)
    best = min(crossings(order) for order in itertools.permutations(range(3)))
    assert crossings(found) == pytest.approx(best)


def test_pairs_are_counted_by_hand() -> None:
    # 1-2, 1-3 and 2-3: a tie counts in neither, and a ranking agrees with itself.
    counted = pairs_in_order(ranks([1, 2, 3], [2, 1, 3], [1, 1, 3], [1, 1, 1]))
    assert counted.tolist() == [[3, 2, 2, 0], [2, 3, 2, 0], [2, 2, 2, 0], [0, 0, 0, 0]]


@given(st.permutations([1, 2, 3, 4, 5]), st.permutations([1, 2, 3, 4, 5]))
def test_without_ties_the_pairs_are_those_of_tau(one: list[int], other: list[int]) -> None:
    same = pairs_in_order(ranks(one, other))[0, 1]
    assert 2 * same / 10 - 1 == pytest.approx(kendalltau(one, other).statistic)


def test_nothing_known_is_no_fault() -> None:
    nothing = TauMatrix(((None,) * 3,) * 3, "no order")
    assert sorted(order_by_agreement(nothing)) == [0, 1, 2]
