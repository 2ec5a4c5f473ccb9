"""What it takes for each option to lead: for all of a few, of many for those that matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dashboard.methods.evaluate import Evaluation
from dashboard.robustness.combined_flip import CombinedFlip, combined_flip
from dashboard.robustness.half_space import weight_to_level
from dashboard.robustness.pair_margin import Flip, TooClose
from dashboard.robustness.workers import Workers, told


def sought_flips(
    evaluation: Evaluation, rows: Sequence[int], workers: Workers
) -> tuple[Flip | None, ...]:
    """For each alternative the cheapest way to the lead, if it was sought.

    Parameters
    ----------
    rows : alternatives that it is sought for in any case, the leaders first among them.
    workers : who is told of the progress, and who may stop it.

    Returns
    -------
    (m,) flips; None for those that lead already, and for those that were not sought. Whoever needs
    the least weight of all is among those sought: to lead takes at least as much as to pass the
    leader, which is known for all at once (``weight_to_level``), so the others are sought in that
    order for as long as one of them could need less than the least that was found.

    Raises
    ------
    RunCancelledError : ``workers.cancelled`` said so.
    """
    found: list[Flip | None] = [None] * len(evaluation.scores)
    for row in told(rows, workers):
        if evaluation.ranks[row] != 1:
            found[row] = _flip(evaluation, row)
    leader = evaluation.order[0]
    bounds = weight_to_level(evaluation.values - evaluation.values[leader], evaluation.weights)
    least = min((_moved(flip) for flip in found), default=np.inf)
    others = set(np.flatnonzero(evaluation.ranks > 1).tolist()) - set(rows)
    nearest_first = sorted(others, key=lambda row: (bounds[row], row))
    for row in told(nearest_first, replace(workers, progress=None)):
        if not bounds[row] < least:
            break
        found[row] = _flip(evaluation, row)
        least = min(least, _moved(found[row]))
    return tuple(found)


def _flip(evaluation: Evaluation, row: int) -> Flip:
    try:
        return combined_flip(evaluation.values, evaluation.weights, row)
    except ArithmeticError as error:
        return TooClose(str(error))


def _moved(flip: Flip | None) -> float:
    """What a flip costs; one that only draws level ends no lead."""
    if not isinstance(flip, CombinedFlip) or flip.ties_only:
        return np.inf
    return flip.least_moved.moved
