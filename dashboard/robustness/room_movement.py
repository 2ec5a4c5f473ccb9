"""How a room moved from one round to the next, over those who voted in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dashboard.methods.arrays import Ints
from dashboard.robustness.concordance import Concordance
from dashboard.robustness.room_ballots import FEWEST, RoundBallots

Unknown = Literal["nobody", "few stayed", "few came or went"]


@dataclass(frozen=True)
class Change:
    """``count`` ballots had the alternatives ``before`` first (several where they tie), then
    ``after``."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    count: int


@dataclass(frozen=True, eq=False)
class Movement:
    """From round ``before`` to round ``after``.

    ``both`` voted in the two; ``joined`` only in the later, ``left`` only in the earlier one.
    ``mean`` and ``largest`` : the share of all weight that one of those in both moved, 0 to 1.
    ``changed`` of them have another leader; ``changes`` says from which to which, most first.
    Where ``unknown`` says why, ``changed`` and ``changes`` are None, and unless it is only that few
    came or went, ``mean`` and ``largest`` as well.
    ``firsts`` and ``concordance``: those of all ballots of the earlier and of the later round.
    """

    before: int
    after: int
    both: int
    joined: int
    left: int
    mean: float | None
    largest: float | None
    changed: int | None
    changes: tuple[Change, ...] | None
    unknown: Unknown | None
    firsts: tuple[Ints, Ints]
    concordance: tuple[Concordance, Concordance]


@dataclass(frozen=True, eq=False)
class Cast:
    """The ballots of a round with what came of them; ``ranks`` (k, m), ``firsts`` (m,)."""

    ballots: RoundBallots
    ranks: Ints
    firsts: Ints
    concordance: Concordance


def movement(earlier: Cast, later: Cast, *, small_groups: bool) -> Movement:
    """What changed between two rounds.

    The share of weight that a participant moved is half the sum of the absolute differences of
    the weights: what had to be taken from some criteria and given to others.

    Where 1 to ``FEWEST`` - 1 came or went, who changed the leader stays hidden: with it, the first
    places of the two rounds would tell whom those few put first. Where so few voted in both that
    they are a small part of the room, how far they moved stays hidden too.

    Parameters
    ----------
    small_groups : nothing is hidden.

    Source: half the L1 distance is the total variation distance: Gibbs & Su (2002), International
    Statistical Review 70(3), 419-435.
    """
    places = {person: row for row, person in enumerate(later.ballots.people)}
    stayed = [
        (row, places[person])
        for row, person in enumerate(earlier.ballots.people)
        if person in places
    ]
    joined, left = len(places) - len(stayed), len(earlier.ballots.people) - len(stayed)
    unknown = _unknown(len(stayed), joined, left, small_groups=small_groups)
    mean = largest = changed = changes = None
    if unknown in (None, "few came or went"):
        rows = np.array(stayed, dtype=np.int64)
        moves = earlier.ballots.weights[rows[:, 0]] - later.ballots.weights[rows[:, 1]]
        moved = np.abs(moves).sum(axis=1) / 2
        mean, largest = float(moved.mean()), float(moved.max())
    if unknown is None:
        changes = _changes(earlier.ranks, later.ranks, stayed)
        changed = sum(change.count for change in changes)
    return Movement(
        before=earlier.ballots.number,
        after=later.ballots.number,
        both=len(stayed),
        joined=joined,
        left=left,
        mean=mean,
        largest=largest,
        changed=changed,
        changes=changes,
        unknown=unknown,
        firsts=(earlier.firsts, later.firsts),
        concordance=(earlier.concordance, later.concordance),
    )


def _unknown(both: int, joined: int, left: int, *, small_groups: bool) -> Unknown | None:
    if both == 0:
        return "nobody"
    if small_groups:
        return None
    if both < FEWEST and joined + left > 0:
        return "few stayed"
    return "few came or went" if 0 < joined < FEWEST or 0 < left < FEWEST else None


def _changes(earlier: Ints, later: Ints, stayed: Sequence[tuple[int, int]]) -> tuple[Change, ...]:
    counts = Counter(
        (before, after)
        for row, place in stayed
        if (before := _leaders(earlier[row])) != (after := _leaders(later[place]))
    )
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Change(before, after, count) for (before, after), count in ordered)


def _leaders(ranks: Ints) -> tuple[int, ...]:
    return tuple(int(i) for i in np.flatnonzero(ranks == 1))
