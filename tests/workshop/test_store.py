"""Workshops are made, found and kept with the question they are on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dashboard.model.overrides import Override, with_overrides
from dashboard.model.question import Question
from dashboard.workshop import voting as voting_module
from dashboard.workshop.codes import ALPHABET, plain_code, shown_code
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.pulse import Pulses, read_pulse
from dashboard.workshop.records import Group, Plan
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.revealed import revealed_round
from dashboard.workshop.store import Store
from dashboard.workshop.verification import verify
from tests.workshop.conftest import Room


def test_a_new_workshop_is_open_and_in_no_round(room: Room) -> None:
    found = room.store.workshop(room.workshop)
    assert (found.state, found.round, found.plan.title) == ("open", None, "Try")
    assert not found.takes_ballots
    assert room.store.workshops() == (found,)


def test_it_is_found_by_its_code_however_that_is_written(room: Room) -> None:
    code = room.store.workshop(room.workshop).code
    for written in (code, shown_code(code), shown_code(code).lower(), f" {code[:3]} {code[3:]} "):
        assert room.store.identifier_of(plain_code(written) or "") == room.workshop


@pytest.mark.parametrize(
    "typed", ["", "ABC", "A" * 11, "A" * 4000, "0OIL15S2ZU", "<script>xx", "Ⅷ" * 10]
)
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert plain_code(typed) is None


def test_an_unknown_code_leads_nowhere(room: Room) -> None:
    assert room.store.identifier_of("4" * 10) is None


def test_codes_have_46_bits_without_letters_that_are_misread(
    store: Store, minimal: Question
) -> None:
    codes = {store.create(Plan(title=str(n)), minimal)[0].code for n in range(20)}
    assert len(codes) == 20
    assert all(len(code) == 10 and set(code) <= set(ALPHABET) for code in codes)
    assert not set(ALPHABET) & set("0O1IL5S2ZUV")


def test_the_question_is_kept_whole(room: Room) -> None:
    kept = Store(room.store.engine).question(room.question.fingerprint)
    assert kept == room.question
    assert kept.fingerprint == room.question.fingerprint


def test_editing_the_question_changes_nothing_of_a_workshop(room: Room) -> None:
    first = room.question.proposals[0]
    edited = room.question.replace(
        proposals=(first.model_copy(update={"name": "Another"}), *room.question.proposals[1:])
    )
    other, _ = room.store.create(Plan(title="Later"), edited)
    fresh = Store(room.store.engine)
    before = fresh.question(fresh.workshop(room.workshop).fingerprint)
    after = fresh.question(fresh.workshop(other.id).fingerprint)
    assert before.proposals[0].name == first.name
    assert after.proposals[0].name == "Another"


def test_somebodys_own_scores_are_no_base_for_a_workshop(store: Store, minimal: Question) -> None:
    proposal, criterion = minimal.proposals[0], minimal.criteria[0]
    low = min(criterion.worst, criterion.best)
    own = Override(proposal.id, criterion.id, low, low, low, "to see")
    with pytest.raises(ValueError, match="scores of the question's files"):
        store.create(Plan(title="Try"), with_overrides(minimal, [own]))


def test_the_shipped_question_survives_the_store(store: Store, shipped: Question) -> None:
    workshop, _ = store.create(Plan(title="Try"), shipped)
    assert Store(store.engine).question(workshop.fingerprint) == shipped


def test_only_the_key_of_the_workshop_opens_it(room: Room, store: Store, minimal: Question) -> None:
    _, other = store.create(Plan(title="Other"), minimal)
    room.facilitator.check()
    for key in ("", other, room.facilitator.key[:-1], "x" * 10_000):
        with pytest.raises(RefusedError, match="not the facilitator's key") as refused:
            Facilitator(store, room.workshop, key).check()
        assert refused.value.kind == "key"


def test_a_key_may_be_typed_without_hyphens_and_in_small_letters(room: Room) -> None:
    typed = room.facilitator.key.lower().replace("-", " ")
    Facilitator(room.store, room.workshop, typed).check()


def test_a_new_key_makes_the_old_one_worthless_and_is_logged(room: Room) -> None:
    key = room.store.replace_key(room.workshop)
    Facilitator(room.store, room.workshop, key).check()
    with pytest.raises(RefusedError, match="not the facilitator's key"):
        room.facilitator.open_round(1)
    assert room.store.events(room.workshop)[-1].kind == "key-replaced"


def test_keys_and_codes_are_nowhere_in_the_log(room: Room) -> None:
    text = str(room.store.events(room.workshop))
    assert room.facilitator.key not in text
    assert room.store.workshop(room.workshop).code not in text


def test_a_secret_is_made_once_for_all_processes(store: Store) -> None:
    first = store.secret("participants")
    assert len(first) == 32
    assert Store(store.engine).secret("participants") == first
    assert store.secret("other") != first


def test_the_address_for_phones_is_kept(room: Room) -> None:
    assert room.store.address(room.workshop) == ""
    room.facilitator.set_address("http://192.0.2.7:8501")
    assert room.store.address(room.workshop) == "http://192.0.2.7:8501"


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b", "\udfff", "x" * 65])
def test_what_one_database_refuses_neither_takes(voting: Room, text: str) -> None:
    store, person = voting.store, voting.joins()

    def join(identifier: str) -> None:
        voting_module.join(
            store, voting.workshop, identifier, name=None, names_agreed=False, group=""
        )

    acts: list[Callable[[], object]] = [
        lambda: voting.votes(person, 100, 30, request=text),
        lambda: join(text),
        lambda: voting_module.participant(store, voting.workshop, text),
        lambda: voting_module.leave(store, voting.workshop, text),
        lambda: store.workshop(text),
        lambda: store.events(text),
        lambda: store.identifier_of(text),
        lambda: store.question(text),
        lambda: voting.facilitator.delete_participant(text),
        lambda: Pulses(store).of(text),
    ]
    for act in acts:
        with pytest.raises(RefusedError) as refused:
            act()
        assert refused.value.kind == "answers"
    assert voting.votes(person, 100, 30).revision == 1
    assert verify(store, voting.workshop).faults == ()


@pytest.mark.parametrize("text", ["http://a\0b", "http://a\ud800b"])
def test_an_address_that_no_database_takes_is_refused(room: Room, text: str) -> None:
    with pytest.raises(RefusedError, match="cannot be kept"):
        room.facilitator.set_address(text)
    assert room.store.address(room.workshop) == ""


def test_names_are_cleaned_of_what_no_database_takes(voting: Room) -> None:
    person = voting.joins("north", "A\0n\ud800n" + "\u202e😀", agreed=True)
    assert voting.person(person).name == "Ann😀"


def test_the_largest_workshop_of_all_holds(make_room: Callable[..., Room]) -> None:
    groups = tuple(Group(id=f"{n:02}" * 40, name=f"{n:03}" + "ß" * 297) for n in range(40))
    room = make_room(title="\0" + "😀" * 199, groups=groups)
    room.facilitator.open_round(1)
    for group in groups:
        room.votes(room.joins(group.id, "N" * 300, agreed=True), 1 / 3, 100, 5e-324)
    pulse = read_pulse(room.store, room.workshop)
    assert [(count.group, count.voted) for count in pulse.counts] == [(g.id, 1) for g in groups]
    room.facilitator.close_round(1)
    room.facilitator.reveal(1)
    found = revealed_round(room.store, room.workshop, 1)
    assert {tuple(sorted(ballot.answers.given.values())) for ballot in found.ballots} == {
        (5e-324, 1 / 3, 100.0)
    }
    assert verify(room.store, room.workshop).faults == ()


def test_who_makes_a_workshop_sees_its_key_or_made_none(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise RefusedError("storage", "there", "the database does not answer", "start it")

    monkeypatch.setattr(room.store, "reading", away)
    made, key = room.store.create(Plan(title="Try"), room.question)
    monkeypatch.undo()
    Facilitator(room.store, made.id, key).check()
    assert room.store.workshop(made.id) == made
