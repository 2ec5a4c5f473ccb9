"""What a workshop is made of: its plan, its rounds, the people in it and their ballots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from dashboard.model.record import Record

Method = Literal["swing", "ranking"]
"""How people weight: points for each swing, or the swings in order (rank-order centroid)."""

State = Literal["open", "closed", "deleted"]

MOST_GROUPS = 40
LONGEST_NAME = 80


class Group(Record):
    """Somebody people can speak for, as the facilitator named it."""

    id: str = Field(min_length=1, max_length=80)
    name: str = Field(min_length=1, max_length=300)


class Plan(Record):
    """What the facilitator decided when the workshop was made; it never changes after that.

    ``small_groups`` : groups of fewer than five people are shown too. ``live_ranking`` : people see
    what follows from their own weights while they weight. ``rehearsal`` : simulated people may
    take part, and everything says so.
    """

    title: str = Field(min_length=1, max_length=200)
    method: Method = "swing"
    groups: tuple[Group, ...] = Field(default=(), max_length=MOST_GROUPS)
    small_groups: bool = False
    live_ranking: bool = True
    rehearsal: bool = False

    def group_name(self, identifier: str) -> str | None:
        """None for those without a group."""
        return next((group.name for group in self.groups if group.id == identifier), None)


@dataclass(frozen=True)
class Round:
    """One time that the room weights. Times in milliseconds since 1970, UTC.

    ``closes_at`` : when it closes by itself; None where only the facilitator closes it.
    """

    number: int
    opened_at: int
    closes_at: int | None
    closed_at: int | None
    revealed_at: int | None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_revealed(self) -> bool:
        return self.revealed_at is not None


@dataclass(frozen=True)
class Workshop:
    """A workshop as everybody in it may know it. ``round`` : the latest, None before the first.

    ``events`` counts the rows of the log, and ``head`` is the hash of the last.
    """

    id: str
    code: str
    plan: Plan
    state: State
    fingerprint: str
    created_at: int
    round: Round | None
    events: int
    head: str

    @property
    def takes_ballots(self) -> bool:
        return self.state == "open" and self.round is not None and self.round.is_open


@dataclass(frozen=True)
class GroupCount:
    """How many joined a group, and how many of them have a ballot in the latest round."""

    group: str
    joined: int
    voted: int
    simulated: int


@dataclass(frozen=True)
class Pulse:
    """What may be known of a workshop at any moment: its state, and counts, never a ballot.

    ``now`` : the store's clock when it was read, so that a countdown needs no other clock.
    """

    workshop: Workshop
    counts: tuple[GroupCount, ...]
    now: int

    @property
    def joined(self) -> int:
        return sum(count.joined for count in self.counts)

    @property
    def voted(self) -> int:
        return sum(count.voted for count in self.counts)

    @property
    def simulated(self) -> int:
        return sum(count.simulated for count in self.counts)

    @property
    def seconds_left(self) -> float | None:
        """Until the open round closes by itself; None where it does not, or none is open."""
        current = self.workshop.round
        if current is None or not current.is_open or current.closes_at is None:
            return None
        return max(0.0, (current.closes_at - self.now) / 1000)


@dataclass(frozen=True)
class Participant:
    """Someone who joined. ``tag`` stands for them in the log; it says nothing of who they are."""

    id: str
    tag: str
    name: str | None
    names_agreed: bool
    group: str
    simulated: bool
    joined_at: int
    voted_round: int


@dataclass(frozen=True)
class Answers:
    """What a person answered: points of each swing, or the rank of each (1 the most wanted)."""

    method: Method
    given: Mapping[str, float]


@dataclass(frozen=True)
class Ballot:
    """One revision of one person's answers in one round; the highest revision counts."""

    participant: str
    round: int
    revision: int
    group: str
    answers: Answers
    at: int


@dataclass(frozen=True)
class Event:
    """A row of the log. ``hash`` covers the row and, through ``previous``, all rows before it."""

    workshop: str
    seq: int
    kind: str
    at: int
    payload: str
    previous: str
    hash: str
