"""The reader of YAML: plain data, exact lines, and no trap believed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from dashboard.model.yaml_tree import MAX_DEPTH, YamlTree, parse_yaml_tree


def faults(text: str) -> list[str]:
    return [str(fault) for fault in parse_yaml_tree(text, "f").faults]


def value(text: str) -> Any:
    tree = parse_yaml_tree(f"key: {text}\n", "f")
    assert tree.faults == ()
    return tree.data["key"]


# ------------------------------------------------------------------------- what is read as what


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12),
        ("0", 0),
        ("-7", -7),
        ("999999999999999", 999_999_999_999_999),
        ("0.5", 0.5),
        ("-0.25", -0.25),
        ("12.0", 12.0),
        ("true", True),
        ("false", False),
        ("2026-03-31", datetime.date(2026, 3, 31)),
        ("word", "word"),
        ("two words", "two words"),
        ("'12'", "12"),
        ('"NO"', "NO"),
        ("'1e-3'", "1e-3"),
        ("'*x'", "*x"),
        ("1,200", "1,200"),
        ("12 %", "12 %"),
        ("1:30", "1:30"),
        ("12-14", "12-14"),
        ("1.2.3", "1.2.3"),
        ("nobody", "nobody"),
        ("e5", "e5"),
        ("Infinite", "Infinite"),
        ("! 12", "12"),
        ("[a, 1, '1']", ("a", 1, "1")),
        ("{a: 1, b: [2]}", {"a": 1, "b": (2,)}),
        ("[]", ()),
        ("{}", {}),
        ("", None),
        ("~", None),
        ("null", None),
        (">-\n  one\n  two\n", "one two"),
        ("&unused 5", 5),
    ],
)
def test_a_value_is_read_as_what_it_looks_like(text: str, expected: object) -> None:
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("text", "what", "remedy"),
    [
        ("1e-3", "'1e-3' is not a plain number", "write 0.001, or '1e-3' in quotes if it is text"),
        ("1E3", "'1E3' is not a plain number", "write 1000, or '1E3' in quotes if it is text"),
        (
            "1.50e1",
            "'1.50e1' is not a plain number",
            "write 15, or '1.50e1' in quotes if it is text",
        ),
        ("012", "'012' is not a plain number", "write 12, or '012' in quotes if it is text"),
        ("-007", "'-007' is not a plain number", "write -7, or '-007' in quotes if it is text"),
        ("0o17", "'0o17' is not a plain number", "write 15, or '0o17' in quotes if it is text"),
        ("0xFF", "'0xFF' is not a plain number", "write 255, or '0xFF' in quotes if it is text"),
        ("0b101", "'0b101' is not a plain number", "write 5, or '0b101' in quotes if it is text"),
        (
            "1_000",
            "'1_000' is not a plain number",
            "write 1000, or '1_000' in quotes if it is text",
        ),
        (".5", "'.5' is not a plain number", "write 0.5, or '.5' in quotes if it is text"),
        ("5.", "'5.' is not a plain number", "write 5, or '5.' in quotes if it is text"),
        ("+3", "'+3' is not a plain number", "write 3, or '+3' in quotes if it is text"),
        (
            "0b19",
            "'0b19' is not a plain number",
            "put it in quotes if it is text, or write it in plain digits",
        ),
        (
            "1e400",
            "'1e400' is not a plain number",
            "put it in quotes if it is text, or write it in plain digits",
        ),
        (
            "1e99999999999999999999",
            "'1e99999999999999999999' is not a plain number",
            "put it in quotes if it is text, or write it in plain digits",
        ),
        (
            "1000000000000000",
            "'1000000000000000' has more than 15 digits before the point",
            "take a larger unit, or put it in quotes if it is text",
        ),
        (".nan", ".nan is not a number to calculate with", "give a finite number"),
        ("NaN", "NaN is not a number to calculate with", "give a finite number"),
        ("-.Inf", "-.Inf is not a number to calculate with", "give a finite number"),
        ("infinity", "infinity is not a number to calculate with", "give a finite number"),
        (
            "NO",
            "NO without quotes means false to YAML",
            "write 'NO' in quotes if it is text, or false if it is not",
        ),
        (
            "on",
            "on without quotes means true to YAML",
            "write 'on' in quotes if it is text, or true if it is not",
        ),
        (
            "True",
            "True without quotes means true to YAML",
            "write 'True' in quotes if it is text, or true if it is not",
        ),
        (
            "y",
            "y without quotes means true to YAML",
            "write 'y' in quotes if it is text, or true if it is not",
        ),
        (
            "2025-02-29",
            "2025-02-29 is not a date of the calendar",
            "write an existing day as year-month-day, or '2025-02-29' in quotes if it is text",
        ),
    ],
)
def test_a_trap_is_a_fault_with_a_remedy_and_never_a_value(
    text: str, what: str, remedy: str
) -> None:
    tree = parse_yaml_tree(f"# a comment\nfirst: 1\nkey: {text}\n", "f")
    assert [(fault.line, fault.what, fault.remedy) for fault in tree.faults] == [(3, what, remedy)]
    assert repr(tree.data["key"]) == "MISREAD"


# -------------------------------------------------------------------------------------- lines

PAGES = """\
# comment

title: A
list:
  - id: a
    text: >-
      goes on
      and on
  - id: b
  - [1,
     2]
map: {x: 1,
      y: 2}
last:
  "quoted": 3
"""


@pytest.mark.parametrize(
    ("trail", "line"),
    [
        ((), 3),
        (("title",), 3),
        (("list",), 4),
        (("list", 0), 5),
        (("list", 0, "id"), 5),
        (("list", 0, "text"), 6),
        (("list", 1), 9),
        (("list", 1, "id"), 9),
        (("list", 2), 10),
        (("list", 2, 0), 10),
        (("list", 2, 1), 11),
        (("map", "x"), 12),
        (("map", "y"), 13),
        (("last",), 14),
        (("last", "quoted"), 15),
    ],
)
def test_every_value_knows_its_line(trail: tuple[str | int, ...], line: int) -> None:
    assert parse_yaml_tree(PAGES, "f").line(trail) == line


@pytest.mark.parametrize(
    ("trail", "line"), [(("list", 1, "text"), 9), (("list", 9, "x", "y"), 4), (("none",), 3)]
)
def test_what_is_not_there_has_the_line_of_what_it_would_be_in(
    trail: tuple[str | int, ...], line: int
) -> None:
    assert parse_yaml_tree(PAGES, "f").line(trail) == line


def test_an_empty_tree_has_no_lines() -> None:
    assert YamlTree("f", None, {}, ()).line(("a",)) is None


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(line_end: str) -> None:
    assert faults(f"a: 1{line_end}{line_end}b: 012{line_end}") == [
        "f, line 3: '012' is not a plain number; write 12, or '012' in quotes if it is text"
    ]


# ------------------------------------------------------------------- keys, aliases, tags, depth


def test_all_faults_of_a_file_come_at_once_and_the_rest_is_read() -> None:
    tree = parse_yaml_tree("a: NO\nb: 1\nc: *x\nb: 2\nd: !!str 5\ne: last\n", "f")
    assert [(fault.line, fault.what) for fault in tree.faults] == [
        (1, "NO without quotes means false to YAML"),
        (3, "the alias '*x' is not allowed"),
        (4, "the key 'b' is already used in line 2"),
        (5, "the tag '!!str' is not allowed"),
    ]
    assert (tree.data["b"], tree.data["e"]) == (1, "last")


def test_of_a_repeated_key_the_first_is_kept_with_its_lines() -> None:
    tree = parse_yaml_tree("a:\n  x: 1\nb: 0\na:\n  x: 2\n", "f")
    assert tree.data == {"a": {"x": 1}, "b": 0}
    assert tree.line(("a", "x")) == 2
    assert tree.lost


def test_an_entry_without_its_dash_is_one_fault() -> None:
    assert faults("- a: 1\n  b: 2\n  a: 3\n  b: 4\n- a: 5\n  a: 6\n") == [
        (
            "f, line 3: the key 'a' is already used in line 1; "
            "keep one of the two, or start a new entry with '- '"
        ),
        (
            "f, line 6: the key 'a' is already used in line 5; "
            "keep one of the two, or start a new entry with '- '"
        ),
    ]


@pytest.mark.parametrize(
    "key", ["? [a, b]\n", "? {a: b}\n", "*x ", "12", "true", "NO", ".nan", "~"]
)
def test_a_key_that_is_no_word_is_a_fault_and_what_follows_is_still_read(key: str) -> None:
    tree = parse_yaml_tree(f"{key}: [1, {{b: 2}}]\nnext: 3\nlast: 4\n", "f")
    assert [fault.line for fault in tree.faults] == [1]
    assert tree.data == {"next": 3, "last": 4}
    assert tree.lost


@pytest.mark.parametrize("text", ["!!python/object:os.system [a]", "!mine {a: b}", "!!binary aGk="])
def test_a_tagged_value_is_no_value(text: str) -> None:
    tree = parse_yaml_tree(f"key: {text}\nnext: 1\n", "f")
    assert [fault.what for fault in tree.faults] == [
        f"the tag '{text.split(maxsplit=1)[0]}' is not allowed"
    ]
    assert repr(tree.data) == "{'key': MISREAD, 'next': 1}"


def test_the_second_document_is_not_mixed_into_the_first() -> None:
    tree = parse_yaml_tree("a: 1\n---\na: 2\nb: [\n", "f")
    assert tree.data == {"a": 1}
    assert [fault.what for fault in tree.faults] == ["a second document starts"]


def test_a_file_that_starts_with_dashes_is_one_document() -> None:
    tree = parse_yaml_tree("---\na: 1\n...\n", "f")
    assert (tree.data, tree.faults) == ({"a": 1}, ())


def test_nesting_is_read_up_to_the_limit_and_refused_beyond() -> None:
    text = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert parse_yaml_tree(text, "f").faults == ()
    assert faults(f"[{text}]") == [
        "f, line 1: is nested more than 30 levels deep; write it flatter"
    ]


def test_json_is_read() -> None:
    tree = parse_yaml_tree('{\n\t"a": 1,\n\t"b": [true, "x", 2.5]\n}\n', "f")
    assert (tree.data, tree.faults) == ({"a": 1, "b": (True, "x", 2.5)}, ())
    assert tree.line(("b",)) == 3


def test_a_syntax_fault_keeps_the_faults_before_it_and_gives_no_half_of_the_data() -> None:
    tree = parse_yaml_tree("a: NO\nb: [1\nc: 2\n", "f")
    assert [fault.line for fault in tree.faults] == [1, 2]
    assert tree.data is None
