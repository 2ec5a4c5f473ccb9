"""Opening the database: SQLite in a folder, or PostgreSQL by URL; both brought up to date."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from platformdirs import user_data_path
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, StatementError
from sqlalchemy.pool import ConnectionPoolEntry

from dashboard.model.errors import InputError
from dashboard.workshop.migrate import bring_up_to_date
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.storage_faults import busy, storage_fault

FOLDER_VARIABLE = "COUNTERWEIGHT_DATA"
URL_VARIABLE = "DATABASE_URL"
FILE_NAME = "workshops.sqlite"

_WAIT_FOR_A_LOCK_MS = 5_000
_WAIT_FOR_READERS_MS = 100
_BETWEEN_TRIES = 0.02
_LOCK_TIMEOUT = "10s"
_CONNECTIONS = 8


def database_url() -> URL:
    """Where the workshops are: ``DATABASE_URL``, or a file in the data folder.

    Raises
    ------
    InputError : the variable names no database that this program can use.
    """
    text = os.environ.get(URL_VARIABLE)
    if not text:
        return sqlite_url(data_folder() / FILE_NAME)
    remedy = "write sqlite:////path/to/file or postgresql://user:password@host/name"
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise InputError.one(URL_VARIABLE, None, "is no address of a database", remedy) from error
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        return url.set(drivername="sqlite")
    what = f"names {url.get_backend_name()!r}, not a file of SQLite or a PostgreSQL"
    raise InputError.one(URL_VARIABLE, None, what, remedy)


def data_folder() -> Path:
    """``COUNTERWEIGHT_DATA``, or the place that the system has for programs' data."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named).expanduser().resolve() if named else user_data_path("counterweight")


def sqlite_url(file: Path) -> URL:
    return URL.create("sqlite", database=str(file))


def shown_url(url: URL) -> str:
    """For the terminal: a path, or an address without its password."""
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string()


def open_database(url: URL) -> Engine:
    """A database whose tables are those of this version.

    Raises
    ------
    RefusedError : it cannot be made, read or written, or belongs to a later version. It is left
        as it was found.
    """
    with storage_faults_said(shown_url(url)):
        engine = _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)
        try:
            bring_up_to_date(engine)
        except BaseException:
            engine.dispose()
            raise
    return engine


def _sqlite(url: URL) -> Engine:
    file = Path(str(url.database))
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not file.exists():
        # Nobody else's account may read ballots. SQLite gives its side files the same rights.
        file.touch(mode=0o600)
    engine = sa.create_engine(
        url,
        pool_size=_CONNECTIONS,
        max_overflow=40,
        # What people said is in no message of an error.
        hide_parameters=True,
        connect_args={"check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _(connection: Any, _: ConnectionPoolEntry) -> None:
        # Python's own idea of when a transaction begins is switched off; ours is below.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {_WAIT_FOR_A_LOCK_MS}",
            # What was confirmed outlasts a power cut, not only the end of the process.
            "synchronous = FULL",
            "foreign_keys = ON",
            # What is deleted is overwritten.
            "secure_delete = ON",
            # What is sorted is not spilled into files of its own.
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")
        _write_ahead(connection)

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        # A transaction that first reads and then writes would otherwise fail half-way when
        # another one wrote in between.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Have SQLite write into its side file first (WAL), so that readers and a writer go together.

    Where several switch a new file at once, SQLite refuses at once, whatever time it was given to
    wait; so the waiting is done here.
    """
    until = time.monotonic() + _WAIT_FOR_A_LOCK_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            is_held = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not is_held or time.monotonic() >= until:
                raise
            time.sleep(_BETWEEN_TRIES)
        else:
            return


def insert(connection: Connection, table: sa.Table) -> Any:
    """An insert that can say what to do with a row that is there; SQL has no word for it."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)


def cut_side_file(engine: Engine) -> bool:
    """Move what stands in SQLite's side file into the file, and cut it to nothing; False where
    that is not to be had now, since somebody reads what it holds."""
    connection = engine.raw_connection()
    try:
        cursor: Any = connection.cursor()
        # Nobody can write meanwhile.
        cursor.execute(f"PRAGMA busy_timeout = {_WAIT_FOR_READERS_MS}")
        try:
            read_by_others, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not read_by_others
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {_WAIT_FOR_A_LOCK_MS}")
    finally:
        connection.close()


def _postgresql(url: URL) -> Engine:
    return sa.create_engine(
        url,
        pool_size=_CONNECTIONS,
        max_overflow=40,
        pool_pre_ping=True,
        hide_parameters=True,
        # What was waited for is to be seen, whatever the server's own default is.
        isolation_level="READ COMMITTED",
        connect_args={
            "connect_timeout": 10,
            # A server whose cable was pulled answers nothing at all.
            "tcp_user_timeout": 10_000,
            "options": f"-c lock_timeout={_LOCK_TIMEOUT}",
        },
    )


@contextmanager
def storage_faults_said(where: str) -> Iterator[None]:
    """Turn what a database or a file system complains of into one sentence for people.

    What this program did wrong (a broken statement, a broken constraint) stays loud.

    Raises
    ------
    RefusedError : ``busy`` or ``storage``; ``answers`` for a text that no column takes.
    """
    try:
        yield
    except sa.exc.TimeoutError as error:
        raise busy(where) from error
    except DBAPIError as error:
        said = storage_fault(where, error.orig, lost=error.connection_invalidated)
        if said is None:
            raise
        raise said from error
    except StatementError as error:
        if isinstance(error.orig, RefusedError):
            raise error.orig from None
        raise
    except sqlite3.Error as error:
        said = storage_fault(where, error)
        if said is None:
            raise
        raise said from error
    except NoSuchModuleError as error:
        what, remedy = "the driver of this database is missing", "install psycopg"
        raise RefusedError("storage", where, what, remedy) from error
    except OSError as error:
        what = f"the folder cannot be written ({(error.strerror or str(error)).lower()})"
        remedy = f"make it writable, or name another with {FOLDER_VARIABLE}"
        raise RefusedError("storage", where, what, remedy) from error
