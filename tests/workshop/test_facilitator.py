"""Rounds open, close, open again and are revealed, each once, whoever presses the button."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.pulse import read_pulse
from dashboard.workshop.records import Round
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.verification import verify
from tests.workshop.conftest import Room


def kinds(room: Room) -> list[str]:
    """What the log says happened, after the workshop was made."""
    return [event.kind for event in room.store.events(room.workshop)][1:]


def current(room: Room) -> Round:
    found = room.store.workshop(room.workshop).round
    assert found is not None
    return found


def test_two_rounds_from_first_to_last(room: Room) -> None:
    act = room.facilitator
    act.open_round(1)
    act.close_round(1)
    act.reveal(1)
    act.open_round(2)
    act.close_round(2)
    act.reveal(2)
    head = act.close()
    assert kinds(room) == [
        "round-opened",
        "round-closed",
        "revealed",
        "round-opened",
        "round-closed",
        "revealed",
        "closed",
    ]
    assert (
        head == room.store.workshop(room.workshop).head == room.store.events(room.workshop)[-1].hash
    )
    assert verify(room.store, room.workshop).holds


Act = Callable[[Facilitator], object]

OPEN: Act = lambda act: act.open_round(1)  # noqa: E731
CLOSE: Act = lambda act: act.close_round(1)  # noqa: E731
REVEAL: Act = lambda act: act.reveal(1)  # noqa: E731
REOPEN: Act = lambda act: act.reopen_round(1)  # noqa: E731
END: Act = lambda act: act.close()  # noqa: E731
GO_ON: Act = lambda act: act.reopen()  # noqa: E731


@pytest.mark.parametrize(
    ("before", "act", "kind"),
    [
        ([], OPEN, "round-opened"),
        ([OPEN], CLOSE, "round-closed"),
        ([OPEN, CLOSE], REVEAL, "revealed"),
        ([OPEN, CLOSE], REOPEN, "round-reopened"),
        ([OPEN], END, "closed"),
        ([END], GO_ON, "reopened"),
    ],
)
def test_eight_facilitators_at_once_do_it_once(
    room: Room, before: list[Act], act: Act, kind: str
) -> None:
    for earlier in before:
        earlier(room.facilitator)
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(act, room.facilitator) for _ in range(8)]:
            done.result()
    assert kinds(room).count(kind) == 1
    assert verify(room.store, room.workshop).holds


@pytest.mark.parametrize(
    ("before", "act", "words"),
    [
        ([], CLOSE, "not in round 1 any more"),
        ([], REVEAL, "not in round 1 any more"),
        ([OPEN], REVEAL, "round 1 is still open; close it first"),
        ([OPEN, CLOSE, REVEAL], REOPEN, "round 1 is revealed; open the next round instead"),
        ([END], OPEN, "the workshop is closed; open it again first"),
        ([OPEN, END], REVEAL, "the workshop is closed; open it again first"),
        ([OPEN], lambda act: act.open_round(2), "round 1 is still open"),
        ([], lambda act: act.open_round(2), "round 2 cannot be opened now"),
        ([OPEN, CLOSE, lambda act: act.open_round(2)], CLOSE, "not in round 1 any more"),
        ([OPEN, CLOSE], lambda act: act.set_time(1, 5), "round 1 is closed already"),
        ([], lambda act: act.open_round(1, 0), "0 minutes are no time for a round"),
        ([], lambda act: act.open_round(1, -2), "-2 minutes are no time for a round"),
        ([], lambda act: act.open_round(1, float("nan")), "nan minutes are no time for a round"),
        ([], lambda act: act.open_round(1, 1e9), "minutes are no time for a round"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    room: Room, before: list[Act], act: Act, words: str
) -> None:
    for earlier in before:
        earlier(room.facilitator)
    was, log = room.store.workshop(room.workshop), room.store.events(room.workshop)
    with pytest.raises(RefusedError) as refused:
        act(room.facilitator)
    assert words in refused.value.sentence or words in str(refused.value)
    assert room.store.workshop(room.workshop) == was
    assert room.store.events(room.workshop) == log


def test_a_round_without_a_time_stays_open(voting: Room) -> None:
    voting.clock.wait(86_400)
    assert read_pulse(voting.store, voting.workshop).seconds_left is None
    assert read_pulse(voting.store, voting.workshop).workshop.takes_ballots


def test_the_countdown_closes_the_round_after_its_last_moment(room: Room) -> None:
    room.facilitator.open_round(1, minutes=2)
    person = room.joins()
    room.clock.wait(119)
    assert read_pulse(room.store, room.workshop).seconds_left == 1
    room.clock.wait(3.5)
    assert read_pulse(room.store, room.workshop).seconds_left == 0
    room.votes(person, 100, 30)  # sent in the last moment
    room.clock.wait(1)
    with pytest.raises(RefusedError, match="round 1 is closed"):
        room.votes(person, 30, 100)
    assert current(room).is_open  # nobody has looked yet
    assert not read_pulse(room.store, room.workshop).workshop.takes_ballots
    assert not current(room).is_open
    closed = room.store.events(room.workshop)[-1]
    assert (closed.kind, closed.payload) == ("round-closed", '{"by":"countdown","round":1}')
    read_pulse(room.store, room.workshop)
    assert kinds(room).count("round-closed") == 1


def test_more_time_may_be_given_and_taken(room: Room) -> None:
    room.facilitator.open_round(1, minutes=2)
    room.clock.wait(100)
    room.facilitator.set_time(1, 5)
    assert read_pulse(room.store, room.workshop).seconds_left == 300
    room.facilitator.set_time(1, None)
    assert read_pulse(room.store, room.workshop).seconds_left is None


def test_what_ran_out_unseen_counts_as_closed_by_the_countdown(room: Room) -> None:
    room.facilitator.open_round(1, minutes=1)
    room.clock.wait(600)
    room.facilitator.reveal(1)
    assert kinds(room) == ["round-opened", "round-closed", "revealed"]
    assert '"by":"countdown"' in room.store.events(room.workshop)[2].payload
    room.facilitator.open_round(2, minutes=1)
    room.clock.wait(600)
    room.facilitator.open_round(3)
    assert current(room).number == 3
    assert verify(room.store, room.workshop).faults == ()


def test_a_round_that_is_opened_again_has_a_new_time(room: Room) -> None:
    room.facilitator.open_round(1, minutes=1)
    room.clock.wait(600)
    room.facilitator.reopen_round(1, minutes=3)
    assert read_pulse(room.store, room.workshop).seconds_left == 180
    room.votes(room.joins(), 100, 30)


def test_the_end_closes_the_open_round(voting: Room) -> None:
    voting.facilitator.close()
    assert kinds(voting) == ["round-opened", "round-closed", "closed"]
    voting.facilitator.reopen()
    assert not current(voting).is_open


def test_ending_twice_gives_the_same_head(room: Room) -> None:
    assert room.facilitator.close() == room.facilitator.close()


def test_a_key_stands_in_no_message(room: Room) -> None:
    assert room.facilitator.key not in repr(room.facilitator)
