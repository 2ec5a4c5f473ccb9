"""Groups of a room side by side, and which of them stay hidden so that no ballot shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Floats, Ints
from dashboard.methods.evaluate import Valued
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.robustness.disagreement import Compromise
from dashboard.robustness.room_ballots import FEWEST, Group, Tally, tally

Why = Literal["few", "subtraction"]
"""Why a group is hidden: it has too few ballots, or those that have could be worked out from the
room's totals if it were shown."""


@dataclass(frozen=True, eq=False)
class GroupResult:
    """One group that is shown."""

    group: Group
    tally: Tally


@dataclass(frozen=True)
class HiddenGroup:
    """One group that is not. How many voted is no secret: the board counts them all along."""

    group: Group
    ballots: int
    why: Why


@dataclass(frozen=True, eq=False)
class Groups:
    """Every group with a ballot, in the order given: shown, or hidden and why."""

    shown: tuple[GroupResult, ...]
    hidden: tuple[HiddenGroup, ...]

    @property
    def pooled(self) -> int:
        """Ballots of the hidden groups together."""
        return sum(group.ballots for group in self.hidden)


@dataclass(frozen=True)
class GroupConcession:
    """What the compromise asks of one group; ``group`` is None for the hidden ones together.

    ``giving`` : ballots that give up anything, ``beyond`` : those on which their own leader's lead
    over the compromise counts. ``mean`` over all its ballots and ``largest``, in points of their
    own scores.
    """

    group: Group | None
    ballots: int
    giving: int
    beyond: int
    mean: float
    largest: float


@dataclass(frozen=True, eq=False)
class RoomCompromise:
    """The alternative whose largest regret over all ballots is smallest, and who would pay for it.

    ``by_group`` : the group with the largest regret first, and of equals the one with the larger
    mean. Hidden groups are one entry, together.
    """

    found: Compromise
    ballots: int
    giving: int
    beyond: int
    mean: float
    by_group: tuple[GroupConcession, ...]


def hidden_groups(counts: Sequence[int], *, small_groups: bool) -> tuple[Why | None, ...]:
    """Which groups stay hidden, so that no group of fewer than ``FEWEST`` ballots can be read.

    Groups of fewer are hidden. If those hold fewer than ``FEWEST`` together, the room's totals
    minus the groups that are shown would still give them away: so the smallest of the others is
    hidden with them. It has ``FEWEST`` or more, so one is enough. Where no other is left, the
    hidden groups are the whole room, whose totals are what a reveal is for.

    Parameters
    ----------
    counts : ballots of each group; those without a group are one as well. A group without a ballot
        has nothing to hide.
    small_groups : nothing is hidden, because the facilitator said so before anybody joined.

    Source: Hundepool et al. (2012), Statistical Disclosure Control (threshold rule and secondary
    suppression).
    """
    if small_groups:
        return (None,) * len(counts)
    why: list[Why | None] = ["few" if 0 < count < FEWEST else None for count in counts]
    hidden = sum(count for count, reason in zip(counts, why, strict=True) if reason)
    others = [i for i, reason in enumerate(why) if reason is None and counts[i]]
    if 0 < hidden < FEWEST and others:
        why[min(others, key=lambda i: (counts[i], i))] = "subtraction"
    return tuple(why)


def members_of(groups: Sequence[Group], of_ballots: Sequence[str]) -> list[Ints]:
    """The rows of the ballots of each group, in their order."""
    ids = np.array(of_ballots, dtype=object)
    return [np.flatnonzero(ids == group.id).astype(np.int64) for group in groups]


def groups_side_by_side(
    valued: Valued,
    weights: Floats,
    ranks: Ints,
    groups: Sequence[Group],
    of_ballots: Sequence[str],
    *,
    small_groups: bool,
) -> Groups:
    """A tally of each group that may be shown; see ``hidden_groups``.

    Parameters
    ----------
    weights : (k, n) ballots.
    ranks : (k, m) ranks of the alternatives on each.
    groups : all there are, the one for ballots without a group included.
    of_ballots : (k,) ids of groups.
    """
    members = members_of(groups, of_ballots)
    why = hidden_groups([len(rows) for rows in members], small_groups=small_groups)
    together = list(zip(groups, members, why, strict=True))
    return Groups(
        shown=tuple(
            GroupResult(group, tally(valued, weights[rows], ranks[rows]))
            for group, rows, reason in together
            if reason is None and len(rows)
        ),
        hidden=tuple(
            HiddenGroup(group, len(rows), reason) for group, rows, reason in together if reason
        ),
    )


def concessions(
    found: Compromise, counts: NDArray[np.bool_], groups: Groups, of_ballots: Sequence[str]
) -> RoomCompromise:
    """What the compromise asks of the room and of each group.

    Parameters
    ----------
    found : the compromise with every ballot as a voice of its own.
    counts : (k,) whether the lead of each ballot's first option over the compromise counts.
    of_ballots : (k,) ids of groups.
    """
    regret = np.empty(len(counts))
    for move in found.moves:
        regret[move.perspective] = move.regret
    shown = [result.group for result in groups.shown]
    parts: list[tuple[Group | None, Ints]] = list(
        zip(shown, members_of(shown, of_ballots), strict=True)
    )
    if groups.hidden:
        hidden = members_of([one.group for one in groups.hidden], of_ballots)
        parts.append((None, np.concatenate(hidden)))
    by_group = [_concession(group, regret[rows], counts[rows]) for group, rows in parts]
    whole = _concession(None, regret, counts)
    return RoomCompromise(
        found=found,
        ballots=whole.ballots,
        giving=whole.giving,
        beyond=whole.beyond,
        mean=whole.mean,
        by_group=tuple(sorted(by_group, key=lambda one: (-one.largest, -one.mean))),
    )


def _concession(group: Group | None, regret: Floats, counts: NDArray[np.bool_]) -> GroupConcession:
    gives = regret > TIE_TOLERANCE
    return GroupConcession(
        group=group,
        ballots=len(regret),
        giving=int(np.count_nonzero(gives)),
        beyond=int(np.count_nonzero(gives & counts)),
        mean=float(regret.mean()),
        largest=float(regret.max()),
    )
