"""What if a score were different: the form, and the list of what was changed."""

from __future__ import annotations

from typing import cast

import streamlit as st

from dashboard.methods.evaluate import Evaluation
from dashboard.model.overrides import (
    LONGEST_REASON,
    NUMBERS,
    Cell,
    TypedFaults,
    typed_override,
)
from dashboard.model.question import Question
from dashboard.model.typed_number import typed
from dashboard.model.wording import band, swing
from dashboard.report.override_words import (
    beyond_words,
    cell_words,
    effect_words,
    now_words,
    overrides_count,
    together_words,
    was_words,
)
from dashboard.robustness.what_if import OverrideEffect, as_written, override_effects
from dashboard.ui import session
from dashboard.ui.choice import choose_override, drop_override, drop_overrides
from dashboard.ui.html import Markup, element, joined, reason_markup
from dashboard.ui.keys import WHAT_IF_NUMBERS, Key, undo_key
from dashboard.ui.number_field import fault_beside

MOST_LISTED = 30
"""Overrides with a button each; a browser takes long over hundreds."""


def override_list(evaluation: Evaluation) -> None:
    """Every override with what was, what is, why, what it does, and a button that undoes it."""
    effects = override_effects(evaluation)
    if not effects:
        return
    question = evaluation.question
    st.html(element("h2", f"What if: {overrides_count(effects)}", class_="cw-h2"))
    for place, effect in enumerate(effects[:MOST_LISTED], 1):
        with st.container(horizontal=True, vertical_alignment="top", gap="small"):
            st.html(_entry(question, effect, place), width="stretch")
            cell = effect.overridden.override.cell
            st.button(
                "Undo" if len(effects) == 1 else f"Undo {place}",
                key=undo_key(*cell),
                on_click=on_undo,
                args=(cell,),
            )
    if len(effects) > MOST_LISTED:
        more = f"{len(effects) - MOST_LISTED} more follow as these are undone."
        st.html(element("p", more, class_="cw-meta"))
    if len(effects) > 1:
        before = tuple(leader.id for leader in as_written(evaluation).leaders)
        after = tuple(leader.id for leader in evaluation.leaders)
        st.html(element("p", together_words(question, before, after), class_="cw-meta"))
        st.button("Undo all", key=Key.UNDO_ALL, on_click=on_undo_all)


def _entry(question: Question, effect: OverrideEffect, place: int) -> Markup:
    held = effect.overridden
    change = joined(
        [
            element("span", was_words(question, held), class_="cw-was"),
            element("span", " → ", aria_hidden="true"),
            element("span", "now ", class_="cw-sr"),
            element("strong", now_words(question, held)),
        ]
    )
    return element(
        "div",
        element("p", element("strong", f"{place}. {cell_words(question, held.override.cell)}")),
        element("p", change),
        element("p", reason_markup(held), class_="cw-said"),
        element(
            "p",
            f"{effect_words(question, effect)} {beyond_words(question, held)}",
            class_="cw-meta",
        ),
        class_="cw-override",
    )


def override_form(evaluation: Evaluation, preset: Cell) -> None:
    """Option, criterion, three numbers and the reason; nothing typed is lost by a mistake."""
    question = evaluation.question
    cell = _choose_cell(question, preset)
    _show(question, cell)
    criterion = question.criterion(cell[1])
    score = question.proposal(cell[0]).scores[cell[1]]
    better = "more is better" if criterion.direction == "max" else "less is better"
    facts = f"Now {band(score, criterion)}. The scale runs {swing(criterion)}; {better}."
    with st.form(Key.WHAT_IF_FORM, border=False):
        st.html(element("p", facts, class_="cw-meta"))
        faults = st.session_state.get(Key.WHAT_IF_FAULTS, TypedFaults())
        for column, name, key in zip(st.columns(3), NUMBERS, WHAT_IF_NUMBERS, strict=True):
            with column:
                st.text_input(name.capitalize(), key=key, persist_state="session")
                fault_beside(faults.by_number.get(name))
        st.text_area(
            f"Reason (needed, up to {LONGEST_REASON} characters; not in the link, but in the PDF)",
            key=Key.WHAT_IF_REASON,
            height=80,
            persist_state="session",
        )
        if faults.others:
            items = joined(element("p", fault) for fault in faults.others)
            st.html(element("div", items, class_="cw-alert", role="alert"))
        st.form_submit_button("Override this score", key=Key.WHAT_IF_SUBMIT, on_click=on_what_if)


def was_form_shown() -> bool:
    """Whether the form has been opened in this visit."""
    return Key.WHAT_IF_SHOWN in st.session_state


def _choose_cell(question: Question, preset: Cell) -> Cell:
    """The score that the form is about: as chosen in this visit, else the preset."""
    proposals = {proposal.id: proposal.name for proposal in question.proposals}
    criteria = {criterion.id: criterion.name for criterion in question.criteria}
    cell = cast(Cell, st.session_state.get(Key.WHAT_IF_CELL) or preset)
    if cell[0] not in proposals or cell[1] not in criteria:
        cell = preset
    left, right = st.columns(2)
    for column, key, label, names, chosen in (
        (left, Key.WHAT_IF_PROPOSAL, "Option", proposals, cell[0]),
        (right, Key.WHAT_IF_CRITERION, "Criterion", criteria, cell[1]),
    ):
        st.session_state[key] = chosen
        column.selectbox(
            label, list(names), format_func=names.__getitem__, key=key, on_change=on_cell
        )
    return cell


def _show(question: Question, cell: Cell) -> None:
    """Fill in the numbers of a score when it is first looked at, and when they change."""
    score = question.proposal(cell[0]).scores[cell[1]]
    numbers = float(score.low), float(score.likely), float(score.high)
    if st.session_state.get(Key.WHAT_IF_SHOWN) == (cell, numbers):
        return
    st.session_state[Key.WHAT_IF_SHOWN] = cell, numbers
    for key, value in zip(WHAT_IF_NUMBERS, numbers, strict=True):
        st.session_state[key] = typed(value)


def on_cell() -> None:
    """Another score is looked at; the reason that was typed stays."""
    cell = st.session_state[Key.WHAT_IF_PROPOSAL], st.session_state[Key.WHAT_IF_CRITERION]
    st.session_state[Key.WHAT_IF_CELL] = cell
    st.session_state[Key.WHAT_IF_FAULTS] = TypedFaults()


def on_what_if() -> None:
    """Override the score; or keep everything that was typed, and say what is wrong."""
    cell = st.session_state[Key.WHAT_IF_PROPOSAL], st.session_state[Key.WHAT_IF_CRITERION]
    numbers = [st.session_state[key] or "" for key in WHAT_IF_NUMBERS]
    reason = st.session_state[Key.WHAT_IF_REASON] or ""
    question = session.current_evaluation().question
    override, faults = typed_override(question, cell, numbers, reason)
    st.session_state[Key.WHAT_IF_CELL] = cell
    st.session_state[Key.WHAT_IF_FAULTS] = faults
    if override is not None:
        session.on_pair()  # the leader may change, and what is looked at should stay
        st.session_state[Key.WHAT_IF_REASON] = ""
        session.choose(choose_override(session.current_choice(), override))


def on_undo(cell: Cell) -> None:
    session.on_pair()
    session.choose(drop_override(session.current_choice(), cell))


def on_undo_all() -> None:
    session.on_pair()
    session.choose(drop_overrides(session.current_choice()))
