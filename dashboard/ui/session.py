"""One visitor's choice, kept in the session and in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import streamlit as st

from dashboard.methods.evaluate import Evaluation
from dashboard.model.question import Question
from dashboard.report.override_words import lost_words
from dashboard.ui.cached import evaluation_of
from dashboard.ui.choice import (
    KEPT,
    Choice,
    choose_kept,
    choose_perspective,
    choose_points,
    default_choice,
    fitting_overrides,
    lost_overrides,
    refitted,
)
from dashboard.ui.keys import PAIR_PARAMETERS, STATE_PARAMETER, Key
from dashboard.ui.link import LONGEST_OFFERED, LinkError, decode, encode


@dataclass
class Latest:
    """Shared with callbacks that run after the page was drawn; the one thing here that changes."""

    choice: Choice | None = None


def start(question: Question) -> None:
    """Make the session fit the question: at its first run from the link, later from itself."""
    known = st.session_state.get(Key.QUESTION)
    st.session_state[Key.QUESTION] = question
    if known is not None and known.fingerprint == question.fingerprint:
        return
    if known is None:
        _restore(question)
        return
    before = current_choice()
    notice = lost_words(lost_overrides(question, before, known))
    choice = refitted(question, before, known)
    if choice is None:
        kept = fitting_overrides(question, before, known)
        choice = replace(default_choice(question), overrides=kept)
        notice = f"The question was edited; the weights start afresh. {notice}".strip()
    if notice:
        st.session_state[Key.NOTICE] = notice
    _choose(choice)


def _restore(question: Question) -> None:
    text = st.query_params.get(STATE_PARAMETER)
    try:
        choice = decode(question, text) if text else default_choice(question)
    except LinkError as error:
        choice = default_choice(question)
        st.session_state[Key.NOTICE] = str(error)
    _choose(choice)


def current_question() -> Question:
    return cast(Question, st.session_state[Key.QUESTION])


def current_choice() -> Choice:
    return cast(Choice, st.session_state[Key.CHOICE])


def current_evaluation() -> Evaluation:
    return evaluation_of(current_question(), current_choice())


def state_link() -> str | None:
    """The text that restores this choice; None for the start values."""
    return encode(current_question(), current_choice())


def is_too_long(link: str | None) -> bool:
    """Whether a link is one that cannot be relied on to arrive whole."""
    return link is not None and len(link) > LONGEST_OFFERED


def write_address() -> None:
    """Keep the address in step with the choice, so that it can be copied at any time.

    A choice that is too long for an address leaves it, rather than the one before standing there.
    """
    text = state_link()
    if is_too_long(text):
        text = None
    if st.query_params.get(STATE_PARAMETER) == text:
        return
    if text is None:
        del st.query_params[STATE_PARAMETER]
    else:
        st.query_params[STATE_PARAMETER] = text


def compared_pair(preset: tuple[str, str]) -> tuple[str, str]:
    """The ids to compare: as chosen in this visit, else from the address, else the preset."""
    known = {proposal.id for proposal in current_question().proposals}
    first, second = st.session_state.get(Key.PAIR) or (
        st.query_params.get(name, "") for name in PAIR_PARAMETERS
    )
    if not {first, second} <= known:
        return preset
    st.session_state[Key.PAIR] = first, second
    st.query_params.update(dict(zip(PAIR_PARAMETERS, (first, second), strict=True)))
    return first, second


def on_pair() -> None:
    st.session_state[Key.PAIR] = st.session_state[Key.FIRST], st.session_state[Key.SECOND]


def take_notice() -> str | None:
    """A message for the visitor, to be shown once."""
    return cast("str | None", st.session_state.pop(Key.NOTICE, None))


def on_perspective() -> None:
    identifier = st.session_state[Key.COMPONENT].get("perspective")
    if identifier == KEPT:
        _choose(choose_kept(current_choice()))
    elif any(p.id == identifier for p in current_question().perspectives):
        _choose(choose_perspective(current_question(), current_choice(), identifier))


def on_weights() -> None:
    reported = st.session_state[Key.COMPONENT].get("weights")
    _choose(choose_points(current_question(), current_choice(), reported))


def on_settings() -> None:
    chosen = tuple(st.session_state[Key.SETTINGS])
    choice = current_choice()
    active = tuple(s.id for s in current_question().settings if s.id in chosen)
    _choose(replace(choice, settings=active))


def latest_choice() -> Latest:
    """The choice as it stands at the moment of asking, for what is made after the page was."""
    return cast(Latest, st.session_state.setdefault(Key.LATEST, Latest()))


def choose(choice: Choice) -> None:
    """Make this the visitor's choice, for what a page offers beside the weights."""
    _choose(choice)


def _choose(choice: Choice) -> None:
    st.session_state[Key.CHOICE] = choice
    latest_choice().choice = choice
