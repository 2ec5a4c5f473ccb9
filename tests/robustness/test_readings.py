"""Readings of the weights: exact shares where they are known, and statements that fail."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.question import Question
from dashboard.model.statements_file import WeightStatements
from dashboard.robustness.acceptability import Sampling
from dashboard.robustness.readings import ScoreErrors, sample, stated_weights
from dashboard.robustness.weight_sampling import sample_weights
from dashboard.robustness.workers import Workers
from tests.fitted import with_limits

SAMPLES = Sampling(samples=6_400, seed=2)


def test_statements_hold_in_every_sample(shipped: Question) -> None:
    ids = [criterion.id for criterion in shipped.criteria]
    stated = WeightStatements(("penetration", "public-cost"), {"ukraine-consent": (10.0, 30.0)})
    weights = sample_weights(stated_weights(shipped, stated, 0), 5_000, 1)
    consent = weights[:, ids.index("ukraine-consent")]
    assert 0.10 <= consent.min() < 0.102
    assert consent.max() <= 0.30
    more, less = weights[:, ids.index("penetration")], weights[:, ids.index("public-cost")]
    assert np.all(more >= less)
    assert weights.sum(axis=1) == pytest.approx(1)


def test_a_whole_order_is_sampled_exactly(shipped: Question) -> None:
    ids = tuple(criterion.id for criterion in shipped.criteria)
    weights = sample_weights(stated_weights(shipped, WeightStatements(ids), 0), 2_000, 1)
    assert np.all(np.diff(weights, axis=1) <= 0)


@pytest.mark.parametrize(
    ("between", "words"),
    [
        (
            {"ukraine-consent": (60.0, 70.0), "public-cost": (50.0, 60.0)},
            "no weights .* fulfil: ukraine-consent >= 0.6; public-cost >= 0.5",
        ),
        ({"public-cost": (20.0, 20.0)}, "leave no width to at least one weight"),
    ],
)
def test_statements_that_leave_nothing_are_refused(
    between: dict[str, tuple[float, float]], words: str, shipped: Question
) -> None:
    with pytest.raises(ValueError, match=words):
        stated_weights(shipped, WeightStatements((), between), 0)


def test_perspectives_count_equally_each_with_its_own_scores(shipped: Question) -> None:
    """With 6,400 samples each of the eight has 800."""
    evaluation = evaluate(shipped, equal_branch_points(shipped.branches))
    found = sample(evaluation, SAMPLES, Workers(), ScoreErrors())
    keys = [key for key, _, _ in found.readings()]
    assert keys == ["given_weights", "weights_nearby", "same_order", "all_weights", "perspectives"]
    assert found.perspectives is not None
    assert found.perspectives.ranks.value.sum(axis=1) == pytest.approx(1)


def test_pert_spreads_the_scores_less_than_triangular_between_the_same_limits(
    shipped: Question,
) -> None:
    evaluation = evaluate(with_limits(shipped), equal_branch_points(shipped.branches))
    width = {}
    for errors in (ScoreErrors(), ScoreErrors("pert"), ScoreErrors("triangular", 0.5)):
        low, high = sample(evaluation, SAMPLES, Workers(), errors).scores.band
        width[errors] = float((high.value - low.value).mean())
    plain, pert, together = width.values()
    assert pert < plain < together


def test_the_readings_tell_their_progress_as_one_run(shipped: Question) -> None:
    evaluation = evaluate(shipped, equal_branch_points(shipped.branches))
    told: list[float] = []
    workers = Workers(count=1, progress=lambda done, of: told.append(done / of))
    sample(evaluation, Sampling(500, 0), workers, ScoreErrors())
    assert told == pytest.approx([part / 10 for part in range(2, 11)])  # the first has one pass
