"""Scenarios of the shipped question, and changes worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import normalise_points, perspective_points
from dashboard.model.combination import Scenario, ScenarioChange
from dashboard.model.question import Question
from dashboard.robustness.scenarios import (
    Loss,
    scenario_analysis,
    scenario_performance,
    under_scenario,
)


def weights_of(question: Question, perspective: str = "ukraine") -> Floats:
    points = perspective_points(question, question.perspective(perspective))
    return normalise_points([points[criterion.id] for criterion in question.criteria])


def shipped_scenario(question: Question, identifier: str) -> Scenario:
    return next(s for s in question.scenarios.scenarios if s.id == identifier)


def scenario(*changes: ScenarioChange) -> Scenario:
    return Scenario(id="test", ref=None, name="A test", changes=changes)


def on_sanctuary(
    *, times_increment: float | None = None, times: float | None = None, add: float | None = None
) -> ScenarioChange:
    """A change of the legal safety of Sanctuary alone (25, over 6 of the status quo)."""
    return ScenarioChange(
        criteria=("legal-safety",),
        proposals=("sanctuary",),
        times_increment=times_increment,
        times=times,
        add=add,
    )


def band(question: Question, proposal: str, criterion: str) -> list[float]:
    score = question.proposal(proposal).scores[criterion]
    return [score.low, score.likely, score.high]


def test_the_shipped_scenarios_change_what_the_decision_model_says(shipped: Question) -> None:
    """Section 10, by hand from section 6: likely performances before and after."""
    cases = [
        # X1: in-group pressure of Sanctuary 11 over a status quo of 6; consent 40; C2 of SQ 2.5.
        ("ceasefire", "sanctuary", "in-group-pressure", 6 + 1.2 * (11 - 6)),
        ("ceasefire", "sanctuary", "ukraine-consent", 30.0),
        ("ceasefire", "status-quo", "illicit-finance", 3.5),
        # X2: legal safety of Sanctuary 25 over 6.
        ("exits-closed", "sanctuary", "legal-safety", 6 + 0.5 * (25 - 6)),
        ("exits-closed", "nato-integration", "retaliation", 7.5),
        # X3: months are multiplied themselves.
        ("penetration-scandal", "sanctuary", "time-to-effect", 24 * 1.3),
        ("penetration-scandal", "status-quo", "time-to-effect", 60.0),
        # X4: only NATO integration.
        ("us-leaves-allied-tasks", "nato-integration", "public-cost", 450 * 1.3),
        ("us-leaves-allied-tasks", "nato-integration", "intelligence-yield", 6.0),
        ("us-leaves-allied-tasks", "sanctuary", "public-cost", 170.0),
        # X5: wealth security of Capital amnesty 22 over 6.
        ("eu-unity-weakens", "capital-amnesty", "wealth-security", 6 + 0.7 * (22 - 6)),
        # X6: for all, the status quo too.
        ("purges-at-home", "sanctuary", "legal-safety", 6 + 1.4 * (25 - 6)),
        ("purges-at-home", "status-quo", "retaliation", 3.5),
    ]
    for identifier, proposal, criterion, expected in cases:
        changed = under_scenario(shipped, shipped_scenario(shipped, identifier))
        assert band(changed, proposal, criterion)[1] == pytest.approx(expected), (
            identifier,
            proposal,
            criterion,
        )


def test_bands_move_the_same_way(shipped: Question) -> None:
    low, likely, high = band(shipped, "sanctuary", "legal-safety")
    added = under_scenario(shipped, scenario(on_sanctuary(add=2.0)))
    assert band(added, "sanctuary", "legal-safety") == [low + 2, likely + 2, high + 2]
    multiplied = under_scenario(shipped, scenario(on_sanctuary(times=0.5)))
    assert band(multiplied, "sanctuary", "legal-safety") == [low / 2, likely / 2, high / 2]
    # Differences to the likely 6 of the status quo.
    halved = under_scenario(shipped, scenario(on_sanctuary(times_increment=0.5)))
    assert band(halved, "sanctuary", "legal-safety") == [3 + low / 2, 3 + likely / 2, 3 + high / 2]


def test_a_negative_factor_turns_the_band_round(shipped: Question) -> None:
    low, likely, high = band(shipped, "sanctuary", "legal-safety")
    turned = under_scenario(shipped, scenario(on_sanctuary(times=-1.0)))
    assert band(turned, "sanctuary", "legal-safety") == [-high, -likely, -low]


def test_a_negative_factor_turns_the_percentiles_round_too(shipped: Question) -> None:
    sanctuary = shipped.proposal("sanctuary")
    score = sanctuary.scores["legal-safety"].with_band(10.0, 25.0, 60.0, bands=(5.0, 80.0))
    changed = sanctuary.model_copy(update={"scores": {**sanctuary.scores, "legal-safety": score}})
    others = tuple(changed if p is sanctuary else p for p in shipped.proposals)
    question = shipped.replace(proposals=others)
    for factor, bands in ((-1.0, (20.0, 95.0)), (2.0, (5.0, 80.0))):
        moved = under_scenario(question, scenario(on_sanctuary(times=factor)))
        assert moved.proposal("sanctuary").scores["legal-safety"].bands == bands


def test_changes_follow_one_another_in_the_order_of_the_file(shipped: Question) -> None:
    """(25 + 5) * 2 against 25 * 2 + 5."""
    add, double = on_sanctuary(add=5.0), on_sanctuary(times=2.0)
    first = under_scenario(shipped, scenario(add, double))
    second = under_scenario(shipped, scenario(double, add))
    assert band(first, "sanctuary", "legal-safety")[1] == 60
    assert band(second, "sanctuary", "legal-safety")[1] == 55


def test_an_earlier_change_of_the_status_quo_moves_what_differences_count_from(
    shipped: Question,
) -> None:
    """Status quo 6 + 4 = 10, Sanctuary 25: 10 + 2 * 15."""
    moved = ScenarioChange(criteria=("legal-safety",), proposals=("status-quo",), add=4.0)
    doubled = ScenarioChange(
        criteria=("legal-safety",), proposals=("status-quo", "sanctuary"), times_increment=2.0
    )
    changed = under_scenario(shipped, scenario(moved, doubled))
    assert band(changed, "sanctuary", "legal-safety")[1] == 40
    before = band(shipped, "status-quo", "legal-safety")
    assert band(changed, "status-quo", "legal-safety") == [number + 4 for number in before]


def test_a_name_listed_twice_is_changed_once(shipped: Question) -> None:
    change = ScenarioChange(
        criteria=("legal-safety", "legal-safety"), proposals=("sanctuary", "sanctuary"), add=2.0
    )
    assert band(under_scenario(shipped, scenario(change)), "sanctuary", "legal-safety")[1] == 27


def test_the_question_itself_stays_and_evidence_goes_along(shipped: Question) -> None:
    fingerprint = shipped.fingerprint
    changed = under_scenario(shipped, shipped_scenario(shipped, "purges-at-home"))
    assert shipped.fingerprint == fingerprint
    assert changed.fingerprint != fingerprint
    before = shipped.proposal("sanctuary").scores["legal-safety"]
    after = changed.proposal("sanctuary").scores["legal-safety"]
    assert (after.evidence, after.rationale) == (before.evidence, before.rationale)


@pytest.mark.parametrize("perspective", ["ukraine", "op-ed-authors", "equal-branches"])
def test_scores_are_those_of_the_question_under_each_scenario(
    shipped: Question, perspective: str
) -> None:
    points = perspective_points(shipped, shipped.perspective(perspective))
    analysis = scenario_analysis(shipped, weights_of(shipped, perspective))
    assert analysis.cases[0] is None
    written = evaluate(shipped, points)
    assert analysis.scores[0] == pytest.approx(written.scores)
    for row, case in enumerate(analysis.cases[1:], start=1):
        assert case is not None
        evaluation = evaluate(under_scenario(shipped, case), points)
        assert analysis.scores[row] == pytest.approx(evaluation.scores)
        assert analysis.ranks[row].tolist() == evaluation.ranks.tolist()
    assert analysis.regret.min(axis=1).tolist() == [0.0] * 7


def test_what_hurts_most_is_the_largest_loss_and_worst_regret_the_largest_lag(
    shipped: Question,
) -> None:
    analysis = scenario_analysis(shipped, weights_of(shipped))
    loss = analysis.scores[0] - analysis.scores
    for i, (hurt, worst) in enumerate(zip(analysis.hurts_most, analysis.worst_regret, strict=True)):
        assert hurt == Loss(int(loss[:, i].argmax()), float(loss[:, i].max()))
        assert worst == (analysis.regret[:, i].max(), int(analysis.regret[:, i].argmax()))
    # Of Ukraine's perspective: the status quo leads everywhere but if EU unity weakens.
    names = [case.id if case else None for case in analysis.cases]
    led = [names[k] for k in range(7) if analysis.leaders(k) != [0]]
    assert led == ["eu-unity-weakens"]
    assert analysis.least_worst_regret == (0,)


def test_what_an_anchor_cuts_off_is_named(shipped: Question) -> None:
    scenarios = [scenario(on_sanctuary(add=30.0))]
    analysis = scenario_analysis(shipped, weights_of(shipped), scenarios)
    assert analysis.clamped == ((), ((1, 0),))
    gain = analysis.scores[1, 1] - analysis.scores[0, 1]
    assert gain == pytest.approx(weights_of(shipped)[0] * 100 * (45 - 25) / 45)


def test_no_scenario_leaves_the_performances_as_written(shipped: Question) -> None:
    analysis = scenario_analysis(shipped, weights_of(shipped), [])
    assert analysis.scores.shape == (1, 7)
    assert analysis.hurts_most == (None,) * 7
    assert analysis.least_worst_regret == (0,)


def test_one_option_alone_has_no_regret_but_can_be_hurt(shipped: Question) -> None:
    alone = shipped.replace(proposals=(shipped.proposal("nato-integration"),))
    scenarios = [shipped_scenario(shipped, "us-leaves-allied-tasks")]
    analysis = scenario_analysis(alone, weights_of(shipped), scenarios)
    assert analysis.worst_regret == ((0.0, 0),)
    assert analysis.hurts_most[0] is not None
    assert analysis.hurts_most[0].case == 1


def test_a_withdrawn_proposal_is_passed_over_and_the_rest_is_as_before(shipped: Question) -> None:
    rest = shipped.replace(
        proposals=tuple(p for p in shipped.proposals if p.id != "capital-amnesty")
    )
    full = scenario_analysis(shipped, weights_of(shipped))
    fewer = scenario_analysis(rest, weights_of(shipped))
    assert fewer.scores == pytest.approx(np.delete(full.scores, 2, axis=1))


def test_differences_need_a_status_quo(shipped: Question) -> None:
    without = shipped.replace(
        proposals=tuple(p for p in shipped.proposals if p.kind != "status-quo")
    )
    with pytest.raises(ValueError, match="'purges-at-home' multiplies differences to the status"):
        scenario_performance(without, shipped_scenario(shipped, "purges-at-home"))


def test_an_unknown_criterion_is_refused(shipped: Question) -> None:
    change = ScenarioChange(criteria=("beauty",), proposals=("sanctuary",), add=1.0)
    with pytest.raises(ValueError, match="scenario 'test' changes 'beauty', which is no criterion"):
        scenario_performance(shipped, scenario(change))


def test_a_question_without_proposals_is_refused(shipped: Question) -> None:
    with pytest.raises(ValueError, match="the question has no proposals"):
        scenario_analysis(shipped.replace(proposals=()), weights_of(shipped))


@given(st.floats(-3, 3), st.floats(-20, 20))
def test_bands_stay_in_order_whatever_the_change(
    shipped: Question, factor: float, addend: float
) -> None:
    criteria = tuple(criterion.id for criterion in shipped.criteria)
    proposals = tuple(proposal.id for proposal in shipped.proposals)
    changed = scenario_performance(
        shipped,
        scenario(
            ScenarioChange(criteria=criteria, proposals=proposals, times_increment=factor),
            ScenarioChange(criteria=criteria, proposals=proposals, add=addend),
        ),
    )
    assert np.all(changed.low <= changed.likely)
    assert np.all(changed.likely <= changed.high)
