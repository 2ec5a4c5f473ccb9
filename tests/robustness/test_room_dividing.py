"""The criterion that divides a room: by hand, by property, and by regression."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import linregress

from dashboard.methods.arrays import Floats
from dashboard.robustness.room_dividing import dividing, most_disputed

VALUES = np.array([[100.0, 20.0, 50.0], [0.0, 80.0, 50.0]])


def test_two_ballots_by_hand() -> None:
    """d = (100, -60, 0). Parts (60, -12, 0) and (20, -24, 0): gaps 48 and -4, variance 676.

    Covariances: 20 x 26 = 520 and 6 x 26 = 156, so shares 10/13 and 3/13.
    """
    weights = np.array([[0.6, 0.2, 0.2], [0.2, 0.4, 0.4]])
    found = dividing(VALUES, weights, (0, 1), small_groups=True)
    assert found.spread == pytest.approx(26)
    assert found.shares == pytest.approx([10 / 13, 3 / 13, 0])
    assert (found.criteria, found.favours) == ((0,), 0)
    assert (found.ahead, found.level) == ((1, 1), 0)
    assert found.sides is not None
    assert found.sides.first.tolist() == [0.6, 0.2, 0.2]
    assert found.sides.second.tolist() == [0.2, 0.4, 0.4]
    # The other way round the same criterion divides, and it still favours the same one.
    back = dividing(VALUES, weights, (1, 0), small_groups=True)
    assert back.shares == pytest.approx(found.shares)
    assert back.favours == 0


def test_a_share_can_be_above_one_and_others_below_nothing() -> None:
    """d = (100, 50): who weighs the first more weighs the second less, and loses by that."""
    values = np.array([[100.0, 50.0], [0.0, 0.0]])
    found = dividing(values, np.array([[0.9, 0.1], [0.1, 0.9]]), (0, 1), small_groups=True)
    assert found.shares == pytest.approx([2, -1])
    assert found.criteria == (0,)


def test_criteria_that_divide_alike_are_all_named() -> None:
    values = np.array([[100.0, 0.0], [0.0, 100.0]])
    found = dividing(values, np.array([[0.9, 0.1], [0.1, 0.9]]), (0, 1), small_groups=True)
    assert found.shares == pytest.approx([0.5, 0.5])
    assert (found.criteria, found.favours) == ((0, 1), 0)


def test_mean_weights_of_a_small_side_are_not_given() -> None:
    for_first, for_second, level = [0.9, 0.1], [0.1, 0.9], [0.5, 0.5]
    values = np.array([[100.0, 0.0], [0.0, 100.0]])

    def sides(*counts: int) -> tuple[bool, bool]:
        rows = [for_first] * counts[0] + [for_second] * counts[1] + [level] * counts[2]
        found = dividing(values, np.array(rows), (0, 1), small_groups=False)
        return found.sides is not None, found.sides_hidden

    assert sides(5, 5, 0) == (True, False)
    assert sides(5, 4, 0) == (False, True)
    # Those who have the two level would be what is left of the room.
    assert sides(5, 5, 1) == (False, True)
    assert sides(5, 5, 5) == (True, False)
    assert sides(9, 0, 5) == (False, False)


def test_what_has_no_variance_says_why() -> None:
    same = dividing(VALUES, np.full((3, 3), 1 / 3), (0, 1), small_groups=False)
    assert same.reason == "every ballot sees the same gap between the two"
    assert (same.shares, same.criteria, same.favours) == (None, (), None)
    assert same.ahead == (3, 0)
    one = dividing(VALUES, np.full((1, 3), 1 / 3), (0, 1), small_groups=False)
    assert one.reason == "there is only one ballot"
    alike = dividing(np.full((2, 3), 30.0), np.eye(3), (0, 1), small_groups=False)
    assert alike.reason == "every ballot sees the same gap between the two"
    assert (alike.ahead, alike.level) == ((0, 0), 3)
    assert dividing(VALUES[:1], np.eye(3), None, small_groups=False).pair is None


def test_the_two_with_the_most_first_places_are_disputed_most() -> None:
    assert most_disputed(np.array([3, 9, 4]), np.array([50.0, 20.0, 30.0])) == (1, 2)
    # One has them all: its rival is the nearest behind it.
    assert most_disputed(np.array([0, 9, 0]), np.array([20.0, 60.0, 30.0])) == (1, 2)
    # Of equals the one with the higher mean score, and of those the first.
    assert most_disputed(np.array([4, 4, 4]), np.array([20.0, 30.0, 30.0])) == (1, 2)
    assert most_disputed(np.array([4]), np.array([20.0])) is None


POINTS = arrays(np.float64, (6, 4), elements=st.integers(0, 100).map(float)).filter(
    lambda points: bool(np.all(points.sum(axis=1) > 0))
)
WORTH = arrays(np.float64, (2, 4), elements=st.integers(0, 100).map(float))


@given(POINTS, WORTH)
def test_shares_sum_to_one_and_are_slopes(points: Floats, values: Floats) -> None:
    """The share of a criterion is the slope of its part regressed on the gap."""
    weights = points / points.sum(axis=1, keepdims=True)
    found = dividing(values, weights, (0, 1), small_groups=True)
    assert sum(found.ahead) + found.level == 6
    if found.shares is None:
        assert found.reason
        return
    assert found.shares.sum() == pytest.approx(1)
    parts = weights * (values[0] - values[1])
    gap = parts.sum(axis=1)
    assert found.spread == pytest.approx(float(np.std(gap)))
    if found.spread > 1e-3:
        slopes = [linregress(gap, parts[:, j]).slope for j in range(4)]
        assert found.shares == pytest.approx(slopes, abs=1e-6)
    j = found.criteria[0]
    towards = np.cov(weights[:, j], gap, bias=True)[0, 1]
    assert found.favours == (0 if towards > 0 else 1)
