"""The sentences of a verdict, held to the numbers they are made from."""

from __future__ import annotations

import pytest

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.weights import perspective_points
from dashboard.model.question import Question
from dashboard.robustness.verdict import Verdict, verdict
from tests.fitted import lead_over, with_limits
from tests.report.questions import make_question


def weighed(question: Question, perspective: str) -> Evaluation:
    return evaluate(question, perspective_points(question, question.perspective(perspective)))


def judged(question: Question, perspective: str) -> Verdict:
    return verdict(weighed(question, perspective))


def test_a_lead_above_its_error_is_called_a_lead(shipped: Question) -> None:
    """With low and high as limits: from 10th to 90th percentile it would be too close to call."""
    limited = with_limits(shipped)
    result = judged(limited, "human-rights")
    mean, error = lead_over(weighed(limited, "human-rights"), "sanctuary", "nato-integration")
    assert (mean, error) == pytest.approx((5.217, 4.944), abs=0.001)
    assert result.clear
    assert result.near == ()
    assert result.gap == pytest.approx(6.28, abs=0.01)
    assert (result.lead.mean, result.error) == pytest.approx((mean, error), abs=0.001)
    assert result.headline == "Sanctuary leads by 6.3 points (45.6 against 39.3)"
    assert result.margin == (
        "NATO integration is next; the lead is larger than its uncertainty "
        "(4.9 points, against a lead of 5.2). On average over the bands Sanctuary is 5.2 points "
        "ahead of NATO integration."
    )
    assert result.change == (
        "Status quo would lead if the weight of Legal safety went below 0.7 % (now 16 %)."
    )


def test_the_same_lead_does_not_count_where_low_and_high_are_percentiles(
    shipped: Question,
) -> None:
    result = judged(shipped, "human-rights")
    mean, error = lead_over(weighed(shipped, "human-rights"), "sanctuary", "nato-integration")
    assert (mean, error) == pytest.approx((4.832, 8.854), abs=0.001)
    assert (result.lead.mean, result.error) == pytest.approx((mean, error), abs=0.001)
    assert not result.clear
    assert (
        result.headline == "No clear winner: Sanctuary is only 6.3 points ahead (45.6 against 39.3)"
    )
    assert result.margin == (
        "NATO integration and Status quo are within the uncertainty (9 points to NATO "
        "integration): too close to call. On average over the bands Sanctuary is 5 points ahead of "
        "NATO integration."
    )


def test_a_lead_below_its_error_is_no_winner(shipped: Question) -> None:
    result = judged(shipped, "ukraine")
    mean, error = lead_over(weighed(shipped, "ukraine"), "status-quo", "nato-integration")
    assert (result.lead.mean, result.error) == pytest.approx((mean, error), abs=0.001)
    assert not result.clear
    assert result.lead.mean < result.error
    assert result.headline == (
        "No clear winner: Status quo is only 1.6 points ahead (48.2 against 46.7, rounded)"
    )
    assert result.margin == (
        "NATO integration, Sanctuary and Capital amnesty are within the uncertainty (7 points to "
        "NATO integration): too close to call."
    )
    assert [p.id for p in result.near] == ["nato-integration", "sanctuary", "capital-amnesty"]


@pytest.mark.parametrize("perspective", ["ukraine", "human-rights", "finance", "interior"])
def test_near_are_those_whose_mean_lag_is_within_its_error(
    shipped: Question, perspective: str
) -> None:
    evaluation = weighed(shipped, perspective)
    (leader,) = (result := verdict(evaluation)).leaders
    near = {
        p.id
        for p in shipped.proposals
        if p is not leader
        for mean, error in [lead_over(evaluation, leader.id, p.id)]
        if mean <= error
    }
    assert {p.id for p in result.near} == near


def test_options_that_are_too_many_to_name_are_counted(shipped: Question) -> None:
    assert judged(shipped, "equal-branches").margin.startswith(
        "All other options are within the uncertainty (8 points to Capital amnesty): too close to "
        "call."
    )


def test_an_option_that_comes_first_more_often_than_the_leader_is_in_the_headline(
    shipped: Question,
) -> None:
    result = judged(shipped, "equal-branches")
    assert not result.clear
    assert result.headline == (
        "No clear winner: Sanctuary is only 0.5 points ahead (45.9 against 45.4), but "
        "Capital amnesty comes first more often"
    )
    mean, _ = lead_over(weighed(shipped, "equal-branches"), "sanctuary", "capital-amnesty")
    assert mean == pytest.approx(-1.552, abs=0.001)
    assert result.oftener is not None
    shares = f"{result.oftener.share:.0%}, {result.oftener.leader_share:.0%}"
    assert shares == "33%, 15%"
    assert result.margin.endswith(
        "On average over the bands Capital amnesty is 2 points ahead of Sanctuary. With scores "
        "drawn from their bands, Capital amnesty comes first in 33 % of 20,000 samples, Sanctuary "
        "in 15 %."
    )


def test_without_any_band_no_error_is_claimed() -> None:
    question = make_question({"soup": [6.0, 4.0], "stew": [5.0, 4.0]})
    result = verdict(evaluate(question, {c.id: 1.0 for c in question.criteria}))
    assert result.headline == "soup leads by 5 points"
    assert result.margin == (
        "stew is next. No score has a band, so how far scores may be off is unknown: no chance is "
        "claimed. To see how firm the order is, give scores a low and a high, or switch on the "
        "assumed band."
    )
    assert (result.near, result.oftener, result.error) == ((), None, 0)


def test_a_difference_that_nothing_uncertain_touches_is_said() -> None:
    question = make_question({"soup": [6.0], "stew": [5.0], "salad": [1.0]})
    rows = {p.id: p for p in question.proposals}
    scores = {"criterion-0": rows["salad"].scores["criterion-0"].with_band(0.5, 1.0, 1.5)}
    salad = rows["salad"].model_copy(update={"scores": scores})
    result = verdict(
        evaluate(
            question.replace(proposals=(rows["soup"], rows["stew"], salad)), {"criterion-0": 1.0}
        )
    )
    assert result.clear
    assert result.margin == "stew is next; no uncertainty touches their difference."


def test_a_tie_is_called_a_tie(shipped: Question) -> None:
    twin = shipped.proposals[1].model_copy(update={"id": "twin", "short_name": "Twin"})
    pair = shipped.replace(proposals=(shipped.proposals[1], twin))
    result = judged(pair, "finance")
    assert result.headline == "Sanctuary and Twin are equal and come first, with 50 points"
    assert result.margin == "All options tie."
    assert result.switch is None


def test_a_tied_leader_that_fails_a_constraint_is_marked_too(shipped: Question) -> None:
    rival = shipped.proposal("sanctions-revision")
    clean = rival.model_copy(update={"id": "clean", "short_name": "Clean"})
    result = judged(shipped.replace(proposals=(clean, rival)), "finance")
    assert result.leaders == (clean, rival)
    assert result.headline == (
        "Clean and Sanctions revision are equal and come first, with 43 points"
    )
    assert result.change == (
        "The leaders are equal on every criterion, so no change of weights can part them."
    )
    assert result.caution is not None
    assert result.caution.startswith("Sanctions revision fails 2 hard constraints:")


def test_one_option_has_nothing_to_beat(shipped: Question) -> None:
    result = judged(shipped.replace(proposals=shipped.proposals[1:2]), "finance")
    assert result.headline == "Sanctuary is the only option, with 50 points"
    assert result.change == "Nothing can change that."


def test_a_leader_that_fails_a_hard_constraint_is_marked(shipped: Question) -> None:
    rival = shipped.proposal("sanctions-revision")
    only = shipped.replace(proposals=(rival, shipped.proposal("ngo-roles")))
    result = judged(only, "interior")
    assert result.leaders == (rival,)
    assert result.caution == (
        "Sanctions revision fails 2 hard constraints: No sanctions relief and "
        "Individual, not by category. A high score does not make up for that."
    )


@pytest.mark.parametrize("perspective", ["ukraine", "finance", "emigres", "op-ed-authors"])
def test_sentences_end_and_never_hold_a_bare_number(shipped: Question, perspective: str) -> None:
    result = judged(shipped, perspective)
    for sentence in (result.margin, result.change):
        assert sentence.endswith(".")
        assert "nan" not in sentence


def one_banded(likely: dict[str, float], name: str, low: float, high: float) -> Verdict:
    """Options with exact values on one criterion, but for one that has a band."""
    question = make_question({option: [value / 10] for option, value in likely.items()})
    proposals = []
    for proposal in question.proposals:
        band = proposal.scores["criterion-0"].with_band(low / 10, likely[name] / 10, high / 10)
        changed = {"scores": {"criterion-0": band}} if proposal.id == name else {}
        proposals.append(proposal.model_copy(update=changed))
    return verdict(evaluate(question.replace(proposals=tuple(proposals)), {"criterion-0": 1.0}))


def test_of_tied_leaders_too_one_that_comes_first_more_often_is_in_the_headline() -> None:
    result = one_banded({"soup": 50, "bread": 50, "stew": 49}, "stew", 49, 90)
    assert result.headline == (
        "No clear winner: soup and bread are equal, with 50 points, but stew comes first more often"
    )
    assert "stew comes first in 87 % of 20,000 samples" in result.margin
    assert "the most frequent of the leaders in 13 %" in result.margin


def test_near_on_a_tie_is_whoever_is_near_any_leader() -> None:
    result = one_banded({"soup": 50, "bread": 50, "stew": 45}, "bread", 20, 80)
    assert [p.id for p in result.near] == ["stew"]


def test_the_average_is_said_where_the_printed_gap_would_look_decided() -> None:
    """A gap of 4 points (3.6) beside an uncertainty of 3, and a mean lead of 2.6."""
    result = one_banded({"soup": 53.6, "bread": 50}, "soup", 49.6, 55.3)
    assert not result.clear
    assert result.gap > result.error
    assert "On average over the bands soup is 2.6 points ahead of bread." in result.margin
