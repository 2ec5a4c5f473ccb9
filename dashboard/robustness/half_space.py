"""The smallest change of weights that one rival asks for: exact, without a programme.

The permitted weights are all that are not negative and sum to 1; what is asked is that a weighted
sum of differences is not negative, which is one half-space.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Floats


def weight_to_level(differences: Floats, weights: Floats) -> Floats:
    """(k,) how much weight has to move, at the least, until each row is no longer behind.

    Parameters
    ----------
    differences : (k, n) partial values of an alternative minus those of its rival.
    weights : (n,) non-negative, sum 1.

    Returns
    -------
    Shares of all weight: 0 for a row that is not behind, infinity where no weights are enough.

    Moved weight gains most where the difference is largest, whatever it comes from, so all of it
    goes there; and it is taken first from where the difference is least. That is the continuous
    knapsack. Source: Dantzig (1957), Operations Research 5(2), 266-277.
    """
    behind = -(differences @ weights)
    order = np.argsort(differences, axis=1, kind="stable")
    falling = np.take_along_axis(differences, order, axis=1)
    gain = falling[:, -1:] - falling
    held = weights[order]
    moved, gained = np.cumsum(held, axis=1), np.cumsum(held * gain, axis=1)
    last = np.argmax(gained >= behind[:, None], axis=1)[:, None]
    short = behind[:, None] - np.take_along_axis(gained - held * gain, last, axis=1)
    rate = np.take_along_axis(gain, last, axis=1)
    part = np.divide(short, rate, out=np.zeros_like(short), where=rate > 0)
    needed = (np.take_along_axis(moved - held, last, axis=1) + part)[:, 0]
    # What is best is compared, not what was added up: rounding must not make a level one lose.
    everything = np.sum(held * (gain > 0), axis=1)
    needed = np.where(gained[:, -1] < behind, everything, needed)
    result: Floats = np.where(behind <= 0, 0.0, np.where(falling[:, -1] < 0, np.inf, needed))
    return result


def least_moved(differences: Floats, weights: Floats, aim: float) -> Floats | None:
    """(n,) weights under which the weighted difference is ``aim``, with the least weight moved.

    Parameters
    ----------
    differences : (n,) partial values of the alternative minus those of its rival.
    weights : (n,) non-negative, sum 1, with a weighted difference below ``aim``.

    Returns
    -------
    None where no weights are enough. Where several are equally good the last criterion takes the
    weight, and the heaviest gives first, so that few weights change.

    Source: as ``weight_to_level``.
    """
    best = int(np.flatnonzero(differences == differences.max())[-1])
    if differences[best] < aim:
        return None
    changed = weights.copy()
    missing = aim - float(differences @ weights)
    for j in np.lexsort((-weights, differences)).tolist():
        gain = float(differences[best] - differences[j])
        if gain <= 0:
            break
        step = min(float(weights[j]), missing / gain)
        changed[j] -= step
        changed[best] += step
        missing -= step * gain
        if missing <= 0:
            break
    return changed


def nearest(differences: Floats, weights: Floats, aim: float) -> Floats | None:
    """(n,) the weights nearest to the given ones under which the weighted difference is ``aim``.

    The projection of ``weights + t * differences`` on the simplex moves along straight pieces as t
    grows, and its weighted difference never falls. A weight that has come down to 0 stays there:
    what is taken from all grows faster than what its difference adds. So there are at most n
    pieces, and the last one is solved directly.

    Parameters, and None, are those of ``least_moved``.

    Source: Held, Wolfe & Crowder (1974), Mathematical Programming 6, 62-88, for the projection on
    the simplex; the path over t is that of a parametric quadratic programme.
    """
    if differences.max() < aim:
        return None
    held = _held(differences, weights)
    while True:
        centre = differences[held].mean()
        spread = differences[held] - centre
        # What was taken from weights that are 0 by now comes off the others alike.
        start = weights[held] + (1 - weights[held].sum()) / np.count_nonzero(held)
        slope = float(spread @ spread)
        missing = aim - float(differences[held] @ start)
        far = missing / slope if missing > 0 and slope > 0 else 0.0
        falls = spread < 0
        ends = np.full(len(spread), np.inf)
        ends[falls] = start[falls] / -spread[falls]
        first = int(np.argmin(ends))
        if far <= ends[first]:
            changed = np.zeros_like(weights)
            changed[held] = np.maximum(start + far * spread, 0.0)
            return changed
        held[np.flatnonzero(held)[first]] = False


def _held(differences: Floats, weights: Floats) -> NDArray[np.bool_]:
    """(n,) whether a weight is above 0 just after the start: it was, or its difference pulls it up.

    Of weights that are 0 now, those rise whose difference is above the mean of all that rise or are
    held; taken from the largest down, the mean is clear before the next is looked at.
    """
    held: NDArray[np.bool_] = weights > 0
    for j in np.argsort(-differences, kind="stable").tolist():
        if held[j]:
            continue
        if differences[j] <= differences[held].mean():
            break
        held[j] = True
    return held
