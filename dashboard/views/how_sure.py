"""How sure: how far the ranking can be trusted, and what would end it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.methods.evaluate import Evaluation
from dashboard.model.wording import counted
from dashboard.report import how_sure as words
from dashboard.report.how_sure_rows import check_rows, flip_rows
from dashboard.robustness.acceptability import Acceptability
from dashboard.robustness.assessment import Assessment
from dashboard.robustness.fragility import nearest_first
from dashboard.robustness.statement import statement
from dashboard.robustness.verdict import verdict
from dashboard.ui import frame, sections, session
from dashboard.ui import how_sure_tables as tables
from dashboard.ui.html import joined
from dashboard.ui.keys import Key
from dashboard.ui.margin_marks import style
from dashboard.ui.paging import chosen_page, options_page
from dashboard.ui.sampling_box import (
    Run,
    assessed,
    count_control,
    error_controls,
    quickly_assessed,
    run_box,
)

_SHOWN_WEIGHTS, _SHOWN_OPTIONS, _SHOWN_CHECKS = 6, 7, 5
"""Rows that stand open; the others are one click away."""

_NEAREST, _TREE = "Nearest first", "By branch"


def draw() -> None:
    st.html(style())
    evaluation = session.current_evaluation()
    weights = sections.small(frame.weights_line(evaluation.question))
    if len(evaluation.question.proposals) == 1:
        _title(quickly_assessed(evaluation))
        st.html(weights)
        return
    heading = st.container()
    reading_key, samples = _controls()
    chart = st.container()
    with st.container(gap="xsmall"):
        with st.expander("How it is sampled"):
            seed, errors = error_controls()
        below = st.container(gap="xsmall")
    found, run = assessed(evaluation, samples, seed, errors)
    if found is None:
        _awaited(evaluation, heading, chart, run)
        return
    reading = next(shares for key, _, shares in found.sampled.readings() if key == reading_key)
    with heading:
        _title(found)
        sections.section(words.firsts_finding(found, reading), weights)
    with chart:
        _chart(found, reading_key, reading, run)
    with below:
        _tables(found, reading_key, reading)
    _stability(found)
    _flips(found)
    _structure(found)
    _scenarios(found)


def _awaited(
    evaluation: Evaluation, heading: DeltaGenerator, chart: DeltaGenerator, run: Run | None
) -> None:
    """Until many options are assessed: what is known without that, and how far the work is."""
    with heading:
        judged = verdict(evaluation)
        frame.page_title(judged.headline, judged.margin)
    with chart:
        if run is not None:
            run_box(run)


def _title(found: Assessment) -> None:
    said = statement(found)
    frame.page_title(words.finding(found), words.chances(found) if words.has_rivals(found) else "")
    st.html(sections.sentence(said.confidence))


def _controls() -> tuple[str, int]:
    """How the weights are read, and how many samples are drawn."""
    keys = words.reading_keys(session.current_question())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        reading = st.segmented_control(
            "Read the weights as",
            keys,
            default=keys[0],
            required=True,
            format_func=lambda key: words.READING_LABELS[key],
            key=Key.READING,
            wrap=True,
            bind="query-params",
        )
        samples = count_control()
    return reading, samples


def _chart(found: Assessment, key: str, reading: Acceptability, run: Run | None) -> None:
    st.html(sections.small(words.reading_meaning(key, bands=found.sampled.known)))
    if run is not None:
        run_box(run)
    rows = options_page(found.evaluation.order, Key.OPTIONS_PAGE)
    st.html(
        joined(
            [
                tables.firsts_table(found, reading, rows),
                sections.sentence(words.firsts_sentence(found, reading)),
                sections.small(words.sampling_line(found, reading)),
            ]
        )
    )


def _shown(found: Assessment) -> list[int]:
    """The options of the page that the visitor has chosen above the chart."""
    return chosen_page(found.evaluation.order, Key.OPTIONS_PAGE)


def _tables(found: Assessment, key: str, reading: Acceptability) -> None:
    sections.opened(
        Key.SHARES,
        "The shares as a table",
        lambda: tables.shares_table(found, reading, _shown(found)),
    )
    sections.opened(
        Key.CENTRES,
        "Central weights: what is weighed where an option comes first",
        lambda: tables.centres_table(found, words.centres_reading(key), _shown(found)),
    )


def _stability(found: Assessment) -> None:
    nearest = nearest_first(found.stability)
    about = words.stability_caption(found)
    drawn = tables.stability_table(found, nearest[:_SHOWN_WEIGHTS], f"{about}; the nearest first")
    sections.section(words.stability_finding(nearest), drawn, sections.small(words.level_key()))
    title = f"All {counted(len(nearest), 'weight')}"
    box = st.expander(title, key=Key.ALL_WEIGHTS, on_change="rerun")
    if not box.open:
        return
    with box:
        order = st.segmented_control(
            "Order",
            [_NEAREST, _TREE],
            default=_NEAREST,
            required=True,
            key=Key.WEIGHTS_ORDER,
            wrap=True,
        )
        by_branch = order == _TREE
        st.html(
            tables.stability_by_branch(found, about)
            if by_branch
            else tables.stability_table(found, nearest, about)
        )


def _flips(found: Assessment) -> None:
    flips = flip_rows(found)
    drawn = tables.flips_list(found, flips[:_SHOWN_OPTIONS]) if flips else ""
    about = sections.small(words.FLIPS_CAPTION) if flips else ""
    sections.section(
        words.flips_finding(found), about, drawn, sections.sentence(statement(found).scores)
    )
    if len(flips) > _SHOWN_OPTIONS:
        title = f"All {len(flips)} options" if found.complete else words.examined_title(found)
        sections.opened(Key.ALL_FLIPS, title, lambda: tables.flips_list(found, flips))


def _structure(found: Assessment) -> None:
    checks = check_rows(found)
    changing = [check for check in checks if check.leader_changes]
    drawn = tables.changing_table(found, changing[:_SHOWN_CHECKS]) if changing else ""
    sections.section(
        words.structure_finding(found), drawn, sections.sentence(words.structure_sentence(found))
    )
    title = f"All {counted(len(checks), 'choice')}"
    sections.opened(Key.ALL_CHECKS, title, lambda: tables.checks_table(found, checks))


def _scenarios(found: Assessment) -> None:
    if len(found.scenarios.cases) == 1:
        return
    sections.section(
        words.scenarios_finding(found), sections.sentence(words.regret_sentence(found))
    )
    sections.opened(
        Key.SCENARIOS,
        "Ranks and regret by scenario",
        lambda: tables.scenario_table(found, _shown(found)),
    )


draw()
