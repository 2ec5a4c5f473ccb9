"""Every colour of the theme and the styles can be read on the grounds it comes to stand on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.model.test_palette import contrast
from tests.ui.test_web_fonts import CONFIG

STYLES = sorted((ROOT / "dashboard" / "ui").rglob("*.css"))
THEMES = ("light", "dark")
# Warnings and links are written on the page and on the tinted ground of a box.
TEXT_PAIRS = re.compile(
    r"[;{ ](?:color|--warn): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", re.IGNORECASE
)


def grounds(theme: str) -> list[str]:
    colours = CONFIG["theme"][theme]
    return [colours["backgroundColor"], colours["secondaryBackgroundColor"]]


def mixed(colour: str, share: float, ground: str) -> str:
    """A colour at part of its strength over a ground."""
    pairs = [(int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(c * share + g * (1 - share)):02x}" for c, g in pairs)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", ["textColor", "linkColor", "primaryColor"])
def test_text_and_links_reach_four_and_a_half(theme: str, role: str) -> None:
    for ground in grounds(theme):
        assert contrast(CONFIG["theme"][theme][role], ground) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_the_outline_of_fields_reaches_three(theme: str) -> None:
    for ground in grounds(theme):
        assert contrast(CONFIG["theme"][theme]["borderColor"], ground) >= 3


@pytest.mark.parametrize("path", STYLES, ids=[path.name for path in STYLES])
def test_text_in_the_styles_reaches_four_and_a_half(path: Path) -> None:
    """Colours given as a pair, and text at part of its strength."""
    css = path.read_text(encoding="utf-8")
    for light, dark in TEXT_PAIRS.findall(css):
        assert contrast(light, grounds("light")[0]) >= 4.5
        assert contrast(dark, grounds("dark")[0]) >= 4.5
    for share in re.findall(r"[;{ ]color: color-mix\(in srgb, currentColor (\d+)%, trans", css):
        for theme in THEMES:
            text, ground = CONFIG["theme"][theme]["textColor"], grounds(theme)[0]
            assert contrast(mixed(text, int(share) / 100, ground), ground) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_the_styles_know_the_themes_grounds(theme: str) -> None:
    """A pinned column has to cover what passes under it, with the colour of the page."""
    css = (ROOT / "dashboard" / "ui" / "page.css").read_text(encoding="utf-8")
    light, dark = re.findall(r"left: 0; background: light-dark\((#\w+), (#\w+)\)", css)[0]
    pinned = {"light": light.replace("#fff", "#ffffff"), "dark": dark}
    assert pinned[theme] == grounds(theme)[0]
