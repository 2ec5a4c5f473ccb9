"""An order of rankings in which those that agree stand together."""

from __future__ import annotations

import numpy as np

from dashboard.methods.arrays import Floats, Ints
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.robustness.concordance import TauMatrix

MOST_EXACT = 12
"""Rankings up to which the best order is found among all. Each one more takes twice as long: a
tenth of a second for twelve."""


def order_by_agreement(tau: TauMatrix) -> tuple[int, ...]:
    """The order of p rankings that puts like beside like.

    Up to ``MOST_EXACT`` rankings, the order of all orders in which the sum of the distances 1 - tau
    between neighbours is least. Where nothing is tied, it is the one in which the lines of a bump
    chart cross least: a crossing is a pair that two neighbours rank in opposite ways. Of more, a
    good order and no more: that of a tree of clusters, made better by turning stretches of it round
    while that makes the sum less.

    Where tau is undefined it counts as 0. Of orders with the same sum, the first by index is taken,
    and of an order and its reverse, the one that has the ranking given first before the one given
    last.

    Returns
    -------
    Each of 0 to p - 1 once.

    Source: Held & Karp (1962), A dynamic programming approach to sequencing problems, Journal of
    SIAM 10(1), 196-210; beyond ``MOST_EXACT``, average linkage with Bar-Joseph, Gifford & Jaakkola
    (2001), Bioinformatics 17(suppl 1), S22-S29, then Croes (1958), Operations Research 6(6),
    791-812 (2-opt).
    """
    p = len(tau.tau)
    if p < 3:
        return tuple(range(p))
    distance = np.array([[1.0 - (t or 0.0) for t in row] for row in tau.tau])
    np.fill_diagonal(distance, 0.0)
    found = _least_sum(distance) if p <= MOST_EXACT else _good_sum(distance)
    return tuple(found if found.index(0) < found.index(p - 1) else found[::-1])


def _least_sum(distance: Floats) -> list[int]:
    """Over subsets: ``rest[s, j]`` is the least that the rankings of subset ``s`` add after j."""
    p = len(distance)
    everyone = (1 << p) - 1
    rest = np.full((1 << p, p), np.inf)
    rest[0] = 0.0
    for subset in range(1, 1 << p):
        members = [j for j in range(p) if subset >> j & 1]
        onwards = np.array([rest[subset & ~(1 << j), j] for j in members])
        rest[subset] = (distance[:, members] + onwards).min(axis=1)
    starts = np.array([rest[everyone & ~(1 << j), j] for j in range(p)])
    order, left = [_first_least(starts)], everyone
    left &= ~(1 << order[0])
    while left:
        here = order[-1]
        onwards = np.array(
            [
                distance[here, j] + rest[left & ~(1 << j), j] if left >> j & 1 else np.inf
                for j in range(p)
            ]
        )
        order.append(_first_least(onwards))
        left &= ~(1 << order[-1])
    return order


def _first_least(costs: Floats) -> int:
    return int(np.flatnonzero(costs <= costs.min() + TIE_TOLERANCE)[0])


def _good_sum(distance: Floats) -> list[int]:
    # Slow to import, and neither `rank` nor the first page needs it.
    from scipy.cluster.hierarchy import leaves_list, linkage  # noqa: PLC0415

    above = np.triu_indices(len(distance), k=1)
    tree = linkage(distance[above], "average", optimal_ordering=True)
    return _turned([int(leaf) for leaf in leaves_list(tree)], distance)


def _turned(order: list[int], distance: Floats) -> list[int]:
    """Turn stretches round, each time the one that takes most off the sum, until none does."""
    p = len(order)
    # A place that is as far from everybody stands at either end, so that ends are stretches too.
    padded = np.zeros((p + 1, p + 1))
    padded[:p, :p] = distance
    while True:
        path = np.array([p, *order, p])
        before, first = path[:-2], path[1:-1]
        last, after = path[1:-1], path[2:]
        joined = padded[before, first]
        gain = (
            joined[:, None]
            + padded[last, after][None, :]
            - padded[before[:, None], last[None, :]]
            - padded[first[:, None], after[None, :]]
        )
        gain[np.tril_indices(p)] = 0.0
        start, stop = (int(place) for place in np.unravel_index(np.argmax(gain), gain.shape))
        if gain[start, stop] <= TIE_TOLERANCE:
            return order
        order = [*order[:start], *order[start : stop + 1][::-1], *order[stop + 1 :]]


def pairs_in_order(ranks: Ints) -> Floats:
    """(p, p) pairs of alternatives that two rankings put in the same order, ties in neither.

    Parameters
    ----------
    ranks : (p, m) ranks, 1 best.
    """
    first, second = np.triu_indices(ranks.shape[1], k=1)
    signs = np.sign(ranks[:, first] - ranks[:, second]).astype(np.float64)
    alike = signs @ signs.T
    both = np.abs(signs) @ np.abs(signs).T
    same: Floats = (both + alike) / 2
    return same
