"""Stochastic multicriteria acceptability analysis: how much of what may be true favours whom.

SMAA-2. Sources: Lahdelma & Salminen (2001), Operations Research 49(3), 444-454; Tervonen & Lahdelma
(2007), European Journal of Operational Research 178(2), 500-513; for pairwise winning indices
Leskinen, Viitanen, Kangas & Kangas (2006), Forest Science 52(3), 304-312.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial, reduce
from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats, Ints, frozen
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.robustness.sample_counts import Counts, added, count_chunk, count_confidence
from dashboard.robustness.sample_problem import Measures, Problem
from dashboard.robustness.score_sampling import ScoreTables
from dashboard.robustness.weight_sampling import WeightSource
from dashboard.robustness.workers import Workers, ordered_results, part_of

NEVER_FIRST = "It is first in none of the samples."


class Sampling(NamedTuple):
    """How many samples, of which seed (0 is one), and what counts as a tie, in points."""

    samples: int = 10_000
    seed: int = 0
    tolerance: float = TIE_TOLERANCE


SAMPLING, EVERYTHING, THREADS = Sampling(), Measures(), Workers()
"""What is done unless something else is asked for."""


@dataclass(frozen=True, eq=False)
class Estimate:
    """Figures with their Monte Carlo standard errors, of the same shape."""

    value: Floats
    error: Floats


@dataclass(frozen=True, eq=False)
class Centre:
    """What a supporter of an alternative weighs, on average; or why nobody can say.

    ``weights`` and ``error`` (n,) are the central weight vector and its standard errors.
    ``confidence`` is the share of the scores that put the alternative first under these weights,
    ``confidence_error`` its standard error. All four are None where there is a ``reason``.
    """

    weights: Floats | None
    error: Floats | None
    confidence: float | None
    confidence_error: float | None
    reason: str | None


@dataclass(frozen=True, eq=False)
class Acceptability:
    """The indices of m alternatives. Those that were not asked for are None.

    ``ranks`` (m, m): rank acceptability indices, [i, r] the share of samples in which i has rank
    r + 1. Ties share the better rank, so rows sum to 1 but columns need not. Where only the first
    places were counted there are as many columns, and what a row leaves of 1 is all ranks beyond.

    ``centres`` (m of them): central weight vectors and confidence factors. Samples in which
    several tie for first count for each of them.

    ``pairwise`` (m, m): pairwise winning indices, [i, j] the share of samples in which i beats j by
    more than the tolerance. A tie is a win for neither: ties are what [i, j] and [j, i] leave of 1.
    Where wins were only counted against some, ``rivals`` are their rows, one a column.

    ``low``, ``high`` (m,): the 10th and 90th percentiles of the scores.

    ``sampled`` is False where given ballots and exact scores were merely counted: then there is no
    Monte Carlo error, and all errors are 0. Otherwise an error of 0 stands for a share that was 0
    or 1 throughout, of which 3 / samples is an upper 95 % limit on what was missed. Where the
    samples are not ``independent`` (a random walk), the true errors are about a seventh larger.
    """

    ranks: Estimate
    centres: tuple[Centre, ...] | None
    pairwise: Estimate | None
    low: Estimate | None
    high: Estimate | None
    samples: int
    seed: int
    tolerance: float
    sampled: bool
    independent: bool
    rivals: tuple[int, ...] | None = None

    def better_than(self, alternative: int) -> Estimate:
        """(m,) how likely each beats one of them, say the status quo; 0 for itself.

        Raises
        ------
        ValueError : pairwise winning indices were not asked for, or not against this one.
        """
        wins, column = self.wins, alternative
        if self.rivals is not None:
            if alternative not in self.rivals:
                raise ValueError(f"wins against row {alternative} were not asked for")
            column = self.rivals.index(alternative)
        return Estimate(wins.value[:, column], wins.error[:, column])

    @property
    def every_pair(self) -> bool:
        """Whether each is held against each other one."""
        return self.pairwise is not None and self.rivals is None

    @property
    def beyond(self) -> Floats:
        """(m,) shares of samples in which an alternative is beyond the ranks that were counted."""
        counted: Floats = np.maximum(1 - self.ranks.value.sum(axis=1), 0.0)
        return counted

    def with_certain(self, scores: Floats) -> Acceptability:
        """The same, with the score itself as the band of each alternative that has it throughout.

        Sampled sums miss it by rounding.

        Parameters
        ----------
        scores : (m,) at the likely performances and the weights as given.
        """
        if self.low is None or self.high is None:
            return self
        certain = np.maximum(abs(self.low.value - scores), abs(self.high.value - scores))
        low, high = (
            Estimate(frozen(np.where(certain <= TIE_TOLERANCE, scores, end.value)), end.error)
            for end in (self.low, self.high)
        )
        return replace(self, low=low, high=high)

    @property
    def wins(self) -> Estimate:
        """``pairwise``, for whoever cannot do without; ValueError if it was not asked for."""
        if self.pairwise is None:
            raise ValueError("pairwise winning indices were not asked for")
        return self.pairwise

    @property
    def band(self) -> tuple[Estimate, Estimate]:
        """``low`` and ``high``; ValueError if they were not asked for."""
        if self.low is None or self.high is None:
            raise ValueError("bands of the scores were not asked for")
        return self.low, self.high


def acceptability(
    values: Floats | ScoreTables,
    weights: WeightSource,
    sampling: Sampling = SAMPLING,
    measures: Measures = EVERYTHING,
    workers: Workers = THREADS,
) -> Acceptability:
    """Count, over weights and scores that may all be true, who comes where.

    Samples are drawn in chunks (``sample_problem``), each from a seed of its own, and their counts
    are added up in order: the same seed gives the same numbers, bit for bit, for any number of
    workers.

    Parameters
    ----------
    values : (m, n) partial values taken as exact, or ``score_tables`` to draw them from.
    weights : where weights come from; for fixed weights, one ballot.
    sampling : count, seed and tolerance. Ballots that are gone through in turn are counted once
        each if the values are exact, and else equally often, at least ``samples`` together.

    Raises
    ------
    ValueError : arrays disagree or hold numbers that are not finite, or there is nothing to sample.
    RunCancelledError : ``workers.cancelled`` said so.
    """
    problem = _problem(values, weights, sampling, measures)
    passes = 2 if measures.central_weights and isinstance(values, ScoreTables) else 1
    first, second = part_of(workers, 0, passes), part_of(workers, 1, passes)
    counts = reduce(added, ordered_results(partial(count_chunk, problem), problem.chunks, first))
    sampled = weights.ballots is None or isinstance(values, ScoreTables)
    low, high = _bands(problem, counts, sampled) if measures.bands else (None, None)
    return Acceptability(
        ranks=_share(counts.ranks, counts.samples, sampled),
        centres=_centres(problem, counts, sampled, second) if measures.central_weights else None,
        pairwise=_share(counts.wins, counts.samples, sampled) if measures.pairwise else None,
        low=low,
        high=high,
        samples=counts.samples,
        seed=sampling.seed,
        tolerance=sampling.tolerance,
        sampled=sampled,
        independent=weights.independent,
        rivals=measures.rivals if measures.pairwise else None,
    )


def _problem(
    values: Floats | ScoreTables, weights: WeightSource, sampling: Sampling, measures: Measures
) -> Problem:
    drawn = isinstance(values, ScoreTables)
    table = values.values if isinstance(values, ScoreTables) else np.array(values, np.float64)
    if table.ndim != (3 if drawn else 2) or 0 in table.shape:
        raise ValueError(f"values must be a matrix that is not empty, not of shape {table.shape}")
    if not np.all(np.isfinite(table)):
        raise ValueError("a value is not a finite number")
    if table.shape[1] != weights.criteria:
        raise ValueError(f"{table.shape[1]} criteria, but {weights.criteria} weights")
    if sampling.samples < 1 or sampling.seed < 0:
        raise ValueError("there must be at least one sample, and the seed must not be negative")
    if not 0 <= sampling.tolerance < np.inf:
        raise ValueError("the tolerance must be finite and not negative")
    if not all(0 <= rival < len(table) for rival in measures.rivals or ()):
        raise ValueError(f"a rival is none of {len(table)} alternatives")
    if measures.places is not None and measures.places < 1:
        raise ValueError("at least the first rank is counted")
    samples = sampling.samples
    if weights.ballots is not None:
        rounds = -(-samples // weights.ballots) if drawn else 1
        samples = rounds * weights.ballots
    return Problem(
        values=values if drawn else table,
        weights=weights,
        samples=samples,
        seed=sampling.seed,
        tolerance=sampling.tolerance,
        measures=measures,
        low=float(table.min()),
        high=float(table.max()),
    )


def _share(count: Ints, samples: int, sampled: bool) -> Estimate:
    """A share of independent samples, and the standard error of a binomial one."""
    share = count / samples
    error = np.sqrt(share * (1 - share) / samples) if sampled else np.zeros_like(share)
    return Estimate(frozen(share), frozen(error))


def _centres(
    problem: Problem, counts: Counts, sampled: bool, workers: Workers
) -> tuple[Centre, ...]:
    """Central weight vectors, and in a second pass over the scores the confidence in each."""
    firsts = counts.ranks[:, 0]
    often = np.maximum(firsts, 1)[:, None]
    mean = counts.first_weights / often
    variance = np.maximum(counts.first_squares / often - mean * mean, 0)
    error = np.sqrt(variance / np.maximum(often - 1, 1)) if sampled else np.zeros_like(mean)
    if isinstance(problem.values, ScoreTables):
        work = partial(count_confidence, problem, mean)
        confident = sum(ordered_results(work, problem.chunks, workers))
        confidence = _share(np.asarray(confident), counts.samples, sampled)
    else:
        # The weights that put an alternative first are a convex set, so their mean does as well.
        ones = np.ones(problem.alternatives)
        confidence = Estimate(ones, np.zeros_like(ones))
    return tuple(
        Centre(
            frozen(mean[i]),
            frozen(error[i]),
            float(confidence.value[i]),
            float(confidence.error[i]),
            None,
        )
        if firsts[i]
        else Centre(None, None, None, None, NEVER_FIRST)
        for i in range(problem.alternatives)
    )


def _bands(problem: Problem, counts: Counts, sampled: bool) -> tuple[Estimate, Estimate]:
    """The 10th and the 90th percentile of each score, read off its histogram.

    None lies beyond the scores that were seen, so that of a certain score they are that score. The
    error is half the distance between the percentiles one standard error of the share to
    either side.
    """
    edges = np.linspace(problem.low, problem.high, problem.bins + 1)
    passed = np.zeros((problem.alternatives, problem.bins + 1))
    np.cumsum(counts.histogram, axis=1, out=passed[:, 1:])
    passed /= counts.histogram.sum(axis=1, keepdims=True)
    estimates = []
    for share in (0.1, 0.9):
        spread = np.sqrt(share * (1 - share) / counts.samples) if sampled else 0.0
        shares = np.clip([share - spread, share, share + spread], 0, 1).tolist()
        below, at, above = (
            np.clip(_percentile(passed, edges, at), counts.least, counts.most) for at in shares
        )
        estimates.append(Estimate(frozen(at), frozen((above - below) / 2)))
    return estimates[0], estimates[1]


def _percentile(passed: Floats, edges: Floats, share: float) -> Floats:
    """(m,) where each row passes a share of all, straight within a bin.

    ``passed`` (m, bins + 1) : the share of the samples below each of the ``edges`` (bins + 1,).
    """
    # Of a run of empty bins only its ends are kept, or the place would not be unique.
    bin_ = np.clip(np.count_nonzero(passed < share, axis=1), 1, len(edges) - 1)
    rows = np.arange(len(passed))
    before, after = passed[rows, bin_ - 1], passed[rows, bin_]
    part = np.where(after > before, (share - before) / np.maximum(after - before, 1e-300), 0.0)
    result: Floats = edges[bin_ - 1] + part * (edges[bin_] - edges[bin_ - 1])
    return result
