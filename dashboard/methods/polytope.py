"""Weights bounded by linear constraints, as geometry: what ``weight_space`` asks of a solver.

Throughout, ``a`` (r, n) and ``b`` (r,) stand for ``a w <= b``, with rows of like size.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Floats
from dashboard.methods.ranks import TIE_TOLERANCE

_LP_TOLERANCE = 1e-10
"""Of the solver; below the tie tolerance, so that what it calls feasible is so for us too."""


def _solve(**problem: Any) -> Any:
    from scipy.optimize import linprog  # noqa: PLC0415 (0.3 s that the first page need not pay)

    tolerances = {
        "primal_feasibility_tolerance": _LP_TOLERANCE,
        "dual_feasibility_tolerance": _LP_TOLERANCE,
    }
    solution = linprog(**problem, method="highs", options=tolerances)
    if solution.status != 0:
        raise RuntimeError(f"a linear programme was not solved: {solution.message}")
    return solution


def minimise(cost: Floats, a: Floats, b: Floats) -> Floats:
    """(n,) weights with the least cost among those with ``a w <= b``."""
    n = len(cost)
    found = _solve(c=cost, A_ub=a, b_ub=b, A_eq=np.ones((1, n)), b_eq=[1.0]).x
    weights: Floats = np.maximum(found, 0.0)
    weights /= weights.sum()
    return weights


def least_violation(a: Floats, b: Floats) -> tuple[float, Floats]:
    """By how much ``a w <= b`` must give way for any weights to fulfil it, and each row's price."""
    r, n = a.shape
    if r == 0:
        return 0.0, np.zeros(0)
    solution = _solve(
        c=np.append(np.zeros(n), 1.0),
        A_ub=np.column_stack([a, -np.ones(r)]),
        b_ub=b,
        A_eq=np.append(np.ones(n), 0.0)[None, :],
        b_eq=[1.0],
    )
    return float(solution.fun), -solution.ineqlin.marginals


def null_space(rows: Floats) -> Floats:
    """(d, n) orthonormal directions in which none of the rows changes."""
    _, singular, directions = np.linalg.svd(rows)
    rank = int(np.sum(singular > TIE_TOLERANCE * singular[0]))
    basis: Floats = directions[rank:]
    return basis


def largest_ball(a: Floats, b: Floats, origin: Floats, plane: Floats) -> tuple[Floats, float]:
    """Centre and radius of a largest ball in ``a w <= b`` within the plane through the origin."""
    d = len(plane)
    if d == 0:
        return origin, 0.0
    slopes = a @ plane.T
    steepness = np.linalg.norm(slopes, axis=1)
    solution = _solve(
        c=np.append(np.zeros(d), -1.0),
        A_ub=np.column_stack([slopes, steepness]),
        b_ub=b - a @ origin,
        bounds=[(None, None)] * (d + 1),  # a hair below 0 where rows meet within the tolerance
    )
    return origin + solution.x[:d] @ plane, max(0.0, float(solution.x[d]))


def always_tight(a: Floats, b: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Weights with ``a w < b`` wherever that can be, and the rows where it cannot."""
    tight = np.zeros(len(b), dtype=np.bool_)
    points: list[Floats] = []
    for i, (row, bound) in enumerate(zip(a, b, strict=True)):
        if any(bound - row @ point > TIE_TOLERANCE for point in points):
            continue
        points.append(minimise(row, a, b))
        tight[i] = bound - row @ points[-1] <= TIE_TOLERANCE
    # The mean of points that are each clear of one boundary is clear of all of these.
    mean: Floats = np.mean(points, axis=0)
    return mean, tight
