"""Majorities: Condorcet's own examples, the shipped perspectives, and sets by brute force."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dashboard.methods.arrays import Ints
from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import perspective_points
from dashboard.model.question import Question
from dashboard.robustness.condorcet import Majority, majority, pairwise_support

CIRCLE = np.array([[1, 2, 3], [3, 1, 2], [2, 3, 1]])
"""A > B > C, B > C > A, C > A > B: the paradox in its smallest form."""


def test_sixty_voters_run_in_a_circle() -> None:
    """Condorcet (1785), as told by Young (1988), American Political Science Review 82(4):
    A beats B 33 to 27, B beats C 42 to 18, C beats A 35 to 25."""
    ranks = np.array([[1, 2, 3], [3, 1, 2], [2, 1, 3], [2, 3, 1], [3, 2, 1]])
    result = majority(ranks, np.array([23, 17, 2, 10, 8]))
    assert result.support.tolist() == [[0, 33, 25], [27, 0, 42], [35, 18, 0]]
    assert (result.winner, result.loser) == (None, None)
    assert result.smith_set == (0, 1, 2)
    assert result.cycles == ((0, 1, 2),)


def test_the_paradox() -> None:
    result = majority(CIRCLE)
    assert result.cycles == ((0, 1, 2),)
    assert result.smith_set == (0, 1, 2)
    assert result.beats(0, 1)
    assert not result.beats(1, 0)


def test_a_circle_below_a_winner_is_named_but_does_not_touch_the_winner() -> None:
    ranks = np.column_stack([np.ones(3, dtype=np.int64), CIRCLE + 1, np.full(3, 5)])
    result = majority(ranks)
    assert (result.winner, result.loser, result.smith_set) == (0, 4, (0,))
    assert result.cycles == ((1, 2, 3),)


def test_a_cycle_of_four_is_found_where_no_three_run_in_a_circle() -> None:
    """By hand: A > B > C > D > A by 2 to 1 each, A and C tie 2 to 2, and so do B and D."""
    ranks = np.array([[1, 2, 3, 3], [3, 1, 2, 3], [3, 3, 1, 2], [2, 3, 3, 1]])
    support = pairwise_support(ranks)
    assert (support[0, 1], support[1, 0]) == (2, 1)
    assert (support[0, 2], support[2, 0]) == (2, 2)
    assert (support[1, 3], support[3, 1]) == (2, 2)
    assert majority(ranks).cycles == ((0, 1, 2, 3),)


def test_the_shipped_perspectives_have_a_winner_and_no_circle(shipped: Question) -> None:
    """By hand from the orders of section 12; Sanctuary against the status quo is 5 to 3."""
    ranks = np.array(
        [evaluate(shipped, perspective_points(shipped, p)).ranks for p in shipped.perspectives]
    )
    result = majority(ranks)
    ids = [proposal.id for proposal in shipped.proposals]
    sanctuary, status_quo = ids.index("sanctuary"), ids.index("status-quo")
    assert result.winner == sanctuary
    assert result.support[sanctuary, status_quo] == 5
    assert result.support[status_quo, sanctuary] == 3
    assert result.loser == ids.index("ngo-roles")
    assert result.smith_set == (sanctuary,)
    assert result.cycles == ()


def test_ties_count_for_neither() -> None:
    result = majority(np.ones((4, 3), dtype=np.int64))
    assert not result.support.any()
    assert (result.winner, result.loser, result.cycles) == (None, None, ())
    assert result.smith_set == (0, 1, 2)


def test_one_alternative_wins_and_does_not_lose() -> None:
    result = majority(np.array([[1], [1]]))
    assert (result.winner, result.loser, result.smith_set, result.cycles) == (0, None, (0,), ())


def test_counts_are_repetitions() -> None:
    counts = np.array([2, 0, 3])
    repeated = np.repeat(CIRCLE, counts, axis=0)
    assert np.array_equal(pairwise_support(CIRCLE, counts), pairwise_support(repeated))


def smith_by_brute_force(result: Majority) -> tuple[int, ...]:
    m = len(result.support)
    for size in range(1, m + 1):
        for members in combinations(range(m), size):
            outside = set(range(m)) - set(members)
            if all(result.beats(i, j) for i in members for j in outside):
                return members
    raise AssertionError("all alternatives together always qualify")


def shortest_lengths_by_brute_force(result: Majority) -> set[int]:
    """For each alternative on a cycle the length of the shortest walk back to it."""
    beats = result.support > result.support.T
    lengths, walks = set(), beats
    found = np.zeros(len(beats), dtype=bool)
    for length in range(1, len(beats) + 1):
        back = np.diagonal(walks) & ~found
        found |= back
        lengths |= {length} if back.any() else set()
        walks = (walks.astype(int) @ beats.astype(int)) > 0
    return lengths


@given(
    arrays(np.int64, st.tuples(st.integers(1, 5), st.integers(1, 6)), elements=st.integers(1, 6))
)
def test_what_follows_from_the_majorities(ranks: Ints) -> None:
    result = majority(ranks)
    assert result.smith_set == smith_by_brute_force(result)
    if result.winner is not None:
        assert result.smith_set == (result.winner,)
    for cycle in result.cycles:
        assert cycle[0] == min(cycle)
        assert len(set(cycle)) == len(cycle) >= 3
        following = zip(cycle, (*cycle[1:], cycle[0]), strict=True)
        assert all(result.beats(i, j) for i, j in following)
    assert {len(cycle) for cycle in result.cycles} == shortest_lengths_by_brute_force(result)


@given(arrays(np.int64, (5, 5), elements=st.integers(1, 5)), st.permutations(range(5)))
def test_names_do_not_matter(ranks: Ints, order: list[int]) -> None:
    straight, mixed = majority(ranks), majority(ranks[:, order])
    assert {order[i] for i in mixed.smith_set} == set(straight.smith_set)
    assert np.array_equal(mixed.support, straight.support[np.ix_(order, order)])


def test_two_hundred_alternatives_in_a_circle() -> None:
    """Three ballots, each turned by a third: everyone is on a circle."""
    base = np.arange(1, 201)
    result = majority(np.array([base, np.roll(base, 67), np.roll(base, 134)]))
    assert len(result.smith_set) == 200
    assert {len(cycle) for cycle in result.cycles} == {3}


@pytest.mark.parametrize("shape", [(0, 3), (3, 0)])
def test_no_ranking_is_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="at least one ranking of at least one alternative"):
        majority(np.ones(shape, dtype=np.int64))


@pytest.mark.parametrize("counts", [[1, 1], [1, 1, -1], [0, 0, 0]])
def test_counts_that_do_not_fit_are_refused(counts: list[int]) -> None:
    with pytest.raises(ValueError, match="counts must say for each ranking how many hold it"):
        majority(CIRCLE, np.array(counts))
