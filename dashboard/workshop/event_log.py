"""The log of a workshop: rows that can be added to, and that show when one was changed.

Each row's hash covers the row and the hash of the row above. Whoever knows the last hash (it is
shown when the workshop closes, and printed in the annex) can tell that no row was changed, taken
out or put in since. The log holds no names and no answers, only commitments to ballots: a hash of
the ballot and of random bytes that are kept beside it and deleted with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from dashboard.workshop import schema
from dashboard.workshop.canonical import canonical
from dashboard.workshop.records import Event

NOTHING_BEFORE = "0" * 64


def append(
    connection: Connection, held: RowMapping, kind: str, now: int, payload: Mapping[str, Any]
) -> str:
    """Add a row; give the new head. ``held`` is the workshop's row, locked in this transaction."""
    return append_all(connection, held, now, [(kind, payload)])


def append_all(
    connection: Connection,
    held: RowMapping,
    now: int,
    happened: Sequence[tuple[str, Mapping[str, Any]]],
) -> str:
    """Add several rows of one moment."""
    at = moment(held, now)
    head, seq, rows = str(held["head"]), int(held["events"]), []
    for kind, payload in happened:
        seq += 1
        row = {
            "workshop": held["id"],
            "seq": seq,
            "kind": kind,
            "at": at,
            "payload": canonical(payload),
            "previous": head,
        }
        head = row_hash(row)
        rows.append({**row, "hash": head})
    connection.execute(sa.insert(schema.event), rows)
    connection.execute(
        sa.update(schema.workshop)
        .where(schema.workshop.c.id == held["id"])
        .values(events=seq, head=head, last_at=at)
    )
    return head


def moment(held: RowMapping, now: int) -> int:
    """The time that a row of the log gets; what it tells of carries the same."""
    return max(now, int(held["last_at"]))


def row_hash(row: Mapping[str, Any]) -> str:
    """SHA-256 over a row without its hash."""
    covered = [row[name] for name in ("workshop", "seq", "kind", "at", "payload", "previous")]
    return hashlib.sha256(canonical(covered).encode()).hexdigest()


def read(connection: Connection, workshop: str) -> tuple[Event, ...]:
    """The whole log, in order."""
    table = schema.event
    rows = connection.execute(
        sa.select(table).where(table.c.workshop == workshop).order_by(table.c.seq)
    ).mappings()
    return tuple(Event(**row) for row in rows)


def breaks(events: Sequence[Event], head: str, count: int) -> tuple[str, ...]:
    """What is wrong with a chain, in words; nothing for one that holds.

    ``head`` and ``count`` are what the workshop's own row says of its log.
    """
    found, previous = [], NOTHING_BEFORE
    for place, event in enumerate(events, start=1):
        if event.seq != place:
            found.append(f"row {place} is missing")
            break
        if event.previous != previous:
            found.append(f"row {place} does not follow the row before it")
        if row_hash(vars(event)) != event.hash:
            found.append(f"row {place} ({event.kind}) was changed")
        previous = event.hash
    if not found and (len(events) != count or previous != head):
        found.append(f"rows are missing at the end: {len(events)} of {count} are there")
    return tuple(found)


def commitment(nonce: bytes, content: Mapping[str, Any]) -> str:
    """What the log says of a ballot: it can be checked with the nonce, and not guessed without."""
    return hashlib.sha256(nonce + canonical(content).encode()).hexdigest()


def text_hash(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
