"""The briefing that a visitor asks for: of which weights, how long, with what on every page."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, replace
from typing import Literal

from dashboard import __version__
from dashboard.methods.weights import NO_CHOICE, percent, perspective_points
from dashboard.model.question import Question
from dashboard.report.briefing.annex_workshop import WorkshopAnnex
from dashboard.report.briefing.brief import Brief, Layout, Weighting
from dashboard.report.briefing.names import ANNEXES, Annex, Length
from dashboard.ui.choice import Choice, Origin
from dashboard.ui.given_fonts import given_fonts
from dashboard.ui.served import slug_of
from dashboard.ui.workshop_annex import room_brief

Whose = Literal["shown", "perspectives", "workshop"]

LONGEST_MARKING, LONGEST_PERSON = 60, 40
"""What fits on one line of the footer."""

LONGEST_TYPED = 1_000
"""Characters that a field takes: more than fit, so that whoever pastes too much can shorten it."""

ALWAYS: tuple[Annex, ...] = ("workshop", "overrides")
"""Annexes of every full briefing that has something to tell in them; nobody leaves them out."""

CHOOSABLE: tuple[Annex, ...] = tuple(annex for annex in ANNEXES if annex not in ALWAYS)


@dataclass(frozen=True)
class Wanted:
    """What the visitor has set on the page Briefing.

    ``perspectives`` : their ids, in the order of the question; ``workshop`` : the id of one.
    ``left_out`` : the annexes that a full briefing is to do without. Empty texts are not set.
    """

    whose: Whose = "shown"
    perspectives: tuple[str, ...] = ()
    workshop: str | None = None
    length: Length = "two-pages"
    left_out: tuple[Annex, ...] = ()
    marking: str = ""
    author: str = ""
    assurer: str = ""

    @property
    def faults(self) -> tuple[str, ...]:
        """A sentence for each text that is too long to be printed whole; none is cut."""
        fields = (
            ("The marking", self.marking, LONGEST_MARKING),
            ("The author", self.author, LONGEST_PERSON),
            ("The assurer", self.assurer, LONGEST_PERSON),
        )
        return tuple(
            f"{name} has {len(text.strip())} characters, and {most} fit on a page: shorten it."
            for name, text, most in fields
            if len(text.strip()) > most
        )

    @property
    def short(self) -> Wanted:
        """Two pages under the same marking and names, for the buttons on other pages."""
        return Wanted(marking=self.marking, author=self.author, assurer=self.assurer)

    def layout(self, date: datetime.date) -> Layout:
        annexes = None
        if self.length == "full" and self.left_out:
            annexes = tuple(name for name in ANNEXES if name not in self.left_out)
        return Layout(
            date=date,
            version=__version__,
            length=self.length,
            annexes=annexes,
            marking=self.marking.strip() or None,
            author=self.author.strip() or None,
            assurer=self.assurer.strip() or None,
            fonts=given_fonts(),
        )


def wanted_as(before: Wanted, layout: Layout) -> Wanted:
    """What has to be set to go on with a briefing: its form and its marking, if it has one.

    Who wrote and who assured it is not taken over, since they have not seen what comes of it.
    """
    left_out = before.left_out
    if layout.length == "full":
        printed = ANNEXES if layout.annexes is None else layout.annexes
        left_out = tuple(annex for annex in CHOOSABLE if annex not in printed)
    marking = (layout.marking or before.marking)[:LONGEST_TYPED]
    return replace(before, whose="shown", length=layout.length, left_out=left_out, marking=marking)


def today() -> datetime.date:
    """Where the server runs."""
    return datetime.datetime.now().astimezone().date()


def choice_brief(question: Question, choice: Choice, layout: Layout) -> Brief:
    """Of the weights that are shown."""
    weighting = Weighting(
        choice.points,
        choice.label(question),
        choice.origin,
        choice.perspective,
        choice.name,
        choice.locked,
    )
    return Brief(question, weighting, layout, choice.settings, choice.overrides)


def perspective_brief(question: Question, choice: Choice, identifier: str, layout: Layout) -> Brief:
    """Of the weights of a perspective, under the settings and overridden scores that are shown."""
    perspective = question.perspective(identifier)
    points = perspective_points(question, perspective)
    weighting = Weighting(points, perspective.name, "perspective", identifier)
    return Brief(question, weighting, layout, choice.settings, choice.overrides)


def briefs_of(
    question: Question, choice: Choice, wanted: Wanted, annex: WorkshopAnnex | None
) -> tuple[Brief, ...]:
    """All briefings that are asked for; none where perspectives or a workshop are yet to be chosen.

    Parameters
    ----------
    annex : the record of the workshop that is asked for.
    """
    layout = wanted.layout(today())
    if wanted.whose == "perspectives":
        known = {perspective.id for perspective in question.perspectives}
        return tuple(
            perspective_brief(question, choice, identifier, layout)
            for identifier in wanted.perspectives
            if identifier in known
        )
    if wanted.whose == "workshop":
        return (room_brief(annex, layout),) if annex is not None else ()
    return (choice_brief(question, choice, layout),)


def choice_of(brief: Brief, revision: int = 1) -> Choice:
    """The choice that makes the same evaluation; a room's weights become saved ones."""
    weighting = brief.weighting
    known = {perspective.id for perspective in brief.question.perspectives}
    perspective = weighting.perspective if weighting.perspective in known else None
    origin: Origin = "own" if weighting.origin == "room" else weighting.origin
    if origin == "perspective" and perspective is None:
        origin = "own"
    return Choice(
        origin,
        perspective,
        percent(weighting.points),
        locked=weighting.locked,
        settings=brief.settings,
        revision=revision,
        name=weighting.label if weighting.origin == "room" else weighting.name,
        overrides=brief.overrides,
    )


def file_name(brief: Brief, ending: str = "") -> str:
    """'ways-out-for-russian-officials-ukraine-2026-11-26.pdf'."""
    weighting = brief.weighting
    whose = weighting.perspective if weighting.origin == "perspective" else weighting.label
    if weighting.label == NO_CHOICE:
        whose = "no-choice-made"
    parts = (slug_of(brief.question.context.title), slug_of(whose or ""))
    return f"{'-'.join(parts)}-{brief.layout.date.isoformat()}{ending}"


BriefKey = tuple[object, ...]


def brief_key(brief: Brief) -> BriefKey:
    """What two briefs that make the same document have in common."""
    weighting, workshop = brief.weighting, brief.workshop
    return (
        brief.question.fingerprint,
        *(part for pair in sorted(weighting.points.items()) for part in pair),
        *(weighting.label, weighting.origin, weighting.perspective, weighting.name),
        weighting.locked,
        brief.layout,
        brief.settings,
        brief.overrides,
        brief.sampling,
        brief.errors,
        None if workshop is None else json.dumps(workshop, sort_keys=True),
    )
