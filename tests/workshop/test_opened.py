"""Which database the variables name, and how a process opens it."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import URL

from dashboard.model.errors import InputError
from dashboard.workshop import database
from dashboard.workshop import opened as opened_module
from dashboard.workshop.database import (
    database_url,
)
from dashboard.workshop.opened import opened
from dashboard.workshop.refusals import RefusedError


def test_the_variables_name_the_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("COUNTERWEIGHT_DATA", str(tmp_path / "data"))
    assert database_url().database == str(tmp_path / "data" / "workshops.sqlite")
    monkeypatch.setenv("DATABASE_URL", "postgresql://ann:secret@example.org/name")
    assert database_url().drivername == "postgresql+psycopg"
    assert "secret" not in database.shown_url(database_url())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nonsense", "is no address of a database"),
        ("mysql://host/name", "names 'mysql'"),
        ("sqlite://", "names 'sqlite'"),
        ("sqlite:///:memory:", "names 'sqlite'"),
    ],
)
def test_what_names_no_database_is_said(
    text: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", text)
    with pytest.raises(InputError, match=words):
        database_url()


def test_a_process_opens_its_store_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("COUNTERWEIGHT_DATA", str(tmp_path))
    first = opened()
    assert opened() is first
    first.store.engine.dispose()


def test_a_database_that_cannot_be_opened_holds_everybody_up_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("COUNTERWEIGHT_DATA", str(tmp_path))
    tried, together = [], threading.Barrier(12)

    def away(_: URL) -> sa.Engine:
        tried.append(1)
        time.sleep(0.2)
        raise RefusedError("storage", "there", "the database does not answer", "start it")

    def ask(_: int) -> str:
        together.wait()
        with pytest.raises(RefusedError) as refused:
            opened()
        return refused.value.kind

    with monkeypatch.context() as patch:
        patch.setattr(opened_module, "open_database", away)
        with ThreadPoolExecutor(12) as pool:
            assert list(pool.map(ask, range(12))) == ["storage"] * 12
    assert len(tried) <= 2
    opened().store.engine.dispose()
