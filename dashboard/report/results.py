"""An evaluation as plain data, for the command line, files and attachments."""

from __future__ import annotations

from typing import Any

from dashboard.methods.evaluate import Evaluation
from dashboard.methods.second_opinions import Opinion
from dashboard.model.overrides import OverriddenScore
from dashboard.model.proposals import Proposal
from dashboard.model.question import Question
from dashboard.robustness.failed import caution, misses


def ranking_results(evaluation: Evaluation, perspective: str | None) -> dict[str, Any]:
    """Weights (by criterion id, sum 1) and the ranking, best first, at full precision."""
    question = evaluation.question
    criteria = [criterion.id for criterion in question.criteria]
    return {
        "question": question.context.title,
        "fingerprint": question.fingerprint,
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
                "contributions": dict(
                    zip(criteria, evaluation.contributions[i].tolist(), strict=True)
                ),
                "constraints": {
                    c.id: c.status_of(question.proposals[i].id).verdict
                    for c in question.constraints
                },
                "missed_minima": _missed(question, question.proposals[i]),
            }
            for i in evaluation.order
        ],
        "disclaimer": question.context.disclaimer,
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
