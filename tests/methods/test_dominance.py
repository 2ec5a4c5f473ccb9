"""Dominance before any weight."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dashboard.methods.arrays import Floats
from dashboard.methods.dominance import dominated_pairs, nearly_dominated
from dashboard.methods.evaluate import evaluate
from dashboard.methods.value_moments import DECIDED, SharedErrors, ValueMoments
from dashboard.methods.weights import equal_branch_points
from dashboard.model.question import Question


def test_an_option_that_is_nowhere_better_and_somewhere_worse_is_dominated() -> None:
    values = np.array([[50.0, 50.0], [50.0, 40.0], [60.0, 0.0]])
    assert dominated_pairs(values) == [(1, 0)]


def test_equal_options_do_not_dominate_each_other() -> None:
    assert dominated_pairs(np.array([[30.0, 70.0], [30.0, 70.0]])) == []


def test_no_option_of_the_shipped_question_is_dominated(shipped: Question) -> None:
    evaluation = evaluate(shipped, equal_branch_points(shipped.branches))
    assert dominated_pairs(evaluation.values) == []


@given(
    arrays(np.float64, (6, 4), elements=st.floats(0, 100)),
    arrays(np.float64, 4, elements=st.floats(0.01, 1)),
)
def test_no_weights_put_a_dominated_option_above_its_dominator(
    values: Floats, raw_weights: Floats
) -> None:
    scores = values @ (raw_weights / raw_weights.sum())
    for alternative, by in dominated_pairs(values):
        assert scores[alternative] <= scores[by] + 1e-9


def test_ahead_on_one_criterion_within_its_error_is_nearly_dominated() -> None:
    values = np.array([[52.0, 20.0, 30.0], [50.0, 40.0, 30.0], [90.0, 10.0, 90.0]])
    off = np.array([[3.0, 1.0, 1.0], [4.0, 1.0, 1.0], [1.0, 1.0, 1.0]])
    (pair,) = nearly_dominated(values, moments(values, off))
    assert (pair.alternative, pair.by, pair.criterion) == (0, 1, 0)
    assert pair.mean == 2.0
    assert pair.error == pytest.approx(5.0)


def moments(values: Floats, errors: Floats) -> ValueMoments:
    """Of values that are off by so much: 3 and 4 together by 5."""
    return ValueMoments(values, (errors / DECIDED) ** 2)


def test_two_that_share_their_error_are_not_nearly_dominated() -> None:
    values = np.array([[52.0, 20.0], [50.0, 40.0]])
    alone = moments(values, np.array([[30.0, 0.0], [30.0, 0.0]]))
    assert len(nearly_dominated(values, alone)) == 1
    together = SharedErrors(0, np.zeros(2, np.int64), np.full((2, 1), 30 / DECIDED))
    assert nearly_dominated(values, replace(alone, shared=(together,))) == []


@pytest.mark.parametrize(
    "first",
    [
        [55.1, 20.0],  # ahead by more than the error of 5
        [52.0, 41.0],  # ahead on both
        [52.0, 40.0],  # nowhere behind: it dominates
        [50.0, 20.0],  # ahead nowhere: it is dominated
    ],
)
def test_what_is_decided_or_level_is_not_nearly_dominated(first: list[float]) -> None:
    values = np.array([first, [50.0, 40.0]])
    found = nearly_dominated(values, moments(values, np.array([[3.0, 0.0], [4.0, 0.0]])))
    assert [pair for pair in found if pair.alternative == 0] == []


def test_the_shipped_question_has_no_nearly_dominated_option(shipped: Question) -> None:
    evaluation = evaluate(shipped, {criterion.id: 1.0 for criterion in shipped.criteria})
    assert nearly_dominated(evaluation.values, evaluation.moments) == []
