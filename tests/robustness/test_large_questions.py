"""Questions of many options: what is worked out, what is left out, and that both agree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from dashboard.methods.dominance import dominance
from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.question import Question
from dashboard.report.robustness_results import robustness_results
from dashboard.report.robustness_text import robustness_text
from dashboard.report.terminal import ranking_text
from dashboard.robustness import flip_programmes
from dashboard.robustness.acceptability import Sampling, acceptability
from dashboard.robustness.assessment import Assessment, assess
from dashboard.robustness.cheapest_flips import sought_flips
from dashboard.robustness.combined_flip import CombinedFlip, NoFlip, combined_flip
from dashboard.robustness.health import health_checks
from dashboard.robustness.readings import ScoreErrors, measures_for, question_tables
from dashboard.robustness.sample_problem import MANY, Measures
from dashboard.robustness.weight_sampling import uniform_weights
from dashboard.robustness.workers import RunCancelledError, Workers
from tests.report.questions import make_question

FEW = Sampling(samples=600, seed=1)
TERMINAL, JSON = 20_000, 2_000_000


def many(options: int, criteria: int, *, spread: float = 0.5) -> Question:
    """Random performances, and a status quo that is none of the best."""
    rng = np.random.default_rng(options)
    rows = rng.integers(1, 10, (options, criteria)).astype(float)
    # One that nothing dominates and that is ahead of most.
    rows[0] = np.where(np.arange(criteria) % 2, 10.0, 8.0)
    performances = {f"option-{i}": tuple(row) for i, row in enumerate(rows.tolist())}
    return make_question(performances, spread=spread, status_quo="option-3")


def evaluated(question: Question) -> Evaluation:
    return evaluate(question, equal_branch_points(question.branches))


@pytest.fixture(scope="module")
def cut() -> Assessment:
    return assess(evaluated(many(70, 4)), FEW)


@pytest.fixture(scope="module")
def full(cut: Assessment) -> Assessment:
    return assess(cut.evaluation, FEW, full=True)


def test_up_to_fifty_options_nothing_is_left_out() -> None:
    evaluation = evaluated(many(MANY, 3))
    assert measures_for(evaluation) == Measures()
    found = assess(evaluation, Sampling(samples=64))
    assert found.complete
    assert found.sampled.scores.every_pair
    assert "left_out" not in robustness_results(found, None)


def test_of_more_the_fifty_highest_are_examined(cut: Assessment, full: Assessment) -> None:
    assert cut.examined[:50] == tuple(cut.evaluation.order[:50])
    assert not cut.complete
    assert full.complete
    assert len(cut.pairs) == 49
    assert len(full.pairs) == 69
    given = cut.sampled.scores
    assert given.ranks.value.shape == (70, 50)
    assert given.rivals == (*cut.evaluation.order[:2], 3)


def test_cut_and_full_agree_on_what_both_hold(cut: Assessment, full: Assessment) -> None:
    for row in cut.examined:
        one, other = cut.flips[row], full.flips[row]
        assert type(one) is type(other)
        if isinstance(one, CombinedFlip) and isinstance(other, CombinedFlip):
            assert one.nearest.weights.tolist() == other.nearest.weights.tolist()
    for (key, _, some), (again, _, every) in zip(
        cut.sampled.readings(), full.sampled.readings(), strict=True
    ):
        assert key == again
        assert some.ranks.value.tolist() == every.ranks.value[:, :50].tolist()
        assert some.ranks.value.sum(axis=1) + some.beyond == pytest.approx(1)
        for rival in some.rivals or ():
            assert some.better_than(rival).value.tolist() == (
                every.better_than(rival).value.tolist()
            )
        assert some.band[0].value.tolist() == every.band[0].value.tolist()
    with pytest.raises(ValueError, match="wins against row 69 were not asked for"):
        cut.sampled.scores.better_than(69)


def leaves(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, str(key)))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from leaves(value, (*path, str(place)))
    else:
        yield path, data


def test_what_is_cut_from_the_json_is_named_and_the_rest_is_that_of_the_full_one(
    cut: Assessment, full: Assessment
) -> None:
    some, every = robustness_results(cut, None), robustness_results(full, None)
    assert set(some) - set(every) == {"left_out"}
    named = some["left_out"]
    assert named["options"] == 70
    assert named["options_with_details"] == len(cut.examined)
    complete, kept_leaves = dict(leaves(every)), dict(leaves(some))
    shorter = {path[0] for path in complete if path[0] in some and path not in kept_leaves}
    assert shorter <= set(named["keys"]), "something is missing that is not named"
    for path, value in kept_leaves.items():
        if path[0] in ("cheapest_flip", "acceptability", "stability", "scenarios", "verdict"):
            assert complete[path] == value, path
    kept = {cut.evaluation.question.proposals[row].id for row in cut.examined}
    for key, shares in named["first_elsewhere"].items():
        expected = {
            option: found["ranks"][0]
            for option, found in every["acceptability"][key].items()
            if option not in kept and found["ranks"][0] > 0
        }
        assert shares == expected


def test_two_thousand_options_fit_the_terminal_and_two_megabytes() -> None:
    evaluation = evaluated(many(2000, 6))
    found = assess(evaluation, Sampling(samples=64))
    text = robustness_text(found, "Equal weights")
    assert len(text.encode()) < TERMINAL
    assert "  ... and 1,950 more options; --all shows them\n" in text
    assert text.count("dominated by") == 1
    data = json.dumps(robustness_results(found, None), indent=2, allow_nan=False)
    assert len(data.encode()) < JSON
    ranking = ranking_text(evaluation, "Equal weights")
    assert len(ranking.encode()) < TERMINAL
    assert "\n... and 1,950 more options; --all shows them\n" in ranking
    assert "more options" not in ranking_text(evaluation, "Equal weights", every=True)


@pytest.mark.parametrize("count", [2, 3])
def test_the_figures_are_the_same_for_any_number_of_workers(count: int) -> None:
    evaluation = evaluated(many(60, 3))
    tables = question_tables(evaluation.question, ScoreErrors())
    measures = measures_for(evaluation)

    def counted(workers: int) -> list[object]:
        found = acceptability(
            tables, uniform_weights(3), Sampling(5000, 2), measures, Workers(count=workers)
        )
        assert found.centres is not None
        return [
            found.ranks.value.tolist(),
            found.wins.value.tolist(),
            found.band[1].value.tolist(),
            [
                (c.confidence, None if c.weights is None else c.weights.tolist())
                for c in found.centres
            ],
        ]

    assert counted(count) == counted(1)


def test_ties_reach_beyond_the_counted_ranks() -> None:
    # Sixty equal options share the first rank, so nobody has a rank from 2 to 60.
    values = np.vstack([np.full((60, 3), 50.0), np.full((5, 3), 20.0)])
    found = acceptability(
        values, uniform_weights(3), Sampling(300, 1), Measures(rivals=(0, 64), places=50)
    )
    assert found.ranks.value[:60, 0].tolist() == [1] * 60
    assert not found.ranks.value[:, 1:].any()
    assert found.beyond.tolist() == [0] * 60 + [1] * 5
    assert found.better_than(64).value.tolist() == [1] * 60 + [0] * 5


def test_a_confidence_factor_needs_only_those_who_can_be_rivals() -> None:
    # The same samples counted for everybody against everybody, without the short cut.
    evaluation = evaluated(many(60, 3))
    tables = question_tables(evaluation.question, ScoreErrors())
    found = acceptability(tables, uniform_weights(3), Sampling(4000, 5))
    assert found.centres is not None
    rng = np.random.default_rng(1)
    level = rng.integers(0, tables.values.shape[2], (60, 3, 4000))
    drawn = np.take_along_axis(tables.values, level, axis=2)
    for row, centre in enumerate(found.centres):
        if centre.weights is None or centre.confidence is None:
            continue
        scores = np.einsum("mnk,n->mk", drawn, centre.weights)
        expected = float(np.mean(scores[row] >= scores.max(axis=0) - 1e-9))
        assert centre.confidence == pytest.approx(expected, abs=0.04)


def test_many_rivals_enter_a_programme_only_if_they_matter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(8)
    values = rng.integers(0, 101, (160, 5)).astype(float)
    weights = rng.dirichlet(np.ones(5))
    rows: list[int] = []
    solve = flip_programmes._linear_programme

    def counted(cost, limits, *rest):  # type: ignore[no-untyped-def]
        rows.append(len(limits))
        return solve(cost, limits, *rest)

    monkeypatch.setattr(flip_programmes, "_linear_programme", counted)
    order = np.argsort(-(values @ weights))[1:12].tolist()
    some = [combined_flip(values, weights, row) for row in order]
    assert max(rows) <= 60
    monkeypatch.setattr(flip_programmes, "_TOGETHER", 1000)
    rows.clear()
    every = [combined_flip(values, weights, row) for row in order]
    assert max(rows) > 100
    for one, other in zip(some, every, strict=True):
        if isinstance(one, NoFlip) or isinstance(other, NoFlip):
            assert isinstance(one, NoFlip)
            assert isinstance(other, NoFlip)
            assert one.margin == pytest.approx(other.margin, abs=1e-8)
            continue
        assert one.least_moved.moved == pytest.approx(other.least_moved.moved, abs=1e-9)
        assert one.nearest.weights == pytest.approx(other.nearest.weights, abs=1e-9)


def test_whoever_needs_the_least_weight_is_found_wherever_it_stands() -> None:
    # Fifty-five are behind the leader everywhere, so no weights help them; the last in the ranking
    # leads once the second criterion has most of the weight.
    rows = {"leader": (9.0, 5.0)}
    rows |= {f"behind-{i}": (8.0 - i / 100, 4.0) for i in range(55)}
    rows["last"] = (0.0, 6.0)
    evaluation = evaluated(make_question(rows))
    assert evaluation.order[-1] == 56
    flips = sought_flips(evaluation, evaluation.order[:50], Workers())
    found = flips[56]
    assert isinstance(found, CombinedFlip)
    # Level where 9 w1 + 5 w2 = 6 w2: w1 = 1/10.
    assert found.least_moved.weights == pytest.approx([0.1, 0.9], abs=1e-9)
    # The others beyond the fifty are not even looked at.
    assert sum(flip is not None for flip in flips) == 49 + 1
    assessed = assess(evaluation, Sampling(samples=64))
    assert assessed.examined[-1] == 56
    assert "is the least that brings last level with the lead." in robustness_text(assessed, "x")


def test_equal_leaders_beyond_the_fifty_need_no_flip() -> None:
    rows = {f"level-{i}": (5.0, 5.0) for i in range(55)} | {"behind": (1.0, 1.0)}
    evaluation = evaluated(make_question(rows))
    assert sought_flips(evaluation, evaluation.order[:50], Workers()) == (None,) * 56


def test_progress_runs_from_nothing_to_all_and_a_stop_is_obeyed() -> None:
    evaluation = evaluated(many(60, 3))
    told: list[float] = []
    workers = Workers(progress=lambda done, of: told.append(done / of))
    assess(evaluation, Sampling(samples=2500), workers)
    assert told == sorted(told)
    assert told[0] < 0.2
    assert told[-1] == 1
    for after in (1, len(told) - 3):
        calls: list[int] = []
        stopped = Workers(
            progress=lambda done, of, calls=calls: calls.append(done),  # type: ignore[misc]
            cancelled=lambda calls=calls, after=after: len(calls) >= after,  # type: ignore[misc]
        )
        with pytest.raises(RunCancelledError):
            assess(evaluation, Sampling(samples=2500), stopped)
        assert len(calls) < len(told)


def test_dominance_column_by_column_is_that_of_the_definition() -> None:
    values = np.random.default_rng(3).integers(0, 4, (40, 3)).astype(np.float64) * 25
    difference = values[:, None, :] - values[None, :, :]
    expected = np.all(difference >= 0, axis=2) & np.any(difference > 0, axis=2)
    assert np.array_equal(dominance(values), expected)


def test_many_dominated_options_are_one_finding() -> None:
    rows = {"best": (9.0, 9.0)} | {f"worse-{i}": (8.0 - i / 10, 8.0) for i in range(20)}
    (found,) = (f for f in health_checks(evaluated(make_question(rows))) if f.kind == "dominated")
    assert found.subjects == tuple(f"worse-{i}" for i in range(20))
    assert found.sentence == (
        "On best estimates 20 of 21 options are nowhere better and somewhere worse than another "
        "option: only errors in the scores, and no weights, could put them above it. The highest "
        "in the ranking is worse-0, dominated by best."
    )
