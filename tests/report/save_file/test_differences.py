"""Two briefings side by side: what changed, and what that did to the ranks."""

from __future__ import annotations

from typing import Any

from dashboard.model.overrides import Override
from dashboard.model.proposals import Score
from dashboard.model.question import Question
from dashboard.report.save_file.differences import differences, sentences
from tests.report.briefing.briefs import found


def with_score(question: Question, proposal: str, criterion: str, likely: float) -> Question:
    changed = []
    for one in question.proposals:
        held = one
        if one.id == proposal:
            score: Score = one.scores[criterion].model_copy(
                update={"low": likely, "likely": likely, "high": likely}
            )
            held = one.model_copy(update={"scores": {**one.scores, criterion: score}})
        changed.append(held)
    return question.replace(proposals=tuple(changed))


def test_of_the_same_there_is_no_difference(shipped: Question) -> None:
    found_ = differences(found(shipped, "ukraine").brief, found(shipped, "ukraine").brief)
    assert found_.same
    assert list(sentences(found_)) == ["No difference in question, settings, weights or sampling."]


def test_weights_alone(shipped: Question) -> None:
    result = differences(found(shipped, "ukraine").brief, found(shipped, "human-rights").brief)
    assert [group.name for group in result.groups] == ["Weights"]
    said = list(sentences(result))
    assert said[0] == "Status quo has rank 1 in the first, Sanctuary has rank 1 in the second."
    assert "Only the weights differ, so all that changes in the order comes from them." in said
    moves = {row.name: (row.rank_was, row.rank_now) for row in result.moved}
    assert moves["Sanctuary"] == (3, 1)
    assert moves["Status quo"] == (1, 3)


def test_one_score_is_named_with_its_unit_before_and_after(shipped: Question) -> None:
    changed = with_score(shipped, "sanctuary", "legal-safety", 45.0)
    result = differences(found(shipped, "ukraine").brief, found(changed, "ukraine").brief)
    (scores,) = [group for group in result.groups if group.name == "Scores"]
    (change,) = scores.changes
    assert change.what == "Sanctuary on Legal safety"
    assert change.was == "25 (12 to 40) % of reference pool"
    assert change.now == "45 % of reference pool"


def test_weights_and_data_are_told_apart(shipped: Question) -> None:
    changed = with_score(shipped, "ngo-roles", "ukraine-consent", 100.0)
    result = differences(found(shipped, "ukraine").brief, found(changed, "human-rights").brief)
    assert result.cause is not None
    assert result.cause.sentence == (
        "With only the weights changed, the headline is “No clear winner: Sanctuary is only 6.3 "
        "points ahead (45.6 against 39.3)”. With only the data changed, it is “No clear winner: "
        "NGO roles is only 3 points ahead”. The change of the weights brings the new leader."
    )


def test_settings_overrides_and_print_are_groups_of_their_own(shipped: Question) -> None:
    override = Override("sanctuary", "accountability", 1.0, 2.0, 3.0, "because")
    changed: Any = {"settings": ("earlier-anchors",), "overrides": [override], "marking": "X"}
    now = found(shipped, "ukraine", **changed)
    result = differences(found(shipped, "ukraine").brief, now.brief)
    groups = {group.name: group.changes for group in result.groups}
    assert [(c.was, c.now) for c in groups["Settings"]] == [("off", "on")]
    (change,) = groups["Overridden scores"]
    assert change.was == "as in the files"
    assert change.now.endswith("2 (1 to 3): because")
    assert [change.what for change in result.printed] == ["marking"]


def test_an_option_that_is_new_has_no_rank_before(shipped: Question) -> None:
    fewer = shipped.replace(proposals=shipped.proposals[:-1])
    result = differences(found(fewer, "ukraine").brief, found(shipped, "ukraine").brief)
    missing = shipped.proposals[-1]
    (row,) = [row for row in result.ranks if row.id == missing.id]
    assert row.rank_was is None
    assert row.rank_now is not None
    assert "Options" in [group.name for group in result.groups]
