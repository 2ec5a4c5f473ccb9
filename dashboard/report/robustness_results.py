"""An assessment as plain data: ids instead of indices, and null with a reason where undefined."""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboard.methods.arrays import Floats, Ints
from dashboard.report.left_out import FIRST_RANKS, NEAREST_PAIRS, first_of_each_kind, left_out
from dashboard.report.results import ranking_results
from dashboard.robustness.acceptability import Acceptability
from dashboard.robustness.assessment import Assessment
from dashboard.robustness.combined_flip import NoFlip, WeightChange
from dashboard.robustness.failed import has_minima
from dashboard.robustness.health import Finding
from dashboard.robustness.pair_margin import Flip, PairMargin, TooClose
from dashboard.robustness.readings import NEAR
from dashboard.robustness.stability import OrderInterval, StabilityInterval, Swap
from dashboard.robustness.statement import statement
from dashboard.robustness.structure import StructuralCheck

Data = dict[str, Any]


def robustness_results(
    assessment: Assessment, perspective: str | None, *, every_pair: bool = True
) -> Data:
    """Everything that was found, at full precision.

    Parameters
    ----------
    every_pair : False leaves out how often each option beats each other one, the shares of ranks
        beyond the tenth, the errors of shares, and margins but those to the nearest options: of
        many options they are most of the data.

    Returns
    -------
    Of an assessment that examined some of many options only, the details of these; ``left_out``
    names all that is not there. What is there is the same as in a full one.
    """
    every_pair = every_pair and assessment.complete
    evaluation, named = assessment.evaluation, _Names(assessment, every_pair=every_pair)
    cut = {} if assessment.complete else {"left_out": left_out(assessment)}
    status_quo = evaluation.question.status_quo
    row = None if status_quo is None else evaluation.index(status_quo.id)
    sampled = assessment.sampled
    return {
        **ranking_results(evaluation, perspective, named.rows),
        **cut,
        "samples": sampled.any_weights.samples,
        "seed": sampled.any_weights.seed,
        "tie_tolerance": sampled.any_weights.tolerance,
        "score_distribution": assessment.errors.distribution,
        "score_correlation": assessment.errors.correlation,
        "near_weights_within": NEAR,
        "statement": vars(statement(assessment)),
        "verdict": _verdict(assessment),
        "stability": named.stability(),
        "cheapest_flip": {named.proposals[i]: named.flip(assessment.flips[i]) for i in named.rows},
        "score_flip": named.score_flip(),
        "pairs": [
            named.pair(pair) for pair in assessment.pairs[: None if every_pair else NEAREST_PAIRS]
        ],
        "acceptability": {
            key: named.acceptability(found, row) for key, _, found in sampled.readings()
        },
        "scenarios": named.scenarios(),
        "structure": [named.check(check) for check in assessment.structure],
        "disagreement": named.disagreement(),
        "vetoes": named.vetoes(),
        "health": [vars(finding) for finding in named.health()],
    }


def _verdict(assessment: Assessment) -> Data:
    verdict = assessment.verdict
    return {
        "leaders": [proposal.id for proposal in verdict.leaders],
        "clear": verdict.clear if verdict.lead.known else None,
        "gap": verdict.gap,
        "decided": verdict.lead.decided if verdict.lead.known else None,
        "mean_lead": verdict.lead.mean,
        "error_of_lead": verdict.error if verdict.lead.known else None,
        "too_close_to_call": [proposal.id for proposal in verdict.near],
        "first_more_often": None
        if verdict.oftener is None
        else {
            "proposal": assessment.evaluation.question.proposals[verdict.oftener.row].id,
            "share": verdict.oftener.share,
            "share_of_leader": verdict.oftener.leader_share,
        },
        "caution": verdict.caution,
    }


class _Names:
    """Turns indices of one assessment into ids."""

    def __init__(self, assessment: Assessment, *, every_pair: bool) -> None:
        question = assessment.evaluation.question
        self.every_pair = every_pair
        self.assessment = assessment
        self.proposals = [proposal.id for proposal in question.proposals]
        self.rows = sorted(assessment.examined)
        self.criteria = [criterion.id for criterion in question.criteria]
        self.perspectives = [perspective.id for perspective in question.perspectives]

    def by_proposal(self, values: Floats | Ints) -> Data:
        """Of the options that were examined."""
        return {self.proposals[row]: values[row].item() for row in self.rows}

    def by_criterion(self, values: Floats) -> Data:
        return dict(zip(self.criteria, values.tolist(), strict=True))

    def proposal(self, row: int | None) -> str | None:
        return None if row is None else self.proposals[row]

    def stability(self) -> list[Data]:
        return [
            {
                "id": node.id,
                "kind": "branch" if node.branch else "criterion",
                "weight": found.now,
                "leader": self._leader_interval(found.leader),
                "order": self._order_interval(found.order),
                "undefined": found.undefined,
            }
            for node, found in zip(self.assessment.nodes, self.assessment.stability, strict=True)
        ]

    def _leader_interval(self, interval: StabilityInterval | None) -> Data | None:
        if interval is None:
            return None
        return {
            "low": interval.low,
            "high": interval.high,
            "leads_below": self.proposal(interval.below),
            "leads_above": self.proposal(interval.above),
        }

    def _order_interval(self, interval: OrderInterval | None) -> Data | None:
        if interval is None:
            return None
        return {
            "low": interval.low,
            "high": interval.high,
            "swap_below": self._swap(interval.below),
            "swap_above": self._swap(interval.above),
        }

    def _swap(self, swap: Swap | None) -> Data | None:
        if swap is None:
            return None
        return {"rises": self.proposals[swap.rises], "falls": self.proposals[swap.falls]}

    def flip(self, flip: Flip | None) -> Data:
        if flip is None:
            return {"leads": True}
        if isinstance(flip, TooClose):
            return {"leads": False, "possible": None, "reason": flip.reason}
        if isinstance(flip, NoFlip):
            return {
                "leads": False,
                "possible": False,
                "mixture": self._mixture(flip.mixture),
                "advantage": self.by_criterion(flip.advantage),
                "margin": flip.margin,
            }
        return {
            "leads": False,
            "possible": True,
            "least_moved": self._change(flip.least_moved),
            "nearest": self._change(flip.nearest),
        }

    def _mixture(self, shares: Floats) -> Data:
        """Of all options; of many only those that have a share."""
        rows = np.flatnonzero(shares > 0) if not self.assessment.complete else range(len(shares))
        return {self.proposals[row]: float(shares[row]) for row in rows}

    def _change(self, change: WeightChange) -> Data:
        return {
            "moved": change.moved,
            "distance": change.distance,
            "weights": self.by_criterion(change.weights),
        }

    def score_flip(self) -> Data | None:
        flip = self.assessment.score_flip
        if flip is None:
            return None
        return {
            "proposal": self.proposals[flip.alternative],
            "criterion": self.criteria[flip.criterion],
            "likely": flip.likely,
            "performance": flip.performance,
            "end_of_band": flip.end,
            "share_of_band": flip.share,
            "new_leader": self.proposals[flip.new_leader],
            "moves_with_it": [self.proposals[row] for row in flip.along],
        }

    def pair(self, pair: PairMargin) -> Data:
        bars = pair.tornado.bars
        return {
            "first": self.proposals[pair.first],
            "second": self.proposals[pair.second],
            "gap": pair.tornado.gap,
            "crossing_weights": {
                node.id: {
                    "at": crossing.at,
                    "ahead_below": self.proposal(crossing.ahead_below),
                    "ahead_above": self.proposal(crossing.ahead_above),
                    "reason": crossing.reason,
                }
                for node, crossing in zip(self.assessment.nodes, pair.crossings, strict=True)
            },
            "cheapest_flip": self.flip(pair.flip),
            "tornado": [
                bar._asdict() | {"criterion": self.criteria[bar.criterion]} for bar in bars
            ],
        }

    def acceptability(self, found: Acceptability, status_quo: int | None) -> Data:
        return {self.proposals[row]: self._indices(found, row, status_quo) for row in self.rows}

    def _indices(self, found: Acceptability, row: int, status_quo: int | None) -> Data:
        low, high = found.band
        ranks = found.ranks.value[row].tolist()
        indices: Data = {"ranks": ranks if self.every_pair else ranks[:FIRST_RANKS]}
        if self.every_pair:
            indices |= {
                "ranks_error": found.ranks.error[row].tolist(),
                "beats": self.by_proposal(found.wins.value[row]),
                "beats_error": self.by_proposal(found.wins.error[row]),
            }
        indices |= {
            "score_band": [float(low.value[row]), float(high.value[row])],
            "score_band_error": [float(low.error[row]), float(high.error[row])],
            "better_than_status_quo": None
            if status_quo is None
            else float(found.better_than(status_quo).value[row]),
        }
        centre = found.centres[row] if found.centres else None
        if centre is not None:
            weights = None if centre.weights is None else self.by_criterion(centre.weights)
            indices["central_weights"] = weights
            indices["confidence_factor"] = centre.confidence
            indices["confidence_factor_error"] = centre.confidence_error
            indices["reason"] = centre.reason
        return indices

    def scenarios(self) -> list[Data]:
        analysis = self.assessment.scenarios
        return [
            {
                "id": None if case is None else case.id,
                "name": "As written" if case is None else case.name,
                "scores": self.by_proposal(analysis.scores[k]),
                "ranks": self.by_proposal(analysis.ranks[k]),
                "regret": self.by_proposal(analysis.regret[k]),
                "beyond_an_anchor": [
                    {"proposal": self.proposals[i], "criterion": self.criteria[j]}
                    for i, j in analysis.clamped[k]
                    if i in self.rows
                ],
            }
            for k, case in enumerate(analysis.cases)
        ]

    def check(self, check: StructuralCheck) -> Data:
        found = dict(vars(check))
        if not self.every_pair:
            del found["scores"], found["order"]
        return found

    def disagreement(self) -> Data | None:
        found, votes = self.assessment.disagreement, self.assessment.majority
        if found is None or votes is None:
            return None
        compromise = found.compromise
        return {
            "kendall_tau": found.tau.tau,
            "kendall_tau_reason": found.tau.reason,
            "kendall_w": found.concordance.w,
            "kendall_w_reason": found.concordance.reason,
            "weight_diversity": vars(found.diversity),
            "compromise": {
                "proposal": self.proposals[compromise.alternative],
                "worst_regret": compromise.worst_regret,
                "moves": {
                    self.perspectives[move.perspective]: move.regret for move in compromise.moves
                },
            },
            "condorcet_winner": self.proposal(votes.winner),
            "condorcet_loser": self.proposal(votes.loser),
            "cycles": [[self.proposals[i] for i in cycle] for cycle in votes.cycles],
            "divided_by": self._divisions(),
            "not_divided": [
                {
                    "between": [pair.first, pair.second],
                    "reason": pair.reason or "they share a leader",
                }
                for pair in self.assessment.divisions
                if pair.division is None
            ],
        }

    def _divisions(self) -> list[Data]:
        return [
            {
                "between": [pair.first, pair.second],
                "on": [self.proposals[d.first], self.proposals[d.second]],
                "criterion": None if d.criterion is None else self.criteria[d.criterion],
                "parts": self.by_criterion(d.parts),
            }
            for pair in self.assessment.divisions
            if (d := pair.division) is not None
        ]

    def vetoes(self) -> list[Data] | None:
        if not has_minima(self.assessment.evaluation.question):
            return None
        return [
            {
                "proposal": self.proposals[veto.alternative],
                "criterion": self.criteria[veto.criterion],
                "threshold": veto.threshold,
                "holds": veto.holds,
                "probability": veto.probability,
            }
            for veto in self.assessment.vetoes
            if veto.alternative in self.rows
        ]

    def health(self) -> list[Finding]:
        """All findings; of an assessment that is cut the first of each kind."""
        findings = self.assessment.health
        return list(findings) if self.assessment.complete else first_of_each_kind(findings)
