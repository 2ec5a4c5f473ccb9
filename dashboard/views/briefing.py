"""Briefing: write one and look at its pages, open one again, compare two."""

from __future__ import annotations

import streamlit as st

from dashboard.model.wording import counted
from dashboard.report.briefing.brief import Brief
from dashboard.robustness.verdict import verdict
from dashboard.ui import (
    briefing_compare,
    briefing_controls,
    briefing_forms,
    briefing_open,
    briefing_preview,
    frame,
    session,
)
from dashboard.ui.briefs import briefs_of
from dashboard.ui.html import element
from dashboard.ui.keys import Key

_WRITE, _OPEN, _COMPARE = "write", "open", "compare"
_VIEWS = {_WRITE: "Write", _OPEN: "Open", _COMPARE: "Compare"}
_LENGTH_WORDS = {
    "one-page": "One page",
    "two-pages": "Two pages",
    "full": "A full briefing",
}
_DETAIL = (
    "The PDF carries the question, the weights and the results inside it: drop it here later, and "
    "it opens again with the same numbers."
)
_TOO_LONG = "Shorten what is too long for a page, and the briefing appears here."
_NONE_CHOSEN = "Choose at least one perspective, and its pages appear here."


def draw() -> None:
    view = st.segmented_control(
        "Briefing",
        list(_VIEWS),
        default=_WRITE,
        required=True,
        format_func=_VIEWS.__getitem__,
        key=Key.BRIEFING_VIEW,
        label_visibility="collapsed",
        wrap=True,
    )
    if view == _OPEN:
        briefing_open.draw()
    elif view == _COMPARE:
        briefing_compare.draw()
    else:
        _write()


def _write() -> None:
    question, choice = session.current_question(), session.current_choice()
    heading = st.container()
    left, right = st.columns([4, 7], gap="large")
    with left:
        briefing_controls.controls(question)
    wanted = session.wanted()
    annex, missing = None, ""
    if wanted.whose == "workshop":
        annex, missing = briefing_controls.annex_of_workshop(wanted.workshop)
    briefs = () if wanted.faults else briefs_of(question, choice, wanted, annex)
    missing = _TOO_LONG if wanted.faults else missing or _NONE_CHOSEN
    with heading:
        _title(briefs, refused=bool(wanted.faults))
    with left:
        briefing_forms.draw(briefs)
    with right:
        if not briefs:
            st.html(element("p", missing, class_="cw-meta", role="status"))
            return
        if len(briefs) > 1:
            said = f"The first of {len(briefs)} briefings: {briefs[0].weighting.label}"
            st.html(element("p", said, class_="cw-meta"))
        briefing_preview.draw(briefs[0])


def _title(briefs: tuple[Brief, ...], *, refused: bool) -> None:
    """How long it is, of whose weights, and what it says first."""
    if refused:
        frame.page_title("The briefing waits for a shorter text", _DETAIL)
        return
    if not briefs:
        frame.page_title("No weights are chosen for the briefing yet", _DETAIL)
        return
    length = _LENGTH_WORDS[briefs[0].layout.length]
    if len(briefs) > 1:
        frame.page_title(
            f"{counted(len(briefs), 'briefing')}, one for each perspective", _DETAIL, length
        )
        return
    headline = verdict(briefs[0].evaluation).headline
    frame.page_title(headline, _DETAIL, f"{length} · {briefs[0].weighting.label}")


draw()
