"""Where perspectives part: rankings, weights, and the choice that costs nobody too much."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.methods.additive import scores as additive_scores
from dashboard.methods.arrays import Floats, Ints, frozen
from dashboard.methods.ranks import TIE_TOLERANCE, competition_ranks
from dashboard.robustness.concordance import (
    Concordance,
    TauMatrix,
    kendall_tau_matrix,
    kendall_w,
)
from dashboard.robustness.regret import least_worst_regret, regret_matrix


@dataclass(frozen=True)
class WeightDiversity:
    """How many different weightings there are, as effective numbers (Hill numbers of order 1).

    ``alpha``: criteria that a perspective uses on average, 1 to n. ``gamma``: criteria that the
    pooled weights use. ``beta`` = gamma / alpha: perspectives that are really different, 1 (all the
    same) to p. ``consensus``: beta mapped to 1 (all the same) and 0 (as different as p perspectives
    on n criteria can be); None where there is nothing to map, and then why.
    """

    alpha: float
    beta: float
    gamma: float
    consensus: float | None
    reason: str | None = None


@dataclass(frozen=True)
class Move:
    """What one perspective gives up if the compromise is chosen, in points of its own scores.

    ``favourites`` are its own leaders; ``regret`` is 0 where the compromise is one of them.
    """

    perspective: int
    favourites: tuple[int, ...]
    regret: float


@dataclass(frozen=True)
class Compromise:
    """The alternative whose largest regret over perspectives is smallest, and who pays for it.

    ``ties`` has all alternatives with that regret; ``alternative`` is the first of them. ``moves``
    has every perspective, the one that gives up most first.
    """

    alternative: int
    ties: tuple[int, ...]
    worst_regret: float
    moves: tuple[Move, ...]


@dataclass(frozen=True, eq=False)
class Disagreement:
    """p perspectives on m alternatives."""

    scores: Floats
    ranks: Ints
    regret: Floats
    tau: TauMatrix
    concordance: Concordance
    diversity: WeightDiversity
    compromise: Compromise


def disagreement(values: Floats, weights: Floats) -> Disagreement:
    """Everything that tells how far p perspectives differ.

    Parameters
    ----------
    values : (m, n) partial values, 0 to 100.
    weights : (p, n) one row for each perspective, non-negative, sum 1.

    Raises
    ------
    ValueError : there is no perspective, alternative or criterion, or the weights do not fit.

    Source: see ``kendall_tau_matrix``, ``kendall_w``, ``weight_diversity`` and ``compromise``.
    """
    if weights.ndim != 2 or 0 in weights.shape or values.ndim != 2 or 0 in values.shape:
        raise ValueError("disagreement needs perspectives, alternatives and criteria")
    score = np.array([additive_scores(values, row) for row in weights])
    ranks = np.array([competition_ranks(row) for row in score])
    return Disagreement(
        scores=frozen(score),
        ranks=ranks,
        regret=frozen(regret_matrix(score)),
        tau=kendall_tau_matrix(ranks),
        concordance=kendall_w(ranks),
        diversity=weight_diversity(weights),
        compromise=compromise(score),
    )


def compromise(scores: Floats) -> Compromise:
    """The choice that costs the perspective it costs most least.

    Regrets of different perspectives are held against each other point for point. That is a
    convention (each has 100 points between its worst and best anchors), not a measured fact.

    Parameters
    ----------
    scores : (p, m) scores of m alternatives from p perspectives.

    Raises
    ------
    ValueError : there is no perspective or alternative, or a score is not finite.

    Source: Savage (1951), Journal of the American Statistical Association 46(253), 55-67, with
    perspectives in place of states of the world.
    """
    regret = regret_matrix(scores)
    ties = least_worst_regret(regret)
    chosen = ties[0]
    given_up = regret[:, chosen]
    moves = tuple(
        Move(
            perspective=int(k),
            favourites=tuple(int(i) for i in np.flatnonzero(regret[k] <= TIE_TOLERANCE)),
            regret=float(given_up[k]),
        )
        for k in np.argsort(-given_up, kind="stable")
    )
    return Compromise(chosen, tuple(ties), float(given_up.max()), moves)


def weight_diversity(weights: Floats) -> WeightDiversity:
    """Shannon diversity of weights within, between and over perspectives of equal standing.

    H_alpha is the mean of the entropies of the perspectives, H_gamma the entropy of their mean
    weights, H_beta = H_gamma - H_alpha; the effective numbers are their exponentials. Consensus is
    (1 / beta - 1 / b) / (1 - 1 / b), where b = min(p, n) is the most that beta can be. AHP-OS has
    its consensus from the same entropies, but takes n for b and a smallest H_alpha that follows
    from Saaty's scale of 1 to 9; points have no such scale, so its figures differ from these.

    Parameters
    ----------
    weights : (p, n) non-negative, each row sums to 1.

    Raises
    ------
    ValueError : there is no perspective or criterion, or a row is not weights.

    Source: Jost (2006), Entropy and diversity, Oikos 113(2), 363-375; Jost (2007), Partitioning
    diversity into independent alpha and beta components, Ecology 88(10), 2427-2439; Goepel (2018),
    International Journal of the Analytic Hierarchy Process 10(3), 469-487 (AHP-OS).
    """
    if weights.ndim != 2 or 0 in weights.shape:
        raise ValueError("diversity needs at least one perspective and one criterion")
    if not np.all(weights >= 0) or not np.allclose(weights.sum(axis=1), 1, rtol=0, atol=1e-9):
        raise ValueError("weights must not be negative and must sum to 1")
    p, n = weights.shape
    alpha = float(np.exp(_entropies(weights).mean()))
    gamma = float(np.exp(_entropies(weights.mean(axis=0, keepdims=True))[0]))
    most = min(p, n)
    # Beta cannot leave [1, most] but for rounding.
    beta = min(max(gamma / alpha, 1.0), float(most))
    if most == 1:
        what = "perspective" if p == 1 else "criterion"
        return WeightDiversity(alpha, beta, gamma, None, f"there is only one {what}")
    return WeightDiversity(alpha, beta, gamma, (1 / beta - 1 / most) / (1 - 1 / most))


def _entropies(weights: Floats) -> Floats:
    """(p,) Shannon entropy of each row, natural logarithm; 0 log 0 is 0."""
    logs = np.log(np.where(weights > 0, weights, 1.0))
    entropies: Floats = -np.sum(weights * logs, axis=1)
    return entropies
