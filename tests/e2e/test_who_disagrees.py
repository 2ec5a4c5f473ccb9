"""Who disagrees in a real browser: pick two by keyboard, share them, follow one line."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, PHONE, NewPage
from tests.e2e.network import Server
from tests.e2e.pages import open_page

PATH = "/who-disagrees"
START = "Legal safety divides Ukraine and Émigrés most"


def test_two_perspectives_are_picked_by_keyboard_and_shared(
    server: Server, page: Page, new_page: NewPage
) -> None:
    open_page(page, server, PATH)
    expect(page.get_by_role("heading", name=START)).to_be_visible()
    page.get_by_role("combobox", name="First perspective").focus()
    page.keyboard.type("Interior")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("perspective=interior"))
    expect(page.get_by_role("heading", name=re.compile("divides Interior and Ém"))).to_be_visible()
    second = new_page()
    open_page(second, server, page.url.removeprefix(server.url))
    expect(
        second.get_by_role("heading", name=re.compile("divides Interior and Ém"))
    ).to_be_visible()


def test_a_line_stands_out_when_it_has_the_focus(server: Server, page: Page) -> None:
    open_page(page, server, PATH)
    lines = page.locator(".cw-bump .option")
    status_quo = page.get_by_role("img", name=re.compile("^Status quo: rank 1 for Interior"))
    expect(lines).to_have_count(7)
    opacities = "options => options.map(option => Number(getComputedStyle(option).opacity))"
    assert lines.evaluate_all(opacities) == [1] * 7
    page.get_by_role("region", name=re.compile("^Ranks by perspective")).focus()
    page.keyboard.press("Tab")
    expect(status_quo).to_be_focused()
    expect(status_quo).to_have_css("opacity", "1")
    for other in lines.all()[1:]:
        expect(other).to_have_css("opacity", "0.22")


def test_a_perspective_chosen_on_the_first_page_is_marked(server: Server, page: Page) -> None:
    open_page(page, server)
    page.get_by_label("Start from the weights of").select_option("Human-rights NGOs")
    expect(page.locator(".cw-meta", has_text="Weights: Human-rights NGOs.")).to_be_visible()
    page.get_by_test_id("stTopNavLink").filter(has_text="Who disagrees").click()
    expect(page.locator(".cw-bump .heads > span", has_text="Human rights")).to_contain_text(
        "chosen"
    )


def test_a_finger_opens_the_table_and_follows_a_line(server: Server, new_page: NewPage) -> None:
    phone = new_page(PHONE)
    open_page(phone, server, PATH)
    phone.get_by_text("Ranks and scores as a table").click()
    region = phone.get_by_role("region", name=re.compile("^Rank, and beneath it"))
    expect(region.get_by_role("row", name=re.compile("^Status quo"))).to_contain_text("52.7")
    name = phone.locator(".cw-bump .name.from", has_text="NGO roles")
    box = name.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    name.click()
    expect(phone.get_by_role("img", name=re.compile("^NGO roles"))).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_nothing_sticks_out(
    server: Server, new_page: NewPage, viewport: dict[str, int], scheme: str
) -> None:
    page = new_page(viewport, scheme)  # type: ignore[arg-type]
    open_page(page, server, PATH)
    expect(page.get_by_role("heading", name=re.compile("is the compromise"))).to_be_visible()
    width, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= room
    # The ends of the chart lie within its own region, which scrolls where it has to.
    outside = page.locator(".cw-bump").evaluate(
        """chart => {
          const box = chart.getBoundingClientRect(), end = box.left + chart.scrollWidth;
          return [...chart.querySelectorAll('.name, .heads > span')].filter(part => {
            const at = part.getBoundingClientRect();
            return at.left < box.left - 1 || at.right > end + 1;
          }).length;
        }"""
    )
    assert outside == 0
