"""Weights drawn uniformly from what people have said about them, or taken from their ballots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from dashboard.methods.arrays import Floats, frozen
from dashboard.robustness.exchange_sampling import ExchangeWeights
from dashboard.robustness.hit_and_run import Chains, polytope_chains
from dashboard.robustness.products import product

_SUM = 1e-9
"""How far weights may be from summing to 1."""

_REJECTION_PAYS = 0.05
"""Share of accepted draws above which rejection beats a random walk; it is exact, too."""

_PILOT = 4096


class WeightSource(Protocol):
    """Where weights come from. All are frozen and pickle, so that any worker can draw."""

    @property
    def criteria(self) -> int:
        """n."""

    @property
    def ballots(self) -> int | None:
        """How many given weights are gone through in turn, None where weights are drawn."""

    @property
    def independent(self) -> bool:
        """Whether one sample tells nothing about the next."""

    def draw(self, rng: np.random.Generator, first: int, out: Floats) -> None:
        """Fill ``out`` (n, size) with weights, a column each: 0 or more, with any sum above 0.

        ``first`` is the index of the first sample, for those who go through a list.
        """


@dataclass(frozen=True, eq=False)
class SimplexWeights:
    """Uniform on a simplex with the given corners, (n, n), one a row.

    Uniform weights on a simplex are its corners mixed by exponential variates. Source: Rubinstein
    (1982), European Journal of Operational Research 10(3), 297-302.
    """

    criteria: int
    corners: Floats | None = None
    ballots = None
    independent = True

    def draw(self, rng: np.random.Generator, first: int, out: Floats) -> None:  # noqa: ARG002 - drawn, not listed
        """See ``WeightSource``."""
        if self.corners is None:
            rng.standard_exponential(out=out)
        else:
            product(self.corners.T, rng.standard_exponential(out.shape), out)


@dataclass(frozen=True, eq=False)
class BallotWeights:
    """The given weights, (k, n): each in turn, or each sample any of them."""

    weights: Floats
    bootstrap: bool = False
    independent = True

    @property
    def criteria(self) -> int:
        """n."""
        return int(self.weights.shape[1])

    @property
    def ballots(self) -> int | None:
        """k, or None where the ballots are drawn with replacement."""
        return None if self.bootstrap else len(self.weights)

    def draw(self, rng: np.random.Generator, first: int, out: Floats) -> None:
        """See ``WeightSource``."""
        ballots, size = len(self.weights), out.shape[1]
        if self.bootstrap:
            out[:] = self.weights[rng.integers(0, ballots, size)].T
        else:
            out[:] = self.weights[np.arange(first, first + size) % ballots].T


@dataclass(frozen=True, eq=False)
class BoxWeights:
    """Uniform on the weights between ``least`` and ``most``, (n,) each, by rejection.

    All but one weight are drawn from their intervals, and the last is what is left of 1; it is the
    one with the widest interval, so that it falls inside most often.
    """

    least: Floats
    most: Floats
    ballots = None
    independent = True

    @property
    def criteria(self) -> int:
        """n."""
        return len(self.least)

    def draw(self, rng: np.random.Generator, first: int, out: Floats) -> None:  # noqa: ARG002 - drawn, not listed
        """See ``WeightSource``."""
        _fill_with_accepted(self.propose, rng, out)

    def propose(self, rng: np.random.Generator, size: int) -> Floats:
        """(n, size or fewer) weights that came out inside."""
        width = self.most - self.least
        last = int(np.argmax(width))
        weights = rng.random((self.criteria, size))
        weights *= width[:, None]
        weights += self.least[:, None]
        weights[last] = 0
        weights[last] = 1 - weights.sum(axis=0)
        inside = (weights[last] >= self.least[last]) & (weights[last] <= self.most[last])
        return weights[:, inside]


@dataclass(frozen=True, eq=False)
class RejectionWeights:
    """Uniform on the part of the simplex where ``a_ub @ w <= b_ub``, by rejection."""

    a_ub: Floats
    b_ub: Floats
    ballots = None
    independent = True

    @property
    def criteria(self) -> int:
        """n."""
        return int(self.a_ub.shape[1])

    def draw(self, rng: np.random.Generator, first: int, out: Floats) -> None:  # noqa: ARG002 - drawn, not listed
        """See ``WeightSource``."""
        _fill_with_accepted(self.propose, rng, out)

    def propose(self, rng: np.random.Generator, size: int) -> Floats:
        """(n, size or fewer) weights that came out inside."""
        weights = rng.standard_exponential((self.criteria, size))
        weights /= weights.sum(axis=0)
        inside = np.all(self.a_ub @ weights <= self.b_ub[:, None], axis=0)
        return weights[:, inside]


@dataclass(frozen=True, eq=False)
class WalkWeights:
    """Uniform on a polytope in the limit of a random walk: see ``hit_and_run``."""

    chains: Chains
    ballots = None
    independent = False

    @property
    def criteria(self) -> int:
        """n."""
        return len(self.chains.starts)

    def draw(self, rng: np.random.Generator, first: int, out: Floats) -> None:  # noqa: ARG002 - drawn, not listed
        """See ``WeightSource``."""
        out[:] = self.chains.draw(rng, out.shape[1])


def uniform_weights(criteria: int) -> SimplexWeights:
    """All weights are equally likely: nothing is known about them.

    Raises
    ------
    ValueError : fewer than one criterion.
    """
    if criteria < 1:
        raise ValueError(f"{criteria} criteria: there must be at least one")
    return SimplexWeights(criteria)


def ballot_weights(weights: Floats, *, bootstrap: bool = False) -> BallotWeights:
    """A given set of weights, as cast: nothing is sampled, and each counts once.

    One ballot is the way to keep weights fixed while scores are drawn.

    Parameters
    ----------
    weights : (k, n) non-negative, each row summing to 1.
    bootstrap : draw ballots with replacement, to see how far the result depends on who was there.

    Raises
    ------
    ValueError : no ballots, or a row is no set of weights.
    """
    given = np.array(weights, dtype=np.float64)
    if given.ndim != 2 or 0 in given.shape:
        raise ValueError(f"ballots must be rows of weights, not of shape {given.shape}")
    for row in given:
        _check_weights(row)
    return BallotWeights(frozen(given), bootstrap)


def weights_near(weights: Floats, reach: float, seed: int = 0) -> WeightSource:
    """All weights of which none is further than ``reach`` from the given one are equally likely.

    Parameters
    ----------
    weights : (n,) non-negative, sum 1.
    reach : the furthest that a weight may move up or down, 0.05 for five percentage points; the
        weights stay non-negative and sum to 1. At 0 they stay as they are.
    seed : of the pilot that finds out whether rejection would waste too many draws, as it does
        when many weights lie near 0; then ``ExchangeWeights`` are drawn.

    Raises
    ------
    ValueError : the weights are none, or the reach is not between 0 and 1.
    """
    centre = np.asarray(weights, dtype=np.float64)
    _check_weights(centre)
    if not 0 <= reach <= 1:
        raise ValueError(f"a reach of {reach} is not between 0 and 1")
    if reach == 0:
        return ballot_weights(centre[None, :])
    least, most = np.maximum(centre - reach, 0), np.minimum(centre + reach, 1)
    box = BoxWeights(frozen(least), frozen(most))
    rng = np.random.default_rng(seed)
    if len(centre) == 1 or box.propose(rng, _PILOT).shape[1] >= _REJECTION_PAYS * _PILOT:
        return box
    part = (1 - least.sum()) / (most - least).sum()
    return ExchangeWeights(box.least, box.most, frozen(least + part * (most - least)))


def polytope_weights(a_ub: Floats, b_ub: Floats, start: Floats, seed: int = 0) -> WeightSource:
    """All weights with ``a_ub @ w <= b_ub`` are equally likely.

    Draws from the whole simplex are rejected outside the polytope where at least 5 % of a pilot of
    4,096 fall inside; otherwise a hit-and-run walk is prepared.

    Parameters
    ----------
    a_ub, b_ub : (q, n) and (q,); that weights are non-negative and sum to 1 goes without saying.
    start : (n,) weights that fulfil every inequality with room to spare.
    seed : of the pilot and of the walk's preparation.

    Raises
    ------
    ValueError : shapes disagree, a number is not finite, or the start is not inside. A statement
        that two weights are EQUAL leaves no inside: merge the two criteria instead.

    Source: Tervonen, van Valkenhoef, Basturk & Postmus (2013), European Journal of Operational
    Research 224(3), 552-559.
    """
    a_ub, b_ub = np.asarray(a_ub, dtype=np.float64), np.asarray(b_ub, dtype=np.float64)
    start = np.asarray(start, dtype=np.float64)
    if a_ub.ndim != 2 or b_ub.shape != (len(a_ub),) or start.shape != (a_ub.shape[1],):
        raise ValueError(
            f"inequalities {a_ub.shape} and {b_ub.shape} and a start {start.shape} do not fit"
        )
    if not (np.all(np.isfinite(a_ub)) and np.all(np.isfinite(b_ub))):
        raise ValueError("an inequality holds a number that is not finite")
    _check_weights(start)
    if np.any(a_ub @ start >= b_ub) or np.any(start <= 0):
        raise ValueError("the start must fulfil every inequality with room to spare")
    source = RejectionWeights(frozen(a_ub.copy()), frozen(b_ub.copy()))
    inside = source.propose(np.random.default_rng(seed), _PILOT).shape[1]
    if len(start) == 1 or inside >= _REJECTION_PAYS * _PILOT:
        return source
    return WalkWeights(polytope_chains(a_ub, b_ub, start, seed))


def sample_weights(source: WeightSource, samples: int, seed: int) -> Floats:
    """(samples, n) weights, each row summing to 1, for whoever needs them and not their counts.

    Raises
    ------
    ValueError : fewer than one sample.
    """
    if samples < 1:
        raise ValueError(f"{samples} samples: there must be at least one")
    drawn = np.empty((source.criteria, samples))
    source.draw(np.random.Generator(np.random.SFC64(seed)), 0, drawn)
    drawn /= drawn.sum(axis=0)
    return np.ascontiguousarray(drawn.T)


class _Propose(Protocol):
    def __call__(self, rng: np.random.Generator, size: int) -> Floats: ...


def _fill_with_accepted(propose: _Propose, rng: np.random.Generator, out: Floats) -> None:
    """Fill ``out`` (n, size) with what is proposed and comes out inside."""
    size = out.shape[1]
    done = 0
    while done < size:
        inside = propose(rng, size)
        taken = min(size - done, inside.shape[1])
        out[:, done : done + taken] = inside[:, :taken]
        done += taken


def _check_weights(weights: Floats) -> None:
    if weights.ndim != 1 or len(weights) == 0 or not np.all(np.isfinite(weights)):
        raise ValueError("weights must be finite numbers, at least one")
    if np.any(weights < 0) or abs(weights.sum() - 1) > _SUM:
        raise ValueError("weights must not be negative and must sum to 1")
