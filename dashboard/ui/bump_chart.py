"""The bump chart: perspectives as columns, ranks as rows, one line for each option.

Drawn with boxes cut to shape, since pages drop inline drawings. A line can be pointed at or reached
by keyboard, and then stands out; what it shows is its label.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from dashboard.methods.arrays import Ints
from dashboard.report.disagreement_words import option_sentence
from dashboard.robustness.perspectives import Panel
from dashboard.ui.html import Markup, colours, element, joined, mark

MOST_RANKS = 12
"""Rows that are drawn; an option that never comes this high has no line, but is in the table."""

_TIED_APART, _TIED_ROOM = 0.9, 3.6
"""In rem: how far the marks of a tie stand apart, and the room they share at the most."""


def bump_chart(panel: Panel, chosen: int | None, title: str) -> Markup:
    """Lines of ranks over the columns in the panel's order; ``chosen`` is a voice to point out."""
    ranks = panel.found.ranks[list(panel.order)]
    rows = min(ranks.shape[1], MOST_RANKS)
    shown = [int(i) for i in np.flatnonzero(ranks.min(axis=0) <= rows)]
    field = element(
        "div",
        joined(_near(panel, rows)),
        joined(_option(panel, ranks, i, rows) for i in shown),
        class_="field",
    )
    heads = element("div", joined(_heads(panel, chosen)), class_="heads")
    size = f"--columns:{len(ranks)};--rows:{rows}"
    return element(
        "div",
        element("div", heads, field, class_="plot", style=size),
        class_="cw-bump",
        role="region",
        tabindex="0",
        aria_label=title,
    )


def near_key(panel: Panel) -> Markup | str:
    """What the grey ground stands for; nothing where there is none."""
    if not any(lead.undecided for lead in panel.leads):
        return ""
    return element(
        "p",
        element("i", class_="cw-near", aria_hidden="true"),
        "Grey shading: too close to call; the lead is within the uncertainty of the difference.",
        class_="cw-meta cw-near-key",
    )


def _across(column: int, columns: int) -> float:
    return 100 * column / (columns - 1)


def _heads(panel: Panel, chosen: int | None) -> Iterator[Markup]:
    for column, k in enumerate(panel.order):
        flag = element("span", "chosen", class_="cw-flag") if k == chosen else ""
        yield element(
            "span",
            element("span", panel.voices[k].label, class_="label"),
            flag,
            style=f"left:{_across(column, len(panel.order)):.2f}%",
            title=panel.voices[k].name,
        )


def _near(panel: Panel, rows: int) -> Iterator[Markup]:
    for column, k in enumerate(panel.order):
        if panel.leads[k].undecided:
            yield element(
                "i",
                class_="cw-near",
                style=f"left:{_across(column, len(panel.order)):.2f}%;"
                f"--ranks:{min(_last_near(panel, k), rows)}",
                aria_hidden="true",
            )


def _last_near(panel: Panel, k: int) -> int:
    """The rank down to which the order of a column is open."""
    return int(panel.found.ranks[k, list(panel.leads[k].undecided)].max())


def _option(panel: Panel, ranks: Ints, row: int, rows: int) -> Markup:
    look = panel.evaluation.question.looks[panel.evaluation.question.proposals[row].id]
    return element(
        "div",
        joined(_lines(ranks[:, row], rows)),
        joined(
            element("span", mark(look), class_="dot", style=_place(ranks, column, row))
            for column in range(len(ranks))
            if ranks[column, row] <= rows
        ),
        _end(panel, ranks, row, rows, 0, "from"),
        _end(panel, ranks, row, rows, len(ranks) - 1, "to"),
        class_="option",
        style=colours(look),
        role="img",
        tabindex="0",
        aria_label=option_sentence(panel, row),
    )


def _lines(ranks: Ints, rows: int) -> Iterator[Markup]:
    last = len(ranks) - 1
    for column in range(last):
        here, there = int(ranks[column]), int(ranks[column + 1])
        if min(here, there) <= rows:
            yield element(
                "i",
                class_="line",
                style=f"left:{_across(column, last + 1):.2f}%;width:{100 / last:.2f}%;"
                f"--here:{here - 0.5};--there:{there - 0.5};--half:{_half(there - here):.1f}px",
            )


def _half(steps: int) -> float:
    """Half the height of a line where it is cut upright: steep ones need more to look as thick.

    In pixels, as if a column were 100 wide and a row 32 high.
    """
    return min(1.5 * math.hypot(1, 0.32 * steps), 6.0)


def _tied(ranks: Ints, column: int, row: int) -> tuple[int, int]:
    """The place of an option among those that share its rank, and how many they are."""
    tied = np.flatnonzero(ranks[column] == ranks[column, row])
    return int(np.flatnonzero(tied == row)[0]), len(tied)


def _place(ranks: Ints, column: int, row: int) -> str:
    """Marks of a tie stand side by side on the same rank."""
    place, count = _tied(ranks, column, row)
    aside = (place - (count - 1) / 2) * min(_TIED_APART, _TIED_ROOM / count)
    return (
        f"left:calc({_across(column, len(ranks)):.2f}% + {aside:.2f}rem);"
        f"--here:{ranks[column, row] - 0.5}"
    )


def _end(panel: Panel, ranks: Ints, row: int, rows: int, column: int, side: str) -> Markup | str:
    """The name at an end of the line; of a tie, on the free rows beneath its rank."""
    at = int(ranks[column, row]) + _tied(ranks, column, row)[0]
    if at > rows:
        return ""
    name = panel.evaluation.question.proposals[row].label
    return element(
        "span",
        element("b", ranks[column, row]),
        element("span", name, class_="label"),
        class_=f"name {side}",
        style=f"--here:{at - 0.5}",
        aria_hidden="true",
    )
