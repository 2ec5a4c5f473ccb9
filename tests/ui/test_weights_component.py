"""What the weights component is told."""

from __future__ import annotations

from typing import Any

from dashboard.model.question import Question
from dashboard.ui.choice import KEPT, choose_perspective, choose_points, default_choice
from dashboard.ui.weights_component import perspective_options


def chosen(options: list[Any]) -> list[str]:
    return [option["name"] for option in options if option["chosen"]]


def test_the_start_that_was_no_choice_stands_first_and_is_named(shipped: Question) -> None:
    options = perspective_options(shipped, default_choice(shipped))
    assert chosen(list(options)) == ["Equal branches, as no weights were chosen"]
    assert [o["id"] for o in options] == ["", *(p.id for p in shipped.perspectives)]


def test_a_perspective_is_chosen_among_the_perspectives_alone(shipped: Question) -> None:
    choice = choose_perspective(shipped, default_choice(shipped), "ukraine")
    options = perspective_options(shipped, choice)
    assert chosen(list(options)) == ["Government of Ukraine"]
    assert len(options) == len(shipped.perspectives)


def test_own_weights_are_named_and_kept_while_a_perspective_is_looked_at(
    shipped: Question,
) -> None:
    start = choose_perspective(shipped, default_choice(shipped), "ukraine")
    points = dict.fromkeys(start.points, 1.0)
    report = {"revision": start.revision, "points": points, "locked": []}
    own = choose_points(shipped, start, report)
    assert chosen(list(perspective_options(shipped, own))) == [
        "Own weights, starting from Government of Ukraine"
    ]
    looking = choose_perspective(shipped, own, "finance")
    last = perspective_options(shipped, looking)[-1]
    assert (last["id"], last["name"]) == (KEPT, "Back to own weights")
