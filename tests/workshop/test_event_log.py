"""Whoever changes what happened is seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from dashboard.workshop import event_log, schema
from dashboard.workshop.pulse import read_pulse
from dashboard.workshop.records import Event
from dashboard.workshop.verification import head_is_in, verify
from dashboard.workshop.voting import join
from tests.workshop.conftest import Room


@pytest.fixture
def lived(voting: Room) -> Room:
    """A workshop of three people, one of whom voted twice, with a revealed round."""
    people = [voting.joins("north"), voting.joins("south"), voting.joins()]
    for person in people:
        voting.votes(person, 100, 30)
    voting.votes(people[0], 30, 100)
    voting.facilitator.close_round(1)
    voting.facilitator.reveal(1)
    return voting


def test_a_row_is_hashed_as_the_document_says() -> None:
    row = {"workshop": "w", "seq": 1, "kind": "k", "at": 5, "payload": "{}", "previous": "0" * 64}
    covered = json.dumps(["w", 1, "k", 5, "{}", "0" * 64], separators=(",", ":"))
    assert event_log.row_hash(row) == hashlib.sha256(covered.encode()).hexdigest()


def test_what_was_left_alone_holds(lived: Room) -> None:
    found = verify(lived.store, lived.workshop)
    assert (found.faults, found.ballots, found.events) == ((), 4, 11)
    assert found.head == lived.store.workshop(lived.workshop).head


W, R, P, B, E, Q = (
    schema.workshop,
    schema.round_,
    schema.participant,
    schema.ballot,
    schema.event,
    schema.question_copy,
)
FIRST = B.c.revision == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (sa.update(B).where(FIRST).values(content='{"given":{},"method":"swing"}'), "was changed"),
        (sa.update(B).where(FIRST).values(group_id="south"), "was changed"),
        (sa.update(B).where(FIRST).values(nonce=b"0" * 16), "was changed"),
        (sa.delete(B).where(FIRST), "is missing"),
        (sa.update(B).where(FIRST).values(revision=3), "is not in the log"),
        (sa.delete(E).where(E.c.seq == 4), "row 4 is missing"),
        (sa.delete(E).where(E.c.seq == 11), "rows are missing at the end: 10 of 11 are there"),
        (sa.update(E).where(E.c.seq == 3).values(at=1), "row 3 (joined) was changed"),
        (sa.update(E).where(E.c.seq == 3).values(payload="{}"), "row 3 (joined) was changed"),
        (sa.update(E).where(E.c.seq == 6).values(kind="joined"), "row 6 (joined) was changed"),
        (sa.update(R).values(revealed_at=None), "round 1 does not stand where the log left it"),
        (sa.update(R).values(closed_at=None), "round 1 does not stand where the log left it"),
        (sa.update(R).values(opened_at=1), "round 1 does not stand where the log left it"),
        (sa.update(R).values(closes_at=1), "round 1 does not stand where the log left it"),
        (sa.update(R).values(closed_at=1), "round 1 does not stand where the log left it"),
        (sa.update(R).values(revealed_at=1), "round 1 does not stand where the log left it"),
        (sa.update(B).where(FIRST).values(at=1), "was changed"),
        (sa.update(B).where(FIRST).values(commitment="0" * 64), "was changed"),
        (sa.update(P).where(P.c.group_id == "").values(simulated=True), "is not what the log says"),
        (sa.update(P).where(P.c.group_id == "").values(joined_at=1), "is not what the log says"),
        (sa.update(P).where(P.c.group_id == "").values(voted_round=0), "is not what the log says"),
        (sa.update(W).values(state="closed"), "is closed, which is not how the log left it"),
        (sa.update(W).values(state="deleted"), "is deleted, which is not how the log left it"),
        (sa.update(W).values(round=0), "is in round 0, and the log is in round 1"),
        (sa.update(W).values(created_at=1), "the times of the workshop were changed"),
        (sa.update(W).values(last_at=1), "the times of the workshop were changed"),
        (sa.update(P).where(P.c.group_id == "").values(tag="f" * 12), "who never joined"),
        (sa.delete(P).where(P.c.group_id == ""), "1 person who joined is missing"),
        (sa.update(W).values(plan='{"title":"Other"}'), "the plan of the workshop was changed"),
        (sa.update(W).values(fingerprint="0" * 64), "put on another question"),
        (sa.update(Q).values(content="{}"), "the copy of the question was changed"),
    ],
)
def test_every_change_behind_its_back_is_named(
    lived: Room, change: sa.Executable, words: str
) -> None:
    with lived.store.writing() as connection:
        connection.execute(change)
    found = verify(lived.store, lived.workshop)
    assert not found.holds
    assert words in "; ".join(found.faults)


def test_a_workshop_of_every_act_holds(lived: Room) -> None:
    act, person = lived.facilitator, lived.people[0]
    act.open_round(2, minutes=5)
    act.set_time(2, 1)
    lived.votes(person, 50, 50, number=2)
    lived.clock.wait(64)
    assert not read_pulse(lived.store, lived.workshop).workshop.takes_ballots
    act.reopen_round(2, minutes=1)
    join(lived.store, lived.workshop, person, name="Ann", names_agreed=True, group="south")
    act.set_time(2, None)
    act.close()
    lived.store.replace_key(lived.workshop)
    assert verify(lived.store, lived.workshop).faults == ()


def test_what_was_put_back_after_a_deletion_is_seen(lived: Room) -> None:
    with lived.store.reading() as connection:
        row = dict(connection.execute(sa.select(P)).mappings().first() or {})
    lived.facilitator.delete()
    assert verify(lived.store, lived.workshop).faults == ()
    with lived.store.writing() as connection:
        connection.execute(sa.insert(P).values(row))
    assert "who never joined" in "; ".join(verify(lived.store, lived.workshop).faults)


@pytest.mark.parametrize("payload", ["not json", "[]", '{"participant":"x"}'])
def test_a_log_rewritten_with_rows_of_another_make_is_said(lived: Room, payload: str) -> None:
    with lived.store.writing() as connection:
        first = sa.and_(E.c.workshop == lived.workshop, E.c.seq == 1)
        row = dict(connection.execute(sa.select(E).where(first)).mappings().one())
        row["payload"] = payload
        head = event_log.row_hash(row)
        connection.execute(sa.update(E).where(first).values(payload=payload, hash=head))
        connection.execute(sa.delete(E).where(E.c.seq > 1))
        connection.execute(sa.update(W).values(events=1, head=head))
    found = verify(lived.store, lived.workshop).faults
    assert found == ("row 1 (created) is none that this program writes",)


def test_a_log_that_was_rewritten_as_a_whole_is_known_by_its_old_head(lived: Room) -> None:
    noted = lived.store.workshop(lived.workshop).head
    with lived.store.writing() as connection:
        _rewrite(connection, lived.workshop, lambda event: event.kind != "revealed")
    events = lived.store.events(lived.workshop)
    assert event_log.breaks(events, events[-1].hash, len(events)) == ()
    assert not head_is_in(events, noted)


def test_a_head_from_the_middle_is_one_that_this_log_has_had(lived: Room) -> None:
    events = lived.store.events(lived.workshop)
    assert head_is_in(events, events[4].hash)


def _rewrite(connection: sa.Connection, workshop: str, keep: Callable[[Event], bool]) -> None:
    """What somebody with the file and this program's source would do."""
    events = [event for event in event_log.read(connection, workshop) if keep(event)]
    connection.execute(sa.delete(E).where(E.c.workshop == workshop))
    zero = {"events": 0, "head": event_log.NOTHING_BEFORE}
    connection.execute(sa.update(W).where(W.c.id == workshop).values(zero))
    for event in events:
        held = connection.execute(sa.select(W).where(W.c.id == workshop)).mappings().one()
        event_log.append(connection, held, event.kind, event.at, json.loads(event.payload))


def test_the_log_holds_no_names_and_no_answers(voting: Room) -> None:
    person = voting.joins("north", "Ann Marie", agreed=True)
    voting.votes(person, 87.5, 12.25)
    text = str([event.payload for event in voting.store.events(voting.workshop)])
    assert not any(word in text for word in ("Ann", "87.5", "12.25", "north", person))


def test_times_in_the_log_never_go_back(lived: Room) -> None:
    lived.clock.at -= 5_000
    lived.facilitator.open_round(2)
    times = [event.at for event in lived.store.events(lived.workshop)]
    assert times == sorted(times)
