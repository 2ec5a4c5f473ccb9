"""What a visitor types or puts into an address is shown as it is; a large question fits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from benchmarks.questions import write_question
from dashboard.ui.keys import (
    DIVIDED_OPTION_PARAMETERS,
    DIVIDED_PARAMETERS,
    ENTRY_PARAMETER,
    LOST_PARAMETER,
    PAIR_PARAMETERS,
    QUESTION_PARAMETER,
    SCORE_PARAMETER,
    STATE_PARAMETER,
    Key,
)
from tests.e2e.conftest import DESKTOP, PHONE, Serve
from tests.e2e.network import Seen, Server
from tests.e2e.pages import open_page, page_paths
from tests.e2e.test_hostile_question import faults_of

PARAMETERS = (
    STATE_PARAMETER, QUESTION_PARAMETER, LOST_PARAMETER, ENTRY_PARAMETER, SCORE_PARAMETER,
    *PAIR_PARAMETERS, *DIVIDED_PARAMETERS, *DIVIDED_OPTION_PARAMETERS,
    Key.VIEW, Key.READING, Key.SAMPLES, Key.SEED, Key.DISTRIBUTION, Key.CORRELATION, Key.SEARCH,
)  # fmt: skip
MARKUP = '<script>window.hacked=1</script><img src=x onerror="window.hacked=1"> **b** :x: $a$'
TEXTS = {
    "markup": MARKUP,
    "long": "W" * 300,
    "turned": "\u202e\u05d0\u05d1 \u2067end \U0001f9d1\u200d\U0001f680",
}


@pytest.mark.parametrize("kind", TEXTS)
def test_an_address_full_of_nonsense_opens_every_page(
    server: Server, page: Page, seen: Callable[[Page], Seen], kind: str
) -> None:
    open_page(page, server)
    query = urlencode(dict.fromkeys(PARAMETERS, TEXTS[kind]))
    wrong: list[str] = []
    for path in page_paths(page):
        page.set_viewport_size(DESKTOP)
        open_page(page, server, f"{path}?{query}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        for name, size in {"desk": DESKTOP, "phone": PHONE}.items():
            page.set_viewport_size(size)
            page.wait_for_timeout(150)
            wrong += [f"{path}, {name}: {what}" for what in faults_of(page, (TEXTS[kind],))]
    assert wrong == []
    assert seen(page) == Seen(outside=[], errors=[])


@pytest.mark.parametrize("kind", TEXTS)
def test_what_is_typed_stays_what_was_typed(server: Server, page: Page, kind: str) -> None:
    open_page(page, server)
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_label("Name of these weights").fill(TEXTS[kind])
    page.keyboard.press("Enter")
    expect(page.locator(".cw-meta", has_text="Own weights, saved as").first).to_be_visible()
    page.get_by_role("button", name="Keep", exact=True).click()
    wrong = faults_of(page, (TEXTS[kind],))
    page.keyboard.press("Escape")
    for path, box in (("How sure", None), ("Evidence", "Search")):
        page.get_by_test_id("stTopNavLink").filter(has_text=path).click(delay=100)
        expect(page.locator(".cw-meta", has_text="saved as").first).to_be_visible()
        if box:
            page.get_by_role("textbox", name=box).fill(TEXTS[kind])
            page.keyboard.press("Enter")
            expect(page.get_by_text("Nothing holds all the words of")).to_be_visible()
        page.set_viewport_size(PHONE)
        page.wait_for_timeout(150)
        wrong += [f"{path}: {what}" for what in faults_of(page, (TEXTS[kind],))]
        page.set_viewport_size(DESKTOP)
    assert wrong == []


def test_sixty_criteria_and_fifty_options_fit_every_page(
    serve: Serve, page: Page, tmp_path: Path
) -> None:
    large = serve("--question", str(write_question(tmp_path / "question", options=50, criteria=60)))
    open_page(page, large)
    wrong: list[str] = []
    for path in page_paths(page):
        open_page(page, large, path)
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=20_000)
        for name, size in {"desk": DESKTOP, "phone": PHONE}.items():
            page.set_viewport_size(size)
            page.wait_for_timeout(400)
            wrong += [f"{path}, {name}: {what}" for what in faults_of(page, ())]
        page.set_viewport_size(DESKTOP)
    assert wrong == []
