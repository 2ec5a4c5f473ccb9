"""What is thrown at the participants' pages: it ends at a calm page, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.model.load import load_question
from dashboard.model.question import Question
from dashboard.workshop.codes import new_code
from dashboard.workshop.phone import desk as desk_module
from dashboard.workshop.phone.render import POLICY
from dashboard.workshop.phone.session import COOKIE, Sessions
from dashboard.workshop.refusals import RefusedError
from tests.conftest import ROOT
from tests.hostile import KINDS, write_hostile
from tests.workshop.phone.conftest import MakeRoom, Phone, Room, points


@pytest.mark.parametrize(
    "answer",
    ["-1", "NaN", "nan", "inf", "1e999", "101", "0x10", "1_0", "٣", "100" * 9, "<b>", "🙂"],
)
def test_points_that_are_none_are_refused_and_shown_again_as_text(room: Room, answer: str) -> None:
    phone = room.phone()
    phone.join()
    given = points(room)
    got = phone.vote(answer, *given[1:])
    assert got.status_code == 422
    assert "1 of 14 need a look" in got.text
    assert "<b>" not in re.findall(r'name="a0" value="([^"]*)"', got.text)[0]
    assert room.ballots() == 0


def test_all_zeros_are_no_weights(room: Room) -> None:
    phone = room.phone()
    phone.join()
    got = phone.vote(*[0] * 14)
    assert got.status_code == 422
    assert "All points are zero" in got.text


def test_a_field_of_no_criterion_is_refused(room: Room) -> None:
    phone = room.phone()
    phone.join()
    got = phone.vote(*points(room), 50)
    assert got.status_code == 422
    assert "belong to another question" in got.text


def test_a_form_beyond_64_kb_is_not_read(room: Room) -> None:
    phone = room.phone()
    phone.join()
    got = phone.send("vote", {**phone.hidden(), "a0": "1" * 70_000})
    assert got.status_code == 413
    assert "more than a form can hold" in got.text

    def parts() -> Iterator[bytes]:
        for _ in range(100):
            yield b"a0=1&" * 200

    form = {"content-type": "application/x-www-form-urlencoded"}
    got = phone.client.post(f"{phone.at}/vote", content=parts(), headers=form)
    assert got.status_code == 413


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("application/json", b"{}", 415),
        ("", b"", 415),
        ("application/x-www-form-urlencoded", b"a=1&a=2", 422),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % i for i in range(600)), 422),
        ("application/x-www-form-urlencoded", b"name=%00", 422),
        ("application/x-www-form-urlencoded", b"name=%ff%fe", 422),
        ("application/x-www-form-urlencoded", b"name=\xff", 422),
    ],
)
def test_what_is_no_form_of_ours_is_turned_away(
    room: Room, kind: str, body: bytes, status: int
) -> None:
    phone = room.phone()
    phone.hidden()
    got = phone.client.post(f"{phone.at}/join", content=body, headers={"content-type": kind})
    assert got.status_code == status
    assert "<h1>" in got.text
    assert room.joined() == 0


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Robert'); DROP TABLE ballot;--", "Robert'); DROP TABLE ballot;--"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("\u202eevil\u202c\u200f", "evil"),
        ("W" * 300, "W" * 80),
        ("{{7*7}} ${x}", "{{7*7}} ${x}"),
        (" \u200b ", None),
    ],
)
def test_names_stay_text(room: Room, name: str, kept: str | None) -> None:
    phone = room.phone()
    assert phone.join(name).status_code == 303
    (person,) = room.facilitator.participants()
    assert person.name == kept
    page = phone.look().text
    assert "<script>alert" not in page
    assert "49" not in re.findall(r"You are <bdi>(.*?)</bdi>", page)
    assert "<b>south</b>" not in page


def test_without_our_cookie_a_form_says_what_is_missing(room: Room) -> None:
    phone = room.phone()
    form = {**phone.hidden(), "group": "north"}
    phone.client.cookies.clear()
    got = phone.send("join", form)
    assert got.status_code == 400
    assert "Allow cookies" in got.text
    assert room.joined() == 0


def test_the_cookie_is_closed_to_scripts_and_other_paths(room: Room) -> None:
    phone = room.phone()
    header = phone.look().headers["set-cookie"]
    assert f"Path={phone.at}" in header
    assert "HttpOnly" in header
    assert "SameSite=lax" in header
    assert "Secure" not in header
    assert "set-cookie" not in phone.look().headers
    phone.client.cookies.clear()
    got = phone.client.get(f"https://room.test{phone.at}")
    assert "Secure" in got.headers["set-cookie"]


@pytest.mark.parametrize("change", ["cut", "other", "empty", "key"])
def test_a_forged_cookie_is_nobodys(room: Room, change: str) -> None:
    phone = room.phone()
    phone.join("Ann")
    real = phone.client.cookies[COOKIE]
    workshop, who = room.workshop.id, room.facilitator.participants()[0].id
    forged = {
        "cut": real[:-1],
        "other": "0" * 32 + real[32:],
        "empty": "x",
        "key": Sessions(b"another key").new(workshop)[1],
    }[change]
    assert who in real
    thief = Phone(phone.code)
    thief.client.cookies.set(COOKIE, forged, domain="room.test")
    assert "Join the workshop" in thief.look().text


def test_a_cookie_of_another_workshop_is_nobodys(make_room: MakeRoom) -> None:
    one, other = make_room(), make_room()
    phone = one.phone()
    phone.join("Ann")
    elsewhere = other.phone()
    elsewhere.client.cookies.set(COOKIE, phone.client.cookies[COOKIE], domain="room.test")
    assert "Join the workshop" in elsewhere.look().text


def test_a_token_is_of_one_cookie_and_one_workshop(make_room: MakeRoom) -> None:
    room = make_room()
    one, other = room.phone(), room.phone()
    token = one.hidden()["token"]
    other.hidden()
    for wrong in (token, "", "x", "ü", token[:-1]):
        got = other.send("join", {"token": wrong, "group": "north"})
        assert got.status_code == 403
        assert "not from your page" in got.text
    assert room.joined() == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://elsewhere.test"},
        {"origin": "null"},
        {"origin": "http://room.test:81"},
        {"sec_fetch_site": "cross-site"},
    ],
)
def test_a_form_on_a_foreign_page_changes_nothing(room: Room, headers: dict[str, str]) -> None:
    phone = room.phone()
    form = {**phone.hidden(), "group": "north"}
    got = phone.send("join", form, **headers)
    assert got.status_code == 403
    assert room.joined() == 0
    assert phone.send("join", form, origin="http://room.test").status_code == 303


def test_who_has_not_joined_cannot_vote(room: Room) -> None:
    phone = room.phone()
    form = {**phone.hidden(), "request": "0" * 16, "round": "1"}
    got = phone.send("vote", {**form, **{f"a{at}": "50" for at in range(14)}})
    assert got.status_code == 409
    assert "You have not joined" in got.text
    assert phone.look("/weigh").headers["location"] == phone.at


def test_who_has_left_cannot_vote_with_the_old_cookie(room: Room) -> None:
    phone = room.phone()
    phone.join()
    cookie = phone.client.cookies[COOKIE]
    form = {**phone.hidden(), **{f"a{at}": "50" for at in range(14)}}
    phone.send("leave", phone.hidden("/leave"))
    phone.client.cookies.set(COOKIE, cookie, domain="room.test")
    assert phone.send("vote", form).status_code == 409
    assert room.ballots() == 0


@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "", "9" * 30])
def test_a_vote_for_a_round_that_is_not_open_is_not_counted(room: Room, number: str) -> None:
    phone = room.phone()
    phone.join()
    form = {**phone.hidden(), **{f"a{at}": "50" for at in range(14)}, "round": number}
    assert phone.send("vote", form).status_code in (409, 422)
    assert room.ballots() == 0


@pytest.mark.parametrize("request_id", ["", "x" * 16, "0" * 15, "0" * 500, "0123456789ABCDEF"])
def test_a_request_id_that_we_did_not_make_is_refused(room: Room, request_id: str) -> None:
    phone = room.phone()
    phone.join()
    form = {**phone.hidden(), **{f"a{at}": "50" for at in range(14)}, "request": request_id}
    assert phone.send("vote", form).status_code == 422


def test_guessing_codes_is_slowed_and_who_takes_part_is_not(room: Room) -> None:
    phone, known = room.phone(), room.phone()
    assert known.look().status_code == 200
    guesses = [phone.client.get("/w", params={"code": new_code()}).status_code for _ in range(10)]
    # In the address it counts the same.
    guesses += [phone.client.get(f"/w/{new_code()}").status_code for _ in range(10)]
    assert guesses == [404] * 20
    got = phone.client.get("/w", params={"code": new_code()})
    assert got.status_code == 429
    assert re.search(r"Wait \d+ seconds", got.text)
    assert phone.client.get(f"/w/{new_code()}/state").status_code == 429
    # A right code that is guessed now looks like a wrong one.
    assert phone.look().status_code == 429
    assert phone.look("/state").status_code == 429
    assert known.join().status_code == 303
    assert known.vote(*range(1, 15)).status_code == 303


@pytest.mark.parametrize("code", ["%00", "<script>", "ü" * 10, "A" * 500, "static"])
def test_what_can_be_no_code_is_a_wrong_one(room: Room, code: str) -> None:
    got = room.phone().client.get(f"/w/{code}")
    assert got.status_code == 404
    assert "No workshop has this code" in got.text
    assert "<script>" not in got.text.replace("<script src", "")


@pytest.mark.parametrize("path", ["..%2f..", "ABCDE/FGHJK", "", "static/phone.css"])
def test_an_address_below_ours_that_is_none_is_said_to_be_none(room: Room, path: str) -> None:
    got = room.phone().client.get(f"/w/{path}")
    assert got.status_code == 404
    assert "There is no such page" in got.text


def test_a_deleted_workshop_is_gone(room: Room) -> None:
    phone = room.phone()
    phone.join()
    room.delete()
    assert phone.look().status_code == 404


def test_where_nothing_can_be_saved_the_page_offers_to_send_the_same_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = room.phone()
    phone.join()
    form = {**phone.hidden(), **{f"a{at}": "50" for at in range(14)}}

    def full(*_: object) -> None:
        raise RefusedError("storage", "/home/ann/secret", "the disk is full", "make room on it")

    with monkeypatch.context() as broken:
        broken.setattr("dashboard.workshop.voting.vote", full)
        got = phone.send("vote", form)
    assert got.status_code == 503
    assert "Nothing of this was counted" in got.text
    # Where the laptop keeps its files is none of a phone's business.
    assert "/home/ann" not in got.text
    again = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', got.text))
    assert again == form
    assert phone.send("vote", again).status_code == 303
    assert room.ballots() == 1


def test_without_a_database_a_page_says_so(monkeypatch: pytest.MonkeyPatch, room: Room) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://nobody@nowhere/secret")
    got = room.phone().look()
    assert got.status_code == 503
    assert "secret" not in got.text


def test_every_answer_carries_the_strict_policy(room: Room) -> None:
    phone = room.phone()
    wrong = phone.client.get(f"/w/{new_code()}")
    for answer in (phone.look(), wrong, phone.look("/state"), phone.send("vote", {"a": "b"})):
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
    assert "unsafe" not in POLICY
    assert " style=" not in phone.look().text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["swing", "ranking"])
def test_texts_of_a_hostile_question_stay_texts(
    make_room: MakeRoom, tmp_path: Path, kind: str, method: str
) -> None:
    question = load_question(write_hostile(ROOT, tmp_path / "question", KINDS[kind]))
    room = make_room(question, method=method, title=KINDS[kind][0][:200])
    phone = room.phone()
    pages = [phone.look().text]
    phone.join(KINDS[kind][0])
    room.open_round(1)
    pages.append(phone.look().text)
    pages.append(phone.vote(*[""] * 14).text)
    phone.vote(*range(1, 15))
    pages.append(phone.look().text)
    room.close_round(1)
    room.reveal(1)
    pages.append(phone.look().text)
    assert "Round 1: you and the room" in pages[-1]
    for page in pages:
        for sign in ("<script>window", "<img", "<svg onload", "</script>\"'"):
            assert sign not in page


@pytest.mark.parametrize("folder", ["docs/example", "tests/data/minimal"])
@pytest.mark.parametrize("method", ["swing", "ranking"])
def test_other_questions_can_be_weighed_too(make_room: MakeRoom, folder: str, method: str) -> None:
    question: Question = load_question(ROOT / folder)
    room = make_room(question, method=method, groups=())
    room.open_round(1)
    phone = room.phone()
    phone.join(group="")
    assert phone.vote(*range(1, len(question.criteria) + 1)).status_code == 303
    room.close_round(1)
    room.reveal(1)
    assert "1 ballot." in phone.look().text


def test_the_desk_is_one_for_all_phones(room: Room) -> None:
    assert desk_module.desk() is desk_module.desk()
