"""What each override does, held against the same ranking without it."""

from __future__ import annotations

import pytest

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.overrides import Override, with_overrides
from dashboard.model.question import Question
from dashboard.robustness.what_if import as_written, override_effects
from tests.report.questions import make_question

QUESTION = make_question({"a": (9.0, 2.0), "b": (4.0, 6.0), "c": (0.0, 0.0)})
WORSE_A = Override("a", "criterion-0", 1.0, 1.0, 1.0, "too hopeful")
BETTER_C = Override("c", "criterion-1", 8.0, 8.0, 8.0, "too bleak")
POINTS = {"criterion-0": 3.0, "criterion-1": 1.0}


def under(*overrides: Override) -> Evaluation:
    return evaluate(with_overrides(QUESTION, overrides), POINTS)


def test_an_effect_is_score_rank_and_lead_with_and_without() -> None:
    (effect,) = override_effects(under(WORSE_A))
    assert effect.overridden.override == WORSE_A
    assert (effect.score_without, effect.score) == (72.5, 12.5)
    assert (effect.rank_without, effect.rank) == (1, 2)
    assert (effect.leaders_without, effect.leaders) == (("a",), ("b",))
    assert effect.changes_leader


def test_each_is_taken_back_alone() -> None:
    first, second = override_effects(under(WORSE_A, BETTER_C))
    assert (first.score_without, first.score, first.rank_without, first.rank) == (72.5, 12.5, 1, 3)
    assert (second.score_without, second.score) == (0.0, 20.0)
    assert (second.rank_without, second.rank, second.changes_leader) == (3, 2, False)


def test_an_effect_is_that_of_evaluating_again(shipped: Question) -> None:
    overrides = [
        Override("capital-amnesty", "recovery-money", 400.0, 1800.0, 3000.0, "new figures"),
        Override("sanctuary", "public-cost", 0.0, 10.0, 20.0, "cheaper"),
        Override("status-quo", "time-to-effect", 0.0, 0.0, 0.0, "at once"),
    ]
    points = equal_branch_points(shipped.branches)
    effects = override_effects(evaluate(with_overrides(shipped, overrides), points))
    for left_out, effect in zip(overrides, effects, strict=True):
        rest = [o for o in overrides if o != left_out]
        again = evaluate(with_overrides(shipped, rest), points)
        row = again.index(left_out.proposal)
        assert effect.score_without == pytest.approx(again.scores[row], abs=1e-9)
        assert effect.rank_without == again.ranks[row]
        assert effect.leaders_without == tuple(p.id for p in again.leaders)


def test_as_written_keeps_the_weights() -> None:
    both = under(WORSE_A, BETTER_C)
    assert as_written(both).scores.tolist() == [72.5, 45.0, 0.0]
    assert as_written(both).question.overrides == ()


def test_without_overrides_there_are_no_effects() -> None:
    assert override_effects(evaluate(QUESTION, POINTS)) == ()
