"""Stability intervals, against the crossings in exact arithmetic and the decision model."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dashboard.methods.arrays import Floats
from dashboard.methods.dominance import dominated_pairs
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
    leading_row,
    nearest_switch,
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


# ------------------------------------------------------------------------------- the nearest


def reweighted(weights: Floats, criterion: int, at: float) -> Floats:
    """The weights with one moved, the others keeping their proportions."""
    moved: Floats = weights * (1 - at) / (1 - weights[criterion])
    moved[criterion] = at
    return moved


@pytest.mark.parametrize("perspective", sorted(fixture_json("switches")))
def test_the_switches_are_those_of_the_decision_model(shipped: Question, perspective: str) -> None:
    expected = fixture_json("switches")[perspective]
    points = perspective_points(shipped, shipped.perspective(perspective))
    evaluation = evaluate(shipped, points)
    switch = nearest_switch(evaluation.values, evaluation.weights, evaluation.order[0])
    assert switch is not None
    assert evaluation.leaders[0].id == expected["leader"]
    assert shipped.criteria[switch.criterion].id == expected["criterion"]
    assert shipped.proposals[switch.new_leader].id == expected["new_leader"]
    # The decision model searched a grid of 0.001 and printed one decimal of a percentage.
    assert switch.at * 100 == pytest.approx(expected["weight_at_switch"], abs=0.151)


def test_a_hand_worked_crossing() -> None:
    values = np.array([[100.0, 0.0], [0.0, 60.0]])
    switch = nearest_switch(values, np.array([0.6, 0.4]), 0)
    # 100 t = 60 (1 - t) at t = 0.375, in either weight; the first criterion is named.
    assert switch is not None
    assert (switch.criterion, switch.now, switch.new_leader) == (0, 0.6, 1)
    assert switch.at == pytest.approx(0.375)


def test_a_dominant_leader_cannot_be_overtaken() -> None:
    assert nearest_switch(np.array([[90.0, 80.0], [50.0, 40.0]]), np.array([0.5, 0.5]), 0) is None


def test_one_criterion_leaves_nothing_to_move() -> None:
    assert nearest_switch(np.array([[90.0], [50.0]]), np.array([1.0]), 0) is None


@given(
    arrays(np.float64, (5, 4), elements=st.integers(0, 100).map(float)),
    arrays(np.float64, 4, elements=st.integers(1, 50).map(float)),
)
def test_the_leader_holds_up_to_the_switch_and_loses_beyond_it(values: Floats, raw: Floats) -> None:
    weights = raw / raw.sum()
    scores = values @ weights
    leader = int(np.argmax(scores))
    assume(np.sum(scores > scores[leader] - 1e-6) == 1)
    switch = nearest_switch(values, weights, leader)
    for criterion in range(4):
        for direction in (-1, 1):
            reach = 1.0 if switch is None else abs(switch.at - switch.now) * 0.999
            at = float(np.clip(weights[criterion] + direction * reach, 0, 1))
            held = values @ reweighted(weights, criterion, at)
            assert held[leader] >= held.max() - 1e-7
    if switch is not None:
        at = switch.at + np.sign(switch.at - switch.now) * 1e-6
        if 0 <= at <= 1:
            lost = values @ reweighted(weights, switch.criterion, float(at))
            assert lost[switch.new_leader] > lost[leader] - 1e-9


@given(
    arrays(np.float64, (5, 4), elements=st.integers(0, 20).map(float)),
    st.lists(st.integers(0, 9), min_size=4, max_size=4).filter(any),
)
def test_no_nearer_switch_is_found_by_trying_each_rival_on_each_criterion(
    values: Floats, points: list[int]
) -> None:
    weights = np.array(points) / sum(points)
    scores = values @ weights
    leader = int(np.argmax(scores))
    assume(np.sum(scores > scores[leader] - 1e-6) == 1)
    moves = []
    for criterion in range(4):
        if points[criterion] == sum(points):
            continue
        ends = [values @ reweighted(weights, criterion, at) for at in (0.0, 1.0)]
        for rival in range(5):
            start, stop = (float(end[leader] - end[rival]) for end in ends)
            # A tie at 0 or 1 is no switch: the weight cannot go on until the rival is ahead.
            if scores[leader] - scores[rival] > 1e-9 and min(start, stop) < -1e-9:
                at = start / (start - stop)
                moves.append((abs(at - weights[criterion]), criterion, rival, at))
    switch = nearest_switch(values, weights, leader)
    assert (switch is not None) == bool(moves)
    if switch is not None:
        assert abs(switch.at - switch.now) == pytest.approx(min(moves)[0], abs=1e-9)
        tried = [m[3] for m in moves if m[1:3] == (switch.criterion, switch.new_leader)]
        assert tried == pytest.approx([switch.at], abs=1e-9)
        assert switch.rises == (switch.at > switch.now)


def test_a_tie_at_no_weight_or_all_of_it_is_no_switch() -> None:
    # The second equals the first but for one criterion, where it is worse.
    worse_on_one = np.array([[100.0, 100.0, 100.0], [100.0, 0.0, 100.0]])
    assert nearest_switch(worse_on_one, np.array([0.5, 0.2, 0.3])) is None
    of_two = np.array([[60.0, 80.0], [60.0, 40.0]])
    assert nearest_switch(of_two, np.array([0.9, 0.1])) is None


def test_a_real_switch_is_found_beside_a_nearer_tie() -> None:
    # The second ties at no weight on the second criterion; the third leads with more on the first.
    values = np.array([[60.0, 80.0], [60.0, 40.0], [70.0, 0.0]])
    switch = nearest_switch(values, np.array([0.5, 0.5]))
    assert switch is not None
    # 60 t + 80 (1 - t) = 70 t at t = 8/9.
    assert (switch.criterion, switch.new_leader, switch.rises) == (0, 2, True)
    assert switch.at == pytest.approx(8 / 9)


@given(
    arrays(np.float64, (4, 3), elements=st.integers(0, 3).map(float)),
    st.lists(st.integers(0, 3), min_size=3, max_size=3).filter(any),
)
def test_who_is_dominated_never_takes_over(values: Floats, points: list[int]) -> None:
    weights = np.array(points) / sum(points)
    dominated = {pair.alternative for pair in dominated_pairs(values)}
    if (switch := nearest_switch(values, weights)) is not None:
        assert switch.new_leader not in dominated
    for node in stability_intervals(values, weights):
        if node.leader is not None:
            assert not {node.leader.below, node.leader.above} & dominated


@given(
    arrays(np.float64, (4, 4), elements=st.integers(0, 3).map(float)),
    st.lists(st.integers(0, 3), min_size=4, max_size=4).filter(any),
    st.sets(st.integers(0, 3), max_size=3),
)
def test_whoever_takes_over_is_ahead_where_the_locks_end(
    values: Floats, points: list[int], locked: set[int]
) -> None:
    weights = np.array(points) / sum(points)
    leader = leading_row(values @ weights)
    found = stability_intervals(values, weights, locked=sorted(locked))
    for criterion, node in enumerate(found):
        if node.leader is None:
            continue
        others = [j for j in range(4) if j != criterion and j not in locked]
        free = weights[[criterion, *others]].sum()
        share = weights[others] / weights[others].sum()
        for end, row in ((0.0, node.leader.below), (free, node.leader.above)):
            moved = weights.copy()
            moved[criterion], moved[others] = end, (free - end) * share
            behind = (values @ moved).max() - (values @ moved)[leader]
            if abs(end - weights[criterion]) > 1e-9:
                assert (row is not None) == (behind > 1e-9)


def test_a_tie_where_the_locks_end_is_no_takeover() -> None:
    values = np.array([[8.0, 4.0, 0.0], [4.0, 8.0, 0.0]])
    weights = np.array([0.5, 0.25, 0.25])
    # The second ties at 0.375 each, and the first criterion may go down to nothing.
    free = stability_intervals(values, weights)[0].leader
    assert free is not None
    assert free.low == pytest.approx(1 / 3)
    assert free.below == 1
    # The first half of the weight is locked: the second can have no more than what the third has.
    locked = stability_intervals(values, weights, locked=[0])[1].leader
    assert locked == StabilityInterval(0.0, 0.5, None, None)
