"""Structural checks: does the leader depend on how the question was built?

Weights and scores have their own analyses. Here the choices of whoever built the model are made
differently, one at a time, and everything is evaluated again under the same weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.additive import scores as additive_scores
from dashboard.methods.aggregators import aggregated_scores
from dashboard.methods.arrays import Floats, performance
from dashboard.methods.evaluate import value_bounds
from dashboard.methods.partial_values import partial_values
from dashboard.methods.ranks import best_first, competition_ranks
from dashboard.model.question import Question
from dashboard.model.settings import with_settings
from dashboard.model.value_tree import Aggregator, CurvePoint, Scale

CheckKind = Literal["anchors", "setting", "aggregator", "evidence"]

ANCHOR_CHANGE = 0.25
"""Guidance, section 5: anchors are moved by a quarter of their range, out and in."""


@dataclass(frozen=True)
class StructuralCheck:
    """One choice made differently. Proposals are ids.

    ``subjects`` are the ids the choice is about: a criterion, settings, branches. ``scores`` are in
    the order of the question; ``order`` is best first, ties as in the question; ``leaders`` has all
    that tie for rank 1. Changes are against the question as it stands: a leader that comes to share
    its place counts as a change.
    """

    kind: CheckKind
    what: str
    subjects: tuple[str, ...]
    scores: tuple[float, ...]
    order: tuple[str, ...]
    leaders: tuple[str, ...]
    leader_changes: bool
    order_changes: bool


@dataclass(frozen=True)
class _Ranking:
    """Scores under the names of the proposals they belong to."""

    proposals: tuple[str, ...]
    scores: tuple[float, ...]
    ranks: tuple[int, ...]

    @classmethod
    def of(cls, proposals: Sequence[str], scores: Floats) -> _Ranking:
        ranks = competition_ranks(scores)
        return cls(tuple(proposals), tuple(scores.tolist()), tuple(ranks.tolist()))

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(self.proposals[i] for i in best_first(np.array(self.ranks)))

    @property
    def leaders(self) -> tuple[str, ...]:
        return tuple(p for p, rank in zip(self.proposals, self.ranks, strict=True) if rank == 1)

    def check(
        self, kind: CheckKind, what: str, subjects: Sequence[str], base: _Ranking
    ) -> StructuralCheck:
        return StructuralCheck(
            kind,
            what,
            tuple(subjects),
            self.scores,
            self.order,
            self.leaders,
            leader_changes=self.leaders != base.leaders,
            order_changes=self.ranks != base.ranks,
        )


def structural_checks(question: Question, weights: Floats) -> tuple[StructuralCheck, ...]:
    """All checks of the guidance, in this order; each leaves everything else as it is.

    - ``anchors``: the range of each criterion a quarter wider and a quarter narrower (see
      ``rescaled``), then all at once. The weights stay: the question is what the same points would
      have said about another swing, since people hardly adjust points to ranges.
    - ``setting``: each setting of the question that is not on, then all together.
    - ``aggregator``: each other aggregator a branch lists, alone; where several branches list it,
      in all of them at once too.
    - ``evidence``: every score that rests on judgement alone at the worse end of its band.

    Leaving an alternative out is no check: values have fixed anchors and a score is made of an
    alternative's own values only, so the others keep their scores and their order.

    Parameters
    ----------
    weights : (n,) non-negative, sum 1, in the order of the criteria.

    Raises
    ------
    ValueError : the question has no proposals, or the weights do not fit.

    Source: Fischer (1995), Organizational Behavior and Human Decision Processes 62(3), 252-266
    (points hardly follow ranges); Belton & Stewart (2002), Multiple Criteria Decision Analysis,
    ch. 5 (global scales against rank reversal).
    """
    if not question.proposals:
        raise ValueError("the question has no proposals")
    values, _, _ = value_bounds(question, performance(question))
    base = _rank(question, additive_scores(values, weights))
    return (
        *_anchors(question, weights, base),
        *_settings(question, weights, base),
        *_aggregators(question, values, weights, base),
        *_evidence(question, weights, base),
    )


def rescaled(scale: Scale, factor: float) -> tuple[CurvePoint, ...]:
    """The value curve over a range ``factor`` times as long.

    An anchor at zero stays: nobody, nothing spent, no harm is where such a scale ends by nature,
    and the doubt is about the other anchor. Where neither anchor is zero, none is privileged and
    both move about the midpoint. A bent curve stretches with its range.

    On a straight curve the choice matters only to performances that fall beyond an anchor: which
    point stays adds the same amount to every alternative, and differences go by 1 / factor.

    Raises
    ------
    ValueError : the factor is not a positive number.
    """
    if not (np.isfinite(factor) and factor > 0):
        raise ValueError("a range is multiplied by a positive number")
    fixed = 0.0 if 0 in (scale.worst, scale.best) else (scale.worst + scale.best) / 2
    return tuple((fixed + (x - fixed) * factor, value) for x, value in scale.points)


def _rank(question: Question, scores: Floats) -> _Ranking:
    return _Ranking.of([proposal.id for proposal in question.proposals], scores)


def _anchors(question: Question, weights: Floats, base: _Ranking) -> Iterator[StructuralCheck]:
    likely = performance(question).likely
    straight = partial_values(likely, [criterion.points for criterion in question.criteria])
    percent = f"{ANCHOR_CHANGE:.0%}".replace("%", " %")
    for word, factor in (("wider", 1 + ANCHOR_CHANGE), ("narrower", 1 - ANCHOR_CHANGE)):
        curves = [rescaled(criterion, factor) for criterion in question.criteria]
        moved = partial_values(likely, curves)
        for j, criterion in enumerate(question.criteria):
            values = straight.copy()
            values[:, j] = moved[:, j]
            ranking = _rank(question, additive_scores(values, weights))
            what = f"Range of {criterion.label} {percent} {word}"
            yield ranking.check("anchors", what, (criterion.id,), base)
        ranking = _rank(question, additive_scores(moved, weights))
        everywhere = [criterion.id for criterion in question.criteria]
        yield ranking.check("anchors", f"All ranges {percent} {word}", everywhere, base)


def _settings(question: Question, weights: Floats, base: _Ranking) -> Iterator[StructuralCheck]:
    off = [s for s in question.disclosure.settings if s.id not in question.active_settings]
    choices = [[setting] for setting in off] + ([off] if len(off) > 1 else [])
    for choice in choices:
        ids = [setting.id for setting in choice]
        switched = with_settings(question, [*question.active_settings, *ids])
        values, _, _ = value_bounds(switched, performance(switched))
        ranking = _rank(switched, additive_scores(values, weights))
        what = choice[0].name if len(choice) == 1 else "All settings together"
        yield ranking.check("setting", what, ids, base)


def _aggregators(
    question: Question, values: Floats, weights: Floats, base: _Ranking
) -> Iterator[StructuralCheck]:
    branches = question.branches
    sizes = [len(branch.criteria) for branch in branches]
    words: dict[Aggregator, str] = {"geometric": "Geometric mean", "minimum": "Minimum"}
    for aggregator, word in words.items():
        listing = [b for b, branch in enumerate(branches) if aggregator in branch.aggregators]
        for chosen in [[b] for b in listing] + ([listing] if len(listing) > 1 else []):
            rules = _rules(len(branches), chosen, aggregator)
            ranking = _rank(question, aggregated_scores(values, weights, sizes, rules))
            where = branches[chosen[0]].label if len(chosen) == 1 else "all branches that offer it"
            ids = [branches[b].id for b in chosen]
            yield ranking.check("aggregator", f"{word} inside {where}", ids, base)


def _rules(branches: int, chosen: Sequence[int], aggregator: Aggregator) -> list[Aggregator]:
    return [aggregator if b in chosen else "sum" for b in range(branches)]


def _evidence(question: Question, weights: Floats, base: _Ranking) -> Iterator[StructuralCheck]:
    judged = judgement_only(question)
    if not judged.any():
        return
    likely, least, _ = value_bounds(question, performance(question))
    ranking = _rank(question, additive_scores(np.where(judged, least, likely), weights))
    what = "Scores that rest on judgement alone at the worse end of their bands"
    affected = [c.id for j, c in enumerate(question.criteria) if judged[:, j].any()]
    yield ranking.check("evidence", what, affected, base)


def judgement_only(question: Question) -> NDArray[np.bool_]:
    """(m, n) whether a score rests on judgement alone."""
    return np.array(
        [
            [proposal.scores[criterion.id].judgement_only for criterion in question.criteria]
            for proposal in question.proposals
        ]
    )
