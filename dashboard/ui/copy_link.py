"""The button that copies the link to what is shown, on every page.

A click is a run like any other, after the move that came before it, so the link is of the weights
that were moved. The browser then takes it from the answer.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.model.question import Question
from dashboard.ui.choice import Choice
from dashboard.ui.keys import Key
from dashboard.ui.link import link_query

_HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "counterweight_copy_link",
    css=(_HERE / "copy_link.css").read_text(encoding="utf-8"),
    js=(_HERE / "copy_link.js").read_text(encoding="utf-8"),
)

CARRIES = "It opens this page of this question with these weights, locks and settings."
WITHOUT_REASONS = "Overridden scores go with it, their reasons do not; the briefing has those."
TOO_LONG = (
    "This holds more than a link can carry safely (4 kB), so none is copied, and the address bar "
    "does not keep it. Take the briefing (PDF) instead: it has the result, the settings and the "
    "overridden scores."
)


def copy_button(question: Question, choice: Choice) -> None:
    """Draw it; what came of the last click is said beside it."""
    slug = st.session_state[Key.SERVED]
    _mount(
        key=Key.COPY_LINK,
        data={**link_data(question, choice, slug), "answers": st.session_state.get(Key.COPY_ASKED)},
        on_asked_change=_on_asked,
    )


def link_data(question: Question, choice: Choice, slug: str) -> dict[str, Any]:
    """The part of the address that makes the link, and what is said once it is copied."""
    query = link_query(question, choice, slug)
    if query is None:
        return {"query": None, "said": TOO_LONG}
    said = f"{CARRIES} {WITHOUT_REASONS}" if choice.overrides else CARRIES
    return {"query": query, "said": said}


def _on_asked() -> None:
    st.session_state[Key.COPY_ASKED] = st.session_state[Key.COPY_LINK].get("asked")
