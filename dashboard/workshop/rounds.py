"""When a round takes ballots: one rule, for the phones, the board and the store itself."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from dashboard.workshop import event_log, schema
from dashboard.workshop.records import Round, Workshop
from dashboard.workshop.store import Store

GRACE_MS = 3_000
"""After the countdown's end, for what was sent in its last moment."""


def is_over(current: Round, now: int) -> bool:
    """Closed by somebody, or its time has run out."""
    due = current.closes_at is not None and now >= current.closes_at + GRACE_MS
    return current.closed_at is not None or due


def is_due(workshop: Workshop, now: int) -> bool:
    """Open, while its time has run out."""
    current = workshop.round
    if workshop.state != "open" or current is None or current.closed_at is not None:
        return False
    return is_over(current, now)


def latest(connection: Connection, held: RowMapping) -> Round | None:
    """The latest round of a workshop; None before the first."""
    table = schema.round_
    query = sa.select(
        table.c.number, table.c.opened_at, table.c.closes_at, table.c.closed_at, table.c.revealed_at
    ).where(table.c.workshop == held["id"], table.c.number == held["round"])
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else Round(**row)


def change(connection: Connection, workshop: str, number: int, **columns: int | None) -> None:
    """Write what has become of a round."""
    table = schema.round_
    at = sa.and_(table.c.workshop == workshop, table.c.number == number)
    connection.execute(sa.update(table).where(at).values(**columns))


def close_if_due(store: Store, workshop: Workshop, now: int) -> Workshop:
    """Close a round whose time has run out, once, whoever notices first."""
    if not is_due(workshop, now):
        return workshop
    with store.writing() as connection:
        held = store.held(connection, workshop.id)
        found = latest(connection, held)
        if found is not None and found.closed_at is None and is_over(found, now):
            at = event_log.moment(held, now)
            change(connection, workshop.id, found.number, closed_at=at)
            closed = {"round": found.number, "by": "countdown"}
            event_log.append(connection, held, "round-closed", at, closed)
    return store.workshop(workshop.id)
