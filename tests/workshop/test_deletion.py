"""What is deleted is gone from the file; that it happened stays in the log."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.workshop import schema
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.records import Plan
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.verification import verify
from tests.workshop.conftest import Room


def test_one_persons_ballots_go_and_the_log_says_so(voting: Room) -> None:
    stays, goes = voting.joins(), voting.joins("north", "Ann", agreed=True)
    for person in (stays, goes):
        voting.votes(person, 100, 30)
    voting.votes(goes, 30, 100)
    tag = voting.person(goes).tag
    assert voting.facilitator.delete_participant(goes) == 2
    last = voting.store.events(voting.workshop)[-1]
    assert last.kind == "person-deleted"
    assert last.payload == f'{{"ballots":2,"by":"facilitator","participant":"{tag}"}}'
    found = verify(voting.store, voting.workshop)
    assert (found.faults, found.ballots) == ((), 1)


def test_the_whole_workshop_goes_but_its_log(voting: Room) -> None:
    voting.votes(voting.joins("north", "Ann", agreed=True), 100, 30)
    code = voting.store.workshop(voting.workshop).code
    voting.facilitator.delete()
    assert voting.store.workshops() == ()
    assert voting.store.identifier_of(code) is None
    with voting.store.reading() as connection:
        for table in (schema.ballot, schema.participant, schema.round_, schema.question_copy):
            assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == 0
    kept = voting.store.workshop(voting.workshop)
    assert (kept.state, kept.plan) == ("deleted", Plan(title="Deleted workshop"))
    last = voting.store.events(voting.workshop)[-1]
    assert (last.kind, last.payload) == ("deleted", '{"ballot":1,"participant":1,"round":1}')
    assert verify(voting.store, voting.workshop).faults == ()


def test_nothing_can_be_done_with_what_was_deleted(voting: Room) -> None:
    voting.facilitator.delete()
    for act in (voting.facilitator.check, voting.facilitator.delete, voting.joins):
        with pytest.raises(RefusedError, match="no such workshop"):
            act()


def test_the_question_stays_while_another_workshop_is_on_it(voting: Room) -> None:
    other, key = voting.store.create(Plan(title="Other"), voting.question)
    voting.facilitator.delete()
    assert voting.store.question(other.fingerprint) == voting.question
    assert verify(voting.store, other.id).holds
    Facilitator(voting.store, other.id, key).check()


def test_a_wrong_key_deletes_nothing(voting: Room) -> None:
    person = voting.joins()
    thief = Facilitator(voting.store, voting.workshop, "AAAAA-AAAAA-AAAAA-AAAAA")
    for act in (thief.delete, lambda: thief.delete_participant(person)):
        with pytest.raises(RefusedError, match="not the facilitator's key"):
            act()
    assert len(voting.facilitator.participants()) == 1


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_no_byte_of_a_deleted_person_is_left_in_the_files(voting: Room) -> None:
    person = voting.joins("north", "Ann Unmistakable", agreed=True)
    voting.votes(person, 87.123, 12.456)
    folder = Path(str(voting.store.engine.url.database)).parent

    def found() -> set[str]:
        everything = b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
        sought = ("Unmistakable", "87.123", "12.456", person)
        return {word for word in sought if word.encode() in everything}

    assert found() == {"Unmistakable", "87.123", "12.456", person}
    voting.facilitator.delete_participant(person)
    assert found() == set()
