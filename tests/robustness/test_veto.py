"""Veto thresholds and the probability that each holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.methods.arrays import Performance, plain_spread
from dashboard.methods.distributions import share_beyond
from dashboard.model.question import Question
from dashboard.robustness.veto import vetoes
from tests.fitted import fitted_triangle
from tests.report.questions import make_question

LEVEL = 1 / 4096
"""The share is counted in equally likely levels."""


def limits(low: float, likely: float, high: float) -> Performance:
    low_, likely_, high_ = (np.array([[float(side)]]) for side in (low, likely, high))
    return Performance(low_, likely_, high_, plain_spread((1, 1), 0.0))


def up_to(band: Performance, at: float) -> float:
    return share_beyond(band, at, more=False)


@pytest.mark.parametrize(
    ("at", "share"),
    [(-1, 0), (0, 0), (2, 0.125), (4, 0.5), (6, 0.875), (8, 1), (9, 1)],
)
def test_the_share_of_a_symmetric_triangle_by_hand(at: float, share: float) -> None:
    assert up_to(limits(0, 4, 8), at) == pytest.approx(share, abs=LEVEL)


@pytest.mark.parametrize(
    ("case", "at", "share"),
    [
        (limits(0, 0, 4), 2, 0.75),
        (limits(0, 4, 4), 2, 0.25),
        (limits(3, 3, 3), 2.9, 0),
        (limits(3, 3, 3), 3, 1),
    ],
)
def test_one_sided_and_narrow_bands(case: Performance, at: float, share: float) -> None:
    assert up_to(case, at) == pytest.approx(share, abs=LEVEL)


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
    assert up_to(limits(low, likely, high), at) == pytest.approx(expected, abs=0.02)


def held(low: float, likely: float, high: float, threshold: float, *, more: bool) -> Question:
    """One score with limits on one criterion that has a threshold."""
    question = make_question({"only": [likely]})
    (branch,), (proposal,) = question.branches, question.proposals
    (criterion,) = branch.criteria
    worst, best = (0.0, 10.0) if more else (10.0, 0.0)
    criterion = criterion.model_copy(
        update={"veto": threshold, "worst": worst, "best": best, "curve": None}
    )
    band = {"low": low, "likely": likely, "high": high, "bands": "limits"}
    score = proposal.scores[criterion.id].model_copy(update=band)
    tree = question.tree.model_copy(
        update={"branches": (branch.model_copy(update={"criteria": (criterion,)}),)}
    )
    return question.replace(
        tree=tree, proposals=(proposal.model_copy(update={"scores": {criterion.id: score}}),)
    )


@pytest.mark.parametrize(
    ("band", "threshold", "more", "holds", "probability"),
    [
        ((0, 4, 8), 2, True, True, 0.875),
        ((0, 4, 8), 2, False, False, 0.125),
        ((3, 3, 3), 3, True, True, 1.0),
        ((3, 3, 3), 3, False, True, 1.0),
    ],
)
def test_a_threshold_is_a_least_or_a_largest_performance_by_direction(
    band: tuple[float, float, float],
    threshold: float,
    more: bool,
    holds: bool,
    probability: float,
) -> None:
    (veto,) = vetoes(held(*band, threshold, more=more))
    assert (veto.threshold, veto.holds) == (threshold, holds)
    assert veto.probability == pytest.approx(probability, abs=LEVEL)


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
    # 200 / 450 / 1,000 as the 10th percentile, the mode and the 90th percentile.
    law = fitted_triangle(200, 450, 1000)
    assert found["nato-integration"].probability == pytest.approx(law.cdf(400), abs=2 * LEVEL)
    assert found["nato-integration"].probability == pytest.approx(0.299, abs=0.001)
    limited = question.replace(context=question.context.model_copy(update={"bands": "limits"}))
    certain = {question.proposals[v.alternative].id: v for v in vetoes(limited)}
    # As the ends: (400 - 200)² / (800 · 250) = 0.2.
    assert certain["nato-integration"].probability == pytest.approx(0.2, abs=2 * LEVEL)
