"""How far rankings agree: Kendall's tau for each pair, Kendall's W for all."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats, Ints


class TauMatrix(NamedTuple):
    """Kendall's tau-b of every pair of rankings; None where it is undefined, and then why."""

    tau: tuple[tuple[float | None, ...], ...]
    reason: str | None


class Concordance(NamedTuple):
    """Kendall's W, 0 (no agreement) to 1 (the same ranking); None where undefined, and why."""

    w: float | None
    reason: str | None


def kendall_tau_matrix(ranks: Ints) -> TauMatrix:
    """Kendall's tau-b between every two of p rankings: 1 the same order, -1 the reverse.

    tau-b = (concordant - discordant) / sqrt(pairs untied in one * pairs untied in the other). It
    is undefined where a ranking ties everything, or has only one alternative.

    Parameters
    ----------
    ranks : (p, m) ranks, 1 best; equal ranks are ties.

    Returns
    -------
    A symmetric (p, p) matrix in tuples.

    Raises
    ------
    ValueError : there is no ranking, or no alternative.

    Source: Kendall (1945), The treatment of ties in ranking problems, Biometrika 33(3), 239-251.
    """
    _check(ranks)
    first, second = np.triu_indices(ranks.shape[1], k=1)
    # Single precision counts pairs exactly up to 16 million, and halves what 1,000 ballots take.
    signs = np.sign(ranks[:, first] - ranks[:, second]).astype(np.float32)
    agreement = (signs @ signs.T).astype(np.float64)
    untied = np.diagonal(agreement)
    defined = np.outer(untied, untied) > 0
    tau = np.divide(
        agreement, np.sqrt(np.outer(untied, untied)), out=np.zeros_like(agreement), where=defined
    )
    rows = tuple(
        tuple(float(t) if known else None for t, known in zip(row, known_row, strict=True))
        for row, known_row in zip(np.clip(tau, -1, 1), defined, strict=True)
    )
    return TauMatrix(rows, None if defined.all() else _why_no_order(ranks))


def kendall_w(ranks: Ints) -> Concordance:
    """Kendall's coefficient of concordance W of p rankings, corrected for ties.

    W = 12 S / (p^2 (m^3 - m) - p T): S is the sum of squared deviations of the rank sums from
    their mean, ties take the mean of the ranks they share, and T sums t^3 - t over all groups of t
    tied alternatives in all rankings. Without ties (p W - 1) / (p - 1) is the mean of Spearman's
    correlations between the rankings.

    Parameters
    ----------
    ranks : (p, m) ranks, 1 best; equal ranks are ties.

    Raises
    ------
    ValueError : there is no ranking, or no alternative.

    Source: Kendall & Babington Smith (1939), The problem of m rankings, Annals of Mathematical
    Statistics 10(3), 275-287; ties: Kendall (1948), Rank Correlation Methods, ch. 6.
    """
    _check(ranks)
    p, m = ranks.shape
    if p == 1:
        return Concordance(None, "there is only one ranking, so nothing to agree with")
    sums = mean_ranks(ranks).sum(axis=0)
    level = _level(ranks).astype(np.float64)
    # t alternatives that tie count t^2 - 1 each, so t^3 - t together.
    ties = float(np.sum(level**2 - 1))
    spread = float(np.sum((sums - sums.mean()) ** 2))
    largest = p**2 * (m**3 - m) - p * ties
    if largest <= 0:
        return Concordance(None, _why_no_order(ranks))
    return Concordance(min(1.0, 12 * spread / largest), None)


def mean_ranks(ranks: Ints) -> Floats:
    """Ranks in which ties share the mean of the places they take: 1, 1, 3 -> 1.5, 1.5, 3.

    Parameters
    ----------
    ranks : (m,) or (p, m); all pairs of all rankings are taken at once, since a room has a
        thousand of them.
    """
    ahead = (ranks[..., None, :] < ranks[..., :, None]).sum(axis=-1)
    means: Floats = ahead + (_level(ranks) + 1) / 2
    return means


def _level(ranks: Ints) -> Ints:
    """How many share the rank of each, itself included."""
    level: Ints = (ranks[..., None, :] == ranks[..., :, None]).sum(axis=-1)
    return level


def _check(ranks: Ints) -> None:
    if ranks.ndim != 2 or 0 in ranks.shape:
        raise ValueError("agreement needs at least one ranking of at least one alternative")


def _why_no_order(ranks: Ints) -> str:
    if ranks.shape[1] == 1:
        return "there is only one alternative, so no order"
    return "a ranking that ties all alternatives has no order to compare"
