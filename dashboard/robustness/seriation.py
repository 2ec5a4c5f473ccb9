"""An order of rankings in which those that agree stand together."""

from __future__ import annotations

import numpy as np

from dashboard.methods.arrays import Floats, Ints
from dashboard.robustness.concordance import TauMatrix


def order_by_agreement(tau: TauMatrix) -> tuple[int, ...]:
    """The order of p rankings that keeps camps together and puts like beside like.

    Average linkage on the distance 1 - tau, and then the order of its leaves in which the sum of
    distances between neighbours is least. Where nothing is tied, that is the order of the tree's in
    which the lines of a bump chart cross least: a crossing is a pair that two neighbours rank in
    opposite ways. Where tau is undefined it counts as 0. Of an order and its reverse, the one
    that has the ranking given first before the one given last is taken.

    Returns
    -------
    Each of 0 to p - 1 once.

    Source: Bar-Joseph, Gifford & Jaakkola (2001), Fast optimal leaf ordering for hierarchical
    clustering, Bioinformatics 17(suppl 1), S22-S29.
    """
    p = len(tau.tau)
    if p < 3:
        return tuple(range(p))
    # Slow to import, and neither `rank` nor the first page needs it.
    from scipy.cluster.hierarchy import leaves_list, linkage  # noqa: PLC0415

    distance = np.array([[1.0 - (t or 0.0) for t in row] for row in tau.tau])
    tree = linkage(distance[np.triu_indices(p, k=1)], "average", optimal_ordering=True)
    found = [int(leaf) for leaf in leaves_list(tree)]
    return tuple(found if found.index(0) < found.index(p - 1) else found[::-1])


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
