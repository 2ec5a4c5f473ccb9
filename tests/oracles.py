"""The plain way to figures that the program reaches by a shorter one."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from dashboard.methods.arrays import Floats
from dashboard.methods.value_moments import ValueMoments
from dashboard.robustness.concordance import TauMatrix
from dashboard.robustness.score_sampling import ScoreTables


def exact_moments(values: Floats) -> ValueMoments:
    """Of values of whose errors nothing is known."""
    return ValueMoments(values, np.zeros_like(values), known=False)


def sample_values(tables: ScoreTables, samples: int, seed: int) -> Floats:
    """(samples, m, n) partial values: the draws themselves, and not their counts."""
    rng = np.random.Generator(np.random.SFC64(seed))
    alternatives, criteria = tables.shape
    drawn = np.empty((alternatives, criteria, samples))
    shared = tables.draw_shared(rng, samples)
    places = np.empty(drawn.size, np.int64)
    tables.draw(rng, np.arange(alternatives), shared, drawn, places)
    return np.ascontiguousarray(np.moveaxis(drawn, 2, 0))


def neighbour_sum(tau: TauMatrix, order: tuple[int, ...]) -> float:
    """The sum of the distances 1 - tau between neighbours; an undefined tau counts as 0."""
    return sum(1.0 - (tau.tau[a][b] or 0.0) for a, b in pairwise(order))
