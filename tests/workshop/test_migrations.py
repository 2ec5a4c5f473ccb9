"""Databases of earlier and later versions, and several processes on one."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine import URL

from dashboard.model.question import Question
from dashboard.workshop import database, schema
from dashboard.workshop.database import (
    open_database,
    sqlite_url,
    storage_faults_said,
)
from dashboard.workshop.migrate import bring_up_to_date
from dashboard.workshop.pulse import read_pulse
from dashboard.workshop.records import Plan
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.store import Store
from dashboard.workshop.verification import verify
from tests.workshop.conftest import Room, on_sqlite

MIGRATIONS = Path(database.__file__).with_name("migrations")


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


def test_processes_that_make_the_same_file_wait_for_each_other(tmp_path: Path) -> None:
    """SQLite itself refuses some of them at once, so it takes many files to see it."""
    together = threading.Barrier(8)

    def start(file: Path) -> str:
        together.wait(30)
        engine = open_database(sqlite_url(file))
        with engine.connect() as connection:
            found = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one())
        engine.dispose()
        return found

    with ThreadPoolExecutor(8) as pool:
        for number in range(60):
            file = tmp_path / f"{number}.sqlite"
            assert list(pool.map(start, [file] * 8)) == ["wal"] * 8
