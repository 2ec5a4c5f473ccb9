"""Weights given in two steps, branches first and then inside each branch, and taken apart again.

Asked leaf by leaf, a branch that is cut into more leaves draws more weight (splitting bias); asked
for the branches first, it does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.methods.weights import normalise_points


class HierarchicalWeights(NamedTuple):
    """(b,) weights of the branches, and for each the weights inside it, which sum to 1.

    Inside a branch of weight 0 there are no proportions to read: None.
    """

    branches: Floats
    inside: tuple[Floats | None, ...]


def leaf_weights(
    branches: Sequence[float] | Floats, inside: Sequence[Sequence[float] | Floats]
) -> Floats:
    """Branch weight times weight inside the branch.

    Parameters
    ----------
    branches : (b,) points or weights of the branches, 0 or more.
    inside : for each branch, the points or weights of its criteria, 0 or more. Each level is
        normalised by itself. The points inside a branch of 0 do not matter and may all be 0.

    Returns
    -------
    (n,) weights in the order of the tree, non-negative, sum 1.

    Raises
    ------
    ValueError : points are negative or not finite, all branches are zero, a branch that counts has
        no points inside, or the number of branches differs.

    Source: Keeney & Raiffa (1976), Decisions with Multiple Objectives, section 3.6; Weber &
    Borcherding (1993), European Journal of Operational Research 67(1), 1-12 (splitting bias).
    """
    shares = normalise_points(branches)
    if len(inside) != len(shares):
        raise ValueError(f"{len(shares)} branches, but criteria for {len(inside)}")
    leaves = [
        _shared_out(position, float(share), np.asarray(points, dtype=np.float64))
        for position, (share, points) in enumerate(zip(shares, inside, strict=True))
    ]
    return np.concatenate(leaves)


def by_hierarchy(weights: Floats, sizes: Sequence[int]) -> HierarchicalWeights:
    """The same weights as branches and proportions inside them: ``leaf_weights`` backwards.

    Parameters
    ----------
    weights : (n,) non-negative, sum 1, in the order of the tree.
    sizes : number of criteria in each of the b branches, 1 or more; sums to n.

    Raises
    ------
    ValueError : the sizes do not add up to n, a branch is empty, or the weights are none.
    """
    if any(size < 1 for size in sizes):
        raise ValueError("a branch has no criteria")
    if sum(sizes) != len(weights):
        raise ValueError(f"branches hold {sum(sizes)} criteria, but there are {len(weights)}")
    if np.any(weights < 0) or not np.isclose(weights.sum(), 1.0, rtol=0, atol=TIE_TOLERANCE):
        raise ValueError("weights must not be negative and must sum to 1")
    parts = np.split(weights, np.cumsum(sizes)[:-1])
    return HierarchicalWeights(
        branches=np.array([part.sum() for part in parts]),
        inside=tuple(normalise_points(part) if part.any() else None for part in parts),
    )


def _shared_out(position: int, share: float, points: Floats) -> Floats:
    """The weight of a branch, divided among its criteria."""
    if points.size == 0:
        raise ValueError(f"branch {position + 1} has no criteria")
    if share == 0 and not points.any():
        return points
    try:
        return share * normalise_points(points)
    except ValueError as fault:
        raise ValueError(f"branch {position + 1}: {fault}") from fault
