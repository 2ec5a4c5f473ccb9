"""What tabs of one browser do to each other's records: the script alone, in real tabs.

Each tab is told what Python would tell it, and answers reports as Python does.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.conftest import ROOT

CODE = (ROOT / "dashboard/ui/kept/kept.js").read_text(encoding="utf-8")
ORIGIN = "http://127.0.0.1:9/"
SCALES = "a" * 12
PREFIX = "counterweight_blind_8501_"
TEXTS = """Object.keys(localStorage).filter(key => key.startsWith("counterweight:kept:"))
    .map(key => JSON.parse(localStorage[key]).text)"""
BEGIN = """async (code) => {
  const file = new Blob([code], { type: "text/javascript" });
  const keep = (await import(URL.createObjectURL(file))).default;
  window.reports = [];
  const setTriggerValue = (name, what) => reports.push([name, what]);
  window.run = (data) => { keep({ data, setTriggerValue }); };
}"""


class Tab:
    """A tab on one question, and what a session of Python's would hold of it."""

    def __init__(self, page: Page, slug: str = "one") -> None:
        self.page, self.slug = page, slug
        self.visits = self.slots = 0
        self.name = f"{id(page):032x}"[-20:]

    def open(self, sees: str | None = None, **data: Any) -> dict[str, Any] | None:
        """Load the page, once it ``sees`` a record take over what is found, and give it."""
        self.page.goto(ORIGIN)
        self.page.evaluate(BEGIN, CODE)
        if sees is not None:
            until_seen(self, sees)
        self.visits += 1
        self.data: dict[str, Any] = {
            "visit": f"{self.name}{self.visits:012x}",
            "visitor": f"{self.name}{self.visits}",
            "answered": False,
            "owner": "all",
            "scales": SCALES,
            "work": f"weights_{self.slug}:{SCALES}",
            "slug": self.slug,
            "slot": None,
            "fresh": False,
            "text": None,
            "link": None,
            "blind": False,
            "ask": None,
            "off": None,
            "clear": None,
            "cookie": {
                "name": f"{PREFIX}{self.slug}",
                "path": "/_stcore",
                "all": [f"{PREFIX}one", f"{PREFIX}two"],
            },
        } | data
        return next((what for name, what in self.run() if name == "found"), None)

    def run(self, **changes: Any) -> list[tuple[str, dict[str, Any]]]:
        """Runs of Python until there is nothing more to answer; what was reported in them."""
        self.data |= changes
        self.page.evaluate("data => run(data)", self.data)
        said = self.page.evaluate("reports.splice(0)")
        if said:
            for name, what in said:
                self.answer(name, what)
            said += self.run()
        return [(name, what) for name, what in said]

    def answer(self, name: str, what: dict[str, Any]) -> None:
        if name == "found":
            self.data |= {"answered": True, "slot": what["slot"], "text": what["text"]}
        elif what.get("kind") == "written":
            self.data["slot"] = what["fork"] or self.data["slot"]
        elif what.get("kind") == "cleared":
            self.data |= {"off": "cleared", "text": None}

    def work(self, text: str) -> list[tuple[str, dict[str, Any]]]:
        """Change the work, in a record of one's own where there is none."""
        slot = self.data["slot"] or f"{self.visits:04x}{self.name[-8:]}"
        return self.run(slot=slot, text=text)

    def hears(self) -> list[tuple[str, dict[str, Any]]]:
        """What it reports once another tab has done something, answered."""
        self.page.wait_for_function("reports.length > 0")
        return self.run()


@pytest.fixture
def context(page: Page) -> BrowserContext:
    page.context.route(
        f"{ORIGIN}**", lambda route: route.fulfill(body="<p>", content_type="text/html")
    )
    return page.context


@pytest.fixture
def one(context: BrowserContext, page: Page) -> Tab:
    return Tab(page)


@pytest.fixture
def other(context: BrowserContext) -> Tab:
    return Tab(context.new_page())


def until_records(tab: Tab, *texts: str) -> None:
    """Until a tab sees these and no others: what another tab wrote reaches it a little later."""
    tab.page.wait_for_function(
        f"texts => JSON.stringify({TEXTS}.sort()) === JSON.stringify(texts)", arg=sorted(texts)
    )


def until_seen(tab: Tab, text: str, *, gone: bool = False) -> None:
    """Until a tab sees a record, or none of it any more."""
    tab.page.wait_for_function(
        f"([text, gone]) => {TEXTS}.includes(text) !== gone", arg=[text, gone]
    )


def blindfolds(context: BrowserContext) -> set[str]:
    return {str(cookie.get("name")) for cookie in context.cookies(f"{ORIGIN}_stcore/stream")}


def test_a_tab_that_went_on_in_a_record_of_its_own_finds_that_after_a_reload(
    one: Tab, other: Tab
) -> None:
    one.open()
    one.work("A")
    found = other.open("A")
    assert found is not None
    assert found["text"] == "A"
    other.work("B")
    forks = {what["fork"] for _, what in one.hears()}
    assert len(forks) == 2, "Python has to learn where the tab went on"
    until_records(one, "A", "B")
    # Another page of the visit, on which nothing is changed.
    assert one.run() == []
    assert [(one.open("A") or {})["text"], (other.open("B") or {})["text"]] == ["A", "B"]
    until_records(one, "A", "B")


def test_a_run_that_has_not_heard_of_the_fork_leaves_the_other_tab_its_record(
    one: Tab, other: Tab
) -> None:
    one.open()
    one.work("A")
    slot = one.data["slot"]
    other.open("A")
    other.work("B")
    one.hears()
    one.run(slot=slot, text="A")
    assert (one.open("A") or {})["text"] == "A"


def test_two_questions_on_equal_scales_keep_apart(one: Tab, context: BrowserContext) -> None:
    second = Tab(context.new_page(), "two")
    one.open()
    one.page.evaluate("s => counterweightKept.remember(...s)", steps(one, 1))
    one.work("Q1")
    assert second.open("Q1") is None
    second.work("Q2")
    until_seen(one, "Q2")
    assert one.work("Q1 again") == []
    until_seen(second, "Q1 again")
    assert second.work("Q2 again") == []
    until_records(one, "Q1 again", "Q2 again")
    assert (second.open("Q2 again") or {})["text"] == "Q2 again"
    # Within one visit too, where the visitor is the same.
    undo = "s => counterweightKept.undo(...s) ?? null"
    assert one.page.evaluate(undo, steps(one, 0)[:2]) is not None
    assert one.page.evaluate(undo, [one.data["visitor"], second.data["work"]]) is None


def steps(tab: Tab, at: int) -> list[Any]:
    return [tab.data["visitor"], tab.data["work"], {"states": [{}, {}], "at": at}]


def test_work_on_other_scales_is_found_for_its_own_question_only(
    one: Tab, context: BrowserContext
) -> None:
    one.open()
    one.work("older")
    found = one.open("older", scales="b" * 12)
    assert found is not None
    assert (found["edited"], found["text"]) == (True, "older")
    assert Tab(context.new_page(), "two").open("older", scales="b" * 12) is None


def test_a_ranking_stays_hidden_whatever_is_done_on_another_question(
    one: Tab, context: BrowserContext
) -> None:
    second = Tab(context.new_page(), "two")
    one.open(blind=True)
    second.open()
    assert blindfolds(context) == {f"{PREFIX}one"}
    second.run(blind=True)
    one.run(blind=False)
    assert blindfolds(context) == {f"{PREFIX}two"}


@pytest.mark.parametrize("off", ["full", "refused", "long"])
def test_a_ranking_stays_hidden_where_nothing_can_be_kept(
    one: Tab, context: BrowserContext, off: str
) -> None:
    one.open(off=off)
    one.run(blind=True)
    assert blindfolds(context) == {f"{PREFIX}one"}


def test_a_ranking_stays_hidden_where_writing_fails(one: Tab, context: BrowserContext) -> None:
    one.open()
    one.page.evaluate(
        """() => {
            Storage.prototype.setItem = () => {
                throw new DOMException("no", "QuotaExceededError");
            };
        }"""
    )
    one.work("A")
    one.run(blind=True)
    assert blindfolds(context) == {f"{PREFIX}one"}


def test_forgetting_takes_every_cookie(one: Tab, context: BrowserContext) -> None:
    second = Tab(context.new_page(), "two")
    one.open(blind=True)
    second.open(blind=True)
    one.run(clear="1", off="forgotten", slot=None, text=None)
    assert blindfolds(context) == set()
    one.run()
    assert blindfolds(context) == set()


def make_room_of_first(one: Tab, context: BrowserContext) -> None:
    """The record of ``one`` goes, since another tab writes as many newer ones as are kept."""
    one.open()
    one.work("first")
    other = Tab(context.new_page())
    for number in range(8):
        other.open("first" if number == 0 else f"work {number - 1}", fresh=True)
        other.run(fresh=True, slot=f"{number:012x}", text=f"work {number}")
    until_seen(one, "first", gone=True)


def test_a_record_that_made_room_is_written_again_and_no_tab_is_told_otherwise(
    one: Tab, context: BrowserContext
) -> None:
    make_room_of_first(one, context)
    assert one.run() == []
    assert one.data["off"] is None
    until_seen(one, "first")


def test_a_record_that_made_room_is_there_after_a_reload(one: Tab, context: BrowserContext) -> None:
    make_room_of_first(one, context)
    assert (one.open("first") or {})["text"] == "first"


def test_what_is_cleared_in_one_tab_is_not_written_again_by_another(one: Tab, other: Tab) -> None:
    one.open()
    one.work("A")
    other.open("A")
    other.run(slot="f" * 12, text="B")
    until_seen(one, "B")
    one.run(clear="1", off="forgotten", slot=None, text=None)
    assert [what["kind"] for _, what in other.hears()] == ["cleared"]
    until_records(other)
    left = "Object.keys(localStorage).filter(key => key.startsWith('counterweight:'))"
    assert one.page.evaluate(left) == []
