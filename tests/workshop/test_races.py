"""Everybody does everything at once, in two processes' stores: nothing is lost, doubled or said."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from dashboard.workshop import schema
from dashboard.workshop.codes import new_identifier
from dashboard.workshop.database import open_database
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.pulse import read_pulse
from dashboard.workshop.records import Ballot
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.store import Store
from dashboard.workshop.verification import verify
from dashboard.workshop.voting import join, leave, own_ballot
from tests.workshop.conftest import Room


def two_stores(room: Room) -> tuple[Room, Room]:
    other = Store(open_database(room.store.engine.url), room.clock.steady())
    act = Facilitator(other, room.workshop, room.facilitator.key)
    return room, Room(other, room.question, act, room.workshop, room.clock)


def something(choice: random.Random, room: Room, person: str, confirmed: list[Ballot]) -> None:
    """One act of somebody; what does not fit at this moment is refused."""
    current, act = room.store.workshop(room.workshop).round, room.facilitator
    number = 1 if current is None else current.number
    group = choice.choice(["north", "south", ""])
    acts: list[Callable[[], object]] = [
        *[lambda: confirmed.append(room.votes(person, 100, 30, number=number))] * 6,
        *[lambda: _joins(room, person, group)] * 4,
        lambda: leave(room.store, room.workshop, person),
        lambda: act.delete_participant(person),
        lambda: act.close_round(number),
        *[lambda: act.reopen_round(number)] * 2,
        lambda: act.set_time(number, 5),
        lambda: act.reveal(number),
        lambda: act.open_round(number + 1),
        act.close,
        *[act.reopen] * 3,
        lambda: read_pulse(room.store, room.workshop),
    ]
    try:
        choice.choice(acts)()
    except RefusedError as refused:
        if refused.kind not in ("closed", "not-joined", "state"):
            raise


def _joins(room: Room, person: str, group: str) -> None:
    join(room.store, room.workshop, person, name="Ann", names_agreed=True, group=group)


def test_a_room_where_everything_happens_at_once_stays_whole(voting: Room) -> None:
    rooms, people = two_stores(voting), [new_identifier() for _ in range(6)]
    confirmed: list[Ballot] = []

    def at_random(seed: int) -> None:
        choice = random.Random(seed)
        for _ in range(12):
            something(choice, choice.choice(rooms), choice.choice(people), confirmed)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(at_random, range(8)))
    for room in rooms:
        assert verify(room.store, room.workshop).faults == ()
    with voting.store.reading() as connection:
        kept = connection.execute(sa.select(schema.ballot)).mappings().all()
        there = set(connection.scalars(sa.select(schema.participant.c.id)))
    assert {row["participant"] for row in kept} <= there
    made = {(ballot.participant, ballot.round, ballot.revision) for ballot in confirmed}
    for row in kept:
        key = row["participant"], row["round"], row["revision"]
        if not row["request"].startswith("group-"):
            assert key in made
    rooms[1].store.engine.dispose()


def test_a_ballot_and_a_close_at_once_are_one_before_the_other(voting: Room) -> None:
    here, there = two_stores(voting)
    for number in range(1, 9):
        person = here.joins()

        with ThreadPoolExecutor(2) as pool:
            voted = pool.submit(here.votes, person, 100, 30, number=number)
            pool.submit(there.facilitator.close_round, number).result()
            fault = voted.exception()
        counted = own_ballot(here.store, here.workshop, person, number) is not None
        assert (fault is None) == counted
        assert fault is None or (isinstance(fault, RefusedError) and fault.kind == "closed")
        here.facilitator.open_round(number + 1)
    assert verify(here.store, here.workshop).faults == ()
    there.store.engine.dispose()


def test_one_form_sent_by_many_at_once_is_one_ballot(voting: Room) -> None:
    rooms, person = two_stores(voting), voting.joins()
    with ThreadPoolExecutor(12) as pool:
        sent = [pool.submit(rooms[n % 2].votes, person, 100, 30, request="same") for n in range(24)]
        found = {each.result().revision for each in sent}
    assert found == {1}
    assert verify(voting.store, voting.workshop).ballots == 1
    rooms[1].store.engine.dispose()
