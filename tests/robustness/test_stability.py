"""Stability intervals, against the crossings in exact arithmetic and the decision model."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import normalise_points, perspective_points
from dashboard.model.question import Question
from dashboard.robustness.score_lines import (
    ALONE,
    HOLDS_ALL,
    HOLDS_NONE,
    LOCKED,
    score_lines,
    tree_nodes,
)
from dashboard.robustness.stability import (
    OrderInterval,
    StabilityInterval,
    Swap,
    stability_intervals,
)
from tests.conftest import fixture_json

Matrix = list[list[int]]
TINY = Fraction(1, 10**15)


def exact_scores(
    values: Matrix, points: Sequence[int], node: Sequence[int], at: Fraction
) -> list[Fraction]:
    """Scores with the node at a weight, proportions kept, in rational arithmetic."""
    inside = Fraction(sum(points[j] for j in node))
    outside = sum(points) - inside
    weights = [
        (at / len(node) if inside == 0 else at * p / inside)
        if j in node
        else (1 - at) * p / outside
        for j, p in enumerate(points)
    ]
    return [sum((w * v for w, v in zip(weights, row, strict=True)), Fraction(0)) for row in values]


def crossings(values: Matrix, points: Sequence[int], node: Sequence[int]) -> list[Fraction]:
    """Every weight strictly between 0 and 1 at which any two rows cross, with 0 and 1."""
    zero, one = (exact_scores(values, points, node, Fraction(end)) for end in (0, 1))
    found = {Fraction(0), Fraction(1)}
    for a in range(len(values)):
        for b in range(a):
            start, stop = zero[a] - zero[b], one[a] - one[b]
            if start * stop < 0:
                found.add(start / (start - stop))
    return sorted(found)


def order_of(scores: Sequence[Fraction]) -> list[list[int]]:
    return [[(a > b) - (a < b) for b in scores] for a in scores]


def exact_ends(
    values: Matrix, points: Sequence[int], node: Sequence[int], leader: int | None
) -> tuple[Fraction, Fraction]:
    """Walk over the crossings, both ways, while the leader leads or else the order holds."""

    def holds(at: Fraction) -> bool:
        scores = exact_scores(values, points, node, at)
        if leader is not None:
            return scores[leader] == max(scores)
        return order_of(scores) == order_of(exact_scores(values, points, node, now))

    now = Fraction(sum(points[j] for j in node), sum(points))
    stops = sorted({*crossings(values, points, node), now})
    here = stops.index(now)
    low = high = here
    while low > 0 and holds((stops[low] + stops[low - 1]) / 2):
        low -= 1
    while high < len(stops) - 1 and holds((stops[high] + stops[high + 1]) / 2):
        high += 1
    return stops[low], stops[high]


matrices = st.integers(1, 5).flatmap(
    lambda m: st.lists(st.lists(st.integers(0, 10), min_size=4, max_size=4), min_size=m, max_size=m)
)
all_points = st.lists(st.integers(0, 6), min_size=4, max_size=4).filter(any)
NODES = [*tree_nodes([1, 3]), (0, 1)]


@settings(max_examples=60)
@given(matrices, all_points)
def test_the_intervals_are_those_of_exact_arithmetic(values: Matrix, points: list[int]) -> None:
    array = np.array(values, dtype=np.float64)
    weights = normalise_points(points)
    scores = [sum(p * v for p, v in zip(points, row, strict=True)) for row in values]
    leader = scores.index(max(scores))
    for node, found in zip(NODES, stability_intervals(array, weights, NODES), strict=True):
        held = sum(points[j] for j in node)
        if held == sum(points):
            assert found[1:] == (None, None, HOLDS_ALL)
            continue
        if held == 0 and len(node) > 1:
            assert found[1:] == (None, None, HOLDS_NONE)
            continue
        assert found.leader is not None
        assert found.order is not None
        assert found.now == pytest.approx(held / sum(points), abs=1e-15)

        low, high = exact_ends(values, points, node, leader)
        assert found.leader[:2] == pytest.approx((float(low), float(high)), abs=1e-12)
        assert (found.leader.below is None) == (low == 0)
        assert (found.leader.above is None) == (high == 1)
        for row, end in ((found.leader.below, low - TINY), (found.leader.above, high + TINY)):
            if row is not None:
                beyond = exact_scores(values, points, node, end)
                assert beyond[row] == max(beyond) > beyond[leader]

        low, high = exact_ends(values, points, node, None)
        assert found.order[:2] == pytest.approx((float(low), float(high)), abs=1e-12)
        assert (found.order.below is None) == (low == 0)
        assert (found.order.above is None) == (high == 1)
        for swap, inner, end in (
            (found.order.below, low, low - TINY),
            (found.order.above, high, high + TINY),
        ):
            if swap is not None:
                level = exact_scores(values, points, node, inner)
                beyond = exact_scores(values, points, node, end)
                assert level[swap.rises] == level[swap.falls]
                assert beyond[swap.rises] > beyond[swap.falls]
                assert scores[swap.rises] <= scores[swap.falls]


@given(matrices, all_points, st.integers(1, 9), st.permutations(range(4)))
def test_scale_and_the_order_of_criteria_change_nothing(
    values: Matrix, points: list[int], factor: int, order: list[int]
) -> None:
    array, weights = np.array(values, dtype=np.float64), normalise_points(points)
    plain = stability_intervals(array, weights)
    scaled = stability_intervals(array * factor + 7, weights)
    moved = stability_intervals(array[:, order], weights[order])
    for j, expected in enumerate(plain):
        for other in (scaled[j], moved[order.index(j)]):
            assert (other.leader is None) == (expected.leader is None)
            if expected.leader is not None and other.leader is not None:
                assert other.leader[:2] == pytest.approx(expected.leader[:2], abs=1e-9)
                assert other.leader[2:] == expected.leader[2:]


@given(matrices, all_points)
def test_a_duplicate_of_a_rival_changes_no_interval(values: Matrix, points: list[int]) -> None:
    array, weights = np.array(values, dtype=np.float64), normalise_points(points)
    doubled = np.vstack([array, array[-1]])
    for one, two in zip(
        stability_intervals(array, weights), stability_intervals(doubled, weights), strict=True
    ):
        assert (one.leader is None) == (two.leader is None)
        if one.leader and two.leader and one.order and two.order:
            assert one.leader == pytest.approx(two.leader, abs=1e-12)
            assert one.order[:2] == pytest.approx(two.order[:2], abs=1e-12)


@pytest.mark.parametrize("perspective", sorted(fixture_json("switches")))
def test_the_nearest_end_is_the_switch_of_the_decision_model(
    shipped: Question, perspective: str
) -> None:
    expected = fixture_json("switches")[perspective]
    evaluation = evaluate(shipped, perspective_points(shipped, shipped.perspective(perspective)))
    ends: list[tuple[float, int, float, int]] = []
    for j, node in enumerate(stability_intervals(evaluation.values, evaluation.weights)):
        assert node.leader is not None
        if node.leader.below is not None:
            ends.append((node.now - node.leader.low, j, node.leader.low, node.leader.below))
        if node.leader.above is not None:
            ends.append((node.leader.high - node.now, j, node.leader.high, node.leader.above))
    _, criterion, at, row = min(ends)
    assert shipped.criteria[criterion].id == expected["criterion"]
    assert shipped.proposals[row].id == expected["new_leader"]
    # The decision model searched a grid of 0.001 and printed one decimal of a percentage.
    assert at * 100 == pytest.approx(expected["weight_at_switch"], abs=0.151)


def test_a_hand_worked_tree() -> None:
    # Branch (0, 1) holds 0.6, split 1 : 2; the lone leaf 2 holds 0.4. Moving the branch to t gives
    # 30 t + 50 (1 - t), 60 t + 20 (1 - t) and 0 + 60 (1 - t): now 38, 44 and 24.
    values = np.array([[90.0, 0.0, 50.0], [0.0, 90.0, 20.0], [0.0, 0.0, 60.0]])
    branch = stability_intervals(values, np.array([0.2, 0.4, 0.4]), tree_nodes([2, 1]))[3]
    # The second and the first are level at t = 0.5; the first and the third at t = 0.25.
    assert branch.now == pytest.approx(0.6)
    assert branch.leader == pytest.approx(StabilityInterval(0.5, 1.0, 0, None))
    assert branch.order is not None
    assert branch.order[:2] == pytest.approx((0.5, 1.0))
    assert branch.order[2:] == (Swap(0, 1), None)


def test_nodes_are_the_leaves_and_then_the_branches() -> None:
    assert tree_nodes([2, 1]) == [(0,), (1,), (2,), (0, 1), (2,)]
    assert tree_nodes([]) == []


def test_tied_leaders_each_keep_the_side_where_the_other_loses() -> None:
    values, weights = np.array([[100.0, 0.0], [0.0, 100.0]]), np.array([0.5, 0.5])
    first = stability_intervals(values, weights)[0]
    other = stability_intervals(values, weights, leader=1)[0]
    assert first.leader == StabilityInterval(0.5, 1.0, 1, None)
    assert other.leader == StabilityInterval(0.0, 0.5, None, 0)
    # The tie is the order, so any move breaks it.
    assert first.order == OrderInterval(0.5, 0.5, Swap(1, 0), Swap(0, 1))


def test_a_tie_only_at_the_end_of_the_scale_takes_nothing_over() -> None:
    values = np.array([[100.0, 50.0], [0.0, 50.0]])
    node = stability_intervals(values, np.array([0.5, 0.5]))[0]
    assert node.leader == StabilityInterval(0.0, 1.0, None, None)
    assert node.order == OrderInterval(0.0, 1.0, None, None)


def test_a_criterion_with_all_the_weight_has_no_interval_but_the_others_have() -> None:
    values = np.array([[60.0, 0.0], [50.0, 100.0]])
    full, empty = stability_intervals(values, np.array([1.0, 0.0]))
    assert full == (1.0, None, None, HOLDS_ALL)
    # 60 (1 - t) = 50 (1 - t) + 100 t at t = 1/11.
    assert empty.now == 0
    assert empty.leader is not None
    assert empty.leader.low == 0
    assert empty.leader.high == pytest.approx(1 / 11)
    assert empty.leader[2:] == (None, 1)


def test_one_alternative_and_equal_alternatives_lead_at_every_weight() -> None:
    for values in (np.array([[3.0, 4.0]]), np.full((3, 2), 50.0)):
        for node in stability_intervals(values, np.array([0.3, 0.7])):
            assert node.leader == (0.0, 1.0, None, None)
            assert node.order == (0.0, 1.0, None, None)


def test_large_questions_stay_finite() -> None:
    rng = np.random.default_rng(0)
    values, weights = rng.random((200, 60)) * 100, rng.dirichlet(np.ones(60))
    nodes = stability_intervals(values, weights, tree_nodes([6] * 10))
    assert len(nodes) == 70
    for node in nodes:
        assert node.leader is not None
        assert node.order is not None
        low, high = node.order[:2]
        assert 0 <= node.leader.low <= low <= node.now <= high <= node.leader.high <= 1


def test_what_cannot_be_judged_is_refused() -> None:
    values, weights = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.5, 0.5])
    with pytest.raises(ValueError, match="row 0 does not lead"):
        stability_intervals(values, weights, leader=0)
    with pytest.raises(ValueError, match="row -1 does not lead"):
        stability_intervals(values, weights, leader=-1)
    with pytest.raises(ValueError, match="must sum to 1"):
        score_lines(values, np.array([0.5, 0.6]))
    with pytest.raises(ValueError, match="must sum to 1"):
        score_lines(values, np.array([np.nan, 1.0]))
    with pytest.raises(ValueError, match=r"\(3,\) weights do not fit 2 criteria"):
        score_lines(values, np.ones(3) / 3)
    with pytest.raises(ValueError, match="not a finite number"):
        score_lines(np.array([[np.inf, 0.0]]), weights)
    with pytest.raises(ValueError, match="not a matrix"):
        score_lines(np.zeros((0, 2)), weights)
    for node in ((), (0, 0), (2,), (-1,)):
        with pytest.raises(ValueError, match="not a group of different criteria"):
            score_lines(values, weights, [node])


def moved(weights: Floats, node: Sequence[int], locked: set[int], to: float) -> Floats:
    """The weights after a move, by the rules of the browser."""
    new = weights.copy()
    inside = [j for j in node if j not in locked]
    outside = [j for j in range(len(weights)) if j not in node and j not in locked]
    share = to - sum(weights[j] for j in node if j in locked)
    new[inside] *= share / weights[inside].sum() if len(inside) > 1 else 0
    if len(inside) == 1:
        new[inside] = share
    new[outside] *= (1 - new[inside].sum() - weights[list(locked)].sum()) / weights[outside].sum()
    return new


@pytest.mark.parametrize("seed", range(30))
def test_with_locks_the_interval_is_that_of_the_moves_that_are_left(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values, weights = rng.uniform(0, 100, (5, 6)), rng.dirichlet(np.ones(6))
    locked = {int(j) for j in rng.choice(6, 2, replace=False)}
    nodes = tree_nodes([1, 2, 3])
    leader = int(np.argmax(values @ weights))
    found = stability_intervals(values, weights, nodes, locked=sorted(locked))
    for node, stable in zip(nodes, found, strict=True):
        if set(node) <= locked:
            assert stable.undefined == LOCKED
            continue
        assert stable.leader is not None
        low, high, below, above = stable.leader
        floor = sum(weights[j] for j in node if j in locked)
        ceiling = 1 - sum(weights[j] for j in locked if j not in node)
        for end, limit, rival, step in ((low, floor, below, -1e-6), (high, ceiling, above, 1e-6)):
            scores = values @ moved(weights, node, locked, end)
            assert scores[leader] == pytest.approx(scores.max(), abs=1e-9)
            if rival is None:
                assert end == pytest.approx(limit, abs=1e-12)
                continue
            assert floor <= end <= ceiling
            beyond = values @ moved(weights, node, locked, end + step)
            assert beyond[rival] == beyond.max() > beyond[leader]


def test_a_weight_with_nothing_unlocked_beside_it_has_nothing_to_trade_with() -> None:
    values, weights = np.array([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]]), np.array([0.5, 0.25, 0.25])
    found = stability_intervals(values, weights, [(0,), (1,)], locked=[1, 2])
    assert [node.undefined for node in found] == [ALONE, LOCKED]
    assert [node.now for node in found] == [0.5, 0.25]
