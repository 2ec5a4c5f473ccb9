"""Deleting for good: what people said goes, the log keeps that something was there."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from dashboard.workshop import event_log, question_copies, schema
from dashboard.workshop.canonical import canonical
from dashboard.workshop.codes import new_code
from dashboard.workshop.database import storage_faults_said
from dashboard.workshop.migrate import copies_of
from dashboard.workshop.records import Plan
from dashboard.workshop.store import Store

DELETED_TITLE = "Deleted workshop"


def delete_person(
    connection: Connection, held: RowMapping, participant: str, by: str, now: int
) -> int:
    """Take out one person and all their ballots; give how many ballots there were."""
    people, ballots = schema.participant, schema.ballot
    at = sa.and_(people.c.workshop == held["id"], people.c.id == participant)
    tag = connection.scalar(sa.select(people.c.tag).where(at))
    if tag is None:
        return 0
    theirs = sa.and_(ballots.c.workshop == held["id"], ballots.c.participant == participant)
    count = connection.execute(sa.delete(ballots).where(theirs)).rowcount
    connection.execute(sa.delete(people).where(at))
    deleted = {"participant": tag, "ballots": count, "by": by}
    event_log.append(connection, held, "person-deleted", now, deleted)
    return count


def delete_workshop(connection: Connection, held: RowMapping, now: int) -> None:
    """Take out everything of a workshop but its log, which says so in its last row."""
    identifier, fingerprint = held["id"], held["fingerprint"]
    counts = {}
    for table in (schema.ballot, schema.participant, schema.round_):
        gone = connection.execute(sa.delete(table).where(table.c.workshop == identifier))
        counts[table.name] = gone.rowcount
    event_log.append(connection, held, "deleted", now, counts)
    table = schema.workshop
    blank = Plan(title=DELETED_TITLE)
    connection.execute(
        sa.update(table)
        .where(table.c.id == identifier)
        .values(
            state="deleted",
            code=new_code(),
            plan=canonical(blank.model_dump(mode="json")),
            key_hash="",
            address="",
            round=0,
        )
    )
    question_copies.let_go(connection, fingerprint)


def overwrite_what_was_deleted(store: Store) -> None:
    """Let go what still holds a SQLite file's deleted rows: pages of its side file, and copies from
    before migrations. Where somebody reads at this moment, the side file goes after a later write.

    PostgreSQL frees the rows at its next vacuum; its own log and backups are its keeper's.
    """
    if store.engine.dialect.name != "sqlite":
        return
    with storage_faults_said(store.where):
        for copy in copies_of(Path(str(store.engine.url.database))):
            copy.unlink(missing_ok=True)
    store.cut_side_file()
