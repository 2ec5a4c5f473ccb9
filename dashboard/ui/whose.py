"""Whose weights are shown: as plain data for the history, and as the numbers bear it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard.methods.weights import (
    equal_branch_points,
    equal_perspective,
    percent,
    perspective_points,
    same_points,
)
from dashboard.model.question import Question

if TYPE_CHECKING:
    from dashboard.ui.choice import Choice

_WHOSE = ("origin", "perspective", "name")


def whose_of(choice: Choice) -> dict[str, str | None]:
    """Whose weights these are, as plain data, for the history of what can be undone."""
    return {name: getattr(choice, name) for name in _WHOSE}


def borne_out(question: Question, points: Mapping[str, float], given: Any) -> dict[str, Any] | None:
    """What ``whose_of`` gave, if it holds for these points; None otherwise."""
    if not isinstance(given, Mapping) or set(given) != set(_WHOSE):
        return None
    origin, perspective, name = (given[field] for field in _WHOSE)
    known = {p.id: p for p in question.perspectives}
    if perspective is not None and (not isinstance(perspective, str) or perspective not in known):
        return None
    if origin == "own":
        return dict(given) if name is None or isinstance(name, str) else None
    if name is not None or (origin == "perspective") != (perspective is not None):
        return None
    written = {"default": lambda: equal_branch_points(question.branches)}
    if perspective is not None:
        written["perspective"] = lambda: percent(perspective_points(question, known[perspective]))
    if (
        not isinstance(origin, str)
        or origin not in written
        or not same_points(points, written[origin]())
    ):
        return None
    return dict(given)


def under_its_name(question: Question, choice: Choice) -> Choice:
    """Own weights that equal a perspective's in every number are that perspective's weights.

    Where several have them, those that they started from. Weights with a name of their own keep it.
    """
    if choice.origin != "own" or choice.name is not None:
        return choice
    like = equal_perspective(question, choice.points)
    if like is None:
        return choice
    if choice.perspective is not None and like.id != choice.perspective:
        start = percent(perspective_points(question, question.perspective(choice.perspective)))
        if same_points(choice.points, start):
            like = question.perspective(choice.perspective)
    points = percent(perspective_points(question, like))
    return replace(choice, origin="perspective", perspective=like.id, points=points)
