"""Matrix: performances and what they are worth, before any weight; then benefit against cost."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.methods.evaluate import Evaluation
from dashboard.report import matrix_words as words
from dashboard.report.benefit_cost_chart import benefit_cost_chart
from dashboard.report.charts import Theme, chart_svg
from dashboard.report.tables_csv import contributions_csv, performance_csv, values_csv
from dashboard.ui import frame, sections, session
from dashboard.ui import matrix_tables as tables
from dashboard.ui.constraint_table import constraint_table, is_screened
from dashboard.ui.html import element, joined
from dashboard.ui.inner_links import follow_links, past
from dashboard.ui.keys import Key
from dashboard.ui.paging import chosen_page, options_page

_RAW, _VALUES, _BENEFIT = "raw", "values", "benefit"
_VIEWS = {
    _RAW: "Raw performance",
    _VALUES: "Values 0 to 100",
    _BENEFIT: "Benefit against cost",
}
_HIDDEN = "This view is hidden until you confirm your weights"
_WHY_HIDDEN = (
    "Benefit is calculated with the weights, so it would tell who leads. Confirm the weights on "
    "the page Weigh, and it opens. The two matrices need no weights."
)


def draw() -> None:
    follow_links()
    st.html(tables.style())
    evaluation = session.current_evaluation()
    heading = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        view = st.segmented_control(
            "Show",
            list(_VIEWS),
            default=_RAW,
            required=True,
            format_func=lambda key: _VIEWS[key],
            key=Key.VIEW,
            wrap=True,
            bind="query-params",
        )
        _downloads(evaluation)
    if view == _BENEFIT:
        _benefit(evaluation, heading)
        return
    with heading:
        frame.page_title(words.dominance_finding(evaluation), words.matrix_lead(evaluation))
    _dominance(evaluation)
    make = tables.performance_table if view == _RAW else tables.value_table
    rows = options_page(range(len(evaluation.question.proposals)), Key.OPTIONS_PAGE)
    st.html(past("matrix", make(evaluation, rows)))
    _screening(evaluation)


def _downloads(evaluation: Evaluation) -> None:
    """The three matrices; the weighted one would tell who leads a visitor who weighs blind."""
    label = session.current_choice().label(evaluation.question)
    files: list[tuple[Key, str, str, Callable[[], bytes]]] = [
        (Key.RAW_CSV, "Raw performances", "performances", lambda: performance_csv(evaluation)),
        (Key.VALUES_CSV, "Values 0 to 100", "values", lambda: values_csv(evaluation)),
    ]
    if not session.is_blind():
        weighted = "Weighted contributions"
        files.append(
            (
                Key.CONTRIBUTIONS_CSV,
                weighted,
                "contributions",
                lambda: contributions_csv(evaluation, label),
            )
        )
    with st.popover("Download (CSV)"):
        for key, title, name, make in files:
            st.download_button(
                title,
                data=make,
                file_name=f"counterweight-{name}.csv",
                mime="text/csv",
                key=key,
                on_click="ignore",
                width="stretch",
            )


def _dominance(evaluation: Evaluation) -> None:
    """Who is dominated by whom, and who nearly is; the heading has said how many."""
    if len(evaluation.question.proposals) == 1:
        return
    said = [*words.dominance_sentences(evaluation), words.near_finding(evaluation)]
    st.html(joined(element("p", sentence, class_="cw-found") for sentence in said))
    if pairs := words.near_pairs(evaluation):
        title = words.near_title(pairs)
        sections.opened(Key.NEAR, title, lambda: tables.near_table(evaluation))


def _screening(evaluation: Evaluation) -> None:
    question = evaluation.question
    if question.warnings:
        st.html(element("h2", "Outside the anchors", class_="cw-h2"))
        st.html(element("ul", joined(element("li", str(w)) for w in question.warnings)))
    if is_screened(question):
        st.html(element("h2", "Screening constraints", class_="cw-h2"))
        rows = chosen_page(range(len(question.proposals)), Key.OPTIONS_PAGE)
        st.html(constraint_table(question, rows))


def _benefit(evaluation: Evaluation, heading: st.delta_generator.DeltaGenerator) -> None:
    """The one view of this page that uses the weights, and says whose they are."""
    if session.is_blind():
        with heading:
            frame.page_title(_HIDDEN, _WHY_HIDDEN)
        return
    view = words.benefit_view(evaluation)
    if view is None:
        with heading:
            frame.page_title("Benefit is not set against cost", words.no_benefit_view(evaluation))
        return
    lead = (
        f"{frame.weights_line(evaluation.question)} Unlike the two matrices, this view uses the "
        f"weights: all but that of {view.costs}, rescaled."
    )
    with heading:
        frame.page_title(words.benefit_finding(view), lead)
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    with st.container(key=Key.PLANE):
        st.image(chart_svg(benefit_cost_chart(view, theme)), alt=words.benefit_sentence(view))
    st.html(element("p", words.CHART_KEY, class_="cw-meta"))
    st.html(element("p", words.frontier_sentence(view), class_="cw-found"))
    st.html(tables.benefit_table(view))


draw()
