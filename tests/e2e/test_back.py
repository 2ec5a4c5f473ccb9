"""Back in a real browser: one press leaves a page, and brings the one before as it was left."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Serve
from tests.e2e.network import Server
from tests.e2e.pages import SETTLED, open_page
from tests.e2e.test_journey import choose_perspective, slider
from tests.e2e.test_kept import until_kept

UKRAINE = "Government of Ukraine"
FIRST = "First perspective"


def title(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def follow(page: Page, name: str) -> None:
    """To a page by the navigation, until it stands."""
    page.get_by_test_id("stTopNavLink").filter(has_text=re.compile(f"^{name}$")).click()
    expect(page).to_have_title(f"{name} · Counterweight")
    expect(page).to_have_url(re.compile(r"[?&]q="))
    page.locator(SETTLED).wait_for()


def on_weigh(page: Page) -> Callable[[], None]:
    control = slider(page, "Ukraine consent")
    for value in ("11", "12", "13"):
        control.press("ArrowRight")
        expect(page.get_by_role("spinbutton", name="Weight of Ukraine consent")).to_have_value(
            value
        )
        expect(page).to_have_title("Weigh · Counterweight")
    expect(page.locator(".cw-meta", has_text="Weights: Own weights")).to_be_visible()
    # What only Python knows comes with its answer to the last key.
    expect(title(page)).to_have_text(re.compile("comes first more often$"))
    return lambda: expect(slider(page, "Ukraine consent")).to_have_value("13")


def on_why(page: Page) -> Callable[[], None]:
    page.get_by_role("combobox", name="with").click()
    page.get_by_role("option", name="Sanctuary").click()
    expect(page).to_have_url(re.compile("second=sanctuary"))
    return lambda: expect(title(page)).to_have_text(re.compile(r"of Sanctuary( \(|$)"))


def on_who_disagrees(page: Page) -> Callable[[], None]:
    page.get_by_role("combobox", name=FIRST).focus()
    page.keyboard.type("Interior")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("perspective=interior"))
    return lambda: expect(
        page.get_by_role("heading", name=re.compile("divides Interior and"))
    ).to_be_visible()


def on_evidence(page: Page) -> Callable[[], None]:
    box = page.get_by_role("textbox", name="Search")
    box.fill("interpol refugee status")
    box.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 entries shown")
    return lambda: expect(box).to_have_value("interpol refugee status")


def on_briefing(page: Page) -> Callable[[], None]:
    field = page.get_by_role("textbox", name="Author")
    field.fill("Policy unit")
    field.press("Enter")
    until_kept(page, "Policy unit")
    return lambda: expect(page.get_by_role("textbox", name="Author")).to_have_value("Policy unit")


def nothing(page: Page) -> Callable[[], None]:
    return lambda: expect(title(page)).to_be_visible()


@pytest.mark.parametrize(
    ("name", "do"),
    [
        ("Weigh", on_weigh),
        ("Why", on_why),
        ("How sure", nothing),
        ("Who disagrees", on_who_disagrees),
        ("Matrix", nothing),
        ("Evidence", on_evidence),
        ("Briefing", on_briefing),
        ("Workshop", nothing),
    ],
)
def test_one_press_leaves_a_page_and_brings_the_one_before_as_it_was(
    server: Server, page: Page, name: str, do: Callable[[Page], Callable[[], None]]
) -> None:
    first = "Matrix" if name == "Weigh" else "Weigh"
    other = "Matrix" if name == "Why" else "Why"
    open_page(page, server, "/matrix" if name == "Weigh" else "/")
    if name != "Weigh":
        choose_perspective(page, UKRAINE)
    begun = page.evaluate("history.length")
    follow(page, name)
    as_left = do(page)
    assert page.evaluate("history.length") == begun + 1
    said = title(page).inner_text()
    follow(page, other)
    assert page.evaluate("history.length") == begun + 2
    page.go_back()
    expect(page).to_have_title(f"{name} · Counterweight")
    expect(title(page)).to_have_text(said)
    as_left()
    page.go_back()
    expect(page).to_have_title(f"{first} · Counterweight")
    page.go_forward()
    expect(page).to_have_title(f"{name} · Counterweight")
    as_left()


@pytest.mark.parametrize("path", ["/", "/why", "/nowhere", "/?q=elsewhere", "/?s=1broken"])
def test_opening_an_address_is_one_entry_whatever_the_program_makes_of_it(
    server: Server, page: Page, path: str
) -> None:
    page.goto("about:blank")
    open_page(page, server, path)
    expect(page).to_have_url(re.compile(r"[?&]q="))
    page.go_back()
    assert page.url == "about:blank"


def test_what_is_opened_on_the_page_evidence_is_a_page_of_its_own(
    server: Server, page: Page
) -> None:
    """Each press shows what was seen before; none of them changes nothing."""
    claim = re.compile("^The paragraph of this claim stands behind 12")
    score = re.compile("^Sanctuary on Legal safety")
    everything = re.compile("of the weight rests on judgement alone$")
    open_page(page, server, "/matrix")
    page.locator('a[data-go="score=sanctuary.legal-safety"]').first.click()
    expect(title(page)).to_have_text(score)
    page.get_by_role("link", name="All evidence").click()
    expect(title(page)).to_have_text(everything)
    page.locator('a[data-go="entry=claim.sanctuary-for-few"]').click()
    expect(title(page)).to_have_text(claim)
    page.locator('a[data-go="score=sanctuary.legal-safety"]').click()
    expect(title(page)).to_have_text(score)
    follow(page, "Why")
    for seen in (score, claim, everything, score, re.compile("^No option is dominated")):
        page.go_back()
        expect(title(page)).to_have_text(seen)
    assert "/matrix" in page.url
    page.go_forward()
    expect(title(page)).to_have_text(score)


def test_another_question_is_chosen_within_a_page(serve: Serve, page: Page) -> None:
    served = serve("--question", ".", "--question", "tests/data/minimal")
    open_page(page, served)
    follow(page, "Matrix")
    begun = page.evaluate("history.length")
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stRadioOption").nth(1).click()
    expect(page.locator(".cw-over").first).to_have_text(re.compile("^Across the river"))
    expect(page).to_have_url(re.compile("q=minimal"))
    assert page.evaluate("history.length") == begun
    page.go_back()
    expect(page).to_have_title("Weigh · Counterweight")
    expect(page.locator(".cw-over").first).to_have_text(re.compile("^Across the river"))
