"""What is said of two options held against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.question import Question
from dashboard.report import pair_words as words
from dashboard.robustness.lead import NO_BANDS
from dashboard.robustness.pair_margin import PairMargin, pair_margin
from dashboard.robustness.waterfall import waterfall
from tests.fitted import lead_over
from tests.report.questions import make_question


def shipped_pair(question: Question) -> tuple[Evaluation, PairMargin]:
    evaluation = evaluate(question, equal_branch_points(question.branches))
    return evaluation, margin(evaluation, "sanctuary", "capital-amnesty")


def margin(evaluation: Evaluation, first: str, second: str) -> PairMargin:
    rows = evaluation.index(first), evaluation.index(second)
    return pair_margin(evaluation, *rows, words.nodes(evaluation))


def made(rows: Mapping[str, Sequence[float]], spread: float = 0.0) -> Evaluation:
    question = make_question(rows, spread=spread)
    return evaluate(question, {c.id: 1.0 for c in question.criteria})


def said(evaluation: Evaluation, first: str, second: str) -> tuple[str, str]:
    fall = waterfall(evaluation, first, second)
    one, other = (evaluation.question.proposal(name) for name in (first, second))
    lead = words.pair_lead(evaluation.question, fall, one, other)
    return words.pair_headline(fall, one, other), lead


def test_who_is_ahead_is_named_first_whichever_way_round() -> None:
    evaluation = made({"a": (9.0, 2.0), "b": (4.0, 6.0)})
    expected = (
        "a is 5.0 points ahead of b",
        "a gains most on Criterion 0 and loses most on Criterion 1.",
    )
    assert said(evaluation, "a", "b") == expected
    assert said(evaluation, "b", "a") == expected


def test_a_gap_within_the_uncertainty_is_too_close_to_call() -> None:
    evaluation = made({"a": (9.0, 2.0), "b": (4.0, 6.0)}, spread=2.0)
    mean, error = lead_over(evaluation, "a", "b")
    assert (mean, error) == pytest.approx((4.127, 17.709), abs=0.001)
    _, lead = said(evaluation, "a", "b")
    assert lead.endswith(
        "The gap is within the uncertainty of their difference (18 points), so their order is too "
        "close to call."
    )


def test_equal_scores_and_an_option_beside_itself_are_said() -> None:
    evaluation = made({"a": (5.0, 5.0), "b": (5.0, 5.0)})
    assert said(evaluation, "a", "b") == (
        "a and b are equal on every criterion",
        "Neither weights nor methods can part them.",
    )
    level = made({"a": (6.0, 4.0), "b": (4.0, 6.0)})
    assert said(level, "a", "b") == (
        "a and b have the same score",
        "a gains most on Criterion 0 and loses most on Criterion 1.",
    )
    assert said(evaluation, "a", "a") == (
        "a is compared with itself",
        "Choose two different options.",
    )


def test_the_smallest_change_of_weights_is_named(shipped: Question) -> None:
    evaluation, found = shipped_pair(shipped)
    assert words.flip_sentence(evaluation, found) == (
        "Capital amnesty draws level with Sanctuary once at least 0.5 % of all weight moves: "
        "Recovery money 11 % (now 10 %) and Illicit finance 6.2 % (now 6.7 %)."
    )


def test_where_no_weights_do_it_is_said() -> None:
    evaluation = made({"a": (9.0, 8.0), "b": (4.0, 6.0)})
    found = margin(evaluation, "a", "b")
    assert (
        words.flip_sentence(evaluation, found)
        == "On best estimates, a is ahead of b with any weights."
    )
    assert words.crossing_rows(evaluation, found) == []
    assert words.crossing_sentence(evaluation, found) == (
        "No weight, moved alone, makes the two level."
    )
    assert words.tornado_sentence(evaluation, found) == NO_BANDS
    banded = made({"a": (9.0, 8.0), "b": (4.0, 6.0)}, spread=0.5)
    assert words.tornado_sentence(banded, margin(banded, "a", "b")) == (
        "On no single criterion do the bands reach far enough to turn the pair round."
    )


def test_level_options_are_said_to_be() -> None:
    evaluation = made({"a": (5.0, 5.0), "b": (5.0, 5.0)})
    found = margin(evaluation, "a", "b")
    assert words.flip_sentence(evaluation, found) == (
        "a and b are equal on every criterion, so level with any weights."
    )
    assert words.crossing_sentence(evaluation, found) == "The two are equal at every weight."


def test_one_criterion_has_nothing_to_move() -> None:
    evaluation = made({"a": (9.0,), "b": (4.0,)})
    found = margin(evaluation, "a", "b")
    assert (
        words.flip_sentence(evaluation, found)
        == "On best estimates, a is ahead of b with any weights."
    )
    assert words.crossing_rows(evaluation, found) == []


def test_crossings_come_nearest_first(shipped: Question) -> None:
    evaluation, found = shipped_pair(shipped)
    rows = words.crossing_rows(evaluation, found)
    assert rows[0] == ("Recovery money", "10 %", "11 %", "Capital amnesty")
    assert rows[1] == ("Illicit finance", "6.7 %", "5.6 %", "Sanctuary")
    assert rows[-1] == ("Intelligence yield", "10 %", "100 %", "all weight is on it")
    assert words.crossing_sentence(evaluation, found) == (
        "Of single weights, Recovery money is nearest to making them level: at 11 % (now 10 %). "
        "2 other weights, moved alone, do not."
    )


def test_the_criteria_whose_bands_turn_the_pair_are_named(shipped: Question) -> None:
    evaluation, found = shipped_pair(shipped)
    assert words.tornado_sentence(evaluation, found) == (
        "On each of the 14 criteria the bands alone may put either ahead."
    )
    narrow = made({"a": (9.0, 5.0, 5.0), "b": (7.0, 5.0, 5.0)}, spread=1.5)
    assert words.tornado_sentence(narrow, margin(narrow, "a", "b")) == (
        "The bands alone may put either ahead on Criterion 1, Criterion 2 and Criterion 0."
    )
