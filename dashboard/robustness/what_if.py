"""What overridden scores do to the ranking: each against the same ranking without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.model.overrides import OverriddenScore, Override, with_overrides
from dashboard.model.question import Question


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

    Each is taken back alone, the others stay: the effects of several need not add up in ranks.
    """
    question = evaluation.question
    return tuple(
        _effect(evaluation, held, leaving_out(evaluation, [held.override]))
        for held in question.overrides
    )


def leaving_out(evaluation: Evaluation, overrides: Iterable[Override]) -> Evaluation:
    """The same weights on the question without some of its overrides."""
    question, out = evaluation.question, {override.cell for override in overrides}
    kept = [held.override for held in question.overrides if held.override.cell not in out]
    return evaluate(with_overrides(question, kept), _points(question, evaluation))


def as_written(evaluation: Evaluation) -> Evaluation:
    """The same weights on the question without any override."""
    return evaluate(
        with_overrides(evaluation.question, ()), _points(evaluation.question, evaluation)
    )


def _points(question: Question, evaluation: Evaluation) -> dict[str, float]:
    weights = evaluation.weights.tolist()
    return {criterion.id: w for criterion, w in zip(question.criteria, weights, strict=True)}


def _effect(evaluation: Evaluation, held: OverriddenScore, without: Evaluation) -> OverrideEffect:
    row = evaluation.index(held.override.proposal)
    return OverrideEffect(
        overridden=held,
        score_without=float(without.scores[row]),
        score=float(evaluation.scores[row]),
        rank_without=int(without.ranks[row]),
        rank=int(evaluation.ranks[row]),
        leaders_without=tuple(p.id for p in without.leaders),
        leaders=tuple(p.id for p in evaluation.leaders),
    )
