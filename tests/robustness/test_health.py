"""Health checks: each finding, from a question that has it and from one that does not."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import pearsonr

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import perspective_points
from dashboard.model.question import Question
from dashboard.model.value_tree import Overlap
from dashboard.robustness.health import Finding, correlated, health_checks, judgement_weights
from tests.conftest import fixture_json
from tests.fitted import lead_over
from tests.report.questions import make_question


def findings(
    question: Question, kind: str, points: dict[str, float] | None = None
) -> list[Finding]:
    given_points = points or perspective_points(question, question.perspective("equal-branches"))
    return [f for f in health_checks(evaluate(question, given_points)) if f.kind == kind]


def with_likely(question: Question, numbers: dict[tuple[str, str], float]) -> Question:
    """The question with single performances replaced, their bands shrunk to them."""
    proposals = []
    for proposal in question.proposals:
        scores = dict(proposal.scores)
        for (who, criterion), x in numbers.items():
            if who == proposal.id:
                band = {"low": x, "likely": x, "high": x}
                scores[criterion] = scores[criterion].model_copy(update=band)
        proposals.append(proposal.model_copy(update={"scores": scores}))
    return question.replace(proposals=tuple(proposals))


def test_the_shipped_question_has_neither_dominance_nor_idle_criteria(shipped: Question) -> None:
    for kind in ("dominated", "constant-criterion", "tiny-range"):
        assert findings(shipped, kind) == []


def test_a_dominated_option_is_named_with_all_that_dominate_it(shipped: Question) -> None:
    worst = {("ngo-roles", criterion.id): float(criterion.worst) for criterion in shipped.criteria}
    [finding] = findings(with_likely(shipped, worst), "dominated")
    assert finding.subjects[0] == "ngo-roles"
    assert set(finding.subjects[1:]) == {p.id for p in shipped.proposals} - {"ngo-roles"}
    assert finding.severity == "warning"
    assert finding.sentence == (
        "On best estimates NGO roles is nowhere better and somewhere worse than Status quo, "
        "Sanctuary, Capital amnesty, Finance advisers, NATO integration and Sanctions revision: "
        "only errors in the scores, and no weights, could put it above."
    )


def test_a_constant_criterion_is_named_with_its_idle_weight(shipped: Question) -> None:
    same = {(proposal.id, "ukraine-consent"): 40.0 for proposal in shipped.proposals}
    [finding] = findings(with_likely(shipped, same), "constant-criterion")
    assert finding.subjects == ("ukraine-consent",)
    assert finding.severity == "warning"
    assert finding.sentence == (
        f"All options are worth the same on {shipped.criterion('ukraine-consent').label}: its "
        "weight of 10 % decides nothing between them."
    )


def test_a_constant_criterion_without_weight_is_only_a_note(shipped: Question) -> None:
    same = {(proposal.id, "ukraine-consent"): 40.0 for proposal in shipped.proposals}
    points = {c.id: 0.0 if c.id == "ukraine-consent" else 1.0 for c in shipped.criteria}
    [finding] = findings(with_likely(shipped, same), "constant-criterion", points)
    assert finding.severity == "note"


def test_a_tiny_range_is_below_ten_points(shipped: Question) -> None:
    """Consent runs from 0 to 100 percent, so percent are points."""
    near = {(proposal.id, "ukraine-consent"): 40.0 for proposal in shipped.proposals}
    nine = with_likely(shipped, near | {("sanctuary", "ukraine-consent"): 49.0})
    ten = with_likely(shipped, near | {("sanctuary", "ukraine-consent"): 50.0})
    [finding] = findings(nine, "tiny-range")
    assert finding.subjects == ("ukraine-consent",)
    assert "differ by no more than 9 points of the 100 between its anchors" in finding.sentence
    assert findings(ten, "tiny-range") == []


def test_near_ties_are_neighbours_whose_lead_does_not_count(shipped: Question) -> None:
    """Ukraine's perspective: 48.2, 46.7, 44.7, 40.0, 38.9, 38.8, 32.8."""
    points = perspective_points(shipped, shipped.perspective("ukraine"))
    evaluation = evaluate(shipped, points)
    near = findings(shipped, "near-tie", points)
    order = fixture_json("totals")["ukraine"]["order"]
    errors = {pair: lead_over(evaluation, *pair) for pair in pairwise(order)}
    assert [finding.subjects for finding in near] == [
        pair for pair, (mean, error) in errors.items() if mean <= error
    ]
    assert [finding.severity for finding in near] == ["warning"] + ["note"] * (len(near) - 1)
    assert errors["status-quo", "nato-integration"][1] == pytest.approx(6.831, abs=0.001)
    assert near[0].sentence == (
        "Status quo and NATO integration are 1.6 points apart (48.2 against 46.7, rounded), and "
        "the uncertainty of their difference is 7 points: their order is too close to call."
    )


def test_where_both_round_to_the_same_whole_number_a_decimal_tells_them_apart() -> None:
    # Symmetric triangles of half base a, with 10 % outside 0.1 on a scale of 10, so 1 point:
    # a = 1 / (1 - sqrt(0.2)), and 1.28 standard deviations of the difference are 1.28 a / sqrt(3).
    error = 1.28 / (1 - 0.2**0.5) / 3**0.5
    assert error == pytest.approx(1.337, abs=0.001)
    question = make_question({"soup": [6.12], "stew": [6.0]}, spread=0.1)
    (finding,) = findings(question, "near-tie", {"criterion-0": 1.0})
    assert finding.sentence == (
        "soup and stew are 1.2 points apart, and the uncertainty of their difference is 1.3 "
        "points: their order is too close to call."
    )
    apart = make_question({"soup": [6.14], "stew": [6.0]}, spread=0.1)
    assert findings(apart, "near-tie", {"criterion-0": 1.0}) == []


def test_without_bands_only_true_ties_are_near(shipped: Question) -> None:
    exact = {
        (proposal.id, criterion): score.likely
        for proposal in shipped.proposals
        for criterion, score in proposal.scores.items()
    }
    question = with_likely(shipped, exact)
    assert findings(question, "near-tie") == []
    twin = question.proposal("sanctuary").model_copy(update={"id": "twin", "short_name": "Twin"})
    [finding] = findings(question.replace(proposals=(*question.proposals, twin)), "near-tie")
    assert finding.subjects == ("sanctuary", "twin")
    assert finding.severity == "warning"
    assert finding.sentence == (
        "Sanctuary and Twin are equal on every criterion: nothing here puts one before the other."
    )


def test_suspected_double_counting_names_the_pair(shipped: Question) -> None:
    """Section 6: percent of the pool, and EUR m on a curve bent at 400, correlated by scipy."""
    [finding] = findings(shipped, "double-counting")
    assert finding.subjects == ("wealth-security", "recovery-money")
    pool = [6, 7, 22, 7, 10, 8, 20]
    money = [5, 5, 400, 5, 10, 5, 150]
    r = pearsonr(pool, [euros / 8 for euros in money]).statistic
    assert f"(correlation {r:.3f}): one effect may be counted twice." in finding.sentence
    assert f"{r:.3f}" == "0.901"
    assert finding.severity == "warning"


def test_a_registered_overlap_is_only_a_note(shipped: Question) -> None:
    overlap = Overlap(
        criteria=("recovery-money", "wealth-security"), link="Money.", guard="A guard."
    )
    tree = shipped.tree.model_copy(update={"overlaps": (overlap,)})
    [finding] = findings(shipped.replace(tree=tree), "double-counting")
    assert finding.severity == "note"
    assert finding.sentence.endswith("the register of overlaps says what keeps them apart.")


def test_a_criterion_without_weight_is_not_counted_twice(shipped: Question) -> None:
    points = {c.id: 0.0 if c.id == "recovery-money" else 1.0 for c in shipped.criteria}
    assert findings(shipped, "double-counting", points) == []


def test_the_weight_on_judgement_alone_is_the_mean_over_options(shipped: Question) -> None:
    points = perspective_points(shipped, shipped.perspective("ukraine"))
    evaluation = evaluate(shipped, points)
    by_hand = [
        sum(points[c] for c, s in p.scores.items() if s.evidence_class == ("judgement",))
        / sum(points.values())
        for p in shipped.proposals
    ]
    assert judgement_weights(evaluation) == pytest.approx(by_hand)
    [finding] = findings(shipped, "judgement-weight", points)
    assert finding.subjects == ("ngo-roles",)
    assert finding.severity == "note"
    assert finding.sentence == (
        "26 % of the weight rests on judgement alone on average, and most for NGO roles (47 %)."
    )
    assert round(100 * sum(by_hand) / 7) == 26
    assert round(100 * max(by_hand)) == 47


@pytest.mark.parametrize(("classes", "count"), [(("judgement",), 1), (("source",), 0)])
def test_all_or_nothing_on_judgement(
    shipped: Question, classes: tuple[str, ...], count: int
) -> None:
    proposals = tuple(
        p.model_copy(
            update={
                "scores": {
                    c: s.model_copy(update={"evidence_class": classes}) for c, s in p.scores.items()
                }
            }
        )
        for p in shipped.proposals
    )
    found = findings(shipped.replace(proposals=proposals), "judgement-weight")
    assert len(found) == count
    for finding in found:
        assert finding.sentence == "100 % of the weight rests on judgement alone."
        assert finding.severity == "warning"


@pytest.mark.parametrize("perspective", sorted(fixture_json("branch_shares")))
def test_branches_above_forty_percent_are_those_of_the_decision_model(
    shipped: Question, perspective: str
) -> None:
    points = perspective_points(shipped, shipped.perspective(perspective))
    found = findings(shipped, "heavy-branch", points)
    expected = {b: s for b, s in fixture_json("branch_shares")[perspective].items() if s > 40}
    assert {finding.subjects[0]: finding.sentence.split()[2] for finding in found} == {
        branch: str(share) for branch, share in expected.items()
    }


def test_exactly_forty_percent_is_not_above_it(shipped: Question) -> None:
    shares = {"defection-incentive": 40.0, "security-integrity": 30.0, "strategic-yield": 30.0}
    points = {
        c.id: shares.get(b.id, 0.0) / len(b.criteria) for b in shipped.branches for c in b.criteria
    }
    assert findings(shipped, "heavy-branch", points) == []


def test_one_branch_holds_all_weight_without_a_finding(shipped: Question) -> None:
    tree = shipped.tree.model_copy(update={"branches": shipped.branches[:1]})
    points = {criterion.id: 1.0 for criterion in shipped.branches[0].criteria}
    assert findings(shipped.replace(tree=tree), "heavy-branch", points) == []


def test_benefit_is_set_against_cost_in_a_sentence(shipped: Question) -> None:
    points = perspective_points(shipped, shipped.perspective("human-rights"))
    [finding] = findings(shipped, "benefit-against-cost", points)
    assert finding.subjects == ("status-quo", "sanctuary")
    assert finding.sentence == (
        "Benefit without cost, set against Public cost: efficient are Status quo and Sanctuary; "
        "Capital amnesty, Finance advisers and Sanctions revision give no more than Status quo and "
        "cost no less; NGO roles and NATO integration give no more than Sanctuary and cost no less."
    )


def test_one_option_alone_has_nothing_to_be_compared_with(shipped: Question) -> None:
    alone = shipped.replace(proposals=(shipped.proposal("sanctuary"),))
    points = perspective_points(shipped, shipped.perspective("ukraine"))
    kinds = {finding.kind for finding in health_checks(evaluate(alone, points))}
    assert kinds == {"judgement-weight"}


VALUES = arrays(np.float64, (6, 4), elements=st.floats(0, 100))


@given(VALUES)
def test_correlations_are_those_of_scipy_and_do_not_hang_on_scale(values: Floats) -> None:
    values = np.round(values)
    found = {(j, k): r for j, k, r in correlated(values, np.full(4, 0.25))}
    for j in range(4):
        for k in range(j + 1, 4):
            if np.ptp(values[:, j]) and np.ptp(values[:, k]):
                expected = pearsonr(values[:, j], values[:, k]).statistic
                assert ((j, k) in found) == (expected > 0.9)
                if (j, k) in found:
                    assert found[j, k] == pytest.approx(expected, abs=1e-9)
            else:
                assert (j, k) not in found
    scaled = values * np.array([1.0, 0.5, 0.1, 1.0]) + np.array([0.0, 5.0, 20.0, 0.0])
    assert [pair[:2] for pair in correlated(scaled, np.full(4, 0.25))] == sorted(found)


def test_a_copied_criterion_is_found_and_an_opposite_one_is_not() -> None:
    column = np.array([10.0, 30.0, 20.0, 90.0])
    values = np.column_stack([column, 100 - column, column / 2])
    [(first, second, r)] = correlated(values, np.full(3, 1 / 3))
    assert (first, second) == (0, 2)
    assert r == pytest.approx(1)
    assert correlated(values[:3], np.full(3, 1 / 3)) == []
    assert correlated(np.full((4, 3), 5.0), np.full(3, 1 / 3)) == []
