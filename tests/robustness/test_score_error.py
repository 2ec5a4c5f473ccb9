"""The error of a score."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.robustness.score_error import score_error, score_errors


def test_weighted_half_widths_add_by_squares() -> None:
    least = np.array([[40.0, 20.0], [50.0, 50.0]])
    most = np.array([[52.0, 36.0], [50.0, 50.0]])
    weights = np.array([0.5, 0.5])
    # Half-widths 6 and 8, weighted 3 and 4: together 5. No band, no error.
    assert score_errors(least, most, weights).tolist() == [5.0, 0.0]


def test_the_error_of_the_question_is_the_median() -> None:
    least, most = np.array([[0.0], [0.0], [0.0]]), np.array([[2.0], [6.0], [40.0]])
    assert score_error(least, most, np.array([1.0])) == pytest.approx(3.0)
