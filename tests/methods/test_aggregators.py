"""Sum, geometric mean and minimum inside a branch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import gmean

from dashboard.methods.additive import scores
from dashboard.methods.aggregators import aggregated_scores, branch_values
from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import evaluate
from dashboard.methods.ranks import best_first, competition_ranks
from dashboard.methods.weights import perspective_points
from dashboard.model.question import Question
from dashboard.model.value_tree import Aggregator
from tests.conftest import fixture_json

AGGREGATORS: list[Aggregator] = ["sum", "geometric", "minimum"]
THREE_RULES: list[list[Aggregator]] = [["sum"], ["geometric"], ["minimum"]]


@pytest.mark.parametrize("aggregator", AGGREGATORS)
@pytest.mark.parametrize("perspective", sorted(fixture_json("leaders_by_aggregator")))
def test_leaders_are_those_of_the_decision_model(
    shipped: Question, perspective: str, aggregator: Aggregator
) -> None:
    points = perspective_points(shipped, shipped.perspective(perspective))
    evaluation = evaluate(shipped, points)
    rules: list[Aggregator] = [
        aggregator if aggregator in branch.aggregators else "sum" for branch in shipped.branches
    ]
    sizes = [len(branch.criteria) for branch in shipped.branches]
    total = aggregated_scores(evaluation.values, evaluation.weights, sizes, rules)
    ranks = competition_ranks(total)
    leader = shipped.proposals[best_first(ranks)[0]].id
    assert leader == fixture_json("leaders_by_aggregator")[perspective][aggregator]
    assert (ranks == 1).sum() == 1


def test_a_hand_worked_case() -> None:
    """Branch one has 4 and 9 in equal parts and half of the weight, branch two has 50."""
    values, weights = np.array([[4.0, 9.0, 50.0]]), np.array([0.25, 0.25, 0.5])
    worth = [branch_values(values, weights, [2, 1], [rule, "sum"])[0, 0] for rule in AGGREGATORS]
    assert worth == pytest.approx([6.5, 6.0, 4.0], abs=1e-12)
    total = [aggregated_scores(values, weights, [2, 1], [rule, "sum"])[0] for rule in AGGREGATORS]
    assert total == pytest.approx([28.25, 28.0, 27.0], abs=1e-12)


def test_unequal_weights_are_exponents() -> None:
    """8 ** (2/3) * 27 ** (1/3) = 4 * 3."""
    worth = branch_values(np.array([[8.0, 27.0]]), np.array([2 / 3, 1 / 3]), [2], ["geometric"])
    assert worth[0, 0] == pytest.approx(12, abs=1e-12)


def test_a_zero_erases_the_branch_in_product_and_minimum_but_only_if_it_has_weight() -> None:
    values = np.array([[0.0, 80.0]])
    for rule, with_weight in zip(THREE_RULES, (60.0, 0.0, 0.0), strict=True):
        some = branch_values(values, np.array([0.25, 0.75]), [2], rule)
        none = branch_values(values, np.array([0.0, 1.0]), [2], rule)
        assert some[0, 0] == with_weight
        assert none[0, 0] == pytest.approx(80, abs=1e-12)


def test_a_branch_without_weight_has_a_value_and_adds_nothing() -> None:
    values, weights = np.array([[4.0, 9.0, 50.0]]), np.array([0.0, 0.0, 1.0])
    rules: list[list[Aggregator]] = [["sum", "sum"], ["geometric", "sum"], ["minimum", "sum"]]
    worth = [branch_values(values, weights, [2, 1], rule)[0, 0] for rule in rules]
    assert worth == pytest.approx([6.5, 6.0, 4.0], abs=1e-12)
    assert [aggregated_scores(values, weights, [2, 1], rule)[0] for rule in rules] == [50.0] * 3


def test_the_tiniest_weights_keep_their_proportions() -> None:
    values, weights = np.array([[8.0, 27.0, 50.0]]), np.array([2e-310, 1e-310, 1.0])
    worth = branch_values(values, weights, [2, 1], ["geometric", "sum"])
    assert worth[0, 0] == pytest.approx(12, abs=1e-9)


# A quarter of the least number there is would be 0, which is another case than a small one.
MANY = arrays(np.float64, (5, 6), elements=st.floats(0, 100, allow_subnormal=False))
POSITIVE = arrays(np.float64, 6, elements=st.floats(0.01, 1))


@given(MANY, POSITIVE)
def test_sum_is_the_additive_model_and_never_below_geometric_nor_that_below_minimum(
    values: Floats, raw: Floats
) -> None:
    weights = raw / raw.sum()
    total = aggregated_scores(values, weights, [2, 4], ["sum", "sum"])
    assert total == pytest.approx(scores(values, weights), abs=1e-9)
    worth = [branch_values(values, weights, [2, 4], [rule, rule]) for rule in AGGREGATORS]
    assert np.all(worth[0] >= worth[1] - 1e-9)
    assert np.all(worth[1] >= worth[2] - 1e-9)


@given(MANY, POSITIVE)
def test_the_geometric_mean_is_that_of_scipy(values: Floats, raw: Floats) -> None:
    values = np.maximum(values, 1e-3)
    worth = branch_values(values, raw / raw.sum(), [6], ["geometric"])[:, 0]
    assert worth == pytest.approx(gmean(values, axis=1, weights=raw), rel=1e-9)


@given(MANY, POSITIVE, st.permutations(range(6)))
def test_scaling_goes_through_and_the_order_of_leaves_does_not_matter(
    values: Floats, raw: Floats, order: list[int]
) -> None:
    weights = raw / raw.sum()
    for rule in THREE_RULES:
        straight = branch_values(values, weights, [6], rule)
        assert branch_values(values / 4, weights, [6], rule) == pytest.approx(straight / 4)
        mixed = branch_values(values[:, order], weights[order], [6], rule)
        assert mixed == pytest.approx(straight)


def test_sixty_criteria_and_two_hundred_options() -> None:
    values = np.full((200, 60), 25.0)
    for rule in AGGREGATORS:
        total = aggregated_scores(values, np.full(60, 1 / 60), [20, 40], [rule, rule])
        assert total == pytest.approx(np.full(200, 25.0))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"values": np.ones((2, 2))}, r"values of shape \(2, 2\) do not fit 3 weights"),
        ({"sizes": [2, 2]}, r"branches of \[2, 2\] criteria do not hold 3 criteria"),
        ({"sizes": [3, 0]}, r"branches of \[3, 0\] criteria do not hold 3 criteria"),
        ({"aggregators": ["sum"]}, "2 branches, but 1 aggregators"),
        ({"aggregators": ["sum", "mean"]}, "unknown aggregator 'mean': use sum, geometric"),
        ({"values": np.array([[1.0, -1.0, 1.0]])}, "values must be finite and not negative"),
        ({"values": np.array([[1.0, np.nan, 1.0]])}, "values must be finite and not negative"),
        ({"weights": np.zeros(3)}, "weights must not be negative and must sum to 1"),
        ({"weights": np.array([1.5, -0.5, 0.0])}, "weights must not be negative"),
    ],
)
def test_what_does_not_fit_is_refused(changes: dict[str, object], message: str) -> None:
    given = {
        "values": np.ones((1, 3)),
        "weights": np.full(3, 1 / 3),
        "sizes": [2, 1],
        "aggregators": ["sum", "minimum"],
    }
    with pytest.raises(ValueError, match=message):
        aggregated_scores(**(given | changes))  # type: ignore[arg-type]
