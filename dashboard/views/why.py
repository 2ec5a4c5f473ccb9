"""Why: any two options side by side, criterion by criterion, down to the sources of each score."""

from __future__ import annotations

import streamlit as st

from dashboard.methods.comparison import Comparison, CriterionDifference, compare
from dashboard.methods.evaluate import Evaluation
from dashboard.model.proposals import Proposal, Score
from dashboard.model.question import Question
from dashboard.model.wording import CLASS_WORDS, band, listed, points, signed, swing, weight_percent
from dashboard.ui import frame, session
from dashboard.ui.html import Markup, diverging_bar, element, joined, mark, name_with_mark
from dashboard.ui.keys import Key


def draw() -> None:
    question, evaluation = session.current_question(), session.current_evaluation()
    heading = st.container()
    first, second = _choose_pair(evaluation)
    comparison = compare(evaluation, first.id, second.id)
    with heading:
        _title(comparison, first, second)
    st.html(_pair(evaluation.question, first, second, comparison))
    st.html(element("p", frame.weights_line(question), class_="cw-meta"))


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


def _title(comparison: Comparison, first: Proposal, second: Proposal) -> None:
    if first.id == second.id:
        frame.page_title(f"{first.label} is compared with itself", "Choose two different options.")
        return
    ahead, behind = (first, second) if comparison.gap >= 0 else (second, first)
    heading = f"{ahead.label} is {points(abs(comparison.gap))} ahead of {behind.label}"
    if comparison.gap == 0:
        heading = f"{first.label} and {second.label} have the same score"
    gains, losses = (
        comparison.best_for(ahead.id == first.id),
        comparison.best_for(ahead.id != first.id),
    )
    gained = f"gains most on {_labels(gains)}" if gains else "gains on no criterion"
    lost = f"loses most on {_labels(losses)}" if losses else "loses on none"
    frame.page_title(
        heading, f"{ahead.label} {gained} and {lost}. Open a line for reasons and sources."
    )


def _labels(differences: list[CriterionDifference]) -> str:
    return listed([difference.criterion.label for difference in differences[:2]])


def _pair(question: Question, first: Proposal, second: Proposal, comparison: Comparison) -> Markup:
    head = element(
        "div",
        element("span", "Criterion and weight"),
        name_with_mark(first.label, question.looks[first.id]),
        name_with_mark(second.label, question.looks[second.id]),
        element("span", f"Points for {first.label}", class_="cw-effect"),
        class_="head",
    )
    widest = comparison.widest
    lines = joined(
        _line(question, first, second, difference, widest)
        for difference in comparison.best_for(first_first=True, all_of_them=True)
    )
    total = element(
        "div",
        element("span", "Together"),
        element("span"),
        element("span"),
        element("span", signed(comparison.gap), class_="cw-effect"),
        class_="cw-total",
    )
    return element("div", head, lines, total, class_="cw-pair")


def _line(
    question: Question,
    first: Proposal,
    second: Proposal,
    difference: CriterionDifference,
    widest: float,
) -> Markup:
    criterion = difference.criterion
    weight = f"weight {weight_percent(difference.weight)}, {swing(criterion)}"
    sides = [
        element(
            "span",
            mark(question.looks[p.id]),
            element("span", band(p.scores[criterion.id], criterion)),
            class_="cw-side",
        )
        for p in (first, second)
    ]
    favoured = first if difference.contribution >= 0 else second
    effect = joined(
        [
            signed(difference.contribution),
            element("span", f" points for {first.label}", class_="cw-phone"),
            diverging_bar(difference.contribution, widest, question.looks[favoured.id]),
        ]
    )
    summary = element(
        "summary",
        element("span", criterion.name, element("span", weight, class_="cw-meta")),
        *sides,
        element("span", effect, class_="cw-effect"),
    )
    reasons = element(
        "div",
        *(_reason(question, p, p.scores[criterion.id]) for p in (first, second)),
        class_="cw-why",
    )
    return element("details", summary, reasons)


def _reason(question: Question, proposal: Proposal, score: Score) -> Markup:
    kinds = listed([CLASS_WORDS[kind] for kind in score.evidence_class])
    return element(
        "div",
        element("h4", proposal.label),
        element("p", score.rationale),
        element("p", score.working, class_="cw-meta") if score.working else "",
        element(
            "p",
            f"Rests on {kinds}. Confidence in the evidence: {score.confidence}.",
            class_="cw-meta",
        ),
        element("ul", joined(element("li", question.evidence_label(e)) for e in score.evidence)),
    )


draw()
