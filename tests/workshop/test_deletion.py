"""What is deleted is gone from the file; that it happened stays in the log."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.workshop import schema
from dashboard.workshop.database import open_database
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.records import Plan
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.store import Store
from dashboard.workshop.verification import verify
from dashboard.workshop.voting import leave
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


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_somebody_read_meanwhile_goes_after_the_next_ballot(voting: Room) -> None:
    stays, goes = voting.joins(), voting.joins("north", "Ann Unmistakable", agreed=True)
    voting.votes(goes, 87.123, 12.456)
    folder = Path(str(voting.store.engine.url.database)).parent

    def is_found() -> bool:
        return any(goes.encode() in file.read_bytes() for file in folder.iterdir())

    with voting.store.reading() as connection:
        connection.execute(sa.select(schema.ballot)).all()
        began = time.monotonic()
        leave(voting.store, voting.workshop, goes)
        voting.votes(stays, 100, 30)
        # Nobody waits for a reader that does not end.
        assert time.monotonic() - began < 3
        assert is_found()
    voting.votes(stays, 30, 100)
    assert not is_found()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_process_that_was_killed_after_a_deletion_leaves_nothing_after_its_restart(
    voting: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = voting.joins("north", "Ann Unmistakable", agreed=True)
    monkeypatch.setattr(voting.store, "cut_side_file", lambda: None)
    voting.facilitator.delete_participant(person)
    folder = Path(str(voting.store.engine.url.database)).parent
    assert any(person.encode() in file.read_bytes() for file in folder.iterdir())
    again = Store(open_database(voting.store.engine.url))
    assert not any(person.encode() in file.read_bytes() for file in folder.iterdir())
    again.engine.dispose()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_copies_from_before_a_migration_go_with_what_is_deleted(voting: Room) -> None:
    person = voting.joins()
    file = Path(str(voting.store.engine.url.database))
    copy, other = (file.with_name(f"{name}.before-0001") for name in (file.name, "other.sqlite"))
    for one in (copy, other):
        one.write_text(person)
    leave(voting.store, voting.workshop, person)
    assert (copy.exists(), other.exists()) == (False, True)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_workshop_made_while_the_last_other_one_goes_keeps_its_question(room: Room) -> None:
    store, question = room.store, room.question
    made, goes_on = threading.Event(), threading.Event()

    @sa.event.listens_for(store.engine, "after_cursor_execute")
    def _(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith("INSERT INTO question_copy"):
            made.set()
            goes_on.wait(10)

    with ThreadPoolExecutor(2) as pool:
        creating = pool.submit(store.create, Plan(title="New"), question)
        assert made.wait(10)
        deleting = pool.submit(room.facilitator.delete)
        with pytest.raises(TimeoutError):
            deleting.result(timeout=0.5)
        goes_on.set()
        new = creating.result()[0]
        deleting.result()
    assert verify(store, new.id).faults == ()
    assert Store(store.engine).question(new.fingerprint) == question


def test_the_last_two_workshops_on_a_question_take_it_along(room: Room) -> None:
    other, key = room.store.create(Plan(title="Other"), room.question)
    acts = (room.facilitator, Facilitator(room.store, other.id, key))
    with ThreadPoolExecutor(2) as pool:
        for deleting in [pool.submit(act.delete) for act in acts]:
            deleting.result()
    with room.store.reading() as connection:
        count = sa.select(sa.func.count()).select_from(schema.question_copy)
        assert connection.scalar(count) == 0
