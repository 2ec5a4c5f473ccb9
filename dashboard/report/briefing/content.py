"""The whole briefing as a document: the first page, the second, and the annexes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dashboard.methods.evaluate import Evaluation
from dashboard.model.question import Question
from dashboard.report.briefing import annex_terms, front_page, second_page, words
from dashboard.report.briefing.annexes import annexes
from dashboard.report.briefing.brief import Findings, Layout
from dashboard.report.briefing.document import (
    Block,
    Document,
    Fitting,
    Footer,
    Section,
    runs,
    strong,
)
from dashboard.report.fingerprint import FINGERPRINT_DIGITS, input_fingerprint
from dashboard.report.safe_text import shorten

LONGEST_FILE_TITLE = 300


def document_of(findings: Findings, *, explained: bool = False) -> Document:
    """Every sentence, table and figure of a briefing, in the order of reading.

    ``explained`` : what the names mean stands at the end, if no annex says it.
    """
    question, layout = findings.question, findings.brief.layout
    headline = findings.assessment.verdict.headline
    title = question.context.title
    return Document(
        title=shorten(f"{title}: {headline}", LONGEST_FILE_TITLE),
        eyebrow=runs(
            f"Decision briefing · {title} · Weights: ", strong(findings.brief.weighting.label)
        ),
        headline=headline,
        front=front_page.front(findings),
        sections=(
            *_sections(findings, explained=explained),
            *(_terms(findings) if explained else ()),
        ),
        footer=_footer(findings, layout),
        day=(layout.date.year, layout.date.month, layout.date.day),
    )


def _sections(findings: Findings, *, explained: bool) -> tuple[Section, ...]:
    short = findings.brief.layout.length == "one-page"
    first = (
        front_page.decision(findings.question, short=short),
        front_page.options(findings, explained=explained),
        front_page.why(findings),
    )
    if short:
        last = _with(front_page.in_short(findings), _fitting(findings, annex_terms.rest))
        return (*first, last, *annexes(findings))
    return (
        *first[:-1],
        _with(first[-1], _fitting(findings, annex_terms.summaries)),
        second_page.disagree(findings),
        second_page.change(findings),
        second_page.next_steps(findings),
        _with(second_page.confidence(findings), _fitting(findings, annex_terms.rest)),
        *annexes(findings),
    )


def _fitting(findings: Findings, explain: Callable[[Evaluation], Fitting]) -> tuple[Fitting, ...]:
    """What the names mean, as far as the page holds it; nothing where an annex says it all."""
    return () if "terms" in findings.brief.annexes else (explain(findings.evaluation),)


def _with(section: Section, more: tuple[Block, ...]) -> Section:
    return replace(section, blocks=(*section.blocks, *more))


def _terms(findings: Findings) -> tuple[Section, ...]:
    if "terms" in findings.brief.annexes:
        return ()
    return (replace(annex_terms.section(findings), kicker="What the names mean", new_page=True),)


def marking_of(question: Question, layout: Layout) -> str:
    """What stands on every page about who may read it."""
    return layout.marking or question.context.marking


def _footer(findings: Findings, layout: Layout) -> Footer:
    question = findings.question
    return Footer(
        title=shorten(question.context.title, 70),
        marking=shorten(marking_of(question, layout), 60),
        people=_people(layout),
        date=words.long_date(layout.date),
        version=shorten(layout.version, 30),
        question=question.fingerprint[:FINGERPRINT_DIGITS],
        inputs=input_fingerprint(findings.evaluation)[:FINGERPRINT_DIGITS],
    )


def _people(layout: Layout) -> str:
    """Who wrote it and who checked it; that nobody is named is said too."""
    author = f"Author: {shorten(layout.author, 40)}" if layout.author else "No author named"
    assurer = f"assured by {shorten(layout.assurer, 40)}" if layout.assurer else "not assured"
    return f"{author}, {assurer}"
