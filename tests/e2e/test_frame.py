"""What stands around every page: the choice of a question, the words, the font, and faults."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT
from tests.e2e.conftest import PHONE, Chromium, NewPage, Serve
from tests.e2e.network import Server, running_server, watch
from tests.e2e.pages import SETTLED, open_page, page_paths

MINIMAL = ROOT / "tests" / "data" / "minimal"
RIVER = "The ferry as it is leads by 14 points"
SHIPPED = (
    "No clear winner: Sanctuary is only 0.5 points ahead (45.9 against 45.4), "
    "but Capital amnesty comes first more often"
)
FONT = "IBM Plex Sans"


@pytest.fixture
def river(tmp_path: Path) -> Path:
    """A question of its own, with Cyrillic and Greek in its title."""
    folder = tmp_path / "river"
    shutil.copytree(MINIMAL, folder)
    path = folder / "seeds" / "question.yaml"
    text = re.sub("^title:.*", "title: '*Київ* :smile: Αθήνα'", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def two(serve: Serve, river: Path) -> Server:
    return serve("--question", str(ROOT), "--question", str(river))


def title(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(
        [text]
    )  # a list: two may stand for a moment


def open_sidebar(page: Page) -> None:
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_role("radiogroup", name="Question")).to_be_visible()


def move_a_weight(page: Page) -> str:
    page.get_by_role("slider", name="Weight of Ukraine consent", exact=True).press("PageUp")
    expect(page.locator(".cw-meta", has_text="Weights: Own weights")).to_be_visible()
    return page.get_by_role("heading", level=1).inner_text()


def test_switching_by_mouse_comes_back_to_the_weights_that_were_left(
    two: Server, page: Page
) -> None:
    open_page(page, two)
    left = move_a_weight(page)
    open_sidebar(page)
    page.get_by_test_id("stRadioOption").filter(has_text="Київ").click()
    title(page, RIVER)
    expect(page).to_have_url(re.compile(r"\?q=river$"))
    # What the file says is shown as it is written.
    option = page.get_by_test_id("stRadioOption").nth(1)
    assert option.inner_text().replace("\u2060", "") == "*Київ* :smile: Αθήνα"
    page.get_by_test_id("stRadioOption").filter(has_text="Ways out").click()
    title(page, left)
    expect(page.locator(".cw-meta", has_text="Weights: Own weights")).to_be_visible()


def test_switching_where_a_control_is_in_the_address(two: Server, page: Page) -> None:
    """Streamlit guards the parameter of a control that is bound to the address."""
    open_page(page, two, "/how-sure")
    page.get_by_role("radio", name="Perspectives").click(force=True)
    expect(page).to_have_url(re.compile("reading=Perspectives"))
    page.locator(SETTLED).wait_for()
    open_sidebar(page)
    page.get_by_test_id("stRadioOption").filter(has_text="Київ").click()
    expect(page.locator(".cw-over")).to_contain_text("Київ")
    page.locator(SETTLED).wait_for()
    page.get_by_test_id("stRadioOption").filter(has_text="Ways out").click()
    expect(page.locator(".cw-over")).to_contain_text("Ways out")
    expect(page.locator(".cw-mishap")).to_have_count(0)


def test_switching_by_keyboard(two: Server, page: Page) -> None:
    open_page(page, two)
    page.get_by_test_id("stExpandSidebarButton").focus()
    page.keyboard.press("Enter")
    chosen = page.get_by_role("radio", checked=True)
    chosen.focus()
    page.keyboard.press("ArrowDown")
    title(page, RIVER)


def test_switching_by_touch(two: Server, chromium: Chromium) -> None:
    context = chromium.browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    seen = watch(context)
    phone = context.new_page()
    open_page(phone, two)
    phone.get_by_test_id("stExpandSidebarButton").tap()
    phone.get_by_test_id("stRadioOption").nth(1).tap()
    title(phone, RIVER)
    context.close()
    assert seen.outside == []


def test_a_deep_link_opens_its_question_and_the_navigation_keeps_it(
    two: Server, page: Page
) -> None:
    open_page(page, two, "/matrix?q=river")
    expect(page.get_by_text("Riders").first).to_be_visible()
    page.get_by_test_id("stTopNavLink").filter(has_text="Why").click()
    expect(page).to_have_url(re.compile(r"/why\?.*q=river"))
    page.reload()
    title(page, "The ferry as it is is 14.4 points ahead of A bus tunnel")


def test_a_link_of_another_question_is_said_and_opened_with_a_click(
    two: Server, page: Page, new_page: NewPage
) -> None:
    open_page(page, two)
    left = move_a_weight(page)
    second = new_page()
    second.goto(page.url.replace("q=" + re.findall("q=([a-z0-9-]+)", page.url)[0], "q=river"))
    title(second, RIVER)
    expect(second.get_by_text("which is served here too")).to_be_visible()
    second.get_by_role("button", name="Open the link with its question").click()
    title(second, left)


def test_words_and_likelihood_are_reached_by_keyboard_alone(server: Server, page: Page) -> None:
    open_page(page, server)
    for path in page_paths(page):
        open_page(page, server, path)
        for name, says in (("Words", "Stability interval"), ("How likely?", "roughly even")):
            control = page.get_by_role("button", name=name, exact=True)
            control.focus()
            page.keyboard.press("Enter")
            dialog = page.get_by_role("dialog")
            expect(dialog.get_by_text(says).first).to_be_visible()
            page.keyboard.press("Escape")
            expect(dialog).to_have_count(0)
            expect(control).to_be_focused()


def test_words_are_in_sight_on_a_phone_however_far_one_scrolls(server: Server, phone: Page) -> None:
    open_page(phone, server)
    phone.mouse.wheel(0, 3000)
    control = phone.get_by_role("button", name="Words", exact=True)
    expect(control).to_be_in_viewport()
    box = control.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    control.click()
    expect(phone.get_by_role("dialog").get_by_text("Stability interval")).to_be_visible()


def test_the_way_in_does_not_push_the_ranking_off_the_first_screen(
    server: Server, page: Page
) -> None:
    open_page(page, server)
    expect(page.get_by_text("Start from a perspective or move a weight")).to_be_visible()
    for place in range(5):
        expect(page.locator(".ranking .row").nth(place)).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Got it").click()
    expect(page.get_by_text("Start from a perspective or move a weight")).to_have_count(0)


def test_a_question_edited_to_be_invalid_keeps_its_last_good_state_until_repaired(
    serve: Serve, river: Path, page: Page
) -> None:
    open_page(page, serve("--question", str(river)))
    title(page, RIVER)
    path = river / "proposals" / "tram.yaml"
    good = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"likely: .*", "likely: 1e9", good, count=1), encoding="utf-8")
    page.get_by_test_id("stTopNavLink").filter(has_text="Matrix").click()
    expect(page.get_by_text("The files were edited and now have faults.")).to_be_visible()
    expect(page.locator(".cw-faults")).to_contain_text(re.compile(r"tram\.yaml, line \d+"))
    expect(page.get_by_text("Riders").first).to_be_visible()
    path.write_text(good, encoding="utf-8")
    page.get_by_test_id("stTopNavLink").filter(has_text="Weigh").click()
    title(page, RIVER)
    expect(page.locator(".cw-faults")).to_have_count(0)


def test_the_font_comes_from_this_machine_in_every_script_that_is_shown(
    serve: Serve, river: Path, page: Page
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    server = serve("--question", str(river))
    open_page(page, server)
    title(page, RIVER)
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.family.includes('Plex') && f.status === 'loaded')"
        ".map(f => f.unicodeRange)"
    )
    for sign in ("Title", "Київ", "Αθήνα"):
        assert page.evaluate(f"document.fonts.check('16px \"{FONT}\"', '{sign}')")
    assert any("U+400" in signs for signs in loaded)
    families = page.evaluate(
        "[document.querySelector('h1'), document.querySelector('button')]"
        ".map(e => getComputedStyle(e).fontFamily)"
    )
    inside = page.locator(".ranking .row .name").first.evaluate(
        "e => getComputedStyle(e).fontFamily"
    )
    assert all(FONT in family for family in [*families, inside])
    fonts = [url for url in asked if "/fonts/" in url]
    assert fonts
    assert all(url.startswith(f"{server.url}/fonts/plex-") for url in fonts)
    assert not any("Latin2" in url for url in fonts)


def test_a_latin_page_asks_for_two_parts_only(server: Server, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_page(page, server)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(500)
    parts = {url.rsplit("/", 1)[1] for url in asked if "/fonts/" in url}
    assert parts == {"IBMPlexSans-Regular-Latin1.woff2", "IBMPlexSans-SemiBold-Latin1.woff2"}


def test_an_address_without_a_page_leads_to_the_first_and_says_so(
    server: Server, page: Page
) -> None:
    open_page(page, server, "/nowhere")
    title(page, SHIPPED)
    expect(page.get_by_text("There is no page at the address “nowhere”")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert "lost" not in page.url


@pytest.fixture
def failing(tmp_path: Path) -> Iterator[Server]:
    app = ROOT / "tests" / "e2e" / "apps" / "failing.py"
    with running_server(tmp_path, (sys.executable, str(app), "{port}")) as running:
        yield running


def test_a_fault_of_the_program_is_calm_on_the_page_and_loud_in_the_terminal(
    failing: Server, page: Page
) -> None:
    page.goto(failing.url)
    page.locator(SETTLED).wait_for()
    title(page, "This page stopped because of a fault in the program")
    assert page.get_by_test_id("stException").count() == 0
    assert "KeyError" not in page.content()
    assert "secret-of-the-house" not in page.content()
    assert "secret-of-the-house" in failing.output
    assert "Traceback" in failing.output


def test_a_lost_server_is_not_taken_for_a_lost_internet_connection(
    serve: Serve, page: Page
) -> None:
    mine = serve()
    open_page(page, mine)
    mine.process.terminate()
    mine.process.wait(20)
    dialog = page.get_by_role("dialog", name="Connection error")
    expect(dialog).to_be_visible(timeout=20_000)
    said = dialog.locator("h2 + div > div").evaluate(
        "each => [getComputedStyle(each).fontSize, getComputedStyle(each, '::after').content]"
    )
    assert said[0] == "0px"
    assert "Counterweight does not answer." in said[1]
