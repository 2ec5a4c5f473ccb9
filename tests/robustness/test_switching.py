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
from dashboard.robustness.switching import nearest_switch
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
