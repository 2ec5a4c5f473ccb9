"""Where a workshop stands, in sentences made from its counts; never a word on how people voted."""

from __future__ import annotations

from datetime import datetime

from dashboard.model.wording import counted
from dashboard.workshop.records import Method, Participant, Plan, Pulse, Workshop

REHEARSAL = "Rehearsal: simulated people"
"""What everything says that belongs to a workshop in which simulated people may take part."""

NO_GROUP = "No group"

PRIVACY = (
    "While a round is open, nobody reads a ballot through this program but the person who gave it: "
    "not you, not other facilitators. After the reveal, everybody sees what the room said, and "
    "names stand only beside ballots whose people agreed. Whoever owns this computer can read the "
    "file that the workshops are kept in."
)

METHODS: dict[Method, tuple[str, str]] = {
    "swing": (
        "Swing points",
        "Each person gives every criterion 0 to 100 points for its swing from worst to best.",
    ),
    "ranking": (
        "Ranking the swings",
        "Each person puts the swings in order; the weights follow from it (rank-order centroid).",
    ),
}
"""The name of each way to weight, and what it asks of people."""

HEAD_PURPOSE = (
    "This is the last hash of the log. Note it, or print it in the annex: with it anybody can tell "
    "later that no event of the workshop was changed, added or taken out. It does not prove who "
    "sat at the phones."
)


def people_words(pulse: Pulse) -> str:
    """'14 people', '1 person'."""
    return counted(pulse.joined, "person", "people")


def finding(pulse: Pulse) -> str:
    """The title of the board: what there is to know at this moment."""
    workshop = pulse.workshop
    current = workshop.round
    if workshop.state == "closed":
        if current is None:
            return "The workshop has ended; no round was opened"
        return f"The workshop has ended after {counted(current.number, 'round')}"
    if current is None:
        return "Round 1 is not open yet"
    if current.is_open:
        return f"Round {current.number} is open"
    if current.is_revealed:
        return f"Round {current.number} is revealed"
    return f"Round {current.number} is closed; nothing is revealed yet"


def counts_sentence(pulse: Pulse) -> str:
    """How many have joined, and how many of them have voted in the latest round."""
    joined = pulse.joined
    if not joined:
        return "Nobody has joined yet."
    have = "has" if joined == 1 else "have"
    said = f"{people_words(pulse)} {have} joined"
    current = pulse.workshop.round
    if current is None:
        return f"{said}."
    verb = "has" if pulse.voted == 1 else "have"
    if not current.is_open:
        return f"{said}; {pulse.voted} voted in round {current.number}."
    return f"{said}; {pulse.voted} {verb} voted in round {current.number}."


def next_step(pulse: Pulse) -> str:
    """What the facilitator does now, in one sentence."""
    workshop, current = pulse.workshop, pulse.workshop.round
    if workshop.state == "closed":
        return "Phones show what was revealed; nobody can join or vote."
    if current is None:
        return "Let people join; they can weight as soon as you open round 1."
    if current.is_open:
        return "Each may change their vote until the round closes."
    if current.is_revealed:
        return "Talk about what divides the room, then let it weight again."
    return "Reveal it when everybody is ready; after that it cannot be reopened."


def state_words(workshop: Workshop) -> str:
    """For a list: 'round 2 is open'."""
    current = workshop.round
    if workshop.state == "closed":
        return "ended"
    if current is None:
        return "not begun"
    if current.is_open:
        return f"round {current.number} is open"
    return f"round {current.number} is {'revealed' if current.is_revealed else 'closed'}"


def person_words(person: Participant, plan: Plan) -> str:
    """Somebody in the list of people: by name, or by when they joined and whom they speak for."""
    group = plan.group_name(person.group) or NO_GROUP
    simulated = ", simulated" if person.simulated else ""
    joined = f"joined {clock_time(person.joined_at)}, {group}{simulated}"
    return f"{person.name or 'Anonymous'}, {joined}"


def clock_time(milliseconds: int) -> str:
    """'14:03', in the time of this machine."""
    return f"{_local(milliseconds):%H:%M}"


def day_time(milliseconds: int) -> str:
    """'25 Nov 2026, 14:03', in the time of this machine."""
    moment = _local(milliseconds)
    return f"{moment.day} {moment:%b %Y, %H:%M}"


def _local(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000).astimezone()
