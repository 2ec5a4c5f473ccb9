"""How much of a question rests on what: counts over all scores."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.model.question import Question


@dataclass(frozen=True)
class EvidenceCounts:
    """Numbers of scores; a score can be grounded in several classes at once."""

    scores: int
    judgement_only: int
    public_fact: int
    source: int
    low: int
    moderate: int
    high: int


def evidence_counts(question: Question) -> EvidenceCounts:
    """Count over all proposals and criteria."""
    scores = [score for proposal in question.proposals for score in proposal.scores.values()]
    confidence = [score.confidence for score in scores]
    return EvidenceCounts(
        scores=len(scores),
        judgement_only=sum(score.judgement_only for score in scores),
        public_fact=sum("public-fact" in score.evidence_class for score in scores),
        source=sum("source" in score.evidence_class for score in scores),
        low=confidence.count("low"),
        moderate=confidence.count("moderate"),
        high=confidence.count("high"),
    )
