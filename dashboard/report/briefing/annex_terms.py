"""What the names of a question stand for: the annex of it, and as much as the short forms hold."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.methods.evaluate import Evaluation
from dashboard.model.proposals import Proposal
from dashboard.model.question import Question
from dashboard.model.value_tree import Branch, Criterion
from dashboard.model.wording import counted
from dashboard.report.briefing.annex_parts import LONGEST_TEXT, left_out, note
from dashboard.report.briefing.brief import Findings
from dashboard.report.briefing.document import (
    Block,
    Cell,
    Choice,
    Column,
    Columns,
    Fitting,
    Heading,
    Paragraph,
    Section,
    Table,
    runs,
    strong,
)
from dashboard.report.briefing.tables import option_cell, shown_rows
from dashboard.report.safe_text import shorten

MOST_OPTIONS = 100
"""Options that the annex explains: more fill pages that nobody reads."""

OPTIONS, CRITERIA = "options", "criteria"
_WHOLE, _SHORT, _ONE_LINE = 400, 150, 66
"""Characters of a summary or a definition; the last fills a line of half a page."""


def section(findings: Findings) -> Section:
    """Every option in a sentence, and the definition of every criterion."""
    question = findings.question
    order = [question.proposals[i] for i in findings.evaluation.order]
    options, criteria = counted(len(order), "option"), len(question.criteria)
    blocks: list[Block] = [Heading("What the options are"), _options(question, order)]
    if more := left_out(max(0, len(order) - MOST_OPTIONS), "option"):
        blocks.append(note(more))
    blocks += [Heading("How the criteria are defined"), _criteria(question)]
    title = f"{options} and {counted(criteria, 'criterion', 'criteria')}, with their full names"
    return Section("annex-terms", "what the names mean", title, tuple(blocks), dense=True)


def _options(question: Question, order: Sequence[Proposal]) -> Table:
    rows = tuple(
        (_named(question, option), Cell(shorten(option.summary, LONGEST_TEXT)))
        for option in order[:MOST_OPTIONS]
    )
    return Table("The options", (Column("Option", width=1.3), Column("What it is", width=3)), rows)


def _named(question: Question, option: Proposal) -> Cell:
    """The short name with the full one below it."""
    cell = option_cell(question, option)
    return Cell(
        cell.text, below=full_name(option), bold=True, note=cell.note, mark=cell.mark,
        colour=cell.colour,
    )  # fmt: skip


def full_name(named: Proposal | Criterion | Branch) -> str:
    """The full name where a short one stands for it; empty where it is the same."""
    return named.name if named.label != named.name else ""


def _criteria(question: Question) -> Table:
    rows = []
    for branch in question.branches:
        full = full_name(branch)
        rows.append((Cell(branch.label, bold=True, below=full), Cell(branch.question or "")))
        rows += [
            (
                Cell(criterion.label, below=full_name(criterion)),
                Cell(shorten(criterion.definition, LONGEST_TEXT)),
            )
            for criterion in branch.criteria
        ]
    heads = (Column("Branch and criterion", width=1.3), Column("Definition", width=3))
    return Table("The criteria by branch", heads, tuple(rows))


# ------------------------------------------------------------------------ one and two pages


def summaries(evaluation: Evaluation) -> Fitting:
    """For page one: a sentence on each option, as long as fits."""
    return Fitting(
        "names-first", tuple(Choice((OPTIONS,), _said_of_options(evaluation, n)) for n in _LENGTHS)
    )


def rest(evaluation: Evaluation) -> Fitting:
    """For the last page: what was not said before, as much as fits; the options first."""
    pairs = ((_WHOLE, _WHOLE), (_WHOLE, _ONE_LINE), (_SHORT, _ONE_LINE))
    both = [
        Choice(
            (OPTIONS, CRITERIA),
            (*_said_of_options(evaluation, a), *_said_of_criteria(evaluation, b)),
        )
        for a, b in pairs
    ]
    options = [Choice((OPTIONS,), _said_of_options(evaluation, n)) for n in _LENGTHS]
    criteria = [Choice((CRITERIA,), _said_of_criteria(evaluation, n)) for n in _LENGTHS]
    return Fitting("names-last", (*both, *options, *criteria))


_LENGTHS = (_WHOLE, _SHORT, _ONE_LINE)


def _said_of_options(evaluation: Evaluation, longest: int) -> tuple[Block, ...]:
    question = evaluation.question
    options = [question.proposals[i] for i in shown_rows(evaluation)]
    said = [_said(option.label, full_name(option), option.summary, longest) for option in options]
    return Heading("What the options are"), _side_by_side(said)


def _said_of_criteria(evaluation: Evaluation, longest: int) -> tuple[Block, ...]:
    said = [
        _said(criterion.label, full_name(criterion), criterion.definition, longest)
        for criterion in evaluation.question.criteria
    ]
    return Heading("How the criteria are defined"), _side_by_side(said)


def _said(label: str, full: str, text: str, longest: int) -> Paragraph:
    """A name, what it is short for, and what it stands for."""
    # Of a summary that only repeats the name nothing is left to say.
    repeats = text.rstrip(".") in (label, full)
    told = "" if repeats else shorten(text, longest - min(len(label), longest // 2))
    name = f"{label}, {full}" if full else label
    said = f"{name}: " if told else f"{name}."
    return Paragraph(runs(strong(said), told), size="small")


def _side_by_side(said: Sequence[Paragraph]) -> Columns:
    """Two columns, read one below the other."""
    half = -(-len(said) // 2)
    return Columns(tuple(part for part in (tuple(said[:half]), tuple(said[half:])) if part))
