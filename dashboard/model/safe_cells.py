"""Text of people in the cells of a table that a spreadsheet may open.

A spreadsheet reads a cell that begins with one of a few signs as a formula, so such a
text gets an apostrophe in front. Numbers stay numbers.
"""

from __future__ import annotations

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are the first four as wide letters, which some spreadsheets read alike."""

Cell = str | float


def safe_cell(value: Cell) -> Cell:
    """The value as it may stand in a spreadsheet: text that would be calculated is quoted."""
    if isinstance(value, str) and value.startswith(STARTS_A_FORMULA):
        return f"'{value}"
    return value
