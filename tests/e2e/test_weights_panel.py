"""The weights panel under a real hand: by mouse, by keyboard, by touch, and without looking."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.model.question import Question
from dashboard.model.weights_file import read_weights_file
from tests.e2e.conftest import NewPage
from tests.e2e.network import Server
from tests.e2e.pages import next_frame, open_page
from tests.e2e.test_journey import (
    choose_perspective,
    heading,
    names_in_order,
    slider,
    weights_on_screen,
)


def tool(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def names_from_the_top(page: Page) -> list[str]:
    """As the eye finds them, while a hand still holds a weight."""
    found = page.locator(".ranking .row").evaluate_all(
        """rows => rows.map(row => [row.getBoundingClientRect().top,
            row.querySelector(".name").textContent]).sort((a, b) => a[0] - b[0])"""
    )
    return [name for _, name in found]


def settle(page: Page) -> None:
    """Until Python has confirmed the last move."""
    expect(page.locator(".cw-meta", has_text="Weights: Own weights")).to_be_visible()


def test_the_ranking_follows_the_mouse_before_it_lets_go(server: Server, page: Page) -> None:
    open_page(page, server)
    before = names_in_order(page)
    control = slider(page, "Hostile-service penetration")
    control.scroll_into_view_if_needed()  # the mouse reaches only what is on the screen
    track = control.bounding_box()
    assert track is not None
    middle = track["y"] + track["height"] / 2
    page.mouse.move(track["x"] + 8 + (track["width"] - 17) * 0.067, middle)
    page.mouse.down()
    page.mouse.move(track["x"] + track["width"] * 0.5, middle, steps=12)
    next_frame(page)
    seen = names_from_the_top(page)
    assert seen[0] == "Status quo"
    assert sorted(seen) == sorted(before)
    page.mouse.up()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Status quo"))
    assert names_in_order(page) == seen == names_from_the_top(page)
    settle(page)
    expect(page.locator(".ranking .spoken")).to_have_text(f"{heading(page)}.")


def test_each_weight_says_where_the_leader_changes(server: Server, page: Page) -> None:
    """The decision model: Recovery money above 11 % puts Capital amnesty first."""
    open_page(page, server)
    control = slider(page, "Recovery money for Ukraine")
    crossing = page.locator(f"#{control.get_attribute('aria-describedby')}")
    expect(crossing).to_have_text("above 11 %: Capital amnesty first")
    control.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".ranking .row .name").first).to_have_text("Capital amnesty")
    expect(crossing).to_have_text("below 11 %: Sanctuary first")


def test_undo_redo_and_reset(server: Server, page: Page) -> None:
    open_page(page, server)
    choose_perspective(page, "Government of Ukraine")
    start = weights_on_screen(page)
    expect(tool(page, "Redo")).to_be_disabled()
    control = slider(page, "Ukraine consent")
    control.press("Home")
    settle(page)
    control.press("Control+z")
    expect(control).not_to_have_value("0")
    assert weights_on_screen(page) == start
    tool(page, "Redo").click()
    expect(control).to_have_value("0")
    tool(page, "Reset").click()
    expect(page.locator(".cw-meta", has_text="Weights: Government of Ukraine.")).to_be_visible()
    assert weights_on_screen(page) == start
    tool(page, "Undo").click()  # a reset can be undone as well
    expect(control).to_have_value("0")


def whose(page: Page, label: str) -> None:
    """Wait until the page and the list of starts both say whose weights are shown."""
    expect(page.locator(".cw-meta", has_text=f"Weights: {label}.")).to_be_visible()
    expect(page.get_by_label("Start from the weights of").locator("option:checked")).to_have_text(
        label
    )


NO_CHOICE = "Equal branches, as no weights were chosen"
UKRAINE = "Government of Ukraine"
FROM_UKRAINE = f"Own weights, starting from {UKRAINE}"


def test_the_label_goes_back_with_the_weights(server: Server, page: Page) -> None:
    """Opened and undone, a perspective leaves nothing behind, on no page."""
    open_page(page, server)
    choose_perspective(page, UKRAINE)
    tool(page, "Undo").click()
    whose(page, NO_CHOICE)
    page.get_by_test_id("stTopNavLink").filter(has_text="Who disagrees").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Eight perspectives, "))
    page.get_by_test_id("stTopNavLink").filter(has_text="Weigh").click()
    whose(page, NO_CHOICE)


def test_every_step_back_and_forward_says_whose_weights_it_shows(
    server: Server, page: Page
) -> None:
    open_page(page, server)
    choose_perspective(page, UKRAINE)
    control = slider(page, "Ukraine consent")
    control.press("PageUp")
    whose(page, FROM_UKRAINE)
    choose_perspective(page, "Human-rights NGOs")
    for label in (FROM_UKRAINE, UKRAINE, NO_CHOICE):
        tool(page, "Undo").click()
        whose(page, label)
    expect(tool(page, "Undo")).to_be_disabled()
    for label in (UKRAINE, FROM_UKRAINE, "Human-rights NGOs"):
        tool(page, "Redo").click()
        whose(page, label)
    expect(tool(page, "Redo")).to_be_disabled()


def test_weights_brought_back_by_hand_are_the_perspectives_again(
    server: Server, page: Page
) -> None:
    open_page(page, server)
    choose_perspective(page, UKRAINE)
    start = weights_on_screen(page)
    number = page.get_by_role("spinbutton", name="Weight of Ukraine consent in percent")
    expect(number).to_have_value("18")  # 18.018 in truth, which nobody can type
    for typed, label in (("20", FROM_UKRAINE), ("18", UKRAINE)):
        number.fill(typed)
        number.press("Enter")
        whose(page, label)
    assert weights_on_screen(page) == start
    control = slider(page, "Ukraine consent")
    control.press("ArrowRight")
    whose(page, FROM_UKRAINE)
    control.press("ArrowLeft")
    whose(page, UKRAINE)


def test_the_swings_put_in_order_by_keyboard_give_weights(server: Server, page: Page) -> None:
    open_page(page, server)
    tool(page, "Order the swings").press("Enter")
    sheet = page.get_by_role("dialog", name="Which improvement first?")
    sheet.get_by_role("button", name=re.compile("Ukraine consent")).press("Enter")
    sheet.get_by_role("button", name=re.compile("Incremental public cost")).press("Enter")
    sheet.get_by_role("button", name="Take the last one back").press("Enter")
    sheet.get_by_role("button", name=re.compile("Time to first additional effect")).press("Enter")
    expect(sheet.get_by_role("list", name="Chosen so far").get_by_role("listitem")).to_have_text(
        ["Ukraine consent", "Time to first additional effect"]
    )
    sheet.get_by_role("button", name="Use this order").press("Enter")
    # Rank-order centroid of 14: (1 + 1/2 + ... + 1/14) / 14 and (1/2 + ... + 1/14) / 14.
    expect(slider(page, "Ukraine consent")).to_have_value("23.2")
    expect(slider(page, "Time to first additional effect")).to_have_value("16.1")
    settle(page)


def test_weights_are_kept_under_a_name_used_again_and_downloaded(
    server: Server, page: Page, tmp_path: Path, shipped: Question
) -> None:
    open_page(page, server)
    slider(page, "Ukraine consent").press("PageUp")
    settle(page)
    kept = weights_on_screen(page)
    tool(page, "Keep").click()
    page.get_by_role("button", name="Keep", exact=True).last.click()
    expect(page.get_by_text("Give the weights a name first.")).to_be_visible()
    page.get_by_label("Name of these weights").fill("<b>Unit</b> 3")
    page.keyboard.press("Enter")
    label = "Weights: Own weights, saved as <b>Unit</b> 3."
    expect(page.locator(".cw-meta", has_text=label)).to_be_visible()
    choose_perspective(page, "Government of Ukraine")
    page.get_by_label("Start from the weights of").select_option("<b>Unit</b> 3 (own)")
    expect(page.locator(".cw-meta", has_text=label)).to_be_visible()
    assert weights_on_screen(page) == kept
    tool(page, "Keep").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download <b>Unit</b> 3 as YAML").click()
    path = tmp_path / "weights.yaml"
    download.value.save_as(path)
    assert read_weights_file(path, shipped)["ukraine-consent"] == pytest.approx(15)
    page.get_by_role("button", name="Forget <b>Unit</b> 3").click()
    expect(page.get_by_label("Start from the weights of").locator("option")).not_to_contain_text(
        ["Unit"] * 11
    )


def test_weighing_without_seeing_who_leads(server: Server, page: Page) -> None:
    open_page(page, server)
    leader = names_in_order(page)[0]
    tool(page, "Hide the ranking").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "The ranking is hidden until you confirm your weights"
    )
    expect(page.locator(".ranking .row").first).to_be_hidden()
    assert page.locator(".crossing:visible").count() == 0
    assert f"{leader} first" not in page.locator("body").inner_text()
    page.get_by_role("link", name="Why").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("This page is hidden"))
    page.get_by_role("link", name="Weigh").click()
    slider(page, "Recovery money for Ukraine").press("PageUp")
    tool(page, "Confirm the weights and show the ranking").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Capital amnesty"))
    expect(page.locator(".ranking .row").first).to_be_visible()


def test_on_a_phone_the_first_few_stay_in_sight_while_a_finger_moves_a_weight(
    server: Server, new_page: NewPage
) -> None:
    phone = new_page({"width": 390, "height": 844})
    open_page(phone, server)
    phone.get_by_role("button", name="Consent and legitimacy", exact=True).click()
    control = slider(phone, "Ukraine consent")
    control.scroll_into_view_if_needed()
    strip = phone.locator(".strip-item .name")
    expect(strip).to_have_text(["Sanctuary", "Capital amnesty", "Finance advisers"])
    box = control.bounding_box()
    assert box is not None
    session = phone.context.new_cdp_session(phone)
    y = box["y"] + box["height"] / 2

    def touch(kind: str, share: float | None) -> None:
        points = (
            [] if share is None else [{"x": box["x"] + 8 + (box["width"] - 17) * share, "y": y}]
        )
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 0.1)
    for step in range(1, 9):
        touch("touchMove", 0.1 + 0.05 * step)
    expect(strip.first).to_have_text("Status quo")
    expect(phone.locator(".strip")).to_be_in_viewport()
    touch("touchEnd", None)
    settle(phone)
    widths = phone.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]
