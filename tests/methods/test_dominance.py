"""Dominance before any weight."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dashboard.methods.arrays import Floats
from dashboard.methods.dominance import dominated_pairs
from dashboard.methods.evaluate import evaluate
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
