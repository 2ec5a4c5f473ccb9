"""A random walk through a polytope of weights, for where rejection would wait for ever."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.methods.arrays import Floats, frozen
from dashboard.robustness.products import product

_CHAINS = 512
"""Walks side by side; NumPy moves them in one step."""

_ROUNDS = 4
"""Of the preparation, each rounding the polytope by what the one before has seen of it."""

_BURN_IN = 2
_THINNING = 1
"""Steps per SQUARED dimension in a round of the preparation, and between the samples of a chain.
In a simplex, rounded as well as it can be, the walk forgets all but an eighth of where it was in
that many; the errors of what is counted are then about a seventh larger than of independent
samples."""


@dataclass(frozen=True, eq=False)
class Chains:
    """A walk that has been burnt in and knows the shape of its polytope.

    ``starts`` (n, c) are points of the polytope, ``moves`` (n, d) turns a round direction into one
    that fits the polytope, and the inequalities are ``sides @ w <= bounds``.
    """

    starts: Floats
    moves: Floats
    sides: Floats
    bounds: Floats

    def draw(self, rng: np.random.Generator, size: int) -> Floats:
        """(n, size) weights; every c-th sample is of the same chain, d^2 steps further on."""
        chains = min(self.starts.shape[1], size)
        chosen = rng.permutation(self.starts.shape[1])[:chains]
        here = self.starts[:, chosen]
        drawn = np.empty((len(here), size))
        for first in range(0, size, chains):
            here = self.walk(rng, here, _THINNING * self.moves.shape[1] ** 2)
            last = min(first + chains, size)
            drawn[:, first:last] = here[:, : last - first]
        return drawn

    def walk(self, rng: np.random.Generator, here: Floats, steps: int) -> Floats:
        """(n, c) points after so many steps from (n, c) points."""
        slopes = self.sides @ self.moves
        room = np.maximum(self.bounds[:, None] - self.sides @ here, 0)
        moved = np.zeros((self.moves.shape[1], here.shape[1]))
        direction, speed = np.empty_like(moved), np.empty_like(room)
        for _ in range(steps):
            rng.standard_normal(out=direction)
            product(slopes, direction, speed)
            with np.errstate(divide="ignore", invalid="ignore"):
                time = room / speed
            forward = np.where(speed > 0, time, np.inf).min(axis=0)
            backward = np.where(speed < 0, time, -np.inf).max(axis=0)
            step = backward + (forward - backward) * rng.random(here.shape[1])
            direction *= step
            speed *= step
            moved += direction
            room -= speed
            np.maximum(room, 0, out=room)
        # Rounding may leave a weight a hair below 0, which no one else should have to expect.
        return np.maximum(here + self.moves @ moved, 0)


def polytope_chains(a_ub: Floats, b_ub: Floats, start: Floats, seed: int) -> Chains:
    """Prepare a hit-and-run walk over the weights with ``a_ub @ w <= b_ub``.

    512 chains start at one inner point. Four rounds of 2 d^2 steps, d = n - 1, estimate the
    covariance of the polytope and stretch the directions by it, so that a flat or pointed polytope
    is walked like a round one. Where the last round ends, sampling begins, with d^2 steps between
    the samples of a chain.

    Parameters
    ----------
    a_ub, b_ub : (q, n) and (q,), n at least 2.
    start : (n,) weights inside, with room to spare.

    Source: Smith (1984), Operations Research 32(6), 1296-1308.
    """
    criteria = len(start)
    sides = np.vstack([-np.eye(criteria), a_ub])
    bounds = np.concatenate([np.zeros(criteria), b_ub])
    # The last d right singular vectors of a row of ones span the directions that keep the sum.
    moves: Floats = np.linalg.svd(np.ones((1, criteria)))[2][1:].T
    # A side that no move comes nearer to holds everywhere, as it holds at the start.
    felt = np.abs(sides @ moves).max(axis=1) > 1e-12 * np.maximum(np.abs(sides).max(axis=1), 1e-300)
    sides, bounds = sides[felt], bounds[felt]
    rng = np.random.Generator(np.random.SFC64(seed))
    here = np.repeat(start[:, None], _CHAINS, axis=1)
    for _ in range(_ROUNDS):
        chains = Chains(here, moves, sides, bounds)
        here = chains.walk(rng, here, _BURN_IN * (criteria - 1) ** 2)
        # The square root of the covariance within the plane, never quite flat in any direction.
        spread, axes = np.linalg.svd(here - here.mean(axis=1, keepdims=True), full_matrices=False)[
            1::-1
        ]
        kept = np.maximum(spread[: criteria - 1], spread[0] * 1e-9)
        moves = axes[:, : criteria - 1] * kept / np.sqrt(_CHAINS)
    return Chains(frozen(here), frozen(moves), frozen(sides), frozen(bounds))
