"""The arrays of a question, in the order of its proposals and criteria."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.model.question import Question

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Performance:
    """Decision matrices (m, n) of raw performances in the unit of each criterion."""

    low: Floats
    likely: Floats
    high: Floats


def frozen(array: Floats) -> Floats:
    """The same array, safe to hand around."""
    array.setflags(write=False)
    return array


def performance(question: Question) -> Performance:
    """The raw performances of a question as written, before any anchor is applied."""

    def matrix(key: str) -> Floats:
        rows = [
            [getattr(proposal.scores[criterion.id], key) for criterion in question.criteria]
            for proposal in question.proposals
        ]
        return frozen(np.array(rows, dtype=np.float64))

    return Performance(matrix("low"), matrix("likely"), matrix("high"))
