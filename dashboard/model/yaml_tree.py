"""Reads one YAML file into plain data and the line of every value; the only user of PyYAML.

YAML takes some words for something else than what they look like (``NO`` is false, ``012`` is ten,
``1e-3`` is text, a repeated key keeps the last). Here each of these is a fault and never a value.
Built on the parser's events rather than its objects, so that every fault of a file is found in one
pass, no alias is ever expanded and no nesting can exhaust the stack.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dashboard.model.errors import Fault

MAX_BYTES = 1_000_000
MAX_DEPTH = 30

Key = str | int
Trail = tuple[Key, ...]

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?([0-9]+\.[0-9]+)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_FINITE = re.compile(r"[-+]?\.(nan|inf)|[-+]?(nan|inf|infinity)", re.IGNORECASE)
_LOOKS_LIKE_A_NUMBER = re.compile(
    r"[-+]?(\d[\d_]*\.?\d*|\.\d+)([eE][-+]?\d+)?|0[xob][\da-fA-F_]+|[-+]?\d+\.",
)
_FALSE_FRIENDS = {
    **dict.fromkeys(("no", "off", "n", "false"), "false"),
    **dict.fromkeys(("yes", "on", "y", "true"), "true"),
}

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class YamlTree:
    """A file as plain data: dicts, tuples and scalars, with the line of each trail of keys."""

    file: str
    data: Any
    lines: dict[Trail, int]
    faults: tuple[Fault, ...]

    def line(self, trail: Trail) -> int | None:
        """The line of the nearest part of the trail that is written in the file."""
        for end in range(len(trail), -1, -1):
            if (line := self.lines.get(trail[:end])) is not None:
                return line
        return None


def read_yaml_tree(path: Path, file: str) -> YamlTree:
    """Read a file; what is wrong with it is in ``faults``, and ``data`` is what could be read."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return _unreadable(file, None, f"cannot be read ({error.strerror})", "check its rights")
    if len(raw) > MAX_BYTES:
        return _unreadable(
            file,
            None,
            f"is {len(raw) / 1e6:.1f} MB, over the limit of 1 MB",
            "split it, or take out what is not part of the question",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return _unreadable(file, line, "is not UTF-8 text", "save it again with encoding UTF-8")
    return parse_yaml_tree(text, file)


def parse_yaml_tree(text: str, file: str) -> YamlTree:
    """Parse YAML text (JSON is YAML too)."""
    builder = _Builder(file)
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        builder.fault(
            mark.line + 1 if mark else None,
            f"is not valid YAML ({error.problem or error.context})",
            "look at this line and the one above: indentation, colons and quotes",
        )
    except yaml.YAMLError as error:
        builder.fault(None, f"is not valid YAML ({error})", "take out control characters")
    return YamlTree(file, builder.root, builder.lines, tuple(builder.faults))


def _unreadable(file: str, line: int | None, what: str, remedy: str) -> YamlTree:
    return YamlTree(file, None, {}, (Fault(file, line, what, remedy),))


def _events(text: str) -> Iterator[Any]:
    yield from yaml.parse(text, Loader=_Loader)


@dataclass
class _Open:
    """A mapping or sequence that is still being read."""

    trail: Trail
    items: dict[str, Any] | list[Any]
    key: str | None = None
    key_lines: dict[str, int] = field(default_factory=dict)


class _Builder:
    """Turns the parser's events into data, with a stack of its own."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Any = None
        self.lines: dict[Trail, int] = {}
        self.faults: list[Fault] = []
        self._stack: list[_Open] = []
        self._too_deep = 0
        self._documents = 0

    def fault(self, line: int | None, what: str, remedy: str) -> None:
        self.faults.append(Fault(self.file, line, what, remedy))

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:
                self.fault(
                    line, "a second document starts", "keep one document a file, without ---"
                )
        elif isinstance(event, yaml.AliasEvent):
            self.fault(
                line,
                f"the alias *{event.anchor} is not allowed",
                "write the value out; a reader should not have to look it up",
            )
            self._value(None, line)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._open({} if isinstance(event, yaml.MappingStartEvent) else [], line)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._close()

    def _open(self, items: dict[str, Any] | list[Any], line: int) -> None:
        if self._too_deep or len(self._stack) >= MAX_DEPTH:
            if not self._too_deep:
                self.fault(line, f"is nested more than {MAX_DEPTH} deep", "write it flatter")
            self._too_deep += 1
            return
        top = self._stack[-1] if self._stack else None
        if top and isinstance(top.items, dict) and top.key is None:
            self.fault(line, "a key is a list or a mapping", "use a word as the key")
            top.key = ""
        trail = self._trail()
        self.lines.setdefault(trail, line)
        self._stack.append(_Open(trail, items))

    def _close(self) -> None:
        if self._too_deep:
            self._too_deep -= 1
            return
        done = self._stack.pop()
        self._put(tuple(done.items) if isinstance(done.items, list) else done.items)

    def _scalar(self, event: Any, line: int) -> None:
        if self._too_deep:
            return
        top = self._stack[-1] if self._stack else None
        if top and isinstance(top.items, dict) and top.key is None:
            self._key(top, event, line)
            return
        if event.tag is not None and event.tag != "!":
            self.fault(line, f"the tag {event.tag} is not allowed", "take the tag out")
        value = self._resolve(event.value, line) if event.implicit[0] else event.value
        self._value(value, line)

    def _key(self, top: _Open, event: Any, line: int) -> None:
        key = event.value
        if event.implicit[0] and (
            not isinstance(self._resolve(key, line), str) and key.lower() not in _FALSE_FRIENDS
        ):
            self.fault(line, f"the key {key!r} is not a word", "put it in quotes, or use a word")
        if key in top.key_lines:
            self.fault(
                line,
                f"the key {key!r} is already used in line {top.key_lines[key]}",
                "keep one of the two",
            )
        top.key_lines.setdefault(key, line)
        top.key = key
        self.lines.setdefault((*top.trail, key), line)

    def _value(self, value: Any, line: int) -> None:
        if self._too_deep:
            return
        self.lines.setdefault(self._trail(), line)
        self._put(value)

    def _trail(self) -> Trail:
        if not self._stack:
            return ()
        top = self._stack[-1]
        if isinstance(top.items, list):
            return (*top.trail, len(top.items))
        return (*top.trail, top.key or "")

    def _put(self, value: Any) -> None:
        if not self._stack:
            self.root = value
            return
        top = self._stack[-1]
        if isinstance(top.items, list):
            top.items.append(value)
        else:
            top.items[top.key or ""] = value
            top.key = None

    def _resolve(self, text: str, line: int) -> Any:
        """The value of a word without quotes."""
        if text in ("", "~", "null"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
        if _DATE.fullmatch(text):
            return self._date(text, line)
        if (meant := _FALSE_FRIENDS.get(text.lower())) is not None:
            self.fault(
                line,
                f"{text} without quotes means {meant} to YAML",
                f"write '{text}' in quotes if it is text, or {meant} if it is not",
            )
        elif _NOT_FINITE.fullmatch(text):
            self.fault(line, f"{text} is not a number one can reckon with", "give a finite number")
            return 0.0
        elif _LOOKS_LIKE_A_NUMBER.fullmatch(text):
            return self._odd_number(text, line)
        return text

    def _odd_number(self, text: str, line: int) -> float:
        """A number in a form that YAML readers disagree about; the plain form is the remedy."""
        try:
            plain = float(text.replace("_", ""))
        except ValueError:
            plain = float(int(text.replace("_", ""), 0))
        self.fault(
            line,
            f"{text} is not read as the number it looks like",
            f"write {plain:.12f}".rstrip("0").rstrip(".")
            + f", or '{text}' in quotes if it is text",
        )
        return plain

    def _date(self, text: str, line: int) -> datetime.date | str:
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            self.fault(line, f"{text} is not a date of the calendar", "write YYYY-MM-DD")
            return text
