"""Nobody sees a ballot before the reveal; after it each person counts once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from numpy.testing import assert_allclose

from dashboard.workshop.answers import weights_of
from dashboard.workshop.records import Answers
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.revealed import revealed_round, revealed_rounds, rounds_of
from dashboard.workshop.voting import vote
from tests.workshop.conftest import Room


@pytest.mark.parametrize("closed", [False, True])
def test_before_the_reveal_there_is_no_way_to_a_ballot(voting: Room, closed: bool) -> None:
    voting.votes(voting.joins(), 100, 30)
    if closed:
        voting.facilitator.close_round(1)
    with pytest.raises(RefusedError, match="round 1 is not revealed") as refused:
        revealed_round(voting.store, voting.workshop, 1)
    assert refused.value.kind == "not-revealed"
    assert revealed_rounds(voting.store, voting.workshop) == ()


def test_the_latest_revision_of_each_person_counts(voting: Room) -> None:
    first, second, silent = (voting.joins(group) for group in ("north", "south", "north"))
    voting.votes(first, 10, 90)
    voting.votes(second, 100, 100)
    voting.votes(first, 75, 25)
    assert silent
    voting.facilitator.close_round(1)
    voting.facilitator.reveal(1)
    found = revealed_round(voting.store, voting.workshop, 1)
    weights = {
        ballot.group: list(row) for ballot, row in zip(found.ballots, found.weights, strict=True)
    }
    assert weights == {"north": [0.75, 0.25, 0.0], "south": [0.5, 0.5, 0.0]}


def test_ballots_of_other_rounds_and_workshops_do_not_count(
    make_room: Callable[..., Room],
) -> None:
    rooms = [make_room(), make_room()]
    for room in rooms:
        room.facilitator.open_round(1)
        room.votes(room.joins(), 100, 30)
    one = rooms[0]
    one.facilitator.close_round(1)
    one.facilitator.reveal(1)
    one.facilitator.open_round(2)
    one.votes(one.people[0], 30, 100, number=2)
    assert len(revealed_round(one.store, one.workshop, 1).ballots) == 1
    assert [found.number for found in revealed_rounds(one.store, one.workshop)] == [1]
    assert [found.number for found in rounds_of(one.store, one.workshop)] == [1, 2]


def test_a_name_stands_there_only_where_it_was_agreed_to(voting: Room) -> None:
    for agreed in (True, False):
        voting.votes(voting.joins("north", f"Ann {agreed}", agreed=agreed), 100, 30)
    voting.facilitator.close_round(1)
    voting.facilitator.reveal(1)
    names = {ballot.name for ballot in revealed_round(voting.store, voting.workshop, 1).ballots}
    assert names == {"Ann True", None}


def test_a_person_is_the_same_over_the_rounds(voting: Room) -> None:
    person = voting.joins()
    for number in (1, 2):
        if number == 2:
            voting.facilitator.open_round(2)
        voting.votes(person, 100, 30, number=number)
        voting.facilitator.close_round(number)
        voting.facilitator.reveal(number)
    first, second = revealed_rounds(voting.store, voting.workshop)
    assert first.ballots[0].person == second.ballots[0].person != person


def test_a_round_without_ballots_is_empty(voting: Room) -> None:
    voting.facilitator.close_round(1)
    voting.facilitator.reveal(1)
    found = revealed_round(voting.store, voting.workshop, 1)
    assert (found.ballots, found.weights.shape) == ((), (0, 3))


def test_an_order_becomes_its_centroid(make_room: Callable[..., Room]) -> None:
    room = make_room(method="ranking")
    room.facilitator.open_round(1)
    ids = [criterion.id for criterion in room.question.criteria]
    answers = Answers("ranking", dict(zip(ids, [2, 1, 3], strict=True)))
    vote(room.store, room.workshop, room.joins(), 1, "one", answers)
    room.facilitator.close_round(1)
    room.facilitator.reveal(1)
    weights = revealed_round(room.store, room.workshop, 1).weights
    # (1/1 + 1/2 + 1/3) / 3, (1/2 + 1/3) / 3, (1/3) / 3
    assert_allclose(weights, [[5 / 18, 11 / 18, 2 / 18]], rtol=0, atol=1e-15)
    assert_allclose(weights_of(answers, room.question), weights[0], rtol=0, atol=0)
