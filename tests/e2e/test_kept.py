"""Nothing is lost: over a reload, in a second tab, after a restart, with the laptop closed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.axe import violations_crosswise
from tests.e2e.conftest import NewPage, Serve
from tests.e2e.network import Seen, Server, free_port, running_server
from tests.e2e.oidc_provider import running_provider
from tests.e2e.pages import SETTLED, open_page
from tests.e2e.test_sign_in import EVERYWHERE, enter, home_with, sign_in_as

LINE = ".st-key-kept_line"
SECONDS = 30_000
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('counterweight:'))"
NEW_VISIT = "(visit) => counterweightKept.data.visit !== visit"
RECORDS = f"{KEPT}.map((key) => localStorage[key])"

# A page whose socket is closed comes back as the same visit, as long as the server remembers it;
# without the name of the visit it comes back as it does after a night.
FORGETFUL = """window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(address, protocols) {
    super(address, window.sockets.length ? protocols.slice(0, 2) : protocols);
    window.sockets.push(this);
  }
};"""


def go(page: Page, name: str) -> None:
    page.get_by_test_id("stTopNavLink").filter(has_text=re.compile(f"^{name}$")).click()
    expect(page).to_have_title(f"{name} · Counterweight")


def start_from(page: Page, perspective: str) -> None:
    starts = page.get_by_label("Start from the weights of")
    starts.select_option(perspective)
    expect(weights(page)).to_contain_text(f"Weights: {perspective}.")
    # The component has answered too, and made the step to undo.
    expect(starts.locator("option:checked")).to_have_text(perspective)


def weights(page: Page) -> Any:
    return page.locator(".cw-meta", has_text="Weights: ").first


def kept(page: Page) -> list[dict[str, Any]]:
    """What this browser keeps, each with the work inside it as data."""
    found = [json.loads(text) for text in page.evaluate(RECORDS)]
    return [record | {"work": json.loads(record["text"])} for record in found]


def until_kept(page: Page, says: str) -> None:
    page.wait_for_function(f"(words) => {RECORDS}.some((text) => text.includes(words))", arg=says)


def type_marking(page: Page, words: str) -> None:
    field = page.get_by_role("textbox", name="Marking on every page")
    field.fill(words)
    field.press("Enter")
    until_kept(page, words)


def work(page: Page, server: Server) -> None:
    """Weights, one overridden score with its reason, and what is set for a briefing."""
    open_page(page, server)
    start_from(page, "Government of Ukraine")
    start_from(page, "Human-rights NGOs")
    go(page, "Why")
    page.get_by_text("What if a score were different?").click()
    page.get_by_role("textbox", name="Likely").or_(page.get_by_label("Likely")).first.fill("5")
    page.get_by_label("Low", exact=True).fill("4")
    page.get_by_label("High", exact=True).fill("6")
    page.get_by_label(re.compile("^Reason")).fill("a court ruled on it")
    page.get_by_role("button", name="Override this score").click()
    expect(page.locator("q.cw-said, .cw-said q").first).to_have_text("a court ruled on it")
    go(page, "Briefing")
    type_marking(page, "Draft: in confidence")


def is_all_there(page: Page) -> None:
    """On page Briefing, and from there on Why and Weigh."""
    line = page.locator(LINE)
    expect(line).to_contain_text("Restored from this browser, as kept on", timeout=SECONDS)
    expect(line).to_contain_text(
        "Weights: Human-rights NGOs; 1 score is overridden (1 reason); "
        "for the briefing: marking “Draft: in confidence”."
    )
    field = page.get_by_role("textbox", name="Marking on every page")
    # The field of the run before may still stand beside the new one.
    expect(field).to_have_count(1)
    expect(field).to_have_value("Draft: in confidence")
    go(page, "Why")
    expect(page.locator(".cw-said q").first).to_have_text("a court ruled on it")
    go(page, "Weigh")
    expect(weights(page)).to_contain_text("Weights: Human-rights NGOs.")
    page.get_by_role("button", name="Undo", exact=True).click()
    # The steps are there as well: the weights before were those of Ukraine.
    expect(page.get_by_role("spinbutton").first).to_have_value("10.8")


def test_a_reload_and_a_restart_on_the_same_port_lose_nothing(
    tmp_path_factory: pytest.TempPathFactory, page: Page, seen: Callable[[Page], Seen]
) -> None:
    port = free_port()
    with running_server(tmp_path_factory.mktemp("first"), port=port) as server:
        work(page, server)
        (record,) = kept(page)
        assert record["work"]["choice"]["overrides"][0]["reason"] == "a court ruled on it"
        page.reload()
        is_all_there(page)
        expect(weights(page)).to_contain_text("Government of Ukraine")
        page.get_by_role("button", name="Redo", exact=True).click()
        expect(weights(page)).to_contain_text("Human-rights NGOs")
        page.locator(SETTLED).wait_for()
        assert violations_crosswise(page) == {}
        assert seen(page).errors == []
        go(page, "Briefing")
        marking = page.get_by_role("textbox", name="Marking on every page")
        expect(marking).to_have_value("Draft: in confidence")
        assert "Traceback" not in server.output
    before = page.evaluate("counterweightKept.data.visit")
    with running_server(tmp_path_factory.mktemp("second"), port=port) as server:
        # The page is not loaded again: it finds a server that knows nothing of it, and looks for
        # it less and less often.
        page.wait_for_function(NEW_VISIT, arg=before, timeout=4 * SECONDS)
        expect(page.locator(LINE)).to_contain_text("Restored from this browser", timeout=SECONDS)
        expect(page.get_by_role("textbox", name="Marking on every page")).to_have_value(
            "Draft: in confidence"
        )
        go(page, "Why")
        expect(page.locator(".cw-said q").first).to_have_text("a court ruled on it")
        assert "Traceback" not in server.output


def test_a_visit_that_the_server_forgot_is_there_when_the_laptop_opens(
    server: Server, page: Page
) -> None:
    page.add_init_script(FORGETFUL)
    work(page, server)
    before = page.evaluate("counterweightKept.data.visit")
    page.evaluate("sockets.at(-1).close()")
    page.wait_for_function(NEW_VISIT, arg=before, timeout=4 * SECONDS)
    is_all_there(page)


def second_tab(context: BrowserContext, server: Server, path: str = "/") -> Page:
    tab = context.new_page()
    open_page(tab, server, path)
    return tab


def test_two_tabs_never_write_over_each_other(server: Server, page: Page) -> None:
    open_page(page, server)
    start_from(page, "Human-rights NGOs")
    until_kept(page, "human-rights")
    other = second_tab(page.context, server)
    expect(other.locator(LINE)).to_contain_text("Weights: Human-rights NGOs.")
    expect(weights(other)).to_contain_text("Human-rights NGOs")
    # To have opened it is no change of anything.
    assert len(kept(page)) == 1
    expect(page.locator(LINE)).to_have_count(0)

    start_from(other, "Government of Ukraine")
    said = "Another tab of this browser changed what is kept of this question"
    expect(page.locator(LINE)).to_contain_text(said)
    expect(weights(page)).to_contain_text("Human-rights NGOs")
    # Whoever goes on without choosing overwrites nothing either.
    start_from(page, "NATO security services")
    until_kept(page, "nato-security")
    works = {record["work"]["choice"]["perspective"] for record in kept(page)}
    assert works == {"ukraine", "nato-security"}
    expect(other.locator(LINE)).not_to_contain_text(said)

    page.get_by_role("button", name="Load the other tab's work").click()
    expect(weights(page)).to_contain_text("Government of Ukraine")
    page.get_by_role("button", name="Load the one from").wait_for(state="detached")
    assert len(kept(page)) == 2


def test_a_link_of_other_weights_goes_first_and_destroys_nothing(
    server: Server, page: Page, new_page: NewPage
) -> None:
    colleague = new_page()
    open_page(colleague, server)
    start_from(colleague, "Government of Ukraine")
    link = colleague.url.partition(str(server.port))[2]
    open_page(page, server)
    start_from(page, "Human-rights NGOs")
    until_kept(page, "human-rights")
    tab = second_tab(page.context, server, link)
    expect(tab.locator(LINE)).to_contain_text("The address brought other weights.")
    expect(weights(tab)).to_contain_text("Government of Ukraine")
    tab.get_by_role("button", name="Load what is kept").click()
    expect(weights(tab)).to_contain_text("Human-rights NGOs")
    (record,) = kept(page)
    assert record["work"]["choice"]["perspective"] == "human-rights"


def test_one_button_clears_it_in_every_tab(server: Server, page: Page) -> None:
    open_page(page, server)
    start_from(page, "Human-rights NGOs")
    until_kept(page, "human-rights")
    other = second_tab(page.context, server)
    expect(other.locator(LINE)).to_contain_text("Restored")
    page.get_by_role("button", name="Forget what this browser keeps").click()
    expect(page.get_by_text("This browser keeps nothing now.")).to_be_visible()
    page.wait_for_function(f"() => {KEPT}.length === 0")
    expect(other.locator(LINE)).to_contain_text("was cleared in another tab")
    for tab in (page, other):
        start_from(tab, "Government of Ukraine")
        assert tab.evaluate(KEPT) == []
    page.get_by_role("button", name="Keep this tab again").click()
    until_kept(page, "ukraine")


def test_the_ranking_stays_hidden_over_a_reload_and_in_a_second_tab(
    server: Server, page: Page
) -> None:
    watch = """window.heads = new Set();
    new MutationObserver(() => {
      const head = document.querySelector("h1.cw-title");
      if (head) window.heads.add(head.textContent);
    }).observe(document, { subtree: true, childList: true, characterData: true });"""
    page.context.add_init_script(watch)
    open_page(page, server)
    start_from(page, "Human-rights NGOs")
    page.get_by_role("button", name="Hide the ranking").click()
    hidden = "The ranking is hidden until you confirm your weights"
    expect(page.locator("h1.cw-title")).to_have_text(hidden)
    until_kept(page, '\\"blind\\":true')
    page.reload()
    expect(page.locator(LINE)).to_contain_text("the ranking stays hidden")
    assert page.evaluate("[...heads]") == [hidden]
    other = second_tab(page.context, server, "/why")
    expect(other.locator(LINE)).to_contain_text("the ranking stays hidden")
    assert other.evaluate("[...heads]") == ["This page is hidden until you confirm your weights"]


@pytest.mark.parametrize(
    "text",
    [
        "{",
        '{"version":9}',
        '"<img src=x onerror=alert(1)>"',
        json.dumps({"version": 1, "stamp": "x", "at": 1e400, "text": "{}"}),
        json.dumps({"version": 1, "stamp": "x", "at": 1, "text": "<script>", "undo": {"at": 7}}),
        json.dumps({"version": 1, "stamp": "x", "at": 1, "text": "[" * 250_000}),
    ],
)
def test_text_that_somebody_put_there_breaks_nothing(
    text: str, server: Server, page: Page, seen: Callable[[Page], Seen]
) -> None:
    open_page(page, server)
    page.wait_for_function("() => globalThis.counterweightKept?.data")
    question = page.evaluate("`${counterweightKept.data.slug}:${counterweightKept.data.scales}`")
    page.evaluate(
        "([key, text]) => localStorage.setItem(key, text)",
        [f"counterweight:kept:all:{question}:0123456789ab", text],
    )
    page.reload()
    page.locator(SETTLED).wait_for()
    start_from(page, "Human-rights NGOs")
    page.wait_for_function(f"() => {RECORDS}.some((text) => text.includes('human-rights'))")
    page.reload()
    expect(page.locator(LINE)).to_contain_text("Weights: Human-rights NGOs.")
    assert seen(page) == Seen(outside=[], errors=[])


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("SecurityError", "This browser does not let pages keep anything"),
        ("QuotaExceededError", "This browser has no room to keep more"),
    ],
)
def test_a_browser_that_keeps_nothing_says_so_once(
    fault: str, said: str, server: Server, page: Page, seen: Callable[[Page], Seen]
) -> None:
    page.add_init_script(
        f"""const set = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, value) {{
          if (!key.startsWith("counterweight:")) return set.call(this, key, value);
          throw new DOMException("no", "{fault}");
        }};"""
    )
    open_page(page, server)
    start_from(page, "Human-rights NGOs")
    expect(page.get_by_role("alert")).to_contain_text(said)
    start_from(page, "Government of Ukraine")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".st-key-kept_foot")).to_contain_text(said)
    assert seen(page) == Seen(outside=[], errors=[])


def test_signing_out_clears_it_and_no_passphrase_is_ever_kept(serve: Serve, page: Page) -> None:
    server = serve("--address", "0.0.0.0", **EVERYWHERE)
    enter(page, server)
    start_from(page, "Human-rights NGOs")
    until_kept(page, "human-rights")
    found = re.search(r"Passphrase for the pages: (\S+)", server.output)
    assert found is not None
    assert found[1] not in page.evaluate("JSON.stringify(localStorage)")
    assert found[1] not in page.evaluate("JSON.stringify(sessionStorage)")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Passphrase")).to_be_visible()
    assert page.evaluate(KEPT) == []
    enter(page, server)
    expect(weights(page)).to_contain_text("Equal branches, as no weights were chosen")
    expect(page.locator(LINE)).to_have_count(0)


def test_signing_out_of_an_account_clears_it_too(serve: Serve, tmp_path: Path, page: Page) -> None:
    with running_provider({"Anna": {"email": "anna@ministry.example"}}) as provider:
        toml = provider.secrets_toml("http://127.0.0.1:{port}/oauth2callback")
        server = serve(HOME=home_with(tmp_path, toml))
        sign_in_as(page, server, "Anna")
        go(page, "Weigh")
        start_from(page, "Human-rights NGOs")
        until_kept(page, "human-rights")
        assert "anna" not in page.evaluate("JSON.stringify(localStorage)")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=SECONDS)
        assert page.evaluate(KEPT) == []


def test_nothing_of_an_opened_briefing_is_kept(
    server: Server, page: Page, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    open_page(page, server)
    start_from(page, "Human-rights NGOs")
    with page.expect_download(timeout=4 * SECONDS) as download:
        page.get_by_role("button", name="Briefing (PDF)").click()
    path = tmp_path / "a.pdf"
    download.value.save_as(path)
    tab = page.context.new_page()
    open_page(tab, server, "/briefing")
    expect(tab.locator(LINE)).to_contain_text("Human-rights NGOs")
    tab.get_by_text("Open", exact=True).click()
    tab.locator("input[type=file]").set_input_files(path)
    before = [record["work"] for record in kept(page)]
    tab.get_by_role("button", name="Open it").click()
    expect(tab.get_by_text("Opened from the briefing of")).to_be_visible()
    assert [record["work"] for record in kept(page)] == before
