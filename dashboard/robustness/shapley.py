"""The criterion that divides two perspectives: their difference, split over the criteria."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import factorial
from typing import Literal

import numpy as np

from dashboard.methods.arrays import Floats, frozen
from dashboard.methods.ranks import TIE_TOLERANCE, competition_ranks

MOST_CRITERIA = 20
"""Criteria whose weights differ, beyond which 2 ** n sets are too many to go through."""

Split = Literal["shapley", "additive"]


@dataclass(frozen=True, eq=False)
class Division:
    """What turns the gap between two alternatives from one perspective's into another's.

    ``first`` and ``second`` are the alternatives; gaps are the score of the first minus that of the
    second, in points. ``parts`` (n,) add up to ``gap_b - gap_a``. ``criterion`` is the one with the
    largest part in the direction of that sum, or None where the perspectives do not differ on the
    gap.
    """

    first: int
    second: int
    gap_a: float
    gap_b: float
    parts: Floats
    criterion: int | None
    split: Split


def divide(
    values: Floats,
    weights_a: Floats,
    weights_b: Floats,
    alternatives: tuple[int, int] | None = None,
    split: Split = "shapley",
) -> Division | None:
    """Split what divides two perspectives on two alternatives over the criteria.

    Parameters
    ----------
    values : (m, n) partial values.
    weights_a, weights_b : (n,) weights of the two perspectives, non-negative, sum 1.
    alternatives : rows of ``values``; if left out, the leader of A and the leader of B.
    split : ``shapley`` or ``additive``, see the two functions.

    Returns
    -------
    The division, or None where no alternatives are given and A and B share a leader: then nothing
    divides them on who leads. Of several leaders the first counts.

    Raises
    ------
    ValueError : arrays do not fit, an alternative is not there or given twice, or ``shapley_split``
        refuses.
    """
    _check_weights(weights_a, weights_b)
    if values.ndim != 2 or len(values) == 0 or values.shape[1] != len(weights_a):
        raise ValueError(f"values of shape {values.shape} do not fit {len(weights_a)} weights")
    pair = alternatives or _leaders(values, weights_a, weights_b)
    if pair is None:
        return None
    first, second = pair
    if first == second or not all(0 <= row < len(values) for row in pair):
        raise ValueError(f"{first} and {second} are not two of {len(values)} alternatives")
    differences = values[first] - values[second]
    method = shapley_split if split == "shapley" else additive_split
    parts = method(differences, weights_a, weights_b)
    gap_a, gap_b = float(differences @ weights_a), float(differences @ weights_b)
    return Division(first, second, gap_a, gap_b, parts, _largest(parts, gap_b - gap_a), split)


def shapley_split(differences: Floats, weights_a: Floats, weights_b: Floats) -> Floats:
    """The exact Shapley value of each criterion's change of weight from A to B.

    The game: v(S) is the gap when the criteria in S have their weights from B, the others theirs
    from A, and all are rescaled to sum 1. The Shapley value is the mean of what a criterion adds
    over all orders in which the weights can be exchanged: the only split that adds up, treats equal
    criteria alike, gives nothing to a criterion that changes nothing and is linear in the gap.

    All 2^n sets are gone through. A criterion with the same weight in A and B changes no v(S), so
    it is left out first and gets exactly 0: the limit counts the others.

    Parameters
    ----------
    differences : (n,) partial values of one alternative minus those of another.
    weights_a, weights_b : (n,) non-negative, sum 1.

    Returns
    -------
    (n,) parts in points; their sum is the gap under B minus the gap under A.

    Raises
    ------
    ValueError : arrays do not fit; the weights differ on more than 20 criteria; or no criterion has
        weight in both A and B, so that some set is left without any weight and v is undefined.

    Source: Shapley (1953), A value for n-person games, Contributions to the Theory of Games II,
    307-317.
    """
    _check_weights(weights_a, weights_b)
    if differences.shape != weights_a.shape or not np.all(np.isfinite(differences)):
        raise ValueError("differences must be finite, one for each weight")
    # Equal but for the rounding of a division is equal.
    players = np.flatnonzero(np.abs(weights_a - weights_b) > 1e-12)
    if len(players) > MOST_CRITERIA:
        raise ValueError(
            f"the weights differ on {len(players)} criteria: the exact split goes through all "
            f"their sets, so {MOST_CRITERIA} is the most; use the additive split"
        )
    # The least weight that a set can be left with, before it is rescaled.
    if np.minimum(weights_a, weights_b).sum() <= TIE_TOLERANCE:
        raise ValueError(
            "the perspectives have no weighted criterion in common, so half-way between them "
            "nothing would have any weight; use the additive split"
        )
    parts = np.zeros_like(weights_a)
    change = (weights_b - weights_a)[players]
    # Where all criteria share one difference the gap is that difference whatever the weights. To
    # measure from there keeps rounding small: v(S) shifts by a constant, which no part feels.
    offset = float(differences @ weights_a)
    gaps = _subset_sums((differences[players] - offset) * change)
    gaps /= 1.0 + _subset_sums(change)
    parts[players] = _shapley(gaps, len(players))
    return parts


def additive_split(differences: Floats, weights_a: Floats, weights_b: Floats) -> Floats:
    """The change of each weighted difference: (b_j - a_j) d_j. Exact and linear, for any n.

    It is the Shapley value of the same game without rescaling. A criterion that gains weight is
    credited with its own difference only; that the others lose weight is booked with them.

    Parameters, returns and errors (of arrays) are those of ``shapley_split``.
    """
    _check_weights(weights_a, weights_b)
    if differences.shape != weights_a.shape or not np.all(np.isfinite(differences)):
        raise ValueError("differences must be finite, one for each weight")
    parts: Floats = (weights_b - weights_a) * differences
    return parts


def _subset_sums(terms: Floats) -> Floats:
    """(2^n,) the sum of the terms in each set; bit j of an index says that term j is in."""
    sums = np.zeros(1)
    for term in terms:
        sums = np.concatenate([sums, sums + term])
    return sums


def _shapley(worth: Floats, n: int) -> Floats:
    """(n,) Shapley values of a game given as the worth of each set, in the order of the bits."""
    parts = np.empty(n)
    for j in range(n):
        share = _shares(n)
        # The middle axis is bit j: without and with the player, all else the same.
        sets = worth.reshape(-1, 2, 2**j)
        parts[j] = np.sum(share.reshape(-1, 2**j) * (sets[:, 1] - sets[:, 0]))
    return parts


@lru_cache(maxsize=4)
def _shares(n: int) -> Floats:
    """(2^(n - 1),) |S|! (n - |S| - 1)! / n! of each set S of the other players.

    Whoever is left out, the others' bits count up alike.
    """
    share = np.array([factorial(s) * factorial(n - 1 - s) / factorial(n) for s in range(n)])
    size = _subset_sums(np.ones(n - 1)).astype(np.int64)
    return frozen(share[size])


def _leaders(values: Floats, weights_a: Floats, weights_b: Floats) -> tuple[int, int] | None:
    leads_a = competition_ranks(values @ weights_a) == 1
    leads_b = competition_ranks(values @ weights_b) == 1
    if np.any(leads_a & leads_b):
        return None
    return int(np.argmax(leads_a)), int(np.argmax(leads_b))


def _largest(parts: Floats, whole: float) -> int | None:
    if abs(whole) <= TIE_TOLERANCE:
        return None
    towards = parts * np.sign(whole)
    return int(np.argmax(towards >= towards.max() - TIE_TOLERANCE))


def _check_weights(weights_a: Floats, weights_b: Floats) -> None:
    if weights_a.ndim != 1 or weights_a.shape != weights_b.shape or len(weights_a) == 0:
        raise ValueError("two perspectives need a weight each for the same criteria")
    for weights in (weights_a, weights_b):
        if not np.all(weights >= 0) or not np.isclose(weights.sum(), 1, rtol=0, atol=1e-9):
            raise ValueError("weights must not be negative and must sum to 1")
