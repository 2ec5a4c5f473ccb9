"""The bundled font on screen: small, served from here, each sign in one part."""

from __future__ import annotations

import tomllib

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.ui.fonts import FOLDER, ROUTE
from tests.conftest import ROOT

CONFIG = tomllib.loads(
    (ROOT / "dashboard" / ".streamlit" / "config.toml").read_text(encoding="utf-8")
)
FACES = CONFIG["theme"]["fontFaces"]


def signs(unicode_range: str) -> set[int]:
    found: set[int] = set()
    for part in unicode_range.split(", "):
        first, _, last = part.removeprefix("U+").partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def test_every_part_that_the_theme_names_is_served_for_a_year() -> None:
    client = TestClient(Starlette(routes=[ROUTE]))
    for face in FACES:
        answer = client.get(face["url"])
        assert answer.status_code == 200
        assert answer.content.startswith(b"wOF2")
        assert answer.headers["content-type"] == "font/woff2"
        assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("name", ["README.md", "..%2Ffonts.py", "nothing.woff2"])
def test_nothing_else_is_served_beside_them(name: str) -> None:
    client = TestClient(Starlette(routes=[ROUTE]))
    assert client.get(f"/fonts/plex-1.1.0/{name}").status_code == 404


def test_the_theme_names_every_part_there_is() -> None:
    assert {face["url"].rsplit("/", 1)[1] for face in FACES} == {
        path.name for path in FOLDER.glob("*.woff2")
    }


@pytest.mark.parametrize("weight", ["400", "600"])
def test_each_sign_is_in_one_part_and_the_scripts_are_there(weight: str) -> None:
    parts = [signs(face["unicodeRange"]) for face in FACES if face["weight"] == weight]
    together = set().union(*parts)
    assert sum(map(len, parts)) == len(together)
    assert set(map(ord, "Überfahrt Łódź Київ Αθήνα 0123456789 “x” €")) <= together


def test_what_a_latin_page_needs_is_light() -> None:
    needed = [FOLDER / f"IBMPlexSans-{cut}-Latin1.woff2" for cut in ("Regular", "SemiBold")]
    assert sum(path.stat().st_size for path in needed) < 50_000
