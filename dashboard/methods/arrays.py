"""The arrays of a question, in the order of its proposals and criteria."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dashboard.model.bands import outside
from dashboard.model.question import Question

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Spread:
    """What is known of how performances lie around their bands.

    ``below``, ``above`` (m, n) : share of the distribution below low and above high.
    ``family`` (m, n) : 0 a band, 1 a normal, 2 a log-normal distribution with low and high as its
        10th and 90th percentiles.
    ``lower``, ``upper`` (n,) : hard bounds of each criterion; -inf and inf where there are none.
    ``group`` (m, n) : scores with the same number, which is 0 or more, have one error; -1 for a
        score with an error of its own.
    """

    below: Floats
    above: Floats
    family: Ints
    lower: Floats
    upper: Floats
    group: Ints


def plain_spread(shape: tuple[int, ...], outside: float = 0.1) -> Spread:
    """Bands from the 10th to the 90th percentile, without bounds and shared errors."""
    return Spread(
        below=np.full(shape, outside),
        above=np.full(shape, outside),
        family=np.zeros(shape, np.int64),
        lower=np.full(shape[-1], -np.inf),
        upper=np.full(shape[-1], np.inf),
        group=np.full(shape, -1, np.int64),
    )


@dataclass(frozen=True, eq=False)
class Performance:
    """Decision matrices (m, n) of raw performances in the unit of each criterion.

    Where nothing is ``stated`` of them, low and high are the 10th and the 90th percentile.
    """

    low: Floats
    likely: Floats
    high: Floats
    stated: Spread | None = None

    @cached_property
    def spread(self) -> Spread:
        """How performances lie around their bands."""
        return self.stated or plain_spread(self.likely.shape)

    def part(self, column: int, row: int | None = None) -> Performance:
        """One column, or one score of it, as matrices."""
        columns = slice(column, column + 1)
        at = (slice(None) if row is None else slice(row, row + 1), columns)
        held = self.spread
        return Performance(
            self.low[at],
            self.likely[at],
            self.high[at],
            Spread(
                held.below[at],
                held.above[at],
                held.family[at],
                held.lower[columns],
                held.upper[columns],
                held.group[at],
            ),
        )


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

    return Performance(matrix("low"), matrix("likely"), matrix("high"), _spread(question))


_FAMILIES = {None: 0, "normal": 1, "log-normal": 2}


def _spread(question: Question) -> Spread:
    rows, criteria = question.proposals, question.criteria
    scores = [[proposal.scores[criterion.id] for criterion in criteria] for proposal in rows]
    usual = question.context.bands
    shares = np.array([[outside(score.bands or usual) for score in row] for row in scores])
    return Spread(
        below=frozen(shares[:, :, 0].copy()),
        above=frozen(shares[:, :, 1].copy()),
        family=np.array([[_FAMILIES[score.family] for score in row] for row in scores]),
        lower=np.array([_or(c.lower_bound, -np.inf) for c in criteria]),
        upper=np.array([_or(c.upper_bound, np.inf) for c in criteria]),
        group=_groups(question),
    )


def _or(bound: float | None, otherwise: float) -> float:
    return otherwise if bound is None else bound


def _groups(question: Question) -> Ints:
    """(m, n) the number of the shared error that each score has part in; -1 for none."""
    group = np.full((len(question.proposals), len(question.criteria)), -1, dtype=np.int64)
    rows = {proposal.id: i for i, proposal in enumerate(question.proposals)}
    columns = {criterion.id: j for j, criterion in enumerate(question.criteria)}
    number = 0
    for shared in question.tree.shared_errors:
        # An option that has been withdrawn shares nothing any more.
        members = [rows[p] for p in shared.proposals or rows if p in rows]
        for criterion in shared.criteria:
            group[members, columns[criterion]] = number
            number += 1
    return group
