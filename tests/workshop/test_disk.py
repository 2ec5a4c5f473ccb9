"""A disk that is full, read-only or damaged is said in a sentence, and nothing is lost by it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.workshop import schema
from dashboard.workshop import store as store_module
from dashboard.workshop.database import (
    open_database,
    sqlite_url,
)
from dashboard.workshop.pulse import read_pulse
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.store import Store
from dashboard.workshop.verification import verify
from tests.workshop.conftest import Room, on_sqlite


def counted(room: Room) -> int:
    """Ballots, seen through a connection of its own."""
    engine = open_database(room.store.engine.url)
    with engine.connect() as connection:
        found = connection.scalar(sa.select(sa.func.count()).select_from(schema.ballot))
    engine.dispose()
    return found or 0


@on_sqlite
def test_a_full_disk_refuses_and_keeps_what_was_confirmed(voting: Room) -> None:
    engine = voting.store.engine

    @sa.event.listens_for(engine, "checkout")
    def _(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {limit}")

    limit = 1_000_000
    people = [voting.joins() for _ in range(3)]
    with engine.connect() as connection:
        limit = connection.exec_driver_sql("PRAGMA page_count").scalar_one() + 2
    confirmed, refusals = 0, []
    for points in range(100):
        try:
            voting.votes(people[points % 3], 100, points)
            confirmed += 1
        except RefusedError as refused:
            refusals.append(refused.sentence)
    assert confirmed > 0
    assert len(set(refusals)) == 1
    assert refusals[0] == ("The disk is full, so nothing was saved: make room on it and try again.")
    assert counted(voting) == confirmed
    assert verify(voting.store, voting.workshop).faults == ()
    limit = 1_000_000
    assert voting.votes(people[0], 1, 99).revision > 1
    assert verify(voting.store, voting.workshop).faults == ()


@on_sqlite
def test_a_disk_that_is_full_at_the_start_lets_everything_be_read(
    voting: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    voting.votes(voting.joins(), 100, 30)

    def full(_: sa.Engine) -> bool:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(store_module, "cut_side_file", full)
    again = Store(voting.store.engine)
    assert verify(again, voting.workshop).ballots == 1


@on_sqlite
def test_a_database_that_cannot_be_written_can_still_be_read(voting: Room) -> None:
    person = voting.joins()
    voting.votes(person, 100, 30)

    @sa.event.listens_for(voting.store.engine, "checkout")
    def _(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA query_only = ON")

    with pytest.raises(RefusedError, match="cannot be written, so nothing was saved"):
        voting.votes(person, 30, 100)
    assert read_pulse(voting.store, voting.workshop).voted == 1
    assert counted(voting) == 1


# A folder of the system where nobody may make anything, the superuser neither.
@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="this system has no /proc")
def test_a_folder_that_cannot_be_made_is_named() -> None:
    with pytest.raises(RefusedError) as refused:
        open_database(sqlite_url(Path("/proc/counterweight/workshops.sqlite")))
    assert refused.value.kind == "storage"
    assert "cannot be written" in refused.value.sentence
    assert "COUNTERWEIGHT_DATA" in refused.value.sentence


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(RefusedError, match="cannot be written"):
            open_database(sqlite_url(tmp_path / "workshops.sqlite"))
    finally:
        tmp_path.chmod(0o700)


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "workshops.sqlite"
    file.write_bytes(b"My letters\n" * 500)
    with pytest.raises(RefusedError, match="is damaged or is no database"):
        open_database(sqlite_url(file))
    assert file.read_bytes() == b"My letters\n" * 500


@on_sqlite
def test_a_damaged_file_is_said(room: Room, tmp_path: Path) -> None:
    room.store.engine.dispose()
    file = Path(str(room.store.engine.url.database))
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(bytes(content))
    with pytest.raises(RefusedError, match="is damaged or is no database"):
        Store(open_database(sqlite_url(damaged))).workshops()


@on_sqlite
def test_nobody_else_may_read_the_file(room: Room) -> None:
    file = Path(str(room.store.engine.url.database))
    for one in (file, *file.parent.glob("workshops.sqlite-*")):
        assert one.stat().st_mode & 0o077 == 0
