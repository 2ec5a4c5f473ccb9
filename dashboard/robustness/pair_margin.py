"""How firmly one alternative stands before another: by weights, and by scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.methods.evaluate import Evaluation
from dashboard.robustness.combined_flip import CombinedFlip, NoFlip, pair_flip
from dashboard.robustness.crossing import Crossing, crossing_weights
from dashboard.robustness.tornado import Tornado, tornado


class TooClose(NamedTuple):
    """Alternatives differ by so little that rounding would decide how much weight has to move."""

    reason: str


Flip = CombinedFlip | NoFlip | TooClose


@dataclass(frozen=True, eq=False)
class PairMargin:
    """``first`` and ``second`` are rows, the better one first.

    ``crossings`` : the weight of each node at which the two are level.
    ``flip`` : the smallest change of weights that brings the second level.
    ``tornado`` : what the bands on each criterion do to the gap.
    """

    first: int
    second: int
    crossings: tuple[Crossing, ...]
    flip: Flip
    tornado: Tornado


def pair_margin(
    evaluation: Evaluation, one: int, other: int, nodes: Sequence[Sequence[int]]
) -> PairMargin:
    """Everything about one pair.

    Parameters
    ----------
    one, other : rows of two alternatives, in either order.
    nodes : as for ``stability.stability_intervals``.

    Raises
    ------
    ValueError : the two are one, or not there.
    """
    first, second = sorted((one, other), key=lambda row: (evaluation.ranks[row], row))
    values, weights = evaluation.values, evaluation.weights
    curves = [criterion.points for criterion in evaluation.question.criteria]
    crossings = crossing_weights(values, weights, first, second, nodes)
    flip: Flip
    try:
        flip = pair_flip(values, weights, second, first)
    except ArithmeticError as error:
        flip = TooClose(str(error))
    bars = tornado(evaluation.performance, curves, weights, first, second)
    return PairMargin(first, second, tuple(crossings), flip, bars)
