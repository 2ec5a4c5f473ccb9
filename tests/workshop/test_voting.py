"""People join and vote; what is sent twice counts once; nothing is ever overwritten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from dashboard.workshop import schema
from dashboard.workshop import voting as people
from dashboard.workshop.pulse import read_pulse
from dashboard.workshop.records import Answers, Ballot
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.verification import verify
from tests.workshop.conftest import Room


def rows(room: Room) -> list[tuple[int, str, int]]:
    """Round, answers and revision of every ballot there is."""
    table = schema.ballot
    query = sa.select(table.c.round, table.c.content, table.c.revision).order_by(table.c.at)
    with room.store.reading() as connection:
        return [(number, text, revision) for number, text, revision in connection.execute(query)]


def _ballot(room: Room, person: str) -> Ballot | None:
    return people.own_ballot(room.store, room.workshop, person, 1)


def _join(room: Room, person: str, group: str, name: str | None = None) -> None:
    people.join(room.store, room.workshop, person, name=name, names_agreed=False, group=group)


def test_joining_twice_is_joining_once(room: Room) -> None:
    for _ in range(2):
        people.join(room.store, room.workshop, "a", name="Ann", names_agreed=True, group="north")
    assert [person.name for person in room.facilitator.participants()] == ["Ann"]
    assert [event.kind for event in room.store.events(room.workshop)] == ["created", "joined"]


def test_names_are_on_one_line_without_invisible_signs(room: Room) -> None:
    person = room.joins(name="  Ann\u202e\n\x00 Marie\t ", agreed=True)
    assert room.person(person).name == "Ann Marie"
    assert room.person(room.joins(name="\u200b \n")).name is None
    assert len(room.person(room.joins(name="x" * 500)).name or "") == 80


def test_without_a_name_there_is_nothing_to_agree_to(room: Room) -> None:
    assert room.person(room.joins(name=" ", agreed=True)).names_agreed is False


def test_an_unknown_group_is_refused(room: Room) -> None:
    with pytest.raises(RefusedError, match="no such group"):
        room.joins("west")
    assert room.facilitator.participants() == ()


def test_a_vote_is_counted_once_for_a_group(voting: Room) -> None:
    person = voting.joins("north")
    ballot = voting.votes(person, 100, 30)
    assert (ballot.round, ballot.revision, ballot.group) == (1, 1, "north")
    counted = read_pulse(voting.store, voting.workshop)
    assert [(c.group, c.joined, c.voted) for c in counted.counts] == [("north", 1, 1)]


def test_a_resend_gives_the_same_ballot_and_no_other(voting: Room) -> None:
    person = voting.joins()
    first = voting.votes(person, 100, 30, request="one")
    assert voting.votes(person, 1, 2, request="one") == first
    assert len(rows(voting)) == 1


def test_a_resend_after_the_close_still_confirms(voting: Room) -> None:
    person = voting.joins()
    first = voting.votes(person, 100, 30, request="one")
    voting.facilitator.close_round(1)
    assert voting.votes(person, 100, 30, request="one") == first


def test_two_people_may_have_made_the_same_request(voting: Room) -> None:
    for _ in range(2):
        voting.votes(voting.joins(), 100, 30, request="one")
    assert len(rows(voting)) == 2


def test_a_revision_is_added_and_the_earlier_one_stays(voting: Room) -> None:
    person = voting.joins()
    voting.votes(person, 100, 30)
    assert voting.votes(person, 40, 100).revision == 2
    assert [row[2] for row in rows(voting)] == [1, 2]
    assert voting.points(_ballot(voting, person)) == [40, 100, 0]
    assert read_pulse(voting.store, voting.workshop).voted == 1


def test_sixteen_resends_at_once_count_once(voting: Room) -> None:
    person = voting.joins()
    with ThreadPoolExecutor(16) as pool:
        sent = [pool.submit(voting.votes, person, 100, 30, request="one") for _ in range(16)]
    assert {ballot.result().revision for ballot in sent} == {1}
    assert len(rows(voting)) == 1
    assert verify(voting.store, voting.workshop).holds


def test_forty_people_at_once_all_count_and_the_log_holds(voting: Room) -> None:
    def whole(_: int) -> None:
        voting.votes(voting.joins("south"), 100, 30)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(whole, range(40)))
    assert read_pulse(voting.store, voting.workshop).voted == 40
    assert verify(voting.store, voting.workshop).faults == ()


def test_who_has_not_joined_cannot_vote(voting: Room) -> None:
    with pytest.raises(RefusedError, match="have not joined") as refused:
        voting.votes("nobody", 100, 30)
    assert refused.value.kind == "not-joined"


def test_nothing_is_counted_before_the_first_round(room: Room) -> None:
    with pytest.raises(RefusedError, match="round 1 is closed"):
        room.votes(room.joins(), 100, 30)


@pytest.mark.parametrize("number", [0, 2, -1])
def test_nothing_is_counted_for_another_round(voting: Room, number: int) -> None:
    with pytest.raises(RefusedError, match=f"round {number} is closed"):
        voting.votes(voting.joins(), 100, 30, number=number)


def test_nothing_is_counted_after_the_close(voting: Room) -> None:
    person = voting.joins()
    voting.facilitator.close_round(1)
    with pytest.raises(RefusedError, match="round 1 is closed, so this was not counted"):
        voting.votes(person, 100, 30)
    voting.facilitator.reopen_round(1)
    assert voting.votes(person, 100, 30).revision == 1


def test_nobody_joins_or_votes_after_the_end(voting: Room) -> None:
    person = voting.joins()
    voting.facilitator.close()
    with pytest.raises(RefusedError, match="workshop is closed"):
        voting.votes(person, 100, 30)
    with pytest.raises(RefusedError, match="workshop is closed"):
        voting.joins()


def test_another_group_takes_the_vote_along(voting: Room) -> None:
    person = voting.joins("north")
    voting.votes(person, 100, 30)
    _join(voting, person, "south")
    own = _ballot(voting, person)
    assert own is not None
    assert (own.group, own.revision, voting.points(own)) == ("south", 2, [100, 30, 0])


def test_another_group_after_the_close_changes_no_ballot(voting: Room) -> None:
    person = voting.joins("north")
    voting.votes(person, 100, 30)
    voting.facilitator.close_round(1)
    _join(voting, person, "south")
    own = _ballot(voting, person)
    assert own is not None
    assert (own.group, own.revision) == ("north", 1)


def test_a_person_gone_wild_is_stopped(voting: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.workshop.voting.MOST_REVISIONS", 3)
    person = voting.joins()
    for points in range(3):
        voting.votes(person, 100, points)
    with pytest.raises(RefusedError, match="changed 3 times"):
        voting.votes(person, 100, 9)
    assert voting.points(_ballot(voting, person)) == [100, 2, 0]


def test_a_full_workshop_takes_nobody_more(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.workshop.voting.MOST_PARTICIPANTS", 2)
    first = room.joins()
    room.joins()
    with pytest.raises(RefusedError, match="takes no more"):
        room.joins()
    _join(room, first, "", "Ann")
    assert room.person(first).name == "Ann"


def test_leaving_takes_all_ballots_along(voting: Room) -> None:
    room = voting
    stays, goes = room.joins(), room.joins("north", "Ann", agreed=True)
    for person in (stays, goes):
        room.votes(person, 100, 30)
    room.votes(goes, 30, 100)
    assert people.leave(room.store, room.workshop, goes) == 2
    assert [person.id for person in room.facilitator.participants()] == [stays]
    assert len(rows(room)) == 1
    assert verify(room.store, room.workshop).faults == ()
    assert people.leave(room.store, room.workshop, goes) == 0


def test_answers_come_back_as_they_were_given(voting: Room) -> None:
    person = voting.joins()
    voting.votes(person, 99.5, 0)
    own = _ballot(voting, person)
    assert own is not None
    ids = [criterion.id for criterion in voting.question.criteria]
    assert own.answers == Answers("swing", dict(zip(ids, [99.5, 0.0, 0.0], strict=True)))
