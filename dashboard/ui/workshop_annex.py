"""A workshop as its briefing needs it: results, facts, and whether it agrees with its log."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from dashboard.methods.evaluate import values_of
from dashboard.model.question import Question
from dashboard.model.wording import counted
from dashboard.report.briefing.annex_workshop import WorkshopAnnex, WorkshopFacts, annex_content
from dashboard.report.briefing.brief import Brief, Layout, Weighting
from dashboard.robustness.room import Room, room
from dashboard.robustness.room_ballots import Group, RoundBallots
from dashboard.workshop import words
from dashboard.workshop.pulse import read_pulse
from dashboard.workshop.records import Plan
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.revealed import RevealedRound, revealed_rounds
from dashboard.workshop.store import Store
from dashboard.workshop.verification import verify


def annex_of(store: Store, workshop: str) -> WorkshopAnnex:
    """The record of all revealed rounds.

    Raises
    ------
    RefusedError : there is no such workshop, no round is revealed, or nobody voted in any.
    """
    found = store.workshop(workshop)
    question = store.question(found.fingerprint)
    rounds = revealed_rounds(store, workshop)
    if not any(one.ballots for one in rounds):
        what = "no ballot of this workshop is revealed"
        raise RefusedError("not-revealed", "workshop", what, "reveal a round first")
    checked = verify(store, workshop)
    facts = WorkshopFacts(
        title=found.plan.title,
        method=words.METHODS[found.plan.method][1],
        began=_day(found.created_at),
        ended=found.state == "closed",
        rehearsal=found.plan.rehearsal,
        joined=read_pulse(store, workshop).joined,
        events=checked.events,
        head=checked.head,
        faults=checked.faults,
    )
    results = room_after(question, found.plan, rounds, rounds[-1].number)
    return WorkshopAnnex(facts, results, question)


def room_after(
    question: Question, plan: Plan, rounds: Sequence[RevealedRound], number: int
) -> Room:
    """The room's results up to round ``number``."""
    ballots = [
        RoundBallots(
            number=found.number,
            weights=found.weights,
            groups=tuple(ballot.group for ballot in found.ballots),
            people=tuple(ballot.person for ballot in found.ballots),
        )
        for found in rounds
        if found.number <= number
    ]
    groups = [Group(group.id, group.name) for group in plan.groups]
    return room(values_of(question), ballots, groups, small_groups=plan.small_groups)


def room_brief(annex: WorkshopAnnex, layout: Layout) -> Brief:
    """The question under the room's mean weights of the latest round with a ballot."""
    latest = annex.room.rounds[-1]
    ids = [criterion.id for criterion in annex.question.criteria]
    points = dict(zip(ids, latest.whole.weights.tolist(), strict=True))
    facts = annex.facts
    label = room_name(latest.ballots, latest.number, facts.title, rehearsal=facts.rehearsal)
    return Brief(
        annex.question,
        Weighting(points, label, "room"),
        layout,
        workshop=annex_content(annex, annex.question.fingerprint),
    )


def room_name(ballots: int, number: int, title: str, *, rehearsal: bool) -> str:
    """A name that says whose weights these are."""
    mark = "rehearsal, " if rehearsal else ""
    return f"Room's mean of {counted(ballots, 'ballot')}, round {number}, {mark}{title}"


def _day(milliseconds: int) -> datetime.date:
    return datetime.datetime.fromtimestamp(milliseconds / 1000).astimezone().date()
