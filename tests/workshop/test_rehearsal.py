"""Simulated people take part in rehearsals only, and are marked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dashboard.model.question import Question
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.pulse import read_pulse
from dashboard.workshop.records import Group, Plan
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.rehearsal import simulate
from dashboard.workshop.revealed import revealed_rounds
from dashboard.workshop.store import Store
from dashboard.workshop.verification import verify
from tests.workshop.conftest import Room


def test_a_workshop_that_is_no_rehearsal_takes_none(voting: Room) -> None:
    with pytest.raises(RefusedError, match="in rehearsals only"):
        simulate(voting.facilitator, 5, seed=0)
    assert read_pulse(voting.store, voting.workshop).joined == 0


@pytest.mark.parametrize("method", ["swing", "ranking"])
def test_a_rehearsal_of_two_rounds(store: Store, shipped: Question, method: str) -> None:
    groups = tuple(Group(id=p.id, name=p.name) for p in shipped.perspectives)
    plan = Plan.model_validate(
        {"title": "Try", "groups": groups, "method": method, "rehearsal": True}, strict=False
    )
    workshop, key = store.create(plan, shipped)
    act = Facilitator(store, workshop.id, key)
    assert simulate(act, 12, seed=0) == 0
    act.open_round(1)
    assert simulate(act, 8, seed=1) == 20
    act.close_round(1)
    act.reveal(1)
    act.open_round(2)
    assert simulate(act, 0, seed=2) == 20
    act.close_round(2)
    act.reveal(2)
    found = read_pulse(store, workshop.id)
    assert (found.joined, found.voted, found.simulated) == (20, 20, 20)
    first, second = revealed_rounds(store, workshop.id)
    assert all(ballot.simulated for ballot in first.ballots)
    # Who was heard moves towards the others.
    assert second.weights.std(axis=0).sum() < first.weights.std(axis=0).sum()
    assert verify(store, workshop.id).holds
    assert "simulated" in store.events(workshop.id)[1].payload


def test_real_people_are_not_marked(make_room: Callable[..., Room]) -> None:
    room = make_room(rehearsal=True)
    room.facilitator.open_round(1)
    room.votes(room.joins(), 100, 30)
    simulate(room.facilitator, 3, seed=0)
    found = read_pulse(room.store, room.workshop)
    assert (found.joined, found.simulated) == (4, 3)


@pytest.mark.parametrize("people", [-1, 201])
def test_too_many_at_once_are_refused(make_room: Callable[..., Room], people: int) -> None:
    with pytest.raises(RefusedError, match="cannot be added at once"):
        simulate(make_room(rehearsal=True).facilitator, people, seed=0)
