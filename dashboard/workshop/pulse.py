"""What may be known of workshops at any moment: one query a second, however many look."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping

from dashboard.workshop import rounds, schema
from dashboard.workshop.records import GroupCount, Pulse
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.store import Store, as_workshop, round_columns, with_latest_round

FRESH_SECONDS = 1.0
_WATCHED_SECONDS = 60.0


class Pulses:
    """The state and the counts of the workshops that somebody looks at, at most a second old.

    All of them are read with one statement, and read again only when somebody asks.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._closing = threading.Lock()
        self._asked_at: dict[str, float] = {}
        self._read_at = float("-inf")
        self._kept: dict[str, Pulse] = {}
        self._fault: RefusedError | None = None
        self.queries = 0

    def of(self, workshop: str) -> Pulse:
        """How a workshop stands.

        Raises
        ------
        RefusedError : there is no such workshop, or the database does not answer.
        """
        # Asked before waiting: who waited while it was read is served by what was read, so that
        # a slow database holds everybody up once and not once for each.
        asked_at = time.monotonic()
        with self._lock:
            self._asked_at[workshop] = asked_at
            stale = asked_at - self._read_at >= FRESH_SECONDS
            if stale or (self._fault is None and workshop not in self._kept):
                self._read()
            if self._fault is not None:
                raise self._fault
            found = self._kept.get(workshop)
        if found is None:
            raise RefusedError("unknown", "workshop", "there is no such workshop", "check the code")
        return self._closed_if_due(found)

    def look_again(self) -> None:
        """Something was just changed here: the next who asks is to see it."""
        with self._lock:
            self._read_at = float("-inf")

    def _closed_if_due(self, found: Pulse) -> Pulse:
        """Closing waits for other writers: one who looks does it, and the others go on."""
        if not rounds.is_due(found.workshop, found.now):
            return found
        if not self._closing.acquire(blocking=False):
            return found
        try:
            closed = _closed_if_due(self._store, found)
        finally:
            self._closing.release()
        if closed != found:
            self.look_again()
        return closed

    def _read(self) -> None:
        began = time.monotonic()
        watched = [
            workshop for workshop, at in self._asked_at.items() if began - at < _WATCHED_SECONDS
        ]
        self.queries += 1
        self._kept, self._fault = {}, None
        try:
            self._kept = _look(self._store, watched)
        except RefusedError as refused:
            # A failure is news like any other: for a second everybody is told the same.
            self._fault, began = refused, time.monotonic()
        self._read_at = began
        if self._fault is None:
            # Those that are not there are not asked for again and again.
            self._asked_at = {k: self._asked_at[k] for k in watched if k in self._kept}


def read_pulses(store: Store, workshops: list[str]) -> dict[str, Pulse]:
    """How several workshops stand, by id, with one statement; those that are gone are left out."""
    found = _look(store, workshops)
    return {identifier: _closed_if_due(store, pulse) for identifier, pulse in found.items()}


def _look(store: Store, workshops: list[str]) -> dict[str, Pulse]:
    with store.reading() as connection:
        rows = connection.execute(_query(workshops)).mappings().all()
    for row in rows:
        store.clock.at_least(row["last_at"])
    now = store.clock.now()
    by_workshop: dict[str, list[RowMapping]] = {}
    for row in rows:
        by_workshop.setdefault(row["id"], []).append(row)
    return {identifier: _pulse(its_rows, now) for identifier, its_rows in by_workshop.items()}


def read_pulse(store: Store, workshop: str) -> Pulse:
    """How a workshop stands at this moment, read for this one call."""
    return Pulses(store).of(workshop)


def _pulse(rows: list[RowMapping], now: int) -> Pulse:
    counts = tuple(
        GroupCount(row["group_id"], row["joined"], row["voted"] or 0, row["simulated"] or 0)
        for row in rows
        if row["group_id"] is not None
    )
    return Pulse(as_workshop(rows[0]), counts, now)


def _closed_if_due(store: Store, pulse: Pulse) -> Pulse:
    """A round that cannot be closed now is shown as it is, at the end of its time."""
    with suppress(RefusedError):
        return replace(pulse, workshop=rounds.close_if_due(store, pulse.workshop, pulse.now))
    return pulse


def _query(workshops: list[str]) -> sa.Select[tuple[object, ...]]:
    """One row for each group of each workshop; a workshop that nobody joined has one row."""
    table, people = schema.workshop, schema.participant
    has_voted = sa.and_(people.c.voted_round == table.c.round, table.c.round > 0)
    counted = (
        sa.select(
            people.c.workshop,
            people.c.group_id,
            sa.func.count().label("joined"),
            sa.func.sum(sa.case((has_voted, 1), else_=0)).label("voted"),
            sa.func.sum(sa.case((people.c.simulated, 1), else_=0)).label("simulated"),
        )
        .join(table, table.c.id == people.c.workshop)
        .where(people.c.workshop.in_(workshops))
        .group_by(people.c.workshop, people.c.group_id)
        .subquery()
    )
    columns = [column for column in table.c if column.name != "round"]
    counts = [counted.c.group_id, counted.c.joined, counted.c.voted, counted.c.simulated]
    return (
        sa.select(*columns, *round_columns(), *counts)
        .select_from(with_latest_round().outerjoin(counted, counted.c.workshop == table.c.id))
        .where(table.c.id.in_(workshops), table.c.state != "deleted")
        .order_by(table.c.id, counted.c.group_id)
    )
