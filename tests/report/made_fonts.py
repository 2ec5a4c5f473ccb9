"""Fonts made on the spot: a bundled one whose letters stand for those of another script."""

from __future__ import annotations

import string
from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTFont

from dashboard.report.charts import FONTS


def made_font(path: Path, *texts: str, family: str = "Test Script") -> Path:
    """A font that has the letters of some texts, each with the look of a Latin one, and no other.

    Parameters
    ----------
    path : where it is written.
    texts : what it can show.
    """
    font = TTFont(FONTS / "IBMPlexSans-Regular.ttf")
    latin, letters = font.getBestCmap(), sorted(_letters(texts))
    looks = string.ascii_letters + string.digits
    mapped = {ord(c): latin[ord(looks[k % len(looks)])] for k, c in enumerate(letters)}
    font["cmap"].tables = [t for t in font["cmap"].tables if t.format == 4]
    for table in font["cmap"].tables:
        table.cmap = mapped
    for record in list(font["name"].names):
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = family if record.nameID != 6 else family.replace(" ", "")
    for dropped in ("GSUB", "GPOS", "GDEF"):
        if dropped in font:
            del font[dropped]
    font.save(path)
    return path


def _letters(texts: Iterable[str]) -> set[str]:
    """Those that a small table of characters can hold: none beyond the Basic Multilingual Plane."""
    return {c for text in texts for c in text if c.isalpha() and 127 < ord(c) < 0xFFFF}
