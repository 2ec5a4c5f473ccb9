"""What a participant does: join, vote, vote again, leave. Each of it can be sent twice."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from dashboard.workshop import event_log, rounds, schema
from dashboard.workshop.answers import from_text, to_text
from dashboard.workshop.codes import new_tag
from dashboard.workshop.deletion import delete_person, overwrite_what_was_deleted
from dashboard.workshop.records import (
    LONGEST_NAME,
    Answers,
    Ballot,
    Participant,
    Plan,
    Round,
)
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.store import Store

MOST_REVISIONS = 200
"""Of one person in one round. Nobody needs more; a program gone wild would fill the disk."""

MOST_PARTICIPANTS = 5_000


def join(
    store: Store,
    workshop: str,
    participant: str,
    *,
    name: str | None,
    names_agreed: bool,
    group: str,
    simulated: bool = False,
) -> Participant:
    """Take part, or change one's name or group; the same call twice is one joining.

    Who changes the group after voting in the open round has the same answers counted for the new
    group, as a revision.

    Raises
    ------
    RefusedError : there is no such workshop, it is closed or full, it has no such group, or the
        store cannot be written.
    """
    known = cleaned_name(name)
    now = store.clock.now()
    with store.writing() as connection:
        held = store.held(connection, workshop)
        _must_be_open(held)
        plan = Plan.model_validate_json(held["plan"])
        if group and plan.group_name(group) is None:
            raise RefusedError("answers", "group", "this workshop has no such group", "choose one")
        row = {
            "name": known,
            "names_agreed": bool(names_agreed and known),
            "group_id": group,
        }
        before = _person(connection, workshop, participant)
        if before is None:
            _must_have_room(connection, workshop)
            tag = new_tag()
            at = event_log.moment(held, now)
            new = {"tag": tag, "simulated": simulated, "joined_at": at, "voted_round": 0}
            values = {"workshop": workshop, "id": participant, **new, **row}
            connection.execute(sa.insert(schema.participant).values(values))
            joined = {"participant": tag, **({"simulated": True} if simulated else {})}
            event_log.append(connection, held, "joined", now, joined)
        elif any(before[column] != value for column, value in row.items()):
            table = schema.participant
            theirs = sa.and_(table.c.workshop == workshop, table.c.id == participant)
            connection.execute(sa.update(table).where(theirs).values(row))
            current = rounds.latest(connection, held)
            if before["group_id"] != group and _has_a_say(before, current, now):
                _carry_over(connection, held, before, group, now)
        found = _person(connection, workshop, participant)
        if found is None:
            raise AssertionError("who was just written is there")
        return as_participant(found)


def vote(
    store: Store, workshop: str, participant: str, number: int, request: str, answers: Answers
) -> Ballot:
    """Count these answers as what the person says in the open round, in place of earlier ones.

    Parameters
    ----------
    number : the round that the answers are for.
    request : made once for each form that is filled in; sent again, it changes nothing, and gives
        the ballot that it made the first time, even after the round has closed.

    Raises
    ------
    RefusedError : the person has not joined, the round takes nothing any more, or the store
        cannot be written. Then no ballot was counted.
    """
    now = store.clock.now()
    with store.writing() as connection:
        held = store.held(connection, workshop)
        person = _person(connection, workshop, participant)
        if person is None:
            what = "you have not joined this workshop on this phone"
            raise RefusedError("not-joined", "ballot", what, "join first")
        earlier = _by_request(connection, workshop, participant, request)
        if earlier is not None:
            return earlier
        _must_be_open(held)
        current = rounds.latest(connection, held)
        if current is None or current.number != number or rounds.is_over(current, now):
            what = f"round {number} is closed, so this was not counted"
            remedy = "ask the facilitator to open it again, or wait for the next round"
            raise RefusedError("closed", "ballot", what, remedy)
        return _add(connection, held, dict(person), number, request, answers, now)


def leave(store: Store, workshop: str, participant: str) -> int:
    """Delete oneself and all one's ballots for good; give how many ballots there were.

    Raises
    ------
    RefusedError : there is no such workshop, or the store cannot be written.
    """
    with store.writing() as connection:
        held = store.held(connection, workshop)
        count = delete_person(connection, held, participant, "themselves", store.clock.now())
    overwrite_what_was_deleted(store)
    return count


def participant(store: Store, workshop: str, identifier: str) -> Participant | None:
    """Somebody who joined; None for somebody who did not."""
    with store.reading() as connection:
        row = _person(connection, workshop, identifier)
    return None if row is None else as_participant(row)


def own_ballot(store: Store, workshop: str, identifier: str, number: int) -> Ballot | None:
    """A person's own ballot that counts in a round; for nobody else's eyes."""
    with store.reading() as connection:
        return _latest_ballot(connection, workshop, identifier, number)


def cleaned_name(name: str | None) -> str | None:
    """A name on one line, without invisible signs; None where nothing is left."""
    kept = [" " if sign.isspace() else sign for sign in name or ""]
    seen = "".join(sign for sign in kept if unicodedata.category(sign)[0] != "C")
    return " ".join(seen.split())[:LONGEST_NAME].strip() or None


def as_participant(row: RowMapping) -> Participant:
    """A row as a record."""
    return Participant(
        id=row["id"],
        tag=row["tag"],
        name=row["name"],
        names_agreed=row["names_agreed"],
        group=row["group_id"],
        simulated=row["simulated"],
        joined_at=row["joined_at"],
        voted_round=row["voted_round"],
    )


def as_ballot(row: RowMapping) -> Ballot:
    """A row as a record."""
    return Ballot(
        participant=row["participant"],
        round=row["round"],
        revision=row["revision"],
        group=row["group_id"],
        answers=from_text(row["content"]),
        at=row["at"],
    )


def ballot_content(
    tag: str, number: int, revision: int, group: str, content: str
) -> dict[str, object]:
    """What the log commits to."""
    return {
        "participant": tag,
        "round": number,
        "revision": revision,
        "group": group,
        "content": content,
    }


def _add(
    connection: Connection,
    held: RowMapping,
    person: Mapping[str, Any],
    number: int,
    request: str,
    answers: Answers,
    now: int,
) -> Ballot:
    workshop, who = held["id"], person["id"]
    last = _latest_ballot(connection, workshop, who, number)
    revision = 1 if last is None else last.revision + 1
    if revision > MOST_REVISIONS:
        what = f"these answers were changed {MOST_REVISIONS} times in this round already"
        raise RefusedError("closed", "ballot", what, "the last ones that were confirmed count")
    content, nonce, now = to_text(answers), secrets.token_bytes(16), event_log.moment(held, now)
    committed = ballot_content(person["tag"], number, revision, person["group_id"], content)
    promise = event_log.commitment(nonce, committed)
    row = {
        "workshop": workshop,
        "round": number,
        "participant": who,
        "revision": revision,
        "request": request,
        "group_id": person["group_id"],
        "content": content,
        "nonce": nonce,
        "commitment": promise,
        "at": now,
    }
    connection.execute(sa.insert(schema.ballot).values(row))
    if person["voted_round"] != number:
        table = schema.participant
        at = sa.and_(table.c.workshop == workshop, table.c.id == who)
        connection.execute(sa.update(table).where(at).values(voted_round=number))
    logged = {"participant": person["tag"], "round": number, "revision": revision}
    event_log.append(connection, held, "ballot", now, {**logged, "commitment": promise})
    return Ballot(who, number, revision, person["group_id"], answers, now)


def _carry_over(
    connection: Connection, held: RowMapping, before: RowMapping, group: str, now: int
) -> None:
    """The same answers once more, now for another group."""
    last = _latest_ballot(connection, held["id"], before["id"], before["voted_round"])
    if last is not None:
        request = f"group-{secrets.token_hex(16)}"
        person = {**dict(before), "group_id": group}
        _add(connection, held, person, last.round, request, last.answers, now)


def _has_a_say(person: RowMapping, current: Round | None, now: int) -> bool:
    """Whether the person has a ballot in a round that is still open."""
    voted = current is not None and person["voted_round"] == current.number
    return voted and current is not None and not rounds.is_over(current, now)


def _person(connection: Connection, workshop: str, identifier: str) -> RowMapping | None:
    table = schema.participant
    query = sa.select(table).where(table.c.workshop == workshop, table.c.id == identifier)
    return connection.execute(query).mappings().one_or_none()


def _latest_ballot(
    connection: Connection, workshop: str, identifier: str, number: int
) -> Ballot | None:
    return _ballot(connection, workshop, identifier, schema.ballot.c.round == number)


def _by_request(
    connection: Connection, workshop: str, identifier: str, request: str
) -> Ballot | None:
    return _ballot(connection, workshop, identifier, schema.ballot.c.request == request)


def _ballot(
    connection: Connection, workshop: str, identifier: str, which: sa.ColumnElement[bool]
) -> Ballot | None:
    """The highest revision of a person's ballots of a kind."""
    table = schema.ballot
    theirs = (table.c.workshop == workshop, table.c.participant == identifier)
    query = sa.select(table).where(*theirs, which).order_by(table.c.revision.desc()).limit(1)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else as_ballot(row)


def _must_be_open(held: RowMapping) -> None:
    if held["state"] != "open":
        what = "this workshop is closed"
        raise RefusedError("closed", "workshop", what, "ask the facilitator to open it again")


def _must_have_room(connection: Connection, workshop: str) -> None:
    table = schema.participant
    count = sa.select(sa.func.count()).where(table.c.workshop == workshop)
    if (connection.scalar(count) or 0) >= MOST_PARTICIPANTS:
        what = f"{MOST_PARTICIPANTS:,} people have joined this workshop, and it takes no more"
        raise RefusedError("state", "workshop", what, "tell the facilitator")
