"""The sheets that record: what this is, raw scores, evidence, perspectives and robustness."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import perspective_points
from dashboard.model.entry import with_names
from dashboard.model.question import Question
from dashboard.model.wording import CLASS_WORDS, listed
from dashboard.report.briefing.brief import Findings
from dashboard.report.fingerprint import input_fingerprint
from dashboard.report.override_words import cell_words, now_words, reason_sentence, was_words
from dashboard.report.robustness_rows import reading_words
from dashboard.report.workbook.sheet import FIRST, Sheet

_CHANGE = (
    "On the sheet Weights, change the points in the yellow cells: weights, contributions, "
    "scores and ranks follow. Points are relative: only their proportions count."
)
_RECORDED = (
    "The recorded score and rank on the sheet Ranks are those of the briefing and stay as they "
    "were. A rank that differs from the recorded one is called changed."
)
HOW = (
    _CHANGE,
    _RECORDED,
    "Raw scores, values, perspectives and robustness figures are a record: they do not follow.",
    "The fingerprints detect accidents and edits. They are no signature.",
)


def read_me_sheet(sheet: Sheet, findings: Findings, held: Sequence[tuple[str, str]]) -> None:
    """What this is, how to use it and what each sheet holds (``held``: name and purpose)."""
    sheet.head(["What", "In words"], [26, 110])
    layout, context = findings.brief.layout, findings.question.context
    rows = [
        ("Decision", context.decision),
        ("Result as recorded", findings.assessment.verdict.headline),
        *([("Caution", caution)] if (caution := findings.assessment.verdict.caution) else []),
        ("Author", layout.author or "No author named"),
        ("Assured by", layout.assurer or "Nobody: not assured"),
        ("Made with", f"Counterweight {layout.version}"),
        ("Fingerprint of the question", findings.question.fingerprint),
        ("Fingerprint with the weights", input_fingerprint(findings.evaluation)),
        *(("How to use it", line) for line in HOW),
        *((f"Sheet {name}", purpose) for name, purpose in held),
    ]
    for row, (what, words) in enumerate(rows, FIRST):
        sheet.text(row, 0, what)
        sheet.text(row, 1, words)


def names_sheet(sheet: Sheet, findings: Findings) -> None:
    """What each option is, and how each branch and criterion is defined."""
    question = findings.question
    heads = ["Kind", "Short name", "Full name", "What it is", "Unit", "Worst", "Best"]
    sheet.head(heads, [12, 26, 44, 90, 18, 12, 12], frozen=2)
    rows: list[tuple[str | float, ...]] = [
        ("Option", option.label, option.name, option.summary) for option in question.proposals
    ]
    for branch in question.branches:
        rows.append(("Branch", branch.label, branch.name, branch.question or ""))
        rows += [
            (
                *("Criterion", criterion.label, criterion.name, criterion.definition),
                *(criterion.unit, criterion.worst, criterion.best),
            )
            for criterion in branch.criteria
        ]
    for row, cells in enumerate(rows, FIRST):
        _row(sheet, row, cells)


def raw_sheet(sheet: Sheet, findings: Findings) -> None:
    """Likely, low and high of each option in the unit of the criterion; overridden ones in bold."""
    question, found = findings.question, findings.evaluation.performance
    parts = [f"{p.name}: {part}" for p in question.proposals for part in ("likely", "low", "high")]
    heads = ["Branch", "Criterion", "Unit", "Worst (worth 0)", "Best (worth 100)", *parts]
    sheet.head(heads, [30, 44, 18, 12, 12, 14], frozen=2)
    for j, criterion in enumerate(question.criteria):
        texts = (question.branch_of(criterion.id).name, criterion.name, criterion.unit)
        for column, text in enumerate(texts):
            sheet.text(FIRST + j, column, text)
        sheet.number(FIRST + j, 3, criterion.worst, sheet.looks.raw)
        sheet.number(FIRST + j, 4, criterion.best, sheet.looks.raw)
        for i, proposal in enumerate(question.proposals):
            over = question.overridden(proposal.id, criterion.id)
            look = sheet.looks.changed if over else sheet.looks.raw
            for k, side in enumerate((found.likely, found.low, found.high)):
                sheet.number(FIRST + j, 5 + 3 * i + k, float(side[i, j]), look)


def evidence_sheet(sheet: Sheet, findings: Findings) -> None:
    """Every score with what it rests on; addresses are text, no links."""
    question = findings.question
    heads = ["Option", "Criterion", "Likely", "Low", "High", "Unit", "Rests on", "Confidence"]
    texts = ["Rationale", "Working", "Evidence", "Source addresses", "Overridden"]
    sheet.head([*heads, *texts], [30, 36, 10, 10, 10, 16, 20, 12, 60, 40, 50, 40, 40], frozen=2)
    addresses = {source.id: source.addresses for source in question.sources}
    row = FIRST
    for proposal in question.proposals:
        for criterion in question.criteria:
            score = proposal.scores[criterion.id]
            over = question.overridden(proposal.id, criterion.id)
            cells: tuple[str | float, ...] = (
                *(proposal.name, criterion.name, score.likely, score.low, score.high),
                *(criterion.unit, listed([CLASS_WORDS[kind] for kind in score.evidence_class])),
                *(score.confidence, with_names(question, score.rationale)),
                with_names(question, score.working or ""),
                "\n".join(question.evidence_label(name) for name in score.evidence),
                "\n".join(a for name in score.evidence for a in addresses.get(name, ())),
                f"Was {was_words(question, over)}. {reason_sentence(over)}" if over else "",
            )
            _row(sheet, row, cells)
            row += 1


def overrides_sheet(sheet: Sheet, question: Question) -> None:
    """Each score that a reader changed, with the reason; an empty cell where none was given."""
    sheet.head(
        ["Score", "As in the files", "As used", "Reason given", "Reason"], [50, 30, 30, 14, 70]
    )
    for row, held in enumerate(question.overrides, FIRST):
        reason = held.override.reason
        words = (was_words(question, held), now_words(question, held))
        given = ("no", "") if reason is None else ("yes", reason)
        _row(sheet, row, (cell_words(question, held.override.cell), *words, *given))


def perspectives_sheet(sheet: Sheet, findings: Findings) -> None:
    """Ranks of the options, then weights of the criteria, under each perspective."""
    question = findings.question
    under = [evaluate(question, perspective_points(question, p)) for p in question.perspectives]
    names = [perspective.name for perspective in question.perspectives]
    sheet.head(["What", "Option or criterion", *names], [14, 44, 16], frozen=2)
    row = FIRST
    for i, proposal in enumerate(question.proposals):
        _row(sheet, row, ("Rank", proposal.name, *(int(found.ranks[i]) for found in under)))
        row += 1
    for j, criterion in enumerate(question.criteria):
        sheet.text(row, 0, "Weight")
        sheet.text(row, 1, criterion.name)
        for k, found in enumerate(under):
            sheet.number(row, 2 + k, float(found.weights[j]), sheet.looks.share)
        row += 1


def robustness_sheet(sheet: Sheet, findings: Findings) -> None:
    """Shares of samples in which each option has each rank, with their errors."""
    assessment, seed = findings.assessment, findings.brief.sampling.seed
    heads = ["Weights drawn from", "Option", "Rank", "Share", "Standard error", "Samples", "Seed"]
    sheet.head(heads, [50, 44, 10, 12, 14, 12, 12])
    row = FIRST
    for key, _, found in assessment.sampled.readings():
        for i in findings.evaluation.order:
            for r in range(found.ranks.value.shape[1]):
                share, error = float(found.ranks.value[i, r]), float(found.ranks.error[i, r])
                if not share:
                    continue
                sheet.text(row, 0, reading_words(key))
                sheet.text(row, 1, findings.question.proposals[i].name)
                sheet.number(row, 2, r + 1, sheet.looks.whole)
                sheet.number(row, 3, share, sheet.looks.share)
                sheet.number(row, 4, error, sheet.looks.share)
                sheet.number(row, 5, found.samples, sheet.looks.whole)
                sheet.number(row, 6, seed, sheet.looks.whole)
                row += 1


def _row(sheet: Sheet, row: int, cells: Sequence[str | float]) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.text(row, column, cell)
        else:
            sheet.number(row, column, cell, sheet.looks.raw)
