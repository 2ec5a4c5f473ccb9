"""How much of the weight rests on what: on judgement alone, on weak evidence, on one source.

Every score takes the weight of its criterion once for each alternative. So the share of an
alternative is a sum of weights, and the share of the whole matrix the mean over alternatives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import Evaluation
from dashboard.model.overrides import Cell
from dashboard.model.proposals import Score
from dashboard.model.question import Question
from dashboard.model.record import BY_DEFINITION, OWN_JUDGEMENT, Confidence

Ground = Literal["fact-and-source", "fact", "source", "judgement"]
"""What a score rests on beside judgement; each score has exactly one."""

GROUNDS: tuple[Ground, ...] = get_args(Ground)
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
Bools = NDArray[np.bool_]


def ground_of(score: Score) -> Ground:
    """The classes of a score as one word; whether judgement stands beside them is not asked."""
    fact, source = "public-fact" in score.evidence_class, "source" in score.evidence_class
    if fact and source:
        return "fact-and-source"
    if fact:
        return "fact"
    return "source" if source else "judgement"


@dataclass(frozen=True, eq=False)
class EvidenceShares:
    """Shares of the weight, 0 to 1. ``by_option`` (m, k) and ``overall`` (k,) sum to 1.

    k are the kinds in the order of ``GROUNDS`` or ``CONFIDENCES``; ``kinds`` (m, n) has the place
    of each score in that order.
    """

    kinds: NDArray[np.intp]
    by_option: Floats

    @property
    def overall(self) -> Floats:
        shares: Floats = self.by_option.mean(axis=0)
        return shares


def ground_shares(evaluation: Evaluation) -> EvidenceShares:
    """The share of the weight on each kind of ground, in the order of ``GROUNDS``.

    The last of them is the share that rests on judgement alone: for one alternative, the sum of the
    weights of the criteria on which its score names no class but judgement; overall, the mean of
    that over the alternatives. An overridden score counts as judgement.

    Source: the guidance's output 9 (share of total weight that rests on judgement alone), with
    classes as in the question's files.
    """
    return _shares(evaluation, lambda score: GROUNDS.index(ground_of(score)), len(GROUNDS))


def confidence_shares(evaluation: Evaluation) -> EvidenceShares:
    """The share of the weight by confidence in the evidence, in the order of ``CONFIDENCES``."""
    return _shares(evaluation, lambda score: CONFIDENCES.index(score.confidence), len(CONFIDENCES))


def _shares(evaluation: Evaluation, place: Callable[[Score], int], count: int) -> EvidenceShares:
    question = evaluation.question
    kinds = np.array(
        [[place(p.scores[c.id]) for c in question.criteria] for p in question.proposals]
    )
    by_option = np.stack([(kinds == k) @ evaluation.weights for k in range(count)], axis=1)
    return EvidenceShares(kinds, by_option)


@dataclass(frozen=True)
class Support:
    """What rests on one piece of evidence. Weights are means over the alternatives, 0 to 1.

    ``cited`` are the scores that name it; ``sole`` those that would be left without any ground but
    judgement if it fell.
    """

    evidence: str
    cited: tuple[Cell, ...]
    cited_weight: float
    sole: tuple[Cell, ...]
    sole_weight: float


@dataclass(frozen=True, eq=False)
class EvidenceUse:
    """Which scores name which evidence, and the weight on each."""

    evaluation: Evaluation

    @cached_property
    def supports(self) -> tuple[Support, ...]:
        """Of all evidence that a score names, what would take most with it first.

        By the weight that would lose its only ground, then by all the weight that names it.
        """
        found = [self._support(evidence) for evidence in self.cells]
        return tuple(sorted(found, key=lambda s: (-s.sole_weight, -s.cited_weight, s.evidence)))

    @cached_property
    def by_evidence(self) -> Mapping[str, Support]:
        return {support.evidence: support for support in self.supports}

    @cached_property
    def cells(self) -> Mapping[str, tuple[Cell, ...]]:
        """By evidence id, the scores that name it; judgement and definitions cannot fall."""
        question = self.evaluation.question
        found: dict[str, list[Cell]] = {}
        for proposal in question.proposals:
            for criterion in question.criteria:
                if question.overridden(proposal.id, criterion.id) is not None:
                    continue  # the number is the reader's, whatever the files cite for theirs
                for evidence in dict.fromkeys(proposal.scores[criterion.id].evidence):
                    if evidence not in (OWN_JUDGEMENT, BY_DEFINITION):
                        found.setdefault(evidence, []).append((proposal.id, criterion.id))
        return {evidence: tuple(cells) for evidence, cells in found.items()}

    def weight(self, cells: Iterable[Cell]) -> float:
        """The share of the weight on some scores: their weights, over the number of options."""
        total = sum(self._weights[criterion] for _, criterion in cells)
        return total / len(self.evaluation.question.proposals)

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        ids = (criterion.id for criterion in self.evaluation.question.criteria)
        return dict(zip(ids, map(float, self.evaluation.weights), strict=True))

    def _support(self, evidence: str) -> Support:
        cited = self.cells[evidence]
        question = self.evaluation.question
        sole = tuple(cell for cell in cited if is_sole(question, cell, evidence))
        return Support(evidence, cited, self.weight(cited), sole, self.weight(sole))


def evidence_use(evaluation: Evaluation) -> EvidenceUse:
    """Which scores name which evidence, and what would fall with it.

    A score loses its only ground with a piece of evidence if it names nothing else but
    ``own-judgement``, and is not called judgement alone: such a score has none to lose, and what it
    names tells what is judged.
    """
    return EvidenceUse(evaluation)


def is_sole(question: Question, cell: Cell, evidence: str) -> bool:
    """Whether this is all that a score rests on beside judgement."""
    score = question.proposal(cell[0]).scores[cell[1]]
    return not score.judgement_only and set(score.evidence) - {OWN_JUDGEMENT} == {evidence}
