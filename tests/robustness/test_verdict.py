"""The sentences of a verdict, held to the numbers they are made from."""

from __future__ import annotations

import pytest

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import perspective_points
from dashboard.model.question import Question
from dashboard.robustness.verdict import Verdict, verdict


def judged(question: Question, perspective: str) -> Verdict:
    return verdict(
        evaluate(question, perspective_points(question, question.perspective(perspective)))
    )


def test_a_lead_above_the_score_error_is_called_a_lead(shipped: Question) -> None:
    result = judged(shipped, "human-rights")
    assert result.clear
    assert result.gap == pytest.approx(6.28, abs=0.01)
    assert result.headline == "Sanctuary leads by 6.3 points (45.6 against 39.3)"
    assert result.margin == (
        "NATO integration is next; the gap is just larger than the score error of 6 points "
        f"({result.gap:.1f} against {result.error:.1f})."
    )
    assert result.change == (
        "Status quo would lead if the weight of Legal safety went below 0.7 % (now 16 %)."
    )


def test_a_lead_below_the_score_error_is_no_winner(shipped: Question) -> None:
    result = judged(shipped, "ukraine")
    assert not result.clear
    assert result.gap < result.error
    assert result.headline == (
        "No clear winner: Status quo is only 1.6 points ahead (48.2 against 46.7, rounded)"
    )
    assert result.margin == (
        "NATO integration and Sanctuary are within the score error of 6 points, "
        "so the order is not decided."
    )
    assert [p.id for p in result.within_error] == ["status-quo", "nato-integration", "sanctuary"]


def test_options_that_are_too_many_to_name_are_counted(shipped: Question) -> None:
    assert judged(shipped, "equal-branches").margin == (
        "All other options are within the score error of 5 points, so the order is not decided."
    )


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
        "Individual, not by category. A score does not lift that."
    )


@pytest.mark.parametrize("perspective", ["ukraine", "finance", "emigres", "op-ed-authors"])
def test_sentences_end_and_never_hold_a_bare_number(shipped: Question, perspective: str) -> None:
    result = judged(shipped, perspective)
    for sentence in (result.margin, result.change):
        assert sentence.endswith(".")
        assert "nan" not in sentence
