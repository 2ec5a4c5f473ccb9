"""The server's process is killed while people vote; what it had confirmed has to be there after.

Used by the gate a few times and by the benchmark many times.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import sqlalchemy as sa

from dashboard.workshop import schema
from dashboard.workshop.answers import from_text
from dashboard.workshop.database import FILE_NAME, open_database, sqlite_url
from dashboard.workshop.store import Store
from dashboard.workshop.verification import verify
from tests.e2e.network import DIRECT, free_port
from tests.workshop.phones import ballot_form, joins, phone

START_SECONDS = 60.0
_FIRST_VOTES = 5


@dataclass
class Voter:
    """Somebody who votes again and again, and notes each vote that was confirmed."""

    url: str
    code: str
    seed: int
    confirmed: list[dict[str, float]] = field(default_factory=list)
    sent: list[dict[str, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def run(self, until: threading.Event) -> None:
        """Vote until told to stop, or until the server is gone."""
        chance = random.Random(self.seed)
        try:
            with phone(self.url) as client:
                joins(client, self.code, chance)
                while not until.is_set():
                    page = client.get(f"/w/{self.code}/weigh").raise_for_status().text
                    form = ballot_form(page)
                    filled = form.filled(chance)
                    given = {name: float(filled[name]) for name in form.numbers}
                    self.sent.append(given)
                    answer = client.post(form.action, data=filled)
                    if answer.status_code != 200:
                        self.faults.append(f"{answer.status_code}: {answer.text[:300]}")
                        continue
                    self.confirmed.append(given)
        except httpx2.TransportError:
            return  # the server was killed, as it should be
        except httpx2.HTTPStatusError as error:
            self.faults.append(str(error))


@dataclass(frozen=True)
class Killed:
    """What one kill left: votes that were confirmed before it, and ballots in the file after."""

    confirmed: int
    kept: int
    faults: tuple[str, ...]


def start(
    folder: Path, log: Path, database: str | None = None
) -> tuple[subprocess.Popen[bytes], str]:
    """A server of our own on a folder, or on a database by its URL, once it answers.

    Raises
    ------
    RuntimeError : it does not come up; with what it printed.
    """
    port = free_port()
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard.cli", "serve", "--port", str(port)],
            env=_environment(folder, database),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with DIRECT.open(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.read() == b"ok":
                    return process, url
        except OSError:
            time.sleep(0.05)
    process.kill()
    process.wait()
    raise RuntimeError(f"the server did not come up:\n{log.read_text(errors='replace')}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server as its user would; it has fifteen seconds for it."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def kill_under_load(folder: Path, workshop: str, code: str, seed: int, voters: int = 4) -> Killed:
    """Serve, let people vote, kill the process at a random moment, and look at what is left."""
    chance = random.Random(seed)
    process, url = start(folder, folder / "server.log")
    done = threading.Event()
    people = [Voter(url, code, seed * 1000 + n) for n in range(voters)]
    threads = [threading.Thread(target=voter.run, args=(done,)) for voter in people]
    try:
        for thread in threads:
            thread.start()
        _until_votes(people, threads)
        time.sleep(chance.uniform(0.0, 0.5))
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        done.set()
        for thread in threads:
            thread.join()
    return _left(folder, workshop, people)


def _until_votes(people: list[Voter], threads: list[threading.Thread]) -> None:
    """Wait for a few votes, however slow the machine, before the moment is left to chance."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and any(thread.is_alive() for thread in threads):
        if sum(len(voter.confirmed) for voter in people) >= _FIRST_VOTES:
            return
        time.sleep(0.01)


def _left(folder: Path, workshop: str, people: list[Voter]) -> Killed:
    store = Store(open_database(sqlite_url(folder / FILE_NAME)))
    with store.reading() as connection:
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
        contents = connection.scalars(
            sa.select(schema.ballot.c.content).where(schema.ballot.c.workshop == workshop)
        ).all()
    faults = [fault for voter in people for fault in voter.faults]
    if found != "ok":
        faults.append(f"the database is damaged: {found}")
    faults += verify(store, workshop).faults
    store.engine.dispose()
    kept = [sorted(from_text(content).given.values()) for content in contents]
    for voter in people:
        for given in voter.confirmed:
            if sorted(given.values()) not in kept:
                faults.append(f"a confirmed vote is lost: {given}")
    sent = sum(len(voter.sent) for voter in people)
    if len(kept) > sent + _before(folder):
        faults.append("there are more ballots than were sent")
    (folder / "ballots").write_text(str(len(kept)), encoding="utf-8")
    return Killed(sum(len(v.confirmed) for v in people), len(kept), tuple(faults))


def _before(folder: Path) -> int:
    """Ballots that earlier rounds of this left in the folder."""
    noted = folder / "ballots"
    return int(noted.read_text(encoding="utf-8")) if noted.exists() else 0


def _environment(folder: Path, database: str | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    named = {} if database is None else {"DATABASE_URL": database}
    return {**kept, **named, "HOME": str(folder), "COUNTERWEIGHT_DATA": str(folder)}
