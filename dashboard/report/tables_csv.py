"""The three matrices as CSV: performances, partial values, weighted contributions.

Text of a question never becomes a formula; see ``model/safe_cells.py``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from dashboard.methods.evaluate import Evaluation
from dashboard.model.proposals import Score
from dashboard.model.question import Question
from dashboard.model.safe_cells import Cell, safe_cell
from dashboard.model.value_tree import Criterion
from dashboard.model.wording import CLASS_WORDS, listed

_DECIMALS = 6
"""Digits of a calculated number; enough to rebuild every figure that is shown."""


def performance_csv(evaluation: Evaluation) -> bytes:
    """Raw performances, one row a criterion: likely, low, high and class of each option."""
    question = evaluation.question
    head = ["Branch", "Criterion", "Unit", "Worst (worth 0)", "Best (worth 100)"]
    rows = [
        [
            *_names(question, criterion),
            criterion.unit,
            criterion.worst,
            criterion.best,
            *(cell for p in question.proposals for cell in _performance(p.scores[criterion.id])),
        ]
        for criterion in question.criteria
    ]
    parts = ("likely", "low", "high", "rests on", "confidence")
    return written([*head, *_heads(question, parts)], rows)


def _performance(score: Score) -> list[Cell]:
    return [score.likely, score.low, score.high, *_grounds(score)]


def values_csv(evaluation: Evaluation) -> bytes:
    """Partial values from 0 to 100, one row a criterion: likely and band of each option."""
    question = evaluation.question
    rows = []
    for j, criterion in enumerate(question.criteria):
        cells: list[Cell] = []
        for i, proposal in enumerate(question.proposals):
            sides = (evaluation.values, evaluation.values_least, evaluation.values_most)
            cells += [rounded(side[i, j]) for side in sides]
            cells += _grounds(proposal.scores[criterion.id])
        rows.append([*_names(question, criterion), *cells])
    parts = ("value", "least", "most", "rests on", "confidence")
    return written(["Branch", "Criterion", *_heads(question, parts)], rows)


def contributions_csv(evaluation: Evaluation, weights: str) -> bytes:
    """Weighted contributions in points, one row a criterion, and the scores they add up to.

    ``weights`` names whose weights they are; it stands in every row, so no copy loses it.
    """
    question = evaluation.question
    rows: list[list[Cell]] = [
        [
            *_names(question, criterion),
            rounded(evaluation.weights[j]),
            *(rounded(part) for part in evaluation.contributions[:, j]),
            weights,
        ]
        for j, criterion in enumerate(question.criteria)
    ]
    total: list[Cell] = [
        "",
        "Score",
        1.0,
        *(rounded(score) for score in evaluation.scores),
        weights,
    ]
    head = ["Branch", "Criterion", "Weight", *(p.name for p in question.proposals), "Weights of"]
    return written(head, [*rows, total])


def _names(question: Question, criterion: Criterion) -> list[Cell]:
    return [question.branch_of(criterion.id).name, criterion.name]


def _heads(question: Question, parts: Sequence[str]) -> list[str]:
    return [f"{proposal.name}: {part}" for proposal in question.proposals for part in parts]


def _grounds(score: Score) -> list[Cell]:
    """What a score rests on stands beside it in every table, so that no opinion turns into fact."""
    return [listed([CLASS_WORDS[kind] for kind in score.evidence_class]), score.confidence]


def rounded(value: float) -> float:
    """A calculated number with the digits that tell all that is shown."""
    return round(float(value), _DECIMALS)


def written(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([safe_cell(cell) for cell in head])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
