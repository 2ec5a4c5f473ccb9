"""A process that is killed while people vote loses nothing that it had confirmed."""

from __future__ import annotations

from pathlib import Path

from dashboard.model.question import Question
from dashboard.workshop.database import FILE_NAME, open_database, sqlite_url
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.records import Plan
from dashboard.workshop.store import Store
from tests.workshop.kills import kill_under_load


def test_five_kills_lose_nothing(tmp_path: Path, shipped: Question) -> None:
    store = Store(open_database(sqlite_url(tmp_path / FILE_NAME)))
    workshop, key = store.create(Plan(title="Try"), shipped)
    Facilitator(store, workshop.id, key).open_round(1)
    store.engine.dispose()
    found = [kill_under_load(tmp_path, workshop.id, workshop.code, seed) for seed in range(5)]
    assert [killed.faults for killed in found] == [()] * 5
    assert sum(killed.confirmed for killed in found) > 20
    assert found[-1].kept >= sum(killed.confirmed for killed in found)
