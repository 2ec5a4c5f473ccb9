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

from benchmarks.measure import machine, table
from dashboard.model.load import load_question
from dashboard.workshop import schema
from dashboard.workshop.database import FILE_NAME, open_database, sqlite_url
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.records import Group, Plan
from dashboard.workshop.store import Store
from dashboard.workshop.verification import verify
from tests.conftest import ROOT
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


def crowd_apart(crowd: Crowd, answers: multiprocessing.SimpleQueue[Crowd]) -> None:
    """Run the crowd in this process, and hand back what became of it."""
    crowd.run()
    answers.put(crowd)


def late(seconds: list[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    middle, end = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    return f"{middle * 1000:,.0f} ms, {end * 1000:,.0f} ms, {ordered[-1] * 1000:,.0f} ms"


def main() -> int:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    question = load_question(ROOT)
    groups = tuple(Group(id=p.id, name=p.name) for p in question.perspectives)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = Store(open_database(sqlite_url(folder / FILE_NAME)))
        workshop, key = store.create(Plan(title="Crowd", groups=groups), question)
        Facilitator(store, workshop.id, key).open_round(1)
        process, url = start(folder, folder / "server.log")
        memory = Load(process.pid)
        watching = threading.Thread(target=memory.watch)
        try:
            watching.start()
            answers: multiprocessing.SimpleQueue[Crowd] = multiprocessing.SimpleQueue()
            crowd = Crowd(url, workshop.code, people=people, over=SECONDS)
            apart = multiprocessing.Process(target=crowd_apart, args=(crowd, answers))
            began = time.perf_counter()
            apart.start()
            crowd = answers.get()
            took = time.perf_counter() - began
            apart.join()
        finally:
            memory.stop()
            watching.join()
            stop(process)
        with store.reading() as connection:
            table_ = schema.ballot
            found = {
                row.revision: row[1]
                for row in connection.execute(
                    sa.select(table_.c.revision, sa.func.count()).group_by(table_.c.revision)
                )
            }
        checked = verify(store, workshop.id)
        store.engine.dispose()
        loud = "Traceback" in (folder / "server.log").read_text(encoding="utf-8")
    print(f"{people:,} people in {took:.0f} s; {machine()}\n")
    head = ["what", "median, 95th percentile, longest", "how many", "bound"]
    rows = [
        ["posts", late(crowd.posts), f"{len(crowd.posts):,}", "95 % under 250 ms"],
        ["pages", late(crowd.pages), f"{len(crowd.pages):,}", ""],
        ["looks", late(crowd.looks), f"{len(crowd.looks):,}", ""],
    ]
    print(table(head, rows), "\n")
    right = found == {1: people, 2: people} and checked.holds and not crowd.faults and not loud
    facts = [
        ["errors", f"{len(crowd.faults)}", "0"],
        [
            "first ballots, revisions",
            f"{found.get(1, 0):,}, {found.get(2, 0):,}",
            f"{people:,} each",
        ],
        ["log, ballots and question agree", "yes" if checked.holds else "no", "yes"],
        ["memory of the server at its start", f"{memory.at_start / MEGABYTE:,.0f} MB", ""],
        ["memory of the server, most", f"{memory.most / MEGABYTE:,.0f} MB", "600 MB"],
        ["work of the server, its start included", f"{memory.seconds:.0f} s of one core", ""],
    ]
    print(table(["what", "found", "bound"], facts))
    for fault in crowd.faults[:5]:
        print(fault)
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
