"""Deleting for good: what people said goes, the log keeps that something was there."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from dashboard.workshop import event_log, schema
from dashboard.workshop.canonical import canonical
from dashboard.workshop.codes import new_code
from dashboard.workshop.database import storage_faults_said
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
    others = sa.select(sa.func.count()).where(
        table.c.fingerprint == fingerprint, table.c.state != "deleted"
    )
    if not connection.scalar(others):
        copies = schema.question_copy
        connection.execute(sa.delete(copies).where(copies.c.fingerprint == fingerprint))


def overwrite_what_was_deleted(store: Store) -> None:
    """Let SQLite's side file go too: it still holds pages from before a deletion."""
    if store.engine.dialect.name != "sqlite":
        return
    with storage_faults_said(store.where):
        connection = store.engine.raw_connection()
        try:
            # Where somebody reads at this moment, the file is cut at the next occasion.
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
