"""How far a score may be off, given the bands of the performances behind it."""

from __future__ import annotations

import numpy as np

from dashboard.methods.arrays import Floats


def score_errors(least: Floats, most: Floats, weights: Floats) -> Floats:
    """Half the width of the band of each score.

    The bands of the criteria are taken as independent, so weighted half-widths add by squares. With
    bands from about the 10th to the 90th percentile, so is the result.

    Parameters
    ----------
    least, most : (m, n) partial values at the worse and the better end of each band.
    weights : (n,) non-negative, sum 1.

    Returns
    -------
    (m,) half-widths in points.

    Source: the first-order propagation of independent errors, JCGM 100:2008, section 5.1.2.
    """
    half = (most - least) / 2 * weights
    errors: Floats = np.sqrt(np.sum(half * half, axis=1))
    return errors


def score_error(least: Floats, most: Floats, weights: Floats) -> float:
    """The median of the score errors: a gap below it is not decided, on screen or in print."""
    return float(np.median(score_errors(least, most, weights)))
