"""One visitor's choice, kept in the session and in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast
from uuid import uuid4

import streamlit as st

from dashboard.methods.evaluate import Evaluation
from dashboard.methods.weights import same_points
from dashboard.model.question import Question
from dashboard.report.briefing.brief import Brief
from dashboard.report.override_words import lost_words
from dashboard.ui.briefs import Wanted, choice_of, wanted_as
from dashboard.ui.cached import evaluation_of, starting_brief
from dashboard.ui.choice import (
    KEPT,
    Choice,
    checked_points,
    choose_kept,
    choose_order,
    choose_perspective,
    choose_points,
    choose_saved,
    choose_start,
    default_choice,
    fitting_overrides,
    lost_overrides,
    refitted,
)
from dashboard.ui.keys import PAIR_PARAMETERS, STATE_PARAMETER, Key, component_key
from dashboard.ui.link import LONGEST_OFFERED, LinkError, OtherQuestionError, decode, encode
from dashboard.ui.saved_weights import PREFIX, SavedWeights, saved_under, still_fitting
from dashboard.ui.whose import under_its_name


def start(question: Question) -> None:
    """Make the session fit the question: at its first run from the link, later from itself."""
    known = st.session_state.get(Key.QUESTION)
    st.session_state[Key.QUESTION] = question
    if known is not None and known.fingerprint == question.fingerprint:
        return
    if known is None:
        _restore(question)
        return
    st.session_state[Key.SAVED] = still_fitting(question, saved_weights())
    before = current_choice()
    notice = lost_words(lost_overrides(question, before, known))
    choice = refitted(question, before, known)
    if choice is None:
        kept = fitting_overrides(question, before, known)
        choice = replace(default_choice(question), overrides=kept)
        notice = f"The question was edited; the weights start afresh. {notice}".strip()
    if notice:
        add_notice(notice)
    choose(choice)


def _restore(question: Question) -> None:
    text = st.query_params.get(STATE_PARAMETER)
    try:
        choice = decode(question, text) if text else _first_choice(question)
    except LinkError as error:
        choice = default_choice(question)
        if isinstance(error, OtherQuestionError):
            st.session_state[Key.OFFER] = text, str(error)
        else:
            add_notice(str(error))
    choose(choice)


def _first_choice(question: Question) -> Choice:
    """That of the briefing which the server was started to open; else the start values."""
    opened = starting_brief()
    if opened is not None and opened.question.fingerprint == question.fingerprint:
        return choice_from(opened)
    return default_choice(question)


def choice_from(brief: Brief, revision: int = 1) -> Choice:
    """That of a briefing, which the visitor is told; weights with a name are kept under it."""
    choice = choice_of(brief, revision)
    if choice.name is not None:
        saved = saved_under(saved_weights(), choice.name, choice.points)
        st.session_state[Key.SAVED] = saved
        choice = replace(choice, name=saved[-1].name)
    before = wanted()
    st.session_state[Key.BRIEFING_WANTED] = wanted_as(before, brief.layout)
    add_notice(
        f"Opened from the briefing of {brief.layout.date.isoformat()}: "
        f"“{brief.question.context.title}”, weights: {brief.weighting.label}."
        f"{_marking_words(before.marking, wanted().marking)}"
    )
    return choice


def _marking_words(before: str, now: str) -> str:
    """That a marking was taken over; nothing where it stayed."""
    if now == before:
        return ""
    return f" Its marking is “{now}”{f', in place of “{before}”' if before else ''}."


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


def wanted() -> Wanted:
    """What is set for a briefing, in this visit."""
    return cast(Wanted, st.session_state.get(Key.BRIEFING_WANTED, Wanted()))


def visitor() -> str:
    """A name for this visit, for work that several visitors may share."""
    return cast(str, st.session_state.setdefault(Key.VISITOR, uuid4().hex))


def add_notice(sentence: str) -> None:
    """One more message for the visitor, beside those that were not shown yet."""
    waiting = st.session_state.get(Key.NOTICE, "")
    st.session_state[Key.NOTICE] = f"{waiting} {sentence}".strip()


def take_notice() -> str | None:
    """A message for the visitor, to be shown once."""
    return cast("str | None", st.session_state.pop(Key.NOTICE, None))


def saved_weights() -> tuple[SavedWeights, ...]:
    """Those kept under a name in this visit."""
    return cast("tuple[SavedWeights, ...]", st.session_state.get(Key.SAVED, ()))


def is_blind() -> bool:
    """Whether the visitor weighs without seeing who leads."""
    return bool(st.session_state.get(Key.BLIND, False))


def on_action() -> None:
    """What was asked for in the weights component; what it does not know changes nothing."""
    reported = _reported("action")
    if not isinstance(reported, Mapping):
        return
    kind, value = reported.get("kind"), reported.get("value")
    question, choice = current_question(), current_choice()
    if kind == "start":
        _start_from(value)
    elif kind == "reset":
        choose(choose_start(question, choice))
    elif kind == "order":
        choose(choose_order(question, choice, value))
    elif kind == "blind":
        st.session_state[Key.BLIND] = value is True
    elif kind == "keep":
        _save(value)
    elif kind == "use":
        _start_from(f"{PREFIX}{value}")
    elif kind == "forget":
        st.session_state[Key.SAVED] = tuple(s for s in saved_weights() if s.name != value)
        choose(choice)


def _save(name: Any) -> None:
    saved, choice = saved_under(saved_weights(), name, current_choice().points), current_choice()
    if saved != saved_weights():
        st.session_state[Key.SAVED] = saved
        choose(choose_saved(choice, saved[-1].name, choice.points))


def use_named(name: str, points: Mapping[str, float], settings: tuple[str, ...]) -> None:
    """Make points from elsewhere the visitor's own, kept under a name that says where from."""
    checked = checked_points(current_question(), points)
    if checked is None:
        raise ValueError("the points are not those of the question that is shown")
    saved = saved_under(saved_weights(), name, checked)
    st.session_state[Key.SAVED] = saved
    choose(replace(choose_saved(current_choice(), saved[-1].name, checked), settings=settings))


def _start_from(identifier: Any) -> None:
    """An entry of the list: a perspective, the own weights of before, or saved ones."""
    question, choice = current_question(), current_choice()
    if identifier == KEPT:
        choose(choose_kept(choice))
    elif any(p.id == identifier for p in question.perspectives):
        choose(choose_perspective(question, choice, identifier))
    for saved in saved_weights():
        if identifier == f"{PREFIX}{saved.name}":
            choose(choose_saved(choice, saved.name, saved.points))


def on_weights() -> None:
    reported = _reported("weights")
    if reported is not None:
        choose(choose_points(current_question(), current_choice(), reported))


def weights_key() -> str:
    """The key of the weights component of the question that is shown."""
    return component_key(st.session_state[Key.SERVED])


def _reported(name: str) -> Any:
    """What the component of the shown question says; None for a late word from another's."""
    return st.session_state.get(weights_key(), {}).get(name)


def on_setting(identifier: str) -> None:
    """One setting was switched on or off."""
    choice = current_choice()
    chosen = {identifier} ^ set(choice.settings)
    active = tuple(s.id for s in current_question().settings if s.id in chosen)
    choose(replace(choice, settings=active))


def choose(choice: Choice) -> None:
    """Make this the visitor's choice, under the name that its weights have.

    Weights are saved under a name as long as they stand there under it.
    """
    names = {saved.name for saved in saved_weights() if same_points(saved.points, choice.points)}
    if choice.name not in names:
        choice = replace(choice, name=None)
    st.session_state[Key.CHOICE] = under_its_name(current_question(), choice)
