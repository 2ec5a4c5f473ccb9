"""Tables of the page Matrix as HTML; every number is a link to its reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from dashboard.methods.evaluate import Evaluation
from dashboard.model.value_tree import Criterion
from dashboard.model.wording import number, performance, performances, swing
from dashboard.report import matrix_words as words
from dashboard.report.override_words import cell_words
from dashboard.robustness.failed import miss
from dashboard.ui.html import (
    Markup,
    colours,
    element,
    joined,
    range_bar,
    table,
)
from dashboard.ui.inner_links import score_link
from dashboard.ui.terms import criterion_name, option_head, option_name, term

_CSS = Path(__file__).with_name("matrix_tables.css").read_text(encoding="utf-8")
_Cell = Callable[[int, int], tuple[str, str, Markup]]
"""The number, the band below it (none of an exact score), and the bar of one score."""


def style() -> Markup:
    """The style of all that follows, once a page."""
    return Markup(f"<style>{_CSS}</style>")


def performance_table(evaluation: Evaluation, shown: Sequence[int] | None = None) -> Markup:
    """What each option would do, in the unit of the criterion; or those of some rows."""
    question = evaluation.question

    def cell(i: int, j: int) -> tuple[str, str, Markup]:
        criterion = question.criteria[j]
        score = question.proposals[i].scores[criterion.id]
        low, likely, high = performances((score.low, score.likely, score.high), criterion)
        bar = range_bar(*_band(evaluation, i, j), question.looks[question.proposals[i].id])
        return likely, "" if low == high else f"{low} to {high}", bar

    return _matrix(
        evaluation,
        cell,
        shown,
        _unit_and_scale,
        "Raw performance: likely, with low to high beneath; on the line, right is better",
    )


def value_table(evaluation: Evaluation, shown: Sequence[int] | None = None) -> Markup:
    """What each performance is worth between its two anchors; all, or those of some rows."""
    question = evaluation.question

    def cell(i: int, j: int) -> tuple[str, str, Markup]:
        least, value, most = _band(evaluation, i, j)
        look = question.looks[question.proposals[i].id]
        fill = element("i", style=f"width:{value:.1f}%")
        line = element("s", style=f"left:{least:.1f}%;width:{most - least:.1f}%")
        bar = element(
            "span", fill, line, class_="cw-value", style=colours(look), aria_hidden="true"
        )
        reach = "" if least == most else f"{number(least)} to {number(most)}"
        return number(value), reach, bar

    return _matrix(
        evaluation,
        cell,
        shown,
        _anchors,
        "Value matrix: partial values from 0 to 100; the bar is the value, the line in it the band",
    )


def _unit_and_scale(criterion: Criterion) -> list[str]:
    better = "more" if criterion.direction == "max" else "less"
    return [f"{criterion.unit}; {better} is better", f"scale {swing(criterion)}"]


def _anchors(criterion: Criterion) -> list[str]:
    """The performances worth 0 and 100."""
    return [
        f"0 is {performance(criterion.worst, criterion)}",
        f"100 is {performance(criterion.best, criterion)}",
    ]


def _band(evaluation: Evaluation, i: int, j: int) -> tuple[float, float, float]:
    sides = (evaluation.values_least, evaluation.values, evaluation.values_most)
    least, value, most = (float(side[i, j]) for side in sides)
    return least, value, most


def _matrix(
    evaluation: Evaluation,
    cell: _Cell,
    shown: Sequence[int] | None,
    about: Callable[[Criterion], list[str]],
    caption: str,
) -> Markup:
    question = evaluation.question
    options = range(len(question.proposals)) if shown is None else shown
    rows: list[list[object]] = []
    j = 0
    for branch in question.branches:
        rows.append([branch.name])
        for criterion in branch.criteria:
            notes = [element("span", note, class_="cw-band") for note in about(criterion)]
            head = joined([term(criterion.name, criterion.definition), *notes])
            cells = [_linked(evaluation, i, j, *cell(i, j)) for i in options]
            rows.append([head, *cells])
            j += 1
    proposals = [question.proposals[i] for i in options]
    heads = [option_head(p, question.looks[p.id]) for p in proposals]
    return table(["Criterion", *heads], rows, caption=caption, class_="pinned even matrix")


def _linked(evaluation: Evaluation, i: int, j: int, said: str, band: str, bar: Markup) -> Markup:
    """The whole cell leads to the reasons of its score; a number of a reader's is called so."""
    question = evaluation.question
    cell = question.proposals[i].id, question.criteria[j].id
    flag = (
        element("span", "what if", class_="cw-flag")
        if question.overridden(*cell) is not None
        else ""
    )
    missed = miss(question.proposals[i], question.criteria[j])
    content = joined(
        [
            element("span", said, class_="cw-number"),
            flag,
            element("span", missed.figures, class_="cw-band cw-verdict-fail") if missed else "",
            element("span", band, class_="cw-band") if band else "",
            bar,
        ]
    )
    return score_link(cell, content, class_="cw-cell", title=f"Why: {cell_words(question, cell)}")


def near_table(evaluation: Evaluation) -> Markup:
    """Pairs that are one undecided criterion away from dominance; of many the first."""
    question = evaluation.question

    def option(row: int) -> Markup:
        proposal = question.proposals[row]
        return option_name(proposal, question.looks[proposal.id])

    # Of many pairs the rows are the first ones.
    pairs = zip(words.near_rows(evaluation), words.near_pairs(evaluation), strict=False)
    return table(
        ["Option", "But for one criterion behind", "Ahead on", "By, on average", "Uncertainty"],
        [
            [
                *(option(pair.alternative), option(pair.by)),
                criterion_name(question.criteria[pair.criterion]),
                *row[3:],
            ]
            for row, pair in pairs
        ],
        caption="Ahead on one criterion alone, where the lead is too close to call",
        numeric=(3, 4),
        class_="fit near",
    )


def benefit_table(view: words.BenefitView) -> Markup:
    """The numbers of the chart, the cheapest first."""
    question = view.evaluation.question
    rows = []
    for index, row in words.benefit_rows(view):
        proposal = question.proposals[index]
        rows.append([option_name(proposal, question.looks[proposal.id]), *row])
    return table(
        ["Option", "Benefit", "Error", "Cost", "Where it stands"],
        rows,
        caption="Benefit without cost, points out of 100, against cost; the cheapest first",
        numeric=(1, 2),
        class_="fit benefit",
    )
