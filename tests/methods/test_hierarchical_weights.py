"""Branch weights times weights inside the branch, and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.methods.hierarchical_weights import by_hierarchy, leaf_weights
from dashboard.methods.weights import normalise_points, percent, perspective_points
from dashboard.model.question import Question
from tests.conftest import fixture_json

points = st.integers(0, 100).map(float)
branch_points = st.lists(points, min_size=1, max_size=8).filter(any)
trees = st.lists(branch_points, min_size=1, max_size=8)


def test_a_tree_by_hand() -> None:
    weights = leaf_weights([60, 40], [[1, 3], [5, 3, 2]])
    assert weights == pytest.approx([0.15, 0.45, 0.20, 0.12, 0.08], abs=1e-15)


def test_and_back() -> None:
    branches, inside = by_hierarchy(np.array([0.15, 0.45, 0.20, 0.12, 0.08]), [2, 3])
    assert branches == pytest.approx([0.6, 0.4], abs=1e-15)
    assert inside[0] == pytest.approx([0.25, 0.75], abs=1e-15)
    assert inside[1] == pytest.approx([0.5, 0.3, 0.2], abs=1e-15)


def test_cutting_a_branch_into_more_criteria_draws_no_weight_to_it() -> None:
    whole = leaf_weights([50, 50], [[1], [1]])
    cut = leaf_weights([50, 50], [[1] * 5, [1]])
    assert cut[:5].sum() == pytest.approx(whole[0], abs=1e-15)
    assert cut[5] == whole[1] == 0.5


def test_a_branch_of_zero_has_no_proportions_and_needs_none() -> None:
    weights = leaf_weights([1, 0], [[1, 1], [0, 0, 0]])
    assert weights.tolist() == [0.5, 0.5, 0.0, 0.0, 0.0]
    branches, inside = by_hierarchy(weights, [2, 3])
    assert branches.tolist() == [1.0, 0.0]
    assert inside[1] is None


def test_one_branch_with_one_criterion() -> None:
    assert leaf_weights([3], [[7]]).tolist() == [1.0]
    branches, inside = by_hierarchy(np.array([1.0]), [1])
    assert branches.tolist() == [1.0]
    assert inside[0] is not None
    assert inside[0].tolist() == [1.0]


@pytest.mark.parametrize(
    ("branches", "inside", "words"),
    [
        ([0, 0], [[1], [1]], "all points are zero"),
        ([1, -1], [[1], [1]], "points must be finite and not negative"),
        ([1, 1], [[1]], "2 branches, but criteria for 1"),
        ([1, 1], [[1], []], "branch 2 has no criteria"),
        ([1, 1], [[1], [0, 0]], "branch 2: all points are zero"),
        ([1, 1], [[1, float("nan")], [1]], "branch 1: points must be finite"),
        ([0, 1], [[-1, 1], [1]], "branch 1: points must be finite and not negative"),
    ],
)
def test_what_is_no_tree_of_points_is_refused(
    branches: list[float], inside: list[list[float]], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        leaf_weights(branches, inside)


@pytest.mark.parametrize(
    ("weights", "sizes", "words"),
    [
        ([0.5, 0.5], [1, 2], "branches hold 3 criteria, but there are 2"),
        ([0.5, 0.5], [2, 0], "a branch has no criteria"),
        ([0.5, 0.6], [1, 1], "must sum to 1"),
        ([1.5, -0.5], [1, 1], "must not be negative"),
        ([float("nan"), 1.0], [1, 1], "must sum to 1"),
    ],
)
def test_weights_that_do_not_fit_the_tree_are_refused(
    weights: list[float], sizes: list[int], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        by_hierarchy(np.array(weights), sizes)


@given(trees, st.data())
def test_there_and_back_changes_nothing(inside: list[list[float]], data: st.DataObject) -> None:
    shares = st.lists(points, min_size=len(inside), max_size=len(inside)).filter(any)
    weights = leaf_weights(data.draw(shares), inside)
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    branches, parts = by_hierarchy(weights, [len(part) for part in inside])
    again = leaf_weights(branches, [[0.0] if part is None else part for part in parts])
    assert again[again > 0] == pytest.approx(weights[weights > 0], abs=1e-12)
    for given_points, part in zip(inside, parts, strict=True):
        if part is not None:
            assert part == pytest.approx(normalise_points(given_points), abs=1e-9)


@given(trees, st.floats(1e-3, 1e3))
def test_scaling_the_points_of_a_level_changes_no_weight(
    inside: list[list[float]], factor: float
) -> None:
    branches = list(range(1, len(inside) + 1))
    scaled = [np.array(part) * factor for part in inside]
    weights = leaf_weights(np.array(branches) * factor, scaled)
    assert weights == pytest.approx(leaf_weights(branches, inside), abs=1e-12)


def test_the_branches_of_every_perspective_are_those_of_the_decision_model(
    shipped: Question,
) -> None:
    sizes = [len(branch.criteria) for branch in shipped.branches]
    for perspective in shipped.perspectives:
        shares = percent(perspective_points(shipped, perspective))
        branches, _ = by_hierarchy(normalise_points(list(shares.values())), sizes)
        expected = fixture_json("branch_shares")[perspective.id]
        for branch, weight in zip(shipped.branches, branches.tolist(), strict=True):
            assert weight * 100 == pytest.approx(expected[branch.id], abs=0.51)


def test_equal_branches_are_a_hierarchy_of_equals(shipped: Question) -> None:
    equal = leaf_weights([1] * 5, [[1] * len(branch.criteria) for branch in shipped.branches])
    points_given = perspective_points(shipped, shipped.perspective("equal-branches"))
    assert equal * 100 == pytest.approx(list(points_given.values()), abs=1e-12)
