"""Structural checks on the shipped question, against the fixtures of the decision model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import evaluate
from dashboard.methods.partial_values import partial_values
from dashboard.methods.weights import normalise_points, perspective_points
from dashboard.model.question import Question
from dashboard.model.settings import with_settings
from dashboard.model.value_tree import Scale
from dashboard.robustness.structure import StructuralCheck, rescaled, structural_checks
from tests.conftest import fixture_json

PERSPECTIVES = sorted(fixture_json("status_quo_leads")["earlier-anchors + status-quo-acts-at-once"])


def weights_of(question: Question, perspective: str) -> Floats:
    points = perspective_points(question, question.perspective(perspective))
    return normalise_points([points[criterion.id] for criterion in question.criteria])


def checks_of(
    question: Question, perspective: str, kind: str
) -> dict[tuple[str, ...], StructuralCheck]:
    checks = structural_checks(question, weights_of(question, perspective))
    return {check.subjects: check for check in checks if check.kind == kind}


@pytest.mark.parametrize("perspective", PERSPECTIVES)
def test_settings_lead_to_the_leaders_of_the_decision_model(
    shipped: Question, perspective: str
) -> None:
    checks = checks_of(shipped, perspective, "setting")
    expected = fixture_json("status_quo_leads")
    assert checks[("earlier-anchors", "status-quo-acts-at-once")].leaders == ("status-quo",)
    at_once = checks[("status-quo-acts-at-once",)]
    assert (at_once.leaders == ("status-quo",)) == (
        perspective in expected["status-quo-acts-at-once"]
    )
    assert at_once.leader_changes == (
        (perspective in expected["status-quo-acts-at-once"])
        != (perspective in expected["as shipped"])
    )
    assert list(checks) == [
        ("earlier-anchors",),
        ("status-quo-acts-at-once",),
        ("earlier-anchors", "status-quo-acts-at-once"),
    ]


@pytest.mark.parametrize("perspective", PERSPECTIVES)
def test_aggregators_lead_to_the_leaders_of_the_decision_model(
    shipped: Question, perspective: str
) -> None:
    checks = [
        check
        for check in structural_checks(shipped, weights_of(shipped, perspective))
        if check.kind == "aggregator"
    ]
    expected = fixture_json("leaders_by_aggregator")[perspective]
    assert [check.what for check in checks] == [
        "Geometric mean inside Incentive",
        "Minimum inside Incentive",
    ]
    assert [check.leaders for check in checks] == [
        (expected["geometric"],),
        (expected["minimum"],),
    ]
    assert [check.leader_changes for check in checks] == [
        expected["geometric"] != expected["sum"],
        expected["minimum"] != expected["sum"],
    ]


@pytest.mark.parametrize("perspective", PERSPECTIVES)
def test_no_performance_falls_beyond_a_moved_anchor_so_a_range_acts_as_its_weight(
    shipped: Question, perspective: str
) -> None:
    """On straight curves a range 1.25 times as long divides the differences by 1.25."""
    weights = weights_of(shipped, perspective)
    evaluation = evaluate(shipped, perspective_points(shipped, shipped.perspective(perspective)))
    checks = checks_of(shipped, perspective, "anchors")
    wider = [c for c in structural_checks(shipped, weights) if c.what.endswith("wider")]
    assert len(checks) == 15  # the narrower ones stand last and take the place of the wider
    j = [criterion.id for criterion in shipped.criteria].index("legal-safety")
    scores = evaluation.scores - weights[j] * evaluation.values[:, j] * (1 - 1 / 1.25)
    assert wider[j].scores == pytest.approx(scores)
    assert wider[j].what == "Range of Legal safety 25 % wider"


def test_the_evidence_stress_puts_judgement_alone_at_its_worse_end(shipped: Question) -> None:
    points = perspective_points(shipped, shipped.perspective("op-ed-authors"))
    evaluation = evaluate(shipped, points)
    values = evaluation.values.copy()
    for i, proposal in enumerate(shipped.proposals):
        for j, criterion in enumerate(shipped.criteria):
            score = proposal.scores[criterion.id]
            if score.evidence_class == ("judgement",):
                worse = score.low if criterion.direction == "max" else score.high
                values[i, j] = partial_values(np.array([[worse]]), [criterion.points])[0, 0]
    [check] = checks_of(shipped, "op-ed-authors", "evidence").values()
    assert check.scores == pytest.approx(values @ evaluation.weights)
    assert np.all(np.array(check.scores) <= evaluation.scores + 1e-9)
    assert (check.leaders, check.leader_changes) == (("nato-integration",), True)


def test_a_question_without_judgement_alone_has_no_evidence_stress(shipped: Question) -> None:
    proposals = tuple(
        proposal.model_copy(
            update={
                "scores": {
                    c: s.model_copy(update={"evidence_class": ("source",)})
                    for c, s in proposal.scores.items()
                }
            }
        )
        for proposal in shipped.proposals
    )
    assert checks_of(shipped.replace(proposals=proposals), "ukraine", "evidence") == {}


def test_settings_that_are_on_are_part_of_the_base(shipped: Question) -> None:
    switched = with_settings(shipped, ["status-quo-acts-at-once"])
    checks = checks_of(switched, "nato-security", "setting")
    assert list(checks) == [("earlier-anchors",)]
    assert not checks[("earlier-anchors",)].leader_changes
    both = checks_of(shipped, "nato-security", "setting")
    assert checks[("earlier-anchors",)].scores == pytest.approx(
        both[("earlier-anchors", "status-quo-acts-at-once")].scores
    )


def test_a_tie_for_the_lead_counts_as_a_change(shipped: Question) -> None:
    """Two copies of one option tie, and no check tells them apart but those of bands and order."""
    sanctuary = shipped.proposal("sanctuary")
    twins = (sanctuary, sanctuary.model_copy(update={"id": "twin"}))
    checks = structural_checks(shipped.replace(proposals=twins), weights_of(shipped, "ukraine"))
    assert {check.leaders for check in checks} == {("sanctuary", "twin")}
    assert not any(check.leader_changes for check in checks)


def test_one_option_leads_in_every_check(shipped: Question) -> None:
    alone = shipped.replace(proposals=(shipped.proposal("sanctuary"),))
    checks = structural_checks(alone, weights_of(shipped, "ukraine"))
    assert {check.kind for check in checks} == {"anchors", "setting", "aggregator", "evidence"}
    assert not any(check.leader_changes or check.order_changes for check in checks)


def test_several_branches_with_an_aggregator_are_also_taken_together(shipped: Question) -> None:
    branches = tuple(
        branch.model_copy(update={"aggregators": ("sum", "minimum")})
        if branch.id in ("strategic-yield", "resources-time")
        else branch.model_copy(update={"aggregators": ("sum",)})
        for branch in shipped.branches
    )
    listing = shipped.replace(tree=shipped.tree.model_copy(update={"branches": branches}))
    checks = checks_of(listing, "ukraine", "aggregator")
    assert list(checks) == [
        ("strategic-yield",),
        ("resources-time",),
        ("strategic-yield", "resources-time"),
    ]


@pytest.mark.parametrize(
    ("worst", "best", "factor", "ends"),
    [
        (0, 45, 1.25, [0, 56.25]),
        (1500, 0, 0.75, [1125, 0]),
        (90, 10, 1.25, [100, 0]),
        (-50, 50, 0.5, [-25, 25]),
    ],
)
def test_an_anchor_at_zero_stays_and_else_both_move(
    worst: float, best: float, factor: float, ends: list[float]
) -> None:
    curve = rescaled(Scale(worst=float(worst), best=float(best)), factor)
    assert [x for x, _ in curve] == ends
    assert [value for _, value in curve] == [0, 100]


def test_a_bent_curve_stretches_with_its_range() -> None:
    bent = Scale(worst=0.0, best=2500.0, curve=((0.0, 0.0), (400.0, 50.0), (2500.0, 100.0)))
    assert rescaled(bent, 1.25) == ((0, 0), (500, 50), (3125, 100))


@pytest.mark.parametrize("factor", [0.0, -1.0, float("nan"), float("inf")])
def test_a_range_cannot_vanish(factor: float) -> None:
    with pytest.raises(ValueError, match="a range is multiplied by a positive number"):
        rescaled(Scale(worst=0.0, best=1.0), factor)


@given(st.floats(-100, 100), st.floats(0.1, 100), st.floats(0.5, 2), st.floats(0.3, 0.7))
def test_inside_both_ranges_differences_go_by_the_inverse_of_the_factor(
    worst: float, span: float, factor: float, place: float
) -> None:
    scale = Scale(worst=worst, best=worst + span)
    middle = worst + span / 2
    two = np.array([[middle], [middle + (place - 0.5) * span * 0.5]])
    before = partial_values(two, [scale.points])
    fixed = rescaled(scale, factor)
    if fixed[0][0] <= two.min() and two.max() <= fixed[-1][0]:
        after = partial_values(two, [fixed])
        assert np.ptp(after) * factor == pytest.approx(np.ptp(before), abs=1e-6)


def test_a_question_without_proposals_is_refused(shipped: Question) -> None:
    with pytest.raises(ValueError, match="the question has no proposals"):
        structural_checks(shipped.replace(proposals=()), weights_of(shipped, "ukraine"))
