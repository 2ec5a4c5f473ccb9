"""What a visitor can choose, and what a report from the browser may change."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from dashboard.model.overrides import Override
from dashboard.model.question import Question
from dashboard.ui.choice import (
    Choice,
    choose_kept,
    choose_order,
    choose_override,
    choose_perspective,
    choose_points,
    choose_start,
    default_choice,
    drop_override,
    drop_overrides,
    lost_overrides,
    refitted,
    start_label,
)


def report(choice: Choice, **changes: Any) -> dict[str, Any]:
    """What the component sends when the hand rests."""
    return {"points": dict(choice.points), "locked": [], "revision": choice.revision} | changes


def test_without_a_choice_branches_are_equal_and_the_label_says_so(shipped: Question) -> None:
    choice = default_choice(shipped)
    assert choice.points["recovery-money"] == 10
    assert choice.label(shipped) == "Equal branches, as no weights were chosen"


def test_a_perspective_gives_its_weights_as_percentages(shipped: Question) -> None:
    choice = choose_perspective(shipped, default_choice(shipped), "ukraine")
    assert sum(choice.points.values()) == pytest.approx(100)
    assert choice.points["ukraine-consent"] == pytest.approx(100 / 555 * 100)
    assert choice.label(shipped) == "Government of Ukraine"
    assert choice.revision == 1


def test_a_report_becomes_own_weights_that_remember_their_start(shipped: Question) -> None:
    start = choose_perspective(shipped, default_choice(shipped), "ukraine")
    moved = dict(start.points) | {"ukraine-consent": 0.0}
    choice = choose_points(shipped, start, report(start, points=moved, locked=["penetration"]))
    assert choice.origin == "own"
    assert choice.points["ukraine-consent"] == 0
    assert sum(choice.points.values()) == pytest.approx(100)
    assert choice.locked == ("penetration",)
    assert choice.revision == start.revision
    assert choice.label(shipped) == "Own weights, starting from Government of Ukraine"


def test_a_report_of_the_same_points_keeps_the_perspective(shipped: Question) -> None:
    start = choose_perspective(shipped, default_choice(shipped), "finance")
    choice = choose_points(shipped, start, report(start, locked=["retaliation", "unknown"]))
    assert choice.origin == "perspective"
    assert choice.locked == ("retaliation",)


@pytest.mark.parametrize(
    "changes",
    [
        {"revision": 7},
        {"points": None},
        {"points": {}},
        {"points": {"legal-safety": 100}},
        {"locked": None},
    ],
)
def test_a_stale_or_malformed_report_changes_nothing(
    shipped: Question, changes: dict[str, Any]
) -> None:
    start = default_choice(shipped)
    assert choose_points(shipped, start, report(start, **changes)) is start


@pytest.mark.parametrize("value", [-1, math.nan, math.inf, True, "5", None, 1e10])
def test_a_report_with_an_impossible_number_changes_nothing(shipped: Question, value: Any) -> None:
    start = default_choice(shipped)
    points = dict(start.points) | {"penetration": value}
    assert choose_points(shipped, start, report(start, points=points)) is start


def test_all_zero_points_change_nothing(shipped: Question) -> None:
    start = default_choice(shipped)
    points = dict.fromkeys(start.points, 0)
    assert choose_points(shipped, start, report(start, points=points)) is start
    assert choose_points(shipped, start, "not a report") is start


def test_own_weights_are_kept_while_a_perspective_is_looked_at(shipped: Question) -> None:
    start = default_choice(shipped)
    moved = dict(start.points) | {"penetration": 0.0}
    own = choose_points(shipped, start, report(start, points=moved))
    looking = choose_perspective(shipped, own, "finance")
    assert looking.kept == own.points
    back = choose_kept(choose_perspective(shipped, looking, "ukraine"))
    assert (back.origin, back.points, back.kept) == ("own", own.points, None)
    assert back.revision > looking.revision
    assert choose_kept(start) is start


def edited(question: Question, **points: float) -> Question:
    """The question after somebody changed points of the first perspective in its file."""
    first, *rest = question.perspectives
    assert first.points is not None
    changed = first.model_copy(update={"points": {**first.points, **points}})
    weighting = question.weighting.model_copy(update={"perspectives": (changed, *rest)})
    return question.replace(weighting=weighting)


def test_weights_from_a_file_follow_the_file(shipped: Question) -> None:
    chosen = choose_perspective(shipped, default_choice(shipped), shipped.perspectives[0].id)
    changed = edited(shipped, **{"legal-safety": 400.0})
    after = refitted(changed, chosen)
    assert after is not None
    assert after.points["legal-safety"] == pytest.approx(400 / (555 - 15 + 400) * 100)
    assert after.revision > chosen.revision


def test_own_weights_survive_an_edit_that_they_fit(shipped: Question) -> None:
    start = default_choice(shipped)
    moved = dict(start.points) | {"penetration": 0.0}
    own = choose_points(shipped, start, report(start, points=moved))
    after = refitted(edited(shipped, **{"legal-safety": 400.0}), own)
    assert after is not None
    assert after.points == own.points


def test_a_choice_that_does_not_fit_any_more_is_given_up(shipped: Question) -> None:
    chosen = choose_perspective(shipped, default_choice(shipped), "ukraine")
    others = shipped.weighting.model_copy(update={"perspectives": shipped.perspectives[1:]})
    assert refitted(shipped.replace(weighting=others), chosen) is None
    branches = shipped.branches[:4]
    smaller = shipped.replace(tree=shipped.tree.model_copy(update={"branches": branches}))
    assert refitted(smaller, default_choice(shipped)) is None


def test_an_order_of_swings_gives_rank_order_centroid_weights(shipped: Question) -> None:
    """The first of 14 has the mean of 1/k; those not chosen share what is left, equally."""
    choice = choose_order(shipped, default_choice(shipped), ["penetration", "public-cost"])
    n = len(shipped.criteria)
    first, second = (sum(1 / k for k in range(place, n + 1)) / n * 100 for place in (1, 2))
    assert choice.points["penetration"] == pytest.approx(first)
    assert choice.points["public-cost"] == pytest.approx(second)
    rest = [v for k, v in choice.points.items() if k not in ("penetration", "public-cost")]
    assert rest == [pytest.approx((100 - first - second) / (n - 2))] * (n - 2)
    assert choice.origin == "own"
    assert choice.revision == 1


@pytest.mark.parametrize("order", [[], None, "penetration", ["nothing"], ["penetration"] * 2])
def test_an_order_that_is_none_changes_nothing(shipped: Question, order: object) -> None:
    start = default_choice(shipped)
    assert choose_order(shipped, start, order) is start


def test_a_reset_goes_back_to_the_perspective_and_keeps_the_settings(shipped: Question) -> None:
    setting = shipped.settings[0].id
    start = replace(default_choice(shipped), settings=(setting,))
    ukraine = choose_perspective(shipped, start, "ukraine")
    points = dict.fromkeys(ukraine.points, 1.0)
    own = choose_points(
        shipped, ukraine, {"revision": ukraine.revision, "points": points, "locked": []}
    )
    assert start_label(shipped, own) == "Government of Ukraine"
    back = choose_start(shipped, own)
    assert (back.origin, back.points, back.settings) == ("perspective", ukraine.points, (setting,))
    assert back.revision > own.revision
    loose = choose_start(shipped, replace(own, perspective=None))
    assert (loose.origin, loose.settings) == ("default", (setting,))


FIRST = Override("sanctuary", "penetration", 1.0, 2.0, 3.0, "screening works")
SECOND = Override("status-quo", "retaliation", 1.0, 1.0, 1.0, "nobody leaves")


def test_overrides_are_kept_in_order_and_one_for_each_score(shipped: Question) -> None:
    choice = choose_override(choose_override(default_choice(shipped), FIRST), SECOND)
    assert choice.overrides == (FIRST, SECOND)
    again = replace(FIRST, likely=3.0)
    assert choose_override(choice, again).overrides == (again, SECOND)


def test_overrides_are_undone_one_by_one_and_all_at_once(shipped: Question) -> None:
    choice = choose_override(choose_override(default_choice(shipped), FIRST), SECOND)
    assert drop_override(choice, FIRST.cell).overrides == (SECOND,)
    assert drop_override(choice, ("sanctuary", "retaliation")) == choice
    assert drop_overrides(choice) == default_choice(shipped)


def test_overrides_stay_when_the_weights_change(shipped: Question) -> None:
    choice = choose_perspective(shipped, choose_override(default_choice(shipped), FIRST), "finance")
    assert choice.overrides == (FIRST,)
    moved = dict(choice.points) | {"penetration": 0.0}
    assert choose_points(shipped, choice, report(choice, points=moved)).overrides == (FIRST,)


def test_an_edit_drops_the_overrides_that_do_not_fit_any_more(shipped: Question) -> None:
    choice = choose_override(choose_override(default_choice(shipped), FIRST), SECOND)
    fewer = shipped.replace(proposals=tuple(p for p in shipped.proposals if p.id != "sanctuary"))
    after = refitted(fewer, choice, shipped)
    assert after is not None
    assert after.overrides == (SECOND,)
    assert lost_overrides(fewer, choice, shipped) == [FIRST.cell]
    assert lost_overrides(shipped, choice, shipped) == []


def test_a_number_in_another_unit_does_not_fit(shipped: Question) -> None:
    choice = choose_override(default_choice(shipped), FIRST)
    branches = tuple(
        branch.model_copy(
            update={
                "criteria": tuple(
                    c.model_copy(update={"unit": "agents"}) if c.id == "penetration" else c
                    for c in branch.criteria
                )
            }
        )
        for branch in shipped.branches
    )
    changed = shipped.replace(tree=shipped.tree.model_copy(update={"branches": branches}))
    assert lost_overrides(changed, choice, shipped) == [FIRST.cell]
