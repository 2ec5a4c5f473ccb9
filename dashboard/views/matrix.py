"""Matrix: all performances in raw units with their bands, before anyone gives a weight."""

from __future__ import annotations

import streamlit as st

from dashboard.methods.dominance import dominated_pairs
from dashboard.methods.evaluate import Evaluation
from dashboard.model.value_tree import Criterion
from dashboard.model.wording import counted, listed, number, swing
from dashboard.ui import frame, session
from dashboard.ui.constraint_table import constraint_table
from dashboard.ui.html import Markup, element, joined, proposal_head, range_bar, table

_NAMED = 3
"""Up to this many are named in a sentence; the rest are counted."""


def draw() -> None:
    evaluation = session.current_evaluation()
    question = evaluation.question
    frame.page_title(_finding(evaluation), _detail(evaluation))
    st.html(_matrix(evaluation))
    if question.warnings:
        st.html(element("h2", "Outside the anchors", class_="cw-h2"))
        st.html(element("ul", joined(element("li", str(w)) for w in question.warnings)))
    if question.constraints:
        st.html(element("h2", "Screening constraints", class_="cw-h2"))
        st.html(constraint_table(question))


def _finding(evaluation: Evaluation) -> str:
    proposals = evaluation.question.proposals
    pairs = dominated_pairs(evaluation.values)
    if len(proposals) == 1:
        return "There is one option, so nothing can be traded"
    if not pairs:
        return "Every option is best at something: none is dominated"
    dominated = list(dict.fromkeys(proposals[pair.alternative].label for pair in pairs))
    if len(dominated) > _NAMED:
        return f"{len(dominated)} options are dominated: no weights can put them first alone"
    are = "is" if len(dominated) == 1 else "are"
    return f"{listed(dominated)} {are} dominated: no weights can put {_it(dominated)} first alone"


def _it(names: list[str]) -> str:
    return "it" if len(names) == 1 else "them"


def _detail(evaluation: Evaluation) -> str:
    proposals = evaluation.question.proposals
    pairs = dominated_pairs(evaluation.values)
    named = [
        f"{proposals[by].label} is at least as good as {proposals[alternative].label} everywhere"
        for alternative, by in pairs
    ]
    more = f"; and {len(named) - _NAMED} more pairs" if len(named) > _NAMED else ""
    found = "; ".join(named[:_NAMED]) + more + ". " if named else ""
    size = (
        f"{counted(len(proposals), 'option')} on "
        f"{counted(len(evaluation.question.criteria), 'criterion', 'criteria')}, "
    )
    return (
        f"{found}{size}before any weight is given: what each would do, in its own unit, and how "
        "uncertain that is."
    )


def _matrix(evaluation: Evaluation) -> Markup:
    question = evaluation.question
    heads = [proposal_head(p, question.looks[p.id]) for p in question.proposals]
    rows: list[list[object]] = []
    column = 0
    for branch in question.branches:
        rows.append([branch.name])
        for criterion in branch.criteria:
            rows.append([_criterion(criterion), *_cells(evaluation, criterion, column)])
            column += 1
    return table(
        ["Criterion", *heads],
        rows,
        caption="Raw performance: likely, with low to high beneath; on the line, right is better",
        class_="pinned even",
    )


def _criterion(criterion: Criterion) -> Markup:
    better = "more is better" if criterion.direction == "max" else "less is better"
    return joined(
        [
            criterion.name,
            element("span", f"{criterion.unit}; {better}", class_="cw-band"),
            element("span", f"scale {swing(criterion)}", class_="cw-band"),
        ]
    )


def _cells(evaluation: Evaluation, criterion: Criterion, column: int) -> list[Markup]:
    cells = []
    for index, proposal in enumerate(evaluation.question.proposals):
        score = proposal.scores[criterion.id]
        low, likely, high = (
            number(value, criterion.decimals) for value in (score.low, score.likely, score.high)
        )
        line = range_bar(
            evaluation.values_least[index, column],
            evaluation.values[index, column],
            evaluation.values_most[index, column],
            evaluation.question.looks[proposal.id],
        )
        cells.append(joined([likely, element("span", f"{low} to {high}", class_="cw-band"), line]))
    return cells


draw()
