"""Partial values: hand-worked cases, the published example of a bent curve, and properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.methods.arrays import performance
from dashboard.methods.partial_values import partial_values
from dashboard.model.question import Question
from tests.conftest import fixture_json

RISING = ((0.0, 0.0), (45.0, 100.0))
FALLING = ((10.0, 0.0), (0.0, 100.0))
BENT = ((0.0, 0.0), (400.0, 50.0), (2500.0, 100.0))


def test_anchors_are_worth_0_and_100_and_the_line_between_is_straight() -> None:
    column = np.array([[0.0], [9.0], [45.0]])
    assert partial_values(column, [RISING]).ravel().tolist() == [0.0, 20.0, 100.0]


def test_less_is_better_where_the_best_anchor_is_the_smaller() -> None:
    column = np.array([[10.0], [3.0], [0.0]])
    assert partial_values(column, [FALLING]).ravel().tolist() == [0.0, 70.0, 100.0]


def test_a_bent_curve_passes_through_its_points() -> None:
    column = np.array([[0.0], [200.0], [400.0], [1450.0], [2500.0]])
    assert partial_values(column, [BENT]).ravel().tolist() == [0.0, 25.0, 50.0, 75.0, 100.0]


def test_beyond_an_anchor_the_value_is_the_anchors() -> None:
    column = np.array([[-5.0], [60.0]])
    assert partial_values(column, [RISING]).ravel().tolist() == [0.0, 100.0]


def test_the_number_of_curves_must_fit() -> None:
    with pytest.raises(ValueError, match=r"\(1, 2\) performances do not fit 1 curves"):
        partial_values(np.zeros((1, 2)), [RISING])


def test_the_shipped_question_has_the_values_of_the_decision_model(shipped: Question) -> None:
    curves = [criterion.points for criterion in shipped.criteria]
    values = partial_values(performance(shipped).likely, curves)
    expected = fixture_json("values")
    for row, proposal in enumerate(shipped.proposals):
        for column, criterion in enumerate(shipped.criteria):
            # Printed to one decimal.
            assert values[row, column] == pytest.approx(
                expected[criterion.id][proposal.id], abs=0.051
            )


@given(
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6),
    st.lists(st.floats(-2e6, 2e6), min_size=1, max_size=20),
)
def test_values_stay_within_0_and_100_and_never_fall_towards_the_best_anchor(
    worst: float, best: float, performances: list[float]
) -> None:
    if abs(best - worst) < 1e-6:
        return
    towards_best = sorted(performances, reverse=best < worst)
    curve = ((worst, 0.0), (best, 100.0))
    values = partial_values(np.array(towards_best)[:, None], [curve]).ravel()
    assert np.all((values >= 0) & (values <= 100))
    assert np.all(np.diff(values) >= -1e-9)
