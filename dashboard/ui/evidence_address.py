"""What is open on the page Evidence; the address alone holds it, so that it can be shared."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.model.entry import Entry
from dashboard.model.overrides import Cell
from dashboard.model.question import Question
from dashboard.ui.keys import ENTRY_PARAMETER, SCORE_PARAMETER, Key


def opened_score(question: Question) -> Cell | None:
    """The option and the criterion that the address names; None where they are not there."""
    proposal, _, criterion = st.query_params.get(SCORE_PARAMETER, "").partition(".")
    known = {p.id for p in question.proposals}, {c.id for c in question.criteria}
    return (proposal, criterion) if proposal in known[0] and criterion in known[1] else None


def opened_entry(entries: Sequence[Entry]) -> Entry | None:
    """The entry that the address names; None where there is none of that key."""
    key = st.query_params.get(ENTRY_PARAMETER)
    return next((entry for entry in entries if entry.key == key), None)


def claim_criteria(question: Question, entry: Entry) -> tuple[str, ...] | None:
    """The criteria that a claim bears on; None for an entry that is no claim, or bears on none."""
    claims = {f"claim.{claim.id}": claim.criteria for claim in question.claims}
    return claims.get(entry.key) or None


def search_box() -> str:
    """What is searched for; it stays while a score or an entry is open."""
    if Key.SEARCH not in st.session_state and Key.SEARCHED in st.session_state:
        st.session_state[Key.SEARCH] = st.session_state[Key.SEARCHED]
    typed = st.text_input(
        "Search",
        key=Key.SEARCH,
        placeholder="a word or several: Interpol, crypto, consent",
        width=480,
        bind="query-params",
    )
    st.session_state[Key.SEARCHED] = typed or ""
    return typed or ""
