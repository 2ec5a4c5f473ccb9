"""A sheet of the workbook: its heading, its looks and its print set-up.

Text of people is written as a string, never as a formula, a link or a number, whatever it begins
with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST = 32_767
"""Characters that a cell of an .xlsx file can hold."""

HEADING_ROWS = 5
"""Title, whose weights, overrides and settings, disclaimer, and an empty row."""

FIRST = HEADING_ROWS + 1
"""The first row below the head of a table, counted from 0."""

_LETTERS, _LINE, _HIGHEST = 0.95, 13.5, 400
"""Letters in a unit of width; points of a line; and the most a row may have."""

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def cell_text(text: str) -> str:
    """The text as a cell can hold it: what XML refuses becomes a visible code, the rest is cut."""
    fit = _UNFIT.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
    # The format counts UTF-16 units: most emoji are two.
    units = fit.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return fit
    return units[: 2 * (LONGEST - 1)].decode("utf-16-le", errors="ignore") + "…"


class Looks:
    """The formats of all sheets."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
        add = book.add_format
        self.title = add({**base, "bold": True, "font_size": 14})
        self.small = add({**base, "font_color": "#5a6470"})
        self.head = add(
            {**base, "bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#e8edf2"}
        )
        self.text = add(base)
        self.wrap = add({**base, "text_wrap": True})
        self.changed = add({**base, "text_wrap": True, "bold": True, "italic": True})
        self.points = add({**base, "num_format": "0.00", "bg_color": "#fff4cc", "border": 1})
        self.share = add({**base, "num_format": "0.0%"})
        self.value = add({**base, "num_format": "0.00"})
        self.raw = add({**base, "num_format": "General"})
        self.whole = add({**base, "num_format": "0"})
        self.total = add({**base, "num_format": "0.00", "bold": True, "top": 1})


class Sheet:
    """A worksheet with the heading that every sheet has."""

    def __init__(self, sheet: Worksheet, looks: Looks, heading: Sequence[str], footer: str) -> None:
        self.sheet, self.looks = sheet, looks
        self.widths: dict[int, float] = {}
        self.lines: dict[int, int] = {}
        for row, line in enumerate(heading):
            self.text(row, 0, line, looks.small if row else looks.title)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer(footer)
        sheet.hide_gridlines(2)

    def text(self, row: int, column: int, text: str, look: Any = None) -> None:
        self.sheet.write_string(row, column, cell_text(text), look or self.looks.wrap)
        if column in self.widths:
            width = self.widths[column] * _LETTERS
            lines = sum(-(-max(len(part), 1) // int(width)) for part in text.split("\n"))
            self.lines[row] = max(self.lines.get(row, 1), lines)

    def fit_heights(self) -> None:
        """Make each row as high as its longest text: not every program does so by itself."""
        for row, lines in self.lines.items():
            if lines > 1:
                self.sheet.set_row(row, min(_LINE * lines, _HIGHEST))

    def number(self, row: int, column: int, value: float, look: Any) -> None:
        self.sheet.write_number(row, column, float(value), look)

    def formula(self, row: int, column: int, formula: str, look: Any, value: float | str) -> None:
        """A formula of ours with what it comes to now, for viewers that do not calculate."""
        self.sheet.write_formula(row, column, formula, look, value)

    def head(self, names: Sequence[str], widths: Sequence[float], frozen: int = 1) -> None:
        """The head of the table, repeated on each printed page and kept in view.

        ``widths`` : of the first columns; the last one holds for all that follow.
        """
        for column, name in enumerate(names):
            width = widths[min(column, len(widths) - 1)]
            self.widths[column] = width
            self.sheet.set_column(column, column, width)
            self.text(HEADING_ROWS, column, name, self.looks.head)
        self.sheet.freeze_panes(FIRST, frozen)
        self.sheet.repeat_rows(HEADING_ROWS)


def footer_text(text: str) -> str:
    """For the footer of a page, where '&' begins a code and 255 characters are the limit."""
    return cell_text(text).replace("&", "&&")
