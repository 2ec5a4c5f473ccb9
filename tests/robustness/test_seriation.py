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
from dashboard.robustness.seriation import (
    MOST_EXACT,
    order_by_agreement,
    pairs_in_order,
)
from tests.oracles import neighbour_sum


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


def least_of_all(tau: TauMatrix) -> float:
    return min(neighbour_sum(tau, order) for order in itertools.permutations(range(len(tau.tau))))


def test_the_least_sum_is_found_where_the_tree_of_clusters_misses_it() -> None:
    tau = kendall_tau_matrix(ranks([1, 2, 3, 4], [2, 1, 4, 3], [4, 1, 3, 2], [1, 3, 4, 2]))
    found = order_by_agreement(tau)
    assert neighbour_sum(tau, found) == pytest.approx(2.0) == pytest.approx(least_of_all(tau))


RANKED = st.lists(st.lists(st.integers(1, 4), min_size=4, max_size=4), min_size=3, max_size=6)


@given(RANKED)
def test_no_other_order_has_a_smaller_sum(rows: list[list[int]]) -> None:
    """Ties and rankings without an order among them."""
    tau = kendall_tau_matrix(ranks(*rows))
    assert neighbour_sum(tau, order_by_agreement(tau)) == pytest.approx(least_of_all(tau))


def line(voices: int) -> Ints:
    """The k-th puts the first option behind k others, and is alike otherwise."""
    others = list(range(1, voices))
    orders = [[*others[:k], 0, *others[k:]] for k in range(voices)]
    return np.argsort(np.array(orders), axis=1) + 1


@pytest.mark.parametrize("voices", [MOST_EXACT, MOST_EXACT + 1, 60])
def test_a_chain_of_rankings_is_laid_out_as_a_chain(voices: int) -> None:
    shuffled = np.random.default_rng(1).permutation(voices)
    tau = kendall_tau_matrix(line(voices)[shuffled])
    found = [int(shuffled[k]) for k in order_by_agreement(tau)]
    assert found in (list(range(voices)), list(range(voices))[::-1])


def test_beyond_the_exact_no_stretch_turned_round_makes_the_sum_less() -> None:
    rng = np.random.default_rng(4)
    for _ in range(5):
        tau = kendall_tau_matrix(np.array([rng.permutation(6) + 1 for _ in range(20)]))
        found = order_by_agreement(tau)
        assert sorted(found) == list(range(20))
        for i, j in itertools.combinations(range(21), 2):
            turned = (*found[:i], *found[i:j][::-1], *found[j:])
            assert neighbour_sum(tau, turned) >= neighbour_sum(tau, found) - 1e-9


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
