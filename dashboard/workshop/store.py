"""The store: workshops in a database, with their questions, rounds, people, ballots and log.

Facilitators act through ``Facilitator`` (facilitator.py), participants through the functions of
``voting.py``; what needs no right at all is here. Every change and its row in the log are one
transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, RowMapping

from dashboard.model.question import Question
from dashboard.workshop import event_log, question_copies, schema
from dashboard.workshop.canonical import canonical
from dashboard.workshop.codes import key_hash, new_code, new_identifier, new_key
from dashboard.workshop.database import cut_side_file, insert, shown_url, storage_faults_said
from dashboard.workshop.queue_lock import QueueLock
from dashboard.workshop.records import Event, Plan, Round, Workshop
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.steady_clock import SteadyClock
from dashboard.workshop.storage_faults import busy

_SECRET_BYTES = 32
_LONGEST_WAIT_SECONDS = 10.0


class Store:
    """One database, and this process's way to it. Safe to use from many threads."""

    def __init__(self, engine: Engine, clock: SteadyClock | None = None) -> None:
        self.engine = engine
        self.where = shown_url(engine.url)
        self.clock = clock or SteadyClock()
        # SQLite takes one writer at a time, and on PostgreSQL those of a workshop wait for each
        # other. Waiting here is in turn, does not poll, and holds no connection.
        self.writers = QueueLock()
        self._side_file_is_owed = False
        self._questions: dict[str, Question] = {}
        self._ids: dict[str, str] = {}
        with self.reading() as connection:
            latest = connection.scalar(sa.select(sa.func.max(schema.workshop.c.last_at)))
        self.clock.at_least(latest or 0)
        if engine.dialect.name == "sqlite":
            # A process that was killed may have deleted something just before.
            self.cut_side_file()

    # ------------------------------------------------------------------ transactions

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of everything.

        Raises
        ------
        RefusedError : the database is locked or away.
        """
        with storage_faults_said(self.where), self.engine.connect() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is written whole, or not at all.

        Raises
        ------
        RefusedError : the database is locked, full, read-only or away.
        """
        with ExitStack() as stack:
            stack.enter_context(storage_faults_said(self.where))
            if not self.writers.acquire(_LONGEST_WAIT_SECONDS):
                raise busy(self.where)
            stack.callback(self.writers.release)
            connection = stack.enter_context(self.engine.connect()).execution_options(writes=True)
            stack.enter_context(connection.begin())
            yield connection
        if self._side_file_is_owed:
            self.cut_side_file()

    def cut_side_file(self) -> None:
        """Move SQLite's side file into its file, and leave nothing of it; or after a later write,
        while others read."""
        self._side_file_is_owed = True
        # What was written is written; a disk that fails is said to whoever writes next.
        with suppress(RefusedError), storage_faults_said(self.where):
            self._side_file_is_owed = not cut_side_file(self.engine)

    def held(self, connection: Connection, identifier: str) -> RowMapping:
        """The row of a workshop that is there, locked until the transaction ends.

        Raises
        ------
        RefusedError : there is none, or it was deleted.
        """
        query = sa.select(schema.workshop).where(schema.workshop.c.id == identifier)
        held = _there(connection.execute(query.with_for_update()).mappings().one_or_none())
        # Another computer's clock may be ahead: no countdown of theirs is to stand still here.
        self.clock.at_least(held["last_at"])
        return held

    def row(self, connection: Connection, identifier: str) -> RowMapping:
        """The row of a workshop that is there; errors as ``held``."""
        query = sa.select(schema.workshop).where(schema.workshop.c.id == identifier)
        return _there(connection.execute(query).mappings().one_or_none())

    # ------------------------------------------------------------------ workshops

    def create(self, plan: Plan, question: Question) -> tuple[Workshop, str]:
        """A new workshop on a question as it is now, and its facilitator's key.

        The key is given here and never again; only its hash is kept.

        Raises
        ------
        RefusedError : the store cannot be written.
        ValueError : the question carries somebody's own scores, which are no part of its files.
        """
        if question.overrides:
            raise ValueError("a workshop is on the scores of the question's files")
        identifier, code, key = new_identifier(), new_code(), new_key()
        now = self.clock.now()
        with self.writing() as connection:
            question_copies.keep(connection, question, now)
            row = {
                "id": identifier,
                "code": code,
                "state": "open",
                "plan": canonical(plan.model_dump(mode="json")),
                "fingerprint": question.fingerprint,
                "key_hash": key_hash(identifier, key),
                "created_at": now,
                "last_at": now,
                "round": 0,
                "events": 0,
                "head": event_log.NOTHING_BEFORE,
            }
            connection.execute(sa.insert(schema.workshop).values(row))
            created = {
                "plan": event_log.text_hash(str(row["plan"])),
                "question": question.fingerprint,
            }
            held = self.held(connection, identifier)
            event_log.append(connection, held, "created", now, created)
            # Read here: who could not read it afterwards would never see the key.
            made = self._found(connection, identifier)
        return made, key

    def workshops(self) -> tuple[Workshop, ...]:
        """All that were not deleted, the newest first."""
        table = schema.workshop
        query = _with_round().where(table.c.state != "deleted")
        query = query.order_by(table.c.created_at.desc(), table.c.id)
        with self.reading() as connection:
            return tuple(as_workshop(row) for row in connection.execute(query).mappings())

    def workshop(self, identifier: str) -> Workshop:
        """One workshop, deleted ones too: their log is still there.

        Raises
        ------
        RefusedError : there is none.
        """
        with self.reading() as connection:
            return self._found(connection, identifier)

    def _found(self, connection: Connection, identifier: str) -> Workshop:
        query = _with_round().where(schema.workshop.c.id == identifier)
        row = connection.execute(query).mappings().one_or_none()
        if row is None:
            raise _unknown()
        return as_workshop(row)

    def identifier_of(self, code: str) -> str | None:
        """The id of the workshop that has a code (as ``plain_code`` gives it); None for none."""
        if code not in self._ids:
            table = schema.workshop
            query = sa.select(table.c.id).where(table.c.code == code, table.c.state != "deleted")
            with self.reading() as connection:
                found = connection.scalar(query)
            if found is None:
                return None
            self._ids[code] = str(found)
        return self._ids[code]

    def forget(self, identifier: str) -> None:
        """A workshop is gone: its code leads nowhere from now on."""
        # A copy: others may be looking codes up at this moment.
        known = self._ids.copy()
        self._ids = {code: found for code, found in known.items() if found != identifier}

    def question(self, fingerprint: str) -> Question:
        """The question as it was when a workshop was made on it.

        Raises
        ------
        RefusedError : no workshop is on such a question, or the last one was just deleted.
        """
        if fingerprint not in self._questions:
            with self.reading() as connection:
                found = question_copies.read(connection, fingerprint)
            if found is None:
                raise _unknown()
            self._questions[fingerprint] = found
        return self._questions[fingerprint]

    def replace_key(self, identifier: str) -> str:
        """A new facilitator's key in place of the old one, which is worth nothing from then on.

        Raises
        ------
        RefusedError : there is no such workshop, or the store cannot be written.
        """
        key, table = new_key(), schema.workshop
        with self.writing() as connection:
            held = self.held(connection, identifier)
            change = sa.update(table).where(table.c.id == identifier)
            connection.execute(change.values(key_hash=key_hash(identifier, key)))
            event_log.append(connection, held, "key-replaced", self.clock.now(), {})
        return key

    def address(self, identifier: str) -> str:
        """Where phones find this workshop, as its facilitator chose; empty before that."""
        table = schema.workshop
        with self.reading() as connection:
            return (
                connection.scalar(sa.select(table.c.address).where(table.c.id == identifier)) or ""
            )

    def events(self, identifier: str) -> tuple[Event, ...]:
        """The log of a workshop, in order."""
        with self.reading() as connection:
            return event_log.read(connection, identifier)

    def secret(self, name: str) -> bytes:
        """Random bytes that this database keeps under a name, made when first asked for."""
        table = schema.secret
        query = sa.select(table.c.value).where(table.c.name == name)
        with self.reading() as connection:
            found = connection.scalar(query)
        if found is None:
            made = {"name": name, "value": secrets.token_bytes(_SECRET_BYTES)}
            with self.writing() as connection:
                # Another process may make it in between; then theirs counts.
                connection.execute(insert(connection, table).values(made).on_conflict_do_nothing())
                found = connection.scalar(query)
        if not found:
            # Nothing may ever be signed with an empty secret.
            raise AssertionError("what was just kept is there")
        return bytes(found)


def as_workshop(row: RowMapping) -> Workshop:
    """A row of ``_with_round`` as a record."""
    current = None
    if row["number"] is not None:
        current = Round(
            row["number"],
            row["opened_at"],
            row["closes_at"],
            row["closed_at"],
            row["revealed_at"],
        )
    return Workshop(
        id=row["id"],
        code=row["code"],
        plan=Plan.model_validate_json(row["plan"]),
        state=row["state"],
        fingerprint=row["fingerprint"],
        created_at=row["created_at"],
        round=current,
        events=row["events"],
        head=row["head"],
    )


def round_columns() -> list[sa.ColumnElement[object]]:
    table = schema.round_
    columns = (table.c.number, table.c.opened_at, table.c.closes_at)
    return [*columns, table.c.closed_at, table.c.revealed_at]


def with_latest_round() -> sa.FromClause:
    """Workshops, each beside its latest round or nothing."""
    table, rounds = schema.workshop, schema.round_
    return table.outerjoin(
        rounds, sa.and_(rounds.c.workshop == table.c.id, rounds.c.number == table.c.round)
    )


def _with_round() -> sa.Select[tuple[object, ...]]:
    columns = [column for column in schema.workshop.c if column.name != "round"]
    return sa.select(*columns, *round_columns()).select_from(with_latest_round())


def _there(row: RowMapping | None) -> RowMapping:
    if row is None or row["state"] == "deleted":
        raise _unknown()
    return row


def _unknown() -> RefusedError:
    return RefusedError("unknown", "workshop", "there is no such workshop", "check the code")
