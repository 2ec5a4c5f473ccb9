"""What a briefing consists of: sections of blocks, as plain frozen data.

A document is made once and then set in several forms: Typst makes the PDF of it, ``word_file`` the
Word file. No form adds a figure or a sentence of its own, so all say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Literal

Align = Literal["left", "right", "center"]

_ACROSS = 100
"""Characters of a table that surely fit side by side on a page."""

_TOGETHER = 36
"""Lines of a table that surely fit below each other, with its heads."""


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    muted: bool = False


Runs = tuple[Run, ...]


def runs(*parts: str | Run) -> Runs:
    """Stretches of text; plain strings are set in the ordinary style, empty ones fall away."""
    made = (Run(part) if isinstance(part, str) else part for part in parts)
    return tuple(run for run in made if run.text)


def strong(text: str) -> Run:
    return Run(text, bold=True)


def muted(text: str) -> Run:
    return Run(text, muted=True)


@dataclass(frozen=True)
class Paragraph:
    """``bar`` draws a line at its left: in ink for a caution, in the accent for a notice."""

    runs: Runs
    size: Literal["lead", "body", "small"] = "body"
    bar: Literal["", "ink", "accent"] = ""


@dataclass(frozen=True)
class Heading:
    """A heading within a section (level 3)."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Pairs of a label and what is said of it."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Items:
    """A list; numbered where the order matters."""

    items: tuple[Runs, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table.

    ``width`` : a share of what the fixed columns leave; None for as wide as its text.
    ``tint`` : the whole column on a light ground.
    """

    head: str
    unit: str = ""
    align: Align = "left"
    width: float | None = 1.0
    bold: bool = False
    tint: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    ``after`` : text behind it in the ordinary style. ``below`` : a second line, small and muted.
    ``note`` : a word behind all that, small and in italics.
    ``mark`` and ``colour`` : the look of a proposal, set before its name.
    """

    text: str
    after: str = ""
    below: str = ""
    bold: bool = False
    muted: bool = False
    small: bool = False
    accent: bool = False
    note: str = ""
    mark: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Table:
    """``name`` says what the table shows; it names it in Word, in files and to screen readers.

    ``second_head`` stands under the heads of the columns, ``foot`` under the rows. ``light`` leaves
    the strong rules above and below away.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    second_head: tuple[Cell, ...] = ()
    foot: tuple[Cell, ...] = ()
    light: bool = False

    @property
    def together(self) -> bool:
        """Whether it is short enough to stand on one page whatever stands before it.

        The number of lines is guessed on the safe side: to lay a table out twice takes a third of
        the time of the whole document.
        """
        few = len(self.rows) <= _TOGETHER
        return few and sum(map(self._lines, self.rows)) <= _TOGETHER

    def _lines(self, row: tuple[Cell, ...]) -> int:
        widths = [column.width or 1 for column in self.columns]
        return max(
            ceil(len(f"{cell.text}{cell.after}{cell.note}") * sum(widths) / width / _ACROSS)
            + ceil(len(cell.below) * sum(widths) / width / _ACROSS)
            for cell, width in zip(row, widths, strict=True)
        )


@dataclass(frozen=True)
class Figure:
    """A chart, by the name it has among the charts of the briefing; ``alt`` says what it shows.

    ``width`` : of the line, as a share. ``leaves`` : it shrinks to what its page has left, but for
    so many points of height; None where it may move to the next page.
    """

    chart: str
    alt: str
    width: float = 1.0
    leaves: int | None = None


@dataclass(frozen=True)
class Columns:
    """Blocks side by side; ``together`` keeps them on one page."""

    parts: tuple[tuple[Block, ...], ...]
    together: bool = False


@dataclass(frozen=True)
class Choice:
    """Blocks that may be shown; ``tells`` : the subjects that they cover, slugs of ours."""

    tells: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Fitting:
    """The first of the choices that fits on what is left of the page; nothing where none does.

    A choice is passed over if it covers a subject that was covered before. Only the PDF has pages
    that are full: in Word an annex says it all. ``id`` : a slug, unique in the document.
    """

    id: str
    choices: tuple[Choice, ...]


Block = Paragraph | Heading | Facts | Items | Table | Figure | Columns | Fitting


@dataclass(frozen=True)
class Section:
    """A part under a heading of its own.

    ``kicker`` : what the section is about, small above its title. ``title`` : what it found.
    ``id`` : a slug, unique in the document. ``dense`` sets it a little smaller.
    """

    id: str
    kicker: str
    title: str
    blocks: tuple[Block, ...]
    new_page: bool = False
    dense: bool = False


@dataclass(frozen=True)
class Footer:
    """What stands on every page; each text fits on one line."""

    title: str
    marking: str
    people: str
    date: str
    version: str
    question: str
    inputs: str


@dataclass(frozen=True)
class Document:
    """``eyebrow`` stands above the headline, ``front`` below it and before the first section.

    ``day`` : year, month and day of the briefing, for the properties of the file.
    """

    title: str
    eyebrow: Runs
    headline: str
    front: tuple[Block, ...]
    sections: tuple[Section, ...]
    footer: Footer
    day: tuple[int, int, int]

    def blocks(self) -> Iterator[Block]:
        """All blocks in the order of reading, those inside columns too."""
        yield from _within(self.front)
        for section in self.sections:
            yield from _within(section.blocks)


def _within(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Columns):
            for part in block.parts:
                yield from _within(part)
