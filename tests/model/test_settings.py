"""Settings switch modelling choices on and leave the question itself as it is."""

from __future__ import annotations

import pytest

from dashboard.model.errors import InputError
from dashboard.model.question import Question
from dashboard.model.settings import with_settings

EARLIER, AT_ONCE = "earlier-anchors", "status-quo-acts-at-once"


def anchors(question: Question) -> dict[str, tuple[float, float]]:
    return {criterion.id: (criterion.worst, criterion.best) for criterion in question.criteria}


def test_earlier_anchors_replace_the_anchors_they_name_and_no_others(shipped: Question) -> None:
    switched = with_settings(shipped, [EARLIER])
    before, after = anchors(shipped), anchors(switched)
    assert {key: after[key] for key in after if after[key] != before[key]} == {
        "legal-safety": (0, 60),
        "wealth-security": (0, 60),
        "status-occupation": (0, 60),
        "family-safety": (0, 60),
        "in-group-pressure": (0, 60),
        "public-cost": (1000, 0),
    }
    assert switched.proposals == shipped.proposals
    assert switched.active_settings == (EARLIER,)


def test_an_anchor_without_a_curve_straightens_the_line(shipped: Question) -> None:
    bent = shipped.criterion("recovery-money")
    straight = with_settings(shipped, [EARLIER]).criterion("recovery-money")
    assert list(bent.points) == [(0, 0), (400, 50), (2500, 100)]
    assert list(straight.points) == [(0, 0), (2500, 100)]
    assert (straight.name, straight.unit, straight.levels) == (bent.name, bent.unit, bent.levels)


def test_the_status_quo_setting_replaces_one_score_and_keeps_its_evidence(
    shipped: Question,
) -> None:
    switched = with_settings(shipped, [AT_ONCE])
    before = shipped.proposal("status-quo").scores["time-to-effect"]
    after = switched.proposal("status-quo").scores["time-to-effect"]
    assert before.likely == 60
    assert (after.low, after.likely, after.high) == (0, 0, 0)
    assert (after.evidence, after.confidence) == (before.evidence, before.confidence)
    assert switched.criteria == shipped.criteria
    changed = [
        (proposal.id, criterion)
        for proposal in shipped.proposals
        for criterion, score in proposal.scores.items()
        if switched.proposal(proposal.id).scores[criterion] != score
    ]
    assert changed == [("status-quo", "time-to-effect")]


def test_both_settings_work_together_in_the_order_of_the_file(shipped: Question) -> None:
    switched = with_settings(shipped, [AT_ONCE, EARLIER])
    assert switched.active_settings == (EARLIER, AT_ONCE)
    assert anchors(switched)["public-cost"] == (1000, 0)
    assert switched.proposal("status-quo").scores["time-to-effect"].likely == 0


def test_the_original_is_unchanged(shipped: Question) -> None:
    before = (shipped.fingerprint, anchors(shipped), shipped.proposal("status-quo").scores)
    switched = with_settings(shipped, [EARLIER, AT_ONCE])
    assert (shipped.fingerprint, anchors(shipped), shipped.proposal("status-quo").scores) == before
    assert shipped.active_settings == ()
    assert switched.fingerprint != shipped.fingerprint


def test_each_choice_of_settings_has_a_fingerprint_of_its_own(shipped: Question) -> None:
    choices: list[list[str]] = [[], [EARLIER], [AT_ONCE], [EARLIER, AT_ONCE]]
    assert len({with_settings(shipped, chosen).fingerprint for chosen in choices}) == 4


def test_no_setting_is_the_question_itself(shipped: Question) -> None:
    assert with_settings(shipped, []) is shipped


def test_an_unknown_setting_is_named_with_the_nearest_one(shipped: Question) -> None:
    with pytest.raises(InputError) as caught:
        with_settings(shipped, ["earlier-anchor", AT_ONCE])
    assert str(caught.value) == (
        "settings: unknown setting 'earlier-anchor'; did you mean 'earlier-anchors'?"
    )


def test_all_unknown_settings_are_named_at_once(shipped: Question) -> None:
    with pytest.raises(InputError) as caught:
        with_settings(shipped, ["x", "status-quo-acts-at-onc"])
    assert str(caught.value).splitlines() == [
        (
            "settings: unknown setting 'status-quo-acts-at-onc'; "
            "did you mean 'status-quo-acts-at-once'?"
        ),
        (
            "settings: unknown setting 'x'; leave it out, or use one of: "
            "earlier-anchors, status-quo-acts-at-once"
        ),
    ]


def test_no_shipped_score_leaves_the_anchors_under_any_setting(shipped: Question) -> None:
    assert with_settings(shipped, [EARLIER, AT_ONCE]).warnings == ()


def test_a_score_that_a_moved_anchor_leaves_outside_is_said(shipped: Question) -> None:
    (setting,) = (s for s in shipped.settings if s.id == EARLIER)
    cost = setting.anchors["public-cost"].model_copy(update={"worst": 400.0})
    narrow = setting.model_copy(update={"anchors": {"public-cost": cost}})
    disclosure = shipped.disclosure.model_copy(update={"settings": (narrow,)})
    warnings = with_settings(shipped.replace(disclosure=disclosure), [EARLIER]).warnings
    assert warnings
    assert all("outside its anchors 0 to 400" in warning.what for warning in warnings)
