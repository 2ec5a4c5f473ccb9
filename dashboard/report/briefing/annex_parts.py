"""What several annexes are made of: short paragraphs, tables that are split, lists that are cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from dashboard.model.wording import counted
from dashboard.report.briefing.document import Cell, Paragraph, Run, runs

_T = TypeVar("_T")

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


def left_out(count: int, noun: str, plural: str | None = None) -> str:
    """'12 options not shown; the attached files have all.'; empty where none is left out."""
    return (
        f"{counted(count, noun, plural)} not shown; the attached files have all." if count else ""
    )
