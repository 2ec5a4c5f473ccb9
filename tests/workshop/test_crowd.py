"""Forty phones at once: every vote that was confirmed is there, once."""

from __future__ import annotations

import threading
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL

from dashboard.model.question import Question
from dashboard.workshop import schema
from dashboard.workshop.database import open_database
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.pulse import read_pulse
from dashboard.workshop.records import Plan
from dashboard.workshop.store import Store
from dashboard.workshop.verification import verify
from tests.workshop.crowd import Crowd
from tests.workshop.kills import start, stop

PEOPLE = 40


def test_forty_phones_join_vote_and_vote_again(url: URL, tmp_path: Path, shipped: Question) -> None:
    """On PostgreSQL they come to two servers, half to each."""
    store = Store(open_database(url))
    workshop, key = store.create(Plan(title="Try"), shipped)
    Facilitator(store, workshop.id, key).open_round(1)
    servers = 1 if store.engine.dialect.name == "sqlite" else 2
    named = url.render_as_string(hide_password=False)
    logs = [tmp_path / f"server-{n}.log" for n in range(servers)]
    started = [start(tmp_path, log, named) for log in logs]
    try:
        crowds = [
            Crowd(address, workshop.code, people=PEOPLE // servers, over=4.0, seed=n)
            for n, (_, address) in enumerate(started)
        ]
        threads = [threading.Thread(target=crowd.run) for crowd in crowds]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        for process, _ in started:
            stop(process)
    assert [crowd.faults for crowd in crowds] == [[]] * servers
    assert sum(len(crowd.posts) for crowd in crowds) == 3 * PEOPLE
    pulse = read_pulse(store, workshop.id)
    assert (pulse.joined, pulse.voted) == (PEOPLE, PEOPLE)
    with store.reading() as connection:
        revisions = connection.execute(
            sa.select(schema.ballot.c.revision, sa.func.count()).group_by(schema.ballot.c.revision)
        )
        assert {row.revision: row[1] for row in revisions} == {1: PEOPLE, 2: PEOPLE}
    assert verify(store, workshop.id).faults == ()
    store.engine.dispose()
    assert not any("Traceback" in log.read_text(encoding="utf-8") for log in logs)
