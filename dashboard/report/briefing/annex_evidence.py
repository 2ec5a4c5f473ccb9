"""Annex: what the scores rest on, what falls with which source, and the register of sources."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.methods.evaluate import Evaluation
from dashboard.model.entry import names, with_names
from dashboard.model.evidence import PublicSource
from dashboard.model.question import Question
from dashboard.model.wording import CLASS_WORDS, band, counted, listed, weight_percent
from dashboard.report.briefing.annex_parts import (
    LONGEST_TEXT,
    capital,
    cited_words,
    left_out,
    note,
    row_of,
    say,
)
from dashboard.report.briefing.brief import Findings
from dashboard.report.briefing.document import (
    Block,
    Cell,
    Column,
    Columns,
    Heading,
    Section,
    Table,
)
from dashboard.report.briefing.tables import option_cell, shown_rows
from dashboard.report.evidence_words import (
    BESIDE,
    USE_NOTE,
    evidence_name,
    judgement_finding,
    judgement_lead,
    option_rows,
    share_rows,
    use_finding,
    use_rows,
)
from dashboard.report.safe_text import shorten
from dashboard.robustness.evidence_weight import evidence_use

MOST_USES, MOST_ENTRIES = 20, 100
"""Pieces of evidence by what falls with them, and entries of each register that are printed."""

SCORED = 2
"""Options whose every score is told with its reasons: the leader and the runner-up."""


def section(findings: Findings) -> Section:
    evaluation = findings.evaluation
    return Section(
        "annex-evidence",
        "what the scores rest on",
        judgement_finding(evaluation),
        (
            say(judgement_lead(evaluation)),
            *_shares(evaluation),
            *_uses(evaluation),
            *_scores(evaluation),
            *_sources(evaluation.question),
            *_claims(evaluation.question),
        ),
        dense=True,
    )


def _shares(evaluation: Evaluation) -> list[Block]:
    """The weight on each kind of ground and confidence, over all and by option."""
    question, by_option = evaluation.question, option_rows(evaluation)
    grounds, confidences = share_rows(evaluation)
    overall = [
        Table(
            name,
            (Column(name, width=3), Column("Share of the weight", align="right", width=1.4)),
            tuple((Cell(word), Cell(weight_percent(share))) for word, share in rows),
            light=True,
        )
        for name, rows in (("Ground", grounds), ("Confidence in the evidence", confidences))
    ]
    rows = shown_rows(evaluation)
    options = Table(
        "Weight on judgement alone, and on evidence of low confidence, by option",
        (
            Column("Option", width=2),
            Column("On judgement alone", align="right"),
            Column("On evidence of low confidence", align="right"),
        ),
        tuple(
            (option_cell(question, question.proposals[i]), *map(Cell, by_option[i])) for i in rows
        ),
    )
    left = left_out(len(question.proposals) - len(rows), "option")
    return [
        Columns(tuple((table,) for table in overall), together=True),
        options,
        note(f"{BESIDE} {left}".rstrip()),
    ]


def _uses(evaluation: Evaluation) -> list[Block]:
    """What falls with which source or paragraph."""
    use, question = evidence_use(evaluation), evaluation.question
    blocks: list[Block] = [
        Heading("What falls with which source"),
        say(f"{use_finding(use)}."),
    ]
    rows = use_rows(use)
    if not rows:
        return blocks
    shown = rows[:MOST_USES]
    left = left_out(
        len(rows) - len(shown), "further piece of evidence", "further pieces of evidence"
    )
    table = Table(
        "Scores that name each piece of evidence, and those left with judgement alone without it",
        (
            Column("Source or paragraph", width=3),
            Column("Scores that name it", align="right"),
            Column("with weight", align="right", width=0.8),
            Column("Left with judgement alone", align="right"),
            Column("with weight", align="right", width=0.8),
        ),
        tuple(
            (Cell(shorten(evidence_name(question, identifier), 120)), *map(Cell, cells))
            for identifier, cells in shown
        ),
    )
    return [*blocks, table, note(f"{USE_NOTE} {left}".rstrip())]


# ------------------------------------------------------------------------------- the scores


def _scores(evaluation: Evaluation) -> list[Block]:
    """Each score of the first two options with its class, confidence and reason."""
    blocks: list[Block] = []
    for i in evaluation.order[:SCORED]:
        name = evaluation.question.proposals[i].label
        rank = f"rank {evaluation.ranks[i]}"
        blocks += [Heading(f"Why {name} ({rank}) has its scores"), _reasons(evaluation, i)]
    more = len(evaluation.order) - SCORED
    if more > 0:
        blocks.append(
            note(
                f"The reasons behind the scores of {counted(more, 'other option')} are in the "
                "attached files."
            )
        )
    return blocks


def _reasons(evaluation: Evaluation, i: int) -> Table:
    question = evaluation.question
    proposal = question.proposals[i]
    rows = []
    for criterion in question.criteria:
        score = proposal.scores[criterion.id]
        changed = question.overridden(proposal.id, criterion.id)
        cited = cited_words(question, score.evidence, 90)
        rows.append(
            (
                Cell(criterion.label, below=band(score, criterion)),
                Cell(
                    shorten(with_names(question, score.rationale), LONGEST_TEXT),
                    below=cited,
                    small=True,
                    note="overridden by a reader" if changed else "",
                ),
                Cell(listed([CLASS_WORDS[kind] for kind in score.evidence_class]), small=True),
                Cell(score.confidence, small=True),
            )
        )
    return Table(
        f"Scores of {proposal.label} with their reasons",
        (
            Column("Criterion, and performance", width=1.5),
            Column("Reason, and what is cited", width=3.6),
            Column("Class", width=0.9),
            Column("Confidence", width=0.75),
        ),
        tuple(rows),
    )


# ----------------------------------------------------------------------------- the registers


def _sources(question: Question) -> list[Block]:
    blocks: list[Block] = [Heading("Sources")]
    if question.source is not None:
        text = question.source
        where = f" {text.address}" if text.address else ""
        blocks.append(
            say(f"Source text: {text.citation} ({text.kind}, {text.date.isoformat()}).{where}")
        )
    if not question.sources:
        return [*blocks, say("The question names no public sources.")]
    shown = question.sources[:MOST_ENTRIES]
    left = left_out(len(question.sources) - len(shown), "source")
    said = " ".join(filter(None, (capital(question.sources_accessed or ""), left)))
    return [*blocks, _source_table(shown), *([note(said)] if said else [])]


def _source_table(sources: Sequence[PublicSource]) -> Table:
    return Table(
        "Public sources",
        (
            Column("What it says", width=3.2),
            Column("Address", width=2.2),
            Column("Kind of copy seen", width=1),
        ),
        tuple(
            (
                Cell(
                    shorten(source.fact, LONGEST_TEXT),
                    below=". ".join(filter(None, (source.short_name, source.note))),
                ),
                Cell("; ".join(source.addresses), small=True),
                Cell(source.kind, small=True),
            )
            for source in sources
        ),
    )


def _claims(question: Question) -> list[Block]:
    if not question.claims:
        return [Heading("Claims"), say("No claims are on record.")]
    shown = question.claims[:MOST_ENTRIES]
    left = left_out(len(question.claims) - len(shown), "claim")
    table = Table(
        "Claims of the source text",
        (
            Column("Paragraph", align="right", width=0.75),
            Column("Claim, in the analyst's words", width=3),
            Column("Kind", width=0.8),
            Column("Bears on", width=1.4),
            Column("How it was checked", width=1.9),
        ),
        tuple(
            row_of(
                str(claim.paragraph),
                shorten(with_names(question, claim.text), LONGEST_TEXT),
                claim.kind,
                names(question, claim.criteria),
                shorten(with_names(question, claim.check), LONGEST_TEXT),
            )
            for claim in shown
        ),
    )
    return [Heading("Claims of the source text"), table, *([note(left)] if left else [])]
