"""Says in plain words what keeps a file from being read as YAML, and in which line.

The parser names the place where it gave up, which is often the line below the culprit, and its
words are for programmers. What it says is kept where no better sentence is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Sentence = tuple[int, str, str]
"""Line, what is wrong, what to do."""

# Signs that no editor shows, and line ends that YAML counts and editors do not.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_KEY = re.compile(r"\s*(- +)*[^\s:#\"'\[{][^:]*:([ \t]|$)")
_DASH = re.compile(r"\s*-[^\s-]")
_IN_QUOTES = "put the whole text in quotes"
_SPECIAL_SIGN = "a text starts with a sign that is special in YAML, such as @ ` % & * or !"
_PLAIN = (
    ("scanning a quoted", "a quote is opened and never closed", "close it with the same quote"),
    ("parsing a quoted", "a backslash stands in double quotes", "use single quotes instead"),
    ("any token", _SPECIAL_SIGN, _IN_QUOTES),
    ("scanning an a", _SPECIAL_SIGN, _IN_QUOTES),  # an anchor, an alias
    ("a directive", _SPECIAL_SIGN, _IN_QUOTES),
    ("tag", _SPECIAL_SIGN, _IN_QUOTES),
    ("mapping keys are not", "a text starts with a question mark and a space", _IN_QUOTES),
    ("block sequence entries", "a list starts beside its key", "start it on the next line"),
    (
        "comment or line break",
        "a text starts on the line of its > or |",
        "start it on the next line, indented",
    ),
    (
        "expected '-' indicator",
        "neither starts an entry of the list nor belongs to the one above",
        "start it with '- ', or in the column of the other keys of the entry",
    ),
    ("node content", "a bracket is closed that was never opened", "take it out, or use quotes"),
)
"""What the parser says, and the sentence for it; the first that fits."""


@dataclass(frozen=True)
class Stop:
    """Where and why the parser gave up; lines and columns count from 0."""

    problem: str
    line: int
    column: int
    context: str
    context_line: int


def unseen_signs(text: str) -> list[Sentence]:
    """A sentence for every line that holds a sign which cannot be part of a text."""
    if not _UNSEEN.search(text):
        return []
    found = []
    for index, line in enumerate(_LINE_END.split(text), start=1):
        if sign := _UNSEEN.search(line):
            what = f"holds a control character (U+{ord(sign[0]):04X}) that no editor shows"
            found.append((index, what, "type the line again"))
    return found


def explain_stop(stop: Stop, text: str) -> Sentence:
    """What is wrong and where, as near to the culprit as can be told."""
    lines = _LINE_END.split(text)
    number, what, remedy = _explain(stop, [*lines, ""])
    last = next((n for n in range(len(lines), 0, -1) if lines[n - 1].strip()), 1)
    return min(number, last), what, remedy  # the parser gives up behind the last line


def _explain(stop: Stop, lines: list[str]) -> Sentence:
    line = lines[min(stop.line, len(lines) - 1)]
    said = f"{stop.context}: {stop.problem}"
    if "mapping values are not allowed" in said:
        return _odd_colon(stop, lines)
    if "\t" in line[: stop.column + 1] and ("any token" in said or "a tab" in said):
        return stop.line + 1, "is indented with a tab", "indent with spaces"
    if "expected '-' indicator" in said and _DASH.match(line):
        return _no_colon(stop.line + 1, line)
    if "expected ':'" in said:
        return _no_colon(stop.context_line + 1, lines[stop.context_line])
    if "block mapping: did not find expected key" in said:
        return _no_key(stop, line)
    if "parsing a flow" in said:
        return _bracket(stop, line)
    for part, what, remedy in _PLAIN:
        if part in said:
            opened = "scanning a quoted" in part
            return (stop.context_line if opened else stop.line) + 1, what, remedy
    return stop.line + 1, f"is not valid YAML ({stop.problem})", "look at the line above, too"


def _has_key(line: str) -> bool:
    """Whether a line starts with a key; where none is found early, none is meant."""
    return _KEY.match(line[:1000]) is not None


def _bracket(stop: Stop, line: str) -> Sentence:
    """A key of the next line, or the end of the file, inside a bracket: it was never closed."""
    sign = line[stop.column : stop.column + 1]
    key_below = sign == ":" and stop.line > stop.context_line and not _has_key(line[: stop.column])
    if key_below or not line[stop.column :].strip():
        what = "a bracket [ or { is opened and never closed"
        return stop.context_line + 1, what, "close it with ] or }"
    what = "something in brackets [ ] or { } cannot be read"
    return stop.line + 1, what, "put one comma after each entry, and quote text with special signs"


def _odd_colon(stop: Stop, lines: list[str]) -> Sentence:
    """A colon where none can stand: the same line, the line above, or their indentation."""
    line = lines[stop.line]
    if _has_key(line[: stop.column]) or line.lstrip().startswith(("'", '"')):
        return stop.line + 1, "a text holds a colon and a space", _IN_QUOTES
    above = stop.line - 1
    while above > 0 and not lines[above].strip():
        above -= 1
    if above < 0 or _has_key(lines[above]):
        what = "is indented deeper than the line above, which holds a value already"
        return stop.line + 1, what, "start both lines in the same column"
    return _no_colon(above + 1, lines[above])


def _no_colon(number: int, line: str) -> Sentence:
    if "\u00a0" in line:
        what = "holds a non-breaking space (U+00A0), which YAML does not take for a space"
        return number, what, "type the space again"
    if _DASH.match(line):
        return number, "no space stands behind the dash", "write '- entry', with a space"
    return number, "the key has no colon with a space behind it", "write it as 'key: value'"


def _no_key(stop: Stop, line: str) -> Sentence:
    before = line[: stop.column].strip()
    if before.endswith(("'", '"')):
        what = "a text goes on behind its closing quote"
        return stop.line + 1, what, "put all of it in quotes; write ' inside single quotes as ''"
    if line.strip().startswith(("]", "}")):
        return stop.line + 1, "a bracket is closed that was never opened", "take it out"
    return (
        stop.line + 1,
        "its indentation fits no line above",
        "start all keys of a group in the same column",
    )
