"""What the browser reports of what it keeps; checked, since anybody there can write it."""

from __future__ import annotations

import datetime
import json
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, StringConstraints, ValidationError

from dashboard.model.record import Record
from dashboard.report.briefing.words import long_date
from dashboard.ui.kept.record import LONGEST

_Visit = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Slot = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
"""Names one record of a question among those that a browser keeps."""

_MINUTES = 60 * 24 * 365 * 200
When = Annotated[int, Field(ge=0, le=_MINUTES)]
"""Minutes since 1970 by the clock on the wall of whoever sits at the browser."""


class Other(Record):
    """One more record of the same question."""

    slot: Slot
    when: When


class Found(Record):
    """A record that the browser keeps of this question.

    ``edited`` : of the same name, but on other scales. ``fresh`` : the tab was told to begin
    without it. ``asked`` : the visitor asked for it.
    """

    visit: _Visit
    slot: Slot
    when: When
    text: Annotated[str, StringConstraints(max_length=LONGEST)]
    edited: bool
    fresh: bool
    asked: bool
    others: Annotated[tuple[Other, ...], Field(max_length=3)]


class Changed(Record):
    """Another tab wrote to the record of this one, cleared it, or it is no longer there.

    ``fork`` : the slot in which this tab goes on, if it has written since.
    """

    visit: _Visit
    kind: Literal["written", "cleared", "gone"]
    slot: Slot
    when: When
    fork: Slot | None


class Unkept(Record):
    """The browser keeps nothing: it refuses to, or has no room."""

    visit: _Visit
    why: Literal["refused", "full"]


Report = TypeVar("Report", Found, Changed, Unkept)


def read_report(kind: type[Report], reported: Any) -> Report | None:
    """The report, or None where it is malformed."""
    try:
        return kind.model_validate_json(json.dumps(reported))
    except (ValidationError, ValueError, TypeError, RecursionError):
        return None


def when_words(when: int) -> str:
    """'28 November 2026 at 14:02'."""
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(minutes=when)  # noqa: DTZ001
    return f"{long_date(moment.date())} at {moment:%H:%M}"
