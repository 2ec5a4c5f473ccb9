"""The linear best-worst method."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.methods.best_worst import best_worst_weights

Comparisons = tuple[int, int, list[float], list[float]]


@st.composite
def comparisons(draw: st.DrawFn) -> Comparisons:
    n = draw(st.integers(2, 6))
    scale = st.integers(1, 9).map(float)
    to_others = draw(st.lists(scale, min_size=n, max_size=n))
    to_worst = draw(st.lists(scale, min_size=n, max_size=n))
    best, worst = draw(st.permutations(range(n)))[:2]
    to_others[best] = to_worst[worst] = 1.0
    to_worst[best] = to_others[worst]
    return best, worst, to_others, to_worst


def exact_solution(case: Comparisons) -> tuple[list[Fraction], Fraction]:
    """The linear model solved on paper, in fractions.

    With xi fixed at 1 (weights in units of xi) every weight but two is as large as its two upper
    bounds allow, so that the weights depend on those of the best and the worst alone. The region of
    these two is cut out by lines that rise, hence the largest sum, which is the smallest xi, is at
    the corner where both are largest: the least b_max(w) that meets the least w_max(b).
    """
    best, worst, to_others, to_worst = case
    n = len(to_others)
    a = [Fraction(int(x)) for x in to_others]
    c = [Fraction(int(x)) for x in to_worst]
    others = [j for j in range(n) if j not in {best, worst}]
    # best <= slope * worst + offset, and slope * worst <= best + offset
    lines = [(a[worst], Fraction(1))] + [(a[j] * c[j], a[j] + 1) for j in others]
    corners = [(t + o) / (u - s) for (s, o), (u, t) in product(lines, lines) if u > s]
    w = min(corners)
    b = min(s * w + o for s, o in lines)
    weights = [Fraction(0)] * n
    weights[best], weights[worst] = b, w
    for j in others:
        weights[j] = min((b + 1) / a[j], c[j] * w + 1)
    total = sum(weights, Fraction(0))
    return [x / total for x in weights], 1 / total


def is_consistent(case: Comparisons) -> bool:
    _, worst, to_others, to_worst = case
    return all(x * y == to_others[worst] for x, y in zip(to_others, to_worst, strict=True))


def test_a_consistent_case_gives_the_ratios_that_were_given() -> None:
    """Choosing a car, the example of Rezaei: quality, price, comfort, safety, style.

    Every a_j b_j is 8, so the weights are exactly 4, 8, 2, 4 and 1 nineteenths.
    """
    weights, xi = best_worst_weights(1, 4, [2, 1, 4, 2, 8], [4, 8, 2, 4, 1])
    assert weights == pytest.approx(np.array([4, 8, 2, 4, 1]) / 19, abs=1e-9)
    assert xi == pytest.approx(0, abs=1e-9)


def test_an_inconsistent_case_proved_by_hand() -> None:
    """Mode of transport (load flexibility, accessibility, cost), the judgements of Rezaei.

    Proof of the optimum: w3 - 8 w1 <= xi, 2 w2 - w3 <= xi and 5 w1 - w2 <= xi, taken 8, 7 and 13
    times, add up to w1 + w2 + w3 = 1 <= 28 xi; at (2, 9, 17) / 28 all three are equalities.
    """
    weights, xi = best_worst_weights(2, 0, [8, 2, 1], [1, 5, 8])
    assert weights == pytest.approx(np.array([2, 9, 17]) / 28, abs=1e-9)
    assert xi == pytest.approx(1 / 28, abs=1e-9)


@given(comparisons())
def test_the_solver_finds_what_fractions_find(case: Comparisons) -> None:
    weights, xi = best_worst_weights(*case)
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    assert weights.min() >= 0
    if is_consistent(case):
        assert xi == pytest.approx(0, abs=1e-7)
        return
    exact, exact_xi = exact_solution(case)
    assert xi == pytest.approx(float(exact_xi), abs=1e-7)
    assert weights == pytest.approx([float(w) for w in exact], abs=1e-6)


@given(comparisons(), st.integers(0, 1000))
def test_weights_follow_the_criteria_in_any_listing(case: Comparisons, seed: int) -> None:
    best, worst, to_others, to_worst = case
    order = np.random.default_rng(seed).permutation(len(to_others)).tolist()
    weights, _ = best_worst_weights(*case)
    shuffled, _ = best_worst_weights(
        order.index(best),
        order.index(worst),
        [to_others[i] for i in order],
        [to_worst[i] for i in order],
    )
    assert shuffled == pytest.approx(weights[order], abs=1e-6)


@given(st.lists(st.integers(1, 100), min_size=2, max_size=60))
def test_judgements_read_off_weights_give_them_back(points: list[int]) -> None:
    points.sort()
    expected = np.array(points) / sum(points)
    best, worst = len(points) - 1, 0
    weights, xi = best_worst_weights(
        best, worst, expected[best] / expected, expected / expected[worst]
    )
    assert weights == pytest.approx(expected, abs=1e-7)
    assert xi == pytest.approx(0, abs=1e-7)


def test_all_equal_gives_equal_weights() -> None:
    weights, xi = best_worst_weights(0, 59, [1] * 60, [1] * 60)
    assert weights == pytest.approx([1 / 60] * 60, abs=1e-9)
    assert xi == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ((0, 1, [1, 2, 3], [2, 1]), "one judgement for each criterion"),
        ((0, 1, [[1, 2]], [[2, 1]]), "one judgement for each criterion"),
        ((0, 0, [1], [1]), "at least two criteria"),
        ((0, 2, [1, 2], [2, 1]), r"best \(0\) and worst \(2\) must be indices below 2"),
        ((-1, 0, [2, 1], [1, 2]), "must be indices below 2"),
        ((0, 0, [1, 2], [1, 2]), "the best and the worst criterion are the same"),
        ((0, 1, [1, 0.5], [0.5, 1]), "judgements must be finite and 1 or more"),
        ((0, 1, [1, float("nan")], [2, 1]), "judgements must be finite and 1 or more"),
        ((0, 1, [1, float("inf")], [float("inf"), 1]), "judgements must be finite and 1 or more"),
        ((0, 1, [2, 2], [2, 1]), "the best to itself and the worst to itself must be 1"),
        ((0, 1, [1, 2], [2, 2]), "the best to itself and the worst to itself must be 1"),
        ((0, 1, [1, 2], [3, 1]), "best to worst is 2 in one vector and 3 in the other"),
    ],
)
def test_what_cannot_be_compared_is_refused(case: Comparisons, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        best_worst_weights(*case)
