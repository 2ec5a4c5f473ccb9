"""What a facilitator does. Every act asks for the key again: it may have been replaced."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from dashboard.workshop import event_log, rounds, schema
from dashboard.workshop.codes import fits_key
from dashboard.workshop.deletion import (
    delete_person,
    delete_workshop,
    overwrite_what_was_deleted,
)
from dashboard.workshop.records import Participant, Round
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.store import Store
from dashboard.workshop.voting import as_participant

MOST_MINUTES = 24 * 60


@dataclass(frozen=True)
class Facilitator:
    """Somebody with the key of a workshop. ``number`` is always the round that the screen showed.

    Two facilitators who press the same button do the same thing once: the second finds it done.
    Every method raises ``RefusedError`` where the key does not fit, the workshop does not stand
    where it would have to, or the store cannot be written; then nothing was changed.
    """

    store: Store
    workshop: str
    key: str = field(repr=False)

    def check(self) -> None:
        """See that the key fits."""
        with self.store.reading() as connection:
            self._with_key(self.store.row(connection, self.workshop))

    def open_round(self, number: int, minutes: float | None = None) -> None:
        """Open the round after the latest, ``number``; after ``minutes``, if given, it closes."""
        with self._act() as act:
            current = self._latest(act)
            if current is not None and current.number == number:
                return
            if number != act.held["round"] + 1:
                raise _elsewhere(f"round {number} cannot be opened now")
            if current is not None:
                if not rounds.is_over(current, act.now):
                    raise _elsewhere(f"round {current.number} is still open")
                self._see_it_closed(act, current)
            opened = {"number": number, "opened_at": act.now, "closes_at": act.after(minutes)}
            row = {"workshop": self.workshop, **opened}
            act.connection.execute(sa.insert(schema.round_).values(row))
            self._change(act, round=number)
            act.log("round-opened", round=number, closes_at=opened["closes_at"])

    def set_time(self, number: int, minutes: float | None) -> None:
        """Let the open round close ``minutes`` from now; None: only when somebody closes it."""
        with self._act() as act:
            if rounds.is_over(self._round(act, number), act.now):
                raise _elsewhere(f"round {number} is closed already")
            closes_at = act.after(minutes)
            rounds.change(act.connection, self.workshop, number, closes_at=closes_at)
            act.log("time-set", round=number, closes_at=closes_at)

    def close_round(self, number: int) -> None:
        """Take no more ballots in this round."""
        with self._act() as act:
            self._see_it_closed(act, self._round(act, number))

    def reopen_round(self, number: int, minutes: float | None = None) -> None:
        """Take ballots again; not after the reveal, since then people know what others said."""
        with self._act() as act:
            current = self._round(act, number)
            if current.is_revealed:
                raise _elsewhere(f"round {number} is revealed; open the next round instead")
            if rounds.is_over(current, act.now):
                self._see_it_closed(act, current)
                again: dict[str, int | None] = {"closed_at": None, "closes_at": act.after(minutes)}
                rounds.change(act.connection, self.workshop, number, **again)
                act.log("round-reopened", round=number, closes_at=again["closes_at"])

    def reveal(self, number: int) -> None:
        """Let everybody see what the room said in this round; it has to be closed."""
        with self._act() as act:
            current = self._round(act, number)
            if current.is_revealed:
                return
            if not rounds.is_over(current, act.now):
                raise _elsewhere(f"round {number} is still open; close it first")
            self._see_it_closed(act, current)
            rounds.change(act.connection, self.workshop, number, revealed_at=act.now)
            act.log("revealed", round=number)

    def close(self) -> str:
        """End the workshop, and its open round with it; give the head of the log."""
        with self._act() as act:
            if act.held["state"] != "closed":
                current = rounds.latest(act.connection, act.held)
                if current is not None:
                    self._see_it_closed(act, current)
                self._change(act, state="closed")
                act.log("closed")
        return self.store.workshop(self.workshop).head

    def reopen(self) -> None:
        """Go on with a workshop that was ended."""
        with self._act() as act:
            if act.held["state"] != "open":
                self._change(act, state="open")
                act.log("reopened")

    def set_address(self, address: str) -> None:
        """Keep the address that phones are sent to."""
        with self._act() as act:
            self._change(act, address=address)

    def participants(self) -> tuple[Participant, ...]:
        """Who has joined, in order of joining; not what anybody answered."""
        table = schema.participant
        query = sa.select(table).where(table.c.workshop == self.workshop)
        query = query.order_by(table.c.joined_at, table.c.tag)
        with self.store.reading() as connection:
            self._with_key(self.store.row(connection, self.workshop))
            return tuple(as_participant(row) for row in connection.execute(query).mappings())

    def delete_participant(self, participant: str) -> int:
        """Delete a person and all their ballots for good; give how many ballots there were."""
        with self._act() as act:
            count = delete_person(act.connection, act.held, participant, "facilitator", act.now)
        overwrite_what_was_deleted(self.store)
        return count

    def delete(self) -> None:
        """Delete the workshop for good; only its log stays."""
        with self._act() as act:
            delete_workshop(act.connection, act.held, act.now)
        self.store.forget(self.workshop)
        overwrite_what_was_deleted(self.store)

    # ------------------------------------------------------------------ what they share

    @contextmanager
    def _act(self) -> Iterator[_Act]:
        """A transaction with the key; what was logged in it is written at its end."""
        now = self.store.clock.now()
        with self.store.writing() as connection:
            held = self.store.held(connection, self.workshop)
            self._with_key(held)
            act = _Act(connection, held, event_log.moment(held, now))
            yield act
            if act.happened:
                event_log.append_all(connection, held, act.now, act.happened)

    def _with_key(self, held: RowMapping) -> None:
        if not fits_key(self.workshop, self.key, held["key_hash"]):
            what = "this is not the facilitator's key of this workshop"
            raise RefusedError("key", "workshop", what, "check it, or make a new one")

    def _latest(self, act: _Act) -> Round | None:
        """The latest round of a workshop that is open."""
        if act.held["state"] != "open":
            raise _elsewhere("the workshop is closed; open it again first")
        return rounds.latest(act.connection, act.held)

    def _round(self, act: _Act, number: int) -> Round:
        """The latest round, if that is the one meant and the workshop is open."""
        current = self._latest(act)
        if current is None or current.number != number:
            raise _elsewhere(f"the workshop is not in round {number} any more")
        return current

    def _see_it_closed(self, act: _Act, current: Round) -> None:
        """Close a round, unless it is; where its time has run out, that closed it."""
        if current.closed_at is None:
            by = "countdown" if rounds.is_over(current, act.now) else "facilitator"
            rounds.change(act.connection, self.workshop, current.number, closed_at=act.now)
            act.log("round-closed", round=current.number, by=by)

    def _change(self, act: _Act, **columns: str | int) -> None:
        table = schema.workshop
        change = sa.update(table).where(table.c.id == self.workshop)
        act.connection.execute(change.values(**columns))


@dataclass
class _Act:
    """One act of a facilitator while it goes on."""

    connection: Connection
    held: RowMapping
    now: int
    happened: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def log(self, kind: str, **payload: object) -> None:
        self.happened.append((kind, payload))

    def after(self, minutes: float | None) -> int | None:
        """The moment that many minutes from now."""
        if minutes is None:
            return None
        if not 0 < minutes <= MOST_MINUTES:
            what = f"{minutes:g} minutes are no time for a round"
            remedy = f"give more than 0 and at most {MOST_MINUTES}"
            raise RefusedError("answers", "time", what, remedy)
        return self.now + round(minutes * 60_000)


def _elsewhere(what: str) -> RefusedError:
    return RefusedError("state", "workshop", what, "look at where the workshop stands now")
