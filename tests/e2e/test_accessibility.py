"""WCAG 2.2 AA by axe-core: every page, everything opened, both themes, desk and phone.

axe looks into open shadow roots, so the weights component is looked at as well.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.axe import violations, violations_crosswise, violations_everywhere
from tests.e2e.conftest import NewPage, Serve
from tests.e2e.network import Server
from tests.e2e.pages import open_everything, open_page, page_paths


def test_axe_looks_into_the_weights_component(server: Server, page: Page) -> None:
    """Or else its silence would say nothing."""
    open_page(page, server)
    page.locator(".ranking").evaluate("ranking => ranking.append(document.createElement('button'))")
    assert [each.split()[0] for each in violations(page)] == ["button-name"]


def test_every_page_with_everything_opened(server: Server, page: Page) -> None:
    open_page(page, server)
    found = {}
    for path in page_paths(page):
        open_page(page, server, path)
        open_everything(page)
        found[path] = violations_everywhere(page)
    assert found == {name: {} for name in found}


def settings(page: Page) -> None:
    page.get_by_test_id("stPopover").get_by_role("button", name="Settings").click()
    page.get_by_test_id("stCheckbox").first.click()
    expect(page.locator(".cw-meta", has_text="Settings switched on")).to_be_visible()


def link(page: Page) -> None:
    """As it is where a page may not copy, with the link to be copied by hand."""
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
        "document.execCommand = () => false"
    )
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("textbox", name="The link")).to_be_visible()


def swing_order(page: Page) -> None:
    page.get_by_role("button", name="Order the swings", exact=True).click()
    page.get_by_role("dialog").locator(".choice").first.click()


def keep(page: Page) -> None:
    """With one set of weights kept already, and told off for giving no name."""
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_label("Name of these weights").fill("Ours")
    page.keyboard.press("Enter")
    expect(page.locator(".cw-meta", has_text="saved as Ours")).to_be_visible()
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Keep", exact=True).click()


def locked_and_refused(page: Page) -> None:
    page.get_by_role("button", name="Lock Ukraine consent").click()
    number = page.get_by_role("spinbutton").first
    number.fill("500")
    number.press("Tab")
    page.locator(".flag").first.click()
    expect(page.get_by_text("Give a number from 0 to 100.")).to_be_visible()


def blind(page: Page) -> None:
    page.get_by_role("button", name="Hide the ranking", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("is hidden")


def covered(page: Page) -> None:
    blind(page)
    page.get_by_test_id("stTopNavLink").filter(has_text="Why").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("This page is hidden")


STATES: tuple[Callable[[Page], None], ...] = (
    settings,
    link,
    swing_order,
    keep,
    locked_and_refused,
    blind,
    covered,
)


def test_whatever_can_be_opened_over_the_first_page(server: Server, new_page: NewPage) -> None:
    found = {}
    for put in STATES:
        page = new_page()  # a browser of its own: what one state leaves is kept for the next visit
        open_page(page, server)
        put(page)
        found[put.__name__] = violations_crosswise(page)
        page.close()
    assert found == {name: {} for name in found}


def test_an_overridden_score_and_a_mistake_in_the_form(server: Server, page: Page) -> None:
    open_page(page, server, "/why")
    form = page.get_by_test_id("stExpander").filter(has_text="What if a score were different?")
    form.locator("summary").click()
    likely = form.get_by_label("Likely", exact=True)
    for value, reason in (("5", "We know better"), ("1", "")):
        likely.fill(value)
        form.get_by_role("textbox", name="Reason").fill(reason)
        form.get_by_role("button", name="Override this score").click()
        expect(page.locator(".cw-override")).to_have_count(1)
    expect(form.get_by_role("alert").first).to_be_visible()
    assert violations_crosswise(page) == {}


def test_the_page_that_asks_for_the_passphrase(serve: Serve, page: Page) -> None:
    server = serve("--address", "0.0.0.0", COUNTERWEIGHT_MAY_LISTEN_ANYWHERE="1")
    open_page(page, server)
    page.get_by_label("Passphrase").fill("no")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("That is not the passphrase")
    assert violations_crosswise(page) == {}
