"""Whose weights are shown: the label follows the numbers, and goes back with them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import NO_CHOICE, equal_perspective, percent, perspective_points
from dashboard.model.question import Question
from dashboard.report.briefing.brief import Brief, Weighting
from dashboard.robustness.perspectives import OWN, panel, voices
from dashboard.ui.briefs import Wanted, choice_brief, today
from dashboard.ui.choice import (
    OWN_EQUAL,
    Choice,
    choose_perspective,
    choose_points,
    choose_saved,
    default_choice,
)
from dashboard.ui.whose import under_its_name, whose_of

UKRAINE = "Government of Ukraine"


def moved(question: Question, choice: Choice, **points: float) -> Choice:
    """After a hand has set some weights and let go."""
    given = {**choice.points, **{name.replace("_", "-"): value for name, value in points.items()}}
    return reported(question, choice, given)


def reported(
    question: Question, choice: Choice, points: Any, whose: Any = None, locked: Any = ()
) -> Choice:
    report = {"points": dict(points), "locked": locked, "revision": choice.revision, "whose": whose}
    return under_its_name(question, choose_points(question, choice, report))


def test_a_step_back_takes_the_label_back(shipped: Question) -> None:
    """Opened and undone: the start values again, and not own weights."""
    start = default_choice(shipped)
    opened = choose_perspective(shipped, start, "ukraine")
    held = json.loads(json.dumps(whose_of(start)))  # the history of the browser is plain data
    back = reported(shipped, opened, start.points, held)
    assert back.label(shipped) == NO_CHOICE
    assert (back.origin, back.perspective, back.revision) == ("default", None, opened.revision)
    again = reported(shipped, back, opened.points, whose_of(opened), ["penetration"])
    assert again.label(shipped) == UKRAINE
    assert again.locked == ("penetration",)


def test_a_step_back_to_own_weights_names_their_start(shipped: Question) -> None:
    own = moved(
        shipped, choose_perspective(shipped, default_choice(shipped), "ukraine"), penetration=9
    )
    other = choose_perspective(shipped, own, "finance")
    back = reported(shipped, other, own.points, whose_of(own))
    assert back.label(shipped) == f"Own weights, starting from {UKRAINE}"


@pytest.mark.parametrize(
    "whose",
    [
        {"origin": "perspective", "perspective": "finance", "name": None},
        {"origin": "perspective", "perspective": "nobody", "name": None},
        {"origin": "perspective", "perspective": None, "name": None},
        {"origin": "perspective", "perspective": ["ukraine"], "name": None},
        {"origin": "default", "perspective": None, "name": None},
        {"origin": "default", "perspective": "ukraine", "name": None},
        {"origin": "own", "perspective": None, "name": 7},
        {"origin": "room", "perspective": None, "name": None},
        {"origin": ["own"], "perspective": None, "name": None},
        {"origin": "own"},
        "ukraine",
    ],
)
def test_whose_weights_are_is_believed_only_as_far_as_the_numbers_bear_it_out(
    shipped: Question, whose: Any
) -> None:
    ukraine = choose_perspective(shipped, default_choice(shipped), "ukraine")
    other = dict(ukraine.points) | {"penetration": 50.0}
    after = reported(shipped, ukraine, other, whose)
    assert after.label(shipped) == f"Own weights, starting from {UKRAINE}"
    assert after.origin == "own"


def test_weights_brought_back_by_hand_are_the_perspectives_again(shipped: Question) -> None:
    ukraine = choose_perspective(shipped, default_choice(shipped), "ukraine")
    away = moved(shipped, ukraine, penetration=30)
    assert away.origin == "own"
    back = reported(shipped, away, ukraine.points)
    assert (back.label(shipped), back.points) == (UKRAINE, ukraine.points)


def test_the_same_points_typed_are_the_perspectives(shipped: Question) -> None:
    points = perspective_points(shipped, shipped.perspective("finance"))
    typed = reported(shipped, default_choice(shipped), points)
    assert typed.label(shipped) == shipped.perspective("finance").name
    near = dict(typed.points) | {"penetration": typed.points["penetration"] + 0.01}
    assert reported(shipped, typed, near).origin == "own"


def test_of_two_perspectives_with_the_same_weights_the_start_is_named(shipped: Question) -> None:
    first = shipped.perspective("ukraine")
    twin = first.model_copy(update={"id": "twin", "name": "Twin"})
    weighting = shipped.weighting.model_copy(update={"perspectives": (*shipped.perspectives, twin)})
    question = shipped.replace(weighting=weighting)
    start = choose_perspective(question, default_choice(question), "twin")
    back = reported(question, moved(question, start, penetration=30), start.points)
    assert back.label(question) == "Twin"


def test_who_sets_equal_branches_has_chosen_them(shipped: Question) -> None:
    start = default_choice(shipped)
    back = reported(shipped, moved(shipped, start, penetration=30), start.points)
    assert (back.origin, back.perspective) == ("perspective", "equal-branches")
    without = shipped.weighting.model_copy(update={"perspectives": shipped.perspectives[:2]})
    question = shipped.replace(weighting=without)
    back = reported(question, moved(question, start, penetration=30), start.points)
    assert back.label(question) == OWN_EQUAL == "Own weights, the same as equal branches"
    assert back.origin == "own"


def test_weights_kept_under_a_name_say_whose_they_equal(shipped: Question) -> None:
    ukraine = choose_perspective(shipped, default_choice(shipped), "ukraine")
    kept = under_its_name(shipped, choose_saved(ukraine, "ours", ukraine.points))
    assert kept.label(shipped) == f"Own weights, saved as ours; the same as {UKRAINE}"
    away = moved(shipped, ukraine, penetration=30)
    other = choose_saved(ukraine, "ours", away.points)
    assert other.label(shipped) == "Own weights, saved as ours"


def test_equal_weights_are_no_voice_of_their_own(shipped: Question) -> None:
    points = perspective_points(shipped, shipped.perspective("ukraine"))
    same, other = evaluate(shipped, points), evaluate(shipped, {**points, "penetration": 99.0})
    assert len(voices(same, "Your weights")) == len(shipped.perspectives)
    assert len(panel(same, "Your weights").weights) == len(shipped.perspectives)
    assert voices(other, "Your weights")[-1].id == OWN
    assert len(panel(other, "Your weights").weights) == len(shipped.perspectives) + 1


def test_a_briefing_counts_equal_weights_once(shipped: Question) -> None:
    points = percent(perspective_points(shipped, shipped.perspective("ukraine")))
    layout = Wanted().layout(today())
    named = replace(default_choice(shipped), origin="own", name="ours", points=points)
    for brief in (
        choice_brief(shipped, named, layout),
        Brief(shipped, Weighting(points, "Own weights, from x.yaml"), layout),
    ):
        assert brief.perspective == shipped.perspective("ukraine")
    start = choice_brief(shipped, default_choice(shipped), layout)
    assert start.perspective is None
    assert equal_perspective(shipped, {**points, "penetration": 99.0}) is None
