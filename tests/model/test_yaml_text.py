"""What is written as YAML is read back as it was, and looks as a person would write it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.model.direction import closed
from dashboard.model.yaml_text import WIDTH, yaml_text
from dashboard.model.yaml_tree import parse_yaml_tree


def read(data: dict[str, Any]) -> Any:
    tree = parse_yaml_tree(yaml_text(data), "x.yaml")
    assert tree.faults == ()
    return tree.data


TRAPS = [
    *("NO", "on", "y", "012", "1e-3", ".nan", "null", "~", "true", "2026-01-31", "0x10", "1_000"),
    *("*x", "&x", "!x", "%x", "@x", "`x", "|", ">", "- a", "-", "? a", "a: b", "a:", "a #b", "#a"),
    *("{", "[a]", "---", "...", "=", "<<", "'a'", '"a"', "\\n", "", " ", " a", "a ", "a\tb", "\ta"),
    *("a\nb", "a\n\nb", "\na", "a\n", "a \nb", "a\n  b", "  a\nb", "a\r\nb", "a\rb", "a\x07b"),
    *("a\x85b", "a\u2028b", "\ufeffa", "a\ufeffb", "a\u200fb", "\ufffe", "\U0010ffff", "é", "漢字"),
    *(
        "😀",
        "a\xa0b",
        "x" * 300,
        "word " * 60 + "end",
        "two  spaces " * 20 + "end",
        "a: b # c " * 30,
    ),
    *("12", "1.5", "-3", "1,5", "٣", "²", "a\\b", "// c", "x" * 200 + " y", "- " * 80 + "z"),
]


@pytest.mark.parametrize("text", TRAPS)
def test_texts_that_yaml_takes_for_something_else_stay_texts(text: str) -> None:
    data: dict[str, Any] = {"a": text, "b": {"c": (text, {"d": text})}}
    if "\n" not in text and text.strip():
        data["b"][text] = text
    assert read(data) == data


@settings(max_examples=300)
@given(
    st.recursive(
        st.text(st.characters(categories=None, exclude_categories=["Cs"])).map(closed)
        | st.integers(-(10**14), 10**14)
        | st.floats(-1e14, 1e14)
        | st.booleans()
        | st.none()
        | st.dates(),
        lambda inner: (
            st.lists(inner, max_size=4).map(tuple)
            | st.dictionaries(
                st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True), inner, max_size=4
            )
        ),
        max_leaves=12,
    )
)
def test_whatever_is_written_is_read_as_it_was(data: Any) -> None:
    assert read({"data": data}) == {"data": data}


def test_numbers_are_written_in_plain_digits() -> None:
    data = {"a": 1e-7, "b": 12.0, "c": 0.1 + 0.2, "d": -0.0, "e": 123456789012345.0, "f": True}
    assert yaml_text(data) == (
        "a: 0.0000001\nb: 12\nc: 0.30000000000000004\nd: -0.0\ne: 123456789012345\nf: true\n"
    )
    assert str(read(data)["d"]) == "-0.0"


def test_it_looks_as_a_person_would_write_it() -> None:
    long = "A sentence that goes on for longer than a line of a file should, and so is folded " * 2
    data = {
        "id": "no",
        "day": datetime.date(2026, 3, 4),
        "ids": ("legal-safety", "012"),
        "curve": ((0, 0), (40, 100)),
        "items": ({"text": long.strip(), "by": ()}, {"text": "a\nb"}),
        "none": {},
    }
    assert yaml_text(data) == (
        'id: "no"\n'
        "day: 2026-03-04\n"
        'ids: [legal-safety, "012"]\n'
        "curve:\n  - [0, 0]\n  - [40, 100]\n"
        "items:\n"
        "  - text: >-\n"
        "      A sentence that goes on for longer than a line of a file should, and so is folded A "
        "sentence\n      that goes on for longer than a line of a file should, and so is folded\n"
        "    by: []\n"
        "  - text: |-\n      a\n      b\n"
        "none: {}\n"
    )
    assert max(map(len, yaml_text(data).splitlines())) <= WIDTH


def test_what_no_file_can_hold_is_a_fault_of_the_program() -> None:
    with pytest.raises(TypeError, match="a set has no form in these files"):
        yaml_text({"a": {1}})
