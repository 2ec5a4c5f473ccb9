"""A whole workshop: one facilitator at the board, three phones, one of them without scripts.

They join, weight in private, are revealed together, talk, weight again; the room is compared and
exported. Nobody touches the database but through the pages.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from dashboard.model.question import Question
from dashboard.workshop.database import FILE_NAME, open_database, sqlite_url
from dashboard.workshop.store import Store
from dashboard.workshop.verification import verify
from tests.e2e.conftest import PHONE, NewPage, Serve
from tests.e2e.pages import open_page
from tests.e2e.test_workshop_board import press as press_at_once
from tests.e2e.test_workshop_board import stands

NEWS_MS = 15_000
"""Within which a phone hears of a change by itself."""

FIRST = {"Ann": (100, 10), "Ben": (10, 100), "Cleo": (100, 90)}
SECOND = {"Ann": (90, 60), "Ben": (60, 100), "Cleo": (100, 90)}


def press(page: Page, name: str) -> None:
    """As a person does, who first reads what the last press brought."""
    page.wait_for_timeout(1_000)
    press_at_once(page, name)


def enters(page: Page, url: str, name: str, *, agrees: bool = False) -> None:
    page.goto(url)
    page.get_by_label("Your name").fill(name)
    if agrees:
        page.get_by_label("My name may stand beside my ballot").check()
    page.get_by_label("Government of Ukraine").check()
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You are in")


def weights(page: Page, question: Question, points: tuple[int, int]) -> None:
    """The first criterion gets the first points, the second the second, the others 5."""
    for at in range(len(question.criteria)):
        page.locator(f"#a{at}").fill(str(points[at] if at < 2 else 5))
    page.get_by_role("button", name=re.compile("^Send")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your vote is in")


def downloaded(page: Page, button: str) -> bytes:
    with page.expect_download() as loading:
        press(page, button)
    found: Download = loading.value
    return Path(found.path()).read_bytes()


@dataclass
class Vilnius:
    """A workshop as it goes on: the board, the phones by name, and where the phones go."""

    board: Page
    phones: dict[str, Page]
    url: str
    question: Question

    def votes(self, points: dict[str, tuple[int, int]]) -> None:
        for name, phone in self.phones.items():
            weights(phone, self.question, points[name])
        expect(self.board.get_by_text("3 of 3 voted")).to_be_visible(timeout=NEWS_MS)

    def reveals(self, number: int) -> None:
        press(self.board, f"Close round {number}")
        stands(self.board, f"Round {number} is closed; nothing is revealed yet")
        for name in ("Ann", "Ben"):
            closed = self.phones[name].get_by_text(f"Round {number} is closed").first
            expect(closed).to_be_visible(timeout=NEWS_MS)
        press(self.board, f"Reveal round {number}")
        press(self.board, "Reveal now")
        stands(self.board, f"Round {number} is revealed")
        expect(self.phones["Ann"].get_by_role("heading", level=1)).to_have_text(
            f"Round {number}: you and the room", timeout=NEWS_MS
        )


@pytest.fixture
def vilnius(
    serve: Serve, page: Page, new_page: NewPage, tmp_path: Path, shipped: Question
) -> Vilnius:
    """Three people have joined; no round is open yet. Cleo's phone runs no scripts."""
    server = serve(COUNTERWEIGHT_DATA=str(tmp_path))
    open_page(page, server, "/workshop")
    page.get_by_label("Title").fill("Vilnius")
    page.get_by_text("Show results of groups with fewer than five people").click()
    press(page, "Create the workshop")
    press(page, "I have kept it; open the board")
    stands(page, "Round 1 is not open yet")
    code = page.locator(".cw-ws-code").first.inner_text().replace(" ", "")
    url = f"{server.url}/w/{code}"
    phones = {
        "Ann": new_page(PHONE, touch=True),
        "Ben": new_page(PHONE, "dark", touch=True),
        "Cleo": new_page(PHONE, touch=True, scripts=False),
    }
    for name, phone in phones.items():
        enters(phone, url, name, agrees=name == "Ann")
    expect(page.get_by_text("3 joined")).to_be_visible(timeout=NEWS_MS)
    return Vilnius(page, phones, url, shipped)


def test_a_workshop_of_two_rounds(vilnius: Vilnius, tmp_path: Path) -> None:
    board, phones = vilnius.board, vilnius.phones
    press(board, "Open round 1")
    stands(board, "Round 1 is open")
    for name in ("Ann", "Ben"):
        # Their phones hear of it by themselves.
        expect(phones[name].locator("#a0")).to_be_visible(timeout=NEWS_MS)
    phones["Cleo"].get_by_role("link", name="Look again").click()
    vilnius.votes(FIRST)
    assert "Kendall" not in board.content()
    # Somebody thinks again before the round closes.
    phones["Ben"].get_by_role("link", name="Change my vote").click()
    assert phones["Ben"].locator("#a1").input_value() == "100"
    weights(phones["Ben"], vilnius.question, FIRST["Ben"])
    vilnius.reveals(1)
    expect(board.get_by_text("Kendall's W is")).to_be_visible()

    press(board, "Open round 2")
    stands(board, "Round 2 is open")
    for name, phone in phones.items():
        phone.goto(vilnius.url)
        # What one said in the first round is where the second begins.
        assert phone.locator("#a0").input_value() == str(FIRST[name][0])
    vilnius.votes(SECOND)
    vilnius.reveals(2)
    expect(board.get_by_text("From round 1 to round 2").first).to_be_visible()

    _exports(board)
    head = _ends(vilnius)
    store = Store(open_database(sqlite_url(tmp_path / FILE_NAME)))
    found = verify(store, store.workshops()[0].id)
    assert (found.faults, found.ballots, found.head) == ((), 7, head)
    store.engine.dispose()


def _ends(vilnius: Vilnius) -> str:
    """End it; the board and a phone show the same hash, which is given."""
    press(vilnius.board, "End workshop")
    stands(vilnius.board, "The workshop has ended after 2 rounds")
    head = "".join(vilnius.board.locator(".cw-ws-hash").inner_text().split())
    vilnius.phones["Cleo"].goto(vilnius.url)
    assert head in "".join(vilnius.phones["Cleo"].locator("body").inner_text().split())
    return head


def _exports(page: Page) -> None:
    """Ballots without names but for Ann's, who agreed; weights as they were given."""
    rows = list(csv.DictReader(io.StringIO(downloaded(page, "Ballots (CSV)").decode("utf-8-sig"))))
    assert len(rows) == 6
    assert sorted({row["name"] for row in rows}) == ["", "Ann"]
    record = json.loads(downloaded(page, "Record (JSON)"))
    assert "Ben" not in json.dumps(record)
    assert "Cleo" not in json.dumps(record)
    assert downloaded(page, "Ballots (Parquet)")[:4] == b"PAR1"
    assert downloaded(page, "Briefing with annex (PDF)")[:5] == b"%PDF-"


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720)])
def test_the_projector_fits_its_screen(
    serve: Serve, new_page: NewPage, tmp_path: Path, size: tuple[int, int]
) -> None:
    server = serve(COUNTERWEIGHT_DATA=str(tmp_path))
    page = new_page({"width": size[0], "height": size[1]})
    open_page(page, server, "/workshop")
    page.get_by_label("Title").fill("Vilnius")
    press(page, "Create the workshop")
    press(page, "I have kept it; open the board")
    stands(page, "Round 1 is not open yet")
    page.goto(f"{page.url}&projector=1")
    expect(page.locator("img[alt*='QR']").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
