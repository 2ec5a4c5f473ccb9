"""Bringing a database up to this version's tables, by Alembic."""

from __future__ import annotations

import glob
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.engine import Connection, Engine

from dashboard.workshop import schema
from dashboard.workshop.refusals import RefusedError

_SCRIPTS = Path(__file__).with_name("migrations")
_LOCK = 0x436F756E74  # any number will do, as long as all replicas ask for the same


def bring_up_to_date(engine: Engine, scripts: Path = _SCRIPTS) -> None:
    """Run the migrations that a database has not seen, all of them or none.

    A file of SQLite that holds something already is copied beside itself first. On PostgreSQL
    replicas that start together wait for each other.

    Raises
    ------
    RefusedError : the database was made by a later version of this program. It is left untouched.
    """
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    directory = ScriptDirectory.from_config(config)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        found = MigrationContext.configure(connection).get_current_revision()
        if found == directory.get_current_head():
            return
        if found is None:
            _refuse_other_tables(connection, str(engine.url.database))
        else:
            _refuse_a_later_version(directory, found, str(engine.url.database))
            _keep_a_copy(connection, found)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _refuse_a_later_version(directory: ScriptDirectory, found: str, where: str) -> None:
    known = {script.revision for script in directory.walk_revisions()}
    if found not in known:
        what = f"the database was made by a later version of Counterweight (its tables: {found})"
        remedy = "update Counterweight, or name another folder with COUNTERWEIGHT_DATA"
        raise RefusedError("version", where, what, remedy)


def _refuse_other_tables(connection: Connection, where: str) -> None:
    """Tables of our names that we did not make are somebody else's."""
    others = set(inspect(connection).get_table_names()) & schema.metadata.tables.keys()
    if others:
        what = f"the database has tables of another program ({', '.join(sorted(others))})"
        raise RefusedError("version", where, what, "name a database of its own for Counterweight")


def _keep_a_copy(connection: Connection, found: str) -> None:
    """A copy of a SQLite file as it is before a migration: ``workshops.sqlite.before-REVISION``."""
    if connection.dialect.name != "sqlite":
        return
    file = Path(str(connection.engine.url.database))
    copy = file.with_name(f"{file.name}.before-{found}")
    copy.unlink(missing_ok=True)
    copy.touch(mode=0o600)
    # A second connection, outside of any transaction, sees what is committed.
    reader = connection.engine.raw_connection()
    try:
        reader.cursor().execute("VACUUM INTO ?", (str(copy),))
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    finally:
        reader.close()


def copies_of(file: Path) -> list[Path]:
    """The copies that were kept before migrations."""
    return sorted(file.parent.glob(f"{glob.escape(file.name)}.before-*"))
