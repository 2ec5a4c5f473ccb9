"""The live sheets: weights, partial values, contributions and ranks.

Criteria are rows and options are columns, in the order of the question; on the sheet of ranks the
options are rows, best first as recorded.
"""

from __future__ import annotations

import numpy as np
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from dashboard.methods.arrays import Floats
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.wording import VERDICT_WORDS
from dashboard.report.briefing.brief import Findings
from dashboard.report.workbook.sheet import FIRST, Sheet
from dashboard.robustness.failed import has_minima, minima_words

WEIGHTS, VALUES, CONTRIBUTIONS = "Weights", "Value matrix", "Contributions"
_NAMES = 2
"""Columns of names left of the numbers: branch and criterion."""


def weights_sheet(sheet: Sheet, findings: Findings) -> None:
    """Points that can be changed, the weights they come to, and the sums of the branches."""
    evaluation, weighting = findings.evaluation, findings.brief.weighting
    heads = ["Branch", "Criterion", "Points (change these)", "Weight", "Weight of branch", "Locked"]
    sheet.head(heads, [30, 44, 14, 12, 14, 10], frozen=_NAMES)
    last = FIRST + len(findings.question.criteria) - 1
    row, every = FIRST, f"C${FIRST + 1}:C${last + 1}"
    for b, branch in enumerate(findings.question.branches):
        end = row + len(branch.criteria)
        total = f"=SUM(D{row + 1}:D{end})"
        sheet.formula(row, 4, total, sheet.looks.share, float(evaluation.branch_weights[b]))
        for criterion in branch.criteria:
            sheet.text(row, 0, branch.name)
            sheet.text(row, 1, criterion.name)
            sheet.number(row, 2, weighting.points[criterion.id], sheet.looks.points)
            share = f"=IF(SUM({every})=0,0,C{row + 1}/SUM({every}))"
            weight = float(evaluation.weights[row - FIRST])
            sheet.formula(row, 3, share, sheet.looks.share, weight)
            sheet.text(row, 5, "locked" if criterion.id in weighting.locked else "")
            row += 1
    sheet.sheet.data_validation(
        *(FIRST, 2, last, 2),
        {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_title": "Points",
            "error_message": "Points are numbers, 0 or more.",
        },
    )


def values_sheet(sheet: Sheet, findings: Findings) -> None:
    """Partial values from 0 to 100 at the likely scores."""
    _matrix(sheet, findings)
    for (j, i), value in _cells(findings.evaluation.values.T):
        sheet.number(FIRST + j, _NAMES + i, value, sheet.looks.value)


def contributions_sheet(sheet: Sheet, findings: Findings) -> None:
    """Weight times value, live, and the scores they add up to."""
    _matrix(sheet, findings)
    for (j, i), value in _cells(findings.evaluation.contributions.T):
        cell = xl_rowcol_to_cell(FIRST + j, _NAMES + i)
        formula = f"='{WEIGHTS}'!$D${FIRST + j + 1}*'{VALUES}'!{cell}"
        sheet.formula(FIRST + j, _NAMES + i, formula, sheet.looks.value, value)
    total = FIRST + len(findings.question.criteria)
    sheet.text(total, 1, "Score", sheet.looks.head)
    for i, score in enumerate(findings.evaluation.scores.tolist()):
        column = xl_col_to_name(_NAMES + i)
        formula = f"=SUM({column}{FIRST + 1}:{column}{total})"
        sheet.formula(total, _NAMES + i, formula, sheet.looks.total, score)


def ranks_sheet(sheet: Sheet, findings: Findings) -> None:
    """Scores and ranks, live, beside those of the briefing; ties share the better rank."""
    evaluation, question = findings.evaluation, findings.question
    heads = ["Option", "Score", "Rank", "Behind the first", "Recorded score", "Recorded rank"]
    constraints = [constraint.name for constraint in question.constraints]
    limits = ["Limits"] if has_minima(question) else []
    widths = [44, 12, 10, 14, 14, 14, 12, *(16 for _ in constraints), *(44 for _ in limits)]
    sheet.head([*heads, "Changed", *constraints, *limits], widths)
    last = FIRST + len(question.proposals)
    scores, total = f"B${FIRST + 1}:B${last}", FIRST + len(question.criteria) + 1
    best = float(evaluation.scores.max())
    for row, i in enumerate(evaluation.order, FIRST):
        option, score = question.proposals[i], float(evaluation.scores[i])
        rank, at, looks = int(evaluation.ranks[i]), row + 1, sheet.looks
        sheet.text(row, 0, option.name)
        column = xl_col_to_name(_NAMES + i)
        sheet.formula(row, 1, f"='{CONTRIBUTIONS}'!{column}{total}", looks.value, score)
        better = f"=SUMPRODUCT(({scores}>B{at}+{TIE_TOLERANCE:.0E})*1)+1"
        sheet.formula(row, 2, better, looks.whole, rank)
        sheet.formula(row, 3, f"=MAX({scores})-B{at}", looks.value, best - score)
        sheet.number(row, 4, score, looks.value)
        sheet.number(row, 5, rank, looks.whole)
        sheet.formula(row, 6, f'=IF(C{at}=F{at},"","changed")', looks.text, "")
        for k, constraint in enumerate(question.constraints):
            sheet.text(row, 7 + k, VERDICT_WORDS[constraint.status_of(option.id).verdict])
        if limits:
            sheet.text(row, 7 + len(constraints), minima_words(question, option))


def _matrix(sheet: Sheet, findings: Findings) -> None:
    question = findings.question
    names = [proposal.name for proposal in question.proposals]
    sheet.head(["Branch", "Criterion", *names], [30, 44, 14], frozen=_NAMES)
    for j, criterion in enumerate(question.criteria):
        sheet.text(FIRST + j, 0, question.branch_of(criterion.id).name)
        sheet.text(FIRST + j, 1, criterion.name)


def _cells(matrix: Floats) -> list[tuple[tuple[int, int], float]]:
    return [((int(j), int(i)), float(value)) for (j, i), value in np.ndenumerate(matrix)]
