"""The rows of what a room sees: plain data that its tables and drawings show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.model.side_by_side import gap_between
from dashboard.model.wording import points, weight_percent, whole
from dashboard.report.how_sure_rows import rank_heads
from dashboard.report.room_dividing_words import concession_name
from dashboard.robustness.room import Room, RoundResult
from dashboard.robustness.room_ballots import Tally
from dashboard.robustness.room_movement import Movement


def option_order(result: RoundResult) -> list[int]:
    """Options by first places, and of equals by their score under the mean weights."""
    firsts, scores = result.whole.firsts, result.whole.scores
    return sorted(range(len(firsts)), key=lambda i: (-int(firsts[i]), -float(scores[i]), i))


@dataclass(frozen=True)
class FirstRow:
    """One option: ballots on which it is first, their share, and the shares of its ranks.

    ``segments`` has the last ranks together where there are many, as ``rank_heads`` names them.
    """

    row: int
    count: int
    share: float
    segments: tuple[float, ...]


def first_rows(result: RoundResult) -> list[FirstRow]:
    """Every option, the one with the most first places on top."""
    kept = len(rank_heads(len(result.whole.firsts)))
    rows = []
    for i in option_order(result):
        shares = result.acceptability[i].tolist()
        segments = (*shares[: kept - 1], sum(shares[kept - 1 :]))
        rows.append(FirstRow(i, int(result.whole.firsts[i]), shares[0], segments))
    return rows


@dataclass(frozen=True)
class RankCell:
    """Ballots that put an option at a rank, and their share of all (0 to 1)."""

    ballots: int
    share: float


def rank_rows(result: RoundResult) -> list[tuple[int, list[RankCell]]]:
    """For each option the ballots at each rank: the rank acceptability index, as counts."""
    return [
        (
            i,
            [RankCell(round(share * result.ballots), share) for share in result.acceptability[i]],
        )
        for i in option_order(result)
    ]


@dataclass(frozen=True)
class StandingRow:
    """One option under the room's mean weights; ``undecided``: it is among those at the top that
    are too close to call."""

    row: int
    rank: int
    score: float
    behind: str
    undecided: bool


def standing_rows(tally: Tally) -> list[StandingRow]:
    """Every option by its rank under mean weights."""
    best = float(tally.scores.max())
    rows = []
    for i in np.argsort(tally.ranks, kind="stable"):
        leads = int(tally.ranks[i]) == 1
        rows.append(
            StandingRow(
                row=int(i),
                rank=int(tally.ranks[i]),
                score=float(tally.scores[i]),
                behind="" if leads else gap_between(best, float(tally.scores[i])).words,
                undecided=int(i) in tally.lead.undecided,
            )
        )
    return rows


@dataclass(frozen=True)
class GroupRow:
    """One group that is shown, or the whole room.

    ``leaders`` under its mean weights, ``lead`` what they are ahead by, and whether that is
    too close to call. ``favourites`` have the most first places, ``firsts`` of ``ballots``.
    """

    name: str
    ballots: int
    leaders: tuple[int, ...]
    lead: str
    undecided: bool
    favourites: tuple[int, ...]
    firsts: int
    w: str


def group_rows(result: RoundResult) -> list[GroupRow]:
    """The whole room, then each group that is shown."""
    parts = [(one.group.name, one.tally) for one in result.groups.shown]
    return [_group_row(name, tally) for name, tally in [("The whole room", result.whole), *parts]]


def _group_row(name: str, tally: Tally) -> GroupRow:
    most = int(tally.firsts.max())
    w = tally.concordance.w
    return GroupRow(
        name=name,
        ballots=tally.ballots,
        leaders=tally.lead.leaders,
        lead="level"
        if len(tally.lead.leaders) > 1
        else f"{gap_between(tally.lead.top, tally.lead.top - tally.lead.gap)}",
        undecided=bool(tally.lead.undecided),
        favourites=tuple(int(i) for i in np.flatnonzero(tally.firsts == most)),
        firsts=most,
        w="\u2013" if w is None else f"{w:.2f}",
    )


def group_rank_rows(result: RoundResult) -> list[tuple[int, list[tuple[int, int]]]]:
    """For each option its rank and first places: in the whole room, then in each group shown."""
    tallies = [result.whole, *(one.tally for one in result.groups.shown)]
    return [
        (i, [(int(tally.ranks[i]), int(tally.firsts[i])) for tally in tallies])
        for i in option_order(result)
    ]


def weight_rows(result: RoundResult) -> list[list[str]]:
    """For each criterion its mean weight: of the whole room, then of each group shown."""
    tallies = [result.whole, *(one.tally for one in result.groups.shown)]
    return [
        [weight_percent(float(tally.weights[j])) for tally in tallies]
        for j in range(len(result.whole.weights))
    ]


@dataclass(frozen=True)
class ShareRow:
    """One criterion (a row of the question) and its share of the variance of the gap.

    With its mean weight in the room and on either side (None where hidden, or nobody is there).
    """

    criterion: int
    share: float
    words: str
    mean: str
    sides: tuple[str, str] | None


def share_rows(result: RoundResult) -> list[ShareRow]:
    """Criteria by their share, the largest first; none where nothing divides."""
    found = result.dividing
    if found.shares is None:
        return []
    rows = []
    for j in np.argsort(-found.shares, kind="stable"):
        share = float(found.shares[j])
        percent = f"{whole(share * 100)} %".replace("-", "\u2212")
        sides = found.sides
        rows.append(
            ShareRow(
                criterion=int(j),
                share=share,
                words=percent,
                mean=weight_percent(float(result.whole.weights[j])),
                sides=None
                if sides is None
                else (
                    weight_percent(float(sides.first[j])),
                    weight_percent(float(sides.second[j])),
                ),
            )
        )
    return rows


@dataclass(frozen=True)
class MoverRow:
    """What the compromise asks of one group, or of the hidden ones together."""

    name: str
    giving: str
    beyond: str
    mean: str
    largest: str
    width: float


def mover_rows(result: RoundResult) -> list[MoverRow]:
    """The group that gives up most first; ``width`` is its largest in points."""
    return [
        MoverRow(
            name=concession_name(one),
            giving=f"{one.giving:,} of {one.ballots:,}",
            beyond=f"{one.beyond:,}",
            mean=points(one.mean) if one.giving else "nothing",
            largest=points(one.largest) if one.giving else "nothing",
            width=one.largest,
        )
        for one in result.compromise.by_group
    ]


def moved_rows(result: RoundResult, moved: Movement) -> list[tuple[int, int, int]]:
    """For each option its first places before and after, in the order of the latest round."""
    before, after = moved.firsts
    return [(i, int(before[i]), int(after[i])) for i in option_order(result)]


@dataclass(frozen=True)
class RoundRow:
    """One round, to be read beside the others."""

    number: int
    ballots: int
    leaders: tuple[int, ...]
    firsts: tuple[int, ...]
    w: str
    diversity: str


def round_rows(room: Room) -> list[RoundRow]:
    """Every round that has a ballot."""
    rows = []
    for result in room.rounds:
        w = result.whole.concordance.w
        rows.append(
            RoundRow(
                number=result.number,
                ballots=result.ballots,
                leaders=result.whole.lead.leaders,
                firsts=tuple(result.whole.firsts.tolist()),
                w="\u2013" if w is None else f"{w:.2f}",
                diversity=f"{result.diversity.beta:.1f}",
            )
        )
    return rows
