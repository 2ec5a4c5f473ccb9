"""Weights from comparing every pair of criteria: the analytic hierarchy process (AHP).

Not the default here: a low consistency ratio says that the judgements agree with each other, not
that they are right, and "how much more important" leaves the anchors out of the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats

Ratios = Sequence[Sequence[float]] | Floats

PairwiseMethod = Literal["eigenvector", "geometric-mean"]

ACCEPTABLE_RATIO = 0.1
"""Above it Saaty asks for the judgements to be looked at again."""

RANDOM_INDICES = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""Mean consistency index of random judgements for 1 to 10 criteria.

Source: Saaty (1980), The Analytic Hierarchy Process. His later tables have 0.52 for three
criteria, which would call some triples inconsistent that this one accepts.
"""

RECIPROCAL_TOLERANCE = 0.005
"""A reciprocal written to three decimals is close enough: 1/6 as 0.167."""

LARGEST_JUDGEMENT = 1e6
"""Saaty's scale ends at 9. Beyond a million to one a number is a slip, and sums would overflow."""


class Judgement(NamedTuple):
    """Row and column of a judgement, what it says, and what the weights would make of it."""

    row: int
    column: int
    given: float
    fitting: float


class PairwiseWeights(NamedTuple):
    """(n,) weights, the consistency ratio, and the worst judgement where that ratio is above 0.1.

    The ratio is 0 where all judgements agree and about 1 where they might be random. One or two
    criteria cannot contradict each other: 0.
    """

    weights: Floats
    consistency_ratio: float
    worst_judgement: Judgement | None


def pairwise_weights(matrix: Ratios, method: PairwiseMethod = "eigenvector") -> PairwiseWeights:
    """Weights of criteria that were compared pair by pair.

    Parameters
    ----------
    matrix : (n, n) positive judgements; [i, j] says how many times criterion i is as important as
        criterion j, and [j, i] is its reciprocal, written to three decimals or more.
    method : the principal right eigenvector, or the geometric means of the rows. They agree where
        the judgements do, and for up to three criteria. The consistency ratio is Saaty's in both.

    Returns
    -------
    Weights, positive, sum 1. The worst judgement is the one that is furthest, as a ratio, from the
    ratio of the weights; it is named above the diagonal.

    Raises
    ------
    ValueError : the matrix is not square, a judgement is missing or not positive, the diagonal is
        not 1, or two judgements of a pair are not reciprocal.

    Source: Saaty (1980), The Analytic Hierarchy Process; Crawford & Williams (1985), Journal of
    Mathematical Psychology 29(4), 387-405 (geometric mean); Saaty (2003), European Journal of
    Operational Research 145(1), 85-91 (the worst judgement).
    """
    log_ratios = _log_judgements(np.asarray(matrix, dtype=np.float64))
    row_means = log_ratios.mean(axis=1)
    largest, eigenvector = _principal(log_ratios, row_means)
    if method == "eigenvector":
        weights = eigenvector
    elif method == "geometric-mean":
        weights = _normalised_exp(row_means)
    else:
        raise ValueError(f"{method} is no method here; take eigenvector or geometric-mean")
    ratio = _consistency_ratio(largest, len(weights))
    worst = _worst_judgement(log_ratios, weights) if ratio > ACCEPTABLE_RATIO else None
    return PairwiseWeights(weights, ratio, worst)


def _log_judgements(matrix: Floats) -> Floats:
    """The logarithms of the judgements, made exactly reciprocal."""
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or matrix.size == 0:
        raise ValueError("a pairwise comparison matrix is square, with one row for each criterion")
    _refuse(np.isnan(matrix), "is missing; every pair must be compared", matrix)
    _refuse(~(matrix > 0), "is not positive; write 1/3 for a third as important", matrix)
    out_of_scale = (matrix > LARGEST_JUDGEMENT) | (matrix < 1 / LARGEST_JUDGEMENT)
    _refuse(out_of_scale, "is out of scale; Saaty's runs from 1/9 to 9", matrix)
    _refuse(np.diag(np.diag(matrix) != 1), "must be 1: a criterion against itself", matrix)
    products = matrix * matrix.T
    mismatch = np.abs(products - 1) > RECIPROCAL_TOLERANCE
    _refuse(mismatch, "is not the reciprocal of the judgement the other way round", matrix)
    logs = np.log(matrix)
    # What the rounding of a written reciprocal leaves is split between the two.
    antisymmetric: Floats = (logs - logs.T) / 2
    return antisymmetric


def _refuse(
    where: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], why: str, matrix: Floats
) -> None:
    if where.any():
        row, column = (int(index) for index in np.argwhere(where)[0])
        given = "" if np.isnan(matrix[row, column]) else f" ({matrix[row, column]:g})"
        raise ValueError(f"the judgement in row {row + 1}, column {column + 1}{given} {why}")


def _principal(log_ratios: Floats, row_means: Floats) -> tuple[float, Floats]:
    """The principal eigenvalue of the matrix and its eigenvector, which sums to 1."""
    # Divided by the ratios of the row means, consistent judgements are all 1. The similarity keeps
    # the eigenvalues, and widely spread weights lose no digits.
    balanced = np.exp(log_ratios - row_means[:, None] + row_means[None, :])
    eigenvalues, eigenvectors = np.linalg.eig(balanced)
    principal = int(np.argmax(eigenvalues.real))
    # By Perron's theorem this one is real and all its entries have the same sign.
    vector = np.abs(eigenvectors[:, principal].real)
    return float(eigenvalues[principal].real), _normalised_exp(np.log(vector) + row_means)


def _normalised_exp(logarithms: Floats) -> Floats:
    scaled = np.exp(logarithms - logarithms.max())
    weights: Floats = scaled / scaled.sum()
    return weights


def _consistency_ratio(largest_eigenvalue: float, n: int) -> float:
    if n <= 2:
        return 0.0
    # The eigenvalue is n or more; what lies below is rounding.
    index = max(0.0, (largest_eigenvalue - n) / (n - 1))
    return index / random_index(n)


def random_index(n: int) -> float:
    """The mean consistency index of random judgements about n criteria.

    Above ten criteria it is taken from a regression on many more random matrices: Saaty's table
    ends at 15, and falls from 11 to 12, which only its small sample can explain.

    Source: Saaty (1980); Alonso & Lamata (2006), International Journal of Uncertainty, Fuzziness
    and Knowledge-Based Systems 14(4), 445-459.
    """
    if n <= len(RANDOM_INDICES):
        return RANDOM_INDICES[n - 1]
    return (2.7699 * n - 4.3513 - n) / (n - 1)


def _worst_judgement(log_ratios: Floats, weights: Floats) -> Judgement:
    logs = np.log(weights)
    misfit = np.triu(np.abs(log_ratios - (logs[:, None] - logs[None, :])), k=1)
    row, column = (int(i) for i in np.unravel_index(int(np.argmax(misfit)), misfit.shape))
    given = float(np.exp(log_ratios[row, column]))
    return Judgement(row, column, given, float(weights[row] / weights[column]))
