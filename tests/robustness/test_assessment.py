"""The whole assessment: on the shipped question, on odd ones, and in words."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.weights import equal_branch_points, perspective_points
from dashboard.model.question import Question
from dashboard.model.weighting import Perspective
from dashboard.model.wording import share_percent
from dashboard.report.robustness_results import robustness_results
from dashboard.report.robustness_text import robustness_text
from dashboard.robustness.acceptability import Sampling
from dashboard.robustness.assessment import Assessment, assess
from dashboard.robustness.combined_flip import CombinedFlip, NoFlip
from dashboard.robustness.likelihood import WORDS
from dashboard.robustness.statement import chance, statement
from tests.conftest import fixture_json
from tests.fitted import with_limits
from tests.report.questions import make_question

FEW = Sampling(samples=4_000, seed=1)


def under(question: Question, perspective: str) -> Evaluation:
    return evaluate(question, perspective_points(question, question.perspective(perspective)))


@pytest.fixture(scope="module")
def ukraine(shipped: Question) -> Assessment:
    return assess(under(shipped, "ukraine"), Sampling(samples=20_000, seed=0))


@pytest.mark.parametrize("perspective", sorted(fixture_json("first_rank_shares")["shares"]))
def test_first_rank_shares_are_those_of_the_decision_model(
    shipped: Question, perspective: str
) -> None:
    """With low and high as limits, as the decision model has them."""
    expected = fixture_json("first_rank_shares")
    found = assess(under(with_limits(shipped), perspective), Sampling(samples=20_000, seed=0))
    shares = found.sampled.scores.ranks.value[:, 0] * 100
    for proposal, share in zip(shipped.proposals, shares, strict=True):
        assert share == pytest.approx(
            expected["shares"][perspective][proposal.id], abs=expected["tolerance"] + 0.5
        )


def test_the_statement_for_ukraine(ukraine: Assessment) -> None:
    said = statement(ukraine)
    assert said.who.startswith(
        "No clear winner: Status quo is only 1.6 points ahead (48.2 against 46.7, rounded)."
    )
    # 44.6 % of SciPy's draws; with low and high as limits it would be 63 %.
    assert said.likelihood.startswith("With these weights it is unlikely (4")
    assert "Moving 2.1 % of all weight, from Retaliation to Time to effect" in said.weights
    assert said.scores == (
        "One score is enough: NATO integration would lead if Ukraine's consent of NATO integration "
        "went from 55 % probability past 64 % probability, 44 % of the way to the end of its band."
    )
    assert said.scenarios == (
        "Status quo leads in 5 of 6 scenarios; another leads under EU unity weakens, names traded "
        "(NATO integration)."
    )
    assert said.structure == (
        "1 of 36 structural checks changes the leader: Range of Intelligence yield 25 % narrower "
        "(NATO integration)."
    )
    assert said.confidence == (
        "By weight, confidence in the evidence behind Status quo is moderate for 85 % and high for "
        "15 %; 4.5 % rests on judgement alone."
    )


@pytest.mark.parametrize("perspective", ["human-rights", "finance", "emigres"])
def test_likelihood_and_confidence_never_share_a_sentence(
    shipped: Question, perspective: str
) -> None:
    words = [w.word for w in WORDS]
    for sentence in statement(assess(under(shipped, perspective), FEW)).sentences:
        if "confidence" in sentence.lower():
            assert not any(f" {word} " in sentence for word in words)


def test_a_cheapest_flip_really_brings_a_proposal_level(ukraine: Assessment) -> None:
    values = ukraine.evaluation.values
    for row, flip in enumerate(ukraine.flips):
        if flip is None:
            assert ukraine.evaluation.ranks[row] == 1
            continue
        assert isinstance(flip, CombinedFlip)
        scores = values @ flip.least_moved.weights
        assert scores[row] == pytest.approx(scores.max(), abs=1e-6)
        assert flip.nearest.distance <= flip.least_moved.distance + 1e-9
        assert flip.least_moved.moved <= flip.nearest.moved + 1e-9


def test_equal_seeds_give_equal_results_and_json_is_strict(shipped: Question) -> None:
    once = robustness_results(assess(under(shipped, "finance"), FEW), "finance")
    again = robustness_results(assess(under(shipped, "finance"), FEW), "finance")
    text = json.dumps(once, allow_nan=False)
    assert text == json.dumps(again, allow_nan=False)
    other = assess(under(shipped, "finance"), Sampling(samples=4_000, seed=2))
    assert text != json.dumps(robustness_results(other, "finance"), allow_nan=False)


def test_the_json_speaks_in_ids(ukraine: Assessment, shipped: Question) -> None:
    results = robustness_results(ukraine, "ukraine")
    proposals = [proposal.id for proposal in shipped.proposals]
    assert results["samples"] == 20_000
    assert list(results["acceptability"]["given_weights"]) == proposals
    assert results["cheapest_flip"]["status-quo"] == {"leads": True}
    assert results["score_flip"]["criterion"] == "ukraine-consent"
    assert results["score_flip"]["performance"] == pytest.approx(63.744, abs=0.001)
    assert results["scenarios"][5]["id"] is not None
    assert results["scenarios"][0]["id"] is None
    assert results["disagreement"]["compromise"]["proposal"] == "sanctuary"
    kinds = [node["kind"] for node in results["stability"]]
    assert kinds == ["criterion"] * 14 + ["branch"] * 5
    consent = next(node for node in results["stability"] if node["id"] == "ukraine-consent")
    assert consent["leader"]["leads_below"] == "nato-integration"
    assert consent["leader"]["leads_above"] is None


def _finite(data: Any) -> bool:
    if isinstance(data, dict):
        return all(_finite(value) for value in data.values())
    if isinstance(data, (list, tuple)):
        return all(_finite(value) for value in data)
    return not isinstance(data, float) or bool(np.isfinite(data))


ODD = {
    "one option": ({"a": [4.0, 6.0]}, None),
    "one criterion": ({"a": [4.0], "b": [6.0]}, None),
    "all equal": ({"a": [5.0, 5.0], "b": [5.0, 5.0], "c": [5.0, 5.0]}, None),
    "a zero column": ({"a": [0.0, 6.0], "b": [0.0, 4.0]}, "b"),
    "a dominated option": ({"a": [6.0, 6.0], "b": [4.0, 4.0]}, "b"),
}


@pytest.mark.parametrize("name", sorted(ODD))
def test_odd_questions_get_an_answer_without_a_single_nan(name: str) -> None:
    rows, status_quo = ODD[name]
    question = make_question(rows, spread=0.3, status_quo=status_quo)
    evaluation = evaluate(question, equal_branch_points(question.branches))
    found = assess(evaluation, FEW)
    results = robustness_results(found, None)
    assert _finite(results)
    assert json.loads(json.dumps(results, allow_nan=False))["samples"] == 4_000
    text = robustness_text(found, "Equal branches")
    assert "nan" not in text.lower().split()
    assert "-9223372036854775808" not in text


def test_a_dominated_option_is_proven_unable_to_lead() -> None:
    question = make_question({"a": [6.0, 6.0], "b": [4.0, 4.0]}, spread=0.3)
    found = assess(evaluate(question, equal_branch_points(question.branches)), FEW)
    flip = found.flips[1]
    assert isinstance(flip, NoFlip)
    assert flip.margin == pytest.approx(20)
    assert found.sampled.any_weights.ranks.value[1, 0] == 0
    words = (
        "b: on best estimates no weights do; a is better by 20.0 points or more under all weights"
    )
    assert words in robustness_text(found, "Equal branches")


def test_an_option_beaten_by_a_mix_only_is_told_the_mix() -> None:
    """Nobody is better on both criteria; half of one and half of the other is."""
    question = make_question({"a": [10.0, 0.0], "b": [0.0, 10.0], "c": [4.0, 4.0]})
    found = assess(evaluate(question, equal_branch_points(question.branches)), FEW)
    words = (
        "c: on best estimates no weights do; a mix of 50 % a and 50 % b is better by 10.0 points "
        "or more under all weights"
    )
    assert words in robustness_text(found, "Equal branches")


def test_perspectives_with_nothing_in_common_are_said_to_be_so() -> None:
    """Two people who each weight one other criterion: there is no path between their weights."""
    people = [
        Perspective.model_validate(
            {
                "id": name,
                "ref": None,
                "name": name,
                "points": {"criterion-0": first, "criterion-1": 1.0 - first},
                "justification": "for a test",
            }
        )
        for name, first in (("one", 1.0), ("other", 0.0))
    ]
    question = make_question({"a": [6.0, 1.0], "b": [1.0, 6.0]}, spread=0.3, perspectives=people)
    found = assess(evaluate(question, equal_branch_points(question.branches)), FEW)
    results = robustness_results(found, None)
    assert results["disagreement"]["divided_by"] == []
    assert [pair["between"] for pair in results["disagreement"]["not_divided"]] == [
        ["one", "other"]
    ]
    assert results["disagreement"]["not_divided"][0]["reason"] == found.divisions[0].reason
    assert found.divisions[0].reason is not None


def test_a_wide_and_a_long_question_are_assessed() -> None:
    rng = np.random.default_rng(3)
    rows = {f"o{i}": rng.uniform(1, 9, 60).tolist() for i in range(200)}
    question = make_question(rows, spread=0.4, status_quo="o0")
    evaluation = evaluate(question, equal_branch_points(question.branches))
    found = assess(evaluation, Sampling(samples=500, seed=0))
    assert _finite(robustness_results(found, None))
    assert len(found.flips) == 200


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "there is almost no chance (less than 1 %)"),
        (0.5, "there is a roughly even chance (50 %)"),
        (0.7, "it is likely (70 %)"),
        (1.0, "it is almost certain (more than 99 %)"),
    ],
)
def test_a_chance_in_words(probability: float, words: str) -> None:
    assert chance(probability) == words


def test_a_share_is_never_zero_or_everything() -> None:
    assert [share_percent(p) for p in (0, 0.004, 0.006, 0.994, 0.996, 1)] == [
        "less than 1 %",
        "less than 1 %",
        "1 %",
        "99 %",
        "more than 99 %",
        "more than 99 %",
    ]
