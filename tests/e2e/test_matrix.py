"""Matrix in a browser: both matrices, the way to the reasons, benefit against cost, a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, NewPage
from tests.e2e.network import Server
from tests.e2e.pages import open_page

FRONTIER = re.compile("^5 of 7 options are on the frontier")


def nothing_sticks_out(page: Page) -> None:
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]


def test_a_number_leads_to_its_reasons_and_the_visit_is_kept(
    server: Server, page: Page, new_page: NewPage
) -> None:
    open_page(page, server)
    page.evaluate("window.sameVisit = true")
    page.get_by_test_id("stTopNavLink").filter(has_text="Matrix").click()
    link = page.locator('a[data-go="score=sanctuary.legal-safety"]')
    expect(link).to_contain_text("25")
    link.click()
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(re.compile("^Sanctuary on Legal safety: 25"))
    expect(page).to_have_url(re.compile(r"/evidence\?score=sanctuary\.legal-safety"))
    assert page.evaluate("window.sameVisit") is True

    second = new_page()
    second.goto(page.url)
    expect(second.get_by_role("heading", level=1)).to_have_text(
        re.compile("^Sanctuary on Legal safety: 25")
    )


def test_the_views_and_a_number_by_keyboard_alone(server: Server, page: Page) -> None:
    open_page(page, server, "/matrix")
    values = page.get_by_role("radio", name="Values 0 to 100")
    page.get_by_role("radio", name="Raw performance").focus()
    page.keyboard.press("Tab")
    if not values.evaluate("e => e === document.activeElement"):
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Value matrix: partial values from 0 to 100")).to_be_visible()
    link = page.locator('a[data-go="score=sanctuary.legal-safety"]')
    expect(link).to_contain_text("27 to 89")
    link.focus()
    outline = link.evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile("^Sanctuary on Legal safety")
    )


def test_benefit_against_cost_has_a_link_of_its_own(
    server: Server, page: Page, new_page: NewPage
) -> None:
    open_page(page, server, "/matrix")
    page.get_by_text("Benefit against cost", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FRONTIER)
    expect(page).to_have_url(re.compile("view=Benefit"))
    second = new_page()
    second.goto(page.url)
    expect(second.get_by_role("heading", level=1)).to_have_text(FRONTIER)
    chart = second.get_by_test_id("stImage").locator("img")
    expect(chart).to_have_attribute("alt", re.compile("^Benefit without Public cost, from 0"))
    expect(
        second.get_by_text("Weights: Equal branches, as no weights were chosen.")
    ).to_be_visible()


def test_a_matrix_is_downloaded_as_a_file(server: Server, page: Page) -> None:
    open_page(page, server, "/matrix")
    page.get_by_text("Download (CSV)").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Weighted contributions").click()
    assert waiting.value.suggested_filename == "counterweight-contributions.csv"
    written = waiting.value.path().read_text(encoding="utf-8-sig")
    assert written.startswith("Branch,Criterion,Weight,Status quo,")
    assert "Equal branches" in written


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone_and_a_finger(server: Server, new_page: NewPage, scheme: str) -> None:
    phone = new_page(PHONE, "dark" if scheme == "dark" else "light")
    open_page(phone, server, "/matrix")
    link = phone.locator('a[data-go="score=status-quo.legal-safety"]')
    expect(link).to_be_visible()
    box = link.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    nothing_sticks_out(phone)
    phone.get_by_text("Benefit against cost", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(FRONTIER)
    expect(phone.get_by_test_id("stImage").locator("img")).to_be_visible()
    nothing_sticks_out(phone)


def test_the_keyboard_gets_past_the_numbers_in_one_step(server: Server, page: Page) -> None:
    open_page(page, server, "/matrix")
    skip = page.get_by_role("link", name="Skip the matrix")
    skip.focus()
    box = skip.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    page.keyboard.press("Enter")
    expect(page.get_by_text("End of the matrix")).to_be_focused()
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''")
    assert focused.startswith("Screening constraints")
    assert "past-matrix" not in page.url
