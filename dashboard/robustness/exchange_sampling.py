"""Weights between given limits, drawn by exchanges between pairs of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.methods.arrays import Floats

SWEEPS = 40
"""Every sweep draws half of the weights again, so what is left of the start halves about every
time: after 40 sweeps a part in a million million."""


@dataclass(frozen=True, eq=False)
class ExchangeWeights:
    """Uniform on the weights between ``least`` and ``most``, (n,) each, that sum to 1.

    A Gibbs sampler on pairs: the weights are paired at random, and each pair divides its sum
    again, uniformly over what the limits of the two allow. Every sample is a walk of its own from
    ``start``, so samples do not depend on each other. It stays quick where rejection would find
    next to nothing, with sixty weights as with six.

    Source: Geman & Geman (1984), IEEE Transactions on Pattern Analysis and Machine Intelligence
    6(6), 721-741, with blocks of two.
    """

    least: Floats
    most: Floats
    start: Floats
    ballots = None
    independent = True

    @property
    def criteria(self) -> int:
        """n."""
        return len(self.start)

    def draw(self, rng: np.random.Generator, first: int, out: Floats) -> None:  # noqa: ARG002 - drawn, not listed
        """See ``WeightSource``."""
        out[:] = self.start[:, None]
        half = self.criteria // 2
        for _ in range(SWEEPS):
            pairing = rng.permutation(self.criteria)
            one, other = pairing[:half], pairing[half : 2 * half]
            given, taken = out[one], out[other]
            total = given + taken
            low = np.maximum(self.least[one, None], total - self.most[other, None])
            high = np.minimum(self.most[one, None], total - self.least[other, None])
            # Rounding can leave the two ends a hair apart in the wrong order.
            drawn = low + rng.random(low.shape) * np.maximum(high - low, 0)
            out[one] = drawn
            out[other] = np.maximum(total - drawn, 0)
