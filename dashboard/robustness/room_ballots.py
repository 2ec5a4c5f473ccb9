"""The ballots of one round, as arrays: what every figure of a room is made from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.methods.arrays import Floats, Ints, frozen
from dashboard.methods.evaluate import Valued
from dashboard.methods.ranks import competition_ranks
from dashboard.robustness.concordance import Concordance, kendall_w
from dashboard.robustness.lead import Lead, lead

NO_GROUP = ""
"""The group of a ballot whose participant speaks for none."""

FEWEST = 5
"""Ballots from which on figures of a part of the room are shown, unless the facilitator set it
otherwise at the start. A convention, common in official statistics."""


@dataclass(frozen=True)
class Group:
    """Whom a participant speaks for, from the facilitator's list."""

    id: str
    name: str


@dataclass(frozen=True, eq=False)
class RoundBallots:
    """The ballots that count at the end of one round, one row a participant.

    ``weights`` (k, n): each row is not negative and sums to 1. ``groups`` (k,) ids of groups,
    ``NO_GROUP`` where none. ``people`` (k,) opaque ids, the same for a participant in every round.

    Raises ValueError where the three disagree, a row is not weights or a participant stands twice.
    """

    number: int
    weights: Floats
    groups: tuple[str, ...]
    people: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.weights.ndim != 2 or self.weights.shape[1] == 0:
            raise ValueError("ballots are a matrix: one row a participant, one column a criterion")
        if not len(self.weights) == len(self.groups) == len(self.people):
            raise ValueError("each ballot needs one group and one participant")
        if len(set(self.people)) < len(self.people):
            raise ValueError("a participant has more than one ballot in a round")
        sums = self.weights.sum(axis=1)
        if not np.all(self.weights >= 0) or not np.allclose(sums, 1, rtol=0, atol=1e-9):
            raise ValueError("weights must not be negative and must sum to 1")


@dataclass(frozen=True, eq=False)
class Tally:
    """What the whole room, or one group of it, says.

    ``weights`` (n,): the mean of its ballots. ``scores``, ``ranks`` (m,) under them; ``lead`` says
    who leads there and whether that is decided. ``firsts`` (m,): ballots on which each alternative
    has rank 1; on a tie it counts for each that shares it, so they may sum to more than
    ``ballots``.
    """

    ballots: int
    weights: Floats
    scores: Floats
    ranks: Ints
    lead: Lead
    firsts: Ints
    concordance: Concordance


def tally(valued: Valued, weights: Floats, ranks: Ints) -> Tally:
    """The mean weights of some ballots and what follows from them.

    Since scores are linear in the weights, the score under the mean weights is also the mean of
    the scores of the ballots.

    Parameters
    ----------
    weights : (k, n) ballots, at least one.
    ranks : (k, m) ranks of the alternatives on each.

    Source: Forman & Peniwati (1998), European Journal of Operational Research 108(1), 165-169
    (arithmetic mean of individual weights).
    """
    mean: Floats = weights.mean(axis=0)
    scores: Floats = valued.values @ mean
    standing = competition_ranks(scores)
    return Tally(
        ballots=len(weights),
        weights=frozen(mean),
        scores=frozen(scores),
        ranks=standing,
        lead=lead(valued, mean, scores, standing),
        firsts=np.count_nonzero(ranks == 1, axis=0).astype(np.int64),
        concordance=kendall_w(ranks),
    )
