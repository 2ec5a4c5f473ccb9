"""Annex: the scores that a reader changed, with what stood there before and the reasons."""

from __future__ import annotations

from dashboard.methods.evaluate import Evaluation
from dashboard.model.question import Question
from dashboard.report.briefing.annex_parts import note, say
from dashboard.report.briefing.brief import Findings
from dashboard.report.briefing.document import Block, Cell, Column, Section, Table
from dashboard.report.override_words import (
    beyond_words,
    effect_words,
    now_words,
    overrides_count,
    reason_words,
    together_words,
    was_words,
)
from dashboard.robustness.what_if import as_written, override_effects

READING = (
    "These scores rest on the judgement of whoever had this briefing made, with low confidence; "
    "all figures of the briefing are calculated with them."
)
EFFECT = "Below each reason: what taking that one score back would undo, the others kept."


def section(findings: Findings) -> Section:
    evaluation = findings.evaluation
    return Section(
        "annex-overrides",
        "scores changed by the reader",
        _finding(evaluation),
        _blocks(evaluation) if evaluation.question.overrides else (_nothing(),),
        dense=True,
    )


def _nothing() -> Block:
    return say("All scores are as the question has them.")


def _finding(evaluation: Evaluation) -> str:
    """How many, and what they do to the lead."""
    question = evaluation.question
    if not question.overrides:
        return "No score was overridden"
    before = tuple(proposal.id for proposal in as_written(evaluation).leaders)
    after = tuple(proposal.id for proposal in evaluation.leaders)
    said = together_words(question, before, after)
    if len(question.overrides) == 1:
        said = said.replace("Together they do", "It does").replace("Together: ", "")
    return f"{overrides_count(question.overrides)}. {said}".rstrip(".")


def _blocks(evaluation: Evaluation) -> tuple[Block, ...]:
    return _table(evaluation.question, evaluation), note(f"{READING} {EFFECT}")


def _table(question: Question, evaluation: Evaluation) -> Table:
    rows = []
    for effect in override_effects(evaluation):
        held = effect.overridden
        said = " ".join(
            filter(None, (beyond_words(question, held), effect_words(question, effect)))
        )
        rows.append(
            (
                Cell(question.proposal(held.override.proposal).label),
                Cell(question.criterion(held.override.criterion).label),
                Cell(was_words(question, held)),
                Cell(now_words(question, held), bold=True),
                Cell(reason_words(held), muted=held.override.reason is None, below=said),
            )
        )
    return Table(
        "Scores changed by the reader",
        (
            Column("Option", width=1.1),
            Column("Criterion", width=1.1),
            Column("In the question", width=1.1),
            Column("Here", width=1.1),
            Column("Reason", width=2.4),
        ),
        tuple(rows),
    )
