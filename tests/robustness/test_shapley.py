"""The split of a gap over criteria, against all orders in exact fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import equal_branch_points, normalise_points, perspective_points
from dashboard.model.question import Question
from dashboard.robustness.shapley import _shapley, additive_split, divide, shapley_split


def by_all_orders(d: list[int], a: list[Fraction], b: list[Fraction]) -> list[Fraction]:
    """The definition itself: what each adds, averaged over all orders."""
    n = len(d)
    parts, orders = [Fraction(0)] * n, list(permutations(range(n)))

    def gap(taken: set[int]) -> Fraction:
        weights = [b[j] if j in taken else a[j] for j in range(n)]
        return sum((w * x for w, x in zip(weights, d, strict=True)), Fraction(0)) / sum(weights)

    for order in orders:
        taken: set[int] = set()
        for j in order:
            parts[j] += gap(taken | {j}) - gap(taken)
            taken.add(j)
    return [part / len(orders) for part in parts]


def shares(points: list[int]) -> list[Fraction]:
    return [Fraction(point, sum(points)) for point in points]


def floats(fractions: list[Fraction]) -> Floats:
    return np.array([float(fraction) for fraction in fractions])


def test_a_voting_game_by_hand() -> None:
    """Votes 2, 1, 1 with a majority of 3: the first decides in four of the six orders."""
    worth = np.array([float(2 * (s & 1) + (s >> 1 & 1) + (s >> 2) >= 3) for s in range(8)])
    assert _shapley(worth, 3) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_an_airport_game_by_hand() -> None:
    """Runways of cost 1, 3 and 6: each stretch is shared by those who need it.

    The rule is that of Littlewood & Owen (1973), International Journal of Game Theory 2, 107-113.
    """
    cost = [1.0, 3.0, 6.0]
    worth = np.array(
        [max([c for j, c in enumerate(cost) if s >> j & 1], default=0) for s in range(8)]
    )
    assert _shapley(worth, 3) == pytest.approx([1 / 3, 1 / 3 + 1, 1 / 3 + 1 + 3])


def test_two_criteria_by_hand() -> None:
    """Weights 3:1 to 1:1 on differences 60 and -20; v runs 40, then 100/3 or 28, then 20.

    From A (3/4, 1/4): with the first from B (1/2, 1/4) the gap is (30 - 5) / (3/4) = 100/3; with
    the second from B (3/4, 1/2) it is (45 - 10) / (5/4) = 28; with both it is 20.
    """
    a, b = np.array([0.75, 0.25]), np.array([0.5, 0.5])
    first = ((100 / 3 - 40) + (20 - 28)) / 2
    second = ((28 - 40) + (20 - 100 / 3)) / 2
    parts = shapley_split(np.array([60.0, -20.0]), a, b)
    assert parts == pytest.approx([first, second], abs=1e-12)
    assert additive_split(np.array([60.0, -20.0]), a, b).tolist() == [-15, -5]


@given(
    st.lists(st.integers(-100, 100), min_size=4, max_size=4),
    st.lists(st.integers(1, 20), min_size=4, max_size=4),
    st.lists(st.integers(0, 20), min_size=4, max_size=4).filter(any),
)
def test_parts_are_those_of_the_definition(d: list[int], a: list[int], b: list[int]) -> None:
    expected = by_all_orders(d, shares(a), shares(b))
    parts = shapley_split(np.array(d, dtype=float), floats(shares(a)), floats(shares(b)))
    assert parts == pytest.approx(floats(expected), abs=1e-9)


VALUES = arrays(np.float64, (2, 9), elements=st.floats(0, 100))
POINTS = arrays(np.float64, 9, elements=st.floats(0.01, 100))


@given(VALUES, POINTS, POINTS)
def test_parts_add_up_to_the_change_of_the_gap(
    values: Floats, points_a: Floats, points_b: Floats
) -> None:
    a, b = points_a / points_a.sum(), points_b / points_b.sum()
    for split in ("shapley", "additive"):
        division = divide(values, a, b, (0, 1), split=split)
        assert division is not None
        assert division.parts.sum() == pytest.approx(division.gap_b - division.gap_a, abs=1e-9)


@given(VALUES, POINTS, POINTS, st.permutations(range(9)))
def test_the_split_is_fair(
    values: Floats, points_a: Floats, points_b: Floats, order: list[int]
) -> None:
    """Order does not matter, equal criteria get the same, and the way back is the reverse."""
    d, a, b = values[0] - values[1], points_a / points_a.sum(), points_b / points_b.sum()
    parts = shapley_split(d, a, b)
    assert shapley_split(d[order], a[order], b[order]) == pytest.approx(parts[order], abs=1e-9)
    assert shapley_split(d, b, a) == pytest.approx(-parts, abs=1e-9)
    assert shapley_split(3 * d, a, b) == pytest.approx(3 * parts, abs=1e-8)
    twin = [0, *range(9)]
    doubled = [weights[twin] / weights[twin].sum() for weights in (points_a, points_b)]
    both = shapley_split(d[twin], doubled[0], doubled[1])
    assert both[0] == pytest.approx(both[1], abs=1e-9)


def test_a_criterion_with_the_same_weight_gets_nothing_and_counts_for_nothing() -> None:
    """60 criteria, 59 of them alike to both: the exact split still goes through."""
    a = np.full(60, 1 / 60)
    b = a.copy()
    b[[3, 7]] += np.array([0.005, -0.005])
    d = np.linspace(-50, 50, 60)
    parts = shapley_split(d, a, b)
    assert np.flatnonzero(parts).tolist() == [3, 7]
    assert parts.sum() == pytest.approx(d @ (b - a), abs=1e-12)


def test_twenty_criteria_are_split_exactly_and_more_are_refused() -> None:
    a = np.arange(1.0, 21.0)
    b = a[::-1].copy()
    d = np.cos(np.arange(20.0)) * 50
    parts = shapley_split(d, a / a.sum(), b / b.sum())
    assert parts.sum() == pytest.approx(d @ (b - a) / a.sum(), abs=1e-9)
    a = np.arange(1.0, 23.0)
    b = a[::-1].copy()
    d = np.ones(22)
    with pytest.raises(ValueError, match=r"weights differ on 22 criteria: .* use the additive"):
        shapley_split(d, a / a.sum(), b / b.sum())
    assert additive_split(d, a / a.sum(), b / b.sum()).sum() == pytest.approx(0, abs=1e-12)


def test_perspectives_without_a_criterion_in_common_are_refused() -> None:
    a, b = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    with pytest.raises(ValueError, match="no weighted criterion in common"):
        shapley_split(np.array([10.0, 20.0]), a, b)
    assert additive_split(np.array([10.0, 20.0]), a, b).tolist() == [-10, 20]


def test_equal_perspectives_are_divided_by_nothing() -> None:
    a = np.array([0.4, 0.6])
    division = divide(np.array([[10.0, 20.0], [30.0, 0.0]]), a, a, (0, 1))
    assert division is not None
    assert division.parts.tolist() == [0, 0]
    assert division.criterion is None


def test_what_divides_the_shipped_perspectives(shipped: Question) -> None:
    values = evaluate(shipped, equal_branch_points(shipped.branches)).values
    ids = [proposal.id for proposal in shipped.proposals]

    def weights(perspective: str) -> Floats:
        points = perspective_points(shipped, shipped.perspective(perspective))
        return normalise_points([points[criterion.id] for criterion in shipped.criteria])

    # Both put the status quo first.
    assert divide(values, weights("ukraine"), weights("finance")) is None
    division = divide(values, weights("interior"), weights("nato-security"))
    assert division is not None
    assert (ids[division.first], ids[division.second]) == ("status-quo", "nato-integration")
    # Section 12: 52.7 - 47.5 and 43.2 - 48.5.
    assert division.gap_a == pytest.approx(5.2, abs=0.11)
    assert division.gap_b == pytest.approx(-5.3, abs=0.11)
    assert division.parts.sum() == pytest.approx(division.gap_b - division.gap_a, abs=1e-9)
    assert division.criterion is not None
    assert shipped.criteria[division.criterion].id == "intelligence-yield"
    assert division.parts.argmin() == division.criterion


@given(arrays(np.float64, (4, 5), elements=st.floats(0, 100)), POINTS, POINTS)
def test_leaders_are_on_their_own_side_of_the_gap(
    values: Floats, points_a: Floats, points_b: Floats
) -> None:
    a, b = points_a[:5] / points_a[:5].sum(), points_b[:5] / points_b[:5].sum()
    division = divide(values, a, b)
    assume(division is not None)
    assert division is not None
    assert division.gap_a > 0 > division.gap_b
    assert division.criterion is not None
    assert division.parts[division.criterion] < 0


@pytest.mark.parametrize(
    ("pair", "message"),
    [((0, 0), "0 and 0 are not two of 2"), ((0, 2), "0 and 2 are not"), ((-1, 0), "-1 and 0")],
)
def test_alternatives_that_are_not_there_are_refused(pair: tuple[int, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        divide(np.ones((2, 2)), np.array([0.5, 0.5]), np.array([0.4, 0.6]), pair)


def test_arrays_that_do_not_fit_are_refused() -> None:
    half = np.array([0.5, 0.5])
    with pytest.raises(ValueError, match="two perspectives need a weight each for the same"):
        divide(np.ones((2, 2)), half, np.ones(3) / 3)
    with pytest.raises(ValueError, match=r"values of shape \(2, 3\) do not fit 2 weights"):
        divide(np.ones((2, 3)), half, half)
    with pytest.raises(ValueError, match="weights must not be negative and must sum to 1"):
        divide(np.ones((2, 2)), half, np.array([1.5, -0.5]))
    for split in (shapley_split, additive_split):
        with pytest.raises(ValueError, match="differences must be finite, one for each weight"):
            split(np.array([np.nan, 1.0]), half, half)
