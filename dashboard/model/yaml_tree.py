"""Reads one YAML file into plain data and the line of every value; the only user of PyYAML.

YAML takes some words for something else than what they look like (``NO`` is false, ``012`` is ten,
``1e-3`` is text, a repeated key keeps the last). Here each of these is a fault and never a value.
Built on the parser's events rather than its objects, so that every fault of a file is found in one
pass, no alias is ever expanded and no nesting can exhaust the stack.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dashboard.model.direction import closed
from dashboard.model.errors import Fault, quoted
from dashboard.model.yaml_scalars import MISREAD, Trap, resolve
from dashboard.model.yaml_syntax import Stop, explain_stop, unseen_signs

MAX_BYTES = 1_000_000
MAX_DEPTH = 30

Key = str | int
Trail = tuple[Key, ...]

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class YamlTree:
    """A file as plain data: dicts, tuples and scalars, with the line of each trail of keys."""

    file: str
    data: Any
    lines: dict[Trail, int]
    faults: tuple[Fault, ...]
    lost: bool = False
    """Whether something that is written is not in ``data``: what stands behind a faulty key."""

    def line(self, trail: Trail) -> int | None:
        """The line of the nearest part of the trail that is written in the file."""
        for end in range(len(trail), -1, -1):
            if (line := self.lines.get(trail[:end])) is not None:
                return line
        return None


def read_yaml_tree(path: Path, file: str) -> YamlTree:
    """Read a file; what is wrong with it is in ``faults``, and ``data`` is what could be read."""
    try:
        found = path.stat()
        # Looked at before it is opened: a pipe would keep the reader waiting, a giant fill memory.
        if (fault := _unfit(found, file)) is not None:
            return YamlTree(file, None, {}, (fault,))
        raw = path.read_bytes()
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        return _unreadable(file, None, what, "check that it exists and that you may read it")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return _unreadable(file, line, "is not UTF-8 text", "save it again with encoding UTF-8")
    return parse_yaml_tree(text, file)


def parse_yaml_tree(text: str, file: str) -> YamlTree:
    """Parse YAML text (JSON is YAML too)."""
    if (fault := _too_large(len(text.encode(errors="replace")), file)) is not None:
        return YamlTree(file, None, {}, (fault,))
    if unseen := unseen_signs(text):
        return YamlTree(file, None, {}, tuple(Fault(file, *sentence) for sentence in unseen))
    builder = _Builder(file)
    try:
        for event in _events(text):
            builder.take(event)
            if builder.stopped:
                break
    except yaml.MarkedYAMLError as error:
        sentence = explain_stop(_stop(error), text)
        # What came before it may be half of what was meant, in its own line above all.
        builder.root = None
        builder.faults = [fault for fault in builder.faults if fault.line != sentence[0]]
        builder.fault(*sentence)
    return YamlTree(file, builder.root, builder.lines, tuple(builder.faults), builder.lost)


def _unfit(found: os.stat_result, file: str) -> Fault | None:
    """Why something on the disk is not read at all."""
    if stat.S_ISDIR(found.st_mode):
        return Fault(file, None, "is a folder, not a file", "give the folder another name")
    if not stat.S_ISREG(found.st_mode):
        return Fault(file, None, "is not a file with text", "take it out of the folder")
    return _too_large(found.st_size, file)


def _too_large(size: int, file: str) -> Fault | None:
    if size <= MAX_BYTES:
        return None
    return Fault(
        file,
        None,
        f"is {size / 1e6:.1f} MB, over the limit of 1 MB",
        "split it, or take out what is not part of the question",
    )


def _stop(error: Any) -> Stop:
    mark, context = error.problem_mark or error.context_mark, error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    opened = context.line if context else line
    return Stop(error.problem or "", line, column, error.context or "", opened)


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
    drop: bool = False
    misread: bool = False
    repeats: bool = False
    """Whether the last key had stood there before."""
    key_lines: dict[str, int] = field(default_factory=dict)

    @property
    def expects_key(self) -> bool:
        return isinstance(self.items, dict) and self.key is None


class _Builder:
    """Turns the parser's events into data, with a stack of its own."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Any = None
        self.lines: dict[Trail, int] = {}
        self.faults: list[Fault] = []
        self.stopped = False
        self.lost = False
        self._stack: list[_Open] = []
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
                self.stopped = True
        elif isinstance(event, yaml.AliasEvent):
            self.fault(
                line,
                f"the alias {quoted(f'*{event.anchor}')} is not allowed",
                "write the value out, or put it in quotes if it is text",
            )
            self._value(MISREAD, line)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._open(event, line)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            done = self._stack.pop()
            items = tuple(done.items) if isinstance(done.items, list) else done.items
            self._put(MISREAD if done.misread else items)

    def _open(self, event: Any, line: int) -> None:
        if len(self._stack) >= MAX_DEPTH:
            self.fault(line, f"is nested more than {MAX_DEPTH} levels deep", "write it flatter")
            # Reading on would only cost time: the parser needs the square of the depth.
            self.root, self.stopped = None, True
            return
        if self._stack and self._stack[-1].expects_key:
            self.fault(line, "a key is a list or a set of keys", "use a word as the key")
        misread = self._tag(event, line)
        trail = self._trail()
        self.lines.setdefault(trail, line)
        items: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._stack.append(_Open(trail, items, misread=misread))

    def _scalar(self, event: Any, line: int) -> None:
        top = self._stack[-1] if self._stack else None
        if top and top.expects_key:
            self._key(top, event, line)
            return
        value = event.value
        if self._tag(event, line):
            value = MISREAD
        elif event.implicit[0] and event.tag is None:
            value = resolve(event.value)
            if isinstance(value, Trap):
                self.fault(line, value.what, value.remedy)
                value = MISREAD
        self._value(closed(value) if isinstance(value, str) else value, line)

    def _tag(self, event: Any, line: int) -> bool:
        """Whether something is tagged, which is a fault; a lone ``!`` only says text."""
        if event.tag is None or event.tag == "!":
            return False
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        self.fault(line, f"the tag {quoted(tag)} is not allowed", "take the tag out")
        return True

    def _key(self, top: _Open, event: Any, line: int) -> None:
        key = event.value
        self._tag(event, line)
        repeats, top.key = top.repeats, key
        top.repeats = key in top.key_lines
        meant = resolve(key) if event.implicit[0] else key
        if isinstance(meant, Trap):
            self.fault(line, f"the key {meant.what}", "put it in quotes, or use another word")
        elif not isinstance(meant, str):
            what = f"the key {quoted(key)} is not a word"
            otherwise = "put it in quotes, or use a word"
            self.fault(line, what, _decimals_behind(top, key, line) or otherwise)
        elif not top.repeats:
            top.key_lines[key] = line
            self.lines.setdefault((*top.trail, key), line)
            return
        elif not repeats:  # the first of an entry that lacks its dash speaks for all of it
            what = f"the key {quoted(key)} is already used in line {top.key_lines[key]}"
            listed = top.trail and isinstance(top.trail[-1], int)
            remedy = ", or start a new entry with '- '" if listed else ""
            self.fault(line, what, f"keep one of the two{remedy}")
        top.drop = self.lost = True

    def _value(self, value: Any, line: int) -> None:
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
        """Place a value that is complete; the value of a faulty key is read and left out."""
        if not self._stack:
            self.root = value
            return
        top = self._stack[-1]
        if isinstance(top.items, list):
            top.items.append(value)
        elif top.key is None:  # a whole list or mapping, or an alias, where a key should stand
            top.key, top.drop, self.lost = "", True, True
        else:
            if not top.drop:
                top.items[top.key] = value
            top.key, top.drop = None, False


def _decimals_behind(top: _Open, key: str, line: int) -> str | None:
    """What to write where a decimal comma parted a number: ``{cost: 1,8}`` has the keys cost and 8.

    Only within one line, where a comma ends an entry.
    """
    last = next(reversed(top.key_lines), "")
    before = top.items.get(last) if isinstance(top.items, dict) else None
    parted = isinstance(before, int) and not isinstance(before, bool) and key.isdecimal()
    if not parted or top.key_lines[last] != line:
        return None
    return f"a comma ends an entry here: write {before}.{key} with a point if that is one number"
