"""What a visitor sets of a briefing: whose weights, length, annexes, marking, people."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.model.errors import InputError
from dashboard.model.question import Question
from dashboard.report.briefing.annex_workshop import WorkshopAnnex
from dashboard.report.briefing.names import LENGTHS, Annex, Length
from dashboard.ui import sections, session, workshop_desk
from dashboard.ui.briefs import CHOOSABLE, LONGEST_TYPED, Wanted, Whose
from dashboard.ui.keys import Key
from dashboard.ui.markdown import plain

_WHOSE: dict[Whose, str] = {
    "shown": "Those shown now",
    "perspectives": "Perspectives",
    "workshop": "A workshop",
}
_LENGTHS: dict[Length, str] = {
    "one-page": "One page",
    "two-pages": "Two pages",
    "full": "Full, with annexes",
}
_ANNEXES: dict[Annex, str] = {
    "terms": "Names",
    "matrix": "Matrix",
    "weights": "Weights",
    "robustness": "Robustness",
    "workshop": "Workshop",
    "evidence": "Evidence",
    "overrides": "Overridden scores",
    "logs": "Logs and caveats",
}


def controls(question: Question) -> None:
    """The fields; each keeps its value for the visit, on whatever page one is meanwhile."""
    now = session.wanted()
    _whose(question, now)
    _put(Key.BRIEFING_LENGTH, now.length)
    st.segmented_control(
        "Length",
        LENGTHS,
        required=True,
        format_func=_LENGTHS.__getitem__,
        key=Key.BRIEFING_LENGTH,
        on_change=_changed,
        wrap=True,
    )
    if now.length == "full":
        _put(Key.BRIEFING_ANNEXES, [a for a in CHOOSABLE if a not in now.left_out])
        st.pills(
            "Annexes",
            CHOOSABLE,
            selection_mode="multi",
            format_func=_ANNEXES.__getitem__,
            key=Key.BRIEFING_ANNEXES,
            on_change=_changed,
            help="What a workshop did, and scores that were overridden, are always told.",
            wrap=True,
        )
    _put(Key.BRIEFING_MARKING, now.marking)
    st.text_input(
        "Marking on every page",
        max_chars=LONGEST_TYPED,
        placeholder=question.context.marking,
        key=Key.BRIEFING_MARKING,
        on_change=_changed,
        help="Left empty, the question's own stands there.",
    )
    with st.container(horizontal=True, gap="small"):
        for key, label, value in (
            (Key.BRIEFING_AUTHOR, "Author", now.author),
            (Key.BRIEFING_ASSURER, "Assured by", now.assurer),
        ):
            _put(key, value)
            st.text_input(
                label,
                max_chars=LONGEST_TYPED,
                placeholder="Such as desk officer",
                key=key,
                on_change=_changed,
            )
    sections.alert(now.faults)


def _whose(question: Question, now: Wanted) -> None:
    """Whose weights; what there is none of is not offered."""
    rooms = _rooms()
    offered: list[Whose] = ["shown"]
    offered += ["perspectives"] if question.perspectives else []
    offered += ["workshop"] if rooms else []
    if len(offered) > 1:
        _put(Key.BRIEFING_WHOSE, now.whose if now.whose in offered else "shown")
        st.segmented_control(
            "Weights",
            offered,
            required=True,
            format_func=_WHOSE.__getitem__,
            key=Key.BRIEFING_WHOSE,
            on_change=_changed,
            wrap=True,
        )
    if now.whose == "perspectives" and question.perspectives:
        names = {p.id: plain(p.short_name or p.name) for p in question.perspectives}
        _put(Key.BRIEFING_PERSPECTIVES, [p for p in now.perspectives if p in names])
        st.pills(
            "Perspectives, a briefing for each",
            list(names),
            selection_mode="multi",
            format_func=names.__getitem__,
            key=Key.BRIEFING_PERSPECTIVES,
            on_change=_changed,
            wrap=True,
        )
        return
    if now.whose == "workshop" and rooms:
        _put(Key.BRIEFING_WORKSHOP, now.workshop if now.workshop in rooms else next(iter(rooms)))
        st.selectbox(
            "Workshop",
            list(rooms),
            format_func=rooms.__getitem__,
            key=Key.BRIEFING_WORKSHOP,
            on_change=_changed,
        )
        return
    label = session.current_choice().label(question)
    st.html(sections.small(f"Under the weights of: {label}."))


def _put(key: Key, value: object) -> None:
    """Give a field its value before it is drawn: Streamlit forgets those of other pages."""
    st.session_state[key] = value


def _changed() -> None:
    """Take over what the fields say; those that were not drawn keep what they had."""
    state, now = st.session_state, session.wanted()
    annexes = state.get(Key.BRIEFING_ANNEXES)
    left_out = now.left_out
    if annexes is not None:
        left_out = tuple(annex for annex in CHOOSABLE if annex not in annexes)
    question = session.current_question()
    chosen = state.get(Key.BRIEFING_PERSPECTIVES, now.perspectives)
    state[Key.BRIEFING_WANTED] = replace(
        now,
        whose=state.get(Key.BRIEFING_WHOSE, now.whose),
        perspectives=tuple(p.id for p in question.perspectives if p.id in chosen),
        workshop=state.get(Key.BRIEFING_WORKSHOP, now.workshop),
        length=state.get(Key.BRIEFING_LENGTH, now.length),
        left_out=left_out,
        marking=state.get(Key.BRIEFING_MARKING, now.marking),
        author=state.get(Key.BRIEFING_AUTHOR, now.author),
        assurer=state.get(Key.BRIEFING_ASSURER, now.assurer),
    )
    state.pop(Key.BRIEFING_PAGE, None)


# ------------------------------------------------------------------------- workshops


def _rooms() -> dict[str, str]:
    """The workshops whose key this visitor holds, by id; their titles."""
    if not st.session_state.get(Key.WORKSHOP_KEYS):
        return {}
    from dashboard.workshop.opened import opened  # noqa: PLC0415  (the database is slow to import)

    return {
        found.id: plain(found.plan.title)
        for found in opened().store.workshops()
        if found.state != "deleted" and workshop_desk.held_key(found.id)
    }


def annex_of_workshop(identifier: str | None) -> tuple[WorkshopAnnex | None, str]:
    """The record of a workshop, or the sentence why there is none to print."""
    rooms = _rooms()
    if not rooms:
        return None, "You hold the key of no workshop in this visit."
    from dashboard.ui.workshop_annex import annex_of  # noqa: PLC0415
    from dashboard.workshop.opened import opened  # noqa: PLC0415

    try:
        return annex_of(
            opened().store, identifier if identifier in rooms else next(iter(rooms))
        ), ""
    except InputError as error:
        return None, workshop_desk.said(error)
