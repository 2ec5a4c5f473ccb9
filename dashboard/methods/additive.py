"""The additive value model: what each criterion contributes, and what it all comes to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.methods.arrays import Floats


def contributions(values: Floats, weights: Floats) -> Floats:
    """The part of each score that each criterion accounts for.

    Valid where the criteria are preferentially independent: what a point on one criterion is worth
    must not depend on the level of another.

    Parameters
    ----------
    values : (m, n) partial values, 0 to 100.
    weights : (n,) non-negative, sum 1.

    Returns
    -------
    (m, n) contributions; the row sums are the scores, 0 to 100.

    Raises
    ------
    ValueError : the arrays disagree on the number of criteria, or the weights do not sum to 1.

    Source: Keeney & Raiffa (1976), Decisions with Multiple Objectives, section 3.6.
    """
    if values.shape[1] != len(weights):
        raise ValueError(f"{values.shape[1]} criteria, but {len(weights)} weights")
    if np.any(weights < 0) or not np.isclose(weights.sum(), 1.0, rtol=0, atol=1e-9):
        raise ValueError("weights must not be negative and must sum to 1")
    result: Floats = values * weights
    return result


def scores(values: Floats, weights: Floats) -> Floats:
    """(m,) overall scores, 0 to 100: the row sums of ``contributions``."""
    total: Floats = contributions(values, weights).sum(axis=1)
    return total


def by_branch(contribution: Floats, sizes: Sequence[int]) -> Floats:
    """Contributions summed within branches.

    Parameters
    ----------
    contribution : (m, n) contributions, criteria in the order of the tree.
    sizes : number of criteria in each of the b branches; sums to n.

    Returns
    -------
    (m, b) sums.

    Raises
    ------
    ValueError : the sizes do not add up to n.
    """
    if sum(sizes) != contribution.shape[1]:
        raise ValueError(
            f"branches hold {sum(sizes)} criteria, but there are {contribution.shape[1]}"
        )
    starts = np.cumsum([0, *sizes[:-1]])
    summed: Floats = np.add.reduceat(contribution, starts, axis=1)
    return summed
