"""Dominance, and benefit against cost, in words that agree with the numbers."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.question import Question
from dashboard.report import matrix_words as words
from tests.report.questions import make_question

EQUAL = {"criterion-0": 1.0, "criterion-1": 1.0}


def evaluated(rows: Mapping[str, Sequence[float]], spread: float = 0.0) -> Evaluation:
    question = make_question(rows, spread=spread)
    return evaluate(question, {c.id: 1.0 for c in question.criteria})


def with_cost(rows: dict[str, list[float]], spread: float = 0.0) -> Evaluation:
    """The last criterion is money, less is better, from 10 (worst) to 0 (best)."""
    question = make_question(rows, spread=spread)
    branch = question.branches[0]
    *others, last = branch.criteria
    cost = last.model_copy(update={"worst": 10.0, "best": 0.0, "unit": "EUR m", "name": "Cost"})
    branch = branch.model_copy(update={"criteria": (*others, cost)})
    question = question.replace(tree=question.tree.model_copy(update={"branches": (branch,)}))
    return evaluate(question, {c.id: 1.0 for c in question.criteria})


def test_dominance_is_named_by_whom() -> None:
    evaluation = evaluated({"a": [1, 1], "b": [2, 2], "c": [3, 3]})
    assert words.dominance_finding(evaluation) == (
        "On best estimates a and b are dominated: no weights can put them first alone"
    )
    assert words.dominance_sentences(evaluation) == [
        "a is nowhere better and somewhere worse than b and c.",
        "b is nowhere better and somewhere worse than c.",
    ]


def test_one_dominated_option_is_it() -> None:
    assert words.dominance_finding(evaluated({"a": [1, 1], "b": [2, 2]})) == (
        "On best estimates a is dominated: no weights can put it first alone"
    )


def test_many_dominated_options_are_counted() -> None:
    rows = {name: [float(k), float(k)] for k, name in enumerate("abcde")}
    assert words.dominance_finding(evaluated(rows)) == (
        "On best estimates 4 options are dominated: no weights can put them first alone"
    )


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        ({"a": [9, 1], "b": [1, 9]}, "Every option is best at something: none is dominated"),
        # The middle one is best at nothing, and worse than neither on both.
        (
            {"a": [9, 1], "b": [5, 5], "c": [1, 9]},
            "No option is dominated: between any two, each is better at something",
        ),
        # As good as the best at something is not best at it.
        (
            {"a": [9, 1, 4], "b": [9, 4, 1], "c": [1, 9, 2]},
            "No option is dominated: between any two, each is better at something",
        ),
        (
            {"a": [9, 1], "b": [9, 1], "c": [1, 9]},
            "No option is dominated; a and b are equal on every criterion",
        ),
        (
            {"a": [9, 1], "b": [9, 1], "c": [1, 9], "d": [1, 9]},
            "No option is dominated, and some have equal best estimates on every criterion",
        ),
    ],
)
def test_who_is_best_at_something_is_said_only_where_it_is_so(
    rows: dict[str, list[int]], finding: str
) -> None:
    assert words.dominance_finding(evaluated(rows)) == finding


ROWS = st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=5)


@given(ROWS)
def test_the_heading_claims_of_small_whole_numbers_what_is_true(rows: list[list[int]]) -> None:
    said = words.dominance_finding(evaluated({f"o{i}": row for i, row in enumerate(rows)}))
    if said.startswith("Every option is best"):
        for i, row in enumerate(rows):
            others = rows[:i] + rows[i + 1 :]
            assert any(all(row[j] > other[j] for other in others) for j in range(3))
    if "between any two" in said:
        for one, other in itertools.permutations(rows, 2):
            assert any(a > b for a, b in zip(one, other, strict=True))
    assert ("equal" in said or "same values" in said) <= (len({*map(tuple, rows)}) < len(rows))


def test_nothing_is_traded_with_one_option() -> None:
    assert words.dominance_finding(evaluated({"a": [1, 1]})) == (
        "There is one option, so nothing can be traded"
    )


def test_near_dominance_names_the_criterion_in_between_with_its_error() -> None:
    evaluation = evaluated({"a": [5.2, 2.0], "b": [5.0, 4.0]}, spread=1.0)
    assert words.near_finding(evaluation) == (
        "1 option is dominated but for one criterion, on which the lead is too close to call."
    )
    assert words.near_rows(evaluation) == [["a", "b", "Criterion 0", "+2.0", "±13.4"]]


def test_of_many_near_pairs_the_title_says_how_many_the_table_has() -> None:
    few = evaluated({"a": [5.2, 2.0], "b": [5.0, 4.0]}, spread=1.0)
    assert words.near_title(words.near_pairs(few)) == "Nearly dominated"
    rows = {f"o{i}": [5 + i / 100, 5 - i / 100] for i in range(12)}
    many = evaluated(rows, spread=1.0)
    assert words.near_title(words.near_pairs(many)) == (
        "Nearly dominated: the first 50 of 132 pairs"
    )
    assert len(words.near_rows(many)) == 50


def test_without_near_dominance_it_says_so(shipped: Question) -> None:
    evaluation = evaluate(shipped, equal_branch_points(shipped.branches))
    assert words.near_finding(evaluation).startswith("None is nearly dominated")


def test_benefit_against_cost_of_the_shipped_question(shipped: Question) -> None:
    view = words.benefit_view(evaluate(shipped, equal_branch_points(shipped.branches)))
    assert view is not None
    assert words.benefit_finding(view) == (
        "5 of 7 options are on the frontier; the other 2 are within the error of one that is"
    )
    said = words.benefit_sentence(view)
    assert said.startswith(
        "Benefit without Public cost, from 0 to 100, the cheapest first: "
        "Status quo 37 points for 0 (0 to 50) EUR m, 5 yr; Sanctions revision 37 points for"
    )
    assert said.endswith(words.frontier_sentence(view))
    assert "NATO integration is off it, but within the error of Sanctuary on both." in said
    rows = dict(words.benefit_rows(view))
    assert rows[1] == ["41", "±5", "170 (60 to 450) EUR m, 5 yr", "on the frontier"]
    assert rows[5] == [
        "40",
        "±6",
        "450 (200 to 1,000) EUR m, 5 yr",
        "within the error of Sanctuary",
    ]


def test_an_option_clearly_off_the_frontier_is_in_the_heading() -> None:
    view = words.benefit_view(with_cost({"a": [8, 2], "b": [3, 6]}))
    assert view is not None
    assert words.benefit_finding(view) == "b gives no more than an option that costs no more"
    assert words.frontier_sentence(view) == (
        "On the frontier is a. b gives no more than a and costs no less."
    )


def test_all_on_the_frontier() -> None:
    view = words.benefit_view(with_cost({"a": [8, 6], "b": [3, 2]}))
    assert view is not None
    assert words.benefit_finding(view) == "Every option gives more than all that cost less"


def test_one_option_has_none_to_be_held_against() -> None:
    view = words.benefit_view(with_cost({"a": [8, 6]}))
    assert view is not None
    assert (
        words.benefit_finding(view) == "a is the only option, so nothing costs less or gives more"
    )


def test_without_money_it_is_said_in_a_sentence() -> None:
    evaluation = evaluated({"a": [1, 2], "b": [2, 1]})
    assert words.benefit_view(evaluation) is None
    assert words.no_benefit_view(evaluation) == (
        "No criterion is known as a cost in money. Less is better on no criterion. If one is, "
        "name the currency in its unit, such as EUR million or thousand US$."
    )


def test_with_all_weight_on_cost_it_is_said_in_another() -> None:
    evaluation = with_cost({"a": [1, 2], "b": [2, 1]})
    evaluation = evaluate(evaluation.question, {"criterion-0": 0.0, "criterion-1": 1.0})
    assert words.benefit_view(evaluation) is None
    assert words.no_benefit_view(evaluation).startswith("All the weight is on cost")


def test_options_that_are_all_the_same_are_not_called_best_at_something() -> None:
    question = make_question({"a": [5.0, 3.0], "b": [5.0, 3.0]})
    evaluation = evaluate(question, equal_branch_points(question.branches))
    assert words.dominance_finding(evaluation) == (
        "All options have the same values: nothing tells them apart"
    )
