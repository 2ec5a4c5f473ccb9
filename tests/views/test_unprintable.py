"""A question in a script that the fonts lack: the pages say what to do in place of a PDF."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from dashboard.ui import given_fonts
from dashboard.ui.keys import Key
from dashboard.ui.question_folder import Opened, QuestionFolder
from tests.report.made_fonts import made_font
from tests.report.test_extra_fonts import BUSES, METRO, TITLE, arabic
from tests.views.briefing_page import PAGE_WAITS, page, settled, taken, text_of
from tests.views.test_pages import opened, words

REFUSED = "The fonts of the PDF have no letters for 6 words, such as “خيارات” and “النقل”. Give a "


@pytest.fixture(autouse=True)
def _served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuestionFolder, "open", lambda _: Opened(arabic(), ()))
    monkeypatch.delenv(given_fonts.VARIABLE, raising=False)


def test_weigh_and_briefing_say_what_to_do() -> None:
    app = opened()
    app.button(key=Key.BRIEFING).click().run()
    assert not app.exception
    assert REFUSED in words(app)
    assert "--font FILE" in words(app)
    app = page()
    until = time.monotonic() + PAGE_WAITS
    while REFUSED not in words(app):
        assert time.monotonic() < until, "the page never said why there is no preview"
        time.sleep(0.2)
        app.run()
    assert not app.exception
    assert 'class="cw-sheet"' not in "".join(e.proto.body for e in app.get("html"))
    assert taken(app, ".docx")["name"].endswith(".docx")


def test_a_server_that_was_given_a_font_sets_its_briefings_in_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    font = made_font(tmp_path / "a.ttf", BUSES, METRO, TITLE)
    monkeypatch.setenv(given_fonts.VARIABLE, str(font))
    app = settled(page())
    assert REFUSED not in words(app)
    assert "[U+" not in text_of(taken(app))
