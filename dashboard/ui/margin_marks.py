"""Small drawings of the page How sure; each stands beside the words and figures it draws."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dashboard.report.how_sure import LEVEL_WORDS
from dashboard.robustness.fragility import Level
from dashboard.ui.html import Markup, element, strengths, text

_CSS = Path(__file__).with_name("margin_marks.css").read_text(encoding="utf-8")


def style() -> Markup:
    """The style of all that follows, once a page."""
    return Markup(f"<style>{_CSS}</style>")


def rank_key(heads: Sequence[str]) -> Markup:
    """What the shades of a ``rank_bar`` stand for."""
    steps = (
        element("span", element("i", style=f"--strength:{strength}%"), head)
        for head, strength in zip(heads, strengths(len(heads)), strict=True)
    )
    return element("p", "Rank ", *steps, class_="cw-rank-key")


def interval_bar(low: float, high: float, now: float) -> Markup:
    """From 0 to 100 % of all weight: where the leader stays, with a tick at the present weight."""
    band = element("i", style=f"left:{low * 100:.2f}%;width:{(high - low) * 100:.2f}%")
    tick = element("b", style=f"left:{now * 100:.2f}%")
    return element("span", band, tick, class_="cw-interval", aria_hidden="true")


def moved_bar(share: float, widest: float) -> Markup:
    """A share of all weight, against the widest of its column."""
    width = 100 * share / widest if widest else 0.0
    return element(
        "span",
        element("i", style=f"width:{width:.1f}%"),
        class_="cw-moved",
        aria_hidden="true",
    )


def light(level: Level | None) -> Markup:
    """A level as a word with a shape and a colour of its own, so that none is needed alone."""
    if level is None:
        return text("Not defined")
    shape = element("span", class_="shape", aria_hidden="true")
    return element("span", shape, LEVEL_WORDS[level], class_=f"cw-light {level}")
