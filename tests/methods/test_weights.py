"""Points made into weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.methods.weights import (
    equal_branch_points,
    normalise_points,
    percent,
    perspective_points,
)
from dashboard.model.question import Question
from tests.conftest import fixture_json


def test_weights_keep_the_proportions_of_the_points_and_sum_to_one() -> None:
    assert normalise_points([100, 50, 50, 0]).tolist() == [0.5, 0.25, 0.25, 0.0]


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ([1.0, -1.0], "points must be finite and not negative"),
        ([1.0, float("nan")], "points must be finite and not negative"),
        ([1.0, float("inf")], "points must be finite and not negative"),
        ([0.0, 0.0], "all points are zero"),
        ([], "all points are zero"),
    ],
)
def test_points_that_cannot_be_weights_are_refused(points: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        normalise_points(points)


@given(st.lists(st.floats(0, 1.7e308), min_size=1, max_size=60), st.floats(1e-3, 1e3))
def test_scaling_all_points_changes_no_weight(points: list[float], factor: float) -> None:
    if max(points) < 1e-300 or max(points) * factor > 1.7e308:
        return
    weights = normalise_points(points)
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    assert normalise_points(np.array(points) * factor) == pytest.approx(weights, abs=1e-12)


def test_equal_branches_give_each_branch_a_fifth(shipped: Question) -> None:
    points = equal_branch_points(shipped.branches)
    assert sum(points.values()) == pytest.approx(100)
    assert points["legal-safety"] == pytest.approx(4)
    assert points["penetration"] == pytest.approx(20 / 3)
    assert points["public-cost"] == pytest.approx(10)


def test_every_perspective_has_the_weights_of_the_decision_model(shipped: Question) -> None:
    expected = fixture_json("weights")
    assert {p.id for p in shipped.perspectives} == set(expected)
    for perspective in shipped.perspectives:
        shares = percent(perspective_points(shipped, perspective))
        for criterion, share in shares.items():
            assert share == pytest.approx(expected[perspective.id][criterion], abs=0.051)


def test_branch_shares_are_those_of_the_decision_model(shipped: Question) -> None:
    expected = fixture_json("branch_shares")
    for perspective in shipped.perspectives:
        shares = percent(perspective_points(shipped, perspective))
        for branch in shipped.branches:
            total = sum(shares[criterion.id] for criterion in branch.criteria)
            assert total == pytest.approx(expected[perspective.id][branch.id], abs=0.51)
