"""The steps of a pair lead from one score to the other, and say which of them are undecided."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.model.question import Question
from dashboard.robustness.waterfall import waterfall
from tests.fitted import fitted_triangle, lead_over
from tests.report.questions import make_question

ROWS = {"a": (9.0, 2.0, 5.0, 4.0), "b": (4.0, 6.0, 5.0, 2.0)}


def even(question: Question) -> Evaluation:
    return evaluate(question, {c.id: 1.0 for c in question.criteria})


def test_steps_lead_from_the_second_score_to_the_first() -> None:
    fall = waterfall(even(make_question(ROWS)), "a", "b")
    assert (fall.second_score, fall.first_score, fall.gap) == (42.5, 50.0, 7.5)
    walked = [(s.difference.criterion.id, s.start, s.end) for s in fall.steps]
    assert walked == [
        ("criterion-0", 42.5, 55.0),
        ("criterion-3", 55.0, 60.0),
        ("criterion-1", 60.0, 50.0),
        ("criterion-2", 50.0, 50.0),
    ]
    assert [len(steps) for steps in (fall.up, fall.down, fall.level)] == [2, 1, 1]
    assert fall.span == (42.5, 60.0)


def test_the_strongest_leads_each_direction() -> None:
    rows = {"a": (5.0, 0.0, 0.0, 0.0), "b": (0.0, 1.0, 9.0, 3.0)}
    fall = waterfall(even(make_question(rows)), "a", "b")
    assert [s.difference.criterion.id for s in fall.down] == [
        "criterion-2",
        "criterion-3",
        "criterion-1",
    ]


def test_a_step_within_the_error_of_its_two_scores_is_undecided() -> None:
    evaluation = even(make_question(ROWS, spread=2.0))
    fall = waterfall(evaluation, "a", "b")
    # Bands of 2 units to either side on a scale of 10, at a quarter of the weight. What lies beyond
    # an anchor counts as the anchor, so 9 is on average less than 9, and 2 more than 2.
    shares = (np.arange(4000) + 0.5) / 4000
    expected = {}
    for j, cells in enumerate(zip(*ROWS.values(), strict=True)):
        one, other = (
            np.interp(fitted_triangle(x - 2, x, x + 2).ppf(shares), (0, 10), (0, 25)) for x in cells
        )
        expected[f"criterion-{j}"] = (
            one.mean() - other.mean(),
            1.28 * math.sqrt(one.var() + other.var()),
        )
    for step in fall.steps:
        found = (step.mean, step.error)
        assert found == pytest.approx(expected[step.difference.criterion.id], abs=0.01)
    assert [step.undecided for step in fall.steps] == [False, True, False, True]
    assert (fall.mean, fall.error) == pytest.approx(lead_over(evaluation, "a", "b"), abs=0.01)
    assert fall.known
    assert not fall.decided  # 7.5 points, with an error of 10


def test_without_bands_no_step_is_undecided() -> None:
    fall = waterfall(even(make_question(ROWS)), "a", "b")
    assert not fall.known
    assert [step.undecided for step in fall.steps] == [False] * 4


def test_an_option_beside_itself_has_level_steps_only() -> None:
    fall = waterfall(even(make_question(ROWS)), "a", "a")
    assert (fall.up, fall.down, fall.gap) == ((), (), 0.0)
    assert len(fall.level) == 4
    assert fall.span == (50.0, 50.0)


@given(
    st.lists(
        st.tuples(st.floats(0, 10), st.floats(0, 10), st.floats(0.01, 100)),
        min_size=1,
        max_size=6,
    )
)
def test_the_last_step_ends_at_the_first_score(cells: list[tuple[float, float, float]]) -> None:
    question = make_question({"a": [c[0] for c in cells], "b": [c[1] for c in cells]})
    points = {c.id: w for c, (_, _, w) in zip(question.criteria, cells, strict=True)}
    fall = waterfall(evaluate(question, points), "a", "b")
    assert fall.steps[-1].end == pytest.approx(fall.first_score)
    assert len(fall.steps) == len(cells)
    assert all(s.end >= s.start for s in fall.up)
    assert all(s.end <= s.start for s in fall.down)
