"""What a room saw as plain data, for the export and the annex of the briefing.

Ids instead of indices, full precision, null with a reason where undefined. Nothing of a single
ballot and nothing of a hidden group is in it.
"""

from __future__ import annotations

from typing import Any

from dashboard.methods.arrays import Floats, Ints
from dashboard.model.question import Question
from dashboard.robustness.room import Room, RoundResult
from dashboard.robustness.room_ballots import FEWEST, Tally
from dashboard.robustness.room_dividing import Dividing
from dashboard.robustness.room_groups import RoomCompromise
from dashboard.robustness.room_movement import Movement

Data = dict[str, Any]


def room_results(room: Room, question: Question) -> Data:
    """Every round and every movement of a room.

    Parameters
    ----------
    question : the one the room voted on: its options and criteria in the order of the arrays.
    """
    named = _Named(question)
    return {
        "latest_round": room.number,
        "small_groups_shown": room.small_groups,
        "fewest_ballots_shown": FEWEST,
        "groups": [{"id": group.id, "name": group.name} for group in room.groups],
        "rounds": [named.round(result) for result in room.rounds],
        "movements": [named.movement(moved) for moved in room.movements],
    }


class _Named:
    """Arrays made into data under the ids of the question."""

    def __init__(self, question: Question) -> None:
        self.proposals = [proposal.id for proposal in question.proposals]
        self.criteria = [criterion.id for criterion in question.criteria]

    def by_proposal(self, values: Floats | Ints) -> Data:
        return dict(zip(self.proposals, values.tolist(), strict=True))

    def by_criterion(self, values: Floats) -> Data:
        return dict(zip(self.criteria, values.tolist(), strict=True))

    def options(self, rows: tuple[int, ...]) -> list[str]:
        return [self.proposals[i] for i in rows]

    def round(self, result: RoundResult) -> Data:
        diversity = result.diversity
        return {
            "round": result.number,
            **self.tally(result.whole),
            "rank_acceptability": {
                proposal: result.acceptability[i].tolist()
                for i, proposal in enumerate(self.proposals)
            },
            "ballots_tied_for_first": result.tied,
            "ballots_with_a_clear_lead": result.clear,
            "weight_diversity": {
                "alpha": diversity.alpha,
                "beta": diversity.beta,
                "gamma": diversity.gamma,
                "consensus": diversity.consensus,
                "reason": diversity.reason,
            },
            "groups": [
                {"id": one.group.id, "name": one.group.name, **self.tally(one.tally)}
                for one in result.groups.shown
            ],
            "hidden_groups": [
                {
                    "id": one.group.id,
                    "name": one.group.name,
                    "ballots": one.ballots,
                    "reason": one.why,
                }
                for one in result.groups.hidden
            ],
            "divided_by": self.dividing(result.dividing),
            "compromise": self.compromise(result.compromise),
        }

    def tally(self, tally: Tally) -> Data:
        return {
            "ballots": tally.ballots,
            "first_places": self.by_proposal(tally.firsts),
            "mean_weights": self.by_criterion(tally.weights),
            "scores_under_mean_weights": self.by_proposal(tally.scores),
            "ranks_under_mean_weights": self.by_proposal(tally.ranks),
            "leaders": self.options(tally.lead.leaders),
            "gap": tally.lead.gap,
            "error_of_lead": tally.lead.error if tally.lead.known else None,
            "decided": tally.lead.clear if tally.lead.known else None,
            "kendall_w": tally.concordance.w,
            "kendall_w_reason": tally.concordance.reason,
        }

    def dividing(self, found: Dividing) -> Data:
        sides = found.sides
        return {
            "between": None if found.pair is None else self.options(found.pair),
            "ballots_ahead": list(found.ahead),
            "ballots_level": found.level,
            "standard_deviation_of_gap": found.spread,
            "shares": None if found.shares is None else self.by_criterion(found.shares),
            "criteria": [self.criteria[j] for j in found.criteria],
            "favours": None if found.favours is None else self.proposals[found.favours],
            "mean_weights_of_sides": None
            if sides is None
            else [self.by_criterion(sides.first), self.by_criterion(sides.second)],
            "sides_hidden": found.sides_hidden,
            "reason": found.reason,
        }

    def compromise(self, asked: RoomCompromise) -> Data:
        return {
            "proposal": self.proposals[asked.found.alternative],
            "ties": self.options(asked.found.ties),
            "worst_regret": asked.found.worst_regret,
            "mean_regret": asked.mean,
            "ballots_giving_up": asked.giving,
            "ballots_giving_up_more_than_uncertainty": asked.beyond,
            "by_group": [
                {
                    "id": None if one.group is None else one.group.id,
                    "hidden_together": one.group is None,
                    "ballots": one.ballots,
                    "ballots_giving_up": one.giving,
                    "ballots_giving_up_more_than_uncertainty": one.beyond,
                    "mean_regret": one.mean,
                    "worst_regret": one.largest,
                }
                for one in asked.by_group
            ],
        }

    def movement(self, moved: Movement) -> Data:
        changes = moved.changes
        return {
            "from_round": moved.before,
            "to_round": moved.after,
            "voted_in_both": moved.both,
            "joined": moved.joined,
            "left": moved.left,
            "mean_weight_moved": moved.mean,
            "largest_weight_moved": moved.largest,
            "changed_first_choice": moved.changed,
            "changes": None
            if changes is None
            else [
                {
                    "from": self.options(change.before),
                    "to": self.options(change.after),
                    "ballots": change.count,
                }
                for change in changes
            ],
            "hidden_because": moved.unknown,
            "first_places": [self.by_proposal(firsts) for firsts in moved.firsts],
            "kendall_w": [found.w for found in moved.concordance],
        }
