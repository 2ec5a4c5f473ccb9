"""The second page: who disagrees, what would change it, what comes first, how sure it all is."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.model.proposals import Proposal
from dashboard.model.question import Question
from dashboard.model.wording import CONFIDENCE_KEY, LIKELIHOOD_KEY, counted
from dashboard.report.briefing import words
from dashboard.report.briefing.brief import Findings
from dashboard.report.briefing.document import (
    Block,
    Columns,
    Heading,
    Items,
    Paragraph,
    Run,
    Runs,
    Section,
    runs,
    strong,
)
from dashboard.report.briefing.front_page import REOPEN
from dashboard.report.briefing.tables import ranks_tables, under_perspectives
from dashboard.report.how_sure import structure_finding
from dashboard.report.safe_text import shorten
from dashboard.robustness.statement import cheapest_sentence, confidence_sentence, statement

MOST_CAVEATS = 2
LONGEST_NOTE = 260


def disagree(findings: Findings) -> Section:
    """The rank of every option under every perspective, and the weight that divides them."""
    evaluation, question = findings.evaluation, findings.question
    others = under_perspectives(question)
    if not others:
        title = "The question holds no perspectives, so there is nobody to compare with"
        return Section("disagree", "Who disagrees", title, (), new_page=True)
    blocks: list[Block] = []
    if divide := words.dividing_sentence(evaluation, others):
        blocks.append(Paragraph(runs(divide)))
    blocks += ranks_tables(evaluation, others, findings.brief.perspective)
    note = "A lead in grey is too close to call." if question.has_bands else ""
    if said := f"{note} {question.weighting.disclaimer or ''}".strip():
        blocks.append(Paragraph(runs(said), size="small"))
    leaders = {identifier: other.leaders for identifier, other in others.items()}
    title = words.who_leads(leaders)
    return Section("disagree", "Who disagrees", title, tuple(blocks), new_page=True, dense=True)


def change(findings: Findings) -> Section:
    """What would put another option first: weights, one score, chance, a scenario, a method."""
    assessment = findings.assessment
    said, sampling = statement(assessment), findings.brief.sampling
    drawn = f"({sampling.samples:,} samples, seed {sampling.seed}.)"
    held = [
        ("Weights", cheapest_sentence(assessment) or said.weights),
        ("One score", said.scores),
        ("Chance", f"{said.likelihood} {drawn}"),
        ("Worst scenario", words.worst_scenario(assessment)),
        ("Choices of the model", f"{structure_finding(assessment)}."),
        ("Other methods", words.method_sentence(findings.evaluation, findings.opinions)),
    ]
    parts = tuple((Heading(title), Paragraph(runs(text))) for title, text in held if text)
    return Section(
        "change",
        "What would change it",
        words.flip_finding(assessment),
        (Columns(parts, together=True),),
        dense=True,
    )


def next_steps(findings: Findings) -> Section:
    """What the leader needs first; where the status quo leads, what the best contender needs."""
    question, order = findings.question, findings.evaluation.order
    ordered = [question.proposals[i] for i in order]
    contenders = [p for p in ordered if p.kind != "status-quo"]
    if not contenders:
        return Section("next", "Before it starts", "Nothing has to be in place", ())
    subject = contenders[0]
    lists = [(title, items) for title, items in _needs(question, subject) if items]
    blocks: list[Block] = [
        Columns(
            tuple(
                (Heading(title), Items(tuple(map(runs, items)), ordered=title == "Sequence"))
                for title, items in lists
            )
        )
    ]
    if question.interactions.sequence_note:
        note = shorten(question.interactions.sequence_note, LONGEST_NOTE)
        blocks.append(Paragraph(runs(note), size="small"))
    title = _needs_finding(ordered[0], subject, lists)
    return Section("next", "Before it starts", title, tuple(blocks) if lists else (), dense=True)


def _needs(question: Question, subject: Proposal) -> Iterable[tuple[str, list[str]]]:
    found = [(c, c.status_of(subject.id)) for c in question.constraints]
    yield "Preconditions", list(subject.preconditions)
    yield (
        "Conditions of constraints",
        [
            f"{constraint.name}: {status.note or constraint.text}"
            for constraint, status in found
            if status.verdict == "conditional"
        ],
    )
    gates = [gate.text for gate in question.interactions.gates if subject.id in gate.proposals]
    yield "Gates", gates
    yield "Sequence", list(question.interactions.sequence)


def _needs_finding(first: Proposal, subject: Proposal, lists: list[tuple[str, list[str]]]) -> str:
    count = sum(len(items) for title, items in lists if title != "Sequence")
    needs = f"needs {counted(count, 'thing')} in place before it starts"
    if not count:
        needs = "has no precondition, condition or gate on record"
    if first is not subject:
        return f"{first.label} needs nothing to start; {subject.label} {needs}"
    return f"{subject.label} {needs}"


def confidence(findings: Findings) -> Section:
    """What the evidence is worth, what was changed after results, and the first caveats."""
    evaluation, question = findings.evaluation, findings.question
    left: list[Block] = []
    if question.disclosure.disclosure:
        told = runs(strong("Disclosure. "), question.disclosure.disclosure)
        left.append(Paragraph(told, size="small"))
    right: list[Block] = [Paragraph(runs(*_standing(question)))]
    caveats, more = question.context.caveats[:MOST_CAVEATS], len(question.context.caveats)
    if caveats:
        right.append(Items(tuple(runs(caveat) for caveat in caveats)))
    if (more := more - len(caveats)) > 0:
        said = f"{counted(more, 'more caveat')} in the annex of logs and in the attached question."
        right.append(Paragraph(runs(said), size="small"))
    right += [Heading("Opening this file again"), Paragraph(runs(REOPEN), size="small")]
    return Section(
        "confidence",
        "Confidence",
        words.confidence_finding(evaluation),
        (
            Paragraph(runs(strong(confidence_sentence(evaluation)))),
            Columns(tuple(tuple(part) for part in (left, right) if part)),
            *([Paragraph(likelihood_key(), size="small")] if question.has_bands else []),
            Paragraph(confidence_key(), size="small"),
        ),
        dense=True,
    )


def _standing(question: Question) -> Iterable[str | Run]:
    """Until when evidence was gathered, and by whom it was scored."""
    context = question.context
    yield strong("Evidence until")
    yield f": {_stated(context.evidence_until)} "
    yield strong("Scored by")
    yield f": {_stated(context.scored_by)}"


def _stated(text: str | None) -> str:
    return f"{(text or 'not stated in the question').rstrip('.')}."


def likelihood_key() -> Runs:
    """One row of ICD 203, as it is used throughout."""
    said = "; ".join(f"{word} {share}" for word, share in LIKELIHOOD_KEY)
    return runs(strong("Likelihood words"), f" mean: {said}.")


def confidence_key() -> Runs:
    """What the three levels of confidence mean."""
    said = "; ".join(f"{word}: {meaning}" for word, meaning in CONFIDENCE_KEY.items())
    return runs(strong("Confidence"), f" rates sources and reasoning: {said}.")
