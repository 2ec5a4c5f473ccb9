"""What several annexes are made of: short paragraphs, tables that are split, lists that are cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from dashboard.model.question import Question
from dashboard.model.wording import counted
from dashboard.report.briefing.document import Cell, Paragraph, Run, runs
from dashboard.report.evidence_words import evidence_name
from dashboard.report.safe_text import shorten

_T = TypeVar("_T")

_PARAGRAPH = "paragraph-"

LONGEST_TEXT = 700
"""Characters of a free text inside a table; the attached files have it whole."""


def say(*parts: str | Run) -> Paragraph:
    return Paragraph(runs(*parts))


def note(*parts: str | Run) -> Paragraph:
    """How a table is read, and what it leaves out."""
    return Paragraph(runs(*parts), size="small")


def capital(text: str) -> str:
    """With a capital at its start."""
    return text[:1].upper() + text[1:]


def row_of(*texts: str) -> tuple[Cell, ...]:
    """A row of plain small cells."""
    return tuple(Cell(text, small=True) for text in texts)


def in_even_parts(items: Sequence[_T], most: int) -> list[list[_T]]:
    """Cut into as few parts as hold ``most`` each, of nearly the same size: 8 of 7 give 4 and 4."""
    count = max(1, -(-len(items) // most))
    size, larger = divmod(len(items), count)
    parts, start = [], 0
    for k in range(count):
        end = start + size + (k < larger)
        parts.append(list(items[start:end]))
        start = end
    return parts


def cited_words(question: Question, evidence: Iterable[str], longest: int) -> str:
    """What is cited, by name; paragraphs of the source text together, and in runs."""
    numbers, names = [], []
    for identifier in evidence:
        if identifier.startswith(_PARAGRAPH):
            numbers.append(int(identifier.removeprefix(_PARAGRAPH)))
        else:
            names.append(shorten(evidence_name(question, identifier), longest))
    if numbers:
        word = "paragraph" if len(numbers) == 1 else "paragraphs"
        names.insert(0, f"Source text, {word} {', '.join(_in_runs(sorted(set(numbers))))}")
    return "; ".join(names)


def _in_runs(numbers: Sequence[int]) -> list[str]:
    """Three or more in a row by their ends: 11, 13 to 16."""
    runs_: list[list[int]] = []
    for number in numbers:
        if runs_ and number == runs_[-1][-1] + 1:
            runs_[-1].append(number)
        else:
            runs_.append([number])
    said: list[str] = []
    for run in runs_:
        said += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run)
    return said


def left_out(count: int, noun: str, plural: str | None = None) -> str:
    """'12 options not shown; the attached files have all.'; empty where none is left out."""
    return (
        f"{counted(count, noun, plural)} not shown; the attached files have all." if count else ""
    )
