"""Pairwise majorities of perspectives or ballots: who beats whom, and where that runs in a circle.

Only orders count here, not points, so weights on different scales and extreme scores have no pull.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Ints

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Majority:
    """Pairwise majorities over m alternatives. Alternatives are indices.

    ``support`` (m, m): how many rank the row above the column; ties count for neither. ``winner``
    beats every other alternative, ``loser`` is beaten by every other; None if there is none.
    ``smith_set``: the smallest set whose members each beat all outside it, so the winner alone
    where there is one. ``cycles``: in each the first beats the second, and so on, and the last
    beats the first; for every alternative on a cycle a shortest one is there, each named once, the
    shortest first.
    """

    support: Ints
    winner: int | None
    loser: int | None
    smith_set: tuple[int, ...]
    cycles: tuple[tuple[int, ...], ...]

    def beats(self, first: int, second: int) -> bool:
        """More rank the first above the second than the other way."""
        return bool(self.support[first, second] > self.support[second, first])


def majority(ranks: Ints, counts: Ints | None = None) -> Majority:
    """What majorities say about every pair, and what follows.

    Parameters
    ----------
    ranks : (p, m) ranks of m alternatives in p rankings, 1 best; equal ranks are ties.
    counts : (p,) how many hold each ranking, 1 for each if left out.

    Returns
    -------
    A single alternative wins, is no loser, and makes up the Smith set.

    Raises
    ------
    ValueError : there is no ranking or alternative, counts do not fit or are negative, or nobody
        holds any ranking.

    Source: Condorcet (1785), Essai sur l'application de l'analyse; Smith (1973), Aggregation of
    preferences with variable electorate, Econometrica 41(6), 1027-1041.
    """
    support = pairwise_support(ranks, counts)
    beats = support > support.T
    others = len(beats) - 1
    wins, losses = beats.sum(axis=1), beats.sum(axis=0)
    winner = np.flatnonzero(wins == others)
    loser = np.flatnonzero(losses == others) if others else winner[:0]
    return Majority(
        support=support,
        winner=int(winner[0]) if len(winner) else None,
        loser=int(loser[0]) if len(loser) else None,
        smith_set=_smith_set(beats),
        cycles=_cycles(beats),
    )


def pairwise_support(ranks: Ints, counts: Ints | None = None) -> Ints:
    """(m, m) how many rank the row above the column; parameters and errors as ``majority``."""
    if ranks.ndim != 2 or 0 in ranks.shape:
        raise ValueError("a majority needs at least one ranking of at least one alternative")
    held = np.ones(len(ranks), dtype=np.int64) if counts is None else np.asarray(counts)
    if held.shape != (len(ranks),) or np.any(held < 0) or not np.any(held > 0):
        raise ValueError("counts must say for each ranking how many hold it, 0 or more, not all 0")
    support = np.zeros((ranks.shape[1],) * 2, dtype=np.int64)
    # One ranking at a time: (p, m, m) at once would fill the memory for a thousand ballots.
    for row, count in zip(ranks, held, strict=True):
        support += count * (row[:, None] < row[None, :])
    return support


def _smith_set(beats: Bools) -> tuple[int, ...]:
    """Those who reach everyone by steps from an alternative to one that does not beat it."""
    unbeaten_by = ~beats.T
    reach = _closure(unbeaten_by | np.eye(len(beats), dtype=bool))
    return tuple(int(i) for i in np.flatnonzero(reach.all(axis=1)))


def _closure(edges: Bools) -> Bools:
    """Who can be reached from whom by any number of steps (Warshall)."""
    reach = edges.copy()
    for through in range(len(reach)):
        reach |= np.outer(reach[:, through], reach[through])
    return reach


def _cycles(beats: Bools) -> tuple[tuple[int, ...], ...]:
    found: dict[tuple[int, ...], None] = {}
    for start in np.flatnonzero(np.diagonal(_closure(beats))):
        path = _shortest_cycle(beats, int(start))
        # Every cycle starts at its smallest index, so that the same cycle is the same tuple.
        turn = path.index(min(path))
        found[(*path[turn:], *path[:turn])] = None
    return tuple(sorted(found, key=lambda cycle: (len(cycle), cycle)))


def _shortest_cycle(beats: Bools, start: int) -> list[int]:
    """A shortest cycle through an alternative that is known to lie on one (breadth first)."""
    came_from = np.full(len(beats), -1)
    level = [start]
    while came_from[start] < 0:
        following: list[int] = []
        for here in level:
            fresh = np.flatnonzero(beats[here] & (came_from < 0))
            came_from[fresh] = here
            following.extend(int(i) for i in fresh)
        level = following
    path = [int(came_from[start])]
    while path[-1] != start:
        path.append(int(came_from[path[-1]]))
    return path[::-1]
