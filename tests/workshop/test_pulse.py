"""Everybody may look; the database is asked once a second."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from dashboard.workshop import pulse, rounds
from dashboard.workshop.pulse import Pulses
from dashboard.workshop.records import Pulse
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.store import Store
from tests.workshop.conftest import Room
from tests.workshop.test_queue_lock import until_they_wait


class Statements:
    """Counts the statements that a database is sent."""

    def __init__(self, engine: sa.Engine) -> None:
        self.sent: list[str] = []
        sa.event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, _: object, __: object, statement: str, *___: object) -> None:
        self.sent.append(statement)


def test_a_thousand_looks_within_a_second_are_one_statement(
    make_room: Callable[..., Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms = [make_room() for _ in range(5)]
    for room in rooms:
        room.facilitator.open_round(1)
        room.votes(room.joins("north"), 100, 30)
    monkeypatch.setattr(pulse, "FRESH_SECONDS", 3600.0)
    pulses = Pulses(rooms[0].store)
    for room in rooms:
        pulses.of(room.workshop)
    pulses.look_again()
    statements = Statements(rooms[0].store.engine)
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda n: pulses.of(rooms[n % 5].workshop), range(1000)))
    assert {one.voted for one in found} == {1}
    assert len([sent for sent in statements.sent if sent.startswith("SELECT")]) == 1


def test_after_a_second_the_database_is_asked_again(voting: Room) -> None:
    pulses = Pulses(voting.store)
    assert pulses.of(voting.workshop).joined == 0
    voting.joins()
    pulses.look_again()
    assert pulses.of(voting.workshop).joined == 1


def test_counts_are_those_of_the_round_that_is_open(voting: Room) -> None:
    for group in ("north", "north", "south", ""):
        person = voting.joins(group)
        if group != "south":
            voting.votes(person, 100, 30)
    counts = {
        c.group: (c.joined, c.voted) for c in pulse.read_pulse(voting.store, voting.workshop).counts
    }
    assert counts == {"north": (2, 2), "south": (1, 0), "": (1, 1)}
    voting.facilitator.close_round(1)
    voting.facilitator.open_round(2)
    voting.votes(voting.people[0], 100, 30, number=2)
    assert pulse.read_pulse(voting.store, voting.workshop).voted == 1


def test_a_slow_database_is_asked_once_for_all_who_wait(
    voting: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "FRESH_SECONDS", 0.05)
    pulses, together = Pulses(voting.store), threading.Barrier(12)
    slow = pulse._look

    def read(store: Store, workshops: list[str]) -> dict[str, Pulse]:
        time.sleep(0.3)
        return slow(store, workshops)

    monkeypatch.setattr(pulse, "_look", read)

    def look(_: int) -> int:
        together.wait()
        return pulses.of(voting.workshop).joined

    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(look, range(12))) == [0] * 12
    # A second time for those who came just after the first had begun.
    assert pulses.queries <= 2


def test_a_database_that_fails_is_asked_once_a_second_and_then_again(
    voting: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulses, works = Pulses(voting.store), pulse._look

    def fail(_: Store, __: list[str]) -> dict[str, Pulse]:
        time.sleep(0.05)
        raise RefusedError("storage", "there", "the database does not answer", "start it")

    monkeypatch.setattr(pulse, "_look", fail)

    def look(_: int) -> str:
        with pytest.raises(RefusedError) as refused:
            pulses.of(voting.workshop)
        return refused.value.kind

    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(look, range(60))) == ["storage"] * 60
    assert pulses.queries == 1
    monkeypatch.setattr(pulse, "_look", works)
    pulses.look_again()
    assert pulses.of(voting.workshop).joined == 0


def test_one_round_that_cannot_be_closed_hides_no_workshop(
    make_room: Callable[..., Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    due, other = make_room(), make_room()
    due.facilitator.open_round(1, minutes=1)
    other.joins()
    due.clock.wait(120)
    pulses = Pulses(due.store)

    def fail(*_: object) -> None:
        raise RefusedError("busy", "there", "another program holds the database", "try again")

    with monkeypatch.context() as patch:
        patch.setattr(rounds, "close_if_due", fail)
        assert pulses.of(due.workshop).seconds_left == 0
        assert pulses.of(other.workshop).joined == 1
    pulses.look_again()
    assert not pulses.of(due.workshop).workshop.takes_ballots


def test_who_looks_does_not_wait_for_a_round_to_be_closed(room: Room) -> None:
    room.facilitator.open_round(1, minutes=1)
    room.clock.wait(120)
    pulses = Pulses(room.store)
    with ThreadPoolExecutor(1) as pool:
        with room.store.writing():
            closing = pool.submit(pulses.of, room.workshop)
            until_they_wait(room.store.writers, 1)
            assert pulses.of(room.workshop).seconds_left == 0
        assert not closing.result().workshop.takes_ballots
    assert not pulses.of(room.workshop).workshop.takes_ballots


def test_nobody_can_be_told_from_a_pulse(voting: Room) -> None:
    person = voting.joins("north", "Ann", agreed=True)
    voting.votes(person, 87.5, 12.5)
    text = repr(pulse.read_pulse(voting.store, voting.workshop))
    assert not any(word in text for word in ("Ann", "87.5", person, voting.person(person).tag))


def test_an_unknown_or_deleted_workshop_has_no_pulse(room: Room) -> None:
    pulses = Pulses(room.store)
    with pytest.raises(RefusedError, match="no such workshop"):
        pulses.of("nobody")
    pulses.of(room.workshop)
    room.facilitator.delete()
    pulses.look_again()
    with pytest.raises(RefusedError, match="no such workshop"):
        pulses.of(room.workshop)
