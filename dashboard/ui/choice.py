"""What a visitor has chosen: weights, locks, settings and overrides, as one frozen value."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from dashboard.methods.rank_order_weights import rank_order_centroid
from dashboard.methods.weights import (
    NO_CHOICE,
    equal_branch_points,
    equal_perspective,
    percent,
    perspective_points,
    same_points,
)
from dashboard.model.overrides import Cell, Override, override_faults
from dashboard.model.question import Question
from dashboard.ui.whose import borne_out

Origin = Literal["default", "perspective", "own"]

OWN_EQUAL = "Own weights, the same as equal branches"
"""Of somebody who chose, and chose what stands there when nobody does."""

KEPT = "kept-own-weights"
"""The entry of the list of perspectives that brings a visitor's own weights back."""


@dataclass(frozen=True)
class Choice:
    """Points sum to 100. ``revision`` counts the changes that did not come from the component.

    ``kept`` are the visitor's own points while a perspective is looked at, to come back to.
    ``name`` is the one under which the visitor saved these points.
    """

    origin: Origin
    perspective: str | None
    points: Mapping[str, float]
    locked: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    revision: int = 0
    kept: Mapping[str, float] | None = None
    name: str | None = None
    overrides: tuple[Override, ...] = ()

    def label(self, question: Question) -> str:
        """Whose weights these are, for every place where a result is shown."""
        if self.origin == "default":
            return NO_CHOICE
        if self.name is not None:
            like = equal_perspective(question, self.points)
            same = f"; the same as {like.name}" if like else ""
            return f"Own weights, saved as {self.name}{same}"
        if self.origin == "own" and same_points(
            self.points, equal_branch_points(question.branches)
        ):
            return OWN_EQUAL
        name = question.perspective(self.perspective).name if self.perspective else None
        if self.origin == "perspective" and name:
            return name
        return f"Own weights, starting from {name}" if name else "Own weights"


def default_choice(question: Question) -> Choice:
    """Equal branches: a start that is labelled as no choice."""
    return Choice("default", None, equal_branch_points(question.branches))


def choose_perspective(question: Question, choice: Choice, identifier: str) -> Choice:
    """The weights of a perspective; settings stay, locks go."""
    points = percent(perspective_points(question, question.perspective(identifier)))
    return replace(
        choice,
        kept=choice.points if choice.origin == "own" else choice.kept,
        origin="perspective",
        perspective=identifier,
        name=None,
        points=points,
        locked=(),
        revision=choice.revision + 1,
    )


def choose_kept(choice: Choice) -> Choice:
    """Back to the visitor's own points; unchanged where there are none."""
    if choice.kept is None:
        return choice
    return replace(
        choice,
        origin="own",
        perspective=None,
        name=None,
        points=choice.kept,
        kept=None,
        locked=(),
        revision=choice.revision + 1,
    )


def choose_saved(choice: Choice, name: str, points: Mapping[str, float]) -> Choice:
    """Points that were saved under a name."""
    return replace(
        choice,
        kept=choice.points if choice.origin == "own" and choice.name is None else choice.kept,
        origin="own",
        perspective=None,
        name=name,
        points=points,
        locked=(),
        revision=choice.revision + 1,
    )


def choose_start(question: Question, choice: Choice) -> Choice:
    """Back to the perspective that these weights started from, or to where a visit begins."""
    if choice.perspective is not None:
        return choose_perspective(question, choice, choice.perspective)
    return replace(
        default_choice(question),
        settings=choice.settings,
        overrides=choice.overrides,
        revision=choice.revision + 1,
    )


def start_label(question: Question, choice: Choice) -> str:
    """What ``choose_start`` goes back to."""
    return replace(choose_start(question, choice), name=None).label(question)


def choose_order(question: Question, choice: Choice, order: Any) -> Choice:
    """Weights from the order in which swings were chosen; those left out share what is left.

    An order that is malformed changes nothing.
    """
    ids = [criterion.id for criterion in question.criteria]
    if not isinstance(order, list) or not order or not set(order) <= set(ids):
        return choice
    if len(set(order)) < len(order):
        return choice
    ranks = [order.index(id_) if id_ in order else len(order) for id_ in ids]
    weights = rank_order_centroid(ranks).tolist()
    return replace(
        choice,
        origin="own",
        perspective=None,
        name=None,
        points=percent(dict(zip(ids, weights, strict=True))),
        locked=(),
        revision=choice.revision + 1,
    )


def choose_override(choice: Choice, override: Override) -> Choice:
    """The override in the place of an earlier one of the same score, or as the last."""
    cells = [held.cell for held in choice.overrides]
    if override.cell not in cells:
        return replace(choice, overrides=(*choice.overrides, override))
    held = tuple(override if o.cell == override.cell else o for o in choice.overrides)
    return replace(choice, overrides=held)


def drop_override(choice: Choice, cell: Cell) -> Choice:
    """The score as the files have it again; unchanged where it is not overridden."""
    return replace(choice, overrides=tuple(o for o in choice.overrides if o.cell != cell))


def drop_overrides(choice: Choice) -> Choice:
    """All scores as the files have them."""
    return replace(choice, overrides=())


def lost_overrides(
    question: Question, choice: Choice, before: Question | None = None
) -> list[Cell]:
    """The overridden scores that a question does not have any more.

    A criterion that changed its unit is another one: a number in the old unit would mislead.
    """
    units = {criterion.id: criterion.unit for criterion in question.criteria}
    old = {c.id: c.unit for c in before.criteria} if before else units
    return [
        override.cell
        for override in choice.overrides
        if override_faults(question, [override])
        or units[override.criterion] != old.get(override.criterion)
    ]


def refitted(question: Question, choice: Choice, before: Question | None = None) -> Choice | None:
    """The choice on a question that was edited; None where its weights do not fit any more.

    Points that came from a file follow the file; a visitor's own points stay as they are.
    Overrides that do not fit any more are dropped; ``lost_overrides`` says which.
    """
    criteria = {criterion.id for criterion in question.criteria}
    perspectives = {perspective.id for perspective in question.perspectives}
    known = {setting.id for setting in question.settings}
    if set(choice.points) != criteria or not set(choice.settings) <= known:
        return None
    if choice.perspective is not None and choice.perspective not in perspectives:
        return None
    points = choice.points
    if choice.origin == "perspective" and choice.perspective is not None:
        points = percent(perspective_points(question, question.perspective(choice.perspective)))
    elif choice.origin == "default":
        points = equal_branch_points(question.branches)
    return replace(
        choice,
        points=points,
        revision=choice.revision + 1,
        overrides=fitting_overrides(question, choice, before),
    )


def fitting_overrides(
    question: Question, choice: Choice, before: Question | None = None
) -> tuple[Override, ...]:
    """The overrides that hold on a question that was edited."""
    lost = set(lost_overrides(question, choice, before))
    return tuple(override for override in choice.overrides if override.cell not in lost)


def choose_points(question: Question, choice: Choice, reported: Any) -> Choice:
    """What the component reports; a report that is stale or malformed changes nothing.

    A step back or forward names whose the weights were (``whose_of``). That holds where the points
    bear it out; points that a hand has moved are its own.
    """
    if not isinstance(reported, Mapping) or reported.get("revision") != choice.revision:
        return choice
    points, locked = reported.get("points"), reported.get("locked")
    checked = checked_points(question, points)
    if checked is None or not isinstance(locked, Iterable):
        return choice
    ids = [criterion.id for criterion in question.criteria]
    kept = tuple(identifier for identifier in ids if identifier in set(locked))
    whose = borne_out(question, checked, reported.get("whose"))
    if whose is not None:
        return replace(choice, points=checked, locked=kept, **whose)
    if all(math.isclose(checked[i], choice.points[i], abs_tol=1e-9) for i in ids):
        return replace(choice, locked=kept)
    return replace(choice, origin="own", name=None, points=checked, locked=kept)


def checked_points(question: Question, points: Any) -> dict[str, float] | None:
    """Points from outside, scaled to sum 100; None if they are not points of this question."""
    ids = [criterion.id for criterion in question.criteria]
    if not isinstance(points, Mapping) or set(points) != set(ids):
        return None
    for value in points.values():
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        if not 0 <= value <= 1e9:
            return None
    if not any(value > 0 for value in points.values()):
        return None
    return percent({identifier: float(points[identifier]) for identifier in ids})
