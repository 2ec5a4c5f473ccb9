"""Numbers as people type them: the one reader for fields, forms, files and options.

A decimal mark may be a point or a comma. A mark that could part thousands as well is asked about
and never guessed. ``typed_number.js`` does the same in the browser; a test holds the two equal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dashboard.model.errors import digits, shortened

_HERE: Final = Path(__file__).parent
TWIN: Final = _HERE / "typed_number.js"
"""The same rules for the browser."""

TWIN_WORDS: Final = _HERE / "typed_number_words.js"
"""The same sentences; phones do without, since the server says what is wrong with a ballot."""

MOST_DIGITS: Final = 15
"""Digits before the decimal mark: up to here a float keeps every whole number apart."""

_LONGEST: Final = 40
"""Signs of a text that may be a number; more are not looked at."""

_SPACES: Final = re.compile(r"[\u00a0\u2009\u202f]")
_MINUS: Final = re.compile(r"^\u2212")
_ONE_MARK: Final = re.compile(r"([0-9]*)(?:[.,]([0-9]*))?")
_GROUPED: Final = tuple(
    re.compile(rf"([1-9][0-9]{{0,2}}(?:{mark}[0-9]{{3}}){times})(?:{decimal}([0-9]+)){needed}")
    for mark, times, decimal, needed in (
        ("[.]", "{2,}", ",", "?"),
        (",", "{2,}", "[.]", "?"),
        # One mark alone may be the decimal one, so here the other has to follow.
        ("[.]", "", ",", ""),
        (",", "", "[.]", ""),
        (" ", "+", "[.,]", "?"),
        ("['\u2019]", "+", "[.,]", "?"),
    )
)
_THOUSANDS_OR_DECIMALS: Final = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


@dataclass(frozen=True)
class Limits:
    """What a field takes; None where there is no limit."""

    least: float | None = None
    most: float | None = None
    whole: bool = False

    def allow(self, value: float) -> bool:
        return (
            (self.least is None or value >= self.least)
            and (self.most is None or value <= self.most)
            and not (self.whole and value != int(value))
        )

    @property
    def request(self) -> str:
        """'Give a number from 0 to 100.'"""
        kind = "a whole number" if self.whole else "a number"
        if self.least is not None and self.most is not None:
            return f"Give {kind} from {digits(self.least)} to {digits(self.most)}."
        if self.least is not None:
            return f"Give {kind}, {digits(self.least)} or more."
        return f"Give {kind}."


ANY: Final = Limits()


@dataclass(frozen=True)
class Unread:
    """Why a text is not taken as a number: sentences to show beside the field.

    ``readings`` : what it may mean, each as it can be typed without doubt; empty for any other
    fault.
    """

    sentence: str
    readings: tuple[str, ...] = ()


def read_number(
    text: str, limits: Limits = ANY, usual: tuple[float, float] | None = None
) -> float | Unread:
    """The number that a person typed, or what to say to them.

    "1,8" and "1.8" are 1.8. "1,200" and "1.200" are a question where both 1.2 and 1200 are within
    the limits, and the only one that is where one is.

    Parameters
    ----------
    usual : the two ends of the scale that the number is on, if it is on one. A point, which is the
        decimal mark of everything shown, is not asked about where only the smaller reading is
        between them: "1.093" on a scale from 0.8 to 1.5.
    """
    plain = _MINUS.sub("-", _SPACES.sub(" ", text.strip()))
    sign, unsigned = (plain[:1], plain[1:]) if plain[:1] in ("-", "+") else ("", plain)
    readings = _readings(unsigned) if len(plain) <= _LONGEST else []
    if not readings:
        return Unread(_not_a_number(text) if plain else limits.request)
    if limits.whole:
        readings = readings[-1:]  # "20,000" people are not twenty, written with three decimals
    if any(len(reading.split(".")[0].lstrip("0")) > MOST_DIGITS for reading in readings):
        return Unread(f"Give a number of at most {MOST_DIGITS} digits before the decimals.")
    signed = [f"-{reading}" if sign == "-" else reading for reading in readings]
    possible = [reading for reading in signed if limits.allow(float(reading))]
    if not possible:
        return Unread(limits.request)
    if (
        usual
        and "." in plain
        and [usual[0] <= float(r) <= usual[1] for r in possible] == [True, False]
    ):
        possible = possible[:1]
    if len(possible) > 1:
        return Unread(_question(text, possible), tuple(possible))
    # Less than nothing by nothing is nothing: -0 would be shown as that.
    return float(possible[0]) + 0.0


def typed(value: float) -> str:
    """A number as a field shows it, so that it is read back as the same one without a question."""
    plain = digits(value)
    # A fourth decimal tells a decimal point from one that parts thousands.
    return f"{plain}0" if _THOUSANDS_OR_DECIMALS.fullmatch(plain.lstrip("-")) else plain


def _readings(text: str) -> list[str]:
    """What an unsigned text may mean, as plain digits with a decimal point; empty for nothing."""
    for grouped in _GROUPED:
        if found := grouped.fullmatch(text):
            whole = re.sub(r"[^0-9]", "", found[1])
            return [f"{whole}.{found[2]}" if found[2] else whole]
    found = _ONE_MARK.fullmatch(text)
    if not found or not (found[1] or found[2]):
        return []
    whole, decimals = found[1] or "0", (found[2] or "").rstrip("0")
    if not _THOUSANDS_OR_DECIMALS.fullmatch(text):
        return [f"{whole}.{decimals}" if decimals else whole]
    # A fourth decimal tells a decimal point from one that parts thousands.
    fraction = f"{decimals}0" if len(decimals) == len(found[2]) else decimals
    return [f"{whole}.{fraction}" if fraction else whole, f"{whole}{found[2]}"]


def _question(text: str, readings: list[str]) -> str:
    return (
        f"“{shortened(text.strip())}” can be read in two ways. Do you mean {readings[0]} or "
        f"{readings[1]}? Type the one that you mean."
    )


def _not_a_number(text: str) -> str:
    return (
        f"“{shortened(text.strip())}” is not a number. Type digits alone, with a point or a comma "
        "for decimals, such as 1.8 or 1,8."
    )
