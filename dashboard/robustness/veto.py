"""Veto thresholds: a good total must not hide a performance that nobody could accept."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.methods.arrays import performance
from dashboard.methods.distributions import share_beyond
from dashboard.model.question import Question


class Veto(NamedTuple):
    """How one alternative stands to the veto threshold of one criterion, by index.

    ``holds`` is for the likely performance, ``probability`` for the distribution around it.
    """

    alternative: int
    criterion: int
    threshold: float
    holds: bool
    probability: float


def vetoes(question: Question) -> tuple[Veto, ...]:
    """Every alternative on every criterion that has a threshold; empty where none has.

    ``holds`` compares the best estimate with the threshold; equal meets it.
    """
    if all(criterion.veto is None for criterion in question.criteria):
        return ()
    raw = performance(question)
    return tuple(
        Veto(row, column, criterion.veto, holds, probability)
        for column, criterion in enumerate(question.criteria)
        if criterion.veto is not None
        for more in [criterion.direction == "max"]
        for row in range(len(question.proposals))
        for likely in [float(raw.likely[row, column])]
        for holds in [likely >= criterion.veto if more else likely <= criterion.veto]
        for probability in [share_beyond(raw, row, column, criterion.veto, more=more)]
    )
