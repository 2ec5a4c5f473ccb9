"""Veto thresholds: a good total must not hide a performance that nobody could accept."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.model.proposals import Band
from dashboard.model.question import Question


class Veto(NamedTuple):
    """How one alternative stands to the veto threshold of one criterion, by index.

    ``holds`` is for the likely performance; ``probability`` for a triangular one over the band.
    """

    alternative: int
    criterion: int
    threshold: float
    holds: bool
    probability: float


def vetoes(question: Question) -> tuple[Veto, ...]:
    """Every alternative on every criterion that has a threshold; empty where none has."""
    return tuple(
        Veto(row, column, criterion.veto, holds, probability)
        for column, criterion in enumerate(question.criteria)
        if criterion.veto is not None
        for row, proposal in enumerate(question.proposals)
        for holds, probability in [
            meets(proposal.scores[criterion.id], criterion.veto, more=criterion.direction == "max")
        ]
    )


def meets(band: Band, threshold: float, *, more: bool) -> tuple[bool, float]:
    """Whether the likely performance meets a threshold, and how probably any does.

    Parameters
    ----------
    band : low, likely and high: the ends and the mode of a triangular distribution.
    threshold : in the unit of the criterion; a performance equal to it meets it.
    more : the threshold is a least performance; otherwise it is a largest one.

    Returns
    -------
    Whether it holds at the likely performance, and the probability from 0 to 1.
    """
    below = triangular_share(band, threshold)
    at_one_point = band.low == band.high == threshold
    if more:
        return band.likely >= threshold, 1.0 if at_one_point else 1 - below
    return band.likely <= threshold, 1.0 if at_one_point else below


def triangular_share(band: Band, at: float) -> float:
    """The share of a triangular distribution up to ``at``; a step where the band has no width."""
    low, likely, high = band.low, band.likely, band.high
    if at < low:
        return 0.0
    if at >= high:
        return 1.0
    if at <= likely:
        return (at - low) ** 2 / ((high - low) * (likely - low)) if likely > low else 0.0
    return 1 - (high - at) ** 2 / ((high - low) * (high - likely))
