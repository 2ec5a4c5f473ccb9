"""What a room sees after a reveal: where its ballots agree, what divides it, and how it moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dashboard.methods.arrays import Floats, Ints, frozen
from dashboard.methods.evaluate import Valued, equal_options
from dashboard.methods.ranks import competition_ranks_of_rows
from dashboard.model.direction import closed
from dashboard.robustness.disagreement import WeightDiversity, compromise, weight_diversity
from dashboard.robustness.lead import clear_rows
from dashboard.robustness.room_ballots import NO_GROUP, Group, RoundBallots, Tally, tally
from dashboard.robustness.room_dividing import Dividing, dividing, most_disputed
from dashboard.robustness.room_groups import (
    Groups,
    RoomCompromise,
    concessions,
    groups_side_by_side,
)
from dashboard.robustness.room_movement import Cast, Movement, movement

WITHOUT_GROUP = Group(NO_GROUP, "No group")


@dataclass(frozen=True, eq=False)
class RoundResult:
    """One round. k ballots, m alternatives, n criteria.

    ``scores``, ``ranks`` (k, m): of each ballot, in the order of the ballots. They are single
    people's, so they are neither drawn nor recorded.
    ``acceptability`` (m, m): rank acceptability indices over the ballots, [i, r] the share of them
    that put i at rank r + 1. Ties share the better rank, so rows sum to 1 but columns need not.
    ``tied`` : ballots on which several tie for first. ``clear`` : ballots with one leader whose
    lead over every other option counts under their own weights. ``equal`` : groups of alternatives
    with the same value and band on every criterion.
    """

    number: int
    scores: Floats
    ranks: Ints
    whole: Tally
    acceptability: Floats
    tied: int
    clear: int
    diversity: WeightDiversity
    groups: Groups
    dividing: Dividing
    compromise: RoomCompromise
    equal: tuple[tuple[int, ...], ...]

    @property
    def ballots(self) -> int:
        return self.whole.ballots


@dataclass(frozen=True, eq=False)
class Room:
    """Every round that has a ballot, and how the room moved from each to the next of them.

    ``number`` is that of the latest round, whether or not anybody voted in it.
    """

    number: int
    rounds: tuple[RoundResult, ...]
    movements: tuple[Movement, ...]
    groups: tuple[Group, ...]
    small_groups: bool

    @property
    def latest(self) -> RoundResult | None:
        """The latest round; None where nobody voted in it."""
        last = self.rounds[-1] if self.rounds else None
        return last if last is not None and last.number == self.number else None

    @property
    def movement(self) -> Movement | None:
        """Into the latest round; None where there is none before it, or nobody voted in it."""
        last = self.movements[-1] if self.movements else None
        return last if last is not None and last.after == self.number else None


def room(
    valued: Valued, rounds: Sequence[RoundBallots], groups: Sequence[Group], *, small_groups: bool
) -> Room:
    """Everything a room is shown once the facilitator reveals a round.

    Parameters
    ----------
    valued : (m, n) partial values with their bands: an ``Evaluation``, whose weights are not
        used, or ``values_of`` a question.
    rounds : in their order, at least one. One without a ballot is left out of the results.
    groups : the facilitator's list; ballots without a group are one group more.
    small_groups : parts of the room are shown however few they are, because the facilitator said
        so before anybody joined.

    Raises
    ------
    ValueError : there is no round, rounds are not in order, or ballots do not fit the criteria or
        name a group that is not on the list.

    Source: see ``tally``, ``hidden_groups``, ``dividing``, ``movement``; rank acceptability as in
    ``acceptability``, concordance, diversity and compromise with every ballot as one voice.
    """
    _check(valued, rounds, groups)
    # A name comes from a person, and stands inside sentences.
    groups = tuple(Group(group.id, closed(group.name)) for group in groups)
    listed = (*groups, WITHOUT_GROUP)
    cast = [one for one in rounds if len(one.weights)]
    results = [_result(valued, one, listed, small_groups=small_groups) for one in cast]
    casts = [
        Cast(one, found.ranks, found.whole.firsts, found.whole.concordance)
        for one, found in zip(cast, results, strict=True)
    ]
    return Room(
        number=rounds[-1].number,
        rounds=tuple(results),
        movements=tuple(
            movement(earlier, later, small_groups=small_groups)
            for earlier, later in pairwise(casts)
        ),
        groups=groups,
        small_groups=small_groups,
    )


def _check(valued: Valued, rounds: Sequence[RoundBallots], groups: Sequence[Group]) -> None:
    if not rounds:
        raise ValueError("a room needs at least one round")
    if any(one.number >= other.number for one, other in pairwise(rounds)):
        raise ValueError("rounds must be in order, each number once")
    ids = [group.id for group in groups]
    if NO_GROUP in ids or len(set(ids)) < len(ids):
        raise ValueError("each group needs an id of its own")
    if unknown := {group for one in rounds for group in one.groups} - {*ids, NO_GROUP}:
        raise ValueError(f"a ballot is of the group {min(unknown)!r}, which is not on the list")
    n = valued.values.shape[1]
    if any(one.weights.shape[1] != n for one in rounds):
        raise ValueError(f"{n} criteria, but a ballot has another number of weights")


def _result(
    valued: Valued, cast: RoundBallots, groups: Sequence[Group], *, small_groups: bool
) -> RoundResult:
    weights = cast.weights
    scores: Floats = weights @ valued.values.T
    ranks = competition_ranks_of_rows(scores)
    whole = tally(valued, weights, ranks)
    parts = groups_side_by_side(
        valued, weights, ranks, groups, cast.groups, small_groups=small_groups
    )
    equal = tuple(equal_options(valued))
    pair = most_disputed(whole.firsts, whole.scores, equal)
    middle = compromise(scores)
    over = valued.moments.leads_of_rows(weights, np.argmin(ranks, axis=1))
    counts = over.decided[:, middle.alternative]
    return RoundResult(
        number=cast.number,
        scores=frozen(scores),
        ranks=ranks,
        whole=whole,
        acceptability=frozen(_acceptability(ranks)),
        tied=int(np.count_nonzero((ranks == 1).sum(axis=1) > 1)),
        clear=int(np.count_nonzero(clear_rows(over, ranks))),
        diversity=weight_diversity(weights),
        groups=parts,
        dividing=dividing(valued.values, weights, pair, small_groups=small_groups),
        compromise=concessions(middle, counts, parts, cast.groups),
        equal=equal,
    )


def _acceptability(ranks: Ints) -> Floats:
    places = np.arange(1, ranks.shape[1] + 1)
    shares: Floats = (ranks[:, :, None] == places).mean(axis=0)
    return shares
