"""The server's process killed at random moments while people vote, two hundred times.

``python -m benchmarks.bench_kills [times]`` takes about four seconds a time. Every vote that was
confirmed has to be in the database after it, the database has to open clean, and its log to hold.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.measure import machine, table
from dashboard.model.load import load_question
from dashboard.workshop.database import FILE_NAME, open_database, sqlite_url
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.records import Plan
from dashboard.workshop.store import Store
from tests.conftest import ROOT
from tests.workshop.kills import Killed, kill_under_load

TIMES = 200
# A log of so many rows is checked after every kill; a fresh file now and then keeps that quick.
KILLS_PER_FILE = 20


def kills(times: int) -> list[Killed]:
    """That many kills, several on each file."""
    question, found = load_question(ROOT), []
    for first in range(0, times, KILLS_PER_FILE):
        with tempfile.TemporaryDirectory() as folder:
            store = Store(open_database(sqlite_url(Path(folder) / FILE_NAME)))
            workshop, key = store.create(Plan(title="Killed"), question)
            Facilitator(store, workshop.id, key).open_round(1)
            store.engine.dispose()
            for seed in range(first, min(first + KILLS_PER_FILE, times)):
                killed = kill_under_load(Path(folder), workshop.id, workshop.code, seed)
                found.append(killed)
                for fault in killed.faults:
                    print(f"kill {seed}: {fault}")
    return found


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    found = kills(times)
    faults = sum(len(killed.faults) for killed in found)
    print(f"{machine()}\n")
    head = ["kills under load", "votes confirmed before them", "lost, doubled or damaged", "bound"]
    confirmed = sum(killed.confirmed for killed in found)
    print(table(head, [[f"{len(found)}", f"{confirmed:,}", f"{faults}", "0"]]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
