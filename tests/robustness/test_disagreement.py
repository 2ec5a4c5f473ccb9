"""Disagreement between the shipped perspectives, and small cases worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import jensenshannon
from scipy.stats import entropy

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import equal_branch_points, normalise_points, perspective_points
from dashboard.model.question import Question
from dashboard.robustness.disagreement import Move, compromise, disagreement, weight_diversity
from tests.conftest import fixture_json


def all_weights(question: Question) -> Floats:
    points = [perspective_points(question, p) for p in question.perspectives]
    return np.array([normalise_points([row[c.id] for c in question.criteria]) for row in points])


def test_the_shipped_perspectives(shipped: Question) -> None:
    """Ranks and regrets follow from the table of totals in section 12 of the decision model."""
    values = evaluate(shipped, equal_branch_points(shipped.branches)).values
    result = disagreement(values, all_weights(shipped))
    totals = fixture_json("totals")
    ids = [proposal.id for proposal in shipped.proposals]
    for k, perspective in enumerate(shipped.perspectives):
        expected = totals[perspective.id]
        assert [ids[i] for i in np.argsort(result.ranks[k])] == expected["order"]
        best = max(expected["scores"].values())
        for i, identifier in enumerate(ids):
            lag = best - expected["scores"][identifier]
            assert result.regret[k, i] == pytest.approx(lag, abs=0.11)
    # Sanctuary lags most behind NATO integration, under NATO security: 48.5 - 44.7.
    chosen = result.compromise
    assert ids[chosen.alternative] == "sanctuary"
    assert chosen.worst_regret == pytest.approx(3.8, abs=0.11)
    assert shipped.perspectives[chosen.moves[0].perspective].id == "nato-security"
    assert [ids[i] for i in chosen.moves[0].favourites] == ["nato-integration"]
    assert [shipped.perspectives[m.perspective].id for m in chosen.moves if m.regret > 1e-9] == [
        "nato-security",
        "ukraine",
        "finance",
        "interior",
    ]


def test_the_compromise_may_be_nobodys_favourite() -> None:
    result = compromise(np.array([[50.0, 45.0, 20.0], [10.0, 30.0, 40.0]]))
    assert (result.alternative, result.ties, result.worst_regret) == (1, (1,), 10.0)
    assert result.moves == (Move(1, (2,), 10.0), Move(0, (0,), 5.0))


def test_a_tied_compromise_names_all_and_takes_the_first() -> None:
    result = compromise(np.array([[10.0, 20.0], [20.0, 10.0]]))
    assert (result.alternative, result.ties) == (0, (0, 1))
    assert [move.favourites for move in result.moves] == [(1,), (0,)]


def test_opposite_weights_are_as_different_as_two_can_be() -> None:
    result = weight_diversity(np.array([[1.0, 0.0], [0.0, 1.0]]))
    assert (result.alpha, result.beta, result.gamma) == pytest.approx((1, 2, 2))
    assert result.consensus == pytest.approx(0)


def test_equal_weights_are_one_perspective() -> None:
    result = weight_diversity(np.full((3, 4), 0.25))
    assert (result.alpha, result.beta, result.gamma) == pytest.approx((4, 1, 4))
    assert result.consensus == pytest.approx(1)


def test_half_shared_weights_by_hand() -> None:
    """Entropies ln 2 each and 1.5 ln 2 together: beta is the root of 2."""
    result = weight_diversity(np.array([[0.5, 0.5, 0.0], [0.0, 0.5, 0.5]]))
    assert (result.alpha, result.beta, result.gamma) == pytest.approx((2, 2**0.5, 2**1.5))
    assert result.consensus == pytest.approx(2**0.5 - 1)


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        (np.array([[0.5, 0.5]]), "there is only one perspective"),
        (np.ones((3, 1)), "there is only one criterion"),
    ],
)
def test_consensus_of_one_is_undefined_and_says_why(weights: Floats, reason: str) -> None:
    result = weight_diversity(weights)
    assert (result.consensus, result.reason) == (None, reason)
    assert result.beta == pytest.approx(1)


POINTS = arrays(np.float64, (3, 5), elements=st.integers(0, 100).map(float)).filter(
    lambda points: bool(np.all(points.sum(axis=1) > 0))
)


@given(POINTS)
def test_entropies_are_those_of_scipy(points: Floats) -> None:
    weights = points / points.sum(axis=1, keepdims=True)
    result = weight_diversity(weights)
    assert np.log(result.alpha) == pytest.approx(entropy(weights, axis=1).mean(), abs=1e-9)
    assert np.log(result.gamma) == pytest.approx(entropy(weights.mean(axis=0)), abs=1e-9)
    assert 1 <= result.beta <= 3
    assert result.consensus is not None
    assert -1e-12 <= result.consensus <= 1
    two = weight_diversity(weights[:2])
    distance = jensenshannon(weights[0], weights[1])
    # scipy returns nan where rounding makes the divergence of equal rows negative.
    divergence = 0.0 if np.isnan(distance) else distance**2
    assert np.log(two.beta) == pytest.approx(divergence, abs=1e-9)


@given(POINTS, st.permutations(range(5)), st.permutations(range(3)))
def test_neither_the_order_of_criteria_nor_of_perspectives_matters(
    points: Floats, columns: list[int], rows: list[int]
) -> None:
    weights = points / points.sum(axis=1, keepdims=True)
    straight, mixed = weight_diversity(weights), weight_diversity(weights[rows][:, columns])
    assert (mixed.alpha, mixed.beta, mixed.gamma) == pytest.approx(
        (straight.alpha, straight.beta, straight.gamma)
    )


@given(POINTS)
def test_repeating_everyone_changes_no_number(points: Floats) -> None:
    weights = points / points.sum(axis=1, keepdims=True)
    once, twice = weight_diversity(weights), weight_diversity(np.vstack([weights, weights]))
    assert (twice.alpha, twice.beta, twice.gamma) == pytest.approx(
        (once.alpha, once.beta, once.gamma)
    )


def test_one_option_leaves_nothing_to_disagree_on() -> None:
    result = disagreement(np.array([[50.0, 20.0]]), np.array([[0.5, 0.5], [1.0, 0.0]]))
    assert result.concordance.w is None
    assert result.tau.reason == "there is only one alternative, so no order"
    assert result.compromise.worst_regret == 0


def test_options_that_are_all_equal_leave_nothing_to_disagree_on() -> None:
    result = disagreement(np.full((4, 2), 30.0), np.array([[0.5, 0.5], [0.1, 0.9]]))
    assert result.ranks.tolist() == [[1] * 4] * 2
    assert result.concordance.w is None
    assert result.compromise.ties == (0, 1, 2, 3)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="disagreement needs perspectives, alternatives"):
        disagreement(np.ones((0, 2)), np.ones((1, 2)) / 2)
    with pytest.raises(ValueError, match="2 criteria, but 3 weights"):
        disagreement(np.ones((3, 2)), np.ones((1, 3)) / 3)
    with pytest.raises(ValueError, match="diversity needs at least one perspective"):
        weight_diversity(np.ones((0, 2)))
    with pytest.raises(ValueError, match="must sum to 1"):
        weight_diversity(np.array([[0.5, 0.4]]))
