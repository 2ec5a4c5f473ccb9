"""The tables of the briefing as plain data: options, and ranks under each perspective."""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.weights import perspective_points
from dashboard.model.proposals import Proposal
from dashboard.model.question import Question
from dashboard.model.value_tree import Criterion
from dashboard.model.weighting import Constraint, Perspective
from dashboard.model.wording import VERDICT_WORDS, listed, number, weight_percent, whole
from dashboard.robustness.score_error import score_errors
from dashboard.robustness.verdict import verdict

MOST_COLUMNS, FEWEST_COLUMNS = 6, 4
PERSPECTIVES_A_TABLE = 9
TO = "\u2013"
LONGEST_WORD = 13
"""Characters that fit into a narrow column."""


def options_table(evaluation: Evaluation) -> dict[str, Any]:
    """One row an option, best first, with the performances that carry most weight."""
    question = evaluation.question
    columns = key_criteria(evaluation)
    errors = score_errors(evaluation.values_least, evaluation.values_most, evaluation.weights)
    return {
        "columns": [
            {
                "name": question.criteria[j].label,
                "long": has_long_word(f"{question.criteria[j].label} {question.criteria[j].unit}"),
                "unit": question.criteria[j].unit,
                "weight": weight_percent(float(evaluation.weights[j])),
            }
            for j in columns
        ],
        "less": _less_is_better([question.criteria[j] for j in columns]),
        "constraints": bool(question.constraints),
        "rows": [
            {
                **option_cell(question, question.proposals[i]),
                "rank": str(int(evaluation.ranks[i])),
                "score": str(whole(evaluation.scores[i])),
                "error": f"±{whole(errors[i])}",
                "status": constraint_status(question, question.proposals[i]),
                "cells": [_cell(evaluation, i, j) for j in columns],
            }
            for i in evaluation.order
        ],
    }


def _less_is_better(criteria: list[Criterion]) -> str:
    """Which columns are read the other way round."""
    falling = [criterion.label for criterion in criteria if criterion.direction == "min"]
    if not falling:
        return "More is better."
    if len(falling) == len(criteria):
        return "Less is better."
    return f"More is better, but less is better for {listed(falling)}."


def has_long_word(text: str) -> bool:
    """Whether a narrow column needs hyphens; elsewhere they only look untidy."""
    return any(len(word) > LONGEST_WORD for word in text.split())


def option_cell(question: Question, proposal: Proposal) -> dict[str, Any]:
    """Name, mark and colour of an option, and what it is where it is no proposal."""
    look = question.looks[proposal.id]
    kinds = {"proposal": "", "rival": "rival", "status-quo": ""}
    return {
        "name": proposal.label,
        "note": kinds[proposal.kind],
        "mark": look.mark,
        "colour": look.light,
    }


def key_criteria(evaluation: Evaluation) -> list[int]:
    """The heaviest criterion of each branch, in tree order.

    Of more than six branches the six heaviest speak; where there are fewer than four, the heaviest
    criteria left fill up to four columns.
    """
    weights, start, chosen = evaluation.weights, 0, []
    for branch in evaluation.question.branches:
        size = len(branch.criteria)
        chosen.append(start + int(np.argmax(weights[start : start + size])))
        start += size
    by_weight = np.argsort(-evaluation.branch_weights, kind="stable")[:MOST_COLUMNS]
    chosen = [chosen[b] for b in sorted(by_weight)]
    for j in np.argsort(-weights, kind="stable"):
        if len(chosen) >= FEWEST_COLUMNS:
            break
        if j not in chosen:
            chosen.append(int(j))
    return sorted(chosen)


def _cell(evaluation: Evaluation, i: int, j: int) -> dict[str, str]:
    decimals, raw = evaluation.question.criteria[j].decimals, evaluation.performance
    low, likely, high = (
        number(float(matrix[i, j]), decimals) for matrix in (raw.low, raw.likely, raw.high)
    )
    to = TO if raw.low[i, j] >= 0 else " to "
    return {"best": likely, "band": "" if low == high else f"{low}{to}{high}"}


def constraint_status(question: Question, proposal: Proposal) -> dict[str, str]:
    """The worst a proposal does on any constraint: the word, and which constraint it is.

    Hard before soft, a failure before a condition; ``more`` counts the others of the same verdict.
    Where there is neither, no word sums it up: ``more`` counts every verdict, since a constraint
    that does not bind or was not assessed is not one that is met.
    """
    found: list[tuple[Constraint, str]] = [
        (constraint, constraint.status_of(proposal.id).verdict)
        for constraint in sorted(question.constraints, key=lambda c: c.kind != "hard")
    ]
    for verdict_, word in (("fail", "Fails"), ("conditional", "On conditions")):
        held = [constraint for constraint, said in found if said == verdict_]
        if held:
            name = held[0].name if held[0].kind == "hard" else f"{held[0].name} (soft)"
            more = f"and {len(held) - 1} more" if len(held) > 1 else ""
            return {"word": word, "name": name, "more": more}
    said_of = [said for _, said in found]
    tally = [
        f"{said_of.count(verdict_)} {word}"
        for verdict_, word in (
            ("pass", "met"),
            ("not-bound", VERDICT_WORDS["not-bound"]),
            ("not-assessed", VERDICT_WORDS["not-assessed"]),
        )
        if verdict_ in said_of
    ]
    return {"word": "", "name": "", "more": ", ".join(tally)}


def under_perspectives(question: Question) -> dict[str, Evaluation]:
    """The question evaluated under every perspective it holds, by perspective id."""
    return {
        p.id: evaluate(question, perspective_points(question, p)) for p in question.perspectives
    }


def ranks_tables(
    evaluation: Evaluation, others: dict[str, Evaluation], chosen: Perspective | None
) -> list[dict[str, Any]]:
    """Ranks of every option under each perspective; several tables where columns would crowd."""
    perspectives = list(evaluation.question.perspectives)
    cuts = range(0, len(perspectives), PERSPECTIVES_A_TABLE)
    return [
        _ranks_table(evaluation, others, perspectives[k : k + PERSPECTIVES_A_TABLE], chosen)
        for k in cuts
    ]


def _ranks_table(
    evaluation: Evaluation,
    others: dict[str, Evaluation],
    perspectives: list[Perspective],
    chosen: Perspective | None,
) -> dict[str, Any]:
    question = evaluation.question
    answers = [verdict(others[p.id]) for p in perspectives]
    return {
        "columns": [
            {
                "name": p.short_name or p.name,
                "long": has_long_word(p.short_name or p.name),
                "chosen": chosen is not None and p.id == chosen.id,
                "lead": _lead(answer.gap)
                if answer.runner_up and len(answer.leaders) == 1
                else "tie",
                "clear": answer.clear,
            }
            for p, answer in zip(perspectives, answers, strict=True)
        ],
        "rows": [
            {
                **option_cell(question, question.proposals[i]),
                "ranks": [str(int(others[p.id].ranks[i])) for p in perspectives],
            }
            for i in evaluation.order
        ],
    }


def _lead(gap: float) -> str:
    return str(whole(gap)) if whole(gap) else "<1"


def dividing_weight(
    evaluation: Evaluation, others: dict[str, Evaluation]
) -> tuple[Proposal, Proposal, int, str, str] | None:
    """The criterion whose weight moves the gap between the two camps' leaders most.

    The camps are the leader here and the option that leads most of the perspectives that disagree.
    Every score is a sum of weight times value, so what a criterion moves is the range of its weight
    over the perspectives times the difference of the two values.

    Returns
    -------
    The two leaders, the criterion, and the perspectives that weigh it least and most; None where
    all perspectives agree.
    """
    question, mine = evaluation.question, evaluation.order[0]
    rivals = [e.order[0] for e in others.values() if e.ranks[mine] != 1]
    if not rivals:
        return None
    rival = max(dict.fromkeys(rivals), key=rivals.count)
    weights = np.array([e.weights for e in others.values()])
    moved = np.ptp(weights, axis=0) * np.abs(evaluation.values[mine] - evaluation.values[rival])
    j, names = int(np.argmax(moved)), list(others)
    if moved[j] == 0:
        return None
    least, most = names[int(np.argmin(weights[:, j]))], names[int(np.argmax(weights[:, j]))]
    return question.proposals[mine], question.proposals[rival], j, least, most
