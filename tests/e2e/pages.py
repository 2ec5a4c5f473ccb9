"""Getting about in the dashboard."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.e2e.network import Server

SETTLED = (
    '[data-testid="stApp"]'
    '[data-test-connection-state="CONNECTED"]'
    '[data-test-script-state="notRunning"]'
)


def open_page(page: Page, server: Server, path: str = "/") -> None:
    """Go to a page of the dashboard and wait until its script has run.

    After a click, wait for what the click should bring instead: the script may not have begun.
    """
    page.goto(f"{server.url}{path}")
    page.locator(SETTLED).wait_for()


def next_frame(page: Page) -> None:
    """Wait until the browser has drawn what a hand did last."""
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def page_paths(page: Page) -> list[str]:
    """Where the navigation leads, as paths; the page has to be open."""
    links = page.get_by_test_id("stTopNavLink")
    links.first.wait_for()
    targets = [link.evaluate("link => new URL(link.href).pathname") for link in links.all()]
    return list(dict.fromkeys(str(target) for target in targets))


def open_everything(page: Page) -> None:
    """Open every expander, those inside others too, and every detail of our own markup."""
    closed = page.locator('[data-testid="stExpander"] details:not([open]) > summary')
    while closed.count():
        closed.first.click()
        page.wait_for_timeout(100)
        page.locator(SETTLED).wait_for()
    page.evaluate(
        "() => document.querySelectorAll('details').forEach(each => { each.open = true })"
    )
    for toggle in page.locator('.counterweight .toggle[aria-expanded="false"]').all():
        toggle.click()
