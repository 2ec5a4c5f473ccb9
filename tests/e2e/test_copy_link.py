"""The button that copies the link: the real clipboard, without one, and when nothing helps."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.conftest import ROOT
from tests.e2e.conftest import NewPage
from tests.e2e.network import Server
from tests.e2e.pages import open_page
from tests.e2e.test_journey import choose_perspective, slider

# As on plain http from another machine.
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
NOTHING_HELPS = f"{NO_CLIPBOARD} document.execCommand = () => false;"


def button(page: Page) -> Locator:
    return page.get_by_role("button", name="Copy link", exact=True)


def said(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text="Link copied.")


def clipboard(page: Page) -> str:
    """What a paste brings."""
    field = page.context.new_page()
    field.set_content("<textarea></textarea>")
    field.locator("textarea").press("ControlOrMeta+v")
    expect(field.locator("textarea")).not_to_have_value("")
    text = field.locator("textarea").input_value()
    field.close()
    return text


def test_the_link_is_in_the_clipboard_and_brings_what_was_shown(
    server: Server, page: Page, new_page: NewPage
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, server)
    choose_perspective(page, "Government of Ukraine")
    slider(page, "Ukraine consent").press("PageUp")
    # At once, while the move is on its way: never a link of an older state.
    button(page).click()
    expect(said(page)).to_have_text(
        "Link copied. It opens this page of this question with these weights, locks and settings."
    )
    link = clipboard(page)
    assert link.startswith(f"{server.url}/?")
    assert set(parse_qs(urlsplit(link).query)) == {"q", "s"}
    second = new_page()
    second.goto(link)
    expect(second.locator(".cw-meta", has_text="Weights: Own weights")).to_be_visible()
    expect(slider(second, "Ukraine consent")).to_have_value("23")
    page.keyboard.press("Escape")
    expect(said(page)).to_have_count(0)


def test_the_link_of_the_start_values_names_its_question_too(server: Server, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, server)
    button(page).press("Enter")
    expect(said(page)).to_be_visible()
    query = parse_qs(urlsplit(clipboard(page)).query)
    assert query["q"] == [re.sub(r"[^a-z0-9]+", "-", ROOT.name.lower())]
    assert query["s"][0].startswith("1")


def test_the_link_of_another_page_opens_that_page(
    server: Server, page: Page, new_page: NewPage
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, server, "/why")
    page.get_by_role("combobox", name="with").click()
    page.get_by_role("option", name="Status quo").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(re.compile("of Status quo$"))
    button(page).click()
    expect(said(page)).to_be_visible()
    second = new_page()
    second.goto(clipboard(page))
    expect(second.get_by_role("heading", level=1)).to_have_text(heading.inner_text())


def test_where_there_is_no_clipboard_the_older_way_copies(server: Server, page: Page) -> None:
    page.add_init_script(NO_CLIPBOARD)
    open_page(page, server, "/matrix")
    button(page).click()
    expect(said(page)).to_be_visible()
    assert clipboard(page).startswith(f"{server.url}/matrix?q=")


def test_where_nothing_copies_the_link_is_there_to_be_copied(server: Server, phone: Page) -> None:
    phone.add_init_script(NOTHING_HELPS)
    open_page(phone, server)
    button(phone).click()
    field = phone.get_by_role("textbox", name="The link")
    expect(field).to_be_focused()
    expect(field).to_have_value(re.compile(re.escape(f"{server.url}/?q=") + ".*&s=1"))
    chosen = field.evaluate("f => f.value.slice(f.selectionStart, f.selectionEnd)")
    assert chosen == field.input_value()
    box = field.bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
    phone.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(button(phone)).to_be_focused()


def test_no_link_is_offered_while_the_ranking_is_hidden(server: Server, page: Page) -> None:
    open_page(page, server)
    expect(button(page)).to_be_visible()
    page.get_by_role("button", name="Hide the ranking").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^The ranking is hidden"))
    expect(button(page)).to_have_count(0)
