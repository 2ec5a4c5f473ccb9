"""Regret and the least-worst choice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dashboard.methods.arrays import Floats
from dashboard.robustness.regret import least_worst_regret, regret_matrix, worst_regrets

SCORES = np.array([[50.0, 45.0, 20.0], [10.0, 30.0, 40.0]])
"""Worked by hand: the middle alternative is first in neither case, and never far behind."""


def test_a_hand_worked_case() -> None:
    regret = regret_matrix(SCORES)
    assert regret.tolist() == [[0.0, 5.0, 30.0], [30.0, 10.0, 0.0]]
    assert worst_regrets(regret) == [(30.0, 1), (10.0, 1), (30.0, 0)]
    assert least_worst_regret(regret) == [1]


def test_all_that_tie_are_named() -> None:
    regret = regret_matrix(np.array([[0.3, 0.1 + 0.2, 0.0]]))
    assert least_worst_regret(regret) == [0, 1]


def test_the_first_of_cases_that_tie_is_named() -> None:
    assert worst_regrets(np.array([[0.3], [0.1 + 0.2]]))[0].case == 0


def test_one_alternative_is_never_regretted() -> None:
    regret = regret_matrix(np.array([[5.0], [7.0]]))
    assert worst_regrets(regret) == [(0.0, 0)]
    assert least_worst_regret(regret) == [0]


@given(arrays(np.float64, (4, 5), elements=st.floats(0, 100)), st.floats(-50, 50))
def test_some_option_is_without_regret_in_each_case_and_a_shift_changes_nothing(
    scores: Floats, shift: float
) -> None:
    regret = regret_matrix(scores)
    assert regret.min(axis=1).tolist() == [0.0] * 4
    assert regret_matrix(scores + shift) == pytest.approx(regret, abs=1e-9)


@given(arrays(np.float64, (4, 5), elements=st.floats(0, 100)))
def test_a_copy_of_an_option_changes_no_regret(scores: Floats) -> None:
    doubled = np.column_stack([scores, scores[:, 0]])
    assert np.array_equal(regret_matrix(doubled)[:, :5], regret_matrix(scores))
    assert np.array_equal(regret_matrix(doubled)[:, 5], regret_matrix(scores)[:, 0])


@pytest.mark.parametrize("shape", [(0, 3), (3, 0)])
def test_nothing_to_regret_is_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="regret needs at least one case and one alternative"):
        regret_matrix(np.ones(shape))


def test_a_score_that_is_not_finite_is_refused() -> None:
    with pytest.raises(ValueError, match="a score is not a finite number"):
        regret_matrix(np.array([[1.0, np.nan]]))
