"""A briefing in a real browser: written, looked at, saved, dropped into another visit, checked."""

from __future__ import annotations

import io
import re
import signal
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from playwright.sync_api import Page, expect

from dashboard.cli import main
from tests.e2e.conftest import NewPage
from tests.e2e.network import Server, running_server
from tests.e2e.pages import open_page

SECONDS = 30_000
HUMAN_RIGHTS = "No clear winner: Sanctuary is only 6.3 points ahead (45.6 against 39.3)"
_SCORES = "proposals_sanctuary.yaml"


def go(page: Page, name: str) -> None:
    page.get_by_test_id("stTopNavLink").filter(has_text=re.compile(f"^{name}$")).click()


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def drop(page: Page, path: Path, place: int = 0) -> None:
    page.locator("input[type=file]").nth(place).set_input_files(path)


def to_open(page: Page, server: Server) -> None:
    open_page(page, server)
    go(page, "Briefing")
    page.get_by_text("Open", exact=True).click()
    page.locator("input[type=file]").wait_for(state="attached")


def test_from_writing_to_opening_again_in_another_visit(
    server: Server, page: Page, new_page: NewPage, tmp_path: Path
) -> None:
    open_page(page, server)
    page.get_by_label("Start from the weights of").select_option("Human-rights NGOs")
    expect(page.get_by_role("heading", level=1)).to_have_text(HUMAN_RIGHTS)
    go(page, "Briefing")
    page.get_by_text("Full, with annexes", exact=True).click()
    page.get_by_role("textbox", name="Marking on every page").fill("Official: sensitive")
    page.get_by_role("textbox", name="Marking on every page").press("Enter")
    sheet = page.locator("img.cw-sheet")
    expect(sheet).to_have_attribute(
        "alt",
        re.compile(rf"^Page 1 of \d\d of the briefing: {re.escape(HUMAN_RIGHTS)}"),
        timeout=SECONDS,
    )
    assert sheet.evaluate("image => image.complete && image.naturalWidth > 800")
    edge = page.get_by_text("Annexes", exact=True).locator("xpath=ancestor::*[4]").bounding_box()
    last = page.get_by_role("button", name="Logs and caveats").bounding_box()
    assert edge
    assert last
    assert last["x"] + last["width"] <= edge["x"] + edge["width"], "an annex is out of sight"

    with page.expect_download(timeout=SECONDS) as download:
        page.get_by_role("button", name="PDF", exact=True).click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name.startswith("ways-out-for-russian-officials-human-rights-")
    pages = pypdf.PdfReader(path).pages
    assert all("Official: sensitive" in " ".join(p.extract_text().split()) for p in pages)

    second = new_page()
    to_open(second, server)
    drop(second, path)
    expect(second.get_by_role("heading", level=1)).to_have_text(HUMAN_RIGHTS)
    holds = second.get_by_role("heading", name="It says what follows from its inputs")
    expect(holds).to_be_visible(timeout=SECONDS)
    second.get_by_role("button", name="Open it").click()
    expect(second.get_by_text("Opened from the briefing of")).to_be_visible()
    expect(second.get_by_role("heading", level=1)).to_have_text(HUMAN_RIGHTS)
    expect(second.locator(".cw-meta", has_text="Weights: Human-rights NGOs.")).to_be_visible()


def test_a_marking_that_was_just_typed_is_the_one_in_the_file(
    server: Server, page: Page, tmp_path: Path
) -> None:
    open_page(page, server, "/briefing")
    field = page.get_by_role("textbox", name="Marking on every page")
    for words in ("Typed first", "Typed last"):
        field.fill(words)
        # No Enter: the click leaves the field and asks for the file at once.
        with page.expect_download(timeout=4 * SECONDS) as download:
            page.get_by_role("button", name="PDF", exact=True).click()
        download.value.save_as(tmp_path / "a.pdf")
        pages = pypdf.PdfReader(tmp_path / "a.pdf").pages
        assert all(words in " ".join(p.extract_text().split()) for p in pages)
        expect(field).to_have_value(words)


def test_a_tampered_one_is_refused_and_nothing_changes(
    server: Server, page: Page, tmp_path: Path
) -> None:
    open_page(page, server)
    with page.expect_download(timeout=SECONDS) as download:
        page.get_by_role("button", name="Briefing (PDF)").click()
    path, changed = tmp_path / "a.pdf", tmp_path / "b.pdf"
    download.value.save_as(path)
    with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        spec = pdf.attachments[_SCORES]
        content = spec.get_file().read_bytes().replace(b"likely: 25", b"likely: 40")
        spec_of: Any = pikepdf.AttachedFileSpec
        pdf.attachments[_SCORES] = spec_of(pdf, content, filename=_SCORES)
        pdf.save(changed)
    before = heading(page)
    go(page, "Briefing")
    page.get_by_text("Open", exact=True).click()
    drop(page, changed)
    expect(page.get_by_role("alert")).to_contain_text(
        "was changed since the briefing was written", timeout=SECONDS
    )
    expect(page.get_by_role("button", name="Open it")).to_have_count(0)
    expect(page.get_by_role("heading", name="It does not hold")).to_be_visible(timeout=SECONDS)
    go(page, "Weigh")
    expect(page.get_by_role("heading", level=1)).to_have_text(before)


def test_two_are_compared(server: Server, page: Page, tmp_path: Path) -> None:
    open_page(page, server)
    with page.expect_download(timeout=SECONDS) as download:
        page.get_by_role("button", name="Briefing (PDF)").click()
    path = tmp_path / "a.pdf"
    download.value.save_as(path)
    page.get_by_label("Start from the weights of").select_option("Government of Ukraine")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Status quo"))
    go(page, "Briefing")
    page.get_by_text("Compare", exact=True).click()
    drop(page, path)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile(r"Status quo leads instead of Sanctuary, with \d+ differences")
    )
    page.get_by_text("Show all 14").click()
    expect(page.get_by_role("table")).to_have_count(4)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_the_command_open_serves_it_and_leaves_nothing_behind(
    page: Page, tmp_path: Path, ending: signal.Signals
) -> None:
    path, held, home = tmp_path / "a.pdf", tmp_path / "held", tmp_path / "server"
    held.mkdir()
    home.mkdir()
    written = ("brief", "--perspective", "human-rights", "--output", str(path))
    assert main([*written, "--samples", "1000", "--length", "one-page"]) == 0
    # Whatever started these tests may have had hang-ups ignored, as nohup does.
    begin = (
        "import signal; signal.signal(signal.SIGHUP, signal.SIG_DFL); "
        "from dashboard.cli import main; raise SystemExit(main())"
    )
    command = (sys.executable, "-c", begin, "open", str(path), "--port", "{port}")
    with running_server(home, command, environment={"TMPDIR": str(held)}) as opened:
        assert list(held.glob("counterweight-*/briefing/seeds/question.yaml"))
        open_page(page, opened)
        expect(page.get_by_text("Opened from the briefing of")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_have_text(HUMAN_RIGHTS)
        opened.process.send_signal(ending)
        opened.process.wait(20)
    assert not list(held.glob("counterweight-*"))
