"""A visitor's work stays in the browser: over a reload, a restart, and in a second tab.

The plan. A small component (``kept.js``) lies at the top of every page. When a visit begins it
reads what the browser keeps of the question and reports it, once; the page does not wait for it,
and what is taken over comes with a line that says so. From the first change on, every run hands
the whole work over as one text, with the record to write it to; the browser writes it if it is
another. Steps to undo go from the weights to the record inside the browser and never come here.

A record belongs to a served question and its scales, since weights mean nothing on others; one of
the same question on older scales is read too, and what still fits is taken over into a new record.
Each has a stamp, so no tab writes over what it has not read; it then goes on in a record of its
own. Nothing is kept of a question that was opened from a briefing, and no passphrase or key ever.
Signing out clears it all inside the browser, before the answer of the server.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import streamlit as st

from dashboard.model.question import Question
from dashboard.ui import session
from dashboard.ui.accounts import accounts, name_of
from dashboard.ui.cached import starting_brief
from dashboard.ui.choice import default_choice
from dashboard.ui.html import element
from dashboard.ui.kept import keeping as acts
from dashboard.ui.kept.keeping import Keeping
from dashboard.ui.kept.record import Work, kept_text, scales_key, undo_key
from dashboard.ui.kept.reports import Changed, Found, Unkept, read_report
from dashboard.ui.kept.words import FORGET, FORGET_HELP, NOT_KEPT, WHAT_IS_KEPT
from dashboard.ui.keys import Key, load_key
from dashboard.ui.served import Served, served_questions

_DIGITS = 12
_COOKIE_PATH = "/_stcore"
"""Only the socket of a page asks for it; pages, files and phones do without."""

_mount = st.components.v2.component(
    "counterweight_kept", js=Path(__file__).with_name("kept.js").read_text(encoding="utf-8")
)


# ------------------------------------------------------------------------------ in each run


def keep(shown: Served, question: Question) -> None:
    """Begin with what the browser keeps, or have it keep the work as it stands.

    To be called once in each run, as soon as the session holds the question.
    """
    if Key.KEPT not in st.session_state:
        _begin(shown, question)
    text, before = kept_text(question, _work()), _keeping()
    keeping = acts.to_write(acts.within_length(before, text), text)
    if keeping.off == "long" != before.off:
        session.add_notice(NOT_KEPT["long"])
    st.session_state[Key.KEPT] = keeping
    link = session.state_link()
    _mount(
        key=Key.KEEPER,
        data={
            "visit": keeping.visit,
            "visitor": session.visitor(),
            "answered": keeping.answered,
            "owner": _owner(),
            "scales": scales_key(question),
            "work": undo_key(session.weights_key(), question),
            "slug": shown.slug,
            "slot": keeping.slot,
            "fresh": keeping.fresh,
            "text": text if keeping.slot is not None and keeping.off is None else None,
            "link": link,
            "blind": session.is_blind(),
            "ask": None if keeping.ask is None else vars(keeping.ask),
            "off": keeping.off,
            "clear": keeping.clear,
            "cookie": {
                "name": _cookie_name(shown.slug),
                "path": _COOKIE_PATH,
                "all": _cookie_names(),
            },
        },
        on_found_change=_on_found,
        on_changed_change=_on_changed,
        on_unkept_change=_on_unkept,
    )


def _begin(shown: Served, question: Question) -> None:
    """At the first run of a visit to a question."""
    if st.context.cookies.get(_cookie_name(shown.slug)) == "1":
        st.session_state[Key.BLIND] = True
    opened = starting_brief()
    from_briefing = shown.question is not None or (
        opened is not None and opened.question.fingerprint == question.fingerprint
    )
    off: acts.Off | None = "briefing" if from_briefing else None
    if off is None and any(keeping.off == "forgotten" for keeping in _put_away().values()):
        off = "forgotten"
    st.session_state[Key.KEPT] = acts.begun(question, _work(), _nothing(question), off)


def _put_away() -> dict[str, Keeping]:
    """Of the other questions of this visit, by slug."""
    others = st.session_state.get(Key.QUESTIONS, {})
    return {slug: held[Key.KEPT] for slug, held in others.items() if Key.KEPT in held}


def leave() -> None:
    """The visitor's own work stays kept as it is; what is shown from now on is something else."""
    keeping = st.session_state.get(Key.KEPT)
    if isinstance(keeping, Keeping):
        question = session.current_question()
        st.session_state[Key.KEPT] = acts.left(question, keeping, _work())


def _keeping() -> Keeping:
    return cast(Keeping, st.session_state[Key.KEPT])


def _work() -> Work:
    return Work(
        session.current_choice(),
        session.saved_weights(),
        session.wanted(),
        session.is_blind(),
    )


def _nothing(question: Question) -> Work:
    return Work(default_choice(question), blind=session.is_blind())


def _take(work: Work) -> None:
    """Make it the visitor's; a hidden ranking stays hidden, whatever was kept."""
    state = st.session_state
    revision = session.current_choice().revision + 1
    # Saved weights first: whose a choice is depends on them.
    state[Key.SAVED], state[Key.BRIEFING_WANTED] = work.saved, work.wanted
    session.choose(replace(work.choice, revision=revision))
    state[Key.BLIND] = work.blind or session.is_blind()


def _owner() -> str:
    """Keeps apart what people with accounts of their own keep in one browser; no name in it."""
    if accounts() is None:
        return "all"
    name = name_of(st.user.to_dict())
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _cookie_name(slug: str) -> str:
    """Of the cookie that says that the ranking of a question stays hidden in this browser."""
    return f"counterweight_blind_{st.get_option('server.port')}_{slug}"


def _cookie_names() -> list[str]:
    """Of all questions, also of those that are no longer served."""
    start = _cookie_name("")
    there = {name for name in st.context.cookies if name.startswith(start)}
    return sorted(there | {_cookie_name(served.slug) for served in served_questions()})


# ------------------------------------------------------------------------------ what it reports


def _reported(name: str) -> Any:
    return st.session_state.get(Key.KEEPER, {}).get(name)


def _on_found() -> None:
    reported = _reported("found")
    if reported is None or Key.KEPT not in st.session_state:
        return
    keeping, found = _keeping(), read_report(Found, reported)
    if found is None:
        # Malformed: asked no more, or it would be reported in every run.
        st.session_state[Key.KEPT] = replace(keeping, answered=True)
    elif found.visit == keeping.visit:
        answer = acts.on_found(session.current_question(), _work(), keeping, found)
        st.session_state[Key.KEPT] = answer.keeping
        if answer.work is not None:
            _take(answer.work)


def _on_changed() -> None:
    changed = read_report(Changed, _reported("changed"))
    if changed is not None and _is_of_this_visit(changed.visit):
        st.session_state[Key.KEPT] = acts.on_changed(_keeping(), changed)


def _on_unkept() -> None:
    unkept = read_report(Unkept, _reported("unkept"))
    if unkept is not None and _is_of_this_visit(unkept.visit):
        st.session_state[Key.KEPT] = replace(_keeping(), off=unkept.why)
        session.add_notice(NOT_KEPT[unkept.why])


def _is_of_this_visit(visit: str) -> bool:
    keeping = st.session_state.get(Key.KEPT)
    return isinstance(keeping, Keeping) and keeping.visit == visit


# ------------------------------------------------------------------------------ what is said


def line() -> None:
    """Above a page: what was restored, is offered, or was changed by another tab."""
    said = _keeping().line
    if said is None:
        return
    with st.container(key=Key.KEPT_LINE, horizontal=True, vertical_alignment="center", gap="small"):
        st.html(element("p", said.said, role="status"))
        for place, (label, slot) in enumerate(said.loads):
            st.button(label, key=load_key(place), on_click=_on_load, args=(slot,))
        if said.kind == "changed":
            other = said.loads[0][1]
            st.button("Keep both", key=Key.KEPT_BOTH, on_click=_on_both, args=(other,))
            return
        if said.kind == "restored":
            st.button("Start again", key=Key.KEPT_START, on_click=_on_start_again)
        st.button("Close", key=Key.KEPT_CLOSE, type="tertiary", on_click=_on_close)


def foot() -> None:
    """At the foot of every page: what is kept where, and the button that clears it."""
    keeping = _keeping()
    said = WHAT_IS_KEPT if keeping.off is None else NOT_KEPT[keeping.off]
    with st.container(key=Key.KEPT_FOOT, horizontal=True, vertical_alignment="center", gap="small"):
        st.html(element("p", said, class_="cw-soft"), width="content")
        if keeping.off in ("forgotten", "cleared"):
            st.button(
                "Keep this tab again", key=Key.KEPT_AGAIN, type="tertiary", on_click=_on_again
            )
        else:
            st.button(
                FORGET,
                key=Key.KEPT_FORGET,
                type="tertiary",
                help=FORGET_HELP,
                on_click=_on_forget,
            )


def _change(keeping: Keeping) -> None:
    st.session_state[Key.KEPT] = keeping


def _on_load(slot: str) -> None:
    _change(acts.asked_for(_keeping(), slot))


def _on_both(other: str) -> None:
    _change(acts.kept_both(_keeping(), other))


def _on_start_again() -> None:
    """The start values, but a ranking that is hidden stays hidden."""
    question = session.current_question()
    _take(_nothing(question))
    _change(acts.started_again(question, _keeping(), _work()))


def _on_close() -> None:
    _change(replace(_keeping(), line=None))


def _on_forget() -> None:
    """For every question: those of this visit that are put away are kept no more either."""
    _change(acts.forgotten(_keeping()))
    for slug, keeping in _put_away().items():
        if keeping.off in (None, "long"):
            stopped = replace(acts.forgotten(keeping), clear=None)
            st.session_state[Key.QUESTIONS][slug][Key.KEPT] = stopped


def _on_again() -> None:
    _change(acts.kept_again(_keeping()))
