"""Evidence in a browser: from a claim to its scores and back, search, keyboard, a phone."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import PHONE, NewPage
from tests.e2e.network import Server
from tests.e2e.pages import open_page
from tests.e2e.test_matrix import nothing_sticks_out

SHARE = re.compile("of the weight rests on judgement alone$")
SECONDS = 2.0
"""An answer to a search comes well below this even on a busy machine."""


def title(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def test_from_a_claim_to_a_score_and_back(server: Server, page: Page, new_page: NewPage) -> None:
    open_page(page, server, "/evidence")
    expect(title(page)).to_have_text(SHARE)
    page.locator('a[data-go="entry=claim.sanctuary-for-few"]').click()
    expect(title(page)).to_have_text(re.compile("^The paragraph of this claim stands behind 12"))
    page.locator('a[data-go="score=sanctuary.legal-safety"]').click()
    expect(title(page)).to_have_text(re.compile("^Sanctuary on Legal safety"))
    page.locator('a[data-go="entry=source.french-asylum-ruling"]').click()
    expect(title(page)).to_have_text(re.compile("^This source stands behind 2 scores"))
    expect(page).to_have_url(re.compile(r"entry=source\.french-asylum-ruling"))

    second = new_page()
    second.goto(page.url)
    expect(title(second)).to_have_text(re.compile("^This source stands behind 2 scores"))

    page.get_by_role("link", name="All evidence").click()
    expect(title(page)).to_have_text(SHARE)
    expect(page).not_to_have_url(re.compile("entry="))


def test_all_of_it_by_keyboard_alone(server: Server, page: Page) -> None:
    open_page(page, server, "/evidence")
    box = page.get_by_role("textbox", name="Search")
    box.focus()
    page.keyboard.type("interpol refugee status")
    page.keyboard.press("Enter")
    link = page.locator('a[data-go="entry=source.interpol-refugee-resolution"]')
    link.focus()
    page.keyboard.press("Enter")
    expect(title(page)).to_have_text(re.compile("^This source stands behind"))
    back = page.get_by_role("link", name="All evidence")
    back.focus()
    page.keyboard.press("Enter")
    expect(box).to_have_value("interpol refugee status")
    summary = page.get_by_test_id("stExpander").filter(has_text="By option and criterion")
    summary.locator("summary").focus()
    page.keyboard.press("Enter")
    cell = page.locator('a[data-go="score=ngo-roles.public-cost"]')
    expect(cell).to_be_visible()
    cell.focus()
    page.keyboard.press("Enter")
    expect(title(page)).to_have_text(re.compile("^NGO roles on Public cost"))


def test_the_search_answers_at_once(server: Server, page: Page) -> None:
    open_page(page, server, "/evidence")
    box = page.get_by_role("textbox", name="Search")
    box.fill("crypto")
    begun = time.monotonic()
    box.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("in other groups")
    expect(
        page.get_by_role("heading", level=2, name=re.compile(r"^Claims \(\d\)$"))
    ).to_be_visible()
    assert time.monotonic() - begun < SECONDS


def test_logs_are_one_tap_away_and_fit_a_phone(server: Server, new_page: NewPage) -> None:
    phone = new_page(PHONE)
    open_page(phone, server, "/evidence")
    phone.get_by_text("Disclosure and logs 30", exact=True).click()
    decision = phone.locator('a[data-go="entry=log.time-of-the-status-quo"]')
    expect(decision).to_be_visible()
    box = decision.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    nothing_sticks_out(phone)
    decision.click()
    expect(title(phone)).to_have_text(re.compile("^Decision: The status quo counts"))
    open_page(phone, server, "/evidence?entry=claim.sanctuary-for-few")
    expect(phone.get_by_text("Other scores that name its paragraph")).to_be_visible()
    for table in phone.locator(".cw-table.scores").all():
        widths = table.evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert widths[0] <= widths[1]
    nothing_sticks_out(phone)


def test_weighing_blind_stays_blind_when_a_reason_is_opened(server: Server, page: Page) -> None:
    open_page(page, server)
    page.get_by_role("button", name="Hide the ranking").click()
    expect(title(page)).to_have_text(re.compile("^The ranking is hidden"))
    page.get_by_test_id("stTopNavLink").filter(has_text="Matrix").click()
    page.locator('a[data-go="score=sanctuary.legal-safety"]').click()
    expect(title(page)).to_have_text(re.compile("^Sanctuary on Legal safety"))
    page.get_by_test_id("stTopNavLink").filter(has_text="Weigh").click()
    expect(title(page)).to_have_text(re.compile("^The ranking is hidden"))
