"""The nearest weight that changes the leader."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import perspective_points
from dashboard.model.question import Question
from dashboard.robustness.score_lines import HOLDS_ALL, HOLDS_NONE, tree_nodes
from dashboard.robustness.switching import (
    ALWAYS_EQUAL,
    NEVER_EQUAL,
    Crossing,
    crossing_weights,
    nearest_switch,
)
from tests.conftest import fixture_json


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
    moves = []
    for criterion in range(4):
        if points[criterion] == sum(points):
            continue
        ends = [values @ reweighted(weights, criterion, at) for at in (0.0, 1.0)]
        for rival in range(5):
            start, stop = (float(end[leader] - end[rival]) for end in ends)
            if scores[leader] - scores[rival] > 1e-9 and min(start, stop) <= 0:
                at = start / (start - stop)
                moves.append((abs(at - weights[criterion]), criterion, rival, at))
    switch = nearest_switch(values, weights, leader)
    # A crossing at 0 or 1 is lost or found by the last digit; the nearest inside is not.
    inside = [move for move in moves if 1e-9 < move[3] < 1 - 1e-9]
    if inside:
        assert switch is not None
        assert abs(switch.at - switch.now) <= min(inside)[0] + 1e-9
    if switch is not None:
        tried = [m[3] for m in moves if m[1:3] == (switch.criterion, switch.new_leader)]
        assert tried == pytest.approx([switch.at], abs=1e-9)


def test_crossing_weights_of_a_hand_worked_pair() -> None:
    values = np.array([[100.0, 0.0, 50.0], [0.0, 60.0, 50.0]])
    weights = np.array([0.6, 0.2, 0.2])
    first, second, third, branch, _ = crossing_weights(values, weights, 0, 1, tree_nodes([2, 1]))
    # 100 t = 60 (1 - t) / 2 at 3/13, and 60 t = 100 (1 - t) 3/4 at 5/9. The third criterion makes
    # them level with all the weight, the branch of the first two with none.
    assert first == pytest.approx(Crossing(0.6, 3 / 13, 1, 0, None))
    assert second == pytest.approx(Crossing(0.2, 5 / 9, 0, 1, None))
    assert third == pytest.approx(Crossing(0.2, 1.0, 0, None, None))
    assert branch == pytest.approx(Crossing(0.8, 0.0, None, 0, None))


def test_crossing_weights_say_why_there_is_none() -> None:
    values = np.array([[90.0, 80.0, 1.0], [50.0, 40.0, 2.0], [90.0, 80.0, 1.0]])
    weights = np.array([0.5, 0.5, 0.0])
    ahead = crossing_weights(values, weights, 0, 1)[0]
    assert ahead == (0.5, None, 0, 0, NEVER_EQUAL)
    assert crossing_weights(values, weights, 1, 0)[0] == (0.5, None, 0, 0, NEVER_EQUAL)
    assert crossing_weights(values, weights, 0, 2)[0] == (0.5, None, None, None, ALWAYS_EQUAL)
    nodes = [(0, 1), (2,)]
    assert crossing_weights(values, weights, 0, 1, nodes)[0][1:] == (None, None, None, HOLDS_ALL)
    lone, empty = np.array([1.0, 0.0, 0.0]), [(1, 2)]
    assert crossing_weights(values, lone, 0, 1, empty)[0][1:] == (None, None, None, HOLDS_NONE)
    with pytest.raises(ValueError, match="rows 0 and 3 are not two of 3"):
        crossing_weights(values, weights, 0, 3)


@given(
    arrays(np.float64, (2, 4), elements=st.integers(0, 20).map(float)),
    arrays(np.float64, 4, elements=st.integers(1, 50).map(float)),
)
def test_at_its_crossing_weight_a_pair_is_level(values: Floats, raw: Floats) -> None:
    weights = raw / raw.sum()
    for criterion, crossing in enumerate(crossing_weights(values, weights, 0, 1)):
        if crossing.at is not None:
            level = values @ reweighted(weights, criterion, crossing.at)
            assert level[0] == pytest.approx(level[1], abs=1e-9)
        for at, ahead in ((0.0, crossing.ahead_below), (1.0, crossing.ahead_above)):
            scores = values @ reweighted(weights, criterion, at)
            if ahead is not None:
                assert scores[ahead] > scores[1 - ahead]
