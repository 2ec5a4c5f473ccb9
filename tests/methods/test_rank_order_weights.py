"""Weights from the order of the swings."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import evaluate
from dashboard.methods.rank_order_weights import (
    Ranks,
    rank_order_centroid,
    rank_reciprocal,
    rank_sum,
)
from dashboard.methods.ranks import competition_ranks
from dashboard.methods.weights import perspective_points
from dashboard.model.question import Question

Rule = Callable[[Ranks], Floats]
RULES = [rank_order_centroid, rank_sum, rank_reciprocal]

every_rule = pytest.mark.parametrize("rule", RULES)
rankings = st.lists(st.integers(1, 8), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (rank_order_centroid, [0.4567, 0.2567, 0.1567, 0.0900, 0.0400]),
        (rank_sum, [0.3333, 0.2667, 0.2000, 0.1333, 0.0667]),
        (rank_reciprocal, [0.4380, 0.2190, 0.1460, 0.1095, 0.0876]),
    ],
)
def test_the_weights_of_five_criteria(rule: Rule, expected: list[float]) -> None:
    """The formulas of Barron & Barrett (1996) for five attributes, to four digits."""
    assert rule([1, 2, 3, 4, 5]).round(4).tolist() == expected


@pytest.mark.parametrize("n", [1, 2, 3, 7, 14, 60])
def test_the_formulas_in_exact_arithmetic(n: int) -> None:
    order = range(1, n + 1)
    centroid = [sum((Fraction(1, k) for k in range(r, n + 1)), Fraction(0)) / n for r in order]
    steps = [Fraction(2 * (n + 1 - r), n * (n + 1)) for r in order]
    reciprocal = [Fraction(1, r) / sum(Fraction(1, k) for k in order) for r in order]
    by_rule: list[list[Fraction]] = [centroid, steps, reciprocal]
    for rule, exact in zip(RULES, by_rule, strict=True):
        assert rule(list(order)) == pytest.approx([float(w) for w in exact], abs=1e-15)


def test_the_centroid_is_the_mean_of_the_corners_of_what_the_order_allows() -> None:
    """The weights with w1 >= w2 >= ... have the corners (1, 0, ..), (1/2, 1/2, 0, ..), ..."""
    n = 6
    corners = np.array([[1 / k] * k + [0] * (n - k) for k in range(1, n + 1)])
    assert rank_order_centroid(range(1, n + 1)) == pytest.approx(corners.mean(axis=0), abs=1e-15)


def test_tied_criteria_share_the_mean_of_their_positions() -> None:
    # By hand: the centroid of three is 11/18, 5/18, 2/18; the first two share 16/18.
    assert rank_order_centroid([1, 1, 3]) == pytest.approx([4 / 9, 4 / 9, 1 / 9], abs=1e-15)
    assert rank_sum([1, 1, 3]) == pytest.approx([5 / 12, 5 / 12, 2 / 12], abs=1e-15)
    assert rank_reciprocal([1, 1, 3]) == pytest.approx([9 / 22, 9 / 22, 4 / 22], abs=1e-15)


@every_rule
def test_only_the_order_counts_not_how_it_is_numbered(rule: Rule) -> None:
    expected = rule([2, 1, 1, 4]).tolist()
    assert rule([3, 1, 1, 4]).tolist() == expected
    assert rule([-1.5, -20.0, -20.0, 1e9]).tolist() == expected


@every_rule
def test_all_tied_is_all_equal(rule: Rule) -> None:
    assert rule([1] * 60) == pytest.approx([1 / 60] * 60, abs=1e-15)


@every_rule
def test_one_criterion_takes_all(rule: Rule) -> None:
    assert rule([7]).tolist() == [1.0]


@every_rule
@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ([], "one number for each criterion"),
        ([[1, 2]], "one number for each criterion"),
        ([1, float("nan")], "a rank is not a finite number"),
        ([1, float("inf")], "a rank is not a finite number"),
    ],
)
def test_what_is_no_order_is_refused(rule: Rule, bad: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        rule(bad)


@every_rule
@given(ranks=rankings, seed=st.integers(0, 1000))
def test_weights_follow_the_criteria_in_any_listing(
    rule: Rule, ranks: list[int], seed: int
) -> None:
    shuffled = np.random.default_rng(seed).permutation(len(ranks))
    weights = rule(ranks)
    assert rule([ranks[i] for i in shuffled]).tolist() == weights[shuffled].tolist()


@every_rule
@given(ranks=rankings)
def test_weights_sum_to_one_and_rank_as_they_were_ranked(rule: Rule, ranks: list[int]) -> None:
    weights = rule(ranks)
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    assert weights.min() > 0
    by_weight = competition_ranks(weights, tolerance=1e-12)
    assert by_weight.tolist() == competition_ranks(-np.array(ranks, dtype=float)).tolist()


@given(n=st.integers(2, 60))
def test_the_centroid_is_steeper_than_the_rank_sum_at_the_top(n: int) -> None:
    order = range(1, n + 1)
    top = [float(rule(order)[0]) for rule in RULES]
    assert top[0] > top[1]


def test_the_order_of_a_perspective_serves(shipped: Question) -> None:
    """Of its 14 criteria, two pairs tie: at 20 and at 15 points."""
    points = perspective_points(shipped, shipped.perspective("ukraine"))
    weights = rank_order_centroid([-given for given in points.values()])
    by_id = dict(zip(points, weights.tolist(), strict=True))
    assert by_id["ukraine-consent"] == max(by_id.values())
    assert by_id["ukraine-consent"] == pytest.approx(sum(1 / k for k in range(1, 15)) / 14)
    assert by_id["retaliation"] == by_id["time-to-effect"]
    again = evaluate(shipped, by_id)
    assert again.weights == pytest.approx(weights, abs=1e-15)
