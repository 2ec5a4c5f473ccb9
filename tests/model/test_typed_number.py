"""A comma and a point are both decimal marks; what may part thousands is asked, never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.typed_number import ANY, Limits, Unread, read_number, typed

WHOLE = Limits(0, None, whole=True)
PERCENT = Limits(0, 100)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,8", 1.8),
        ("1.8", 1.8),
        (" 18 ", 18),
        ("-1,8", -1.8),
        ("\u22123", -3),
        ("+3", 3),
        (",5", 0.5),
        (".5", 0.5),
        ("5,", 5),
        ("0,200", 0.2),
        ("0.125", 0.125),
        ("1,2000", 1.2),
        ("1,20", 1.2),
        ("1234,567", 1234.567),
        ("1,234,567", 1_234_567),
        ("1.234.567", 1_234_567),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1 200", 1200),
        ("1\u202f200,5", 1200.5),
        ("1'200", 1200),
        ("1\u2019200.25", 1200.25),
    ],
)
def test_a_number_is_read_whichever_mark_it_has(text: str, number: float) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "smaller", "larger"),
    [
        ("1,200", "1.2", "1200"),
        ("1.200", "1.2", "1200"),
        ("-12,345", "-12.3450", "-12345"),
        ("100,000", "100", "100000"),
        ("1.093", "1.0930", "1093"),
    ],
)
def test_what_may_part_thousands_is_a_question(text: str, smaller: str, larger: str) -> None:
    found = read_number(text)
    assert found == Unread(
        f"“{text}” can be read in two ways. Do you mean {smaller} or {larger}? "
        "Type the one that you mean.",
        (smaller, larger),
    )
    # Each answer, typed as it is written there, is taken.
    assert read_number(smaller) == float(smaller)
    assert read_number(larger) == float(larger)


@pytest.mark.parametrize(
    ("text", "limits", "number"),
    [("33,333", PERCENT, 33.333), ("1,200", PERCENT, 1.2), ("20,000", WHOLE, 20_000)],
)
def test_there_is_no_question_where_the_field_takes_one_reading_alone(
    text: str, limits: Limits, number: float
) -> None:
    assert read_number(text, limits) == number


def test_a_point_is_not_asked_about_on_a_scale_that_holds_one_reading_alone() -> None:
    assert read_number("1.093", usual=(0.8, 1.5)) == 1.093
    assert isinstance(read_number("1,093", usual=(0.8, 1.5)), Unread)
    assert isinstance(read_number("1.093", usual=(0, 2000)), Unread)
    assert isinstance(read_number("1.093", usual=(1000, 2000)), Unread)


@pytest.mark.parametrize(
    "text",
    ["abc", "1,2,3", "1.2.3", "12 %", "1e3", "1_000", "0x1", ",", "-", "1,20,300", "1 20", "٣٠",
     "nan", "inf", "--3", "1.200.30", "0" * 41],
)  # fmt: skip
def test_anything_else_is_refused_with_what_to_type(text: str) -> None:
    shown = text if len(text) <= 60 else f"{text[:57]}..."
    assert read_number(text) == Unread(
        f"“{shown}” is not a number. Type digits alone, with a point or a comma for decimals, "
        "such as 1.8 or 1,8."
    )


@pytest.mark.parametrize(
    ("text", "limits", "said"),
    [
        ("", ANY, "Give a number."),
        ("-1", PERCENT, "Give a number from 0 to 100."),
        ("1,8", WHOLE, "Give a whole number, 0 or more."),
        ("1,8", Limits(1, 12, whole=True), "Give a whole number from 1 to 12."),
        ("1" * 16, ANY, "Give a number of at most 15 digits before the decimals."),
    ],
)
def test_a_number_that_the_field_does_not_take_is_refused(
    text: str, limits: Limits, said: str
) -> None:
    assert read_number(text, limits) == Unread(said)


@given(st.floats(-1e14, 1e14).map(lambda x: round(x, 6)))
def test_a_number_that_a_field_shows_is_read_back_without_a_question(number: float) -> None:
    assert read_number(typed(number)) == number
    assert read_number(typed(number).replace(".", ",")) == number


@given(st.text(max_size=50))
def test_any_text_is_a_finite_number_or_a_sentence(text: str) -> None:
    found = read_number(text, PERCENT)
    if isinstance(found, Unread):
        assert found.sentence.endswith(".")
    else:
        assert 0 <= found <= 100
