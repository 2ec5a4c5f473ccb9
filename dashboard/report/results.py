"""An evaluation as plain data, for the command line, files and attachments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.methods.evaluate import Evaluation
from dashboard.methods.second_opinions import Opinion
from dashboard.model.overrides import OverriddenScore
from dashboard.model.proposals import Proposal
from dashboard.model.question import Question
from dashboard.report.fingerprint import input_fingerprint
from dashboard.robustness.failed import caution, misses


def ranking_results(
    evaluation: Evaluation, perspective: str | None, detailed: Sequence[int] | None = None
) -> dict[str, Any]:
    """Weights (by criterion id, sum 1) and the ranking, best first, at full precision.

    Parameters
    ----------
    detailed : rows of the options whose contributions and constraints are told; all by default.
    """
    question = evaluation.question
    rows = set(evaluation.order if detailed is None else detailed)
    criteria = [criterion.id for criterion in question.criteria]
    return {
        "question": question.context.title,
        "fingerprint": question.fingerprint,
        "inputs": input_fingerprint(evaluation),
        "settings": list(question.active_settings),
        "overrides": [_override(held) for held in question.overrides],
        "perspective": perspective,
        "weights": dict(zip(criteria, evaluation.weights.tolist(), strict=True)),
        "caution": caution(question, evaluation.leaders),
        "ranking": [
            {
                "id": question.proposals[i].id,
                "name": question.proposals[i].name,
                "kind": question.proposals[i].kind,
                "rank": int(evaluation.ranks[i]),
                "score": float(evaluation.scores[i]),
                **(_details(evaluation, i) if i in rows else {}),
            }
            for i in evaluation.order
        ],
        "disclaimer": question.context.disclaimer,
    }


def _details(evaluation: Evaluation, row: int) -> dict[str, Any]:
    question, proposal = evaluation.question, evaluation.question.proposals[row]
    parts = zip(question.criteria, evaluation.contributions[row].tolist(), strict=True)
    return {
        "contributions": {criterion.id: part for criterion, part in parts},
        "constraints": {c.id: c.status_of(proposal.id).verdict for c in question.constraints},
        "missed_minima": _missed(question, proposal),
    }


def _missed(question: Question, proposal: Proposal) -> list[dict[str, Any]]:
    """The minima that the best estimates of an option do not reach."""
    return [
        {
            "criterion": miss.criterion.id,
            "performance": miss.performance,
            "threshold": miss.threshold,
            "unit": miss.criterion.unit,
            "words": miss.words,
        }
        for miss in misses(question, proposal)
    ]


def _override(held: OverriddenScore) -> dict[str, Any]:
    override = held.override
    return {
        "proposal": override.proposal,
        "criterion": override.criterion,
        "was": {"low": held.was.low, "likely": held.was.likely, "high": held.was.high},
        "now": {"low": override.low, "likely": override.likely, "high": override.high},
        "reason": override.reason,
        "reason_given": override.reason is not None,
    }


def opinion_results(evaluation: Evaluation, opinions: tuple[Opinion, ...]) -> list[dict[str, Any]]:
    """The rank that each method gives each proposal, or why it could not run."""
    proposals = [proposal.id for proposal in evaluation.question.proposals]
    return [
        {
            "method": opinion.method,
            "ranks": None
            if opinion.ranks is None
            else dict(zip(proposals, opinion.ranks.tolist(), strict=True)),
            "reason": opinion.reason,
            "note": opinion.note,
        }
        for opinion in opinions
    ]
