"""Who disagrees: perspectives side by side, what divides any two, and what a compromise costs."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.methods.evaluate import Evaluation
from dashboard.report import disagreement_words as words
from dashboard.report import division_words as divided
from dashboard.report.disagreement_rows import part_rows
from dashboard.robustness.perspectives import (
    Panel,
    chosen_voice,
    division,
    least_alike,
    rivals,
    voices,
)
from dashboard.ui import disagreement_tables as tables
from dashboard.ui import frame, margin_marks, sections, session
from dashboard.ui.bump_chart import bump_chart, near_key
from dashboard.ui.cached import perspective_panel
from dashboard.ui.divided_pair import (
    divided_options,
    divided_pair,
    on_divided,
    on_divided_options,
)
from dashboard.ui.html import Markup, joined
from dashboard.ui.keys import Key

_SHOWN_PARTS = 6
"""Criteria that stand open; the others are one click away."""


def draw() -> None:
    st.html(joined([margin_marks.style(), tables.style()]))
    evaluation, choice = session.current_evaluation(), session.current_choice()
    own = words.OWN_LABEL if choice.origin == "own" else None
    if len(voices(evaluation, own)) < 2:
        frame.page_title(*words.nobody(evaluation.question))
        st.html(_weights(evaluation))
        return
    if len(evaluation.question.proposals) == 1:
        frame.page_title(*words.only_option(evaluation.question))
        st.html(_weights(evaluation))
        return
    panel = perspective_panel(evaluation, own)
    chosen = panel.index(_perspective(evaluation) or "")
    frame.page_title(
        words.finding(panel), f"{words.agreement_sentence(panel)} {words.decided_sentence(panel)}"
    )
    st.html(_weights(evaluation))
    _ranks(panel, chosen)
    _agreement(panel, chosen)
    _division(panel)
    _compromise(panel, chosen)


def _perspective(evaluation: Evaluation) -> str | None:
    """The perspective whose weights are shown, whoever set them; nobody sets the start values."""
    choice = session.current_choice()
    if choice.origin == "perspective":
        return choice.perspective
    return None if choice.origin == "default" else chosen_voice(evaluation)


def _weights(evaluation: Evaluation) -> Markup:
    line = frame.weights_line(evaluation.question)
    origin = "perspective" if _perspective(evaluation) else session.current_choice().origin
    taken = words.part_taken(origin)
    disclaimer = evaluation.question.weighting.disclaimer or ""
    return sections.small(f"{line} {taken} {disclaimer}".strip())


def _ranks(panel: Panel, chosen: int | None) -> None:
    sections.section(
        words.ranks_finding(panel),
        bump_chart(panel, chosen, "Ranks by perspective; the table below has every rank"),
        near_key(panel),
        sections.sentence(words.ranks_sentence(panel)),
    )
    sections.opened(
        Key.RANKS_TABLE,
        "Ranks and scores as a table",
        lambda: joined([tables.ranks_table(panel, chosen), sections.small(words.SCORES_KEY)]),
    )


def _agreement(panel: Panel, chosen: int | None) -> None:
    sections.section(
        words.agreement_finding(panel),
        tables.agreement_table(panel, chosen),
        sections.sentence(words.agreement_sentence_of_pairs(panel)),
        sections.sentence(words.diversity_sentence(panel)),
    )


def _division(panel: Panel) -> None:
    heading = st.container()
    pair, options = _choose(panel)
    if pair[0] == pair[1] or options[0] == options[1]:
        with heading:
            sections.section(divided.choose_two(same_perspective=pair[0] == pair[1]))
        return
    found = division(panel, *pair, options)
    with heading:
        sections.section(
            divided.division_finding(panel, *pair, found),
            sections.sentence(divided.division_gaps(panel, *pair, found)),
            sections.sentence(divided.division_sentence(panel, *pair, found)),
        )
    rows = part_rows(panel, *pair, found)
    caption = divided.parts_caption(panel, *pair, found)
    st.html(
        joined(
            [
                tables.parts_table(panel, pair, found, rows[:_SHOWN_PARTS], caption),
                sections.small(divided.split_note(panel, *pair, found)),
            ]
        )
    )
    if len(rows) > _SHOWN_PARTS:
        sections.opened(
            Key.PARTS_TABLE,
            f"All {len(rows)} criteria",
            lambda: tables.parts_table(panel, pair, found, rows, caption),
        )


def _choose(panel: Panel) -> tuple[tuple[int, int], tuple[int, int]]:
    """Rows of two voices and of two options; both start with what divides most."""
    labels = {voice.id: voice.label for voice in panel.voices}
    preset = least_alike(panel)
    ids = list(labels)
    pair = divided_pair(ids, (ids[preset[0]], ids[preset[1]]))
    a, b = (ids.index(identifier) for identifier in pair)
    proposals = [proposal.id for proposal in panel.evaluation.question.proposals]
    names = {p.id: p.label for p in panel.evaluation.question.proposals}
    first, second = rivals(panel, a, b)
    options = divided_options(proposals, (proposals[first], proposals[second]))
    columns = iter(st.columns(4))
    for key, label, identifier in (
        (Key.PERSPECTIVE, "First perspective", pair[0]),
        (Key.AGAINST, "Second perspective", pair[1]),
    ):
        _select(next(columns), key, label, labels, identifier, on_divided)
    for key, label, identifier in (
        (Key.OPTION, "First option", options[0]),
        (Key.RIVAL, "Second option", options[1]),
    ):
        _select(next(columns), key, label, names, identifier, on_divided_options)
    return (a, b), (proposals.index(options[0]), proposals.index(options[1]))


def _select(
    place: st.delta_generator.DeltaGenerator,
    key: Key,
    label: str,
    names: dict[str, str],
    chosen: str,
    on_change: Callable[[], None],
) -> None:
    st.session_state[key] = chosen
    place.selectbox(
        label,
        list(names),
        format_func=lambda identifier: names[identifier],
        key=key,
        on_change=on_change,
    )


def _compromise(panel: Panel, chosen: int | None) -> None:
    sections.section(
        divided.compromise_finding(panel),
        sections.sentence(divided.compromise_sentence(panel)),
        sections.small(divided.COMPROMISE_KEY),
        tables.compromise_table(panel, chosen),
        sections.sentence(divided.majority_sentence(panel)),
        sections.small(divided.CONVENTION),
    )


draw()
