"""A thousand phones on one laptop: they join, vote, look, and vote again, within two minutes.

``python -m benchmarks.bench_workshop [people]`` takes about three minutes. The phones run in a
process of their own on the same two cores, so the times are on the safe side. A board is open in
Chromium all the while, and is watched for how soon it shows what was confirmed.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.measure import machine, table
from dashboard.model.load import load_question
from dashboard.workshop import schema
from dashboard.workshop.database import FILE_NAME, open_database, sqlite_url
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.records import Group, Plan
from dashboard.workshop.store import Store
from dashboard.workshop.verification import verify
from tests.conftest import ROOT
from tests.e2e.browser import QUIET_FLAGS, find_browser
from tests.e2e.pages import SETTLED
from tests.workshop.crowd import Crowd
from tests.workshop.kills import start, stop

PEOPLE = 1000
SECONDS = 120.0
MEGABYTE = 1_000_000


@dataclass
class Load:
    """The most memory that a process holds, looked at five times a second; and its work."""

    process: int
    most: int = 0
    at_start: int = 0
    seconds: float = 0.0
    _done: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        watched = psutil.Process(self.process)
        self.at_start = self.most = watched.memory_info().rss
        while not self._done.wait(0.2):
            self.most = max(self.most, watched.memory_info().rss)
        used = watched.cpu_times()
        self.seconds = used.user + used.system

    def stop(self) -> None:
        self._done.set()


# Notes the moment of every new count, as the page shows it, for as long as it is open.
WATCH = r"""() => {
  window.seen = [];
  const look = () => {
    const found = document.body.innerText.match(/(\d[\d,]*) (?:has|have) voted in round/);
    const voted = found ? Number(found[1].replace(",", "")) : 0;
    const last = window.seen.at(-1)?.[1] ?? 0;
    if (voted > last) window.seen.push([Date.now() / 1000, voted]);
  };
  new MutationObserver(look).observe(document.body,
    { childList: true, subtree: true, characterData: true });
}"""


def open_board(browser: Browser, url: str, code: str, key: str) -> Page:
    """The board of a facilitator who has the key, watched."""
    page = browser.new_page()
    page.goto(f"{url}/workshop?code={code}")
    page.locator(SETTLED).wait_for(timeout=60_000)
    page.locator("input[type=password]").fill(key)
    page.get_by_role("button", name="Open the board").click()
    page.get_by_role("heading", name="Round 1 is open").wait_for()
    page.evaluate(WATCH)
    return page


def behind(seen: list[list[float]], confirmed: list[float]) -> list[float]:
    """Seconds from each confirmed vote until the board showed as many."""
    lags, at = [], 0
    for count, moment in enumerate(sorted(confirmed), start=1):
        while at < len(seen) and seen[at][1] < count:
            at += 1
        lags.append(seen[at][0] - moment if at < len(seen) else float("inf"))
    return lags


def crowd_apart(crowd: Crowd, answers: multiprocessing.SimpleQueue[Crowd]) -> None:
    """Run the crowd in this process, and hand back what became of it."""
    crowd.run()
    answers.put(crowd)


def late(seconds: list[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    middle, end = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    return f"{middle * 1000:,.0f} ms, {end * 1000:,.0f} ms, {ordered[-1] * 1000:,.0f} ms"


@dataclass
class Found:
    """What a run showed; ``ballots`` counts them by revision."""

    crowd: Crowd
    took: float
    lags: list[float]
    load: Load
    ballots: dict[int, int] = field(default_factory=dict)
    holds: bool = False
    loud: bool = False


def measured(folder: Path, people: int) -> Found:
    """Serve, open the board, let the crowd come, and look at what is left."""
    question = load_question(ROOT)
    groups = tuple(Group(id=p.id, name=p.name) for p in question.perspectives)
    store = Store(open_database(sqlite_url(folder / FILE_NAME)))
    workshop, key = store.create(Plan(title="Crowd", groups=groups), question)
    Facilitator(store, workshop.id, key).open_round(1)
    process, url = start(folder, folder / "server.log")
    load = Load(process.pid)
    watching = threading.Thread(target=load.watch)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_browser(), args=[*QUIET_FLAGS]
            )
            board = open_board(browser, url, workshop.code, key)
            watching.start()
            crowd, took = let_come(Crowd(url, workshop.code, people=people, over=SECONDS), board)
            board.wait_for_timeout(3_000)
            lags = behind(board.evaluate("window.seen"), crowd.confirmed)
            browser.close()
    finally:
        load.stop()
        if watching.ident is not None:
            watching.join()
        stop(process)
    found = Found(crowd, took, lags, load)
    revision = schema.ballot.c.revision
    with store.reading() as connection:
        rows = connection.execute(sa.select(revision, sa.func.count()).group_by(revision))
        found.ballots = {row.revision: row[1] for row in rows}
    found.holds = verify(store, workshop.id).holds
    found.loud = "Traceback" in (folder / "server.log").read_text(encoding="utf-8")
    store.engine.dispose()
    return found


def let_come(crowd: Crowd, board: Page) -> tuple[Crowd, float]:
    """The crowd in a process of its own, while the board goes on; and how long it took."""
    answers: multiprocessing.SimpleQueue[Crowd] = multiprocessing.SimpleQueue()
    apart = multiprocessing.Process(target=crowd_apart, args=(crowd, answers))
    began = time.perf_counter()
    apart.start()
    while answers.empty():
        board.wait_for_timeout(200)
    crowd = answers.get()
    took = time.perf_counter() - began
    apart.join()
    return crowd, took


def main() -> int:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with tempfile.TemporaryDirectory() as name:
        found = measured(Path(name), people)
    crowd, load = found.crowd, found.load
    print(f"{people:,} people in {found.took:.0f} s; {machine()}\n")
    head = ["what", "median, 95th percentile, longest", "how many", "bound"]
    rows = [
        ["posts", late(crowd.posts), f"{len(crowd.posts):,}", "95 % under 250 ms"],
        ["pages", late(crowd.pages), f"{len(crowd.pages):,}", ""],
        ["looks", late(crowd.looks), f"{len(crowd.looks):,}", ""],
        ["until the board shows a vote", late(found.lags), f"{len(found.lags):,}", "2 s"],
    ]
    print(table(head, rows), "\n")
    first, second = found.ballots.get(1, 0), found.ballots.get(2, 0)
    facts = [
        ["errors", f"{len(crowd.faults)}", "0"],
        ["first ballots, revisions", f"{first:,}, {second:,}", f"{people:,} each"],
        ["log, ballots and question agree", "yes" if found.holds else "no", "yes"],
        ["memory of the server at its start", f"{load.at_start / MEGABYTE:,.0f} MB", ""],
        ["memory of the server, most", f"{load.most / MEGABYTE:,.0f} MB", "600 MB"],
        ["work of the server, its start included", f"{load.seconds:.0f} s of one core", ""],
    ]
    print(table(["what", "found", "bound"], facts))
    for fault in crowd.faults[:5]:
        print(fault)
    right = found.ballots == {1: people, 2: people} and found.holds
    return 0 if right and not crowd.faults and not found.loud else 1


if __name__ == "__main__":
    sys.exit(main())
