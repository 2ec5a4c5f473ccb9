"""What a browser keeps of a visitor's work on one question, as text and back.

The text comes back from a place that anybody at that browser can write to, so it is read like any
other input from outside: bounded, checked against a schema, and then against the question that is
shown. What does not fit is left out and named; it never stops a page.

Never kept: passphrases, keys of workshops, which workshop a briefing was to be of, and files.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError

from dashboard.methods.weights import TOTAL, percent, perspective_points
from dashboard.model.overrides import LARGEST, LONGEST_REASON, Override, override_faults
from dashboard.model.question import Question
from dashboard.model.record import Record
from dashboard.model.wording import listed
from dashboard.report.briefing.names import ANNEXES, Annex, Length
from dashboard.ui.briefs import CHOOSABLE, LONGEST_TYPED, Wanted
from dashboard.ui.choice import Choice, Origin, checked_points, default_choice
from dashboard.ui.saved_weights import LONGEST_NAME, MOST, SavedWeights, saved_under

VERSION = 1
LONGEST = 300_000
"""Characters of one record; sixty criteria, twenty saved sets and hundreds of overrides fit."""

_MOST = 5_000
"""Entries of any list or table in it."""

_Id = Annotated[str, StringConstraints(max_length=64)]
_Name = Annotated[str, StringConstraints(max_length=LONGEST_NAME)]
_Typed = Annotated[str, StringConstraints(max_length=LONGEST_TYPED)]
_Points = Annotated[dict[_Id, float], Field(max_length=_MOST)]
_Ids = Annotated[tuple[_Id, ...], Field(max_length=_MOST)]
_Number = Annotated[float, Field(gt=-LARGEST, lt=LARGEST)]


class UnreadableError(ValueError):
    """What the browser kept is damaged, or was written by another version."""


class KeptOverride(Record):
    """A score that was overridden; ``unit`` is the one that its numbers were given in."""

    proposal: _Id
    criterion: _Id
    unit: Annotated[str, StringConstraints(max_length=500)]
    low: _Number
    likely: _Number
    high: _Number
    reason: Annotated[str, StringConstraints(max_length=LONGEST_REASON)] | None


class KeptSaved(Record):
    """Weights under a name."""

    name: _Name
    points: _Points


class KeptChoice(Record):
    """A choice as it stood; ``own`` are the own points to come back to from a perspective."""

    origin: Origin
    perspective: _Id | None
    name: _Name | None
    points: _Points
    own: _Points | None
    locked: _Ids
    settings: _Ids
    overrides: Annotated[tuple[KeptOverride, ...], Field(max_length=_MOST)]


class KeptWanted(Record):
    """What was set on the page Briefing, but for a workshop."""

    whose: Literal["shown", "perspectives"]
    perspectives: _Ids
    length: Length
    left_out: Annotated[tuple[Annex, ...], Field(max_length=len(ANNEXES))]
    marking: _Typed
    author: _Typed
    assurer: _Typed


class Kept(Record):
    """All of it, for one question."""

    version: Literal[1]
    scales: _Id
    choice: KeptChoice
    saved: Annotated[tuple[KeptSaved, ...], Field(max_length=MOST)]
    wanted: KeptWanted
    blind: bool


@dataclass(frozen=True)
class Work:
    """A visitor's work on a question, as the session holds it."""

    choice: Choice
    saved: tuple[SavedWeights, ...] = ()
    wanted: Wanted = field(default_factory=Wanted)
    blind: bool = False


@dataclass(frozen=True)
class Fitted:
    """Work that fits a question, and what was kept that does not: a phrase for each."""

    work: Work
    lost: tuple[str, ...] = ()


# ------------------------------------------------------------------------------ to text


def scales_key(question: Question) -> str:
    """What records of a question lie under: the first digits of its scales, as in a link."""
    return question.scales_fingerprint[:12]


def undo_key(weights: str, question: Question) -> str:
    """Whose steps to undo they are: of one weights component, as long as the scales stay."""
    return f"{weights}:{scales_key(question)}"


def kept_text(question: Question, work: Work) -> str:
    """The text to keep: equal for equal work, whichever way it came about."""
    choice, wanted = work.choice, work.wanted
    units = {criterion.id: criterion.unit for criterion in question.criteria}
    content: dict[str, Any] = {
        "version": VERSION,
        "scales": question.scales_fingerprint,
        "choice": {
            "origin": choice.origin,
            "perspective": choice.perspective,
            "name": choice.name,
            "points": dict(choice.points),
            "own": None if choice.kept is None else dict(choice.kept),
            "locked": list(choice.locked),
            "settings": list(choice.settings),
            "overrides": [
                {
                    "proposal": o.proposal,
                    "criterion": o.criterion,
                    "unit": units.get(o.criterion, ""),
                    "low": o.low,
                    "likely": o.likely,
                    "high": o.high,
                    "reason": o.reason,
                }
                for o in choice.overrides
            ],
        },
        "saved": [{"name": s.name, "points": dict(s.points)} for s in work.saved],
        "wanted": {
            "whose": "shown" if wanted.whose == "workshop" else wanted.whose,
            "perspectives": list(wanted.perspectives),
            "length": wanted.length,
            "left_out": list(wanted.left_out),
            "marking": wanted.marking,
            "author": wanted.author,
            "assurer": wanted.assurer,
        },
        "blind": work.blind,
    }
    return json.dumps(content, separators=(",", ":"))


# ------------------------------------------------------------------------------ from text


def read_kept(text: object) -> Kept:
    """The record in a text.

    Raises
    ------
    UnreadableError : it is none, too long, or of another version.
    """
    if not isinstance(text, str) or len(text) > LONGEST:
        raise UnreadableError
    try:
        return Kept.model_validate_json(text)
    except (ValidationError, UnicodeError) as error:
        raise UnreadableError from error


def fitted(question: Question, kept: Kept) -> Fitted:
    """What a question can take of a record, whatever version of the question it was made on."""
    lost: list[str] = []
    choice = _choice(question, kept.choice, lost)
    choice = replace(choice, overrides=_overrides(question, kept.choice.overrides, lost))
    work = Work(choice, _saved(question, kept.saved, lost), _wanted(question, kept), kept.blind)
    if kept.scales != question.scales_fingerprint:
        lost.insert(0, "criteria or scales have changed, so check the weights")
    return Fitted(work, tuple(lost))


def _choice(question: Question, kept: KeptChoice, lost: list[str]) -> Choice:
    """The weights with locks and settings; the start values where they do not fit."""
    known = {setting.id for setting in question.settings}
    settings = tuple(s.id for s in question.settings if s.id in kept.settings)
    if not set(kept.settings) <= known:
        lost.append("a setting that is gone is left out")
    start = replace(default_choice(question), settings=settings)
    points = _points(question, kept.points)
    if points is None:
        lost.append("the weights are left out, since the criteria have changed")
        return start
    ids = [criterion.id for criterion in question.criteria]
    locked = tuple(identifier for identifier in ids if identifier in kept.locked)
    own = None if kept.own is None else _points(question, kept.own)
    if kept.origin == "default":
        return replace(start, locked=locked, kept=own)
    choice = Choice(kept.origin, None, points, locked, settings, kept=own, name=kept.name)
    return _with_perspective(question, kept, choice, lost)


def _points(question: Question, kept: Mapping[str, float]) -> dict[str, float] | None:
    """Points of this question; to the last digit as they were kept, so that equal work is equal."""
    points = checked_points(question, kept)
    if points is None or not math.isclose(sum(kept.values()), TOTAL, rel_tol=1e-9):
        return points
    return {identifier: kept[identifier] for identifier in points}


def _with_perspective(
    question: Question, kept: KeptChoice, choice: Choice, lost: list[str]
) -> Choice:
    """The choice with the perspective it came from, whose weights are those of today."""
    if kept.perspective is None:
        # Weights of a perspective without one are somebody's own.
        return replace(choice, origin="own")
    if all(kept.perspective != perspective.id for perspective in question.perspectives):
        lost.append("the perspective that the weights came from is gone; they count as your own")
        return replace(choice, origin="own")
    choice = replace(choice, perspective=kept.perspective)
    if kept.origin == "own":
        return choice
    perspective = question.perspective(kept.perspective)
    today = percent(perspective_points(question, perspective))
    if any(not math.isclose(today[i], choice.points[i], abs_tol=1e-6) for i in today):
        lost.append(f"the weights of “{perspective.name}” are those it has now")
    return replace(choice, points=today, name=None)


def _overrides(
    question: Question, entries: tuple[KeptOverride, ...], lost: list[str]
) -> tuple[Override, ...]:
    """Those of scores that are still there, in the unit that the numbers were given in."""
    units = {criterion.id: criterion.unit for criterion in question.criteria}
    times = Counter((entry.proposal, entry.criterion) for entry in entries)
    found = []
    for e in entries:
        override = Override(e.proposal, e.criterion, e.low, e.likely, e.high, e.reason)
        fits = times[override.cell] == 1 and units.get(e.criterion) == e.unit
        if fits and not override_faults(question, [override]):
            found.append(override)
    if len(found) < len(entries):
        left = len(entries) - len(found)
        lost.append(
            "1 overridden score was left out: it no longer fits the question"
            if left == 1
            else f"{left} overridden scores were left out: they no longer fit the question"
        )
    return tuple(found)


def _saved(
    question: Question, entries: tuple[KeptSaved, ...], lost: list[str]
) -> tuple[SavedWeights, ...]:
    saved: tuple[SavedWeights, ...] = ()
    unfit = []
    for entry in entries:
        points = _points(question, entry.points)
        if points is None:
            unfit.append(f"“{entry.name}”")
        else:
            saved = saved_under(saved, entry.name, points)
    if unfit:
        lost.append(f"saved weights {listed(unfit)} left out, since the criteria have changed")
    return saved


def _wanted(question: Question, kept: Kept) -> Wanted:
    wanted = kept.wanted
    return Wanted(
        whose=wanted.whose,
        perspectives=tuple(p.id for p in question.perspectives if p.id in wanted.perspectives),
        length=wanted.length,
        left_out=tuple(annex for annex in CHOOSABLE if annex in wanted.left_out),
        marking=wanted.marking,
        author=wanted.author,
        assurer=wanted.assurer,
    )
