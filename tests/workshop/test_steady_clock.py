"""A clock that is set back, or was once wrong, neither opens nor stops a round."""

from __future__ import annotations

import pytest

from dashboard.workshop.database import (
    open_database,
)
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.pulse import read_pulse
from dashboard.workshop.records import Plan
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.steady_clock import SteadyClock
from dashboard.workshop.store import Store
from dashboard.workshop.verification import verify
from tests.workshop.conftest import HandClock, Room


def test_a_clock_set_back_goes_on_from_where_it_was() -> None:
    hand = HandClock(at=1000.0)
    clock = hand.steady()
    assert clock.now() == 1_000_000
    hand.at -= 3600
    hand.passed += 2
    assert clock.now() == 1_002_000
    hand.passed += 3
    assert clock.now() == 1_005_000


def test_a_clock_set_forward_is_followed() -> None:
    hand = HandClock(at=1000.0)
    clock = hand.steady()
    hand.at += 3600
    assert clock.now() == 4_600_000


def test_a_clock_that_is_behind_what_was_written_starts_there() -> None:
    hand = HandClock(at=1000.0)
    clock = hand.steady()
    clock.at_least(5_000_000)
    hand.passed += 1
    assert clock.now() == 5_001_000


def test_a_clock_that_is_asked_often_is_no_slower() -> None:
    hand = HandClock(at=1000.0)
    clock = hand.steady()
    clock.at_least(4_070_908_800_000)
    for _ in range(1000):
        hand.passed += 0.0019
        clock.now()
    assert clock.now() == pytest.approx(4_070_908_801_900, abs=1)


def test_after_a_day_in_2099_every_countdown_still_runs(room: Room) -> None:
    room.clock.at += 73 * 365 * 86_400
    room.facilitator.open_round(1, minutes=1)
    room.facilitator.close()
    today = HandClock()
    again = Store(room.store.engine, today.steady())
    created, key = again.create(Plan(title="Today"), room.question)
    act = Facilitator(again, created.id, key)
    act.open_round(1, minutes=2)
    today.wait(60)
    assert read_pulse(again, created.id).seconds_left == 60
    today.wait(64)
    assert not read_pulse(again, created.id).workshop.takes_ballots
    assert verify(again, created.id).faults == ()


def test_a_countdown_of_a_computer_whose_clock_is_ahead_runs_on_the_others(room: Room) -> None:
    behind = HandClock(at=room.clock.at - 3600)
    other = Store(open_database(room.store.engine.url))
    # As it would be if both had started before anything was written.
    other.clock = behind.steady()
    room.clock.wait(3600)
    room.facilitator.open_round(1, minutes=2)
    assert read_pulse(other, room.workshop).seconds_left == 120
    behind.wait(30)
    assert read_pulse(other, room.workshop).seconds_left == 90
    behind.wait(94)
    assert not read_pulse(other, room.workshop).workshop.takes_ballots
    assert verify(other, room.workshop).faults == ()
    other.engine.dispose()


def test_the_real_clock_moves() -> None:
    clock = SteadyClock()
    first = clock.now()
    assert clock.now() >= first > 1_700_000_000_000


def test_a_clock_set_back_neither_opens_nor_stops_a_round(room: Room) -> None:
    room.facilitator.open_round(1, minutes=2)
    person = room.joins()
    room.clock.at -= 7200
    room.clock.passed += 60
    assert read_pulse(room.store, room.workshop).seconds_left == 60
    assert room.votes(person, 100, 30).revision == 1
    room.clock.passed += 64
    assert not read_pulse(room.store, room.workshop).workshop.takes_ballots
    room.clock.at -= 7200
    with pytest.raises(RefusedError, match="round 1 is closed"):
        room.votes(person, 30, 100)
    assert verify(room.store, room.workshop).faults == ()


def test_a_restart_with_an_earlier_clock_keeps_the_order(voting: Room) -> None:
    person = voting.joins()
    earlier = HandClock(at=voting.clock.at - 86_400)
    again = Store(voting.store.engine, earlier.steady())
    room = Room(again, voting.question, voting.facilitator, voting.workshop, earlier)
    room.votes(person, 100, 30)
    times = [event.at for event in again.events(voting.workshop)]
    assert times == sorted(times)
    assert verify(again, voting.workshop).faults == ()
