"""A briefing that was dropped in becomes what the visitor looks at: question, weights, and all."""

from __future__ import annotations

from typing import cast

import streamlit as st

from dashboard.model.question import Question
from dashboard.report.briefing.brief import Brief
from dashboard.ui import session, switching
from dashboard.ui.cached import opened_question
from dashboard.ui.choice import Choice
from dashboard.ui.kept import desk as kept
from dashboard.ui.keys import Key
from dashboard.ui.served import Served, served_from_briefing, served_questions

_DIGITS = 8


def all_served() -> tuple[Served, ...]:
    """The questions of the server, and those that were opened from briefings in this visit."""
    return (*served_questions(), *_opened())


def _opened() -> tuple[Served, ...]:
    return cast("tuple[Served, ...]", st.session_state.get(Key.BRIEFINGS, ()))


def open_brief(brief: Brief) -> None:
    """Show the question of a brief under its weights, settings and overridden scores.

    A question that is served here is the served one; another is opened for this visit only.
    """
    slug = _slug_of(brief.question)
    if slug != st.session_state[Key.SERVED]:
        switching.switch_to(slug)
    choice = session.choice_from(brief, session_revision())
    st.session_state[Key.QUESTION] = brief.question
    session.choose(choice)
    kept.leave()


def session_revision() -> int:
    """One more than that of the choice before, so that no late report undoes the new one."""
    before = st.session_state.get(Key.CHOICE)
    return (before.revision if isinstance(before, Choice) else 0) + 1


def is_served(question: Question) -> bool:
    """Whether the server itself shows this very question."""
    return any(_is_same(one, question) for one in served_questions())


def _slug_of(question: Question) -> str:
    for one in all_served():
        if _is_same(one, question):
            return one.slug
    made = served_from_briefing(question, f"briefing-{question.fingerprint[:_DIGITS]}")
    st.session_state[Key.BRIEFINGS] = (*_opened(), made)
    return made.slug


def _is_same(one: Served, question: Question) -> bool:
    held = opened_question(one).question
    return held is not None and held.fingerprint == question.fingerprint
