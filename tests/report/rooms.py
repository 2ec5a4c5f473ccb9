"""Rooms made on the spot: who weights how, in which group, in which round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from dashboard.methods.evaluate import values_of
from dashboard.model.question import Question
from dashboard.robustness.room import Room, RoundResult, room
from dashboard.robustness.room_ballots import NO_GROUP, Group, RoundBallots

Votes = Sequence[tuple[Sequence[float], int]]
"""Weights, and how many people have them."""

COOKS, GUESTS, CHILDREN = (Group(i, i.title()) for i in ("cooks", "guests", "children"))


def ballots(number: int, votes: Mapping[str, Votes], name: str = "p") -> RoundBallots:
    """A round: for each group the votes of its members, who are numbered through."""
    rows = [
        (group, weights)
        for group, given in votes.items()
        for weights, count in given
        for _ in range(count)
    ]
    return RoundBallots(
        number,
        np.array([weights for _, weights in rows], dtype=np.float64),
        tuple(group for group, _ in rows),
        tuple(f"{name}{i}" for i in range(len(rows))),
    )


def made(
    question: Question,
    *rounds: Votes | Mapping[str, Votes],
    groups: Sequence[Group] = (),
    small_groups: bool = False,
) -> Room:
    """A room of one round or more; votes by group, or of people without one."""
    cast = [
        ballots(number, votes if isinstance(votes, Mapping) else {NO_GROUP: votes})
        for number, votes in enumerate(rounds, 1)
    ]
    return room(values_of(question), cast, groups, small_groups=small_groups)


def latest(found: Room) -> RoundResult:
    assert found.latest is not None
    return found.latest
