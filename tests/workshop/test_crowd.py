"""Forty phones at once: every vote that was confirmed is there, once."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from dashboard.model.question import Question
from dashboard.workshop import schema
from dashboard.workshop.database import FILE_NAME, open_database, sqlite_url
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.pulse import read_pulse
from dashboard.workshop.records import Plan
from dashboard.workshop.store import Store
from dashboard.workshop.verification import verify
from tests.workshop.crowd import Crowd
from tests.workshop.kills import start, stop


def test_forty_phones_join_vote_and_vote_again(tmp_path: Path, shipped: Question) -> None:
    store = Store(open_database(sqlite_url(tmp_path / FILE_NAME)))
    workshop, key = store.create(Plan(title="Try"), shipped)
    Facilitator(store, workshop.id, key).open_round(1)
    process, url = start(tmp_path, tmp_path / "server.log")
    try:
        crowd = Crowd(url, workshop.code, people=40, over=4.0)
        crowd.run()
    finally:
        stop(process)
    assert crowd.faults == []
    assert len(crowd.posts) == 120
    pulse = read_pulse(store, workshop.id)
    assert (pulse.joined, pulse.voted) == (40, 40)
    with store.reading() as connection:
        revisions = connection.execute(
            sa.select(schema.ballot.c.revision, sa.func.count()).group_by(schema.ballot.c.revision)
        )
        assert {row.revision: row[1] for row in revisions} == {1: 40, 2: 40}
    assert verify(store, workshop.id).faults == ()
    store.engine.dispose()
    assert "Traceback" not in (tmp_path / "server.log").read_text(encoding="utf-8")
