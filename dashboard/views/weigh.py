"""Weigh: move the weights, see who leads, by how much, and what would change it."""

from __future__ import annotations

import streamlit as st

from dashboard.methods.evaluate import Evaluation
from dashboard.methods.second_opinions import Opinion
from dashboard.model.errors import InputError
from dashboard.model.question import Question
from dashboard.model.wording import weight_percent
from dashboard.report.charts import Theme, chart_sentence, chart_svg, ranking_chart
from dashboard.report.opinion_words import opinions_finding
from dashboard.robustness.sample_problem import MANY
from dashboard.robustness.verdict import Verdict, verdict
from dashboard.ui import download, frame, help_box, sections, session
from dashboard.ui.briefs import choice_brief, today
from dashboard.ui.cached import briefing, opinion_desk
from dashboard.ui.choice import Choice
from dashboard.ui.constraint_table import constraint_table
from dashboard.ui.html import Markup, element, joined, table
from dashboard.ui.keys import Key, setting_key
from dashboard.ui.markdown import plain
from dashboard.ui.paging import first_page, options_page
from dashboard.ui.terms import criterion_name, option_head, option_name
from dashboard.ui.weights_component import DETAIL, TITLE, weights_component

_BRIEFING = "views/briefing.py"
_POLL_SECONDS = 0.7


def draw() -> None:
    question, choice = session.current_question(), session.current_choice()
    evaluation = session.current_evaluation()
    if session.is_blind():
        frame.page_title(
            "The ranking is hidden until you confirm your weights",
            "Set each weight by what its swing is worth to you, from worst to best. Nothing here "
            "tells who leads; links and the briefing come back with the ranking.",
            question.context.decision,
        )
        _component(evaluation, choice, None)
        return
    judged = verdict(evaluation)
    detail = [judged.margin, judged.change, *([judged.caution] if judged.caution else [])]
    frame.page_title(judged.headline, " ".join(detail), question.context.decision, (TITLE, DETAIL))
    help_box.welcome(choice)
    _toolbar(question, choice)
    _component(evaluation, choice, judged.headline)
    st.html(
        element(
            "p",
            f"{frame.weights_line(question)} {_uncertainty(judged)}",
            class_="cw-meta",
        )
    )
    _second_opinions(evaluation)
    _details(evaluation)


def _uncertainty(judged: Verdict) -> str:
    """What the thin lines and the grey gaps stand for."""
    if not judged.lead.known:
        return ""
    return (
        "The thin line on each bar is the uncertainty of its score (1.28 standard deviations). "
        "A gap in grey is within the uncertainty of the difference of the two, which may be less "
        "where they share errors."
    )


def _component(evaluation: Evaluation, choice: Choice, title: str | None) -> None:
    weights_component(
        evaluation,
        choice,
        session.saved_weights(),
        key=(session.weights_key(), session.visitor()),
        title=title,
        on_weights=session.on_weights,
        on_action=session.on_action,
    )


def _details(evaluation: Evaluation) -> None:
    """Tables and the printed chart; each is made when it is opened, so the first page is light."""
    for key, title, draw_it in (
        (Key.CONSTRAINTS, "Constraints: which proposal meets which", _constraints),
        (Key.RANKING, "The ranking as a table", _ranking_table),
        (Key.WEIGHTS, "The weights as a table", _weights_table),
        (Key.PRINTED, "The ranking as the briefing prints it", _printed_chart),
    ):
        box = st.expander(title, key=key, on_change="rerun")
        if box.open:
            with box:
                draw_it(evaluation)


def _constraints(evaluation: Evaluation) -> None:
    rows = options_page(range(len(evaluation.question.proposals)), Key.CONSTRAINTS_PAGE)
    st.html(constraint_table(evaluation.question, rows))


def _toolbar(question: Question, choice: Choice) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if question.settings:
            _settings_box(question, choice)
        wanted = st.button(
            "Briefing (PDF)",
            key=Key.BRIEFING,
            type="primary",
            help="Two pages with the result, its margin, the reasons and the caveats.",
        )
    sections.alert(session.wanted().faults)
    if wanted and len(question.proposals) > MANY:
        # Many options take tens of seconds: that page shows how far it is, and can be stopped.
        st.switch_page(_BRIEFING)
    if wanted and not session.wanted().faults:
        _offer_briefing(question, choice)
    download.deliver()


def _offer_briefing(question: Question, choice: Choice) -> None:
    """Made at once; what keeps it from being made is said where it was asked for."""
    with st.spinner("Writing the briefing"):
        try:
            content = briefing(
                choice_brief(question, choice, session.wanted().short.layout(today()))
            )
        except InputError as error:
            frame.refused(error)
            return
    download.offer("counterweight-briefing.pdf", "application/pdf", content)


def _settings_box(question: Question, choice: Choice) -> None:
    with st.popover(f"Settings ({len(choice.settings)} on)" if choice.settings else "Settings"):
        if question.disclosure.disclosure:
            st.html(element("p", question.disclosure.disclosure, class_="cw-meta"))
        for setting in question.settings:
            key = setting_key(setting.id)
            st.session_state[key] = setting.id in choice.settings
            st.checkbox(
                plain(setting.name), key=key, on_change=session.on_setting, args=(setting.id,)
            )
            st.html(element("p", setting.why, class_="cw-meta"))


def _second_opinions(evaluation: Evaluation) -> None:
    """The other methods' ranks; the page never waits for their slow first import."""
    desk = opinion_desk()
    if desk.ready:
        _opinions(evaluation, desk.ask(evaluation).result())
        return
    words = "Three other methods are being run in the background."
    heading = element("h2", "Do other methods agree?", class_="cw-h2")
    st.html(joined([heading, element("p", words, class_="cw-meta")]))
    st.session_state[Key.POLLED] = False
    _await_opinions(evaluation)


@st.fragment(run_every=_POLL_SECONDS)
def _await_opinions(evaluation: Evaluation) -> None:
    """Ask at the first poll, when the page stands in the browser, and not while it is made."""
    if st.session_state[Key.POLLED] and opinion_desk().ask(evaluation).done():
        st.rerun()
    st.session_state[Key.POLLED] = True


def _opinions(evaluation: Evaluation, opinions: tuple[Opinion, ...]) -> None:
    heading = opinions_finding(evaluation, opinions)
    waits = "Updates when you release the slider."
    st.html(
        joined(
            [
                element("h2", heading, class_="cw-h2"),
                element("p", waits, class_="cw-meta"),
                _opinions_table(evaluation, opinions),
                element("ul", joined(_opinion_note(o) for o in opinions), class_="cw-notes"),
            ]
        )
    )


def _opinions_table(evaluation: Evaluation, opinions: tuple[Opinion, ...]) -> Markup:
    question, shown = evaluation.question, first_page(evaluation.order)
    proposals, looks = question.proposals, question.looks
    return table(
        ["Method", *(option_head(proposals[i], looks[proposals[i].id]) for i in shown)],
        [
            [
                opinion.method,
                *("-" if opinion.ranks is None else opinion.ranks[i] for i in shown),
            ]
            for opinion in opinions
        ],
        caption="Rank of each option by each method, on the same values and weights",
        numeric=range(1, len(shown) + 1),
    )


def _opinion_note(opinion: Opinion) -> Markup:
    silent = f" It could not run: {opinion.reason}." if opinion.reason else ""
    note = f" {opinion.note}." if opinion.note else ""
    return element("li", element("strong", opinion.method), f" {opinion.idea}.{note}{silent}")


def _printed_chart(evaluation: Evaluation) -> None:
    """The briefing's own chart, from the same function."""
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    sentence = chart_sentence(evaluation)
    st.image(chart_svg(ranking_chart(evaluation, theme)), alt=sentence)
    st.html(element("p", sentence, class_="cw-meta"))


def _ranking_table(evaluation: Evaluation) -> None:
    question = evaluation.question
    html = table(
        ["Option", "Rank", "Score", *(branch.label for branch in question.branches)],
        [
            [
                option_name(question.proposals[i], question.looks[question.proposals[i].id]),
                evaluation.ranks[i],
                f"{evaluation.scores[i]:.1f}",
                *(f"{part:.1f}" for part in evaluation.branch_contributions[i]),
            ]
            for i in options_page(evaluation.order, Key.RANKING_PAGE)
        ],
        caption="Score (0 to 100) and what each branch contributes to it, in points",
        numeric=range(1, len(question.branches) + 3),
    )
    st.html(html)


def _weights_table(evaluation: Evaluation) -> None:
    question = evaluation.question
    html = table(
        ["Criterion", "Branch", "Weight"],
        [
            [
                criterion_name(criterion),
                question.branch_of(criterion.id).name,
                weight_percent(weight),
            ]
            for criterion, weight in zip(question.criteria, evaluation.weights, strict=True)
        ],
        caption="Weights, sum 100 %",
        numeric=[2],
    )
    st.html(html)


draw()
