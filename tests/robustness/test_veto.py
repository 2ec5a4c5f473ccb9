"""Veto thresholds and the probability that each holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.proposals import Band
from dashboard.model.question import Question
from dashboard.robustness.veto import meets, triangular_share, vetoes


def band(low: float, likely: float, high: float) -> Band:
    return Band(low=low, likely=likely, high=high)


@pytest.mark.parametrize(
    ("at", "share"),
    [(-1, 0), (0, 0), (2, 0.125), (4, 0.5), (6, 0.875), (8, 1), (9, 1)],
)
def test_the_share_of_a_symmetric_triangle_by_hand(at: float, share: float) -> None:
    assert triangular_share(band(0, 4, 8), at) == share


@pytest.mark.parametrize(
    ("case", "at", "share"),
    [
        (band(0, 0, 4), 2, 0.75),
        (band(0, 4, 4), 2, 0.25),
        (band(3, 3, 3), 2.9, 0),
        (band(3, 3, 3), 3, 1),
    ],
)
def test_one_sided_and_narrow_bands(case: Band, at: float, share: float) -> None:
    assert triangular_share(case, at) == share


@given(
    st.tuples(st.floats(-50, 50), st.floats(0, 50), st.floats(0.1, 50)),
    st.floats(-60, 160),
)
def test_the_share_agrees_with_numpys_own_draws(
    parts: tuple[float, float, float], at: float
) -> None:
    low, likely = parts[0], parts[0] + parts[1]
    high = likely + parts[2]
    draws = np.random.default_rng(0).triangular(low, likely, high, 20_000)
    expected = float(np.mean(draws <= at))
    assert triangular_share(band(low, likely, high), at) == pytest.approx(expected, abs=0.02)


def test_a_threshold_is_a_least_or_a_largest_performance_by_direction() -> None:
    assert meets(band(0, 4, 8), 2, more=True) == (True, 0.875)
    assert meets(band(0, 4, 8), 2, more=False) == (False, 0.125)
    assert meets(band(3, 3, 3), 3, more=True) == (True, 1.0)
    assert meets(band(3, 3, 3), 3, more=False) == (True, 1.0)


def test_only_criteria_with_a_threshold_are_looked_at(shipped: Question) -> None:
    assert vetoes(shipped) == ()
    branch = shipped.branches[4]
    cost = branch.criteria[0].model_copy(update={"veto": 400.0})
    branches = (
        *shipped.branches[:4],
        branch.model_copy(update={"criteria": (cost, *branch.criteria[1:])}),
    )
    question = shipped.replace(tree=shipped.tree.model_copy(update={"branches": branches}))
    found = {question.proposals[v.alternative].id: v for v in vetoes(question)}
    assert [identifier for identifier, v in found.items() if not v.holds] == ["nato-integration"]
    assert found["status-quo"].probability == 1
    # 200 / 450 / 1,000: (400 - 200)² / (800 · 250) = 0.2.
    assert found["nato-integration"].probability == pytest.approx(0.2)
