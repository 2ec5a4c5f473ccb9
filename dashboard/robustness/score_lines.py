"""Scores as lines in one weight that moves, the others in proportion."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Floats
from dashboard.methods.ranks import TIE_TOLERANCE

HOLDS_ALL = "it holds all the weight, so the others have no proportions to keep"
HOLDS_NONE = "no criterion in it has weight, so there are no proportions to keep inside it"
LOCKED = "it is locked"
ALONE = "nothing else is unlocked, so it has nothing to trade with"


class ScoreLines(NamedTuple):
    """Scores are linear in the weight that moves; a line is known from its two ends.

    ``now`` (k,) is the weight of each node, ``least`` and ``most`` (k,) how far it can move: 0 and
    1, or where locked weights end it. ``at_least`` and ``at_most`` (k, m) are the scores there.
    ``undefined`` holds the reason where a node has no line; its scores are then zero.
    """

    now: Floats
    least: Floats
    most: Floats
    at_least: Floats
    at_most: Floats
    undefined: list[str | None]


def tree_nodes(sizes: Sequence[int]) -> list[tuple[int, ...]]:
    """The criteria under each node of a tree of branches: first every leaf, then every branch.

    Parameters
    ----------
    sizes : number of criteria in each branch, criteria in the order of the tree.
    """
    stops = list(accumulate(sizes))
    leaves = [(j,) for j in range(stops[-1] if stops else 0)]
    branches = [
        tuple(range(stop - size, stop)) for size, stop in zip(sizes, stops, strict=True) if size
    ]
    return leaves + branches


def score_lines(
    values: Floats,
    weights: Floats,
    nodes: Sequence[Sequence[int]] | None = None,
    locked: Sequence[int] = (),
) -> ScoreLines:
    """Every score as a line in the weight of each node.

    The unlocked criteria of the node keep their proportions among themselves, and so do all the
    others that are not locked; locked ones keep their weights.

    Parameters
    ----------
    values : (m, n) partial values.
    weights : (n,) non-negative, sum 1.
    nodes : k groups of criteria, as from ``tree_nodes``; each criterion by itself if left out.
    locked : criteria whose weights stay, by index.

    Returns
    -------
    The lines. A node has none where there are no proportions to keep: where its unlocked criteria
    hold all the weight that is free, or are several and hold none of it; nor where there is nothing
    unlocked in it or outside it.

    Raises
    ------
    ValueError : the shapes disagree, a value is not finite, the weights are negative or do not sum
        to 1, or a node is empty, repeats a criterion or names one that does not exist.
    """
    _check(values, weights)
    member = _membership(nodes, len(weights))
    fixed = np.zeros(len(weights), dtype=np.bool_)
    fixed[list(locked)] = True
    movable, others = member & ~fixed, ~member & ~fixed
    inside, outside = movable * weights, others * weights
    held, rest = inside.sum(axis=1), outside.sum(axis=1)
    least, beyond = (side @ weights for side in (member & fixed, ~member & fixed))
    undefined = _undefined(movable, others, held, rest, any_locked=bool(fixed.any()))
    # A single criterion needs no proportions, so it can be raised from nothing.
    single = (movable.sum(axis=1) == 1)[:, None]
    inner = np.where(single, movable, inside / np.where(held > 0, held, 1.0)[:, None])
    outer = outside / np.where(rest > 0, rest, 1.0)[:, None]
    kept = np.where(fixed, weights, 0.0)
    free = (1 - least - beyond)[:, None]
    at_least, at_most = kept + free * outer, kept + free * inner
    defined = np.array([reason is None for reason in undefined])[:, None]
    return ScoreLines(
        now=least + held,
        least=least,
        most=1 - beyond,
        at_least=np.where(defined, at_least @ values.T, 0.0),
        at_most=np.where(defined, at_most @ values.T, 0.0),
        undefined=undefined,
    )


def check_weights(weights: Floats, criteria: int) -> None:
    """Raise ValueError unless there is a weight for each criterion, none negative, sum 1."""
    if weights.shape != (criteria,):
        raise ValueError(f"{weights.shape} weights do not fit {criteria} criteria")
    if not np.all(weights >= 0) or abs(weights.sum() - 1) > TIE_TOLERANCE:
        raise ValueError("weights must not be negative and must sum to 1")


def _undefined(
    movable: NDArray[np.bool_],
    others: NDArray[np.bool_],
    held: Floats,
    rest: Floats,
    *,
    any_locked: bool,
) -> list[str | None]:
    """Why a node has no line, if it has none."""
    reasons: list[str | None] = []
    for unlocked, beside, inside, outside in zip(
        movable.sum(axis=1), others.sum(axis=1), held, rest, strict=True
    ):
        if not unlocked:
            reasons.append(LOCKED)
        elif outside <= TIE_TOLERANCE:
            reasons.append(ALONE if any_locked and not beside else HOLDS_ALL)
        else:
            reasons.append(HOLDS_NONE if inside <= 0 and unlocked > 1 else None)
    return reasons


def _membership(nodes: Sequence[Sequence[int]] | None, n: int) -> NDArray[np.bool_]:
    if nodes is None:
        return np.eye(n, dtype=np.bool_)
    member = np.zeros((len(nodes), n), dtype=np.bool_)
    for row, node in enumerate(nodes):
        if not node or len(set(node)) < len(node) or not all(0 <= j < n for j in node):
            raise ValueError(f"{tuple(node)} is not a group of different criteria out of {n}")
        member[row, list(node)] = True
    return member


def _check(values: Floats, weights: Floats) -> None:
    if values.ndim != 2 or not len(values):
        raise ValueError(f"{values.shape} values are not a matrix of alternatives and criteria")
    if not np.all(np.isfinite(values)):
        raise ValueError("a partial value is not a finite number")
    check_weights(weights, values.shape[1])
