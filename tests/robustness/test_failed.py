"""A missed minimum is said exactly: which criterion, how much there is, and how much it takes."""

from __future__ import annotations

import pytest

from dashboard.methods.evaluate import evaluate
from dashboard.model.question import Question
from dashboard.model.value_tree import Criterion
from dashboard.robustness.failed import Miss, caution, limit_words, minima_words, misses
from dashboard.robustness.verdict import verdict
from tests.report.questions import make_question, score


def bids() -> Question:
    """The first of three is best by far, and misses a minimum of 5 on the second criterion."""
    rows = {"first": [10.0, 3.8], "second": [6.0, 6.0], "third": [1.0, 8.0]}
    return make_question(rows, spread=0.5, minima={1: 5.0})


def criterion(**given: object) -> Criterion:
    base = {"id": "skills", "ref": None, "name": "Skills", "definition": "made up"}
    return Criterion.model_validate(
        {**base, "unit": "points", "worst": 0.0, "best": 100.0, **given}
    )


def test_the_verdict_says_which_minimum_the_leader_misses() -> None:
    judged = verdict(evaluate(bids(), {"criterion-0": 70.0, "criterion-1": 30.0}))
    assert judged.leaders[0].id == "first"
    assert judged.caution == (
        "first misses the minimum of Criterion 1: 3.8 of 5 points needed. "
        "A high score does not make up for that."
    )


def test_a_leader_that_meets_every_minimum_has_no_caution() -> None:
    assert verdict(evaluate(bids(), {"criterion-0": 0.0, "criterion-1": 100.0})).caution is None


def test_a_best_estimate_at_the_minimum_meets_it_whatever_its_band() -> None:
    question = make_question({"a": [5.0]}, spread=3.0, minima={0: 5.0})
    assert misses(question, question.proposals[0]) == ()
    assert minima_words(question, question.proposals[0]) == "meets all"


@pytest.mark.parametrize(
    ("given", "performance", "threshold", "words"),
    [
        ({}, 38.0, 50.0, "misses the minimum of Skills: 38 of 50 points needed"),
        ({}, 49.6, 50.0, "misses the minimum of Skills: 49.6 of 50 points needed"),
        ({}, 49.999, 50.0, "misses the minimum of Skills: 49.999 of 50 points needed"),
        ({"unit": "level 0-4"}, 1.0, 2.0, "misses the minimum of Skills: level 1 of 2 needed"),
        (
            {"name": "Price", "unit": "EUR m", "worst": 900.0, "best": 100.0},
            810.0,
            700.0,
            "exceeds the maximum of Price: 810 against 700 EUR m allowed",
        ),
    ],
)
def test_a_miss_in_words(
    given: dict[str, object], performance: float, threshold: float, words: str
) -> None:
    assert Miss(criterion(**given), performance, threshold).words == words


def test_where_less_is_better_the_threshold_is_a_maximum() -> None:
    question = make_question({"a": [5.0]})
    price = criterion(id="price", name="Price", unit="EUR", worst=100.0, best=0.0, veto=40.0)
    (branch,) = question.branches
    tree = question.tree.model_copy(
        update={"branches": (branch.model_copy(update={"criteria": (price,)}),)}
    )
    (option,) = question.proposals
    dear = option.model_copy(update={"scores": {"price": score(41.0)}})
    exact = option.model_copy(update={"scores": {"price": score(40.0)}})
    asked = question.replace(tree=tree, proposals=(dear,))
    assert caution(asked, [dear]) == (
        "a exceeds the maximum of Price: 41 against 40 EUR allowed. A high score does not make up "
        "for that."
    )
    assert limit_words(asked, [dear]) == "exceeds a maximum"
    assert caution(asked, [exact]) is None


def test_of_many_missed_minima_two_are_named_and_the_rest_counted() -> None:
    question = make_question({"a": [1.0, 2.0, 3.0, 4.0]}, minima=dict.fromkeys(range(4), 5.0))
    assert caution(question, question.proposals) == (
        "a misses the minimum of Criterion 0: 1 of 5 points needed. "
        "a misses the minimum of Criterion 1: 2 of 5 points needed. "
        "It misses 2 more such limits. A high score does not make up for that."
    )


def test_a_failed_hard_constraint_and_a_missed_minimum_stand_side_by_side(
    shipped: Question,
) -> None:
    rival = shipped.proposal("sanctions-revision")
    (first, *others) = shipped.branches
    heavy = first.criteria[0].model_copy(update={"veto": first.criteria[0].best})
    branches = (first.model_copy(update={"criteria": (heavy, *first.criteria[1:])}), *others)
    question = shipped.replace(tree=shipped.tree.model_copy(update={"branches": branches}))
    said = caution(question, [rival])
    assert said is not None
    assert said.startswith(
        "Sanctions revision fails 2 hard constraints: No sanctions relief and Individual, not by "
        f"category. Sanctions revision misses the minimum of {heavy.label}: "
    )
    assert said.endswith(" needed. A high score does not make up for that.")
