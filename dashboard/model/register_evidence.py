"""Entries of the register about the question and what it rests on: the files of ``seeds/``."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.model.entry import Entry, labels, lines, names, paragraphs, rests_on
from dashboard.model.question import Question
from dashboard.model.wording import listed


def context(question: Question) -> Iterable[Entry]:
    context = question.context
    fields = (
        ("Decision", context.decision),
        ("Who decides", context.decision_makers),
        ("Who must agree", context.must_agree),
        ("Deadline", context.decision_deadline),
        ("Target group", context.target_group),
        ("Reference pool", context.reference_pool),
        ("Horizon", context.horizon),
        ("Money", context.money),
        ("Baseline", context.baseline),
        ("Out of scope", context.out_of_scope),
        ("Evidence until", context.evidence_until),
        ("Scored by", context.scored_by),
        ("Value scale", question.tree.value_note),
        ("What is asked at each weight", question.weighting.question),
    )
    for title, text in fields:
        if text:
            yield Entry("Question", title, (text,))
    if question.source:
        source = question.source
        sections = "; ".join(f"{s.name} ({s.first} to {s.last})" for s in source.sections)
        about = lines(source.citation, source.counting_rule, f"Paragraphs: {sections}")
        yield Entry("Question", f"Source text ({source.kind})", about)


def claims(question: Question) -> Iterable[Entry]:
    for claim in question.claims:
        bears = names(question, claim.criteria)
        yield Entry(
            "Claims",
            claim.text,
            lines(
                f"{claim.kind.capitalize()}. {paragraphs([claim.paragraph])}.",
                f"Bears on {bears}." if bears else None,
                f"Note: {claim.bears_on_note}." if claim.bears_on_note else None,
                f"Check: {claim.check}",
            ),
            key=f"claim.{claim.id}",
            evidence=f"paragraph-{claim.paragraph}",
        )


def paragraphs_of_the_text(question: Question) -> Iterable[Entry]:
    """Each paragraph with what it claims, in the analyst's words; the text itself is not kept."""
    if question.source is None:
        return
    for paragraph in question.source.paragraphs:
        number = paragraph.number
        section = next((s for s in question.source.sections if s.first <= number <= s.last), None)
        said = [claim.text for claim in question.claims_of(number)]
        yield Entry(
            "Paragraphs",
            f"Paragraph {number}" + (f" ({section.name})" if section else ""),
            lines(*said) or ("No claim was drawn from it.",),
            key=f"paragraph.{number}",
            evidence=f"paragraph-{number}",
        )


def sources(question: Question) -> Iterable[Entry]:
    for source in question.sources:
        used = [
            f"{proposal.label} on {question.criterion(criterion).label}"
            for proposal in question.proposals
            for criterion, score in proposal.scores.items()
            if source.id in score.evidence
        ]
        yield Entry(
            "Sources",
            source.fact,
            lines(
                f"Called: {source.short_name}." if source.short_name else None,
                f"Kind of copy seen: {source.kind}.",
                source.note,
                f"Used for {listed(used)}." if used else "Not used for a score.",
                f"Id: {source.id}",
            ),
            source.addresses,
            key=f"source.{source.id}",
            evidence=source.id,
        )


def barriers(question: Question) -> Iterable[Entry]:
    for barrier in question.barriers:
        acting = labels(question, barrier.acted_on_by)
        yield Entry(
            "Barriers",
            barrier.name,
            lines(
                f"Force: {barrier.force}. {paragraphs(barrier.paragraphs)}",
                barrier.place_note,
                f"Bears on {names(question, barrier.criteria)}." if barrier.criteria else None,
                f"Acted on by {acting}." if acting else "No proposal acts on it directly.",
                barrier.acted_on_note,
                f"Limit: {barrier.limit}",
                rests_on(question, barrier.evidence),
            ),
            key=f"barrier.{barrier.id}",
        )


def tensions(question: Question) -> Iterable[Entry]:
    for tension in question.tensions:
        yield Entry(
            "Tensions",
            tension.text,
            lines(paragraphs(tension.paragraphs), f"How it was handled: {tension.handling}"),
            key=f"tension.{tension.id}",
        )
