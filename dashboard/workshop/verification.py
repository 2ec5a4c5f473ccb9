"""Whether what stands in the database is what happened: the log, the ballots, the question."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.engine import Connection, RowMapping

from dashboard.model.question import Question
from dashboard.model.wording import counted
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
    of people who were deleted; state, rounds and people stand where the log left them; the plan and
    the question are those the workshop was made with. The log does not know names, who agreed to
    be named, whom somebody speaks for while they have no ballot, the code, the key and the address.
    All of it can be true of a database that was rewritten as a
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


@dataclass(frozen=True)
class _Told:
    """One row of a log, read."""

    kind: str
    at: int
    payload: Mapping[str, Any]


_SAYS: Mapping[str, frozenset[str]] = {
    "created": frozenset({"plan", "question"}),
    "round-opened": frozenset({"round", "closes_at"}),
    "time-set": frozenset({"round", "closes_at"}),
    "round-reopened": frozenset({"round", "closes_at"}),
    "round-closed": frozenset({"round"}),
    "revealed": frozenset({"round"}),
    "joined": frozenset({"participant"}),
    "person-deleted": frozenset({"participant"}),
    "ballot": frozenset({"participant", "round", "revision", "commitment"}),
}


def _against_the_log(
    connection: Connection, row: RowMapping, events: Sequence[Event]
) -> Sequence[str]:
    told = []
    for event in events:
        try:
            payload = json.loads(event.payload)
        except ValueError:
            payload = None
        if not isinstance(payload, dict) or _SAYS.get(event.kind, frozenset()) - payload.keys():
            return [f"row {event.seq} ({event.kind}) is none that this program writes"]
        told.append(_Told(event.kind, event.at, payload))
    faults = _workshop(row, told)
    if row["state"] == "deleted":
        # Nothing is left to hold the rest of the log against.
        told = []
    else:
        faults += _plan_and_question(connection, row, told)
    return [
        *faults,
        *_rounds(connection, row["id"], told),
        *_people(connection, row["id"], told),
        *_ballots(connection, row["id"], told),
    ]


_STATES = {"created": "open", "closed": "closed", "reopened": "open", "deleted": "deleted"}


def _workshop(row: RowMapping, told: Sequence[_Told]) -> list[str]:
    """The state, the round and the times of the workshop's own row."""
    state = [_STATES[each.kind] for each in told if each.kind in _STATES][-1:]
    opened = [each.payload["round"] for each in told if each.kind == "round-opened"]
    number = 0 if state == ["deleted"] else max(opened, default=0)
    faults = []
    if state != [row["state"]]:
        faults.append(f"the workshop is {row['state']}, which is not how the log left it")
    if row["round"] != number:
        faults.append(f"the workshop is in round {row['round']}, and the log is in round {number}")
    if told and (row["created_at"], row["last_at"]) != (told[0].at, told[-1].at):
        faults.append("the times of the workshop were changed")
    return faults


def _plan_and_question(connection: Connection, row: RowMapping, told: Sequence[_Told]) -> list[str]:
    created = next((each.payload for each in told if each.kind == "created"), {})
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


def _rounds(connection: Connection, workshop: str, told: Sequence[_Told]) -> list[str]:
    """Each round as the log left it: when it was opened, closed and revealed, and is to close."""
    expected: dict[int, dict[str, int | None]] = {}
    for each in told:
        number = each.payload.get("round", 0)
        if each.kind == "round-opened":
            opened = {"opened_at": each.at, "closes_at": each.payload["closes_at"]}
            expected[number] = {**opened, "closed_at": None, "revealed_at": None}
        elif each.kind in _CHANGES_A_ROUND:
            expected.setdefault(number, {}).update(_CHANGES_A_ROUND[each.kind](each))
    table = schema.round_
    rows = connection.execute(sa.select(table).where(table.c.workshop == workshop)).mappings()
    found = {
        row["number"]: {
            name: row[name] for name in ("opened_at", "closes_at", "closed_at", "revealed_at")
        }
        for row in rows
    }
    return [
        f"round {number} does not stand where the log left it"
        for number in sorted(expected.keys() | found.keys())
        if expected.get(number) != found.get(number)
    ]


_CHANGES_A_ROUND: Mapping[str, Callable[[_Told], dict[str, int | None]]] = {
    "time-set": lambda told: {"closes_at": told.payload["closes_at"]},
    "round-closed": lambda told: {"closed_at": told.at},
    "round-reopened": lambda told: {"closed_at": None, "closes_at": told.payload["closes_at"]},
    "revealed": lambda told: {"revealed_at": told.at},
}


def _people(connection: Connection, workshop: str, told: Sequence[_Told]) -> list[str]:
    """Who takes part, since when, whether simulated, and in which round they voted last."""
    expected: dict[str, tuple[int, bool, int]] = {}
    for each in told:
        tag = each.payload.get("participant", "")
        if each.kind == "joined":
            expected[tag] = (each.at, bool(each.payload.get("simulated")), 0)
        elif each.kind == "ballot" and tag in expected:
            expected[tag] = (*expected[tag][:2], each.payload["round"])
        elif each.kind == "person-deleted":
            expected.pop(tag, None)
    table = schema.participant
    query = sa.select(table).where(table.c.workshop == workshop)
    found = {
        row["tag"]: (row["joined_at"], row["simulated"], row["voted_round"])
        for row in connection.execute(query).mappings()
    }
    faults = []
    if more := found.keys() - expected.keys():
        one, several = "person who never joined takes part", "people who never joined take part"
        faults.append(counted(len(more), one, several))
    if missing := expected.keys() - found.keys():
        one, several = "person who joined is missing", "people who joined are missing"
        faults.append(counted(len(missing), one, several))
    faults += [
        f"what is kept of {tag} is not what the log says"
        for tag in sorted(found.keys() & expected.keys())
        if found[tag] != expected[tag]
    ]
    return faults


def _ballots(connection: Connection, workshop: str, told: Sequence[_Told]) -> list[str]:
    """Which ballots are not what the log says."""
    gone = {each.payload["participant"] for each in told if each.kind == "person-deleted"}
    promised = {
        (each.payload["participant"], each.payload["round"], each.payload["revision"]): (
            each.payload["commitment"],
            each.at,
        )
        for each in told
        if each.kind == "ballot" and each.payload["participant"] not in gone
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
        elif promise != (row["commitment"], row["at"]) or row["commitment"] != event_log.commitment(
            row["nonce"], content
        ):
            faults.append(f"{whose} was changed")
    faults += [
        f"revision {revision} of {tag} in round {number} is missing"
        for tag, number, revision in promised
    ]
    return faults


def head_is_in(events: Sequence[Event], head: str) -> bool:
    """Whether a hash that somebody noted is one that this log has had as its last."""
    return any(event.hash == head for event in events)
