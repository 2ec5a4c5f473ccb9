"""Who leads, and whether it counts: by hand, and against sampling of random questions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dashboard.methods.arrays import Performance, Spread, plain_spread
from dashboard.methods.evaluate import Values
from dashboard.methods.ranks import best_first, competition_ranks
from dashboard.methods.value_moments import DECIDED, ValueMoments, value_moments
from dashboard.robustness.lead import Lead, clear_rows, lead
from dashboard.robustness.score_sampling import correlated_moments, score_tables
from tests.oracles import exact_moments, sample_values

LINE = ((0.0, 0.0), (100.0, 100.0))


def exact_beside_uncertain(gap: float, half: float) -> Performance:
    """Two exact options, and one far behind that is off by ``half`` either way."""
    likely = np.array([[60.0], [60.0 - gap], [20.0]])
    off = np.array([[0.0], [0.0], [half]])
    return Performance(likely - off, likely, likely + off)


def found(performance: Performance) -> Lead:
    n = performance.likely.shape[1]
    weighed = np.full(n, 1 / n)
    scores = performance.likely @ weighed
    moments = value_moments(performance, [LINE] * n)
    return lead(valued(performance, moments), weighed, scores, competition_ranks(scores))


def valued(performance: Performance, moments: ValueMoments) -> Values:
    return Values(performance.likely, performance.low, performance.high, moments)


def test_exact_options_are_decided_whatever_stands_beside_them() -> None:
    result = found(exact_beside_uncertain(gap=10, half=15))
    assert result.decided
    assert result.clear
    assert (result.gap, result.mean, result.error) == (10, 10, 0)


def test_uncertain_options_are_not_decided_by_exact_ones_beside_them() -> None:
    likely = np.array([[52.0], [50.0], [30.0], [20.0], [10.0]])
    off = np.array([[30.0], [30.0], [0.0], [0.0], [0.0]])
    result = found(Performance(likely - off, likely, likely + off))
    assert not result.decided
    assert result.near == (0, 1, 2)  # 22 points ahead of the third, with an error of 46 / √2
    # Symmetric triangles of half base a have the variance a^2 / 6 each, here within 0 to 100.
    base = 30 / (1 - np.sqrt(0.2))
    assert result.error == pytest.approx(DECIDED * np.sqrt(2 * base**2 / 6), rel=0.01)


def test_a_runner_up_may_be_beaten_while_an_uncertain_third_is_not() -> None:
    likely = np.array([[60.0], [50.0], [45.0]])
    off = np.array([[0.0], [0.0], [40.0]])
    result = found(Performance(likely - off, likely, likely + off))
    assert result.decided
    assert not result.clear
    assert result.near == (0, 2)


def test_without_bands_nothing_is_known_of_any_error() -> None:
    values = np.array([[60.0], [59.0]])
    result = lead(
        Values(values, values, values, exact_moments(values)),
        np.ones(1),
        values[:, 0],
        np.array([1, 2]),
    )
    assert not result.known
    assert result.near == (0,)
    assert result.error == 0


def test_a_shared_error_drops_out_of_the_difference() -> None:
    """Two versions of one scheme, both of uncertain benefit; one only costs more."""
    likely = np.array([[60.0, 60.0], [60.0, 55.0], [40.0, 70.0]])
    off = np.array([[40.0, 0.0], [40.0, 0.0], [0.0, 0.0]])
    own = found(Performance(likely - off, likely, likely + off))
    assert not own.decided
    spread = plain_spread((3, 2))
    spread.group[:2, 0] = 0
    shared = found(Performance(likely - off, likely, likely + off, spread))
    assert shared.decided
    assert shared.mean == pytest.approx(2.5)
    assert shared.error == 0


def test_rows_are_judged_as_each_alone() -> None:
    rng = np.random.default_rng(5)
    likely, off = rng.uniform(0, 100, (6, 4)), rng.uniform(0, 10, (6, 4))
    performance = Performance(likely - off, likely, likely + off)
    moments = value_moments(performance, [LINE] * 4)
    weights = rng.dirichlet(np.ones(4), 300)
    scores = weights @ performance.likely.T
    ranks = np.array([competition_ranks(row) for row in scores])
    alone = [
        lead(valued(performance, moments), w, s, r).clear
        for w, s, r in zip(weights, scores, ranks, strict=True)
    ]
    assert (
        clear_rows(moments.leads_of_rows(weights, np.argmin(ranks, axis=1)), ranks).tolist()
        == alone
    )
    assert 0 < sum(alone) < 300


@pytest.mark.parametrize("correlation", [0.0, 0.5, 1.0])
def test_moments_are_those_of_the_samples(correlation: float) -> None:
    rng = np.random.default_rng(2)
    low, likely, high = np.sort(rng.uniform(0, 100, (3, 4, 3)), axis=0)
    spread = plain_spread((4, 3))
    spread.group[[0, 2, 3], 1] = 0
    spread.group[[1, 2], 2] = 1
    performance = Performance(low, likely, high, spread)
    curves = [LINE, ((100.0, 0.0), (0.0, 100.0)), ((0.0, 0.0), (30.0, 80.0), (100.0, 100.0))]
    weights = np.array([0.5, 0.3, 0.2])
    moments = correlated_moments(performance, curves, correlation=correlation)
    tables = score_tables(performance, curves, correlation=correlation)
    drawn = sample_values(tables, 200_000, 1) @ weights
    assert moments.mean @ weights == pytest.approx(drawn.mean(axis=0), abs=0.15)
    assert moments.score_errors(weights) == pytest.approx(DECIDED * drawn.std(axis=0), rel=0.01)
    for first in range(4):
        over = moments.leads(weights, first)
        differences = drawn[:, [first]] - drawn
        assert over.mean == pytest.approx(differences.mean(axis=0), abs=0.2)
        assert over.error == pytest.approx(DECIDED * differences.std(axis=0), rel=0.015, abs=1e-9)


def random_performance(rng: np.random.Generator) -> Performance:
    """Two to six options with bands that are symmetric, skewed, one-sided, or not there."""
    m, n = int(rng.integers(2, 7)), int(rng.integers(1, 9))
    likely = rng.uniform(10, 90, (m, n))
    below, above = rng.exponential(rng.uniform(2, 30), (2, m, n))
    kind = rng.integers(0, 5, (m, n))
    above = np.where(kind == 0, below, above)
    below = np.where(kind == 1, 0.0, below)
    above = np.where(kind == 2, 0.0, above)
    none = kind == 3
    below, above = np.where(none, 0.0, below), np.where(none, 0.0, above)
    shape = (m, n)
    ends = np.where(rng.random(shape) < 0.3, 0.0, 0.1)
    spread = Spread(
        below=ends,
        above=ends,
        family=np.zeros(shape, np.int64),
        lower=np.full(n, -np.inf),
        upper=np.full(n, np.inf),
        group=np.where(rng.random(shape) < 0.2, np.arange(n), -1),
    )
    return Performance(likely - below, likely, likely + above, spread)


def rows_of(performance: Performance, rows: list[int]) -> Performance:
    held = performance.spread
    spread = replace(
        held,
        below=held.below[rows],
        above=held.above[rows],
        family=held.family[rows],
        group=held.group[rows],
    )
    sides = (performance.low, performance.likely, performance.high)
    low, likely, high = (side[rows] for side in sides)
    return Performance(low, likely, high, spread)


def test_the_rule_agrees_with_sampling_on_a_thousand_random_questions() -> None:
    """Decided is said where the leader beats the runner-up in nine of ten samples."""
    rng = np.random.default_rng(11)
    agree, judged = [], 0
    while judged < 1000:
        performance = random_performance(rng)
        n = performance.likely.shape[1]
        weights = rng.dirichlet(np.ones(n))
        curves = [((0.0, 0.0), (100.0, 100.0))] * n
        moments = value_moments(performance, curves)
        scores = np.clip(performance.likely, 0, 100) @ weights
        result = lead(valued(performance, moments), weights, scores, competition_ranks(scores))
        first, second = best_first(competition_ranks(scores))[:2]
        if not moments.known or len(result.leaders) > 1:
            continue
        judged += 1
        pair = rows_of(performance, [first, second])
        drawn = sample_values(score_tables(pair, curves), 20_000, judged)
        share = float(np.mean((drawn[:, 0] - drawn[:, 1]) @ weights > 1e-9))
        agree.append(result.decided == (share >= 0.9))
        assert agree[-1] or 0.85 <= share <= 0.95, (share, result)
    assert np.mean(agree) >= 0.97
