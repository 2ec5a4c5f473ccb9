"""Annex: how far the ranking can be trusted, with the samples and the seed it was tested with."""

from __future__ import annotations

import numpy as np

from dashboard.methods.second_opinions import Opinion
from dashboard.model.question import Question
from dashboard.model.wording import (
    cell_percent,
    counted,
    listed,
    named_or_counted,
    performance,
    share_percent,
    weight_percent,
)
from dashboard.report import how_sure
from dashboard.report.briefing.annex_parts import capital, left_out, note, row_of, say
from dashboard.report.briefing.brief import Findings
from dashboard.report.briefing.document import (
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Items,
    Section,
    Table,
    runs,
)
from dashboard.report.briefing.figures import FIGURES
from dashboard.report.briefing.tables import option_cell, shown_rows
from dashboard.report.how_sure_rows import (
    check_rows,
    flip_rows,
    scenario_rows,
    stability_row,
)
from dashboard.report.left_out import first_of_each_kind
from dashboard.report.matrix_words import benefit_finding, benefit_view, no_benefit_view
from dashboard.robustness.assessment import Assessment
from dashboard.robustness.fragility import nearest_first
from dashboard.robustness.statement import statement
from dashboard.robustness.veto import Veto

MOST_WEIGHTS, MOST_CHECKS, MOST_FLIPS, MOST_MISSES = 20, 15, 14, 15
"""Rows of a table or a list that the page prints; the attached results have all."""

_READING_HEADS = {
    "given_weights": "These",
    "weights_nearby": "Nearby",
    "same_order": "Same order",
    "all_weights": "All weights",
    "perspectives": "Perspectives",
    "stated_weights": "As stated",
}


def section(findings: Findings) -> Section:
    assessment = findings.assessment
    said = statement(assessment)
    told = (said.who, said.likelihood, said.weights, said.scores, said.scenarios, said.structure)
    return Section(
        "annex-robustness",
        "robustness",
        how_sure.finding(assessment),
        (
            Items(tuple(runs(sentence) for sentence in told if sentence)),
            *_ranks(findings),
            *_stability(findings),
            *_flips(assessment),
            *_scenarios(assessment),
            *_structure(assessment),
            *_methods(findings),
            *_vetoes(assessment),
            *_benefit(findings),
            *_health(assessment),
        ),
        dense=True,
    )


def _figure(findings: Findings, name: str) -> list[Block]:
    """A chart, where there is anything to draw."""
    maker = FIGURES[name]
    return [Figure(name, maker.sentence(findings))] if maker.applies(findings) else []


def _ranks(findings: Findings) -> list[Block]:
    """How often each option comes first, under what may be assumed of the weights."""
    assessment, question = findings.assessment, findings.question
    readings = list(assessment.sampled.readings())
    rows = tuple(
        (
            option_cell(question, question.proposals[i]),
            *(Cell(cell_percent(float(found.ranks.value[i, 0]))) for _, _, found in readings),
        )
        for i in shown_rows(findings.evaluation)
    )
    heads = [_READING_HEADS[key] for key, _, _ in readings]
    meanings = " ".join(
        how_sure.reading_meaning(key, bands=assessment.sampled.known) for key, _, _ in readings[1:]
    )
    return [
        Heading(how_sure.firsts_finding(assessment, assessment.sampled.main)),
        *_figure(findings, "rank-acceptability"),
        Table(
            "Share of the samples in which each option comes first",
            (
                Column("First in the samples, weights:", width=2.2),
                *(Column(head, align="right") for head in heads),
            ),
            rows,
        ),
        note(
            f"{how_sure.sampling_line(assessment, assessment.sampled.main)} {_charted(assessment)} "
            f"{meanings}"
        ),
    ]


def _charted(assessment: Assessment) -> str:
    """Which of the readings the chart shows."""
    if assessment.sampled.known:
        return "The chart is under the weights as given."
    return "The chart is under weights near those given."


def _stability(findings: Findings) -> list[Block]:
    assessment = findings.assessment
    every = [stability_row(assessment, found) for found in nearest_first(assessment.stability)]
    found = [row for row in every if row.low is not None]
    if not found:
        return []
    proposals = findings.question.proposals
    rows = tuple(
        row_of(
            row.name,
            row.inside,
            weight_percent(row.now),
            row.between,
            row.distance,
            listed([f"{proposals[t.leads].label} {t.where}" for t in row.takes_over]) or "nobody",
        )
        for row in found[:MOST_WEIGHTS]
    )
    levels = [row.fragility for row in found]
    return [
        Heading(how_sure.stability_finding(levels)),
        *_figure(findings, "stability"),
        Table(
            how_sure.stability_caption(assessment),
            (
                Column("Weight", width=1.7),
                Column("Branch"),
                Column("Now", align="right", width=0.7),
                Column("Leader stays", align="right", width=1.3),
                Column("To another leader", align="right", width=1.2),
                Column("Who leads beyond", width=2.2),
            ),
            rows,
        ),
        note(how_sure.level_key(), _more(len(found) - MOST_WEIGHTS, "weight")),
    ]


def _more(count: int, noun: str) -> str:
    return f" {left_out(count, noun)}" if count > 0 else ""


def _flips(assessment: Assessment) -> list[Block]:
    rows, question = flip_rows(assessment), assessment.evaluation.question
    if not rows:
        return []
    made = Table(
        how_sure.FLIPS_CAPTION,
        (
            Column("Option", width=1.2),
            Column("Moved", align="right", width=0.7),
            Column("How", width=4),
        ),
        tuple(
            (
                option_cell(question, question.proposals[row.row]),
                Cell(row.words, small=True),
                Cell(row.change, small=True),
            )
            for row in rows[:MOST_FLIPS]
        ),
    )
    cut = len(rows) - MOST_FLIPS
    return [
        Heading(how_sure.flips_finding(assessment)),
        made,
        *([note(left_out(cut, "option"))] if cut > 0 else []),
    ]


def _scenarios(assessment: Assessment) -> list[Block]:
    rows, question = scenario_rows(assessment), assessment.evaluation.question
    if not rows:
        return [say("The question holds no scenarios.")]
    order = [int(i) for i in assessment.evaluation.order]
    shown = shown_rows(assessment.evaluation)[:9]
    places = [order.index(i) for i in shown]
    made = Table(
        "Rank of each option in each scenario, and how far it is behind the best",
        (
            Column("Scenario", width=1.9),
            *(Column(question.proposals[i].label, align="right", bold=True) for i in shown),
        ),
        tuple(
            (
                Cell(name, small=True),
                *(
                    Cell(str(cells[p].rank), below=cells[p].regret, bold=cells[p].worst)
                    for p in places
                ),
            )
            for name, cells in rows
        ),
    )
    cut = len(order) - len(shown)
    return [
        Heading(how_sure.scenarios_finding(assessment)),
        made,
        note(
            f"{how_sure.regret_sentence(assessment)} Below each rank the points behind the best; "
            f"in bold each option's worst.{_more(cut, 'option')}"
        ),
    ]


def _structure(assessment: Assessment) -> list[Block]:
    rows = check_rows(assessment)
    if not rows:
        return []
    proposals = assessment.evaluation.question.proposals
    told = [row for row in rows if row.effect != "nothing changes"]
    blocks: list[Block] = [Heading(how_sure.structure_finding(assessment))]
    if told:
        blocks.append(
            Table(
                "Modelling choices made differently, and who leads then",
                (
                    Column("Choice", width=3),
                    Column("Effect", width=1.2),
                    Column("Leads", width=1.4),
                ),
                tuple(
                    row_of(
                        row.what,
                        row.effect,
                        named_or_counted([proposals[i].label for i in row.leaders]),
                    )
                    for row in told[:MOST_CHECKS]
                ),
            )
        )
    same = len(rows) - len(told)
    change = "changes" if same == 1 else "change"
    said = f"{counted(same, 'more choice')}, made differently, {change} nothing." if same else ""
    more = f"{said}{_more(len(told) - MOST_CHECKS, 'choice')}".strip()
    return [*blocks, *([note(more)] if more else [])]


def _methods(findings: Findings) -> list[Block]:
    if not findings.opinions:
        return [say("No other method was run for this briefing.")]
    question = findings.question
    shown = shown_rows(findings.evaluation)[:9]
    agreeing = [o for o in findings.opinions if o.leads(int(findings.evaluation.order[0]))]
    ran = [opinion for opinion in findings.opinions if opinion.ranks is not None]
    leader = question.proposals[findings.evaluation.order[0]].label
    told = [f"{capital(o.note)}." for o in findings.opinions if o.note]
    methods = counted(len(ran), "method")
    return [
        Heading(f"{len(agreeing)} of {methods} put {leader} first"),
        Table(
            "Rank of each option by each method",
            (
                Column("Method", width=1.6),
                *(Column(question.proposals[i].label, align="right", bold=True) for i in shown),
            ),
            tuple(_method_row(opinion, shown) for opinion in findings.opinions),
        ),
        *([note(" ".join(told))] if told else []),
    ]


def _method_row(opinion: Opinion, shown: list[int]) -> tuple[Cell, ...]:
    if opinion.ranks is None:
        return (Cell(opinion.method, below=opinion.reason or ""), *(Cell("-") for _ in shown))
    ranks = np.asarray(opinion.ranks)
    cells = (Cell(str(int(ranks[i])), bold=int(ranks[i]) == 1) for i in shown)
    return (Cell(opinion.method), *cells)


def _vetoes(assessment: Assessment) -> list[Block]:
    """Performances that no total makes up for."""
    question = assessment.evaluation.question
    if not assessment.vetoes:
        return []
    broken = [veto for veto in assessment.vetoes if not veto.holds]
    lines = tuple(runs(_missed(question, veto)) for veto in broken[:MOST_MISSES])
    if not broken:
        return [say("No option misses a veto threshold by its best estimate.")]
    misses = "misses its" if len(broken) == 1 else "miss their"
    cut = len(broken) - len(lines)
    return [
        Heading(f"{counted(len(broken), 'performance')} {misses} veto threshold"),
        Items(lines),
        *([note(left_out(cut, "performance"))] if cut else []),
    ]


def _missed(question: Question, veto: Veto) -> str:
    """Which threshold is missed by the best estimate, and how surely where that is known."""
    option, criterion = question.proposals[veto.alternative], question.criteria[veto.criterion]
    said = (
        f"{option.label} on {criterion.label}: the best estimate misses the threshold of "
        f"{performance(veto.threshold, criterion)}"
    )
    if not option.scores[criterion.id].has_band:
        return f"{said}."
    return f"{said}; the probability that it is met is {share_percent(veto.probability)}."


def _benefit(findings: Findings) -> list[Block]:
    view = benefit_view(findings.evaluation)
    if view is None:
        return [say(no_benefit_view(findings.evaluation))]
    return [Heading(benefit_finding(view)), *_figure(findings, "benefit-cost")]


def _health(assessment: Assessment) -> list[Block]:
    """What a reviewer should look at first."""
    if not assessment.health:
        return []
    every = assessment.health
    found = every if assessment.complete else first_of_each_kind(every)
    lines = tuple(runs(capital(finding.sentence)) for finding in found)
    warnings = sum(finding.severity == "warning" for finding in every)
    title = f"{counted(len(every), 'point')} for a reviewer"
    if warnings == len(every):
        title = f"{counted(warnings, 'warning')} for a reviewer"
    elif warnings:
        title += f", {counted(warnings, 'warning')} among them"
    cut = len(every) - len(found)
    return [
        Heading(title),
        Items(lines),
        *(
            [note(f"{counted(cut, 'more point')} of the same kinds are not printed.")]
            if cut
            else []
        ),
    ]
