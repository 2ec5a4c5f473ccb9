"""Benefit without cost set against cost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dashboard.methods.arrays import Floats
from dashboard.methods.value_moments import ValueMoments
from dashboard.model.question import Question
from dashboard.robustness.benefit_cost import (
    benefit_against_cost,
    benefit_cost_errors,
    cost_criteria,
    is_undecided,
)
from tests.oracles import exact_moments

VALUES = np.array(
    [
        [10.0, 30.0, 100.0],  # cheap, little
        [60.0, 60.0, 50.0],  # dearer, more
        [50.0, 50.0, 40.0],  # beaten by the second
        [80.0, 80.0, 0.0],  # dearest, most
    ]
)
WEIGHTS = np.array([0.2, 0.2, 0.6])


def test_a_hand_worked_case() -> None:
    result = benefit_against_cost(VALUES, WEIGHTS, [2])
    assert result is not None
    assert result.benefit == pytest.approx([20, 60, 50, 80])
    assert result.cost == pytest.approx([0, 50, 60, 100])
    assert result.efficient == (True, True, False, True)
    assert result.beaten_by == (None, None, 1, None)


def test_the_weight_of_cost_has_no_say() -> None:
    light = benefit_against_cost(VALUES, np.array([0.5, 0.5, 0.0]), [2])
    heavy = benefit_against_cost(VALUES, np.array([0.005, 0.005, 0.99]), [2])
    assert light is not None
    assert heavy is not None
    assert light.benefit == pytest.approx(heavy.benefit)
    assert light.cost == pytest.approx(heavy.cost)


def test_of_two_that_beat_it_the_one_named_is_efficient() -> None:
    values = np.array([[50.0, 50.0], [70.0, 60.0], [70.0, 80.0]])
    result = benefit_against_cost(values, np.array([0.5, 0.5]), [1])
    assert result is not None
    assert result.beaten_by == (2, 2, None)


def test_equal_options_beat_neither() -> None:
    result = benefit_against_cost(np.full((3, 2), 40.0), np.array([0.5, 0.5]), [0])
    assert result is not None
    assert result.efficient == (True, True, True)


def test_public_cost_is_the_one_cost_of_the_shipped_question(shipped: Question) -> None:
    """Recovery money is counted in euros too, but more of it is better."""
    found = cost_criteria(shipped.criteria)
    assert [shipped.criteria[j].id for j in found] == ["public-cost"]


@pytest.mark.parametrize(
    ("unit", "is_cost"),
    [
        ("EUR m, 5 yr", True),
        ("$ per year", True),
        ("\u20acm", True),
        ("USD/MWh", True),
        ("EURO-like levels", False),
        ("eur", False),
        ("% of reference pool", False),
        ("months", False),
    ],
)
def test_money_is_known_by_its_unit(shipped: Question, unit: str, is_cost: bool) -> None:
    cost = shipped.criterion("public-cost").model_copy(update={"unit": unit})
    assert cost_criteria([cost]) == ((0,) if is_cost else ())


def test_without_cost_or_without_benefit_there_is_nothing_to_set_against() -> None:
    assert benefit_against_cost(VALUES, WEIGHTS, []) is None
    assert benefit_against_cost(VALUES, np.array([0.0, 0.0, 1.0]), [2]) is None
    assert benefit_against_cost(VALUES[:, :1], np.ones(1), [0]) is None


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match=r"values of shape \(4, 3\) do not fit 2 weights"):
        benefit_against_cost(VALUES, np.array([0.5, 0.5]), [0])
    with pytest.raises(ValueError, match=r"cost criteria \[3\] are not all among 3 criteria"):
        benefit_against_cost(VALUES, WEIGHTS, [3])


@given(arrays(np.float64, (6, 4), elements=st.floats(0, 100)))
def test_someone_is_efficient_and_nobody_efficient_is_beaten(values: Floats) -> None:
    result = benefit_against_cost(values, np.full(4, 0.25), [3])
    assert result is not None
    assert any(result.efficient)
    for i, by in enumerate(result.beaten_by):
        if by is not None:
            assert result.efficient[by]
            assert result.benefit[by] >= result.benefit[i] - 1e-9
            assert result.cost[by] <= result.cost[i] + 1e-9


def test_errors_have_the_weights_of_their_side_rescaled() -> None:
    """Half-widths 6, 8 and 10 with weights 0.25, 0.25 for benefit and 0.5 for cost."""
    values = np.array([[50.0, 50.0, 50.0]])
    moments = ValueMoments(values, np.array([[6.0, 8.0, 10.0]]) ** 2)
    weights = np.array([0.25, 0.25, 0.5])
    errors = benefit_cost_errors(moments, weights, [2])
    # Half of 6 and half of 8 are 5 by squares; the cost stands alone. 1.28 of each is the error.
    assert errors.benefit == pytest.approx([1.28 * 5.0])
    assert errors.cost == pytest.approx([1.28 * 10.0])


@pytest.mark.parametrize(
    ("benefit_gap", "cost_gap", "undecided"),
    [(4.0, 4.0, True), (6.0, 4.0, False), (4.0, 6.0, False), (6.0, 6.0, False)],
)
def test_off_the_frontier_is_undecided_only_within_both_errors(
    benefit_gap: float, cost_gap: float, undecided: bool
) -> None:
    """1.28 standard deviations are 3 or 4 points, so the error of both gaps is 5."""
    values = np.array([[50.0, 50.0], [50.0 - benefit_gap, 50.0 - cost_gap]])
    moments = ValueMoments(values, (np.array([[3.0, 3.0], [4.0, 4.0]]) / 1.28) ** 2)
    weights = np.array([0.5, 0.5])
    found = benefit_against_cost(values, weights, [1])
    assert found is not None
    errors = benefit_cost_errors(moments, weights, [1])
    assert is_undecided(found, errors, 1) is undecided
    assert is_undecided(found, errors, 0) is False
    unknown = benefit_cost_errors(exact_moments(values), weights, [1])
    assert is_undecided(found, unknown, 1) is False
