"""What goes wrong around the store is said in a sentence, and nothing is lost by it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine import URL

from dashboard.model.errors import InputError
from dashboard.model.question import Question
from dashboard.workshop import database, schema
from dashboard.workshop import opened as opened_module
from dashboard.workshop import store as store_module
from dashboard.workshop.database import (
    database_url,
    open_database,
    sqlite_url,
    storage_faults_said,
)
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.migrate import bring_up_to_date
from dashboard.workshop.opened import opened
from dashboard.workshop.pulse import read_pulse
from dashboard.workshop.records import Plan
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.steady_clock import SteadyClock
from dashboard.workshop.store import Store
from dashboard.workshop.verification import verify
from tests.workshop.conftest import HandClock, Room

MIGRATIONS = Path(database.__file__).with_name("migrations")

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("url", ["postgresql"], indirect=True)


def counted(room: Room) -> int:
    """Ballots, seen through a connection of its own."""
    engine = open_database(room.store.engine.url)
    with engine.connect() as connection:
        found = connection.scalar(sa.select(sa.func.count()).select_from(schema.ballot))
    engine.dispose()
    return found or 0


# ------------------------------------------------------------------------------ the disk


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


# ------------------------------------------------------------------------------ locks


@contextmanager
def locked(file: str) -> Iterator[None]:
    """Another program that writes and does not end."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@on_sqlite
def test_a_locked_database_says_so_and_goes_on_later(
    voting: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = voting.joins()
    monkeypatch.setattr(database, "_WAIT_FOR_A_LOCK_MS", 50)
    url = voting.store.engine.url
    hasty = Store(open_database(url), voting.clock.steady())
    room = Room(hasty, voting.question, voting.facilitator, voting.workshop, voting.clock)
    with locked(str(url.database)):
        with pytest.raises(RefusedError, match="another program holds the database") as refused:
            room.votes(person, 100, 30)
        assert refused.value.kind == "busy"
        assert read_pulse(hasty, voting.workshop).joined == 1
    assert room.votes(person, 100, 30).revision == 1
    hasty.engine.dispose()


@on_postgresql
def test_a_row_that_somebody_holds_is_waited_for_and_then_said(
    voting: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_LOCK_TIMEOUT", "200ms")
    hasty = Store(open_database(voting.store.engine.url), voting.clock.steady())
    act = Facilitator(hasty, voting.workshop, voting.facilitator.key)
    with voting.store.writing() as connection:
        voting.store.held(connection, voting.workshop)
        with pytest.raises(RefusedError, match="another program holds the database"):
            act.close_round(1)
    act.close_round(1)
    hasty.engine.dispose()


@on_postgresql
def test_a_server_that_is_away_is_said(url: URL) -> None:
    with pytest.raises(RefusedError, match="the database does not answer"):
        open_database(url.set(host="127.0.0.1", port=1, query={}))


@on_postgresql
def test_a_server_that_went_away_and_came_back_is_used_again(voting: Room) -> None:
    person = voting.joins()
    with voting.store.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    admin = sa.create_engine(
        voting.store.engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        ended = sa.text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
        )
        connection.execute(ended, {"name": voting.store.engine.url.database})
    admin.dispose()
    assert voting.votes(person, 100, 30).revision == 1


# ------------------------------------------------------------------------------ what is said


@pytest.mark.parametrize(
    "statement", ["SELEC 1", "SELECT * FROM nothing", "SELECT ?", "SELECT abs(1, 2)"]
)
@on_sqlite
def test_a_broken_statement_is_no_fault_of_the_disk(room: Room, statement: str) -> None:
    with pytest.raises(sa.exc.DBAPIError), room.store.reading() as connection:
        connection.exec_driver_sql(statement)
    assert room.store.workshop(room.workshop).id == room.workshop


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (sqlite3.SQLITE_BUSY, "busy", "another program holds the database"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "busy", "another program holds the database"),
        (sqlite3.SQLITE_FULL, "storage", "the disk is full, so"),
        (sqlite3.SQLITE_IOERR_WRITE, "storage", "the disk is full or does not work"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "storage", "cannot be written"),
        (sqlite3.SQLITE_CANTOPEN, "storage", "cannot be written"),
        (sqlite3.SQLITE_CORRUPT_INDEX, "storage", "is damaged"),
    ],
)
def test_what_sqlite_complains_of_is_said(code: int, kind: str, words: str) -> None:
    error = sqlite3.OperationalError("full of words: locked, readonly, malformed")
    error.sqlite_errorcode = code
    with pytest.raises(RefusedError, match=words) as refused, storage_faults_said("there"):
        raise error
    assert refused.value.kind == kind


@pytest.mark.parametrize("code", [sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, None])
def test_what_is_no_fault_of_the_disk_stays_loud(code: int | None) -> None:
    error = sqlite3.OperationalError("no such column: full")
    if code is not None:
        error.sqlite_errorcode = code
    with pytest.raises(sqlite3.OperationalError), storage_faults_said("there"):
        raise error


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (psycopg.errors.SerializationFailure, "busy", "another program holds"),
        (psycopg.errors.DeadlockDetected, "busy", "another program holds"),
        (psycopg.errors.LockNotAvailable, "busy", "another program holds"),
        (psycopg.errors.TooManyConnections, "busy", "another program holds"),
        (psycopg.errors.QueryCanceled, "busy", "another program holds"),
        (psycopg.errors.AdminShutdown, "storage", "does not answer"),
        (psycopg.errors.CannotConnectNow, "storage", "does not answer"),
        (psycopg.errors.InvalidPassword, "storage", "does not answer"),
        (psycopg.errors.DiskFull, "storage", "the disk is full, so"),
        (psycopg.errors.ReadOnlySqlTransaction, "storage", "may not write there"),
        (psycopg.errors.InsufficientPrivilege, "storage", "may not write there"),
        (psycopg.errors.DataCorrupted, "storage", "the database is damaged"),
        (psycopg.OperationalError, "storage", "does not answer"),
    ],
)
def test_what_postgresql_complains_of_is_said(
    error: type[psycopg.Error], kind: str, words: str
) -> None:
    with pytest.raises(RefusedError, match=words) as refused, storage_faults_said("there"):
        raise sa.exc.DBAPIError.instance("SELECT 1", None, error("words"), psycopg.Error)
    assert refused.value.kind == kind


@pytest.mark.parametrize(
    "error",
    [
        psycopg.errors.UndefinedTable,
        psycopg.errors.UniqueViolation,
        psycopg.errors.SyntaxError,
        psycopg.errors.NumericValueOutOfRange,
        psycopg.InterfaceError,
    ],
)
def test_what_is_no_fault_of_the_server_stays_loud(error: type[psycopg.Error]) -> None:
    with pytest.raises(sa.exc.DBAPIError), storage_faults_said("there"):
        raise sa.exc.DBAPIError.instance("SELECT 1", None, error("words"), psycopg.Error)


@on_postgresql
def test_a_server_that_takes_no_more_is_said(url: URL) -> None:
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {url.database} CONNECTION LIMIT 0")
        connection.exec_driver_sql("CREATE ROLE visitor LOGIN")
    try:
        with pytest.raises(RefusedError) as refused:
            open_database(url.set(username="visitor"))
        assert refused.value.kind == "busy"
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql("DROP ROLE visitor")
        admin.dispose()


@on_postgresql
def test_a_user_who_may_make_no_tables_is_told(url: URL) -> None:
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql("CREATE ROLE guest LOGIN")
        connection.exec_driver_sql("REVOKE CREATE ON SCHEMA public FROM public")
    try:
        with pytest.raises(RefusedError, match="may not write there"):
            open_database(url.set(username="guest"))
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql("DROP ROLE guest")
        admin.dispose()


@on_postgresql
def test_a_standby_that_takes_no_writes_is_said(voting: Room) -> None:
    person, url = voting.joins(), voting.store.engine.url
    with voting.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as admin:
        admin.exec_driver_sql(f"ALTER DATABASE {url.database} SET default_transaction_read_only=on")
    voting.store.engine.dispose()
    with pytest.raises(RefusedError, match="may not write there"):
        voting.votes(person, 100, 30)


@on_postgresql
def test_a_servers_own_idea_of_isolation_is_not_asked(voting: Room, minimal: Question) -> None:
    url = voting.store.engine.url
    with voting.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as admin:
        admin.exec_driver_sql(
            f"ALTER DATABASE {url.database} SET default_transaction_isolation='serializable'"
        )
    voting.store.engine.dispose()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: voting.votes(voting.joins(), 100, 30), range(24)))
    assert verify(voting.store, voting.workshop).faults == ()


def test_no_message_of_an_error_says_what_people_said(voting: Room) -> None:
    person = voting.joins("north", "Ann Unmistakable", agreed=True)
    row = {"workshop": voting.workshop, "id": person, "name": "Ann Unmistakable"}
    again = sa.insert(schema.participant).values(row)
    with voting.store.writing() as connection, pytest.raises(sa.exc.IntegrityError) as raised:
        connection.execute(again)
    assert "INSERT" in str(raised.value)
    assert "parameters hidden" in str(raised.value)


def test_an_exception_in_the_middle_writes_nothing_and_blocks_nobody(voting: Room) -> None:
    person = voting.joins()

    def breaks(connection: sa.Connection) -> None:
        connection.execute(sa.text("SELECT 1"))
        raise KeyError

    def writes() -> None:
        with voting.store.writing() as connection:
            connection.execute(sa.delete(schema.participant))
            breaks(connection)

    def reads() -> None:
        with voting.store.reading() as connection:
            breaks(connection)

    for act in (writes, reads) * 60:
        with pytest.raises(KeyError):
            act()
    assert voting.votes(person, 100, 30).revision == 1
    pool = voting.store.engine.pool
    assert isinstance(pool, sa.QueuePool)
    assert pool.checkedout() == 0


def test_a_hundred_who_read_at_once_all_get_their_turn(voting: Room) -> None:
    voting.joins()
    with ThreadPoolExecutor(100) as pool:
        found = list(
            pool.map(lambda _: read_pulse(voting.store, voting.workshop).joined, range(400))
        )
    assert found == [1] * 400


# ------------------------------------------------------------------------------ the clock


def test_a_clock_set_back_goes_on_from_where_it_was() -> None:
    hand = HandClock(at=1000.0)
    clock = hand.steady()
    assert clock.now() == 1_000_000
    hand.at -= 3600
    hand.passed += 2
    assert clock.now() == 1_002_000
    hand.passed += 3
    assert clock.now() == 1_005_000


def test_a_clock_set_forward_is_followed() -> None:
    hand = HandClock(at=1000.0)
    clock = hand.steady()
    hand.at += 3600
    assert clock.now() == 4_600_000


def test_a_clock_that_is_behind_what_was_written_starts_there() -> None:
    hand = HandClock(at=1000.0)
    clock = hand.steady()
    clock.at_least(5_000_000)
    hand.passed += 1
    assert clock.now() == 5_001_000


def test_a_clock_that_is_asked_often_is_no_slower() -> None:
    hand = HandClock(at=1000.0)
    clock = hand.steady()
    clock.at_least(4_070_908_800_000)
    for _ in range(1000):
        hand.passed += 0.0019
        clock.now()
    assert clock.now() == pytest.approx(4_070_908_801_900, abs=1)


def test_after_a_day_in_2099_every_countdown_still_runs(room: Room) -> None:
    room.clock.at += 73 * 365 * 86_400
    room.facilitator.open_round(1, minutes=1)
    room.facilitator.close()
    today = HandClock()
    again = Store(room.store.engine, today.steady())
    created, key = again.create(Plan(title="Today"), room.question)
    act = Facilitator(again, created.id, key)
    act.open_round(1, minutes=2)
    today.wait(60)
    assert read_pulse(again, created.id).seconds_left == 60
    today.wait(64)
    assert not read_pulse(again, created.id).workshop.takes_ballots
    assert verify(again, created.id).faults == ()


def test_a_countdown_of_a_computer_whose_clock_is_ahead_runs_on_the_others(room: Room) -> None:
    behind = HandClock(at=room.clock.at - 3600)
    other = Store(open_database(room.store.engine.url))
    # As it would be if both had started before anything was written.
    other.clock = behind.steady()
    room.clock.wait(3600)
    room.facilitator.open_round(1, minutes=2)
    assert read_pulse(other, room.workshop).seconds_left == 120
    behind.wait(30)
    assert read_pulse(other, room.workshop).seconds_left == 90
    behind.wait(94)
    assert not read_pulse(other, room.workshop).workshop.takes_ballots
    assert verify(other, room.workshop).faults == ()
    other.engine.dispose()


def test_the_real_clock_moves() -> None:
    clock = SteadyClock()
    first = clock.now()
    assert clock.now() >= first > 1_700_000_000_000


def test_a_clock_set_back_neither_opens_nor_stops_a_round(room: Room) -> None:
    room.facilitator.open_round(1, minutes=2)
    person = room.joins()
    room.clock.at -= 7200
    room.clock.passed += 60
    assert read_pulse(room.store, room.workshop).seconds_left == 60
    assert room.votes(person, 100, 30).revision == 1
    room.clock.passed += 64
    assert not read_pulse(room.store, room.workshop).workshop.takes_ballots
    room.clock.at -= 7200
    with pytest.raises(RefusedError, match="round 1 is closed"):
        room.votes(person, 30, 100)
    assert verify(room.store, room.workshop).faults == ()


def test_a_restart_with_an_earlier_clock_keeps_the_order(voting: Room) -> None:
    person = voting.joins()
    earlier = HandClock(at=voting.clock.at - 86_400)
    again = Store(voting.store.engine, earlier.steady())
    room = Room(again, voting.question, voting.facilitator, voting.workshop, earlier)
    room.votes(person, 100, 30)
    times = [event.at for event in again.events(voting.workshop)]
    assert times == sorted(times)
    assert verify(again, voting.workshop).faults == ()


# ------------------------------------------------------------------------------ versions


def test_the_migrations_make_the_tables_that_the_program_uses(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []


def later_migrations(folder: Path, statement: str) -> Path:
    """The migrations of a version after this one."""
    copied = folder / "migrations"
    shutil.copytree(MIGRATIONS, copied)
    (copied / "versions" / "v9999_later.py").write_text(
        f'"""Later."""\nfrom alembic import op\n'
        f'revision = "9999"\ndown_revision = "0001"\nbranch_labels = None\ndepends_on = None\n'
        f"def upgrade() -> None:\n    op.execute({statement!r})\n",
        encoding="utf-8",
    )
    return copied


def test_a_database_of_an_earlier_version_is_brought_up_to_date(
    voting: Room, tmp_path: Path
) -> None:
    voting.votes(voting.joins(), 100, 30)
    later = later_migrations(tmp_path, "ALTER TABLE workshop ADD COLUMN colour TEXT DEFAULT 'red'")
    bring_up_to_date(voting.store.engine, later)
    with voting.store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT colour FROM workshop").scalar() == "red"
    assert verify(voting.store, voting.workshop).faults == ()
    if voting.store.engine.dialect.name == "sqlite":
        file = Path(str(voting.store.engine.url.database))
        copy = file.with_name(f"{file.name}.before-0001")
        assert copy.stat().st_mode & 0o077 == 0
        before = Store(open_database(sqlite_url(copy)))
        assert verify(before, voting.workshop).ballots == 1
        before.engine.dispose()


@on_sqlite
def test_a_disk_that_is_full_before_a_migration_is_said_and_leaves_no_half_copy(
    voting: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = later_migrations(tmp_path, "ALTER TABLE workshop ADD COLUMN colour TEXT")
    copy = Path(f"{voting.store.engine.url.database}.before-0001")

    class Full:
        """A way to a database on a disk that is full after a few pages."""

        def cursor(self) -> Full:
            return self

        def execute(self, *_: object) -> None:
            copy.write_bytes(b"half")
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

        def close(self) -> None: ...

    ways = iter([voting.store.engine.raw_connection, Full])

    def next_way() -> object:
        return next(ways)()

    monkeypatch.setattr(voting.store.engine, "raw_connection", next_way)
    with pytest.raises(RefusedError, match="the disk is full"), storage_faults_said("there"):
        bring_up_to_date(voting.store.engine, later)
    monkeypatch.undo()
    assert not copy.exists()
    assert verify(voting.store, voting.workshop).faults == ()


@on_sqlite
def test_a_copy_is_never_open_to_others(
    voting: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later, modes = later_migrations(tmp_path, "SELECT 1"), []
    copy = Path(f"{voting.store.engine.url.database}.before-0001")

    @sa.event.listens_for(voting.store.engine, "checkin")
    def _(*_: object) -> None:
        modes.append(copy.stat().st_mode & 0o777)

    monkeypatch.setattr(Path, "chmod", lambda *_: pytest.fail("too late"))
    bring_up_to_date(voting.store.engine, later)
    assert set(modes) == {0o600}


def test_tables_of_another_program_are_left_alone(url: URL) -> None:
    if url.get_backend_name() == "sqlite":
        Path(str(url.database)).parent.mkdir(parents=True)
    other = sa.create_engine(url)
    with other.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE event (theirs TEXT)")
    with pytest.raises(RefusedError, match=r"tables of another program \(event\)"):
        open_database(url)
    with other.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["event"]
    other.dispose()


def test_a_migration_that_fails_leaves_everything_as_it_was(voting: Room, tmp_path: Path) -> None:
    voting.votes(voting.joins(), 100, 30)
    later = later_migrations(tmp_path, "ALTER TABLE nothing ADD COLUMN colour TEXT")
    with pytest.raises(sa.exc.DBAPIError):
        bring_up_to_date(voting.store.engine, later)
    again = Store(open_database(voting.store.engine.url))
    assert verify(again, voting.workshop).faults == ()
    again.engine.dispose()


def test_a_database_of_a_later_version_is_refused_and_left_alone(
    voting: Room, tmp_path: Path
) -> None:
    bring_up_to_date(
        voting.store.engine,
        later_migrations(tmp_path, "ALTER TABLE workshop ADD COLUMN colour TEXT"),
    )
    with pytest.raises(RefusedError) as refused:
        open_database(voting.store.engine.url)
    assert refused.value.kind == "version"
    assert "later version of Counterweight (its tables: 9999)" in refused.value.sentence
    with voting.store.engine.connect() as connection:
        revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    assert revision == "9999"


def test_replicas_that_start_together_migrate_once(url: URL) -> None:
    def start(_: int) -> int:
        engine = open_database(url)
        with engine.connect() as connection:
            found = connection.scalar(sa.select(sa.func.count()).select_from(schema.workshop))
        engine.dispose()
        return found or 0

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(start, range(6))) == [0] * 6


def test_two_processes_on_one_database_see_each_other(voting: Room, minimal: Question) -> None:
    other = Store(open_database(voting.store.engine.url), voting.clock.steady())
    there = Room(other, minimal, voting.facilitator, voting.workshop, voting.clock)

    def votes(n: int) -> None:
        room = (voting, there)[n % 2]
        room.votes(room.joins("north"), 100, 30)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(votes, range(24)))
    assert read_pulse(other, voting.workshop).voted == 24
    assert verify(other, voting.workshop).faults == ()
    created, _ = other.create(Plan(title="From there"), minimal)
    assert created in voting.store.workshops()
    other.engine.dispose()


# ------------------------------------------------------------------------------ where it is


def test_the_variables_name_the_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("COUNTERWEIGHT_DATA", str(tmp_path / "data"))
    assert database_url().database == str(tmp_path / "data" / "workshops.sqlite")
    monkeypatch.setenv("DATABASE_URL", "postgresql://ann:secret@example.org/name")
    assert database_url().drivername == "postgresql+psycopg"
    assert "secret" not in database.shown_url(database_url())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nonsense", "is no address of a database"),
        ("mysql://host/name", "names 'mysql'"),
        ("sqlite://", "names 'sqlite'"),
        ("sqlite:///:memory:", "names 'sqlite'"),
    ],
)
def test_what_names_no_database_is_said(
    text: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", text)
    with pytest.raises(InputError, match=words):
        database_url()


def test_a_process_opens_its_store_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("COUNTERWEIGHT_DATA", str(tmp_path))
    first = opened()
    assert opened() is first
    first.store.engine.dispose()


def test_a_database_that_cannot_be_opened_holds_everybody_up_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("COUNTERWEIGHT_DATA", str(tmp_path))
    tried, together = [], threading.Barrier(12)

    def away(_: URL) -> sa.Engine:
        tried.append(1)
        time.sleep(0.2)
        raise RefusedError("storage", "there", "the database does not answer", "start it")

    def ask(_: int) -> str:
        together.wait()
        with pytest.raises(RefusedError) as refused:
            opened()
        return refused.value.kind

    with monkeypatch.context() as patch:
        patch.setattr(opened_module, "open_database", away)
        with ThreadPoolExecutor(12) as pool:
            assert list(pool.map(ask, range(12))) == ["storage"] * 12
    assert len(tried) <= 2
    opened().store.engine.dispose()
