"""How sure in a real browser: read the weights another way, draw many samples, stop, share."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, PHONE, NewPage
from tests.e2e.network import Server
from tests.e2e.pages import open_page

PATH = "/how-sure"
LONG_SECONDS = 120_000


def choose_samples(page: Page, count: str) -> None:
    page.get_by_role("combobox", name="Samples").click()
    page.get_by_role("option", name=count, exact=True).click()


def test_a_reading_is_chosen_by_keyboard_and_kept_in_the_address(
    server: Server, page: Page, new_page: NewPage
) -> None:
    open_page(page, server, PATH)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "No clear winner: Sanctuary is only 0.5 points ahead (45.9 against 45.4), "
        "but Capital amnesty comes first more often"
    )
    shift = "Moving 0.5\u00a0% of all weight brings Capital amnesty level with the lead."
    expect(page.get_by_text(shift)).to_be_visible()
    page.get_by_role("radio", name="All weights").focus()
    page.keyboard.press("Space")
    sentence = page.get_by_text("All weights: all possible weights;")
    expect(sentence).to_be_visible()
    expect(page).to_have_url(re.compile("reading=All"))
    second = new_page()
    second.goto(page.url)
    expect(second.get_by_text("All weights: all possible weights;")).to_be_visible()


def test_many_samples_are_drawn_beside_the_page_and_can_be_stopped(
    server: Server, page: Page, new_page: NewPage
) -> None:
    open_page(page, server, PATH)
    choose_samples(page, "2,000,000")
    expect(page.get_by_text("of 2,000,000 samples are drawn")).to_be_visible()
    expect(page.get_by_text("20,000 samples, seed 0;", exact=False)).to_be_visible()
    other = new_page()
    open_page(other, server, "/why")
    expect(other.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text(re.compile("Stopped after .* of 2,000,000 samples"))).to_be_visible()
    page.get_by_role("button", name="Start again").press("Enter")
    expect(page.get_by_text("2,000,000 samples, seed 0;")).to_be_visible(timeout=LONG_SECONDS)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_have_count(0)
    expect(page).to_have_url(re.compile("samples="))


def test_the_weights_are_those_of_the_first_page(server: Server, page: Page) -> None:
    open_page(page, server)
    page.get_by_label("Start from the weights of").select_option("Human-rights NGOs")
    expect(page.locator(".cw-meta", has_text="Weights: Human-rights NGOs.")).to_be_visible()
    page.get_by_test_id("stTopNavLink").filter(has_text="How sure").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "No clear winner: Sanctuary is only 6.3 points ahead (45.6 against 39.3)"
    )
    shift = "Moving 7.6\u00a0% of all weight brings Status quo level with the lead."
    expect(page.get_by_text(shift)).to_be_visible()


def test_a_table_opens_when_it_is_asked_for(server: Server, page: Page) -> None:
    open_page(page, server, PATH)
    assert page.get_by_role("region", name=re.compile("Rank acceptability")).count() == 0
    page.get_by_text("The shares as a table").click()
    region = page.get_by_role("region", name=re.compile("Rank acceptability"))
    expect(region.get_by_role("row", name=re.compile("Capital amnesty"))).to_contain_text("33 %")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_nothing_sticks_out(
    server: Server, new_page: NewPage, viewport: dict[str, int], scheme: str
) -> None:
    page = new_page(viewport, scheme)  # type: ignore[arg-type]
    open_page(page, server, PATH)
    expect(page.get_by_role("heading", name=re.compile("modelling choices"))).to_be_visible()
    width, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= room
    # Each drawing lies inside its own table, and a level is a word beside its colour.
    for bar in page.locator(".cw-ranks").all():
        box = bar.bounding_box()
        assert box is not None
        assert box["width"] >= 100
    assert page.locator(".cw-light").all_inner_texts()[:2] == ["Fragile", "Fragile"]
