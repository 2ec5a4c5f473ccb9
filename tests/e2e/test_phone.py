"""The participants' pages in a browser: with and without scripts, on bad lines, at any size."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import get_args

import numpy as np
import pytest
from playwright.sync_api import CDPSession, Page, Route, ViewportSize, expect

from dashboard.methods.evaluate import evaluate
from dashboard.model.load import load_question
from dashboard.model.question import Question
from dashboard.robustness.lead import lead
from dashboard.robustness.lead_words import headline
from dashboard.workshop.answers import weights_of
from dashboard.workshop.database import FILE_NAME, open_database, sqlite_url
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.phone.results import own_ranking
from dashboard.workshop.records import Answers, Group, Method, Plan
from dashboard.workshop.store import Store
from tests.conftest import ROOT
from tests.e2e.axe import Scheme, violations
from tests.e2e.conftest import PHONE, NewPage
from tests.e2e.network import Seen, Server, running_server
from tests.report.questions import CAUTION, tender

SMALL: ViewportSize = {"width": 360, "height": 640}
GROUPS = (Group(id="north", name="The north"), Group(id="south", name="The south"))
POLLED = 15_000
"""Milliseconds in which a phone hears of a change: it asks every four to six seconds."""


@dataclass(frozen=True)
class Room:
    """A workshop on a running server, led from the test."""

    url: str
    code: str
    id: str
    facilitator: Facilitator
    question: Question

    def ballots(self) -> int:
        return sum(event.kind == "ballot" for event in self.facilitator.store.events(self.id))

    def enter(self, page: Page, name: str = "") -> None:
        """Join, and be where the workshop stands."""
        page.goto(self.url)
        page.get_by_label("Your name").fill(name)
        page.get_by_label("The north").check()
        page.get_by_role("button", name="Join").click()
        page.locator("footer", has_text="You are").wait_for()
        page.wait_for_load_state()


MakeRoom = Callable[..., Room]


@pytest.fixture(scope="module")
def workshops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Store]]:
    """A server with a data folder of its own, and a second way to its database."""
    folder = tmp_path_factory.mktemp("data")
    environment = {"COUNTERWEIGHT_DATA": str(folder)}
    with running_server(tmp_path_factory.mktemp("server"), environment=environment) as running:
        engine = open_database(sqlite_url(folder / FILE_NAME))
        yield running, Store(engine)
        engine.dispose()
    assert running.outside == []
    assert "Traceback" not in running.output


@pytest.fixture
def make_room(workshops: tuple[Server, Store], shipped: Question) -> MakeRoom:
    """``make_room(question, method="ranking")``; the first round is open."""
    server, store = workshops

    def make(question: Question = shipped, *, begun: bool = True, **plan: object) -> Room:
        given = {"title": "Ways out", "groups": GROUPS, **plan}
        workshop, key = store.create(Plan.model_validate(given), question)
        facilitator = Facilitator(store, workshop.id, key)
        if begun:
            facilitator.open_round(1)
        url = f"{server.url}/w/{workshop.code}"
        return Room(url, workshop.code, workshop.id, facilitator, question)

    return make


def fill(page: Page, answers: list[str]) -> None:
    for at, answer in enumerate(answers):
        page.locator(f"#a{at}").fill(answer)


def rows(page: Page) -> list[tuple[str, str, str, bool]]:
    """Rank, name, points and whether undecided, of the ranking that is shown."""
    found: list[tuple[str, str, str, bool]] = page.locator(".rows li").evaluate_all(
        """items => items.map(item => [item.querySelector(".r").textContent,
            item.querySelector(".n").textContent, item.querySelector(".s").textContent,
            item.classList.contains("u")])"""
    )
    return [(rank, name, score, undecided) for rank, name, score, undecided in found]


def expected_rows(
    question: Question, method: Method, answers: list[str]
) -> tuple[str, list[tuple[str, str, str, bool]]]:
    """The headline as it is before sampling, and the rows."""
    ids = [criterion.id for criterion in question.criteria]
    given = Answers(method, dict(zip(ids, map(float, answers), strict=True)))
    weights = weights_of(given, question)
    own = own_ranking(question, weights)
    shown = [(str(r.rank), r.sign.name, str(r.score), r.undecided) for r in own.rows]
    evaluation = evaluate(question, dict(zip(ids, weights.tolist(), strict=True)))
    found = lead(evaluation, evaluation.weights, evaluation.scores, evaluation.ranks)
    labels = [p.label for p in question.proposals]
    is_open = len(found.leaders) == 1 and set(found.near) > set(found.leaders)
    later = " (before sampling)" if is_open else ""
    return f"{headline(labels, found, None)}{later}", shown


def no_wider_than_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= screen.width"))


def clean(page: Page) -> None:
    """Axe finds nothing, in light and in dark."""
    for scheme in get_args(Scheme):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    assert no_wider_than_the_screen(page)


# ------------------------------------------------------------------ journeys


def test_from_the_code_to_the_first_vote(make_room: MakeRoom, new_page: NewPage) -> None:
    room = make_room(begun=False, rehearsal=True)
    phone = new_page(PHONE, touch=True)
    phone.goto(room.url.rpartition("/")[0])
    clean(phone)
    phone.get_by_label("Code of the workshop").fill(room.code.lower())
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_role("heading", name="Join the workshop").wait_for()
    clean(phone)
    phone.get_by_label("The south").check()
    phone.get_by_role("button", name="Join").click()
    expect(phone.locator("h1")).to_contain_text("has not begun yet")
    clean(phone)
    # The phone finds out by itself that the round opens.
    room.facilitator.open_round(1, 10.0)
    expect(phone.locator("h1")).to_contain_text("How much is each", timeout=POLLED)
    expect(phone.locator("#clock")).to_contain_text(re.compile(r"closes in 9:\d\d"))
    clean(phone)
    answers = [str(5 + 7 * at % 100) for at in range(14)]
    fill(phone, answers)
    phone.locator("#live summary").click()
    clean(phone)
    phone.get_by_role("button", name="Send my points").click()
    expect(phone.locator("main")).to_contain_text("Counted at")
    assert rows(phone) == expected_rows(room.question, "swing", answers)[1]
    phone.locator("summary", has_text="Your weights").click()
    clean(phone)


def test_from_the_vote_to_the_end_of_the_workshop(make_room: MakeRoom, new_page: NewPage) -> None:
    room = make_room()
    phone = new_page(PHONE, touch=True)
    room.enter(phone)
    fill(phone, ["50"] * 14)
    phone.get_by_role("button", name="Send my points").click()
    expect(phone.locator("main")).to_contain_text("Counted at")
    room.facilitator.close_round(1)
    expect(phone.locator("h1")).to_have_text("Round 1 is closed", timeout=POLLED)
    clean(phone)
    room.facilitator.reveal(1)
    expect(phone.locator("h1")).to_have_text("Round 1: you and the room", timeout=POLLED)
    clean(phone)
    # Who reads the result is told, not torn away.
    room.facilitator.open_round(2)
    expect(phone.get_by_role("status")).to_contain_text("The round is open", timeout=POLLED)
    phone.get_by_role("link", name="Go there").click()
    expect(phone.locator("main")).to_contain_text("Your answers of round 1 are filled in")
    assert phone.locator("#a3").input_value() == "50"
    phone.get_by_role("link", name="Leave and delete").click()
    clean(phone)
    phone.get_by_role("link", name="Stay").click()
    room.facilitator.close()
    expect(phone.get_by_role("status")).to_contain_text("The workshop is closed", timeout=POLLED)
    phone.get_by_role("link", name="Go there").click()
    expect(phone.locator(".hash")).to_have_text(
        room.facilitator.store.workshop(room.id).head, use_inner_text=True
    )
    clean(phone)


@pytest.mark.parametrize("method", ["swing", "ranking"])
def test_the_same_without_any_script(make_room: MakeRoom, new_page: NewPage, method: str) -> None:
    room = make_room(method=method)
    phone = new_page(SMALL, touch=True, scripts=False)
    room.enter(phone, "Ann")
    fill(phone, ["1", "2"])
    send = phone.locator("#send")
    send.click()
    expect(phone.get_by_role("alert")).to_contain_text("12 of 14 need a look")
    assert phone.locator("#a1").input_value() == "2"
    # A link of the summary leads to the field.
    phone.get_by_role("alert").get_by_role("link").first.click()
    expect(phone.locator("#a2")).to_be_focused()
    answers = [str(at + 1) for at in range(14)]
    fill(phone, answers)
    send.click()
    expect(phone.locator("main")).to_contain_text("Counted at")
    assert rows(phone) == expected_rows(room.question, _method(method), answers)[1]
    room.facilitator.close_round(1)
    room.facilitator.reveal(1)
    phone.wait_for_timeout(1100)
    phone.get_by_role("link", name="Look again").click()
    expect(phone.locator("main")).to_contain_text("1 ballot.")


def _method(name: str) -> Method:
    return "swing" if name == "swing" else "ranking"


# ------------------------------------------------------------------ one's own ranking, live


@pytest.mark.parametrize("method", ["swing", "ranking"])
def test_the_live_ranking_is_that_of_python(
    make_room: MakeRoom, new_page: NewPage, method: str
) -> None:
    room = make_room(method=method)
    phone = new_page(PHONE)
    room.enter(phone)
    phone.locator("#live summary").click()
    source = np.random.default_rng(5)
    for _ in range(6):
        drawn = source.integers(0 if method == "swing" else 1, 15, 14)
        answers = [str(int(number)) for number in drawn]
        fill(phone, answers)
        said, shown = expected_rows(room.question, _method(method), answers)
        assert phone.locator("#live summary").inner_text() == said
        assert rows(phone) == shown


def test_the_live_ranking_knows_ties_and_a_lone_option(
    make_room: MakeRoom, new_page: NewPage, shipped: Question
) -> None:
    one = shipped.proposals[1]
    twin = one.model_copy(update={"id": "twin", "name": "Twin", "short_name": "Twin"})
    phone = new_page(PHONE)
    for proposals in ((one,), (one, twin)):
        room = make_room(shipped.replace(proposals=proposals))
        room.enter(phone)
        fill(phone, ["50"] * 14)
        expected = expected_rows(room.question, "swing", ["50"] * 14)[0]
        assert phone.locator("#live summary").inner_text() == expected


def test_what_no_score_makes_good_stands_beside_the_live_headline(
    make_room: MakeRoom, new_page: NewPage
) -> None:
    room = make_room(tender())
    phone = new_page(PHONE)
    room.enter(phone)
    said = phone.locator("#caution")
    expect(said).to_be_hidden()
    for answers, expected in ((["100", "30"], CAUTION), (["10", "100"], ""), (["0", "0"], "")):
        fill(phone, answers)
        expect(said).to_have_text(expected)
        expect(said).to_be_visible(visible=bool(expected))
    fill(phone, ["100", "30"])
    clean(phone)
    phone.get_by_role("button", name="Send my points").click()
    expect(phone.locator("main")).to_contain_text("Counted at")
    expect(phone.locator(".note")).to_have_text(CAUTION)


def test_swings_are_put_in_order_by_buttons(make_room: MakeRoom, new_page: NewPage) -> None:
    room = make_room(method="ranking")
    phone = new_page(SMALL, touch=True)
    room.enter(phone)

    def places() -> dict[str, str]:
        values = {str(at): phone.locator(f"#a{at}").input_value() for at in range(14)}
        return {at: value for at, value in values.items() if value}

    for at in (3, 10, 5):
        phone.locator(f".swing:has(#a{at}) .place").click()
    assert places() == {"3": "1", "10": "2", "5": "3"}
    phone.locator(".swing:has(#a5) .top").click()
    assert places() == {"5": "1", "3": "2", "10": "3"}
    phone.locator(".swing:has(#a5) .down").click()
    assert places() == {"3": "1", "5": "2", "10": "3"}
    expect(phone.locator(".swing:has(#a5) .down")).to_be_focused()
    phone.locator(".swing:has(#a10) .up").click()
    assert places() == {"3": "1", "10": "2", "5": "3"}
    # A tie is typed; a button parts it again.
    phone.locator("#a5").fill("2")
    phone.locator("#a5").press("Tab")
    assert places() == {"3": "1", "10": "2", "5": "2"}
    phone.locator(".swing:has(#a5) .up").click()
    assert places() == {"3": "1", "5": "2", "10": "3"}
    clean(phone)


# ------------------------------------------------------------------ bad lines


def test_what_is_sent_without_a_connection_arrives_once(
    make_room: MakeRoom, new_page: NewPage
) -> None:
    room = make_room()
    phone = new_page(PHONE, touch=True)
    room.enter(phone)
    fill(phone, ["50"] * 14)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Send my points").click()
    expect(phone.get_by_role("status")).to_contain_text("Not sent yet, trying again")
    assert room.ballots() == 0
    phone.context.set_offline(False)
    expect(phone.locator("main")).to_contain_text("Counted at", timeout=POLLED)
    assert room.ballots() == 1


def test_an_answer_that_is_lost_on_its_way_does_not_vote_twice(
    make_room: MakeRoom, new_page: NewPage
) -> None:
    room = make_room()
    phone = new_page(PHONE)
    room.enter(phone)
    fill(phone, ["50"] * 14)
    lost: list[int] = []

    def lose(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.fallback()

    phone.route("**/vote", lose)
    phone.get_by_role("button", name="Send my points").click()
    expect(phone.locator("main")).to_contain_text("Counted at", timeout=POLLED)
    assert lost == [200]
    assert room.ballots() == 1


def test_who_stops_sending_can_change_and_send_again(
    make_room: MakeRoom, new_page: NewPage
) -> None:
    room = make_room()
    phone = new_page(PHONE)
    room.enter(phone)
    fill(phone, ["50"] * 14)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Send my points").click()
    expect(phone.locator("#a0")).to_be_disabled()
    phone.get_by_role("button", name="Stop and change").click()
    phone.locator("#a0").fill("90")
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Send my points").click()
    expect(phone.locator("main")).to_contain_text("Counted at")
    phone.get_by_role("link", name="Change my vote").click()
    assert phone.locator("#a0").input_value() == "90"


def test_a_draft_outlasts_the_closing_of_the_page(make_room: MakeRoom, new_page: NewPage) -> None:
    room = make_room()
    phone = new_page(PHONE)
    room.enter(phone)
    fill(phone, ["70", "", "x"])
    phone.close()
    again = phone.context.new_page()
    again.goto(room.url)
    expect(again.locator("#draft")).to_contain_text("What you had not sent yet is filled in again")
    assert [again.locator(f"#a{at}").input_value() for at in range(3)] == ["70", "", "x"]
    clean(again)
    again.get_by_role("button", name="Discard it").click()
    expect(again.locator("#draft")).to_have_count(0)
    assert again.locator("#a0").input_value() == ""
    # What was confirmed is no draft.
    fill(again, ["60"] * 14)
    again.get_by_role("button", name="Send my points").click()
    again.get_by_role("link", name="Change my vote").click()
    again.locator("#ballot").wait_for()
    expect(again.locator("#draft")).to_have_count(0)
    # Who leaves leaves nothing on the phone.
    again.locator("#a0").fill("33")
    assert again.evaluate("localStorage.length") == 1
    again.get_by_role("link", name="Leave and delete").click()
    again.get_by_role("button", name="Delete and leave").click()
    expect(again.get_by_role("alert")).to_contain_text("your ballots are deleted")
    assert again.evaluate("localStorage.length") == 0


def test_a_round_that_closes_leaves_what_is_typed(make_room: MakeRoom, new_page: NewPage) -> None:
    room = make_room()
    phone = new_page(PHONE)
    room.enter(phone)
    fill(phone, ["70"])
    room.facilitator.close_round(1)
    expect(phone.get_by_role("status")).to_contain_text("was not counted", timeout=POLLED)
    assert phone.locator("#a0").input_value() == "70"


# ------------------------------------------------------------------ hands and sizes


def test_a_finger_that_scrolls_moves_no_slider(make_room: MakeRoom, new_page: NewPage) -> None:
    room = make_room()
    phone = new_page(PHONE, touch=True)
    room.enter(phone)
    slider = phone.locator("#a0 + input[type=range]")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.7, box["y"] + box["height"] / 2
    session = phone.context.new_cdp_session(phone)
    before = phone.evaluate("scrollY")
    _swipe(session, (x, y), (x, y - 150))
    phone.wait_for_function("before => scrollY > before + 50", arg=before)
    assert phone.locator("#a0").input_value() == ""
    box = slider.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    _swipe(session, (box["x"] + 10, y), (box["x"] + box["width"] * 0.5, y))
    assert 40 <= float(phone.locator("#a0").input_value()) <= 60


def _swipe(session: CDPSession, start: tuple[float, float], end: tuple[float, float]) -> None:
    def touch(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", *start)
    for step in range(1, 11):
        share = step / 10
        touch("touchMove", *(a + (b - a) * share for a, b in zip(start, end, strict=True)))
    touch("touchEnd")


@pytest.mark.parametrize("method", ["swing", "ranking"])
def test_what_is_tapped_is_44_pixels_high(
    make_room: MakeRoom, new_page: NewPage, method: str
) -> None:
    room = make_room(method=method)
    phone = new_page(SMALL, touch=True)
    phone.goto(room.url)
    small = """nodes => nodes.map(node => [node.getBoundingClientRect().height, node.outerHTML])
        .filter(([height]) => height > 0 && height < 44)"""
    assert phone.locator("button, .button, .choice, input:not([type])").evaluate_all(small) == []
    room.enter(phone)
    assert phone.locator("#ballot :is(button, input, summary)").evaluate_all(small) == []


def test_sixty_criteria_with_long_names_fit_at_twice_the_size(
    make_room: MakeRoom, new_page: NewPage, shipped: Question
) -> None:
    branch = shipped.branches[0]
    name = "<script>x</script>" + "W" * 282
    criteria = tuple(
        branch.criteria[0].model_copy(
            update={"id": f"c{at}", "name": name, "short_name": None, "ref": f"C{at}"}
        )
        for at in range(60)
    )
    tree = shipped.tree.model_copy(
        update={"branches": (branch.model_copy(update={"criteria": criteria}),)}
    )
    score = shipped.proposals[0].scores[shipped.criteria[0].id]
    proposals = tuple(
        one.model_copy(
            update={"name": name, "short_name": None, "scores": {c.id: score for c in criteria}}
        )
        for one in shipped.proposals
    )
    question = shipped.replace(tree=tree, proposals=proposals)
    room = make_room(question, title="W" * 200)
    phone = new_page(SMALL, touch=True)
    room.enter(phone, "\u202e" + "W" * 80)
    twice = "document.documentElement.style.fontSize = '200%'"
    phone.evaluate(twice)
    assert no_wider_than_the_screen(phone)
    fill(phone, [str(at) for at in range(60)])
    phone.get_by_role("button", name="Send my points").click()
    expect(phone.locator("main")).to_contain_text("Counted at")
    phone.evaluate(twice)
    phone.locator("summary", has_text="Your weights").click()
    wide = """nodes => nodes.filter(node => node.getBoundingClientRect().right > 361)
        .map(node => node.outerHTML.slice(0, 90))"""
    assert phone.locator("body *").evaluate_all(wide) == []


def test_nothing_breaks_the_policy_of_the_page(
    make_room: MakeRoom, new_page: NewPage, seen: Callable[[Page], Seen]
) -> None:
    room = make_room(load_question(ROOT / "docs" / "example"), method="ranking")
    phone = new_page(PHONE)
    room.enter(phone)
    fill_all = phone.locator("#ballot select")
    for at in range(fill_all.count()):
        phone.locator(f"#a{at}").select_option(str(at + 1))
    phone.locator("#live summary").click()
    phone.get_by_role("button", name="Send my order").click()
    expect(phone.locator("main")).to_contain_text("Counted at")
    assert seen(phone).errors == []
