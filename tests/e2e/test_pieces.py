"""A QR code and a word that is kept, in a real browser under our headers."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.conftest import ROOT
from tests.e2e.conftest import PHONE, NewPage
from tests.e2e.network import Seen, Server, running_server
from tests.e2e.pages import open_page


@pytest.fixture
def pieces(tmp_path: Path) -> Iterator[Server]:
    app = ROOT / "tests" / "e2e" / "apps" / "pieces.py"
    with running_server(tmp_path, (sys.executable, str(app), "{port}")) as running:
        yield running
        assert "Traceback" not in running.output
        assert running.outside == []


def test_a_camera_reads_the_code_off_the_screen_in_both_themes(
    pieces: Server, new_page: NewPage, seen: Callable[[Page], Seen]
) -> None:
    for page in (new_page(), new_page(PHONE, "dark")):
        open_page(page, pieces)
        image = page.get_by_role("img", name="QR code of the address http://192.168.1.5:8501/join/")
        expect(image).to_be_visible()
        box = image.bounding_box()
        assert box is not None
        assert (box["width"], box["height"]) == (288, 288)
        (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
        assert read.text == "http://192.168.1.5:8501/join/K7PM-3XQD"
        assert seen(page) == Seen(outside=[], errors=[])


def kept(page: Page, words: str) -> None:
    expect(page.get_by_text(f"Kept: {words}", exact=True)).to_be_visible()


def test_a_word_is_kept_for_the_browser_and_forgotten_in_all_its_tabs(
    pieces: Server, page: Page, new_page: NewPage, seen: Callable[[Page], Seen]
) -> None:
    second = page.context.new_page()
    for tab in (page, second):  # both without a cookie
        open_page(tab, pieces)
        kept(tab, "None, None")
    with page.expect_response("**/remembered") as first:
        page.get_by_role("button", name="Keep", exact=True).click()
    with second.expect_response("**/remembered") as later:
        second.get_by_role("button", name="Keep two").click()
    assert (first.value.status, later.value.status) == (204, 204)
    for tab in (page, second):
        open_page(tab, pieces)
        kept(tab, "key of the workshop, another word")
    stranger = new_page()
    open_page(stranger, pieces)
    kept(stranger, "None, None")
    page.get_by_role("button", name="Forget").click()
    kept(page, "None, another word")
    open_page(second, pieces)
    kept(second, "None, another word")
    assert seen(page) == Seen(outside=[], errors=[])
