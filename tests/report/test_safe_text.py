"""Text for documents: what the fonts lack is printed as its code, and nothing else changes."""

from __future__ import annotations

import struct
import unicodedata
from pathlib import Path

import pytest

from dashboard.report.charts import FONTS
from dashboard.report.safe_text import (
    COVERED,
    breakable,
    covered,
    is_code_inside,
    safe_text,
    shorten,
)

CUTS = sorted(FONTS.glob("*.ttf"))
UNSHOWN = ("Cc", "Cf", "Co", "Cn", "Zl", "Zp")
"""Categories that a font may map but a document must not hold: control, format, private use..."""


def mapped(font: Path) -> set[int]:
    """The code points of a font, from the format 4 subtable of its ``cmap`` (OpenType 1.9)."""
    data = font.read_bytes()
    tables = {
        data[k : k + 4]: struct.unpack(">II", data[k + 8 : k + 16])
        for k in range(12, 12 + 16 * struct.unpack(">H", data[4:6])[0], 16)
    }
    start = tables[b"cmap"][0]
    found: set[int] = set()
    for n in range(struct.unpack(">H", data[start + 2 : start + 4])[0]):
        at = start + struct.unpack(">I", data[start + 8 + 8 * n : start + 12 + 8 * n])[0]
        layout, length = struct.unpack(">HH", data[at : at + 4])
        if layout != 4:
            continue
        words = struct.unpack(f">{length // 2}H", data[at : at + length])
        segments = words[3] // 2
        ends, starts = words[7 : 7 + segments], words[8 + segments : 8 + 2 * segments]
        found |= {c for a, b in zip(starts, ends, strict=True) for c in range(a, b + 1)}
    return found - {0xFFFF}


def test_table_is_what_every_bundled_cut_maps_and_a_document_may_hold() -> None:
    common = set.intersection(*(mapped(font) for font in CUTS))
    printable = {c for c in common if unicodedata.category(chr(c)) not in UNSHOWN} - {0xFFFD}
    held = {c for first, last in COVERED for c in range(first, last + 1)}
    assert len(CUTS) == 4
    assert held == printable


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Émigrés, Київ and Ω", "Émigrés, Київ and Ω"),
        ("\U0001f600", "[U+1F600]"),
        ("漢字", "[U+6F22][U+5B57]"),
        ("a\u202eb\u200ec", "a[U+202E]b[U+200E]c"),
        ("bell\x07 nul\x00", "bell[U+0007] nul[U+0000]"),
        ("private \ue000 and \uece0", "private [U+E000] and [U+ECE0]"),
        ("lone \ud800 half", "lone [U+D800] half"),
        ("two\nlines\tand\u2028more", "two lines and more"),
        ("e\u0301", "é"),
        ("soft\u00adhyphen", "softhyphen"),
        ("16 % of it", "16\u00a0% of it"),
        ('#panic("x") *b* $x$ <script>', '#panic("x") *b* $x$ <script>'),
    ],
)
def test_shown(given: str, shown: str) -> None:
    assert safe_text(given) == shown
    assert all(covered(character) for character in safe_text(given))


def test_long_runs_get_places_to_break_and_words_do_not() -> None:
    assert breakable("x" * 24) == "x" * 24
    assert breakable("x" * 25) == "x" * 12 + "\u200b" + "x" * 12 + "\u200b" + "x"
    assert breakable("https://example.org/an-address/of_some-length.html?id=1") == (
        "https:// example.org/ an- address/ of_ some- length.html? id= 1"
    ).replace(" ", "\u200b")
    assert breakable("a well known sentence of ordinary words") == (
        "a well known sentence of ordinary words"
    )


def test_a_code_is_noticed() -> None:
    assert is_code_inside(safe_text("a \U0001f600"))
    assert not is_code_inside(safe_text("[U+] and U+1F600"))


@pytest.mark.parametrize(
    ("limit", "short"),
    [
        (40, "One sentence. Then another one. And on."),
        (35, "One sentence. Then another one."),
        (14, "One sentence."),
        (10, "One…"),
        (4, "One…"),
    ],
)
def test_shortened_to_whole_sentences_or_else_words(limit: int, short: str) -> None:
    assert shorten("One sentence. Then another one. And on.", limit) == short


def test_shortened_text_without_a_space_is_cut() -> None:
    assert shorten("x" * 100, 10) == "x" * 9 + "…"
