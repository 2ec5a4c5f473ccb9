"""Who leads, and whether that lead counts: the one rule for all pages, rooms and documents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.methods.arrays import Floats, Ints
from dashboard.methods.evaluate import Valued, are_equal, equal_options
from dashboard.methods.ranks import best_first
from dashboard.methods.value_moments import Leads, ValueMoments

SCRIPT = Path(__file__).with_name("lead.js").read_text(encoding="utf-8")
"""The same rule for browsers, which follow it while a weight moves."""

NO_BANDS = "No score has a band, so how far scores may be off is unknown: no chance is claimed."
ADD_BANDS = (
    "To see how firm the order is, give scores a low and a high, or switch on the assumed band."
)


@dataclass(frozen=True)
class Lead:
    """Who leads under one set of weights, on best estimates.

    ``top`` : the leader's score. ``equal`` : several lead, with the same value and band on every
        criterion.
    ``runner_up`` : the next row; None where there is none.
    ``gap`` : what one leader is ahead of it by, on best estimates; 0 where several lead.
    ``mean``, ``error`` : the mean of that lead over the bands, and its error.
    ``near`` : rows over which the lead of some leader does not count, leaders included.
    ``known`` : False where no score has a band, so nothing is known of any error; then ``error``
        is 0 and nobody but the leaders is near.
    """

    leaders: tuple[int, ...]
    top: float
    equal: bool
    runner_up: int | None
    gap: float
    mean: float
    error: float
    near: tuple[int, ...]
    known: bool

    @property
    def decided(self) -> bool:
        """One leader, whose lead over the runner-up counts."""
        return len(self.leaders) == 1 and self.runner_up not in self.near

    @property
    def undecided(self) -> tuple[int, ...]:
        """Rows at the top that are too close to call, best first.

        None where one leader is clear, where nothing is known of any error, and where those that
        lead are equal and nobody else is near: then nothing is left to decide.
        """
        settled = self.clear or (self.equal and len(self.near) == len(self.leaders))
        return self.near if self.known and not settled else ()

    @property
    def clear(self) -> bool:
        """One leader, whose lead over every other option counts."""
        return len(self.leaders) == 1 and len(self.near) == 1


def lead(
    valued: Valued,
    weights: Floats,
    scores: Floats,
    ranks: Ints,
    moments: ValueMoments | None = None,
) -> Lead:
    """Who leads with these weights, and whether the lead counts.

    A lead counts if its mean over the bands is larger than 1.28 standard deviations of the
    difference of the two scores. So it depends on these two options and on no other.

    Parameters
    ----------
    valued : the (m, n) partial values behind the scores.
    weights : (n,) non-negative, sum 1.
    scores, ranks : (m,) under these weights, on best estimates.
    moments : of the values, where they are others than ``valued`` has.
    """
    moments = moments or valued.moments
    order = best_first(ranks)
    leaders = tuple(i for i in order if ranks[i] == 1)
    rest = order[len(leaders) :]
    runner_up = rest[0] if rest else None
    over = moments.leads(weights, leaders[0])
    counts = np.all([moments.leads(weights, row).decided for row in leaders], axis=0)
    near = [i for i in rest if not counts[i]]
    alone = len(leaders) == 1 and runner_up is not None
    return Lead(
        leaders=leaders,
        top=float(scores[leaders[0]]),
        equal=are_equal(valued, leaders),
        runner_up=runner_up,
        gap=float(scores[leaders[0]] - scores[runner_up]) if alone else 0.0,
        mean=float(over.mean[runner_up]) if alone else 0.0,
        error=float(over.error[runner_up]) if alone else 0.0,
        near=(*leaders, *near),
        known=moments.known,
    )


def clear_rows(over: Leads, ranks: Ints) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """(k,) whether the lead is clear under each of k sets of weights.

    Parameters
    ----------
    over : of the first of rank 1 under each, over all.
    ranks : (k, m) under them.
    """
    alone: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = (ranks == 1).sum(axis=1) == 1
    firsts, decided = np.argmin(ranks, axis=1), over.decided
    decided[np.arange(len(firsts)), firsts] = True
    return alone & decided.all(axis=1)


def moments_data(valued: Valued) -> dict[str, Any]:
    """What the script needs of the moments, as plain data with seven digits that count.

    ``alike`` has one number for all alternatives that are equal in every respect. ``shared`` has
    the fields of ``SharedErrors``.
    """
    moments, alike = valued.moments, list(range(len(valued.values)))
    for group in equal_options(valued):
        for row in group:
            alike[row] = group[0]

    def short(rows: Floats) -> list[list[float]]:
        return [[float(f"{value:.7g}") for value in row] for row in rows.tolist()]

    return {
        "known": moments.known,
        "alike": alike,
        "means": short(moments.mean),
        "variances": short(moments.variance),
        "shared": [
            [errors.column, errors.group.tolist(), short(errors.factors)]
            for errors in moments.shared
        ],
    }
