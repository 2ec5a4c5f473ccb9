"""Full copies of the questions that workshops are on: one for all workshops on the same."""

from __future__ import annotations

import json

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dashboard.model.question import Question
from dashboard.workshop import schema
from dashboard.workshop.canonical import canonical
from dashboard.workshop.database import insert


def keep(connection: Connection, question: Question, now: int) -> None:
    """Keep a question for a workshop that is made in this transaction."""
    table = schema.question_copy
    content = canonical(json.loads(question.model_dump_json(by_alias=True)))
    row = {"fingerprint": question.fingerprint, "content": content, "saved_at": now}
    # Touching the row that is there locks it: whoever deletes the last other workshop on this
    # question waits until the new one is there.
    touched = {"saved_at": table.c.saved_at}
    kept = insert(connection, table).values(row)
    connection.execute(kept.on_conflict_do_update(index_elements=["fingerprint"], set_=touched))


def read(connection: Connection, fingerprint: str) -> Question | None:
    """The question as it was kept."""
    table = schema.question_copy
    query = sa.select(table.c.content).where(table.c.fingerprint == fingerprint)
    content = connection.scalar(query)
    return None if content is None else Question.model_validate_json(content)


def let_go(connection: Connection, fingerprint: str) -> None:
    """Take out a question that no workshop is on any more."""
    table, workshops = schema.question_copy, schema.workshop
    here = table.c.fingerprint == fingerprint
    # Held first, counted then: somebody may just be making a workshop on it.
    connection.execute(sa.select(table.c.fingerprint).where(here).with_for_update())
    others = sa.select(sa.func.count()).where(
        workshops.c.fingerprint == fingerprint, workshops.c.state != "deleted"
    )
    if not connection.scalar(others):
        connection.execute(sa.delete(table).where(here))
