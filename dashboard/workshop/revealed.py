"""What the room said, once its facilitator has revealed it; before that there is no way to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from dashboard.methods.arrays import Floats, frozen
from dashboard.model.question import Question
from dashboard.workshop import schema
from dashboard.workshop.answers import weights_of
from dashboard.workshop.records import Answers, Round
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.store import Store
from dashboard.workshop.voting import as_ballot


@dataclass(frozen=True)
class RevealedBallot:
    """The ballot of one person that counts in a round. ``name`` only where they agreed to it."""

    person: str
    name: str | None
    group: str
    simulated: bool
    answers: Answers


@dataclass(frozen=True, eq=False)
class RevealedRound:
    """k ballots on n criteria. ``weights`` (k, n): each row sums to 1, as ``ballots`` come."""

    number: int
    ballots: tuple[RevealedBallot, ...]
    weights: Floats


def rounds_of(store: Store, workshop: str) -> tuple[Round, ...]:
    """All rounds that there were, in order."""
    table = schema.round_
    query = sa.select(*[column for column in table.c if column.name != "workshop"])
    query = query.where(table.c.workshop == workshop).order_by(table.c.number)
    with store.reading() as connection:
        return tuple(Round(**row) for row in connection.execute(query).mappings())


def revealed_round(store: Store, workshop: str, number: int) -> RevealedRound:
    """The ballots that count in a round, in an order that says nothing of who came first.

    Raises
    ------
    RefusedError : the round is not revealed; ``not-revealed``. Nobody sees a ballot before that.
    """
    known = {found.number: found for found in rounds_of(store, workshop)}
    if number not in known or not known[number].is_revealed:
        what = f"round {number} is not revealed"
        raise RefusedError("not-revealed", "workshop", what, "close it and reveal it first")
    question = store.question(store.workshop(workshop).fingerprint)
    ballots = _ballots(store, workshop, number)
    return RevealedRound(number, ballots, _weights(ballots, question))


def revealed_rounds(store: Store, workshop: str) -> tuple[RevealedRound, ...]:
    """Every round that is revealed, in order."""
    numbers = [found.number for found in rounds_of(store, workshop) if found.is_revealed]
    return tuple(revealed_round(store, workshop, number) for number in numbers)


def _ballots(store: Store, workshop: str, number: int) -> tuple[RevealedBallot, ...]:
    ballots, people = schema.ballot, schema.participant
    newest_first = sa.func.row_number().over(
        partition_by=ballots.c.participant, order_by=ballots.c.revision.desc()
    )
    latest = (
        sa.select(ballots, newest_first.label("place"))
        .where(ballots.c.workshop == workshop, ballots.c.round == number)
        .subquery()
    )
    query = (
        sa.select(latest, people.c.tag, people.c.name, people.c.names_agreed, people.c.simulated)
        .join(people, people.c.id == latest.c.participant)
        .where(people.c.workshop == workshop, latest.c.place == 1)
        # Tags are random, so their order is that of nothing.
        .order_by(people.c.tag)
    )
    with store.reading() as connection:
        rows = connection.execute(query).mappings().all()
    return tuple(
        RevealedBallot(
            person=row["tag"],
            name=row["name"] if row["names_agreed"] else None,
            group=row["group_id"],
            simulated=row["simulated"],
            answers=as_ballot(row).answers,
        )
        for row in rows
    )


def _weights(ballots: tuple[RevealedBallot, ...], question: Question) -> Floats:
    if not ballots:
        return frozen(np.empty((0, len(question.criteria))))
    return frozen(np.array([weights_of(ballot.answers, question) for ballot in ballots]))
