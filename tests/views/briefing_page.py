"""What tests do on page Briefing."""

from __future__ import annotations

import base64
import io
import time

import pypdf
from streamlit.testing.v1 import AppTest

from dashboard.ui.keys import Key, form_key
from tests.views.test_pages import opened

PDF, ZIPPED = ".pdf", "application/zip"
PAGE_WAITS = 120


def page() -> AppTest:
    return opened("briefing")


def settled(app: AppTest) -> AppTest:
    """Once the preview stands, which is made on a thread of its own."""
    until = time.monotonic() + PAGE_WAITS
    while 'class="cw-sheet"' not in "".join(element.proto.body for element in app.get("html")):
        assert time.monotonic() < until, "the preview was never made"
        time.sleep(0.2)
        app.run()
    return app


def taken(app: AppTest, ending: str = PDF) -> dict[str, str]:
    return delivered(app.button(key=form_key(ending)).click().run())


def delivered(app: AppTest) -> dict[str, str]:
    """The file that was asked for, which is made on a thread of its own."""
    until = time.monotonic() + PAGE_WAITS
    while Key.BRIEFING_ASKED in app.session_state:
        assert time.monotonic() < until, "the file was never made"
        time.sleep(0.2)
        app.run()
    file: dict[str, str] = app.session_state[Key.DOWNLOAD]
    return file


def text_of(file: dict[str, str]) -> str:
    pages = pypdf.PdfReader(io.BytesIO(base64.b64decode(file["b64"]))).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def view(app: AppTest, name: str) -> AppTest:
    return app.button_group(key=Key.BRIEFING_VIEW).set_value(name).run()


def dropped(app: AppTest, key: Key, content: bytes, name: str = "b.pdf") -> AppTest:
    return app.file_uploader(key=key).set_value((name, content, "application/pdf")).run()
