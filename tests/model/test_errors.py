"""How a fault is printed."""

from __future__ import annotations

import pytest

from dashboard.model.errors import Fault, InputError, digits, quoted


def test_a_fault_is_place_what_and_remedy() -> None:
    fault = Fault("proposals/a.yaml", 41, "high (30) is below likely (35)", "put low <= high")
    assert str(fault) == (
        "proposals/a.yaml, line 41: high (30) is below likely (35); put low <= high"
    )
    assert str(Fault("criteria/", None, "is missing", "make it")) == (
        "criteria/: is missing; make it"
    )


def test_faults_are_sorted_said_once_and_of_the_whole_file_first() -> None:
    error = InputError(
        [
            Fault("b", 1, "x", "r"),
            Fault("a", 10, "x", "r"),
            Fault("a", 9, "y", "r"),
            Fault("a", None, "z", "r"),
            Fault("a", 9, "y", "r"),
        ]
    )
    assert str(error).splitlines() == [
        "a: z; r",
        "a, line 9: y; r",
        "a, line 10: x; r",
        "b, line 1: x; r",
    ]


def test_an_error_without_a_fault_is_a_bug() -> None:
    with pytest.raises(ValueError, match="at least one fault"):
        InputError([])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1_234_567.0, "1234567"),
        (1e15, "1000000000000000"),
        (0.00001, "0.00001"),
        (95.5, "95.5"),
        (-3.0, "-3"),
        (0.1 + 0.2, "0.30000000000000004"),
        (100, "100"),
    ],
)
def test_a_number_in_a_message_is_written_as_a_person_would(value: float, expected: str) -> None:
    assert digits(value) == expected


def test_a_word_in_a_message_is_short_and_shows_what_no_editor_shows() -> None:
    assert quoted("price\u200b") == "'price\\u200b'"
    assert quoted("x" * 100) == f"'{'x' * 57}...'"
    assert quoted("it's") == '"it\'s"'


def test_a_hundred_thousand_faults_do_not_flood_the_terminal() -> None:
    error = InputError(Fault("a.yaml", line, "is wrong", "mend it") for line in range(1, 1202))
    lines = str(error).splitlines()
    assert len(error.faults) == 1201
    assert len(lines) == 201
    assert lines[-1] == "and 1,001 more faults"
