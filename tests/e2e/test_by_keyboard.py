"""Every page by keyboard alone: nothing is a trap, what has the focus shows it, boxes give it back.

The pages' own journeys stand beside the mouse's, in the tests of each page.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.network import Server
from tests.e2e.pages import open_page, page_paths

MOST_STOPS = 400

# The element that has the focus, through shadow roots; and whether anything shows that it has.
FOCUSED = """() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element || element === document.body) return null;
    window.stops ??= new Map();
    if (!window.stops.has(element)) window.stops.set(element, window.stops.size);
    const drawn = each => {
        const style = getComputedStyle(each);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
            || style.boxShadow !== "none";
    };
    // A widget may draw the ring around the field that holds the focus, or on what stands for it.
    let shown = false;
    for (let at = element, up = 0; at && up < 4; at = at.parentElement, up += 1)
        shown ||= drawn(at);
    for (const beside of element.parentElement?.children ?? []) shown ||= drawn(beside);
    for (const inside of element.children)
        shown ||= getComputedStyle(inside).outlineStyle !== "none";
    const box = element.getBoundingClientRect();
    return { stop: window.stops.get(element), shown, top: box.top + scrollY, left: box.left,
        seen: box.width > 0 && box.height > 0,
        what: element.outerHTML.slice(0, 160) };
}"""


def tab_through(page: Page) -> list[dict[str, object]]:
    """Every stop of the Tab key until it leaves the page or comes round again."""
    stops: list[dict[str, object]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or stop["stop"] < len(stops):
            return stops
        stops.append(stop)
    raise AssertionError("the Tab key never gets through")


def test_the_tab_key_gets_through_every_page_and_what_has_the_focus_shows_it(
    server: Server, page: Page
) -> None:
    open_page(page, server)
    unseen, counts = [], {}
    for path in page_paths(page):
        open_page(page, server, path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        stops = tab_through(page)
        counts[path] = len(stops)
        unseen += [f"{path}: {stop['what']}" for stop in stops if not stop["shown"]]
    assert unseen == []
    assert min(counts.values()) >= 7  # the navigation and something of the page's own


def test_the_order_of_the_tab_key_on_weigh_is_that_of_the_screen(
    server: Server, page: Page
) -> None:
    """Toolbar, then the weights from top to bottom, each slider with its number and its lock."""
    open_page(page, server)
    # On a busy machine the weights stand a moment after the rest.
    page.get_by_role("slider", name="Weight of Legal safety and residence", exact=True).wait_for()
    tab_through(page)
    order = page.evaluate(
        """() => [...window.stops.keys()].filter(e => e.getRootNode() !== document)
            .map(e => e.getAttribute("aria-label") ?? e.textContent)"""
    )
    first = order.index("Weight of Legal safety and residence")
    assert order[first : first + 3] == [
        "Weight of Legal safety and residence",
        "Weight of Legal safety and residence in percent",
        "Lock Legal safety and residence",
    ]
    assert order.index("Reset") < order.index("Order the swings") < first
    weights = [label for label in order if re.fullmatch(r"Weight of (?!.*in percent).*", label)]
    tops = [
        page.get_by_role("slider", name=name, exact=True).evaluate(
            "e => e.getBoundingClientRect().top"
        )
        for name in weights
    ]
    assert tops == sorted(tops)
    assert len(tops) == 19


@pytest.mark.parametrize("opener", ["Order the swings", "Keep"])
def test_escape_closes_a_box_and_gives_the_focus_back(
    server: Server, page: Page, opener: str
) -> None:
    open_page(page, server)
    button = page.get_by_role("button", name=opener, exact=True)
    button.press("Enter")
    box = page.get_by_role("dialog")
    expect(box).to_be_visible()
    for _ in range(30):  # the page behind is out of reach
        page.keyboard.press("Tab")
        assert page.evaluate(
            """() => { let e = document.activeElement;
                while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
                return e === document.body || Boolean(e.closest("dialog")) }"""
        )
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(button).to_be_focused()
