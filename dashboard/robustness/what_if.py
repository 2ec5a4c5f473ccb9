"""What overridden scores do to the ranking: each against the same ranking without it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.partial_values import partial_values
from dashboard.methods.ranks import best_first, competition_ranks
from dashboard.model.overrides import OverriddenScore, with_overrides


@dataclass(frozen=True)
class OverrideEffect:
    """Score, rank and leaders (ids) without the override, then with it; all others hold."""

    overridden: OverriddenScore
    score_without: float
    score: float
    rank_without: int
    rank: int
    leaders_without: tuple[str, ...]
    leaders: tuple[str, ...]

    @property
    def changes_leader(self) -> bool:
        return self.leaders_without != self.leaders


def override_effects(evaluation: Evaluation) -> tuple[OverrideEffect, ...]:
    """The effect of each override of the evaluated question, in their order.

    Each is taken back alone, the others stay: the effects of several need not add up in ranks. A
    score is the sum of its contributions, so only one of them has to be calculated again.
    """
    return tuple(_effect(evaluation, held) for held in evaluation.question.overrides)


def as_written(evaluation: Evaluation) -> Evaluation:
    """The same weights on the question without any override."""
    question, weights = evaluation.question, evaluation.weights.tolist()
    points = {c.id: weight for c, weight in zip(question.criteria, weights, strict=True)}
    return evaluate(with_overrides(question, ()), points)


def _effect(evaluation: Evaluation, held: OverriddenScore) -> OverrideEffect:
    proposals, criteria = evaluation.question.proposals, evaluation.question.criteria
    row = evaluation.index(held.override.proposal)
    column = [criterion.id for criterion in criteria].index(held.override.criterion)
    was = partial_values(np.array([[held.was.likely]]), [criteria[column].points])[0, 0]
    parts = evaluation.contributions[row].copy()
    parts[column] = was * evaluation.weights[column]
    scores = evaluation.scores.copy()
    scores[row] = parts.sum()
    ranks = competition_ranks(scores)
    return OverrideEffect(
        overridden=held,
        score_without=float(scores[row]),
        score=float(evaluation.scores[row]),
        rank_without=int(ranks[row]),
        rank=int(evaluation.ranks[row]),
        leaders_without=tuple(proposals[i].id for i in best_first(ranks) if ranks[i] == 1),
        leaders=tuple(proposal.id for proposal in evaluation.leaders),
    )
