"""What a word without quotes means, and the words that YAML takes for something else."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from dashboard.model.errors import quoted

LONGEST_NUMBER = 15
"""Digits before the point: up to here a float keeps every whole number apart."""

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_FINITE = re.compile(r"[-+]?\.?(nan|inf|infinity)", re.IGNORECASE)
_ODD_DECIMAL = re.compile(r"[-+]?([0-9][0-9_]*(\.[0-9_]*)?|\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?")
_OTHER_BASE = re.compile(r"[-+]?0[xob][0-9a-fA-F_]+")
_FALSE_FRIENDS = {
    **dict.fromkeys(("no", "off", "n", "false"), "false"),
    **dict.fromkeys(("yes", "on", "y", "true"), "true"),
}


@dataclass(frozen=True)
class Trap:
    """A word that cannot be believed: what is wrong with it, and what to write instead."""

    what: str
    remedy: str


class Misread:
    """Stands where a value was a trap, so that nothing else is said about that value."""

    def __repr__(self) -> str:
        return "MISREAD"


MISREAD = Misread()


def resolve(text: str) -> Any:
    """The value of a word without quotes, or a ``Trap``."""
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.fullmatch(text) or _DECIMAL.fullmatch(text):
        return _plain_number(text)
    if _DATE.fullmatch(text):
        return _date(text)
    if (meant := _FALSE_FRIENDS.get(text.lower())) is not None:
        return Trap(
            f"{text} without quotes means {meant} to YAML",
            f"write '{text}' in quotes if it is text, or {meant} if it is not",
        )
    if _NOT_FINITE.fullmatch(text):
        return Trap(f"{text} is not a number to calculate with", "give a finite number")
    if _ODD_DECIMAL.fullmatch(text) or _OTHER_BASE.fullmatch(text):
        return Trap(f"{quoted(text)} is not a plain number", _write_plainly(text))
    return text


def _plain_number(text: str) -> Any:
    if len(text.lstrip("-").split(".")[0].lstrip("0")) > LONGEST_NUMBER:
        return Trap(
            f"{quoted(text)} has more than {LONGEST_NUMBER} digits before the point",
            "take a larger unit, or put it in quotes if it is text",
        )
    return float(text) if "." in text else int(text)


def _date(text: str) -> datetime.date | Trap:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return Trap(
            f"{text} is not a date of the calendar",
            f"write an existing day as year-month-day, or '{text}' in quotes if it is text",
        )


def _write_plainly(text: str) -> str:
    """The same number in plain digits, where that is short enough to write."""
    plain = _in_plain_digits(text.replace("_", "")) if len(text) <= 2 * LONGEST_NUMBER else None
    if plain is None:
        return "put it in quotes if it is text, or write it in plain digits"
    return f"write {plain}, or '{text}' in quotes if it is text"


def _in_plain_digits(text: str) -> str | None:
    try:
        number = Decimal(int(text, 0)) if _OTHER_BASE.fullmatch(text) else Decimal(text)
    except (ValueError, InvalidOperation):
        return None  # such as 0b12, or an exponent that no machine can hold
    # The exponent may be astronomical: look at it before writing the digits out.
    if abs(number.adjusted()) > LONGEST_NUMBER:
        return None
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
