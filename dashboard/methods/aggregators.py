"""Other ways to add up inside a branch: for criteria of which the weakest may decide.

A weighted sum lets a good value make up for a bad one. Where criteria are complements (a person
leaves only when every barrier is lifted) a geometric mean or a minimum is the honest check. Each
branch has its own aggregator; branches themselves are always added up by their weights.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.methods.arrays import Floats
from dashboard.model.value_tree import Aggregator


def branch_values(
    values: Floats, weights: Floats, sizes: Sequence[int], aggregators: Sequence[Aggregator]
) -> Floats:
    """What each alternative is worth in each branch, on the 0-100 scale of its criteria.

    Within a branch the weights are rescaled to sum 1:

    - ``sum``: the weighted arithmetic mean;
    - ``geometric``: the weighted geometric mean; a value of 0 with any weight makes the branch 0,
      however good the rest;
    - ``minimum``: the smallest value, whatever its weight.

    A criterion without weight is left out of all three, so under the minimum the last bit of
    weight taken from a criterion can make a jump. In a branch without any weight all criteria count
    equally, so that it has a value, though it adds nothing to the score.

    Parameters
    ----------
    values : (m, n) partial values, 0 to 100, criteria in the order of the tree.
    weights : (n,) non-negative, sum 1.
    sizes : number of criteria in each of the b branches; sums to n.
    aggregators : one for each branch.

    Returns
    -------
    (m, b) branch values, 0 to 100. For each branch sum >= geometric >= minimum.

    Raises
    ------
    ValueError : the arrays, sizes and aggregators do not fit, weights do not sum to 1, an
        aggregator is unknown, or a value is negative or not finite.

    Source: Keeney & Raiffa (1976), Decisions with Multiple Objectives, section 6.3 (additive and
    multiplicative forms); Hardy, Littlewood & Polya (1934), Inequalities, ch. 2 (weighted means).
    """
    _check(values, weights, sizes, aggregators)
    result = np.empty((len(values), len(sizes)))
    start = 0
    for branch, (size, aggregator) in enumerate(zip(sizes, aggregators, strict=True)):
        leaves = slice(start, start + size)
        result[:, branch] = _combined(values[:, leaves], weights[leaves], aggregator)
        start += size
    return result


def aggregated_scores(
    values: Floats, weights: Floats, sizes: Sequence[int], aggregators: Sequence[Aggregator]
) -> Floats:
    """(m,) overall scores, 0 to 100: branch values times branch weights, added up.

    With ``sum`` in every branch this is the additive model. Parameters and errors are those of
    ``branch_values``.
    """
    within = branch_values(values, weights, sizes, aggregators)
    ends = np.cumsum(sizes)
    branch_weights = [
        weights[end - size : end].sum() for end, size in zip(ends, sizes, strict=True)
    ]
    total: Floats = within @ np.array(branch_weights)
    return total


def _combined(values: Floats, weights: Floats, aggregator: Aggregator) -> Floats:
    counted = weights > 0 if np.any(weights > 0) else np.ones(len(weights), dtype=bool)
    values = values[:, counted]
    given = weights[counted]
    # Scaled by the largest first, for the smallest numbers would vanish in a division.
    share = given / given.max() if np.any(given > 0) else np.ones(len(given))
    share = share / share.sum()
    if aggregator == "minimum":
        return np.asarray(values.min(axis=1))
    if aggregator == "geometric":
        # A zero is kept away from the logarithm and put back: 0 ** share is 0 for any share > 0.
        powers = np.log(np.where(values > 0, values, 1.0)) @ share
        return np.where(np.all(values > 0, axis=1), np.exp(powers), 0.0)
    return np.asarray(values @ share)


def _check(
    values: Floats, weights: Floats, sizes: Sequence[int], aggregators: Sequence[Aggregator]
) -> None:
    if values.ndim != 2 or values.shape[1] != len(weights):
        raise ValueError(f"values of shape {values.shape} do not fit {len(weights)} weights")
    if sum(sizes) != len(weights) or any(size < 1 for size in sizes):
        raise ValueError(f"branches of {list(sizes)} criteria do not hold {len(weights)} criteria")
    if len(aggregators) != len(sizes):
        raise ValueError(f"{len(sizes)} branches, but {len(aggregators)} aggregators")
    unknown = sorted(set(aggregators) - {"sum", "geometric", "minimum"})
    if unknown:
        raise ValueError(f"unknown aggregator {unknown[0]!r}: use sum, geometric or minimum")
    if not np.all(np.isfinite(values)) or np.any(values < 0):
        raise ValueError("values must be finite and not negative")
    if not np.all(weights >= 0) or not np.isclose(weights.sum(), 1.0, rtol=0, atol=1e-9):
        raise ValueError("weights must not be negative and must sum to 1")
