"""The briefing under the room's weights, with the record of the workshop as its annex."""

from __future__ import annotations

import datetime

from dashboard import __version__
from dashboard.methods.evaluate import evaluate
from dashboard.model.wording import counted
from dashboard.robustness.room import Room
from dashboard.ui import workshop_room
from dashboard.ui.cached import opinion_desk
from dashboard.ui.workshop_desk import Desk
from dashboard.workshop.pulse import read_pulse
from dashboard.workshop.records import Plan
from dashboard.workshop.verification import verify
from dashboard.workshop.words import METHODS


def room_name(found: Room, plan: Plan) -> str:
    """A name that says whose weights these are."""
    ballots = counted(0 if found.latest is None else found.latest.ballots, "ballot")
    mark = "rehearsal, " if plan.rehearsal else ""
    return f"Room's mean of {ballots}, round {found.number}, {mark}{plan.title}"


def briefing_with_annex(desk: Desk, number: int, date: datetime.date) -> bytes:
    """As PDF, on the question that the room voted on.

    Raises
    ------
    ValueError : nobody voted in that round.
    RefusedError : the database does not answer.
    """
    # Typst and Altair are imported when the first briefing is asked for.
    from dashboard.report.briefing import briefing_pdf  # noqa: PLC0415
    from dashboard.report.workshop_annex import WorkshopAnnex, WorkshopFacts  # noqa: PLC0415

    found, question = workshop_room.room_of(desk, number), workshop_room.question_of(desk)
    if found.latest is None:
        raise ValueError("nobody voted in this round")
    checked, pulse = verify(desk.store, desk.id), read_pulse(desk.store, desk.id)
    workshop = pulse.workshop
    weights = found.latest.whole.weights.tolist()
    ids = [criterion.id for criterion in question.criteria]
    evaluation = evaluate(question, dict(zip(ids, weights, strict=True)))
    facts = WorkshopFacts(
        title=workshop.plan.title,
        method=METHODS[workshop.plan.method][1],
        began=datetime.datetime.fromtimestamp(workshop.created_at / 1000).astimezone().date(),
        ended=workshop.state == "closed",
        rehearsal=workshop.plan.rehearsal,
        joined=pulse.joined,
        events=workshop.events,
        head=workshop.head,
        faults=checked.faults,
    )
    return briefing_pdf(
        evaluation,
        weights=room_name(found, workshop.plan),
        perspective=None,
        date=date,
        version=__version__,
        opinions=opinion_desk().ask(evaluation).result(),
        workshop=WorkshopAnnex(facts, found, question),
    )
