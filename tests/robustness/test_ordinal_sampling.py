"""Weights in an order with ties: against sorting, and against rejection from all weights."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.robustness.ordinal_sampling import (
    TiedOrdinalWeights,
    ordinal_weights,
    weights_in_order_of,
)
from dashboard.robustness.weight_sampling import (
    SimplexWeights,
    sample_weights,
    uniform_weights,
)

MANY = 200_000


def test_a_strict_order_is_that_of_ordinal_weights() -> None:
    found = weights_in_order_of(np.array([0.2, 0.5, 0.3]))
    assert isinstance(found, SimplexWeights)
    assert np.array_equal(
        sample_weights(found, 100, 1), sample_weights(ordinal_weights([1, 2, 0]), 100, 1)
    )


def test_tied_weights_go_either_way_and_others_never() -> None:
    source = weights_in_order_of(np.array([0.1, 0.4, 0.1, 0.4]))
    assert isinstance(source, TiedOrdinalWeights)
    weights = sample_weights(source, MANY, 3)
    assert np.all(weights[:, [1, 3]].min(axis=1) >= weights[:, [0, 2]].max(axis=1))
    assert np.mean(weights[:, 1] > weights[:, 3]) == pytest.approx(0.5, abs=0.005)
    assert np.mean(weights[:, 0] > weights[:, 2]) == pytest.approx(0.5, abs=0.005)


def test_the_same_weights_are_what_rejection_leaves_of_all() -> None:
    every = sample_weights(uniform_weights(4), 4 * MANY, 5)
    kept = every[every[:, [1, 3]].min(axis=1) >= every[:, [0, 2]].max(axis=1)]
    assert len(kept) / len(every) == pytest.approx(1 / 6, abs=0.003)
    found = sample_weights(weights_in_order_of(np.array([0.0, 0.5, 0.0, 0.5])), MANY, 7)
    assert found.mean(axis=0) == pytest.approx(kept.mean(axis=0), abs=0.002)
    assert np.cov(found.T) == pytest.approx(np.cov(kept.T), abs=2e-4)


def test_equal_weights_leave_all_weights() -> None:
    weights = sample_weights(weights_in_order_of(np.full(5, 0.2)), MANY, 9)
    assert weights.mean(axis=0) == pytest.approx(np.full(5, 0.2), abs=0.002)
    assert weights.var(axis=0) == pytest.approx(np.full(5, 4 / 150), abs=4e-4)


def test_one_criterion_has_all_the_weight() -> None:
    assert np.array_equal(sample_weights(weights_in_order_of(np.ones(1)), 3, 0), np.ones((3, 1)))


@pytest.mark.parametrize("weights", [[], [np.nan, 1.0], [[0.5, 0.5]]])
def test_what_is_no_set_of_weights_is_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="finite numbers, at least one"):
        weights_in_order_of(np.array(weights))
