"""Below the board: what was revealed, what can be taken along, and what can be deleted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.model.errors import InputError
from dashboard.model.question import Question
from dashboard.model.settings import with_settings
from dashboard.model.wording import counted
from dashboard.report.room_record import room_results as results_data
from dashboard.robustness.room import Room
from dashboard.ui import (
    cached,
    download,
    frame,
    room_results,
    sections,
    session,
    workshop_desk,
    workshop_room,
)
from dashboard.ui.briefs import today
from dashboard.ui.keys import Key
from dashboard.ui.markdown import plain
from dashboard.ui.workshop_annex import annex_of, room_brief, room_name
from dashboard.ui.workshop_desk import Desk
from dashboard.workshop import export, words
from dashboard.workshop.record import record_json
from dashboard.workshop.records import Participant, Plan

_WEIGH = "views/weigh.py"
_TAKE: tuple[tuple[export.Form, Key, str], ...] = (
    ("csv", Key.WORKSHOP_CSV, "Ballots (CSV)"),
    ("json", Key.WORKSHOP_JSON, "Ballots (JSON)"),
    ("parquet", Key.WORKSHOP_PARQUET, "Ballots (Parquet)"),
)
_EXPORT = (
    "Ballots of revealed rounds, one row for each ballot, under pseudonyms that are drawn again "
    "for each file. Names stand only beside those who agreed. The record has rounds, results and "
    "the whole log, and no single ballot. The briefing is under the room's mean weights of the "
    "latest revealed round, with the workshop as its annex."
)
_DELETE = "What is deleted cannot be brought back. The log keeps that something was deleted."


def draw(desk: Desk, plan: Plan) -> None:
    """Exports and deletion."""
    _exports(desk, workshop_room.revealed_numbers(desk))
    _deletion(desk, plan)


def results(desk: Desk, plan: Plan) -> None:
    """What the room said in a revealed round, the latest unless another is chosen."""
    numbers = workshop_room.revealed_numbers(desk)
    if not numbers:
        return
    number = numbers[-1]
    if len(numbers) > 1:
        number = st.segmented_control(
            "Revealed round",
            numbers,
            default=number,
            required=True,
            format_func=lambda each: f"Round {each}",
            key=Key.WORKSHOP_ROUND,
            wrap=True,
        )
    found, question = workshop_room.room_of(desk, number), workshop_room.question_of(desk)
    room_results.draw(found, question, rehearsal=plan.rehearsal)
    _use_weights(found, question, plan)


# ------------------------------------------------------------------------- the room's weights


def _use_weights(found: Room, question: Question, plan: Plan) -> None:
    """Carry the mean weights of the room to Weigh, where they fit the question shown there."""
    if found.latest is None:
        return
    shown = session.current_question()
    if shown.scales_fingerprint != _base_scales(shown, question):
        st.html(
            sections.small(
                "The room's weights cannot be carried to the page Weigh: another question, or "
                "another version of this one, is shown there."
            )
        )
        return
    if st.button("Use the room's weights", key=Key.WORKSHOP_USE):
        weights = found.latest.whole.weights.tolist()
        points = dict(zip((c.id for c in question.criteria), weights, strict=True))
        name = room_name(found.latest.ballots, found.number, plan.title, rehearsal=plan.rehearsal)
        session.use_named(name, points, question.active_settings)
        st.switch_page(_WEIGH)


def _base_scales(shown: Question, question: Question) -> str | None:
    """The scales of the shown question, if with the room's settings they are those of the room."""
    known = {setting.id for setting in shown.settings}
    if not set(question.active_settings) <= known:
        return None
    switched = with_settings(shown, question.active_settings)
    same = switched.scales_fingerprint == question.scales_fingerprint
    return shown.scales_fingerprint if same else None


# ------------------------------------------------------------------------- to take along


def _exports(desk: Desk, numbers: list[int]) -> None:
    with st.container(key=f"{Key.WORKSHOP_RECORD}_row", gap="xsmall"):
        sections.section("Take it along", sections.small(_EXPORT))
        with st.container(horizontal=True, gap="small", wrap=True):
            for form, key, label in _TAKE:
                if st.button(label, key=key, disabled=not numbers):
                    _offer(desk, partial(_ballots, desk, form))
            if st.button("Record (JSON)", key=Key.WORKSHOP_RECORD):
                _offer(desk, partial(_record, desk, numbers))
            none = not numbers or not workshop_room.room_of(desk, numbers[-1]).rounds
            if st.button("Briefing with annex (PDF)", key=Key.WORKSHOP_BRIEFING, disabled=none):
                _offer(desk, partial(_briefing, desk))
    download.deliver()


def _offer(desk: Desk, make: Callable[[], None]) -> None:
    if not workshop_desk.tried(desk.opened, make):
        st.rerun()


def _ballots(desk: Desk, form: export.Form) -> None:
    table = export.exported(desk.store, desk.id)
    content = export.written(table, form)
    download.offer(f"{table.file_name}.{form}", export.MEDIA_TYPES[form], content)


def _briefing(desk: Desk) -> None:
    if session.wanted().faults:
        session.add_notice(" ".join(session.wanted().faults))
        return
    with st.spinner("Writing the briefing ..."):
        annex = annex_of(desk.store, desk.id)
        try:
            layout = session.wanted().short.layout(today())
            content = cached.briefing(room_brief(annex, layout))
        except InputError as error:
            frame.refused(error)
            return
    mark = "rehearsal-" if desk.workshop.plan.rehearsal else ""
    download.offer(f"{mark}workshop-briefing.pdf", "application/pdf", content)


def _record(desk: Desk, numbers: list[int]) -> None:
    results = None
    if numbers:
        found = workshop_room.room_of(desk, numbers[-1])
        results = results_data(found, workshop_room.question_of(desk))
    content = record_json(desk.store, desk.id, results)
    mark = "rehearsal-" if desk.workshop.plan.rehearsal else ""
    download.offer(f"{mark}workshop-record.json", "application/json", content)


# ------------------------------------------------------------------------- deletion


def _deletion(desk: Desk, plan: Plan) -> None:
    box = st.expander("People, and deleting", key=Key.WORKSHOP_DELETING, on_change="rerun")
    if not box.open:
        return
    with box:
        st.html(sections.sentence(_DELETE))
        people = desk.facilitator().participants()
        if people:
            _person(desk, plan, people)
        else:
            st.html(sections.sentence("Nobody has joined yet."))
        _whole(desk, plan)


def _person(desk: Desk, plan: Plan, people: tuple[Participant, ...]) -> None:
    labels = {person.id: plain(words.person_words(person, plan)) for person in people}
    chosen = st.selectbox(
        f"{counted(len(people), 'person', 'people')} in the order of joining",
        list(labels),
        index=None,
        format_func=lambda identifier: labels.get(identifier, ""),
        placeholder="Choose one",
        key=Key.WORKSHOP_PERSON,
    )
    sure = st.checkbox(
        "Delete this person and all their ballots for good", key=Key.WORKSHOP_PERSON_SURE
    )
    st.button(
        "Delete the person",
        key=Key.WORKSHOP_PERSON_DELETE,
        disabled=not (sure and chosen),
        on_click=_delete_person,
        args=(desk, chosen),
    )


def _delete_person(desk: Desk, person: str) -> None:
    st.session_state[Key.WORKSHOP_PERSON_SURE] = False
    st.session_state[Key.WORKSHOP_PERSON] = None
    desk.act(lambda facilitator: facilitator.delete_participant(person))


def _whole(desk: Desk, plan: Plan) -> None:
    with st.form(Key.WORKSHOP_DELETE_FORM, border=False):
        st.text_input(
            "To delete the whole workshop for good, type its title", key=Key.WORKSHOP_DELETE_TITLE
        )
        st.form_submit_button(
            "Delete the workshop", key=Key.WORKSHOP_DELETE, on_click=_delete, args=(desk, plan)
        )


def _delete(desk: Desk, plan: Plan) -> None:
    typed = " ".join((st.session_state[Key.WORKSHOP_DELETE_TITLE] or "").split())
    if typed != plan.title:
        workshop_desk.say("Nothing was deleted: what was typed is not the workshop's title.")
        return
    if desk.acted(lambda facilitator: facilitator.delete()):
        workshop_desk.drop_key(desk.id)
        workshop_desk.leave()
        session.add_notice(
            f"The workshop “{plan.title}” was deleted for good, with its people and ballots. "
            "Its log stays, and says so."
        )
