"""SMAA-2: against areas worked out by hand, the fixtures, and scikit-criteria."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pymcdm.methods import WSM
from skcriteria import mkdm
from skcriteria.agg.simple import WeightedSumModel

from dashboard.methods.arrays import Floats, Performance, performance, plain_spread
from dashboard.methods.evaluate import value_bounds
from dashboard.methods.ranks import competition_ranks
from dashboard.methods.weights import normalise_points, perspective_points
from dashboard.model.question import Question
from dashboard.robustness.acceptability import (
    NEVER_FIRST,
    Acceptability,
    Estimate,
    Sampling,
    acceptability,
)
from dashboard.robustness.ordinal_sampling import ordinal_weights
from dashboard.robustness.sample_problem import CHUNK, Measures
from dashboard.robustness.score_sampling import ScoreTables, score_tables
from dashboard.robustness.weight_sampling import (
    WeightSource,
    ballot_weights,
    polytope_weights,
    sample_weights,
    uniform_weights,
    weights_near,
)
from dashboard.robustness.workers import RunCancelledError, Workers
from tests.conftest import fixture_json
from tests.fitted import with_limits

LINE = ((0.0, 0.0), (100.0, 100.0))

CORNERS = np.array([[100.0, 0, 0], [0, 100, 0], [0, 0, 100], [50, 50, 50]])
"""Three that are best at one thing each and one that is middling at all. Each of the first leads
where its weight is above 1/2, a corner triangle of a quarter of the area; the fourth leads in the
triangle between the midpoints, the last quarter."""


def within(estimate: Estimate, expected: object) -> None:
    """Equal but for 4.5 standard errors, one in 150,000 by chance; exact where there is no error.

    Errors are small enough to say something, too.
    """
    off = np.abs(estimate.value - np.array(expected, dtype=float))
    assert np.all(off <= 4.5 * estimate.error + 1e-12), (estimate.value, expected)
    assert np.all(estimate.error < 0.01 * max(1.0, float(np.abs(estimate.value).max())))


def centre(result: Acceptability, alternative: int) -> Estimate:
    assert result.centres is not None
    weights, error = result.centres[alternative].weights, result.centres[alternative].error
    assert weights is not None
    assert error is not None
    return Estimate(weights, error)


def pairwise(result: Acceptability) -> Estimate:
    assert result.pairwise is not None
    return result.pairwise


def free(values: object, samples: int = 100_000, seed: int = 7) -> Acceptability:
    array = np.array(values, dtype=float)
    return acceptability(array, uniform_weights(array.shape[1]), Sampling(samples, seed))


def test_two_criteria_give_intervals_of_known_length() -> None:
    # The first leads for w above 0.6, the second below 0.4, the third between; at 0.5 the order of
    # the first two turns.
    result = free([[100, 0], [0, 100], [60, 60]])
    within(result.ranks, [[0.4, 0.1, 0.5], [0.4, 0.1, 0.5], [0.2, 0.8, 0]])
    within(centre(result, 0), [0.8, 0.2])
    within(centre(result, 1), [0.2, 0.8])
    within(centre(result, 2), [0.5, 0.5])
    within(pairwise(result), [[0, 0.5, 0.4], [0.5, 0, 0.4], [0.6, 0.6, 0]])
    within(result.better_than(2), [0.4, 0.4, 0])


def test_three_criteria_give_triangles_of_known_area_and_centroid() -> None:
    result = free(CORNERS)
    within(Estimate(result.ranks.value[:, 0], result.ranks.error[:, 0]), [0.25] * 4)
    within(centre(result, 0), [2 / 3, 1 / 6, 1 / 6])
    within(centre(result, 2), [1 / 6, 1 / 6, 2 / 3])
    within(centre(result, 3), [1 / 3] * 3)
    half = 0.5 * (1 - np.eye(3))
    within(Estimate(pairwise(result).value[:3, :3], pairwise(result).error[:3, :3]), half)
    within(result.better_than(3), [0.25, 0.25, 0.25, 0])


def test_the_bands_are_the_percentiles_of_the_scores() -> None:
    # A weight of three is below t with probability 1 - (1 - t)^2.
    result = free(CORNERS)
    assert result.low is not None
    assert result.high is not None
    low, high = 100 * (1 - np.sqrt(0.9)), 100 * (1 - np.sqrt(0.1))
    # The fourth has the same score throughout; a bin is 100 / 4096 wide.
    assert (
        np.abs(result.low.value - [low, low, low, 50]).max() < 4.5 * result.low.error.max() + 0.025
    )
    within(Estimate(result.high.value[:3], result.high.error[:3] + 0.005), [high] * 3)
    assert result.high.value[3] == pytest.approx(50, abs=0.025)


def test_an_order_of_the_criteria_leaves_a_sixth_of_the_triangle() -> None:
    # Where w1 >= w2 >= w3 the corner w1 > 1/2 keeps half its area, 1/8 out of 1/6.
    result = acceptability(CORNERS, ordinal_weights([0, 1, 2]), Sampling(100_000, 7))
    within(result.ranks, [[0.75, 0.25, 0, 0], *result.ranks.value[1:3], [0.25, 0.75, 0, 0]])
    assert result.ranks.value[1:3, 0].tolist() == [0, 0]
    # The centroid of the corner's half, with corners (1, 0, 0), (1/2, 1/2, 0), (1/2, 1/4, 1/4).
    within(centre(result, 0), [2 / 3, 1 / 4, 1 / 12])
    a_ub = np.array([[-1.0, 1, 0], [0, -1, 1]])
    same = polytope_weights(a_ub, np.zeros(2), np.array([0.5, 0.3, 0.2]))
    again = acceptability(CORNERS, same, Sampling(100_000, 7))
    within(Estimate(again.ranks.value[0, :1], again.ranks.error[0, :1]), [0.75])


def test_weights_near_a_perspective_are_an_interval() -> None:
    # w uniform from 0.4 to 0.6; the first leads above 0.55.
    source = weights_near(np.array([0.5, 0.5]), 0.1)
    result = acceptability(np.array([[100.0, 0], [55, 55]]), source, Sampling(100_000, 7))
    within(result.ranks, [[0.25, 0.75], [0.75, 0.25]])
    within(centre(result, 0), [0.575, 0.425])


def test_exchanges_find_the_same_areas() -> None:
    # All weight on the first of 14 but for a tenth: 14 corners again, of which 0 and 1 are looked
    # at. With u the share of the second criterion of that tenth, 0.1 u > 0.02 has (1 - 0.2)^13.
    values = np.zeros((2, 14))
    values[0, 1], values[1] = 100, 2
    source = weights_near(np.eye(14)[0], 0.1)
    result = acceptability(values, source, Sampling(6000, 7))
    assert result.independent
    share = 0.8**13
    assert result.ranks.value[0, 0] == pytest.approx(share, abs=5 * result.ranks.error[0, 0])


def test_ballots_are_counted_and_nothing_is_sampled() -> None:
    ballots = np.array([[1, 0], [0.7, 0.3], [0.6, 0.4], [0.5, 0.5], [0, 1]])
    values = np.array([[100.0, 0], [0, 100], [60, 60]])
    result = acceptability(values, ballot_weights(ballots), Sampling(1, 7))
    # At (0.6, 0.4) the first and the third tie, with 60 points each, and share the first rank.
    assert result.ranks.value.tolist() == [[0.6, 0.2, 0.2], [0.2, 0.2, 0.6], [0.4, 0.6, 0]]
    assert pairwise(result).value.tolist() == [[0, 0.6, 0.4], [0.2, 0, 0.2], [0.4, 0.8, 0]]
    assert centre(result, 0).value == pytest.approx([2.3 / 3, 0.7 / 3])
    assert (result.samples, result.sampled) == (5, False)
    for estimate in (result.ranks, pairwise(result), centre(result, 0), result.low, result.high):
        assert estimate is not None
        assert not estimate.error.any()


def test_bootstrapped_ballots_are_sampled() -> None:
    ballots = ballot_weights(np.array([[1, 0], [1, 0], [0, 1]]), bootstrap=True)
    result = acceptability(np.array([[100.0, 0], [0, 100]]), ballots, Sampling(100_000, 7))
    within(result.ranks, [[2 / 3, 1 / 3], [1 / 3, 2 / 3]])
    assert result.sampled


def test_with_sampled_scores_every_ballot_counts_equally() -> None:
    tables = bands([[40.0, 40]], [[50.0, 50]], [[60.0, 60]])
    ballots = ballot_weights(np.array([[1, 0], [0.5, 0.5], [0, 1]]))
    assert acceptability(tables, ballots, Sampling(10_000, 7)).samples == 10_002


def bands(low: object, likely: object, high: object, correlation: float = 0) -> ScoreTables:
    """With low and high as limits."""
    at_low, mode, at_high = (np.array(side, dtype=float) for side in (low, likely, high))
    held = Performance(at_low, mode, at_high, plain_spread(mode.shape, 0.0))
    return score_tables(held, [LINE] * mode.shape[1], correlation=correlation)


def shipped_tables(question: Question, correlation: float = 0) -> ScoreTables:
    curves = [criterion.points for criterion in question.criteria]
    return score_tables(performance(question), curves, correlation=correlation)


def weights_of(question: Question, perspective: str) -> Floats:
    points = perspective_points(question, question.perspective(perspective))
    return normalise_points(list(points.values()))


@pytest.mark.parametrize("bands", ["limits", "percentiles"])
@pytest.mark.parametrize("perspective", sorted(fixture_json("first_rank_shares")["shares"]))
def test_the_first_ranks_of_the_decision_model(
    shipped: Question, perspective: str, bands: str
) -> None:
    """The decision model took low and high as limits. The shares for percentiles are from 100,000
    of SciPy's own draws from triangles fitted by a root finder."""
    limits = bands == "limits"
    question = with_limits(shipped) if limits else shipped
    fixture = fixture_json("first_rank_shares" if limits else "first_rank_shares_percentiles")
    fixed = ballot_weights(weights_of(shipped, perspective)[None, :])
    sampling = Sampling(fixture["samples"], 0)
    result = acceptability(shipped_tables(question), fixed, sampling, Measures(False, False, False))
    for row, proposal in enumerate(shipped.proposals):
        expected = fixture["shares"][perspective][proposal.id]
        assert result.ranks.value[row, 0] * 100 == pytest.approx(expected, abs=fixture["tolerance"])


def test_scores_decide_by_a_triangle_of_known_area() -> None:
    # One criterion: a symmetric triangle from 40 to 60 beats 55 with 1/2 (5/10)^2.
    tables = bands([[40.0], [55]], [[50.0], [55]], [[60.0], [55]])
    result = acceptability(tables, uniform_weights(1), Sampling(100_000, 7))
    within(result.ranks, [[0.125, 0.875], [0.875, 0.125]])
    assert result.low is not None
    assert result.low.value[0] == pytest.approx(40 + 10 * np.sqrt(0.2), abs=0.06)


def test_the_confidence_factor_is_the_share_of_scores_under_the_central_weights() -> None:
    # Ballots for one criterion each. On its own the first beats 45 with 7/8, as above but mirrored;
    # on the other it cannot win.
    tables = bands([[40.0, 0], [45, 90]], [[50.0, 0], [45, 90]], [[60.0, 0], [45, 90]])
    ballots = ballot_weights(np.array([[1.0, 0], [0, 1]]))
    result = acceptability(tables, ballots, Sampling(100_000, 7))
    assert result.centres is not None
    assert centre(result, 0).value.tolist() == [1, 0]
    first = result.centres[0]
    assert first.confidence == pytest.approx(0.875, abs=0.005)
    assert first.confidence_error == pytest.approx(np.sqrt(0.875 / 8 / 100_000), rel=0.02)
    # The second is first on all ballots for criterion 2 and an eighth of those for criterion 1:
    # central weights (1/9, 8/9), under which it always leads.
    within(centre(result, 1), [1 / 9, 8 / 9])
    assert result.centres[1].confidence == 1


def test_exact_scores_leave_no_doubt_under_central_weights() -> None:
    result = free(CORNERS, 1000)
    assert result.centres is not None
    assert [one.confidence for one in result.centres] == [1, 1, 1, 1]
    assert [one.confidence_error for one in result.centres] == [0, 0, 0, 0]


def test_correlated_errors_of_an_option_widen_its_band(shipped: Question) -> None:
    fixed = ballot_weights(weights_of(shipped, "human-rights")[None, :])
    widths = []
    for correlation in (0, 0.3, 0.9):
        tables = shipped_tables(shipped, correlation)
        result = acceptability(tables, fixed, Sampling(20_000, 1))
        assert result.low is not None
        assert result.high is not None
        widths.append(result.high.value - result.low.value)
    assert np.all(widths[1] > widths[0] * 1.3)
    assert np.all(widths[2] > widths[1] * 1.2)


def test_a_dominated_option_is_never_first_and_says_so() -> None:
    result = free([[60, 50, 40], [50, 40, 40], [0, 0, 100]], 10_000)
    assert result.ranks.value[1, 0] == 0
    assert result.centres is not None
    assert result.centres[1].weights is None
    assert result.centres[1].confidence is None
    assert result.centres[1].reason == NEVER_FIRST == "It is first in none of the samples."
    assert result.centres[0].reason is None
    assert pairwise(result).value[1, 0] == 0
    assert pairwise(result).value[0, 1] == 1


@pytest.mark.parametrize("alternatives", [1, 3, 24, 25, 40])
def test_equal_options_all_share_the_first_rank(alternatives: int) -> None:
    for measures in (Measures(), Measures(pairwise=False)):
        result = acceptability(
            np.full((alternatives, 5), 100 / 3), uniform_weights(5), Sampling(500, 1), measures
        )
        assert result.ranks.value[:, 0].tolist() == [1] * alternatives
        assert not result.ranks.value[:, 1:].any()
        assert result.pairwise is None or not result.pairwise.value.any()
        assert result.low is not None
        assert result.low.value == pytest.approx(100 / 3)


def test_duplicates_rank_alike_and_leave_the_rest_as_it_was() -> None:
    once = free(CORNERS, 20_000)
    twice = free(np.vstack([CORNERS, CORNERS[:1]]), 20_000)
    assert twice.ranks.value[4].tolist() == twice.ranks.value[0].tolist()
    assert twice.ranks.value[:4, 0].tolist() == once.ranks.value[:, 0].tolist()
    assert pairwise(twice).value[0, 4] == pairwise(twice).value[4, 0] == 0


def test_one_option_is_first_whatever_the_weights() -> None:
    result = free([[10, 90]], 1000)
    assert result.ranks.value.tolist() == [[1]]
    assert result.centres is not None
    assert result.centres[0].confidence == 1


def test_one_criterion_decides_alone() -> None:
    result = free([[10], [30], [20]], 1000)
    assert result.ranks.value.tolist() == [[0, 0, 1], [1, 0, 0], [0, 1, 0]]
    assert result.centres is not None
    assert [one.weights is None for one in result.centres] == [True, False, True]
    assert centre(result, 1).value.tolist() == [1]


def test_a_tie_within_the_tolerance_is_a_tie_at_any_scale_of_the_draws() -> None:
    # Exponential variates sum to about n, not to 1; a difference of half the tolerance stays a tie
    # and one of twice the tolerance none.
    base = np.linspace(20, 80, 14)
    values = np.array([base, base + 0.5e-9, base + 3e-9])
    result = free(values, 5000)
    assert result.ranks.value.tolist() == [[0, 1, 0], [0, 1, 0], [1, 0, 0]]
    coarse = acceptability(values * 1e8, uniform_weights(14), Sampling(5000, 7, tolerance=0.4))
    assert coarse.ranks.value[:, 0].tolist() == [1, 1, 1]


def test_the_ranks_are_those_of_competition_ranking() -> None:
    """Coarse values make ties; 30 alternatives are sorted, 8 compared."""
    rng = np.random.default_rng(3)
    for alternatives in (8, 30):
        values: Floats = rng.integers(0, 4, (alternatives, 3)).astype(np.float64) * 25
        ballots = sample_weights(uniform_weights(3), 400, 1)
        ballots[::4] = 1 / 3
        ballots[1::4] = [0.5, 0.25, 0.25]
        counted = np.zeros((alternatives, alternatives))
        for ballot in ballots:
            counted[np.arange(alternatives), competition_ranks(values @ ballot) - 1] += 1
        for measures in (Measures(), Measures(pairwise=False)):
            result = acceptability(values, ballot_weights(ballots), measures=measures)
            assert np.array_equal(np.rint(result.ranks.value * 400), counted)


def test_comparing_and_sorting_count_the_same() -> None:
    values = np.random.default_rng(3).uniform(0, 100, (40, 6))
    compared = acceptability(values, uniform_weights(6), Sampling(3000, 1))
    sorted_ = acceptability(values, uniform_weights(6), Sampling(3000, 1), Measures(pairwise=False))
    assert np.array_equal(compared.ranks.value, sorted_.ranks.value)
    for alternative in np.flatnonzero(compared.ranks.value[:, 0]):
        one, other = centre(compared, int(alternative)), centre(sorted_, int(alternative))
        assert np.array_equal(one.value, other.value)


def test_two_hundred_options_and_sixty_criteria() -> None:
    rng = np.random.default_rng(3)
    low = rng.uniform(0, 50, (200, 60))
    tables = bands(low, low + 10, low + 40)
    exact = low + 10
    for values in (exact, tables):
        result = acceptability(values, uniform_weights(60), Sampling(300, 1))
        assert result.ranks.value.sum(axis=1) == pytest.approx(1)
        assert np.isfinite(pairwise(result).value).all()
        assert result.centres is not None
        assert {one.weights is None for one in result.centres} == {True, False}


def test_a_zero_column_changes_nothing_but_the_weights() -> None:
    values = np.array([[100.0, 0, 0], [0, 100, 0]])
    within(free(values).ranks, [[0.5, 0.5], [0.5, 0.5]])


def test_weights_of_zero_are_weights() -> None:
    ballots = ballot_weights(np.array([[0.0, 1, 0]]))
    result = acceptability(CORNERS, ballots)
    assert result.ranks.value[:, 0].tolist() == [0, 1, 0, 0]


def test_scikit_criteria_and_pymcdm_count_the_same_ranks() -> None:
    values = np.random.default_rng(3).uniform(1, 100, (5, 4))
    ballots = sample_weights(uniform_weights(4), 40, 1)
    by_skcriteria, by_pymcdm = np.zeros((5, 5)), np.zeros((5, 5))
    for ballot in ballots:
        matrix = mkdm(values, [max] * 4, weights=ballot)
        ranks = WeightedSumModel().evaluate(matrix).rank_
        by_skcriteria[np.arange(5), ranks - 1] += 1
        plain = WSM(normalization_function=lambda column, cost: column)
        ranks = plain.rank(plain(values, ballot, np.ones(4))).astype(int)
        by_pymcdm[np.arange(5), ranks - 1] += 1
    counted = acceptability(values, ballot_weights(ballots)).ranks.value * 40
    assert counted == pytest.approx(by_skcriteria)
    assert counted == pytest.approx(by_pymcdm)


def figures(result: Acceptability) -> Iterator[Floats]:
    for estimate in (result.ranks, result.pairwise, result.low, result.high):
        assert estimate is not None
        yield estimate.value
        yield estimate.error
    assert result.centres is not None
    for one in result.centres:
        if one.weights is not None and one.error is not None:
            yield one.weights
            yield one.error
            yield np.array([one.confidence, one.confidence_error], dtype=float)


def same(one: Acceptability, other: Acceptability) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(figures(one), figures(other), strict=True))


def sources() -> dict[str, WeightSource]:
    return {
        "uniform": uniform_weights(14),
        "ordinal": ordinal_weights(range(14)),
        "near": weights_near(np.full(14, 1 / 14), 0.02),
        "ballots": ballot_weights(np.eye(14)),
    }


@pytest.mark.parametrize("name", sources())
def test_the_number_of_workers_changes_no_bit(shipped: Question, name: str) -> None:
    source, tables = sources()[name], shipped_tables(shipped, 0.3)
    sampling = Sampling(3 * CHUNK + 1234, 0)
    one, two, three = (
        acceptability(tables, source, sampling, workers=Workers(count=count)) for count in (1, 2, 3)
    )
    assert same(one, two)
    assert same(one, three)


def test_the_seed_decides_the_numbers() -> None:
    assert same(free(CORNERS, 5000, seed=0), free(CORNERS, 5000, seed=0))
    assert not same(free(CORNERS, 5000, seed=0), free(CORNERS, 5000, seed=1))


def executors_agree(executor: Executor, shipped: Question) -> bool:
    tables = shipped_tables(shipped, 0.3)
    source = uniform_weights(14)
    sampling = Sampling(2 * CHUNK + 99, 0)
    here = acceptability(tables, source, sampling, workers=Workers(count=1))
    there = acceptability(tables, source, sampling, workers=Workers(executor, 2))
    return same(here, there)


def test_processes_give_the_same_bits_as_threads(shipped: Question) -> None:
    from multiprocessing import get_context  # noqa: PLC0415 - only this test starts processes

    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        assert executors_agree(executor, shipped)


def test_a_dask_cluster_gives_the_same_bits_as_threads(shipped: Question) -> None:
    from distributed import Client, LocalCluster  # noqa: PLC0415 - only this test starts a cluster

    with (
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=2, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        assert executors_agree(client.get_executor(), shipped)


def test_a_run_tells_its_progress_and_can_be_cancelled() -> None:
    told: list[tuple[int, int]] = []
    workers = Workers(count=2, progress=lambda done, of: told.append((done, of)))
    sampling = Sampling(2 * CHUNK + 1, 1)
    acceptability(CORNERS, uniform_weights(3), sampling, workers=workers)
    assert told == [(1, 3), (2, 3), (3, 3)]
    with pytest.raises(RunCancelledError):
        acceptability(
            CORNERS, uniform_weights(3), sampling, workers=Workers(cancelled=lambda: True)
        )


def test_standard_errors_shrink_with_the_root_of_the_samples() -> None:
    few, many = free(CORNERS, 2000), free(CORNERS, 200_000)
    assert few.ranks.error[0, 0] / many.ranks.error[0, 0] == pytest.approx(10, rel=0.05)
    assert centre(few, 0).error / centre(many, 0).error == pytest.approx([10] * 3, rel=0.15)
    assert few.low is not None
    assert many.low is not None
    assert few.low.error[0] / many.low.error[0] == pytest.approx(10, rel=0.25)


def test_standard_errors_are_the_spread_over_seeds() -> None:
    seen, stated = [], []
    for seed in range(150):
        run = free(CORNERS, 2000, seed)
        assert run.low is not None
        first, wins, weights = run.ranks, pairwise(run), centre(run, 0)
        seen.append((first.value[0, 0], wins.value[0, 3], run.low.value[0], weights.value[0]))
        stated.append((first.error[0, 0], wins.error[0, 3], run.low.error[0], weights.error[0]))
    assert np.std(seen, axis=0) == pytest.approx(np.mean(stated, axis=0), rel=0.2)


@given(
    arrays(np.float64, (5, 3), elements=st.integers(0, 100).map(float)),
    st.permutations(range(5)),
    st.sampled_from([0.5, 3.0]),
    st.integers(-50, 50),
)
def test_order_scale_and_origin_change_no_rank(
    values: Floats, order: list[int], scale: float, shift: int
) -> None:
    straight, mixed = free(values, 300), free(values[order] * scale + shift, 300)
    assert np.array_equal(mixed.ranks.value, straight.ranks.value[order])
    expected = pairwise(straight).value[np.ix_(order, order)]
    assert np.array_equal(pairwise(mixed).value, expected)


@given(arrays(np.float64, (6, 4), elements=st.integers(0, 3).map(float)))
def test_indices_are_shares_that_fit_together(values: Floats) -> None:
    result = free(values, 200)
    assert result.ranks.value.sum(axis=1) == pytest.approx(1)
    wins = pairwise(result).value
    assert np.all(wins + wins.T <= 1 + 1e-12)
    # The mean rank is one more than the mean number of those that are better.
    mean_rank = result.ranks.value @ np.arange(1, 7)
    assert mean_rank == pytest.approx(1 + wins.sum(axis=0))
    assert result.low is not None
    assert result.high is not None
    assert np.all(result.low.value <= result.high.value + 1e-9)


def test_what_was_not_asked_for_is_none() -> None:
    result = acceptability(CORNERS, uniform_weights(3), Sampling(10), Measures(False, False, False))
    assert (result.centres, result.pairwise, result.low, result.high) == (None,) * 4
    with pytest.raises(ValueError, match="pairwise winning indices were not asked for"):
        result.better_than(0)


def test_input_that_cannot_be_counted_is_refused() -> None:
    three = uniform_weights(3)
    with pytest.raises(ValueError, match="3 criteria, but 2 weights"):
        acceptability(CORNERS, uniform_weights(2))
    with pytest.raises(ValueError, match="a value is not a finite number"):
        acceptability(np.array([[np.nan, 1, 2]]), three)
    with pytest.raises(ValueError, match=r"must be a matrix that is not empty, not of shape \(0"):
        acceptability(np.zeros((0, 3)), three)
    for sampling in (Sampling(0), Sampling(10, -1)):
        with pytest.raises(ValueError, match="there must be at least one sample, and the seed"):
            acceptability(CORNERS, three, sampling)
    with pytest.raises(ValueError, match="the tolerance must be finite and not negative"):
        acceptability(CORNERS, three, Sampling(10, 0, np.inf))


def test_the_shipped_values_under_any_weights_have_no_certain_leader(shipped: Question) -> None:
    values = value_bounds(shipped, performance(shipped))[0]
    result = free(values, 20_000)
    assert 0 < result.ranks.value[:, 0].max() < 0.8
    assert result.ranks.value[:, 0].sum() == pytest.approx(1)
