"""Raw performances made comparable: partial values between two fixed anchors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.methods.arrays import Floats
from dashboard.model.value_tree import CurvePoint


def partial_values(performance: Floats, curves: Sequence[Sequence[CurvePoint]]) -> Floats:
    """What each performance is worth on its own scale.

    The anchors are fixed beforehand. They do not follow the alternatives that happen to be present,
    so withdrawing one cannot reorder the others.

    Parameters
    ----------
    performance : (m, n) raw performances, in the unit of each criterion.
    curves : n curves of (performance, value) points from the worst anchor (0) to the best (100).

    Returns
    -------
    (m, n) partial values in [0, 100], piecewise linear; beyond an anchor the value is the anchor's.

    Raises
    ------
    ValueError : the number of curves is not n.

    Source: Keeney & Raiffa (1976), Decisions with Multiple Objectives, ch. 3; Belton & Stewart
    (2002), Multiple Criteria Decision Analysis, ch. 5 (global scales).
    """
    if performance.ndim != 2 or performance.shape[1] != len(curves):
        raise ValueError(f"{performance.shape} performances do not fit {len(curves)} curves")
    values = np.empty_like(performance, dtype=np.float64)
    for column, curve in enumerate(curves):
        values[:, column] = values_at(performance[:, column], curve)
    return values


def values_at(performances: Floats, curve: Sequence[CurvePoint]) -> Floats:
    """Partial values of performances of one criterion, whatever their shape."""
    points = sorted(curve)
    x, y = [point[0] for point in points], [point[1] for point in points]
    # Interpolation can overshoot an anchor by the last digit.
    values: Floats = np.clip(np.interp(performances, x, y), 0, 100)
    return values
