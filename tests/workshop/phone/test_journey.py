"""What a participant sees and does, from the code to the end, without any JavaScript."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from dashboard.methods.evaluate import Values, evaluate
from dashboard.model.load import load_question
from dashboard.model.question import Question
from dashboard.model.wording import whole
from dashboard.robustness.verdict import verdict
from dashboard.workshop import voting
from dashboard.workshop.codes import shown_code
from dashboard.workshop.opened import opened
from dashboard.workshop.phone.results import room as room_figures
from dashboard.workshop.phone.session import COOKIE
from dashboard.workshop.records import Group
from dashboard.workshop.rehearsal import simulate
from tests.conftest import ROOT
from tests.oracles import exact_moments
from tests.workshop.phone.conftest import MakeRoom, Phone, Room, points


def scores_shown(text: str) -> list[tuple[int, str, int]]:
    """Rank, name and points of each row of one's own ranking."""
    rows = re.findall(
        r'<span class="r">(\d+)</span>.*?<bdi>(.*?)</bdi>.*?<span class="s">(\d+)</span>', text
    )
    return [(int(rank), name, int(score)) for rank, name, score in rows]


def test_a_typed_code_leads_to_the_workshop_whatever_its_case_and_hyphens(room: Room) -> None:
    phone = room.phone()
    typed = shown_code(room.workshop.code).lower()
    answer = phone.client.get("/w", params={"code": typed})
    assert (answer.status_code, answer.headers["location"]) == (303, phone.at)
    # In the address too; the cookie is for the one path.
    answer = phone.client.get(f"/w/{typed}")
    assert (answer.status_code, answer.headers["location"]) == (303, phone.at)


def test_who_joins_is_asked_for_a_group_and_told_who_sees_what(room: Room) -> None:
    phone = room.phone()
    page = phone.look().text
    assert "Nobody sees what you answer before the reveal, not even the facilitator" in page
    assert "Whoever owns the laptop can read its file" in page
    assert "The scores are one analyst&#39;s illustrative judgements" in page
    assert 'type="radio"' in page
    assert " checked" not in page
    answer = phone.join("Ann", group="")
    assert answer.status_code == 422
    assert "Choose whom you speak for" in answer.text
    assert 'value="Ann"' in answer.text
    assert room.joined() == 0


def test_joining_twice_is_one_person_and_the_second_time_counts(room: Room) -> None:
    phone = room.phone()
    form = {**phone.hidden(), "name": "Ann", "group": "north"}
    assert phone.send("join", form).headers["location"] == phone.at
    assert phone.send("join", {**form, "name": "Anna", "agreed": "1"}).status_code == 303
    (person,) = room.facilitator.participants()
    assert (person.name, person.names_agreed, person.group) == ("Anna", True, "north")


def test_without_groups_nobody_is_asked_for_one(make_room: MakeRoom) -> None:
    room = make_room(groups=())
    phone = room.phone()
    assert "Whom do you speak for" not in phone.look().text
    assert phone.join(group="").status_code == 303
    assert "The first round has not begun yet" in phone.look().text


def test_a_form_of_points_names_both_anchors_and_suggests_nothing(room: Room) -> None:
    phone = room.phone()
    phone.join()
    page = phone.look().text
    assert "from <b>level 10 (severe)</b> to <b>level 0 (none)</b>" in page
    assert "from <b>1,500 EUR m, 5 yr (very large)</b> to <b>0 EUR m, 5 yr (none)</b>" in page
    assert re.findall(r'name="a\d+"([^>]*) inputmode', page) == [""] * 14


def test_every_blank_is_named_and_what_was_typed_stays(room: Room) -> None:
    phone = room.phone()
    phone.join()
    answer = phone.vote("100", "12,5", "many", *[""] * 11)
    assert answer.status_code == 422
    assert "12 of 14 need a look" in answer.text
    assert 'href="#a2"><bdi>Status and occupation</bdi>: “' in answer.text
    assert 'name="a1" value="12,5"' in answer.text
    assert 'name="a2" value="many"' in answer.text
    assert 'aria-describedby="e3" aria-invalid="true"' in answer.text
    assert room.ballots() == 0


def test_a_vote_is_confirmed_with_the_ranking_that_python_works_out(room: Room) -> None:
    phone = room.phone()
    phone.join()
    given = points(room)
    answer = phone.vote(*given)
    assert (answer.status_code, answer.headers["location"]) == (303, phone.at)
    page = phone.look().text
    assert "Counted at" in page
    # What is known of the room is up to a second old, and older than this ballot.
    assert "have voted" not in page
    opened().pulses.look_again()
    assert "1 of 1 have voted." in phone.look().text
    ids = [criterion.id for criterion in room.question.criteria]
    expected = evaluate(room.question, dict(zip(ids, given, strict=True)))
    assert f"{verdict(expected).headline}." in page
    assert scores_shown(page) == [
        (
            int(expected.ranks[i]),
            room.question.proposals[i].label,
            whole(float(expected.scores[i])),
        )
        for i in expected.order
    ]


def test_sending_the_same_form_twice_is_one_ballot(room: Room) -> None:
    phone = room.phone()
    phone.join()
    form = {**phone.hidden(), **{f"a{at}": "50" for at in range(14)}}
    for _ in range(3):
        assert phone.send("vote", form).status_code == 303
    assert room.ballots() == 1
    # Going back and changing an answer in the old form is another ballot all the same.
    assert phone.send("vote", {**form, "a0": "60"}).status_code == 303
    assert room.ballots() == 2
    assert "as change 1 of your first answers" in phone.look().text


def test_a_script_is_told_where_to_go(room: Room) -> None:
    phone = room.phone()
    phone.join()
    form = {**phone.hidden(), **{f"a{at}": "50" for at in range(14)}}
    answer = phone.send("vote", form, accept="application/json")
    assert (answer.status_code, answer.json()) == (200, {"go": phone.at})


def test_a_vote_can_be_changed_until_the_round_closes(room: Room) -> None:
    phone = room.phone()
    phone.join()
    phone.vote(*points(room))
    page = phone.look("/weigh").text
    assert "These are your answers as you sent them" in page
    assert 'name="a1" value="90"' in page
    stale = {**phone.hidden("/weigh"), **{f"a{at}": "50" for at in range(14)}}
    room.close_round(1)
    answer = phone.send("vote", stale)
    assert answer.status_code == 409
    assert "Round 1 is closed, so this was not counted" in answer.text
    assert "Your vote of" in phone.look().text
    assert room.ballots() == 1
    # Its form is no page any more.
    assert "Round 1 is closed" in phone.look("/weigh").text


def test_what_was_confirmed_is_confirmed_again_after_the_round_has_closed(room: Room) -> None:
    phone = room.phone()
    phone.join()
    form = {**phone.hidden(), **{f"a{at}": "50" for at in range(14)}}
    phone.send("vote", form)
    room.close_round(1)
    assert phone.send("vote", form).status_code == 303
    assert room.ballots() == 1


def test_a_phone_that_comes_back_finds_what_it_left(room: Room) -> None:
    phone = room.phone()
    phone.join("Ann")
    phone.vote(*points(room))
    again = Phone(phone.code)
    again.client.cookies.set(COOKIE, phone.client.cookies[COOKIE], domain="room.test")
    assert "Counted at" in again.look().text
    assert "Join the workshop" in Phone(phone.code).look().text


def test_nothing_of_the_room_is_shown_before_the_reveal_and_then_beside_ones_own(
    room: Room,
) -> None:
    phones = [room.phone() for _ in range(3)]
    for at, phone in enumerate(phones):
        phone.join()
        phone.vote(*points(room, first=[100, 0, 40][at]))
    room.close_round(1)
    assert "The room" not in phones[0].look().text
    room.reveal(1)
    page = phones[0].look().text
    assert "3 ballots." in page
    assert "Your ranking" in page
    late = room.phone()
    late.join()
    assert "You did not vote in this round" in late.look().text


def test_the_rooms_figures_are_shares_of_first_places_and_mean_ranks() -> None:
    values = np.array([[100.0, 0.0], [0.0, 100.0], [100.0, 0.0]])
    weights = np.array([[1.0, 0.0], [0.75, 0.25], [0.0, 1.0], [0.5, 0.5]])
    first, mean = room_figures(Values(values, values, values, exact_moments(values)), weights)
    # In the last row all three tie, so each is first.
    assert first.tolist() == [0.75, 0.5, 0.75]
    assert mean.tolist() == [(1 + 1 + 2 + 1) / 4, (3 + 3 + 1 + 1) / 4, (1 + 1 + 2 + 1) / 4]


def test_the_next_round_begins_with_ones_own_last_answers_marked_as_such(room: Room) -> None:
    phone = room.phone()
    phone.join()
    phone.vote(*points(room))
    room.close_round(1)
    room.reveal(1)
    room.open_round(2)
    page = phone.look().text
    assert "Your answers of round 1 are filled in" in page
    assert 'name="a0" value="100"' in page
    phone.vote(*points(room, first=70))
    assert "Your vote is in" in phone.look().text
    assert room.ballots() == 2


def test_who_leaves_is_deleted_after_saying_so_twice(room: Room) -> None:
    phone = room.phone()
    phone.join("Ann")
    phone.vote(*points(room))
    assert "deleted for good" in phone.look("/leave").text
    assert room.joined() == 1
    answer = phone.send("leave", phone.hidden("/leave"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/w?left=1")
    assert "your ballots are deleted" in phone.client.get("/w?left=1").text
    assert room.joined() == 0
    assert COOKIE not in phone.client.cookies
    assert "Join the workshop" in phone.look().text


def test_the_last_page_shows_the_head_of_the_log(room: Room) -> None:
    phone = room.phone()
    phone.join()
    phone.vote(*points(room))
    head = room.close()
    page = phone.look().text
    assert "This workshop is closed" in page
    assert str(head) in page
    # Who did not take part may note it too.
    assert str(head) in room.phone().look().text


def test_a_rehearsal_says_so_on_every_page(make_room: MakeRoom) -> None:
    room = make_room(rehearsal=True)
    phone = room.phone()
    said = "Rehearsal: simulated people take part"
    assert said in phone.look().text
    phone.join()
    assert said in phone.look().text
    room.open_round(1)
    simulate(room.facilitator, 3, seed=0)
    assert said in phone.look().text
    phone.vote(*points(room))
    for page in ("", "/me", "/leave", "/weigh"):
        assert said in phone.look(page).text
    room.close_round(1)
    assert said in phone.look().text
    room.reveal(1)
    assert said in phone.look().text
    assert "4 ballots, 3 of them simulated" in phone.look().text
    room.close()
    assert said in phone.look().text


def test_an_order_gives_the_rank_order_centroid_and_may_hold_ties(make_room: MakeRoom) -> None:
    room = make_room(load_question(ROOT / "docs" / "example"), method="ranking")
    room.open_round(1)
    phone = room.phone()
    phone.join()
    count = len(room.question.criteria)
    assert phone.look().text.count("<select") == count
    assert phone.vote(*[1] * count).status_code == 303
    page = phone.look().text
    assert page.count("<td>1</td>") == count
    assert re.findall(r"<td>([\d.]+)\u00a0%</td>", page) == [
        f"{100 / count:.1f}".removesuffix(".0")
    ] * (count)


def test_weights_are_hidden_from_their_ranking_where_the_plan_says_so(make_room: MakeRoom) -> None:
    room = make_room(live_ranking=False)
    room.open_round(1)
    phone = room.phone()
    phone.join()
    assert 'id="data"' not in phone.look().text
    phone.vote(*points(room))
    page = phone.look().text
    assert "Your ranking is shown once the round is closed" in page
    assert scores_shown(page) == []
    room.close_round(1)
    assert len(scores_shown(phone.look().text)) == 7


def test_the_state_is_small_and_the_same_query_for_all(room: Room) -> None:
    phone = room.phone()
    phone.join()
    room.set_time(1, 2.0)
    answer = phone.look("/state")
    left = answer.json().pop("left")
    assert answer.json() == {"stage": "open-1", "left": left, "joined": 1, "voted": 0}
    assert 100 < left <= 120
    assert len(answer.content) < 100


def test_style_and_scripts_are_kept_for_a_year(room: Room) -> None:
    phone = room.phone()
    phone.join()
    files = re.findall(r'(?:href|src)="(/w/static/[^"]+)"', phone.look().text)
    assert [Path(name).name for name in files] == [
        "phone.css",
        "phone.js",
        "live.js",
        "swing.js",
    ]
    for name in files:
        assert "immutable" in phone.client.get(name).headers["cache-control"]
    assert phone.client.get("/w/static/0/phone.css").headers["cache-control"] == "no-cache"
    assert phone.client.get("/w/static/0/routes.py").status_code == 404


@pytest.mark.parametrize("method", ["swing", "ranking"])
@pytest.mark.parametrize(("live", "most"), [(False, 30_000), (True, 35_000)])
def test_a_phone_loads_less_than_30_kb_before_its_first_vote(
    make_room: MakeRoom, shipped: Question, method: str, live: bool, most: int
) -> None:
    """The live ranking, where the plan shows it, brings its rules and their figures with it."""
    groups = tuple(Group(id=one.id, name=one.name) for one in shipped.perspectives)
    title = "Ways out: the workshop of 3 June"
    room = make_room(method=method, groups=groups, title=title, live_ranking=live)
    phone = room.phone()
    loaded: dict[str, int] = {}

    def load(step: str, page: str) -> None:
        loaded[step] = len(page.encode())
        for name in re.findall(r'(?:href|src)="(/w/static/[^"]+)"', page):
            loaded[name] = len(phone.client.get(name).content)

    load("join", phone.look().text)
    phone.join("Ann", group=groups[0].id)
    load("waiting", phone.look().text)
    room.open_round(1)
    load("weigh", phone.look().text)
    assert sum(loaded.values()) < most, loaded


def test_own_answers_are_for_no_other_phone(room: Room) -> None:
    one, other = room.phone(), room.phone()
    one.join("Ann")
    other.join("Bob")
    one.vote(*points(room))
    page = other.look().text
    assert "Ann" not in page
    assert "Your vote is in" not in page
    assert voting.own_ballot(room.store, room.workshop.id, "nobody", 1) is None
