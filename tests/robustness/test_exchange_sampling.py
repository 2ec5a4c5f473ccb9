"""Exchanges between pairs: within limits, and as uniform as rejection on the same limits."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.methods.arrays import Floats
from dashboard.robustness.exchange_sampling import ExchangeWeights
from dashboard.robustness.weight_sampling import (
    BoxWeights,
    sample_weights,
    weights_near,
)


def exchange(least: list[float], most: list[float]) -> ExchangeWeights:
    low, high = np.array(least), np.array(most)
    part = (1 - low.sum()) / (high - low).sum()
    return ExchangeWeights(low, high, low + part * (high - low))


def test_two_weights_are_uniform_on_their_interval() -> None:
    """w1 from 0.3 to 0.8, and w2 the rest, so mean 0.55 and variance 0.25 / 12."""
    drawn = sample_weights(exchange([0.3, 0.0], [0.8, 0.7]), 40_000, seed=1)
    assert drawn.sum(axis=1) == pytest.approx(1)
    assert drawn[:, 0].min() >= 0.3
    assert drawn[:, 0].max() <= 0.8
    assert drawn[:, 0].mean() == pytest.approx(0.55, abs=0.003)
    assert drawn[:, 0].var() == pytest.approx(0.25 / 12, rel=0.03)


@pytest.mark.parametrize(
    ("least", "most"),
    [
        ([0.0, 0.0, 0.0], [1.0, 1.0, 1.0]),
        ([0.1, 0.0, 0.2, 0.0], [0.5, 0.3, 0.9, 0.4]),
        ([0.0, 0.05, 0.1, 0.0, 0.2], [0.2, 0.3, 0.4, 0.15, 0.6]),
    ],
)
def test_moments_agree_with_rejection(least: list[float], most: list[float]) -> None:
    walked = sample_weights(exchange(least, most), 60_000, seed=2)
    rejected = sample_weights(BoxWeights(np.array(least), np.array(most)), 60_000, seed=3)
    assert walked.mean(axis=0) == pytest.approx(rejected.mean(axis=0), abs=0.004)
    assert np.cov(walked.T) == pytest.approx(np.cov(rejected.T), abs=0.0012)
    for share in (0.1, 0.5, 0.9):
        assert np.quantile(walked, share, axis=0) == pytest.approx(
            np.quantile(rejected, share, axis=0), abs=0.008
        )


@pytest.mark.parametrize("criteria", [14, 60, 61])
def test_many_small_weights_stay_near_and_sum_to_one(criteria: int) -> None:
    centre: Floats = np.full(criteria, 1 / criteria)
    drawn = sample_weights(weights_near(centre, 0.05), 2_000, seed=4)
    assert drawn.sum(axis=1) == pytest.approx(1, abs=1e-12)
    assert drawn.min() >= 0
    assert np.abs(drawn - centre).max() <= 0.05 + 1e-12
    assert drawn.mean(axis=0) == pytest.approx(centre, abs=0.004)


def test_samples_do_not_depend_on_each_other() -> None:
    drawn = sample_weights(exchange([0.0] * 5, [0.5] * 5), 40_000, seed=5)[:, 0]
    assert abs(np.corrcoef(drawn[:-1], drawn[1:])[0, 1]) < 0.015


def test_a_weight_without_room_stays() -> None:
    drawn = sample_weights(exchange([0.2, 0.0, 0.0], [0.2, 0.8, 0.8]), 500, seed=6)
    assert drawn[:, 0] == pytest.approx(0.2, abs=1e-12)
