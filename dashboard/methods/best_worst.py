"""Weights from comparing the best criterion with all, and all with the worst: 2n - 3 judgements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats


class BestWorstWeights(NamedTuple):
    """(n,) weights, and xi: how far, as a weight, the worst judgement is from being met.

    0 is full consistency. Xi is a difference of weights and not Rezaei's consistency ratio of 2015,
    which belongs to the non-linear model.
    """

    weights: Floats
    xi: float


def best_worst_weights(
    best: int,
    worst: int,
    best_to_others: Sequence[float] | Floats,
    others_to_worst: Sequence[float] | Floats,
) -> BestWorstWeights:
    """The weights for which the largest misfit of any judgement is least (the linear model).

    The misfits are ``|w_best - a_j w_j|`` and ``|w_j - b_j w_worst|``. The solution is unique.

    Parameters
    ----------
    best, worst : indices of the most and the least important criterion; two different ones.
    best_to_others : (n,) a: how many times the best is as important as each; 1 to itself.
    others_to_worst : (n,) b: how many times each is as important as the worst; 1 from itself.

    Raises
    ------
    ValueError : the vectors differ in length or have fewer than two criteria, a judgement is below
        1 or not finite, the best or the worst is not 1 against itself, the two vectors give
        different answers for the best against the worst, or an index is no criterion.

    Source: Rezaei (2016), Omega 64, 126-130.
    """
    from scipy.optimize import linprog  # noqa: PLC0415 (0.3 s that the first page need not pay)

    to_others = np.asarray(best_to_others, dtype=np.float64)
    to_worst = np.asarray(others_to_worst, dtype=np.float64)
    _check(best, worst, to_others, to_worst)
    n = len(to_others)
    misfits = _misfits(best, worst, to_others, to_worst)
    within_xi = np.column_stack([np.vstack([misfits, -misfits]), -np.ones(2 * len(misfits))])
    solution = linprog(
        c=np.append(np.zeros(n), 1.0),
        A_ub=within_xi,
        b_ub=np.zeros(len(within_xi)),
        A_eq=np.append(np.ones(n), 0.0)[None, :],
        b_eq=[1.0],
        method="highs",
    )
    if solution.status != 0:
        raise RuntimeError(f"the linear programme was not solved: {solution.message}")
    # The solver's own tolerance may leave a weight a hair below 0, or the sum beside 1.
    weights = np.maximum(solution.x[:n], 0.0)
    weights /= weights.sum()
    return BestWorstWeights(weights, float(np.abs(misfits @ weights).max()))


def _misfits(best: int, worst: int, to_others: Floats, to_worst: Floats) -> Floats:
    """(2n, n) rows that give, times the weights, how far each judgement is from being met."""
    n = len(to_others)
    from_best = -np.diag(to_others)
    from_best[:, best] += 1
    from_worst = np.eye(n)
    from_worst[:, worst] -= to_worst
    return np.vstack([from_best, from_worst])


def _check(best: int, worst: int, to_others: Floats, to_worst: Floats) -> None:
    if to_others.ndim != 1 or to_others.shape != to_worst.shape:
        raise ValueError("both vectors must be lists with one judgement for each criterion")
    n = len(to_others)
    if n < 2:
        raise ValueError("a best and a worst criterion need at least two criteria")
    if not (0 <= best < n and 0 <= worst < n):
        raise ValueError(f"best ({best}) and worst ({worst}) must be indices below {n}")
    if best == worst:
        raise ValueError("the best and the worst criterion are the same")
    for vector in (to_others, to_worst):
        if not np.all(np.isfinite(vector)) or np.any(vector < 1):
            raise ValueError("judgements must be finite and 1 or more")
    if to_others[best] != 1 or to_worst[worst] != 1:
        raise ValueError("the best to itself and the worst to itself must be 1")
    if to_others[worst] != to_worst[best]:
        raise ValueError(
            f"best to worst is {to_others[worst]:g} in one vector and {to_worst[best]:g} in the "
            "other; it is one judgement"
        )
