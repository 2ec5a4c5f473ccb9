"""The charts of a briefing by name: what each shows, how it is made, and the same in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.model.question import Question
from dashboard.report.acceptability_chart import acceptability_chart, acceptability_sentence
from dashboard.report.benefit_cost_chart import benefit_cost_chart
from dashboard.report.briefing.brief import Findings
from dashboard.report.briefing.tables import shown_rows
from dashboard.report.chart_data import chart_sentence
from dashboard.report.charts import (
    chart_png,
    chart_svg,
    drawn_in,
    ranking_chart,
    trust_our_charts,
)
from dashboard.report.extra_fonts import coverage
from dashboard.report.matrix_words import BenefitView, benefit_sentence, benefit_view
from dashboard.report.safe_text import unprintable_words
from dashboard.report.stability_chart import drawn_rows, stability_chart, stability_sentence

if TYPE_CHECKING:
    import altair as alt


class FigureMaker(NamedTuple):
    """``applies`` : whether there is anything to draw."""

    title: str
    applies: Callable[[Findings], bool]
    chart: Callable[[Findings], alt.LayerChart]
    sentence: Callable[[Findings], str]


def _view(findings: Findings) -> BenefitView:
    view = benefit_view(findings.evaluation)
    if view is None:
        raise ValueError("there is nothing to set benefit against")
    return view


def _always(_: Any) -> bool:
    return True


FIGURES: Mapping[str, FigureMaker] = {
    "ranking": FigureMaker(
        "Scores of all options, by branch",
        _always,
        lambda f: ranking_chart(f.evaluation, "print", shown_options=shown_rows(f.evaluation)),
        lambda f: chart_sentence(f.evaluation, shown_rows(f.evaluation)),
    ),
    "rank-acceptability": FigureMaker(
        "How often each option comes at each rank",
        _always,
        lambda f: acceptability_chart(f.assessment, f.assessment.sampled.main, "print"),
        lambda f: acceptability_sentence(f.assessment, f.assessment.sampled.main),
    ),
    "stability": FigureMaker(
        "Where each weight keeps the leader",
        lambda f: bool(drawn_rows(f.assessment)),
        lambda f: stability_chart(f.assessment, "print"),
        lambda f: stability_sentence(f.assessment),
    ),
    "benefit-cost": FigureMaker(
        "Benefit against cost",
        lambda f: benefit_view(f.evaluation) is not None,
        lambda f: benefit_cost_chart(_view(f), "print"),
        lambda f: benefit_sentence(_view(f)),
    ),
}


def figure_svg(findings: Findings, name: str) -> str:
    """A chart as SVG, in the look of print."""
    trust_our_charts()
    with drawn_in(findings.brief.layout.fonts):
        return chart_svg(FIGURES[name].chart(findings))


def figure_png(findings: Findings, name: str) -> bytes:
    """A chart as PNG, in the look of print."""
    trust_our_charts()
    with drawn_in(findings.brief.layout.fonts):
        return chart_png(FIGURES[name].chart(findings))


def drawn_names(question: Question) -> list[str]:
    """The texts of a question that charts show."""
    branches = [branch.label for branch in question.branches]
    options = [proposal.label for proposal in question.proposals]
    return [*options, *branches, *(criterion.label for criterion in question.criteria)]


def can_be_drawn(findings: Findings) -> bool:
    """Whether the fonts have the letters of what charts show."""
    also = coverage(findings.brief.layout.fonts)
    return not any(unprintable_words(name, also) for name in drawn_names(findings.question))
