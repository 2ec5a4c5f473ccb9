"""Where a workshop stands, in sentences held to its counts."""

from __future__ import annotations

from dashboard.workshop import words
from dashboard.workshop.pulse import read_pulse, read_pulses
from tests.workshop.conftest import Room


def said(room: Room) -> tuple[str, str, str]:
    pulse = read_pulse(room.store, room.workshop)
    return words.finding(pulse), words.counts_sentence(pulse), words.state_words(pulse.workshop)


def test_from_the_first_to_the_end(room: Room) -> None:
    assert said(room) == ("Round 1 is not open yet", "Nobody has joined yet.", "not begun")
    person = room.joins()
    assert said(room)[1] == "1 person has joined."
    room.joins()
    room.facilitator.open_round(1)
    assert said(room) == (
        "Round 1 is open",
        "2 people have joined; 0 have voted in round 1.",
        "round 1 is open",
    )
    room.votes(person, 100)
    assert said(room)[1] == "2 people have joined; 1 has voted in round 1."
    room.facilitator.close_round(1)
    assert said(room) == (
        "Round 1 is closed; nothing is revealed yet",
        "2 people have joined; 1 voted in round 1.",
        "round 1 is closed",
    )
    room.facilitator.reveal(1)
    assert said(room)[0] == "Round 1 is revealed"
    room.facilitator.close()
    assert said(room)[0] == "The workshop has ended after 1 round"
    assert said(room)[2] == "ended"


def test_ended_before_any_round(room: Room) -> None:
    room.facilitator.close()
    assert said(room)[0] == "The workshop has ended; no round was opened"


def test_somebody_without_a_name_is_told_by_time_and_group(room: Room) -> None:
    person = room.person(room.joins("north"))
    plan = room.store.workshop(room.workshop).plan
    clock = words.clock_time(person.joined_at)
    assert words.person_words(person, plan) == f"Anonymous, joined {clock}, The north"
    named = room.person(room.joins(name="Ada"))
    assert words.person_words(named, plan) == f"Ada, joined {clock}, No group"


def test_several_pulses_in_one_look(room: Room) -> None:
    room.joins()
    found = read_pulses(room.store, [room.workshop, "0" * 32])
    assert list(found) == [room.workshop]
    assert found[room.workshop].joined == 1
