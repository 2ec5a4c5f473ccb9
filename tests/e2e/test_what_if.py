"""A score is overridden by keyboard, seen everywhere, shared without its reason, and undone."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.network import Server
from tests.e2e.pages import open_page

REASON = "<script>document.title='broken'</script> the court report of 2025 \u202e 😀"


def open_form(page: Page) -> Locator:
    """Open the form with the keyboard alone."""
    form = page.get_by_test_id("stExpander").filter(has_text="What if a score were different?")
    form.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(form.get_by_label("Likely", exact=True)).to_be_visible()
    return form


def type_into(page: Page, field: Locator, text: str) -> None:
    field.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def follow(page: Page, name: str) -> None:
    link = page.get_by_test_id("stTopNavLink").filter(has_text=name)
    link.focus()
    page.keyboard.press("Enter")


def names_in_order(page: Page) -> list[str]:
    page.locator(".ranking .row").first.wait_for()
    return page.locator(".ranking .row .name").all_inner_texts()


def test_a_score_is_overridden_by_keyboard_shared_and_undone(
    server: Server, page: Page, new_page: NewPage
) -> None:
    open_page(page, server)
    before = names_in_order(page)
    assert before[0] == "Sanctuary"

    follow(page, "Why")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Sanctuary is 0.5 points ahead of Capital amnesty"
    )
    form = open_form(page)
    likely = form.get_by_label("Likely", exact=True)
    reason = form.get_by_role("textbox", name=re.compile("^Reason"))
    submit = form.get_by_role("button", name="Override this score")

    # First with a mistake: it is said, and everything typed is still there.
    type_into(page, likely, "1")
    type_into(page, reason, REASON)
    submit.focus()
    page.keyboard.press("Enter")
    alert = form.get_by_role("alert").filter(has_text="below low")
    expect(alert).to_have_text("Likely (1) is below low (4.5); put low <= likely <= high.")
    expect(likely).to_have_value("1")
    expect(reason).to_have_value(REASON)

    type_into(page, form.get_by_label("Low", exact=True), "0.5")
    submit.focus()
    page.keyboard.press("Enter")
    expect(
        page.get_by_role("heading", level=2, name="What if: 1 score is overridden")
    ).to_be_visible()
    listed = page.locator(".cw-override")
    expect(listed).to_contain_text("level 6 (4.5 to 7.5)")
    expect(listed).to_contain_text("<script>document.title")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Capital amnesty is 4.5 points ahead of Sanctuary"
    )

    follow(page, "Weigh")
    expect(page.locator(".ranking .row .name").first).to_have_text("Capital amnesty")
    after = names_in_order(page)
    assert after[-1] == "Sanctuary"
    expect(page.locator(".cw-whatif")).to_contain_text("1 score is overridden")
    expect(page.locator(".cw-meta", has_text="1 score is overridden.")).to_be_visible()

    see_without_reason_and_undo(new_page(), page.url, after, before)


def see_without_reason_and_undo(
    second: Page, link: str, after: list[str], before: list[str]
) -> None:
    """What the one who is given the link finds."""
    second.goto(link)
    expect(second.locator(".ranking .row .name").first).to_have_text("Capital amnesty")
    assert names_in_order(second) == after
    follow(second, "Why")
    expect(second.locator(".cw-override")).to_contain_text(
        "No reason given; a link does not carry any."
    )
    assert "court report" not in second.content()
    second.get_by_role("button", name="Undo", exact=True).focus()
    second.keyboard.press("Enter")
    expect(second.locator(".cw-override")).to_have_count(0)
    follow(second, "Weigh")
    expect(second.locator(".ranking .row .name").first).to_have_text("Sanctuary")
    assert names_in_order(second) == before
    assert "Weigh" in second.title()


def test_what_is_half_typed_stays_when_another_score_is_looked_at(
    server: Server, page: Page
) -> None:
    open_page(page, server, "/why")
    form = open_form(page)
    reason = form.get_by_role("textbox", name=re.compile("^Reason"))
    reason.fill("half written")
    option = form.get_by_role("combobox", name="Option")
    option.focus()
    page.keyboard.type("Status quo")
    page.keyboard.press("Enter")
    expect(form.get_by_label("Likely", exact=True)).to_have_value("6")
    expect(form).to_contain_text("Now level 6")
    expect(reason).to_have_value("half written")


def test_a_step_opens_by_keyboard_and_the_page_fits_a_phone(server: Server, phone: Page) -> None:
    open_page(phone, server, "/why")
    step = phone.locator(".cw-fall summary").first
    step.focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("level 6 (4.5 to 7.5)", exact=True)).to_be_visible()
    expect(phone.get_by_text("Source text, paragraph 29").first).to_be_visible()
    margin = phone.get_by_test_id("stExpander").filter(has_text="How firm is this gap?")
    margin.locator("summary").press("Enter")
    expect(margin.get_by_text("Capital amnesty draws level with Sanctuary")).to_be_visible()
    for part in (".cw-fall", ".cw-table.fit"):
        widths = phone.locator(part).first.evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert widths[0] <= widths[1], part
    page_widths = phone.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert page_widths[0] <= page_widths[1]


def test_a_decimal_comma_is_read_and_a_mark_of_thousands_is_asked_about(
    server: Server, page: Page
) -> None:
    open_page(page, server)
    follow(page, "Why")
    form = open_form(page)
    low, likely, high = (form.get_by_label(n, exact=True) for n in ("Low", "Likely", "High"))
    reason = form.get_by_role("textbox", name=re.compile("^Reason"))
    submit = form.get_by_role("button", name="Override this score")
    type_into(page, low, "0,5")
    type_into(page, likely, "1,8")
    type_into(page, high, "7,500")
    type_into(page, reason, "a comma")
    submit.focus()
    page.keyboard.press("Enter")
    expect(form.get_by_role("alert")).to_have_text(
        "“7,500” can be read in two ways. Do you mean 7.5 or 7500? Type the one that you mean."
    )
    for field, typed in ((low, "0,5"), (likely, "1,8"), (high, "7,500")):
        expect(field).to_have_value(typed)
    type_into(page, high, "7.5")
    submit.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".cw-override")).to_contain_text("now level 1.8 (0.5 to 7.5)")
