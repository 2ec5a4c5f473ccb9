"""Annex: what every option does on every criterion, what that is worth, and what it adds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from dashboard.methods.evaluate import Evaluation
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.proposals import Score
from dashboard.model.record import Confidence, EvidenceClass
from dashboard.model.value_tree import Criterion
from dashboard.model.wording import number, performances, swing, weight_percent
from dashboard.report.briefing.annex_parts import in_even_parts, left_out, note, row_of, say
from dashboard.report.briefing.brief import Findings
from dashboard.report.briefing.document import (
    Block,
    Cell,
    Column,
    Heading,
    Items,
    Section,
    Table,
    runs,
)
from dashboard.report.briefing.tables import TO, shown_rows
from dashboard.report.matrix_words import (
    dominance_finding,
    dominance_sentences,
    near_finding,
    near_pairs,
    near_rows,
)

OPTIONS_A_TABLE = 7
MOST_CRITERIA = 30
"""Up to which values and contributions are printed: more fill pages that nobody reads, and take
more memory to set than all the rest."""

MOST_FINDINGS = 10
"""Options that are dominated, or nearly so, and named one by one."""

CLASS_CODES: dict[EvidenceClass, str] = {"public-fact": "F", "source": "S", "judgement": "J"}
CONFIDENCE_CODES: dict[Confidence, str] = {"high": "h", "moderate": "m", "low": "l"}
CODE_KEY = (
    "Behind each number: what it rests on (F public fact, S source text, J judgement), and, after "
    "the stroke, confidence in the evidence (h high, m moderate, l low)."
)
OVERRIDDEN = "*"
UNPRINTED = (
    f"Values and contributions are not printed, as there are more than {MOST_CRITERIA} criteria: "
    "the Excel form of this briefing holds both, for every option."
)


def section(findings: Findings) -> Section:
    evaluation = findings.evaluation
    rows = shown_rows(evaluation)
    return Section(
        "annex-matrix",
        "the matrix",
        dominance_finding(evaluation),
        (
            *_dominance(evaluation),
            *_left_out(evaluation, rows),
            *_performances(evaluation, rows),
            *_worth(evaluation, rows),
        ),
        dense=True,
    )


def _dominance(evaluation: Evaluation) -> list[Block]:
    """Who is dominated, and who nearly is."""
    if len(evaluation.question.proposals) == 1:
        return []
    said, near = dominance_sentences(evaluation), near_rows(evaluation)
    blocks: list[Block] = []
    if said:
        blocks.append(Items(tuple(runs(sentence) for sentence in said[:MOST_FINDINGS])))
    blocks.append(say(near_finding(evaluation)))
    if near:
        blocks.append(
            Table(
                "Options that are dominated but for one criterion",
                (
                    Column("Option", width=1.6),
                    Column("All but dominated by", width=1.6),
                    Column("Ahead only on", width=1.6),
                    Column("By, on average", align="right"),
                    Column("Uncertainty", align="right"),
                ),
                tuple(row_of(*row) for row in near[:MOST_FINDINGS]),
            )
        )
    more = max(0, len(said) - MOST_FINDINGS) + max(0, len(near_pairs(evaluation)) - MOST_FINDINGS)
    return [*blocks, *([note(left_out(more, "more such finding"))] if more else [])]


def _left_out(evaluation: Evaluation, rows: Sequence[int]) -> list[Block]:
    left = len(evaluation.question.proposals) - len(rows)
    said = f"The tables show the options of highest rank. {left_out(left, 'option')}"
    return [say(said)] if left else []


def _performances(evaluation: Evaluation, rows: Sequence[int]) -> list[Block]:
    """The raw numbers with their bands, and what each rests on."""
    question, raw = evaluation.question, evaluation.performance

    def cell(i: int, j: int) -> Cell:
        criterion, proposal = question.criteria[j], question.proposals[i]
        band = [float(matrix[i, j]) for matrix in (raw.low, raw.likely, raw.high)]
        low, likely, high = performances(band, criterion)
        changed = question.overridden(proposal.id, criterion.id) is not None
        to = TO if raw.low[i, j] >= 0 else " to "
        return Cell(
            f"{likely}{OVERRIDDEN if changed else ''}",
            below="" if low == high else f"{low}{to}{high}",
            note=code(proposal.scores[criterion.id]),
            accent=changed,
        )

    starred = f" {OVERRIDDEN} a reader's own number." if question.overrides else ""
    return [
        Heading("Performances: best estimate, low to high below it"),
        *_tables("Performances", evaluation, rows, _about, cell),
        note(
            f"{CODE_KEY}{starred} Below each criterion: from the anchor worth 0 to the one worth "
            "100. Low and high are about the 10th and 90th percentile."
        ),
    ]


def code(score: Score) -> str:
    """What a score rests on, and the confidence in it: 'FJ/m'."""
    kinds = "".join(c for kind, c in CLASS_CODES.items() if kind in score.evidence_class)
    return f"{kinds}/{CONFIDENCE_CODES[score.confidence]}"


def _about(criterion: Criterion) -> str:
    """Anchors, unit and direction; and whether the way between the anchors is bent."""
    way = "more" if criterion.direction == "max" else "less"
    bent = "; values along a curve" if criterion.curve else ""
    return f"{swing(criterion)}; {way} is better{bent}"


def _worth(evaluation: Evaluation, rows: Sequence[int]) -> list[Block]:
    """What the performances are worth, and what each adds to the score."""
    if len(evaluation.question.criteria) > MOST_CRITERIA:
        return [note(UNPRINTED)]
    return [*_values(evaluation, rows), *_contributions(evaluation, rows)]


def _values(evaluation: Evaluation, rows: Sequence[int]) -> list[Block]:
    values = evaluation.values
    best, spread = values.max(axis=0), np.ptp(values, axis=0)

    def cell(i: int, j: int) -> Cell:
        is_best = spread[j] > TIE_TOLERANCE and values[i, j] >= best[j] - TIE_TOLERANCE
        return Cell(number(float(values[i, j])), bold=bool(is_best))

    return [
        Heading("Values: what the best estimates are worth, from 0 to 100"),
        *_tables("Values", evaluation, rows, None, cell),
        note("In bold the best of each criterion, of all options."),
    ]


def _contributions(evaluation: Evaluation, rows: Sequence[int]) -> list[Block]:
    parts = evaluation.contributions

    def cell(i: int, j: int) -> Cell:
        return Cell(_tenths(parts[i, j]))

    return [
        Heading("Contributions: value times weight, in points of the score"),
        *_tables("Contributions", evaluation, rows, None, cell, weighed=True),
        note("Each column adds up to its score; printed numbers are rounded."),
    ]


def _tenths(value: float) -> str:
    """With its decimal, be it zero: in a column that is added up, digits stand below digits."""
    return f"{value:z.1f}"


def _tables(
    name: str,
    evaluation: Evaluation,
    rows: Sequence[int],
    about: Callable[[Criterion], str] | None,
    cell: Callable[[int, int], Cell],
    *,
    weighed: bool = False,
) -> list[Table]:
    """Criteria by branch downwards, options across; of many options several tables."""
    parts = in_even_parts(rows, OPTIONS_A_TABLE)
    return [
        _table(
            f"{name}, part {k + 1} of {len(parts)}" if len(parts) > 1 else name,
            evaluation,
            part,
            about,
            cell,
            weighed=weighed,
        )
        for k, part in enumerate(parts)
    ]


def _table(
    name: str,
    evaluation: Evaluation,
    rows: Sequence[int],
    about: Callable[[Criterion], str] | None,
    cell: Callable[[int, int], Cell],
    *,
    weighed: bool,
) -> Table:
    question, weights = evaluation.question, evaluation.weights
    held: list[tuple[Cell, ...]] = []
    j = 0
    for b, branch in enumerate(question.branches):
        lead = [Cell(weight_percent(float(evaluation.branch_weights[b])), bold=True, small=True)]
        sums = [Cell("") for _ in rows]
        if weighed:
            sums = [Cell(_tenths(evaluation.branch_contributions[i, b]), bold=True) for i in rows]
        held.append((Cell(branch.label, bold=True), *(lead if weighed else []), *sums))
        for criterion in branch.criteria:
            share = [Cell(weight_percent(float(weights[j])), muted=True, small=True)]
            held.append(
                (
                    Cell(criterion.label, below=about(criterion) if about else ""),
                    *(share if weighed else []),
                    *(cell(i, j) for i in rows),
                )
            )
            j += 1
    scores = [Cell(_tenths(evaluation.scores[i]), bold=True) for i in rows]
    return Table(
        name,
        (
            Column("Criterion", width=2.3),
            *([Column("Weight", align="right", width=0.8)] if weighed else []),
            *(Column(question.proposals[i].label, align="right", bold=True) for i in rows),
        ),
        tuple(held),
        foot=(Cell("Score", bold=True), Cell("100 %", small=True), *scores) if weighed else (),
    )
