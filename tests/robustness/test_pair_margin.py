"""A pair against its parts, and on values where rounding would decide."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.question import Question
from dashboard.robustness.combined_flip import CombinedFlip, NoFlip
from dashboard.robustness.pair_margin import pair_margin
from dashboard.robustness.score_lines import tree_nodes
from tests.report.questions import make_question


def nodes(question: Question) -> list[tuple[int, ...]]:
    return tree_nodes([len(branch.criteria) for branch in question.branches])


def test_the_better_one_comes_first_whichever_is_named_first(shipped: Question) -> None:
    evaluation = evaluate(shipped, equal_branch_points(shipped.branches))
    better, worse = evaluation.index("sanctuary"), evaluation.index("ngo-roles")
    for pair in (
        pair_margin(evaluation, better, worse, nodes(shipped)),
        pair_margin(evaluation, worse, better, nodes(shipped)),
    ):
        assert (pair.first, pair.second) == (better, worse)
        gap = evaluation.scores[better] - evaluation.scores[worse]
        assert pair.tornado.gap == pytest.approx(gap)
        assert len(pair.crossings) == len(shipped.criteria) + len(shipped.branches)
        assert isinstance(pair.flip, CombinedFlip)


def test_at_the_crossing_and_after_the_flip_the_two_are_level(shipped: Question) -> None:
    evaluation = evaluate(shipped, equal_branch_points(shipped.branches))
    first, second = evaluation.order[0], evaluation.order[-1]
    pair = pair_margin(evaluation, first, second, nodes(shipped))
    difference = evaluation.values[first] - evaluation.values[second]
    assert isinstance(pair.flip, CombinedFlip)
    assert difference @ pair.flip.least_moved.weights == pytest.approx(0, abs=1e-6)
    reached = 0
    for group, crossing in zip(nodes(shipped), pair.crossings, strict=True):
        if crossing.at is None:
            continue
        moved = evaluation.weights.copy()
        inside = np.isin(np.arange(len(moved)), group)
        moved[inside] *= crossing.at / moved[inside].sum()
        moved[~inside] *= (1 - crossing.at) / moved[~inside].sum()
        assert difference @ moved == pytest.approx(0, abs=1e-9)
        reached += 1
    assert reached > 3


def test_a_dominated_option_never_draws_level() -> None:
    question = make_question({"good": [8, 8, 8], "worse": [5, 5, 5]})
    evaluation = evaluate(question, equal_branch_points(question.branches))
    pair = pair_margin(evaluation, 0, 1, nodes(question))
    assert isinstance(pair.flip, NoFlip)
    assert pair.flip.margin == pytest.approx(30)
