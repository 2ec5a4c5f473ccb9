"""What is wrong with a person's input, said in one sentence each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_LONGEST_QUOTE = 60


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one place: where, what, and what to do about it."""

    file: str
    line: int | None
    what: str
    remedy: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{place}: {self.what}; {self.remedy}"


MOST_SHOWN = 200
"""Faults that are printed; a file of the wrong kind can have a hundred thousand."""


class InputError(Exception):
    """Input that a person can put right; carries every fault that was found, in file order.

    Anything else that is raised is a bug of the program and stays loud.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults), key=lambda f: (f.file, f.line or 0, f.what)))
        if not self.faults:
            raise ValueError("an InputError needs at least one fault")
        shown = [str(fault) for fault in self.faults[:MOST_SHOWN]]
        if len(self.faults) > MOST_SHOWN:
            rest = len(self.faults) - MOST_SHOWN
            shown.append(f"and {rest:,} more {'fault' if rest == 1 else 'faults'}")
        super().__init__("\n".join(shown))

    @classmethod
    def one(cls, file: str, line: int | None, what: str, remedy: str) -> InputError:
        return cls([Fault(file, line, what, remedy)])


def in_a_sentence(error: InputError) -> str:
    """What is wrong and what to do, for a page: without the place, which it stands at."""
    said = [f"{fault.what}. {_opened(fault.remedy)}." for fault in error.faults[:MOST_SHOWN]]
    return " ".join(map(_opened, said))


def _opened(sentence: str) -> str:
    """With a capital at its start."""
    return sentence[:1].upper() + sentence[1:]


def quoted(word: object) -> str:
    """A word of the input inside a message: in quotes, not too long, invisible signs visible."""
    return repr(shortened(str(word)))


def shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 3] + "..."


def digits(value: float) -> str:
    """A number of the input inside a message: as a person would write it, never as 1e+06."""
    text = f"{Decimal(repr(float(value))):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
