"""Other methods on the same question, to see whether the leader depends on the method.

All take the partial values and weights of the additive model; they differ in how they add up.
scikit-criteria does the work and is guarded: it is asked only what it can answer, its prints and
warnings are caught, and ranks are made here, with the tolerance and ties of the additive model.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dashboard.methods.arrays import Floats, Ints
from dashboard.methods.decision_matrix import decision_matrix
from dashboard.methods.evaluate import Evaluation
from dashboard.methods.ranks import competition_ranks
from dashboard.model.wording import counted

PRODUCT_FLOOR = 1.0
"""The weighted product takes a partial value of 0 as 1 point: a zero would erase the alternative
whatever its other values, and scikit-criteria refuses it."""


@dataclass(frozen=True, eq=False)
class Opinion:
    """What one method says: ranks (m,), or the reason why it could not run."""

    method: str
    idea: str
    ranks: Ints | None
    reason: str | None = None
    note: str | None = None

    def leads(self, index: int) -> bool:
        return self.ranks is not None and self.ranks[index] == 1


@dataclass(frozen=True)
class Agreement:
    """How many of the methods that could run put the additive leader first."""

    leading: int
    ran: int
    methods: int


def second_opinions(evaluation: Evaluation) -> tuple[Opinion, ...]:
    """The additive model's own answer first, then the weighted product, TOPSIS and VIKOR.

    Takes seconds at its first call, because it imports scikit-criteria.
    """
    additive = Opinion(
        "Weighted sum", "adds weighted values; it is the model used here", evaluation.ranks
    )
    return additive, *(
        _run(evaluation, method, idea, score, note)
        for method, idea, score, note in (
            ("Weighted product", "multiplies, so a very bad value weighs more", _product, _floored),
            (
                "TOPSIS",
                "looks for closeness to the best values present, and distance from the worst",
                _topsis,
                _none,
            ),
            ("VIKOR", "balances the group's loss and the largest single loss", _vikor, _none),
        )
    )


def agreement(evaluation: Evaluation, opinions: tuple[Opinion, ...]) -> Agreement:
    """Count the methods that put the first of the additive leaders first (alone or tied)."""
    leader = evaluation.order[0]
    ran = [opinion for opinion in opinions if opinion.ranks is not None]
    return Agreement(sum(o.leads(leader) for o in ran), len(ran), len(opinions))


def _run(
    evaluation: Evaluation,
    method: str,
    idea: str,
    score: Callable[[Evaluation], Floats],
    note: Callable[[Evaluation], str | None],
) -> Opinion:
    if len(evaluation.question.proposals) < 2:
        return Opinion(method, idea, None, "it compares alternatives, and there is only one")
    if np.ptp(evaluation.values[:, evaluation.weights > 0], axis=0).max() == 0:
        return Opinion(method, idea, None, "all alternatives have the same values")
    try:
        with (
            warnings.catch_warnings(),
            contextlib.redirect_stdout(io.StringIO()),
            np.errstate(all="ignore"),
        ):
            warnings.simplefilter("ignore")
            result = score(evaluation)
    except ValueError as error:
        return Opinion(method, idea, None, f"scikit-criteria refused the input: {error}")
    if not np.all(np.isfinite(result)):
        return Opinion(method, idea, None, "it gave no finite score for these values")
    return Opinion(method, idea, competition_ranks(result), note=note(evaluation))


def _none(_: Evaluation) -> str | None:
    return None


def _floored(evaluation: Evaluation) -> str | None:
    zeros = int(np.sum(evaluation.values[:, evaluation.weights > 0] < PRODUCT_FLOOR))
    if not zeros:
        return None
    values = counted(zeros, "partial value")
    return f"{values} below 1 point counted as 1, since a zero would erase a product"


def _product(evaluation: Evaluation) -> Floats:
    from skcriteria.agg.simple import WeightedProductModel  # noqa: PLC0415

    lifted = decision_matrix(evaluation).replace(
        matrix=np.maximum(evaluation.values, PRODUCT_FLOOR)
    )
    return np.asarray(WeightedProductModel().evaluate(lifted).e_.score, dtype=np.float64)


def _topsis(evaluation: Evaluation) -> Floats:
    from skcriteria.agg.similarity import TOPSIS  # noqa: PLC0415

    return np.asarray(
        TOPSIS().evaluate(decision_matrix(evaluation)).e_.similarity, dtype=np.float64
    )


def _vikor(evaluation: Evaluation) -> Floats:
    from skcriteria.agg.vikor import VIKOR  # noqa: PLC0415

    # Its default ranks the whole compromise set first; the distance Q itself gives the order.
    result = VIKOR(use_compromise_set=False).evaluate(decision_matrix(evaluation))
    return -np.asarray(result.e_.q_k, dtype=np.float64)
