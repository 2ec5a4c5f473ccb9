"""The form of ``workshop.json``: what the annex of a workshop prints, checked before it is printed.

Its words and figures are those of the workshop and are not calculated again; its ballots are not in
a briefing. ``counterweight workshop verify`` checks them where the workshop is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, ValidationError, model_validator

from dashboard.model.errors import Fault
from dashboard.model.record import Record
from dashboard.report.save_file.records import WORKSHOP

_Pair = tuple[str, str]


class _Printed(Record):
    """Lists as JSON has them; what is not printed may stand beside."""

    model_config = ConfigDict(strict=False, extra="allow")


class _Option(_Printed):
    name: str
    note: str
    mark: Annotated[str, Field(max_length=20)]
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
    firsts: tuple[str, ...]
    score: str
    rank: str
    undecided: bool


class _Options(_Printed):
    rounds: tuple[str, ...]
    rows: tuple[_Option, ...]
    w: tuple[str, ...]
    note: str

    @model_validator(mode="after")
    def _as_many_columns(self) -> Self:
        if {len(self.w), *(len(row.firsts) for row in self.rows)} - {len(self.rounds)}:
            raise ValueError("a row has not one figure for each round")
        return self


class _Group(_Printed):
    name: str
    ballots: str
    leads: str
    lead: str
    clear: bool
    w: str


class _Workshop(_Printed):
    heading: str
    rehearsal: str
    finding: str
    facts: tuple[_Pair, ...]
    options: _Options
    groups: tuple[_Group, ...]
    groups_note: str
    points: tuple[_Pair, ...]
    log: str
    head: str


def workshop_faults(workshop: Mapping[str, Any] | None) -> list[Fault]:
    """What keeps the record of a workshop from being printed; empty where nothing does."""
    try:
        if workshop is not None:
            _Workshop.model_validate(workshop)
    except ValidationError as error:
        place = " > ".join(map(str, error.errors(include_url=False)[0]["loc"]))
        what = f"is no record of a workshop{f' (see {place})' if place else ''}"
        return [Fault(WORKSHOP, None, what, "ask whoever made the briefing for it again")]
    return []
