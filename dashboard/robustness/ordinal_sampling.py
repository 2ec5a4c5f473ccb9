"""Weights of which only the order is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.methods.arrays import Floats, Ints, frozen
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.robustness.weight_sampling import SimplexWeights


@dataclass(frozen=True, eq=False)
class TiedOrdinalWeights:
    """Uniform on the weights that keep an order in which some criteria share a place.

    They are the strict orders of those that share one, put side by side: all equally large. So each
    sample is drawn from one strict order, and then shuffled within each ``group``.
    """

    strict: SimplexWeights
    groups: tuple[Ints, ...]
    ballots = None
    independent = True

    @property
    def criteria(self) -> int:
        """n."""
        return self.strict.criteria

    def draw(self, rng: np.random.Generator, first: int, out: Floats) -> None:
        """See ``WeightSource``."""
        self.strict.draw(rng, first, out)
        for group in self.groups:
            out[group] = rng.permuted(out[group], axis=0)


def ordinal_weights(order: Sequence[int]) -> SimplexWeights:
    """All weights that fall, or stay, along an order are equally likely.

    Such weights are a simplex as well: its corners share the weight equally among the first one,
    two, ... criteria, and their mean is the rank-order centroid.

    Parameters
    ----------
    order : the n criteria by index, most important first.

    Raises
    ------
    ValueError : not every criterion stands in the order once.
    """
    criteria = len(order)
    if criteria < 1 or sorted(order) != list(range(criteria)):
        raise ValueError("the order must name every criterion once, by its index")
    corners = np.zeros((criteria, criteria))
    for first in range(criteria):
        corners[first, list(order[: first + 1])] = 1 / (first + 1)
    return SimplexWeights(criteria, frozen(corners))


def weights_in_order_of(weights: Floats) -> SimplexWeights | TiedOrdinalWeights:
    """All weights in the order of the given ones are equally likely.

    Where two of the given weights are equal, either may be the larger.

    Parameters
    ----------
    weights : (n,) finite.

    Raises
    ------
    ValueError : there are none, or one is not finite.
    """
    given = np.asarray(weights, dtype=np.float64)
    if given.ndim != 1 or not len(given) or not np.all(np.isfinite(given)):
        raise ValueError("weights must be finite numbers, at least one")
    order = np.argsort(-given, kind="stable")
    apart = np.flatnonzero(-np.diff(given[order]) > TIE_TOLERANCE) + 1
    groups = tuple(group for group in np.split(order, apart) if len(group) > 1)
    strict = ordinal_weights(order.tolist())
    return TiedOrdinalWeights(strict, groups) if groups else strict
