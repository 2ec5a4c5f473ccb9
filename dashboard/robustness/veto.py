"""Veto thresholds: a good total must not hide a performance that nobody could accept."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.methods.arrays import performance
from dashboard.methods.distributions import Distribution, share_beyond
from dashboard.model.question import Question
from dashboard.model.value_tree import Criterion


class Veto(NamedTuple):
    """How one alternative stands to the veto threshold of one criterion, by index.

    ``holds`` is for the likely performance, ``probability`` for the distribution around it.
    """

    alternative: int
    criterion: int
    threshold: float
    holds: bool
    probability: float


def meets(criterion: Criterion, performance: float) -> bool:
    """Whether a performance reaches the criterion's ``veto``; one that is equal does."""
    if criterion.veto is None:
        return True
    more = criterion.direction == "max"
    return performance >= criterion.veto if more else performance <= criterion.veto


def vetoes(question: Question, distribution: Distribution = "triangular") -> tuple[Veto, ...]:
    """Every alternative on every criterion that has a threshold; empty where none has.

    Parameters
    ----------
    distribution : the family that is fitted to the bands.
    """
    if all(criterion.veto is None for criterion in question.criteria):
        return ()
    raw = performance(question)
    return tuple(
        Veto(
            row,
            column,
            criterion.veto,
            meets(criterion, float(raw.likely[row, column])),
            share_beyond(
                raw.part(column, row),
                criterion.veto,
                distribution,
                more=criterion.direction == "max",
            ),
        )
        for column, criterion in enumerate(question.criteria)
        if criterion.veto is not None
        for row in range(len(question.proposals))
    )
