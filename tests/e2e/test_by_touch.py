"""Every page by finger alone, on a phone of 390 pixels: what the page is for, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import PHONE, NewPage
from tests.e2e.network import Server
from tests.e2e.pages import open_page
from tests.e2e.test_journey import names_in_order, slider


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    return new_page(PHONE, touch=True)


def title(phone: Page) -> Locator:
    return phone.get_by_role("heading", level=1)


def finger_on(phone: Page, element: Locator, share: float) -> Callable[[str, float, float], None]:
    """Says what a finger does that begins at a share of an element's width; moves are in pixels."""
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box is not None
    left, top = box["x"] + box["width"] * share, box["y"] + box["height"] / 2
    session = phone.context.new_cdp_session(phone)

    def touch(kind: str, right: float = 0, down: float = 0) -> None:
        points = [] if kind == "touchEnd" else [{"x": left + right, "y": top + down}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        phone.wait_for_timeout(16)

    return touch


def scrolled(phone: Page) -> float:
    return float(phone.get_by_test_id("stMain").evaluate("main => main.scrollTop"))


def test_weigh_drag_lock_undo_set_and_ask_for_words(server: Server, phone: Page) -> None:
    open_page(phone, server)
    before = names_in_order(phone)
    phone.get_by_role("button", name="Consent and legitimacy", exact=True).tap()
    control = slider(phone, "Ukraine consent")
    touch = finger_on(phone, control, 0.13)
    touch("touchStart", 0, 0)
    for step in range(1, 13):
        touch("touchMove", step * 10, 0)
    touch("touchEnd", 0, 0)
    expect(phone.locator(".cw-meta", has_text="Weights: Own weights")).to_be_visible()
    assert float(control.input_value()) > 30
    assert names_in_order(phone) != before
    phone.get_by_role("button", name="Lock Ukraine consent").tap()
    expect(control).to_be_disabled()
    for _ in range(2):
        phone.get_by_role("button", name="Undo", exact=True).tap()
    expect(control).to_have_value("10")
    phone.get_by_role("button", name=re.compile("^Settings")).tap()
    phone.get_by_test_id("stCheckbox").first.tap()
    expect(phone.locator(".cw-meta", has_text="Settings switched on:").first).to_be_visible()
    phone.touchscreen.tap(380, 700)
    phone.get_by_role("button", name="Words", exact=True).tap()
    expect(phone.get_by_role("dialog").get_by_text("Stability interval").first).to_be_visible()


def test_a_finger_that_moves_up_over_a_slider_scrolls_and_moves_no_weight(
    server: Server, phone: Page
) -> None:
    open_page(phone, server)
    phone.get_by_role("button", name="Consent and legitimacy", exact=True).tap()
    control = slider(phone, "Ukraine consent")
    touch = finger_on(phone, control, 0.5)
    start, value = scrolled(phone), control.input_value()
    touch("touchStart", 0, 0)
    for step in range(1, 16):
        touch("touchMove", 0, -step * 12)
    touch("touchEnd", 0, 0)
    phone.wait_for_timeout(300)
    assert abs(scrolled(phone) - start) > 100
    assert control.input_value() == value
    expect(phone.locator(".cw-meta", has_text="Weights: Equal branches")).to_be_visible()
    control.tap()
    expect(control).to_have_value("50")
    expect(phone.locator(".cw-meta", has_text="Weights: Own weights")).to_be_visible()


def test_why_pick_a_pair_open_the_reasons_and_override_a_score(server: Server, phone: Page) -> None:
    open_page(phone, server, "/why")
    phone.get_by_role("combobox", name="with").tap()
    phone.get_by_role("option", name="Status quo").tap()
    expect(title(phone)).to_have_text([re.compile("of Status quo")])
    step = phone.locator(".cw-fall details", has_text="Accountability and rule of law")
    step.locator("summary").tap()
    expect(step.locator(".cw-why")).to_be_visible()
    form = phone.get_by_test_id("stExpander").filter(has_text="What if a score were different?")
    form.locator("summary").tap()
    form.get_by_role("textbox", name=re.compile("^Reason")).fill("a court report")
    form.get_by_label("Likely", exact=True).fill("20")
    form.get_by_role("button", name="Override this score").tap()
    expect(phone.get_by_text("What if. 1 score is overridden")).to_be_visible()
    phone.get_by_role("button", name="Undo", exact=True).tap()
    expect(phone.get_by_text("What if. 1 score is overridden")).to_have_count(0)


def test_how_sure_read_the_weights_otherwise_and_open_a_table(server: Server, phone: Page) -> None:
    open_page(phone, server, "/how-sure")
    phone.get_by_text("All weights", exact=True).tap()
    expect(phone.get_by_text("All weights: all possible weights;")).to_be_visible()
    phone.get_by_text("The shares as a table").tap()
    expect(phone.get_by_role("region", name=re.compile("Rank acceptability"))).to_be_visible()


def test_who_disagrees_hold_two_others_against_each_other(server: Server, phone: Page) -> None:
    open_page(phone, server, "/who-disagrees")
    phone.get_by_role("combobox", name="First perspective").tap()
    phone.get_by_role("option", name=re.compile("Interior|interior")).first.tap()
    expect(phone.get_by_role("heading", name=re.compile("divides Interior and Ém"))).to_be_visible()
    phone.get_by_text("Ranks and scores as a table").tap()
    expect(phone.get_by_role("region", name=re.compile("^Rank, and beneath it"))).to_be_visible()


def test_matrix_see_the_values_and_ask_a_number_why(server: Server, phone: Page) -> None:
    open_page(phone, server, "/matrix")
    phone.get_by_text("Values 0 to 100", exact=True).tap()
    expect(phone.get_by_text("Value matrix: partial values from 0 to 100")).to_be_visible()
    phone.locator('a[data-go="score=sanctuary.legal-safety"]').tap()
    expect(title(phone)).to_have_text([re.compile("^Sanctuary on Legal safety")])


def test_evidence_from_a_claim_to_a_score_and_back(server: Server, phone: Page) -> None:
    open_page(phone, server, "/evidence")
    first = title(phone).inner_text()
    phone.locator('a[data-go="entry=claim.sanctuary-for-few"]').tap()
    expect(title(phone)).to_have_text([re.compile("^The paragraph of this claim")])
    phone.locator('a[data-go="score=sanctuary.legal-safety"]').tap()
    expect(title(phone)).to_have_text([re.compile("^Sanctuary on Legal safety")])
    phone.get_by_role("link", name="All evidence").tap()
    expect(title(phone)).to_have_text([first])
