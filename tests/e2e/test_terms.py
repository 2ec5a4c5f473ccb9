"""A name explains itself on hover, focus and tap, and Escape puts it away (WCAG 2.2, 1.4.13)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dashboard.model.question import Question
from dashboard.ui.terms import option_meaning
from tests.e2e.conftest import PHONE, NewPage
from tests.e2e.network import Server
from tests.e2e.pages import SETTLED, next_frame, open_page

TIP = "[role=tooltip]"


@pytest.mark.parametrize("path", ["/", "/matrix"])
def test_by_mouse_and_by_keyboard(server: Server, page: Page, shipped: Question, path: str) -> None:
    option = shipped.proposal("nato-integration")
    open_page(page, server, path)
    name, tip = page.get_by_role("button", name=option.label, exact=True).first, page.locator(TIP)
    expect(name).to_have_attribute("aria-description", option_meaning(option))
    expect(tip).to_be_hidden()
    # What the browser keeps is answered in a run of its own, which draws the names again.
    page.wait_for_function("() => globalThis.counterweightKept && !counterweightKept.pending")
    page.locator(SETTLED).wait_for()
    # Scrolling puts the box away, so that of the hover itself has to be over.
    name.scroll_into_view_if_needed()
    next_frame(page)
    name.hover()
    expect(tip).to_have_text(option_meaning(option))
    # The pointer may go onto it, to read or to mark a part.
    tip.hover()
    page.wait_for_function("() => !document.querySelector('[role=tooltip]').hidden")
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.mouse.move(1, 1)
    name.focus()
    expect(tip).to_have_text(option_meaning(option))
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    # Put away it stays away while the focus is still there.
    expect(name).to_be_focused()
    page.keyboard.press("Tab")
    expect(name).not_to_be_focused()


def test_a_criterion_in_the_weights_and_its_definition(
    server: Server, page: Page, shipped: Question
) -> None:
    criterion = shipped.criteria[0]
    open_page(page, server)
    page.locator(".weights").get_by_role("button", name=criterion.name, exact=True).focus()
    expect(page.locator(TIP)).to_have_text(criterion.definition)


def test_by_touch(server: Server, new_page: NewPage, shipped: Question) -> None:
    phone = new_page(PHONE, touch=True)
    option = shipped.proposal("nato-integration")
    open_page(phone, server, "/matrix")
    name, tip = phone.get_by_role("button", name=option.label, exact=True).first, phone.locator(TIP)
    name.tap()
    expect(tip).to_have_text(option_meaning(option))
    inside = tip.evaluate(
        "e => { const r = e.getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth }"
    )
    assert inside
    phone.get_by_role("heading", level=1).tap()
    expect(tip).to_be_hidden()
