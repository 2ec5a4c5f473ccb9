"""What a database complains of is told apart: what its keeper can mend, and what is a bug."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import URL

from dashboard.model.question import Question
from dashboard.workshop import database, schema
from dashboard.workshop.database import (
    open_database,
    storage_faults_said,
)
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.pulse import read_pulse
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.store import Store
from dashboard.workshop.verification import verify
from tests.workshop.conftest import Room, on_postgresql, on_sqlite


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
