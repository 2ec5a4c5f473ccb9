"""Whether to take over what a browser keeps, as plain values: no page, no session.

A link with weights goes before what is kept, and what is kept is then offered. Nothing that is kept
is written over but by the tab that read it or wrote it; whatever replaces a visitor's work goes on
in a record of its own, so that the work before can be brought back.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from typing import Literal
from uuid import uuid4

from dashboard.model.question import Question
from dashboard.ui.choice import Choice, default_choice
from dashboard.ui.kept.record import (
    LONGEST,
    Fitted,
    Kept,
    UnreadableError,
    Work,
    fitted,
    kept_text,
    read_kept,
)
from dashboard.ui.kept.reports import Changed, Found
from dashboard.ui.kept.words import (
    Line,
    changed_line,
    cleared_line,
    gone_line,
    offered_line,
    restored_line,
    started_line,
    unreadable_line,
)

_ROUNDING = 1e-6
"""Points; far more than what an address rounds away, and far less than anybody moves."""

Off = Literal["forgotten", "cleared", "refused", "full", "long", "briefing"]
"""Why nothing is kept."""


@dataclass(frozen=True)
class Ask:
    """A record that the visitor asked for; the ``id`` tells two askings apart."""

    id: str
    slot: str


@dataclass(frozen=True)
class Keeping:
    """How this visit stands to what the browser keeps of the question.

    ``start`` : the work at the start of the visit, as text; as long as it is unchanged, nothing is
    written. ``by_link`` : the visit began with weights from an address or a briefing.
    ``slot`` : the record that this tab writes to. ``fresh`` : the tab goes on without what it had.
    """

    visit: str
    start: str
    by_link: bool
    answered: bool = False
    slot: str | None = None
    fresh: bool = False
    ask: Ask | None = None
    off: Off | None = None
    clear: str | None = None
    line: Line | None = None


def new_slot() -> str:
    return uuid4().hex[:12]


def begun(question: Question, work: Work, start: Work, off: Off | None = None) -> Keeping:
    """At the start of a visit; ``start`` is the work of a visit that begins with nothing."""
    text = kept_text(question, work)
    by_link = text != kept_text(question, start)
    return Keeping(uuid4().hex, text, by_link, off=off)


def within_length(keeping: Keeping, text: str) -> Keeping:
    """Not kept while the work is longer than a browser is given, and kept again once it is not."""
    if len(text) > LONGEST and keeping.off is None:
        return replace(keeping, off="long")
    if len(text) <= LONGEST and keeping.off == "long":
        return replace(keeping, off=None)
    return keeping


def to_write(keeping: Keeping, text: str) -> Keeping:
    """With a record to write to, from the first change of the visit on."""
    if keeping.slot is None and keeping.off is None and text != keeping.start:
        return replace(keeping, slot=new_slot())
    return keeping


@dataclass(frozen=True)
class Answer:
    """What follows from a report; ``work`` is what to take over, if anything."""

    keeping: Keeping
    work: Work | None = None


def on_found(question: Question, now: Work, keeping: Keeping, found: Found) -> Answer:
    """Take over what was found, or offer it."""
    if keeping.answered and not (found.asked and _is_asked(keeping, found)):
        return Answer(keeping)
    keeping = replace(keeping, answered=True, ask=None)
    try:
        kept = read_kept(found.text)
    except UnreadableError:
        return Answer(replace(keeping, line=unreadable_line()))
    if found.edited and not _is_of(question, kept):
        return Answer(keeping)
    result = fitted(question, kept)
    if not found.asked and not _is_taken_over(question, now, keeping, found, result):
        return Answer(replace(keeping, line=offered_line(question, result, found)))
    # What does not fit stays where it was kept, so that it is there when the question is mended.
    slot = new_slot() if result.lost or found.edited else found.slot
    nothing = kept_text(question, Work(default_choice(question)))
    is_empty = kept_text(question, result.work) == nothing and not result.lost
    line = None if is_empty else restored_line(question, result, found)
    return Answer(replace(keeping, slot=slot, fresh=False, line=line), result.work)


def _is_asked(keeping: Keeping, found: Found) -> bool:
    return keeping.ask is not None and keeping.ask.slot == found.slot


def _is_of(question: Question, kept: Kept) -> bool:
    """Whether it was made on this question before an edit, and not on another of the same name.

    That is so where the question still has at least half of its criteria.
    """
    before = set(kept.choice.points)
    return 2 * len(before & {criterion.id for criterion in question.criteria}) >= len(before)


def _is_taken_over(
    question: Question, now: Work, keeping: Keeping, found: Found, result: Fitted
) -> bool:
    """Whether it is without being asked: it is what the address says, or the visit has nothing."""
    text = kept_text(question, now)
    if _says_the_same(result.work.choice, now.choice):
        return _loses_nothing(keeping.start, text, found.text)
    untouched = text == keeping.start
    return untouched and not keeping.by_link and not found.fresh


def _loses_nothing(start: str, now: str, kept: str) -> bool:
    """Whether names and texts that were typed since the visit began are those that are kept."""
    began, is_now, was = json.loads(start), json.loads(now), json.loads(kept)
    return all(is_now[part] in (began[part], was[part]) for part in ("saved", "wanted"))


def _says_the_same(kept: Choice, now: Choice) -> bool:
    """Whether an address says the same of both; it has fewer digits, no reasons and no names."""

    def told(choice: Choice) -> tuple[object, ...]:
        numbers = tuple(replace(override, reason=None) for override in choice.overrides)
        locked = frozenset(choice.locked)
        return choice.origin, choice.perspective, locked, choice.settings, numbers

    return told(kept) == told(now) and all(
        math.isclose(kept.points[i], now.points[i], abs_tol=_ROUNDING) for i in now.points
    )


def on_changed(keeping: Keeping, changed: Changed) -> Keeping:
    """Another tab wrote, cleared, or what was asked for is gone."""
    if changed.kind == "cleared":
        return replace(keeping, off="cleared", line=cleared_line())
    if changed.kind == "gone":
        return replace(keeping, ask=None, line=gone_line())
    return replace(keeping, slot=changed.fork or keeping.slot, line=changed_line(changed))


def asked_for(keeping: Keeping, slot: str) -> Keeping:
    return replace(keeping, ask=Ask(uuid4().hex, slot), line=None)


def kept_both(keeping: Keeping, other: str) -> Keeping:
    """This tab goes on in a record of its own, if it does not yet."""
    slot = new_slot() if keeping.slot == other else keeping.slot
    return replace(keeping, slot=slot, line=None)


def started_again(question: Question, keeping: Keeping, start: Work) -> Keeping:
    """From the start values, with what was kept left where it is."""
    line = None if keeping.slot is None else started_line(keeping.slot)
    text = kept_text(question, start)
    return replace(keeping, start=text, slot=None, fresh=True, line=line)


def left(question: Question, keeping: Keeping, work: Work) -> Keeping:
    """The visitor looks at something else now, such as a briefing; their own work stays kept."""
    return replace(
        keeping, start=kept_text(question, work), slot=None, fresh=True, by_link=True, line=None
    )


def forgotten(keeping: Keeping) -> Keeping:
    """All that the browser keeps goes, and nothing more is kept in this tab until asked for."""
    return replace(keeping, off="forgotten", clear=uuid4().hex, slot=None, line=None)


def kept_again(keeping: Keeping) -> Keeping:
    return replace(keeping, off=None, slot=new_slot(), answered=True, line=None)
