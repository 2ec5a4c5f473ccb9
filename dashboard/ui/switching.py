"""Going from one served question to another, and back to where one was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import streamlit as st

from dashboard.model.wording import counted
from dashboard.ui.cached import opened_question
from dashboard.ui.keys import (
    OF_THE_QUESTION,
    OF_THE_VISIT,
    PAIR_PARAMETERS,
    QUESTION_PARAMETER,
    STATE_PARAMETER,
    Key,
)
from dashboard.ui.link import is_made_for
from dashboard.ui.markdown import plain
from dashboard.ui.question_folder import Opened
from dashboard.ui.served import Served, distinct_titles
from dashboard.ui.session import add_notice


def shown(served: Sequence[Served]) -> Served:
    """The question of this visit: as chosen in it, else as the address says, else the first."""
    known = {one.slug: one for one in served}
    slug = st.session_state.get(Key.SERVED)
    if slug not in known:
        asked = st.query_params.get(QUESTION_PARAMETER)
        meant = asked if asked in known or asked is None else _made_for(served)
        slug = meant or served[0].slug
        if asked is not None and meant is None:
            add_notice(
                f"The address asks for the question “{asked[:60]}”, which is not served here; "
                "the first one is shown."
            )
        st.session_state[Key.SERVED] = slug
    # The address of every page says which is shown, also where there is one alone: whoever is
    # given it may have it opened where there are several.
    if st.query_params.get(QUESTION_PARAMETER) != slug:
        st.query_params[QUESTION_PARAMETER] = cast(str, slug)
    return known[cast(str, slug)]


def _made_for(served: Sequence[Served]) -> str | None:
    """The question that the weights in the address are of: elsewhere it may have another name."""
    link = st.query_params.get(STATE_PARAMETER, "")
    for one in served:
        question = opened_question(one).question
        if question is not None and is_made_for(question, link):
            return one.slug
    return None


def sidebar(served: Sequence[Served]) -> None:
    """The choice among the questions; no sidebar at all where there is only one."""
    if len(served) == 1:
        return
    opened = [opened_question(one) for one in served]
    titles = distinct_titles(
        served, [_title(one, each) for one, each in zip(served, opened, strict=True)]
    )
    labels = {one.slug: plain(title) for one, title in zip(served, titles, strict=True)}
    st.session_state[Key.SWITCH] = st.session_state[Key.SERVED]
    with st.sidebar:
        st.radio(
            "Question",
            list(labels),
            format_func=labels.__getitem__,
            captions=[_origin(one, each) for one, each in zip(served, opened, strict=True)],
            key=Key.SWITCH,
            on_change=on_switch,
            help="Weights, locks, settings and overridden scores stay with their question; they "
            "are as you left them when you come back.",
        )


def _title(one: Served, opened: Opened) -> str:
    return opened.question.context.title if opened.question else one.folder.name


def _origin(one: Served, opened: Opened) -> str:
    """Where it comes from, if from a briefing, or what is the matter with it."""
    if one.question is not None:
        return "From a briefing, for this visit"
    return _state(opened)


def _state(opened: Opened) -> str:
    """What is the matter with a question; empty where nothing is."""
    if not opened.faults:
        return ""
    count = counted(len(opened.faults), "fault")
    if opened.question is None:
        return f"Cannot be read yet: {count}"
    return f"Edited, with {count}: the last good state is shown"


def on_switch() -> None:
    switch_to(st.session_state[Key.SWITCH])


def switch_to(slug: str, link: str | None = None) -> None:
    """Put away what belongs to the question shown, and take out what belongs to the other.

    With a ``link``, the other begins from it; weights kept there under a name stay.
    """
    state = st.session_state
    put_away = state.setdefault(Key.QUESTIONS, {})
    put_away[state[Key.SERVED]] = {key: state[key] for key in OF_THE_QUESTION if key in state}
    for key in list(state):
        if key not in OF_THE_VISIT:
            del state[key]
    for key, value in put_away.pop(slug, {}).items():
        state[key] = value
    state[Key.SERVED] = slug
    # Only our own: what is bound to a widget stays with it, and Streamlit lets nobody clear it.
    for name in (STATE_PARAMETER, *PAIR_PARAMETERS):
        st.query_params.pop(name, None)
    if link is not None:
        for key in (Key.QUESTION, Key.CHOICE, Key.KEPT):
            state.pop(key, None)
        st.query_params[STATE_PARAMETER] = link


def offer(served: Sequence[Served]) -> None:
    """Say that the address held another question's link; and the way to it, if it is served."""
    if Key.OFFER not in st.session_state:
        return
    link, sentence = cast("tuple[str, str]", st.session_state[Key.OFFER])
    target = _question_of(link, served)
    if target is None:
        st.warning(plain(sentence))
        _stay()
        return
    one, title = target
    st.warning(
        f"This link was made for the question “{plain(title)}”, which is served here too. "
        "It was not applied to this one."
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Open the link with its question",
            key=Key.OPEN_OFFER,
            on_click=switch_to,
            args=(one.slug, link),
        )
        st.button("Stay here", key=Key.CLOSE_OFFER, type="tertiary", on_click=_stay)


def _question_of(link: str, served: Sequence[Served]) -> tuple[Served, str] | None:
    """The other served question that a link names, and its title."""
    for one in served:
        question = opened_question(one).question
        other = one.slug != st.session_state[Key.SERVED]
        if other and question is not None and is_made_for(question, link):
            return one, question.context.title
    return None


def _stay() -> None:
    del st.session_state[Key.OFFER]
