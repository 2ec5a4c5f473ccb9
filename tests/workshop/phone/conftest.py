"""A workshop on a question, and phones that take part in it without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.model.question import Question
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.opened import opened
from dashboard.workshop.phone.routes import ROUTES
from dashboard.workshop.records import Group, Plan, Workshop
from dashboard.workshop.store import Store

GROUPS = (Group(id="north", name="The north"), Group(id="south", name="The <b>south</b>"))


@dataclass
class Phone:
    """A browser with cookies of its own that follows no redirect by itself."""

    code: str
    client: TestClient = field(
        default_factory=lambda: TestClient(
            Starlette(routes=ROUTES), base_url="http://room.test", follow_redirects=False
        )
    )

    @property
    def at(self) -> str:
        return f"/w/{self.code}"

    def look(self, page: str = "") -> Response:
        return self.client.get(self.at + page)

    def hidden(self, page: str = "") -> dict[str, str]:
        """The hidden fields of the form on a page."""
        found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.look(page).text)
        return dict(found)

    def send(self, to: str, form: Mapping[str, str], **headers: str) -> Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(f"{self.at}/{to}", data=dict(form), headers=named)

    def join(self, name: str = "", group: str = "north", **more: str) -> Response:
        return self.send("join", {**self.hidden(), "name": name, "group": group, **more})

    def vote(self, *given: object, page: str = "") -> Response:
        """Answers in the order of the criteria."""
        answers = {f"a{at}": str(answer) for at, answer in enumerate(given)}
        return self.send("vote", {**self.hidden(page), **answers})


@dataclass(frozen=True)
class Room:
    """A workshop with its facilitator. After each act, phones see it at once."""

    workshop: Workshop
    facilitator: Facilitator
    store: Store
    question: Question

    def phone(self) -> Phone:
        return Phone(self.workshop.code)

    def __getattr__(self, name: str) -> Callable[..., object]:
        def act(*arguments: object) -> object:
            done = getattr(self.facilitator, name)(*arguments)
            opened().pulses.look_again()
            return done

        return act

    def ballots(self) -> int:
        """How many the log has seen."""
        return sum(event.kind == "ballot" for event in self.store.events(self.workshop.id))

    def joined(self) -> int:
        return len(self.facilitator.participants())


MakeRoom = Callable[..., Room]


@pytest.fixture
def make_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shipped: Question
) -> Iterator[MakeRoom]:
    """Workshops in a folder of the test's own: ``make_room(question, method="ranking")``."""
    monkeypatch.setenv("COUNTERWEIGHT_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)

    store = opened().store

    def make(question: Question = shipped, **plan: object) -> Room:
        given = {"title": "Ways out", "groups": GROUPS, **plan}
        workshop, key = store.create(Plan.model_validate(given), question)
        return Room(workshop, Facilitator(store, workshop.id, key), store, question)

    yield make
    store.engine.dispose()


@pytest.fixture
def room(make_room: MakeRoom) -> Room:
    """Swings on the shipped question, the first round open."""
    made = make_room()
    made.open_round(1)
    return made


def points(room: Room, first: float = 100) -> list[float]:
    """Points that anybody might give: one hundred, then fewer and fewer."""
    return [first, *(float(90 - 5 * at) for at in range(len(room.question.criteria) - 1))]
