"""What is no YAML is said in plain words, at the line of the culprit."""

from __future__ import annotations

import pytest

from dashboard.model.yaml_tree import parse_yaml_tree

SPECIAL = "a text starts with a sign that is special in YAML, such as @ ` % & * or !"
BRACKET = "a bracket [ or { is opened and never closed"
ODD = "something in brackets [ ] or { } cannot be read"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: b: c", 1, "a text holds a colon and a space"),
        ("a: NO: c", 1, "a text holds a colon and a space"),
        ("'a: b': c: d", 1, "a text holds a colon and a space"),
        ("a: 1\nb 2\n\nc: 3", 2, "the key has no colon with a space behind it"),
        ("a:\n  b:1\n  c: 2", 2, "the key has no colon with a space behind it"),
        ("a: x\nb\nc: 1", 2, "the key has no colon with a space behind it"),
        ("- a\n-b\n- c: 1", 2, "no space stands behind the dash"),
        ("a:\n  - b\n  -c", 3, "no space stands behind the dash"),
        ("a: 1\n  b: 2", 2, "is indented deeper than the line above, which holds a value already"),
        ("a:\n    b: 1\n  c: 2", 3, "its indentation fits no line above"),
        ("a:\n\t- b", 2, "is indented with a tab"),
        ("a:\n  b: 1\n\tc: 2", 3, "is indented with a tab"),
        ("\ta: 1", 1, "is indented with a tab"),
        ("a: `x`", 1, SPECIAL),
        ("a: & b", 1, SPECIAL),
        ("a: **bold**", 1, SPECIAL),
        ("a: !x!y z", 1, SPECIAL),
        ("% of pool: 1", 1, SPECIAL),
        ("a: ? b", 1, "a text starts with a question mark and a space"),
        ('a: 1\nb: "x\nc: d\n', 2, "a quote is opened and never closed"),
        ("a: 'it's'", 1, "a text goes on behind its closing quote"),
        ('a: "\\q"', 1, "a backslash stands in double quotes"),
        ("a: - b", 1, "a list starts beside its key"),
        ("a: >x\n b", 1, "a text starts on the line of its > or |"),
        ("- a\nb: c", 2, "neither starts an entry of the list nor belongs to the one above"),
        ("a: [1, 2\nb: 3", 1, BRACKET),
        ("a: {b: 1\nc: 3", 1, BRACKET),
        ("a: [1,\n  2,\n\n", 2, BRACKET),
        ("[", 1, BRACKET),
        ("a: [1 2, , 3]", 1, ODD),
        ("a: [1,\n  p: q: r]", 2, ODD),
        ("a: 1\n}", 2, "a bracket is closed that was never opened"),
        ("a: ]", 1, "a bracket is closed that was never opened"),
        ("a: |0\n x", 1, "is not valid YAML (found an indentation indicator equal to 0)"),
        ("a: x\x07\nb: \x00", 1, "holds a control character (U+0007) that no editor shows"),
    ],
)
def test_what_is_no_yaml_is_said_in_plain_words_at_its_line(
    text: str, line: int, what: str
) -> None:
    faults = parse_yaml_tree(text, "f").faults
    assert (line, what) in [(fault.line, fault.what) for fault in faults]
    assert len({fault.line for fault in faults}) == len(faults)
