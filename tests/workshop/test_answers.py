"""What a form sent is numbers, or a sentence for each field that is not."""

from __future__ import annotations

import pytest

from dashboard.model.question import Question
from dashboard.workshop.answers import AnswersError, from_text, read_answers, to_text
from dashboard.workshop.records import Method

GOOD = {"price": "100", "riders": "30", "noise": "0"}


def test_points_may_have_decimals_with_a_point_or_a_comma(minimal: Question) -> None:
    found = read_answers(minimal, "swing", {"price": " 99.5 ", "riders": "12,25", "noise": "0"})
    assert found.given == {"price": 99.5, "riders": 12.25, "noise": 0.0}
    assert from_text(to_text(found)) == found


NO_NUMBER = (
    "“TYPED” is not a number. Type digits alone, with a point or a comma for decimals, such as 1.8 "
    "or 1,8."
)


def test_minus_nothing_is_nothing(minimal: Question) -> None:
    found = read_answers(minimal, "swing", {"price": "100", "riders": "-0", "noise": "-0.0"})
    assert '"noise":0.0' in to_text(found)
    assert '"riders":0.0' in to_text(found)


@pytest.mark.parametrize(
    ("method", "typed", "words"),
    [
        ("swing", "", "Give this swing 0 to 100 points."),
        ("swing", "   ", "Give this swing 0 to 100 points."),
        ("swing", "-1", "Give a number from 0 to 100."),
        ("swing", "100.01", "Give a number from 0 to 100."),
        ("swing", "1e2", NO_NUMBER),
        ("swing", "nan", NO_NUMBER),
        ("swing", "inf", NO_NUMBER),
        ("swing", "-inf", NO_NUMBER),
        ("swing", "many", NO_NUMBER),
        ("swing", "1_0", NO_NUMBER),
        ("swing", "٣٠", NO_NUMBER),
        ("swing", "0" * 5000, NO_NUMBER),
        ("swing", "0x10", NO_NUMBER),
        ("swing", "' OR 1=1", NO_NUMBER),
        ("ranking", "", "Give this swing a place."),
        ("ranking", "0", "Give a whole number from 1 to 3."),
        ("ranking", "4", "Give a whole number from 1 to 3."),
        ("ranking", "1.5", "Give a whole number from 1 to 3."),
        ("ranking", "nan", NO_NUMBER),
    ],
)
def test_each_field_says_what_is_wrong(
    minimal: Question, method: Method, typed: str, words: str
) -> None:
    given = {"price": "1", "riders": "2", "noise": "3"} | {"riders": typed}
    with pytest.raises(AnswersError) as error:
        read_answers(minimal, method, given)
    said = words.replace("TYPED", typed if len(typed) < 60 else f"{typed[:57]}...")
    assert error.value.by_criterion == {"riders": said}


def test_all_faults_are_said_at_once(minimal: Question) -> None:
    with pytest.raises(AnswersError) as error:
        read_answers(minimal, "swing", {"price": "x"})
    assert list(error.value.by_criterion) == ["price", "riders", "noise"]


def test_all_zero_is_no_answer(minimal: Question) -> None:
    with pytest.raises(AnswersError, match="All points are zero"):
        read_answers(minimal, "swing", dict.fromkeys(GOOD, "0"))


def test_a_criterion_of_another_question_is_refused(minimal: Question) -> None:
    with pytest.raises(AnswersError, match="belong to another question"):
        read_answers(minimal, "swing", GOOD | {"speed": "5"})


def test_all_may_tie(minimal: Question) -> None:
    assert set(read_answers(minimal, "ranking", dict.fromkeys(GOOD, "1")).given.values()) == {1}
