"""Points that people give, made into weights."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from dashboard.methods.arrays import Floats
from dashboard.model.question import Question
from dashboard.model.value_tree import Branch
from dashboard.model.weighting import Perspective

TOTAL = 100.0

SAME = 1e-6
"""Points of 100 below which a difference is one of rounding; links keep ten digits."""

NO_CHOICE = "Equal branches, as no weights were chosen"
"""What every output says when nobody chose: a start, not an opinion."""


def normalise_points(points: Sequence[float] | Floats) -> Floats:
    """Points made into weights.

    Parameters
    ----------
    points : (n,) points given to the swing of each criterion, 0 or more.

    Returns
    -------
    (n,) weights, non-negative, sum 1, in the proportions of the points.

    Raises
    ------
    ValueError : a point is negative or not finite, or all are zero.

    Source: von Winterfeldt & Edwards (1986), Decision Analysis and Behavioral Research, ch. 8.
    """
    given = np.asarray(points, dtype=np.float64)
    if not np.all(np.isfinite(given)) or np.any(given < 0):
        raise ValueError("points must be finite and not negative")
    largest = given.max(initial=0.0)
    if largest == 0:
        raise ValueError("all points are zero")
    # Scaled by the largest first: the sum of huge points would overflow, that of tiny ones vanish.
    scaled = given / largest
    weights: Floats = scaled / scaled.sum()
    return weights


def equal_branch_points(branches: Sequence[Branch]) -> dict[str, float]:
    """The same points for every branch, split equally inside it; they sum to 100.

    A reference, not a neutral choice: it encodes the anchors and the way the tree is cut.
    """
    share = TOTAL / len(branches)
    return {c.id: share / len(branch.criteria) for branch in branches for c in branch.criteria}


def perspective_points(question: Question, perspective: Perspective) -> dict[str, float]:
    """The points of a perspective by criterion id, in the order of the tree."""
    if perspective.points is None:
        return equal_branch_points(question.branches)
    return {criterion.id: perspective.points[criterion.id] for criterion in question.criteria}


def same_points(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    """Whether two sets of points of equal sum give the same weights, as far as a link keeps them.

    Parameters
    ----------
    one, other : points by criterion id, each of sum 100.
    """
    return one.keys() == other.keys() and all(
        math.isclose(one[id_], other[id_], rel_tol=0, abs_tol=SAME) for id_ in one
    )


def equal_perspective(question: Question, points: Mapping[str, float]) -> Perspective | None:
    """The first perspective that gives these very weights; None where none does.

    Parameters
    ----------
    points : by criterion id, of any sum.
    """
    given = percent(points)
    for perspective in question.perspectives:
        if same_points(given, percent(perspective_points(question, perspective))):
            return perspective
    return None


def percent(points: Mapping[str, float]) -> dict[str, float]:
    """Points scaled to sum 100, in the same proportions."""
    weights = normalise_points(list(points.values()))
    return dict(zip(points, (weights * TOTAL).tolist(), strict=True))
