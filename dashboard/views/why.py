"""Why: any two options side by side, criterion by criterion, down to the sources of each score."""

from __future__ import annotations

import streamlit as st

from dashboard.methods.evaluate import Evaluation
from dashboard.model.overrides import Cell
from dashboard.model.proposals import Proposal
from dashboard.model.wording import signed, weight_percent
from dashboard.report import pair_words as words
from dashboard.robustness.pair_margin import PairMargin, pair_margin
from dashboard.robustness.waterfall import Waterfall, waterfall
from dashboard.ui import frame, session
from dashboard.ui.html import Markup, element, joined, table
from dashboard.ui.keys import Key
from dashboard.ui.terms import criterion_name
from dashboard.ui.waterfall import axis, gap_bar, waterfall_html
from dashboard.ui.what_if import override_form, override_list, was_form_shown


def draw() -> None:
    evaluation = session.current_evaluation()
    heading = st.container()
    first, second = _choose_pair(evaluation)
    fall = waterfall(evaluation, first.id, second.id)
    with heading:
        frame.page_title(
            words.pair_headline(fall, first, second),
            words.pair_lead(evaluation.question, fall, first, second),
        )
    st.html(waterfall_html(evaluation, first, second, fall))
    st.html(_note(evaluation))
    override_list(evaluation)
    _details(evaluation, first, second, fall)
    # Its fields are the heaviest part of the page, so they are made when it is first opened; they
    # stay when it is closed, or what is half written would be gone.
    box = st.expander("What if a score were different?", key=Key.WHAT_IF, on_change="rerun")
    if box.open or was_form_shown():
        with box:
            override_form(evaluation, _preset(fall, first))


def _note(evaluation: Evaluation) -> Markup:
    line = frame.weights_line(evaluation.question)
    return element(
        "p",
        f"{line} Points are rounded to tenths, so they may not add up. Open a criterion for "
        "reasons, bands and sources. A striped bar is within its uncertainty: it may point the "
        "other way.",
        class_="cw-meta",
    )


def _choose_pair(evaluation: Evaluation) -> tuple[Proposal, Proposal]:
    """The leader and the next by default; the address keeps another pair."""
    question = evaluation.question
    labels = {proposal.id: proposal.name for proposal in question.proposals}
    ordered = [question.proposals[i].id for i in evaluation.order]
    pair = session.compared_pair((ordered[0], ordered[min(1, len(ordered) - 1)]))
    columns = st.columns(2)
    sides = zip(columns, (Key.FIRST, Key.SECOND), ("Compare", "with"), pair, strict=True)
    for column, key, label, chosen in sides:
        st.session_state[key] = chosen
        column.selectbox(
            label,
            list(labels),
            format_func=lambda identifier: labels[identifier],
            key=key,
            on_change=session.on_pair,
        )
    return question.proposal(pair[0]), question.proposal(pair[1])


def _preset(fall: Waterfall, first: Proposal) -> Cell:
    """The score that makes most of the difference."""
    return first.id, fall.steps[0].difference.criterion.id


def _details(evaluation: Evaluation, first: Proposal, second: Proposal, fall: Waterfall) -> None:
    """Made when they are opened; an option beside itself has none."""
    if first.id == second.id:
        return
    box = st.expander("How firm is this gap?", key=Key.MARGIN, on_change="rerun")
    if box.open:
        with box:
            _margin(evaluation, first, second)
    box = st.expander("The steps as a table", key=Key.STEPS, on_change="rerun")
    if box.open:
        with box:
            st.html(_table(fall, second))


def _table(fall: Waterfall, second: Proposal) -> Markup:
    rows = [
        [
            criterion_name(step.difference.criterion),
            weight_percent(step.difference.weight),
            signed(step.difference.contribution),
            f"±{step.error:.1f}",
            f"{step.end:.1f}",
        ]
        for step in fall.steps
    ]
    return table(
        ["Criterion", "Weight", "Points", "Error", "Score"],
        [[second.label, "", "", "", f"{fall.second_score:.1f}"], *rows],
        caption="Each criterion's part in the gap, in points, and the score after it",
        numeric=range(1, 5),
        class_="fit",
    )


def _margin(evaluation: Evaluation, first: Proposal, second: Proposal) -> None:
    margin = pair_margin(
        evaluation,
        evaluation.index(first.id),
        evaluation.index(second.id),
        words.nodes(evaluation),
    )
    sentences = (
        words.flip_sentence(evaluation, margin),
        words.crossing_sentence(evaluation, margin),
        words.tornado_sentence(evaluation, margin),
    )
    st.html(joined(element("p", sentence, class_="cw-said") for sentence in sentences))
    rows = words.crossing_rows(evaluation, margin)
    left, right = st.columns(2, gap="large") if rows else (None, st.container())
    if left is not None:
        left.html(
            table(
                ["Weight of", "Now", "Level at", "Ahead above that"],
                rows,
                caption="One weight moved alone, the others in proportion; the nearest first",
                numeric=(1, 2),
                class_="fit",
            )
        )
    right.html(_tornado(evaluation, margin))


def _tornado(evaluation: Evaluation, margin: PairMargin) -> Markup:
    proposals, criteria = evaluation.question.proposals, evaluation.question.criteria
    ahead, gap = proposals[margin.first].label, margin.tornado.gap
    bars = margin.tornado.bars
    scale = axis(min(0.0, *(bar.least for bar in bars)), max(0.0, *(bar.most for bar in bars)))
    either = element("span", "either may be ahead", class_="cw-band")
    rows = [
        [
            joined([criterion_name(criteria[bar.criterion]), either if bar.reverses else ""]),
            gap_bar(bar.least, gap, bar.most, scale),
            f"{signed(bar.least)} to {signed(bar.most)}",
        ]
        for bar in bars
    ]
    return table(
        ["Criterion", "Gap", "Points"],
        rows,
        caption=f"How far ahead {ahead} is with the two bands on one criterion moved to their "
        "ends; the upright line is a gap of nothing",
        numeric=(2,),
        class_="fit tornado",
    )


draw()
