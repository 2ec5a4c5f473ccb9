"""How often each option comes first at given weights, when scores are drawn from their bands."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from statistics import NormalDist
from threading import Lock
from typing import NamedTuple

import numpy as np

from dashboard.methods.arrays import Floats
from dashboard.methods.value_moments import DECIDED, ValueMoments
from dashboard.model.question import Question
from dashboard.robustness.acceptability import Sampling, acceptability
from dashboard.robustness.readings import ScoreErrors, question_tables
from dashboard.robustness.sample_problem import Measures
from dashboard.robustness.weight_sampling import ballot_weights
from dashboard.robustness.workers import Workers

SAMPLES = 20_000
_FIRST_ONLY = Measures(central_weights=False, pairwise=False, bands=False, places=1)
_SURELY = 0.4
"""Where all rivals together are ahead less often than this, the leader comes first most often."""

_KEPT = 256


class OftenerFirst(NamedTuple):
    """An option that comes first in more samples than any leader on best estimates.

    ``leader_share`` is that of the leader which comes first most often.
    """

    row: int
    share: float
    leader_share: float


def oftener_first(
    question: Question,
    moments: ValueMoments,
    weights: Floats,
    leaders: Sequence[int],
    errors: ScoreErrors | None = None,
) -> OftenerFirst | None:
    """The option that comes first most often, if no leader on best estimates does.

    Parameters
    ----------
    moments : of the question under ``errors``.
    weights : (n,) non-negative, sum 1.
    leaders : the rows that lead on best estimates.
    errors : how scores err; triangular and independent by default.

    Returns
    -------
    None where a leader comes first most often, or where the difference is within two standard
    errors of the sampling: 20,000 samples of seed 0, so the same question gets the same answer.
    """
    if not moments.known or len(moments.mean) == len(leaders):
        return None
    if len(leaders) == 1 and _surely_first(moments, weights, leaders[0]):
        return None
    shares = first_places(question, weights, errors or ScoreErrors())
    most, share = int(np.argmax(shares)), float(shares[list(leaders)].max())
    ahead = float(shares[most]) - share
    noise = float(np.sqrt((shares[most] + share) / SAMPLES))
    if most in leaders or ahead <= 2 * noise:
        return None
    return OftenerFirst(most, float(shares[most]), share)


def _surely_first(moments: ValueMoments, weights: Floats, leader: int) -> bool:
    over = moments.leads(weights, leader)
    others = np.arange(len(over.mean)) != leader
    sd = over.error[others] / DECIDED
    mean = over.mean[others]
    behind = [
        NormalDist().cdf(-m / s) if s > 0 else float(m <= 0)
        for m, s in zip(mean.tolist(), sd.tolist(), strict=True)
    ]
    return sum(behind) < _SURELY


_found: OrderedDict[tuple[str, bytes, ScoreErrors], Floats] = OrderedDict()
_lock = Lock()


def first_places(question: Question, weights: Floats, errors: ScoreErrors) -> Floats:
    """(m,) the share of samples in which each option comes first; ties count for each."""
    key = question.fingerprint, weights.tobytes(), errors
    with _lock:
        if (known := _found.get(key)) is not None:
            _found.move_to_end(key)
            return known
    found = acceptability(
        question_tables(question, errors),
        ballot_weights(weights[None, :]),
        Sampling(SAMPLES, 0),
        _FIRST_ONLY,
        Workers(count=1),
    ).ranks.value[:, 0]
    with _lock:
        _found[key] = found
        while len(_found) > _KEPT:
            _found.popitem(last=False)
    return found
