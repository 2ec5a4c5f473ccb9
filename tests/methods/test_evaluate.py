"""The additive model on the shipped question, against its fixtures and scikit-criteria."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from skcriteria.agg.simple import WeightedSumModel

from dashboard.methods.additive import by_branch, contributions, scores
from dashboard.methods.decision_matrix import decision_matrix
from dashboard.methods.evaluate import evaluate
from dashboard.methods.partial_values import partial_values
from dashboard.methods.weights import perspective_points
from dashboard.model.question import Question
from dashboard.model.settings import with_settings
from tests.conftest import fixture_json

PERSPECTIVES = [
    "ukraine",
    "interior",
    "nato-security",
    "finance",
    "human-rights",
    "emigres",
    "op-ed-authors",
    "equal-branches",
]


def points_of(question: Question, perspective: str) -> dict[str, float]:
    return perspective_points(question, question.perspective(perspective))


@pytest.mark.parametrize("perspective", PERSPECTIVES)
def test_totals_and_order_are_those_of_the_decision_model(
    shipped: Question, perspective: str
) -> None:
    expected = fixture_json("totals")[perspective]
    evaluation = evaluate(shipped, points_of(shipped, perspective))
    for index, proposal in enumerate(shipped.proposals):
        assert evaluation.scores[index] == pytest.approx(expected["scores"][proposal.id], abs=0.051)
    assert [shipped.proposals[i].id for i in evaluation.order] == expected["order"]
    assert sorted(evaluation.ranks.tolist()) == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("perspective", PERSPECTIVES)
def test_the_weighted_sum_of_scikit_criteria_gives_the_same_scores(
    shipped: Question, perspective: str
) -> None:
    evaluation = evaluate(shipped, points_of(shipped, perspective))
    result = WeightedSumModel().evaluate(decision_matrix(evaluation))
    assert result.e_.score == pytest.approx(evaluation.scores, abs=1e-9)
    assert result.rank_.tolist() == evaluation.ranks.tolist()


def test_the_decision_matrix_holds_raw_performances_with_directions(shipped: Question) -> None:
    evaluation = evaluate(shipped, points_of(shipped, "finance"))
    matrix = decision_matrix(evaluation, of="performances")
    assert matrix.alternatives.tolist() == [proposal.id for proposal in shipped.proposals]
    assert matrix.criteria.tolist() == [criterion.id for criterion in shipped.criteria]
    assert matrix.matrix.loc["capital-amnesty", "recovery-money"] == 400
    assert matrix.objectives["public-cost"].name == "MIN"
    assert matrix.objectives["ukraine-consent"].name == "MAX"
    assert matrix.weights.sum() == pytest.approx(1)


def test_contributions_add_up_to_scores_and_branches(shipped: Question) -> None:
    evaluation = evaluate(shipped, points_of(shipped, "emigres"))
    assert evaluation.contributions.sum(axis=1) == pytest.approx(evaluation.scores)
    assert evaluation.branch_contributions.sum(axis=1) == pytest.approx(evaluation.scores)
    assert evaluation.branch_weights.sum() == pytest.approx(1)
    row = evaluation.index("sanctuary")
    assert evaluation.branch_contributions[row, 0] == pytest.approx(
        evaluation.contributions[row, :5].sum()
    )


def test_a_hand_worked_case() -> None:
    values = np.array([[100.0, 0.0, 50.0], [0.0, 100.0, 50.0]])
    weights = np.array([0.5, 0.3, 0.2])
    assert contributions(values, weights).tolist() == [[50.0, 0.0, 10.0], [0.0, 30.0, 10.0]]
    assert scores(values, weights).tolist() == [60.0, 40.0]
    assert by_branch(contributions(values, weights), [2, 1]).tolist() == [
        [50.0, 10.0],
        [30.0, 10.0],
    ]


def test_arrays_that_do_not_fit_are_refused() -> None:
    values = np.ones((2, 3))
    with pytest.raises(ValueError, match="3 criteria, but 2 weights"):
        contributions(values, np.array([0.5, 0.5]))
    with pytest.raises(ValueError, match="weights must not be negative and must sum to 1"):
        contributions(values, np.array([0.5, 0.5, 0.5]))
    with pytest.raises(ValueError, match="branches hold 2 criteria, but there are 3"):
        by_branch(values, [1, 1])


@pytest.mark.parametrize("withdrawn", ["status-quo", "sanctions-revision", "sanctuary"])
@pytest.mark.parametrize("perspective", PERSPECTIVES)
def test_withdrawing_an_option_never_reorders_the_others(
    shipped: Question, perspective: str, withdrawn: str
) -> None:
    points = points_of(shipped, perspective)
    full = evaluate(shipped, points)
    rest = shipped.replace(proposals=tuple(p for p in shipped.proposals if p.id != withdrawn))
    fewer = evaluate(rest, points)
    before = [shipped.proposals[i].id for i in full.order if shipped.proposals[i].id != withdrawn]
    assert [rest.proposals[i].id for i in fewer.order] == before


def locally_scaled_order(question: Question, perspective: str) -> list[str]:
    """The order if anchors followed the options present, which they never do here."""
    evaluation = evaluate(question, points_of(question, perspective))
    raw, curves = evaluation.performance.likely, []
    for column, criterion in enumerate(question.criteria):
        low, high = raw[:, column].min(), raw[:, column].max()
        ends = (low, high) if criterion.direction == "max" else (high, low)
        curves.append(((ends[0], 0.0), (ends[1], 100.0)))
    total = partial_values(raw, curves) @ evaluation.weights
    return [question.proposals[i].id for i in np.argsort(-total)]


def without(question: Question, proposal: str) -> Question:
    return question.replace(proposals=tuple(p for p in question.proposals if p.id != proposal))


def test_local_scaling_would_swap_two_options_when_a_third_leaves(shipped: Question) -> None:
    """Why local scaling is banned: dropping the rival swaps Sanctuary and the status quo."""
    named = fixture_json("rank_reversal")
    before = locally_scaled_order(shipped, named["perspective"])
    after = locally_scaled_order(without(shipped, named["removed"]), named["perspective"])
    above, below = named["all_options"]["above"], named["all_options"]["below"]
    assert before.index(above) < before.index(below)
    assert after.index(below) < after.index(above)


def test_local_scaling_would_reorder_the_rest_under_seven_of_eight(shipped: Question) -> None:
    reordered = []
    for perspective in PERSPECTIVES:
        before = [p for p in locally_scaled_order(shipped, perspective) if p != "status-quo"]
        if before != locally_scaled_order(without(shipped, "status-quo"), perspective):
            reordered.append(perspective)
    expected = fixture_json("rank_reversal")["removing_status_quo_reorders_the_rest"]
    assert reordered == expected
    assert len(reordered) == 7


def test_the_settings_of_the_first_draft_put_the_status_quo_first_everywhere(
    shipped: Question,
) -> None:
    first_draft = with_settings(shipped, ["earlier-anchors", "status-quo-acts-at-once"])
    for perspective in PERSPECTIVES:
        leaders = evaluate(first_draft, points_of(first_draft, perspective)).leaders
        assert [leader.id for leader in leaders] == ["status-quo"]


def test_with_only_the_time_rule_set_back_the_status_quo_leads_under_five(
    shipped: Question,
) -> None:
    earlier_rule = with_settings(shipped, ["status-quo-acts-at-once"])
    led = [
        perspective
        for perspective in PERSPECTIVES
        if evaluate(earlier_rule, points_of(earlier_rule, perspective)).leaders[0].id
        == "status-quo"
    ]
    assert led == ["ukraine", "interior", "nato-security", "finance", "equal-branches"]


@given(st.permutations(range(7)), st.lists(st.floats(0.1, 100), min_size=14, max_size=14))
def test_the_order_of_the_files_changes_no_score(
    shipped: Question, order: list[int], points: list[float]
) -> None:
    given_points = dict(zip([c.id for c in shipped.criteria], points, strict=True))
    straight = evaluate(shipped, given_points)
    shuffled = shipped.replace(proposals=tuple(shipped.proposals[i] for i in order))
    mixed = evaluate(shuffled, given_points)
    assert mixed.scores == pytest.approx(straight.scores[order])
    assert mixed.ranks.tolist() == straight.ranks[order].tolist()
