"""The workshops there are, and the form that makes a new one."""

from __future__ import annotations

from typing import cast

import streamlit as st

from dashboard.model.question import Question
from dashboard.model.settings import with_settings
from dashboard.model.wording import counted, listed
from dashboard.ui import sections, session, workshop_desk, workshop_marks
from dashboard.ui.html import element
from dashboard.ui.keys import Key, workshop_key
from dashboard.ui.markdown import plain
from dashboard.workshop import words
from dashboard.workshop.opened import Opened
from dashboard.workshop.plans import default_groups, planned
from dashboard.workshop.pulse import read_pulses
from dashboard.workshop.records import Method, Pulse, Workshop

_SHOWN = 8
_LONGEST_TITLE, _LONGEST_GROUPS = 200, 12_000

_OVERRIDDEN = (
    "Scores are overridden (what if) in this visit, and a workshop is on the scores of the files. "
    "Take the overrides back on the page Why first."
)
_SMALL_HELP = (
    "With it, the results of a group are shown even where fewer than five people speak for it, so "
    "that others may work out how one of them voted. It cannot be changed later, and phones say "
    "so before people join."
)


def draw(opened: Opened) -> None:
    """All workshops, the newest first, and the form."""
    workshops = opened.store.workshops()
    pulses = read_pulses(opened.store, [workshop.id for workshop in workshops])
    st.html(workshop_marks.heading("Workshop", *_title(workshops)))
    said = workshop_desk.take_said()
    if said:
        st.html(workshop_marks.refused(said))
    _rows(workshops[:_SHOWN], pulses)
    if len(workshops) > _SHOWN:
        box = st.expander(
            f"{len(workshops) - _SHOWN} older", key=Key.WORKSHOP_OLDER, on_change="rerun"
        )
        if box.open:
            with box:
                _rows(workshops[_SHOWN:], pulses)
    _new(opened, unfolded=not workshops)
    st.html(sections.small(f"{words.PRIVACY} They are kept in {opened.store.where}."))


def _title(workshops: tuple[Workshop, ...]) -> tuple[str, str]:
    how = (
        "People join with their phones, weight in private, and the room sees together where it "
        "agrees and what divides it."
    )
    if not workshops:
        return "No workshop yet", how
    taking = [workshop for workshop in workshops if workshop.takes_ballots]
    said = f"{counted(len(taking), 'round')} open now" if taking else "no round is open"
    return f"{counted(len(workshops), 'workshop')}, {said}", how


def _rows(workshops: tuple[Workshop, ...], pulses: dict[str, Pulse]) -> None:
    with st.container(key=f"{Key.WORKSHOP}_rows", gap="xsmall") if workshops else st.container():
        for workshop in workshops:
            pulse = pulses.get(workshop.id)
            if pulse is not None:
                _row(workshop, pulse)


def _row(workshop: Workshop, pulse: Pulse) -> None:
    facts = [
        words.state_words(pulse.workshop),
        words.people_words(pulse),
        words.day_time(workshop.created_at),
    ]
    if workshop.plan.rehearsal:
        facts.append(words.REHEARSAL)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=True):
        st.button(
            f"Open “{plain(_short(workshop.plan.title))}”",
            key=workshop_key(workshop.id),
            on_click=workshop_desk.go_to,
            args=(workshop,),
        )
        st.html(element("p", " · ".join(facts), class_="cw-ws-facts"), width="stretch")


def _short(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:57]}…"


def _new(opened: Opened, *, unfolded: bool) -> None:
    box = st.expander("New workshop", key=Key.WORKSHOP_NEW, expanded=unfolded, on_change="rerun")
    if not box.open:
        return
    with box:
        choice, question = session.current_choice(), session.current_question()
        if choice.overrides:
            st.html(sections.sentence(_OVERRIDDEN))
            return
        names = [setting.name for setting in question.settings if setting.id in choice.settings]
        switched = f" Settings switched on: {listed(names)}." if names else ""
        st.html(
            sections.sentence(
                f"On the question “{question.context.title}”, as its files are now.{switched} "
                "Later edits change nothing that is voted on."
            )
        )
        _form(opened, with_settings(question, choice.settings))


def _form(opened: Opened, question: Question) -> None:
    state = st.session_state
    state.setdefault(Key.WORKSHOP_GROUPS, default_groups(question))
    state.setdefault(Key.WORKSHOP_LIVE, True)
    with st.form(Key.WORKSHOP_FORM, border=False):
        st.text_input("Title", key=Key.WORKSHOP_TITLE, max_chars=_LONGEST_TITLE)
        st.radio(
            "How people weight",
            list(words.METHODS),
            format_func=lambda method: words.METHODS[method][0],
            captions=[about for _, about in words.METHODS.values()],
            key=Key.WORKSHOP_METHOD,
        )
        st.text_area(
            "Groups that people may speak for, one on each line (none is allowed)",
            key=Key.WORKSHOP_GROUPS,
            max_chars=_LONGEST_GROUPS,
            height=220,
        )
        st.checkbox(
            "Phones show the ranking that follows from one's own weights", key=Key.WORKSHOP_LIVE
        )
        st.checkbox("Show results of groups with fewer than five people", key=Key.WORKSHOP_SMALL)
        st.html(sections.small(_SMALL_HELP))
        st.checkbox(
            "Rehearsal, in which simulated people may take part", key=Key.WORKSHOP_REHEARSAL
        )
        st.form_submit_button(
            "Create the workshop",
            key=Key.WORKSHOP_CREATE,
            type="primary",
            on_click=_create,
            args=(opened, question),
        )


def _create(opened: Opened, question: Question) -> None:
    state = st.session_state

    def make() -> None:
        plan = planned(
            question,
            title=state[Key.WORKSHOP_TITLE] or "",
            groups=state[Key.WORKSHOP_GROUPS] or "",
            method=cast(Method, state[Key.WORKSHOP_METHOD]),
            small_groups=state[Key.WORKSHOP_SMALL],
            live_ranking=state[Key.WORKSHOP_LIVE],
            rehearsal=state[Key.WORKSHOP_REHEARSAL],
        )
        workshop, key = opened.store.create(plan, question)
        workshop_desk.go_to(workshop)
        workshop_desk.hold_key(workshop.id, key)
        state[Key.WORKSHOP_NEW_KEY] = workshop.id, key

    workshop_desk.tried(opened, make)
