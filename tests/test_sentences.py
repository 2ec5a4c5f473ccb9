"""Random questions: what the sentences say is read back and held against the arrays.

Nothing here asks the functions that the sentences are made from. Scores, switches, flips and shares
are worked out once more, by brute force where that is simplest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from scipy import optimize

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.model.load import load_question
from dashboard.robustness.acceptability import Sampling
from dashboard.robustness.assessment import Assessment, assess
from dashboard.robustness.likelihood import likelihood_word
from dashboard.robustness.score_sampling import score_tables
from dashboard.robustness.statement import Statement, statement
from tests.oracles import sample_values
from tests.small_questions import Number, Table, write_table

QUESTIONS = 60
SAMPLES = 20_000
TIE = 1e-9
NEAR_THE_EDGE = 0.03
"""Of a share or an error: here sampling may fall to either side."""


def random_table(rng: np.random.Generator) -> Table:
    """Two to six options on one to six criteria; small numbers, so that many are equal."""
    n, m = int(rng.integers(1, 7)), int(rng.integers(2, 7))
    exact = rng.random() < 0.2
    names = [f"C{j}" for j in range(n)]
    half = max(1, n // 2)
    ends = {name: (0.0, 10.0) if rng.random() < 0.6 else (10.0, 0.0) for name in names}

    def number() -> Number:
        likely = float(rng.integers(0, 11))
        if exact or rng.random() < 0.3:
            return likely
        low, high = likely - float(rng.integers(0, 6)), likely + float(rng.integers(0, 6))
        return low, likely, high

    branches = {"First": {name: ends[name] for name in names[:half]}}
    if names[half:]:
        branches["Second"] = {name: ends[name] for name in names[half:]}
    return Table(branches, {f"O{i}": [number() for _ in names] for i in range(m)})


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Assessment, Statement]]:
    """Assessments of random questions under random weights, and what is said of them."""
    rng = np.random.default_rng(20)
    found = []
    for index in range(QUESTIONS):
        folder: Path = tmp_path_factory.mktemp("questions") / f"q{index}"
        question = load_question(write_table(folder, random_table(rng)))
        points = {c.id: float(rng.integers(1, 5)) for c in question.criteria}
        assessment = assess(evaluate(question, points), Sampling(SAMPLES, 1))
        found.append((assessment, statement(assessment)))
    return found


def scores(evaluation: Evaluation, weights: Floats | None = None) -> Floats:
    return np.asarray(evaluation.values @ (evaluation.weights if weights is None else weights))


def row(label: str) -> int:
    return int(label[1:])


def leaders(values: Floats) -> list[int]:
    return [int(i) for i in np.flatnonzero(values >= values.max() - TIE)]


def test_the_headline_names_who_leads(said: list[tuple[Assessment, Statement]]) -> None:
    ties = 0
    for assessment, _ in said:
        told = assessment.verdict.headline
        first = leaders(scores(assessment.evaluation))
        named = [row(label) for label in re.findall(r"O\d", told)]
        if len(first) > 1:
            assert named == first
            assert re.search(r" tie for first | are equal and come first", told)
            ties += 1
        else:
            assert named[0] == first[0]
            assert re.match(r"(No clear winner: )?O\d (leads|is) ", told)
    assert ties > 3


def test_the_headlines_gap_is_the_gap(said: list[tuple[Assessment, Statement]]) -> None:
    for assessment, _ in said:
        order = np.sort(scores(assessment.evaluation))[::-1]
        told = assessment.verdict.headline
        gap = float(order[0] - order[1])
        if gap <= TIE:
            continue
        if "less than" in told:
            assert gap < 0.5
            continue
        printed = re.search(r"([\d.]+) points?", told)
        assert printed is not None
        assert float(printed[1]) == pytest.approx(gap, abs=0.5 if "." not in printed[1] else 0.051)
        if against := re.search(r"\(([\d.]+) against ([\d.]+)", told):
            assert [float(against[1]), float(against[2])] == pytest.approx(order[:2], abs=0.051)


def drawn_leads(evaluation: Evaluation) -> Floats:
    """(samples, m) what the leader is ahead of each by, with scores drawn from their bands."""
    curves = [criterion.points for criterion in evaluation.question.criteria]
    drawn = sample_values(score_tables(evaluation.performance, curves), 40_000, 9)
    found = drawn @ evaluation.weights
    return np.asarray(found[:, [evaluation.order[0]]] - found)


def test_too_close_to_call_is_said_of_whom_it_is_true(
    said: list[tuple[Assessment, Statement]],
) -> None:
    decided = close = 0
    for assessment, told in said:
        evaluation = assessment.evaluation
        if not evaluation.question.has_bands or len(assessment.verdict.leaders) > 1:
            continue
        leads = drawn_leads(evaluation)
        mean, error = leads.mean(axis=0), 1.28 * leads.std(axis=0)
        for other in range(len(mean)):
            if other == evaluation.order[0]:
                continue
            if abs(mean[other] - error[other]) < NEAR_THE_EDGE * max(error[other], 1):
                continue
            named = re.search(
                rf"(O\d[^.]*)?O{other}\b[^.]*within the uncertainty", told.who
            ) or re.search(r"(All|\d+) other options are within the uncertainty", told.who)
            counts = mean[other] > error[other]
            if counts:
                assert f"O{other}" not in [p.label for p in assessment.verdict.near]
                decided += 1
            else:
                assert named, (other, told.who)
                close += 1
        nobody = all(p not in told.who for p in ("too close", "No clear winner"))
        assert nobody == (not assessment.verdict.near and assessment.verdict.oftener is None)
    assert decided > 30
    assert close > 20


def test_who_comes_first_more_often_does(said: list[tuple[Assessment, Statement]]) -> None:
    count = 0
    for assessment, _ in said:
        found = re.search(r"but O(\d) comes first more often", assessment.verdict.headline)
        if found is None:
            continue
        leads = drawn_leads(assessment.evaluation)
        firsts = (leads <= leads.min(axis=1, keepdims=True) + TIE).mean(axis=0)
        assert int(np.argmax(firsts)) == int(found[1])
        told = re.search(
            r"comes first in (\d+) % of samples, O\d in (\d+) %", assessment.verdict.margin
        )
        if told is not None:
            assert firsts[int(found[1])] * 100 == pytest.approx(int(told[1]), abs=1.5)
            leader = assessment.evaluation.order[0]
            assert firsts[leader] * 100 == pytest.approx(int(told[2]), abs=1.5)
        count += 1
    assert count > 2


def moved(weights: Floats, criterion: int, to: float) -> Floats:
    """One weight moved, the others in proportion."""
    others = np.arange(len(weights)) != criterion
    result = weights * (1 - to) / weights[others].sum()
    result[criterion] = to
    return np.asarray(result)


def test_a_switch_changes_the_leader_just_beyond_it(
    said: list[tuple[Assessment, Statement]],
) -> None:
    switches = none = 0
    for assessment, _ in said:
        evaluation = assessment.evaluation
        change, first = assessment.verdict.change, evaluation.order[0]
        found = re.match(r"O(\d) would lead if the weight of C(\d) ", change)
        if found is None:
            if change != "No change of a single weight would put another option first.":
                continue
            for j in range(len(evaluation.weights)):
                if evaluation.weights[j] > 1 - 1e-12:
                    continue
                for to in np.linspace(0, 1, 101):
                    other = scores(evaluation, moved(evaluation.weights, j, float(to)))
                    assert other[first] >= other.max() - 1e-7
            none += 1
            continue
        rival, j = int(found[1]), int(found[2])
        place = re.search(r"went (above|below|to) ([\d.]+) %", change)
        if place is None:  # it moved slightly, by less than is printed
            continue
        at, step = float(place[2]) / 100, 0.006 * (-1 if place[1] == "below" else 1)
        beyond = scores(evaluation, moved(evaluation.weights, j, float(np.clip(at + step, 0, 1))))
        assert beyond[rival] > beyond[first]
        before = scores(evaluation, moved(evaluation.weights, j, float(np.clip(at - step, 0, 1))))
        between = abs(evaluation.weights[j] - at) > abs(step)
        assert not between or before[first] >= before.max() - 1e-9
        switches += 1
    assert switches > 10
    assert none > 3


def least_moved(evaluation: Evaluation, target: int) -> float | None:
    """The least weight that brings an option level with all, by a programme of its own."""
    n = len(evaluation.weights)
    behind = evaluation.values - evaluation.values[target]
    rows = np.block(
        [[behind, np.zeros_like(behind)], [np.eye(n), -np.eye(n)], [-np.eye(n), -np.eye(n)]]
    )
    limits = np.concatenate([np.zeros(len(behind)), evaluation.weights, -evaluation.weights])
    found = optimize.linprog(
        np.repeat([0.0, 0.5], n),
        rows,
        limits,
        np.repeat([1.0, 0.0], n)[None, :],
        [1.0],
        bounds=(0, None),
    )
    return float(found.fun) if found.status == 0 else None


def test_the_cheapest_flip_is_the_cheapest(said: list[tuple[Assessment, Statement]]) -> None:
    count = 0
    for assessment, told in said:
        found = re.search(
            r"Moving ([\d.]+) % of all weight, .* that brings O(\d) level", told.weights
        )
        if found is None or len(assessment.verdict.leaders) > 1:
            continue
        evaluation = assessment.evaluation
        costs = [
            cost
            for other in range(len(evaluation.values))
            if other != evaluation.order[0] and (cost := least_moved(evaluation, other)) is not None
        ]
        assert float(found[1]) == pytest.approx(min(costs) * 100, abs=0.51)
        own = least_moved(evaluation, int(found[2]))
        assert own == pytest.approx(min(costs), abs=1e-6)
        count += 1
    assert count > 15


def test_one_score_is_enough(said: list[tuple[Assessment, Statement]]) -> None:
    count = 0
    for assessment, told in said:
        found = re.search(
            r"O(\d) would lead if C(\d) of O(\d) went from ([\d.-]+) points past ([\d.-]+) points",
            told.scores,
        )
        if found is None:
            continue
        evaluation = assessment.evaluation
        rival, j, option = int(found[1]), int(found[2]), int(found[3])
        was, at = float(found[4]), float(found[5])
        assert evaluation.performance.likely[option, j] == pytest.approx(was, abs=0.51)
        criterion = evaluation.question.criteria[j]
        step = 0.51 if float(at).is_integer() else 0.051
        beyond = at + step * np.sign(at - was)
        share = (beyond - criterion.worst) / (criterion.best - criterion.worst)
        values = evaluation.values.copy()
        values[option, j] = np.clip(share, 0, 1) * 100
        other = values @ evaluation.weights
        assert other[rival] >= other.max() - 1e-6
        count += 1
    assert count > 8


def test_chances_are_those_of_other_samples(said: list[tuple[Assessment, Statement]]) -> None:
    told_chances = 0
    for assessment, told in said:
        evaluation = assessment.evaluation
        if not evaluation.question.has_bands:
            assert "likely" not in told.likelihood
            assert "no chance is claimed" in told.who or "equal" in told.likelihood
            continue
        found = re.match(
            r"With these weights (?:it is|there is an?|there is) (.*?) \((.*?)\)", told.likelihood
        )
        if found is None:
            assert "are equal on every criterion" in told.likelihood
            continue
        leads = drawn_leads(evaluation)
        share = float(np.mean(leads.min(axis=1) >= -TIE))
        if found[2].startswith("more"):
            assert share > 0.985
        elif found[2].startswith("less"):
            assert share < 0.015
        else:
            assert share * 100 == pytest.approx(float(found[2].split()[0]), abs=1.6)
        assert found[1] in {likelihood_word(s) for s in near(share)}
        told_chances += 1
    assert told_chances > 30


def near(share: float) -> Iterator[float]:
    for off in (-0.012, 0.0, 0.012):
        yield float(np.clip(share + off, 0, 1))
