"""Writes plain data as YAML that people can read and ``yaml_tree`` reads back as the same data.

A text stands without quotes only where nothing in it could be taken for something else; where the
reader would see a number, a date or a trap in it (``NO``, ``012``, ``1e-3``), it is quoted.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboard.model.yaml_scalars import resolve

WIDTH = 100
"""Signs in a line of a text that is folded."""

_STEP = "  "
_ODD = re.compile(
    "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What is written as a code, and only inside quotes."""

_NEEDS_QUOTES = re.compile(r":( |$)| #|\s$")
_SPLITS = re.compile(r"(?<=[^ ]) (?=[^ ])")


def yaml_text(data: Mapping[str, Any]) -> str:
    """A document of keys, lists, texts, numbers, truth values and dates; None is written as null.

    Raises
    ------
    TypeError : the data hold something else.
    """
    return "".join(f"{line}\n" for line in _mapping(data, ""))


def yaml_list(data: Sequence[Mapping[str, Any]]) -> str:
    """A document that is a list of such data.

    Raises
    ------
    TypeError : the data hold something else.
    """
    return "".join(f"{line}\n" for line in _sequence(data, ""))


def _mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        yield from _entry(f"{indent}{_word(key)}:", value, indent)


def _sequence(data: Sequence[Any], indent: str) -> Iterator[str]:
    for value in data:
        if isinstance(value, Mapping) and value:
            lines = list(_mapping(value, indent + _STEP))
            yield f"{indent}- {lines[0].removeprefix(indent + _STEP)}"
            yield from lines[1:]
        else:
            yield from _entry(f"{indent}-", value, indent)


def _entry(head: str, value: Any, indent: str) -> Iterator[str]:
    """A value behind its key or dash, on the same line or below it."""
    inner = indent + _STEP
    if isinstance(value, Mapping):
        yield head if value else f"{head} {{}}"
        yield from _mapping(value, inner)
    elif isinstance(value, (tuple, list)):
        short = _in_one_line(value, len(head))
        yield head if short is None else f"{head} {short}"
        if short is None:
            yield from _sequence(value, inner)
    elif isinstance(value, str):
        yield from _text(head, value, inner)
    else:
        yield f"{head} {_scalar(value)}"


def _in_one_line(values: Sequence[Any], used: int) -> str | None:
    """A list of ids or numbers in brackets, where it is short."""
    if any(isinstance(v, (Mapping, tuple, list)) or _is_prose(v) for v in values):
        return None
    line = f"[{', '.join(_word(v) if isinstance(v, str) else _scalar(v) for v in values)}]"
    return line if used + len(line) < WIDTH else None


def _is_prose(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[a-z0-9-]+", value) is None


def _text(head: str, text: str, indent: str) -> Iterator[str]:
    if "\n" in text and _keeps_its_lines(text):
        yield f"{head} |-"
        yield from (f"{indent}{line}" if line else "" for line in text.split("\n"))
    elif len(head) + len(text) + 1 > WIDTH and _can_be_folded(text):
        yield f"{head} >-"
        yield from (f"{indent}{line}" for line in _folded(text, WIDTH - len(indent)))
    else:
        yield f"{head} {_word(text)}"


def _word(text: str) -> str:
    """A text within its line."""
    plain = (
        text[:1].isalnum()
        and not _ODD.search(text)
        and not _NEEDS_QUOTES.search(text)
        and resolve(text) == text
    )
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    """In double quotes; what cannot be seen or YAML cannot hold stands as a code."""
    inner = json.dumps(text, ensure_ascii=False)
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", inner)


def _keeps_its_lines(text: str) -> bool:
    lines = text.split("\n")
    return all(
        not _ODD.search(line) and not line.endswith(" ") and (line or 0 < i < len(lines) - 1)
        for i, line in enumerate(lines)
    ) and not text.startswith(" ")


def _can_be_folded(text: str) -> bool:
    edged = text.startswith(" ") or text.endswith(" ")
    return not edged and not _ODD.search(text) and _SPLITS.search(text) is not None


def _folded(text: str, width: int) -> Iterator[str]:
    """Lines that a reader joins with single spaces; a word that is longer has a line of its own."""
    line = ""
    for part in _SPLITS.split(text):
        if line and len(line) + 1 + len(part) > width:
            yield line
            line = part
        else:
            line = f"{line} {part}" if line else part
    yield line


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} has no form in these files")


def _number(value: float) -> str:
    """In plain digits, the shortest that are the same number; whole ones without a point."""
    if value == 0 and str(value) == "-0.0":
        return "-0.0"
    text = f"{Decimal(repr(value)):f}"
    return text.removesuffix(".0")
