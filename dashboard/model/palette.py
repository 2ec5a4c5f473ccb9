"""The colour and mark of each proposal: the same on every chart, page and document.

The colours are spaced in lightness as well as hue, so that they survive colour blindness and grey
print; the mark says the same to those who see neither. Adapted from Okabe & Ito (2008), darkened
to reach a contrast of 3 to 1 on white, with a lighter twin for dark backgrounds.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """How a proposal is drawn: colours on light and dark ground, and a mark by its Vega name."""

    light: str
    dark: str
    mark: str


_COLOURS = (
    ("#0b5fa5", "#6db3f2"),
    ("#b35c00", "#f0a04b"),
    ("#00735c", "#3fc9a4"),
    ("#a3246e", "#f08cc4"),
    ("#5b4bb7", "#ab9ef7"),
    ("#7a6a00", "#d9c53c"),
    ("#1d7f99", "#5fcbe6"),
    ("#8c3b2a", "#f2907b"),
)
_MARKS = (
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "triangle-down",
    "triangle-right",
    "triangle-left",
)
MARK_PATHS = {
    "circle": "M12 4a8 8 0 1 1 0 16a8 8 0 0 1 0-16z",
    "square": "M5 5h14v14H5z",
    "triangle-up": "M12 3.5L21 20H3z",
    "triangle-down": "M12 20.5L3 4h18z",
    "triangle-right": "M20.5 12L4 21V3z",
    "triangle-left": "M3.5 12L20 3v18z",
    "diamond": "M12 2.5L21 12L12 21.5L3 12z",
    "cross": "M9 3h6v6h6v6h-6v6H9v-6H3V9h6z",
}
"""The outline of each mark in a box of 24 by 24, for pages (SVG path data)."""

STATUS_QUO = Look("#5f6670", "#a9b1bc", "circle")
"""Grey, and the only circle: the line others are measured against, not one of the contenders."""


def look(index: int) -> Look:
    """The look of the contender at ``index``; unique for the first 56, then repeating."""
    light, dark = _COLOURS[index % len(_COLOURS)]
    return Look(light, dark, _MARKS[index % len(_MARKS)])
