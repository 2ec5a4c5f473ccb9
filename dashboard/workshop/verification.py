"""Whether what stands in the database is what happened: the log, the ballots, the question."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.engine import Connection, RowMapping

from dashboard.model.question import Question
from dashboard.workshop import event_log, schema
from dashboard.workshop.records import Event
from dashboard.workshop.store import Store
from dashboard.workshop.voting import ballot_content


@dataclass(frozen=True)
class Verification:
    """``faults`` : a sentence for each thing that does not fit; none where all holds."""

    events: int
    ballots: int
    head: str
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def verify(store: Store, workshop: str) -> Verification:
    """Check a workshop against its own log.

    The rows chain; each ballot is the one that the log committed to, and none is missing but those
    of people who were deleted; rounds stand where the log left them; the plan and the question are
    those the workshop was made with. All of it can be true of a database that was rewritten as a
    whole: against that only a head that somebody noted helps.

    Raises
    ------
    RefusedError : there is no such workshop, or the database does not answer.
    """
    store.workshop(workshop)
    with store.reading() as connection:
        table = schema.workshop
        row = connection.execute(sa.select(table).where(table.c.id == workshop)).mappings().one()
        events = event_log.read(connection, workshop)
        broken = event_log.breaks(events, row["head"], row["events"])
        table = schema.ballot
        of_it = sa.select(sa.func.count()).where(table.c.workshop == workshop)
        count = connection.scalar(of_it) or 0
        # What a log says that was changed is nothing to hold anything against.
        faults = broken or _against_the_log(connection, row, events)
    return Verification(len(events), count, row["head"], tuple(faults))


def _against_the_log(
    connection: Connection, row: RowMapping, events: Sequence[Event]
) -> Sequence[str]:
    told = [(event.kind, json.loads(event.payload)) for event in events]
    if row["state"] == "deleted":
        return _ballots(connection, row["id"], [])
    return [
        *_plan_and_question(connection, row, told),
        *_rounds(connection, row["id"], told),
        *_people(connection, row["id"], told),
        *_ballots(connection, row["id"], told),
    ]


_Told = Sequence[tuple[str, Mapping[str, Any]]]


def _plan_and_question(connection: Connection, row: RowMapping, told: _Told) -> list[str]:
    created = next((payload for kind, payload in told if kind == "created"), {})
    faults = []
    if created.get("plan") != event_log.text_hash(row["plan"]):
        faults.append("the plan of the workshop was changed")
    if created.get("question") != row["fingerprint"]:
        faults.append("the workshop was put on another question")
    copies = schema.question_copy
    query = sa.select(copies.c.content).where(copies.c.fingerprint == row["fingerprint"])
    content = connection.scalar(query)
    try:
        same = Question.model_validate_json(content or "").fingerprint == row["fingerprint"]
    except ValidationError:
        same = False
    if not same:
        faults.append("the copy of the question was changed")
    return faults


def _rounds(connection: Connection, workshop: str, told: _Told) -> list[str]:
    """Each round as the log left it: open or closed, revealed or not."""
    expected: dict[int, tuple[bool, bool]] = {}
    for kind, payload in told:
        number = payload.get("round", 0)
        closed, revealed = expected.get(number, (False, False))
        if kind in ("round-opened", "round-reopened"):
            expected[number] = (False, revealed)
        elif kind == "round-closed":
            expected[number] = (True, revealed)
        elif kind == "revealed":
            expected[number] = (closed, True)
    table = schema.round_
    rows = connection.execute(sa.select(table).where(table.c.workshop == workshop)).mappings()
    found = {
        row["number"]: (row["closed_at"] is not None, row["revealed_at"] is not None)
        for row in rows
    }
    return [
        f"round {number} does not stand where the log left it"
        for number in sorted(expected.keys() | found.keys())
        if expected.get(number) != found.get(number)
    ]


def _people(connection: Connection, workshop: str, told: _Told) -> list[str]:
    joined = {payload["participant"] for kind, payload in told if kind == "joined"}
    gone = {payload["participant"] for kind, payload in told if kind == "person-deleted"}
    table = schema.participant
    query = sa.select(table.c.tag).where(table.c.workshop == workshop)
    found = set(connection.scalars(query))
    faults = []
    if found - (joined - gone):
        faults.append(f"{len(found - (joined - gone))} people take part who never joined")
    if (joined - gone) - found:
        faults.append(f"{len((joined - gone) - found)} people who joined are missing")
    return faults


def _ballots(connection: Connection, workshop: str, told: _Told) -> list[str]:
    """Which ballots are not what the log says."""
    gone = {payload["participant"] for kind, payload in told if kind == "person-deleted"}
    promised = {
        (payload["participant"], payload["round"], payload["revision"]): payload["commitment"]
        for kind, payload in told
        if kind == "ballot" and payload["participant"] not in gone
    }
    ballots, people = schema.ballot, schema.participant
    query = (
        sa.select(ballots, people.c.tag)
        .outerjoin(
            people,
            sa.and_(people.c.workshop == ballots.c.workshop, people.c.id == ballots.c.participant),
        )
        .where(ballots.c.workshop == workshop)
    )
    faults = []
    for row in connection.execute(query).mappings():
        key = (row["tag"], row["round"], row["revision"])
        content = ballot_content(*key, row["group_id"], row["content"])
        whose = f"revision {row['revision']} of {row['tag']} in round {row['round']}"
        promise = promised.pop(key, None)
        if promise is None:
            faults.append(f"{whose} is not in the log")
        elif promise != event_log.commitment(row["nonce"], content):
            faults.append(f"{whose} was changed")
    faults += [
        f"revision {revision} of {tag} in round {number} is missing"
        for tag, number, revision in promised
    ]
    return faults


def head_is_in(events: Sequence[Event], head: str) -> bool:
    """Whether a hash that somebody noted is one that this log has had as its last."""
    return any(event.hash == head for event in events)
