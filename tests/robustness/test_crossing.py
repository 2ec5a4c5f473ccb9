"""The weight at which two alternatives are level."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dashboard.methods.arrays import Floats
from dashboard.robustness.crossing import (
    ALWAYS_EQUAL,
    NEVER_EQUAL,
    Crossing,
    crossing_weights,
)
from dashboard.robustness.score_lines import HOLDS_ALL, HOLDS_NONE, tree_nodes


def reweighted(weights: Floats, criterion: int, at: float) -> Floats:
    """The weights with one moved, the others keeping their proportions."""
    moved: Floats = weights * (1 - at) / (1 - weights[criterion])
    moved[criterion] = at
    return moved


def test_crossing_weights_of_a_hand_worked_pair() -> None:
    values = np.array([[100.0, 0.0, 50.0], [0.0, 60.0, 50.0]])
    weights = np.array([0.6, 0.2, 0.2])
    first, second, third, branch, _ = crossing_weights(values, weights, 0, 1, tree_nodes([2, 1]))
    # 100 t = 60 (1 - t) / 2 at 3/13, and 60 t = 100 (1 - t) 3/4 at 5/9. The third criterion makes
    # them level with all the weight, the branch of the first two with none.
    assert first == pytest.approx(Crossing(0.6, 3 / 13, 1, 0, None))
    assert second == pytest.approx(Crossing(0.2, 5 / 9, 0, 1, None))
    assert third == pytest.approx(Crossing(0.2, 1.0, 0, None, None))
    assert branch == pytest.approx(Crossing(0.8, 0.0, None, 0, None))


def test_crossing_weights_say_why_there_is_none() -> None:
    values = np.array([[90.0, 80.0, 1.0], [50.0, 40.0, 2.0], [90.0, 80.0, 1.0]])
    weights = np.array([0.5, 0.5, 0.0])
    ahead = crossing_weights(values, weights, 0, 1)[0]
    assert ahead == (0.5, None, 0, 0, NEVER_EQUAL)
    assert crossing_weights(values, weights, 1, 0)[0] == (0.5, None, 0, 0, NEVER_EQUAL)
    assert crossing_weights(values, weights, 0, 2)[0] == (0.5, None, None, None, ALWAYS_EQUAL)
    nodes = [(0, 1), (2,)]
    assert crossing_weights(values, weights, 0, 1, nodes)[0][1:] == (None, None, None, HOLDS_ALL)
    lone, empty = np.array([1.0, 0.0, 0.0]), [(1, 2)]
    assert crossing_weights(values, lone, 0, 1, empty)[0][1:] == (None, None, None, HOLDS_NONE)
    with pytest.raises(ValueError, match="rows 0 and 3 are not two of 3"):
        crossing_weights(values, weights, 0, 3)


@given(
    arrays(np.float64, (2, 4), elements=st.integers(0, 20).map(float)),
    arrays(np.float64, 4, elements=st.integers(1, 50).map(float)),
)
def test_at_its_crossing_weight_a_pair_is_level(values: Floats, raw: Floats) -> None:
    weights = raw / raw.sum()
    for criterion, crossing in enumerate(crossing_weights(values, weights, 0, 1)):
        if crossing.at is not None:
            level = values @ reweighted(weights, criterion, crossing.at)
            assert level[0] == pytest.approx(level[1], abs=1e-9)
        for at, ahead in ((0.0, crossing.ahead_below), (1.0, crossing.ahead_above)):
            scores = values @ reweighted(weights, criterion, at)
            if ahead is not None:
                assert scores[ahead] > scores[1 - ahead]
