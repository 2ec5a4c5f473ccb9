"""The page Workshop through Streamlit's own test runner: several visitors on one database."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.model.overrides import typed_override
from dashboard.model.question import Question
from dashboard.model.typed_number import typed
from dashboard.model.wording import hash_groups
from dashboard.ui import workshop_board, workshop_desk
from dashboard.ui.choice import choose_override
from dashboard.ui.keys import Key, form_key, workshop_key
from dashboard.ui.question_folder import Opened as LastGood
from dashboard.ui.question_folder import QuestionFolder
from dashboard.workshop import opened as kept
from dashboard.workshop.answers import read_answers
from dashboard.workshop.codes import new_identifier, shown_code
from dashboard.workshop.database import FOLDER_VARIABLE, URL_VARIABLE
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.limits import AttemptLimit
from dashboard.workshop.opened import Opened
from dashboard.workshop.opened import opened as open_store
from dashboard.workshop.records import Workshop
from dashboard.workshop.voting import join, vote
from tests.report.questions import make_question
from tests.views.briefing_page import delivered
from tests.views.test_pages import heading, opened, words

PAGE = "workshop"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """A database of the test's own, and no double clicks: tests press faster than hands."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "data"))
    monkeypatch.delenv(URL_VARIABLE, raising=False)
    monkeypatch.setattr(workshop_board, "_DOUBLE_CLICK", 0.0)
    monkeypatch.setattr(workshop_desk, "KEY_ATTEMPTS", AttemptLimit(most=3, seconds=60))
    st.cache_resource.clear()
    found = open_store()
    yield found
    found.store.engine.dispose()
    kept._kept.clear()


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def made(title: str = "Vienna", *, rehearsal: bool = False) -> tuple[AppTest, str]:
    """A board that somebody has just made, and its key."""
    app = opened(PAGE)
    app.text_input(key=Key.WORKSHOP_TITLE).set_value(title)
    app.checkbox(key=Key.WORKSHOP_REHEARSAL).set_value(rehearsal)
    press(app, Key.WORKSHOP_CREATE)
    key = app.code[0].value
    return press(app, Key.WORKSHOP_KEY_KEPT), key


def only(store: Opened) -> Workshop:
    (workshop,) = store.store.workshops()
    return workshop


def board(workshop: Workshop, key: str) -> AppTest:
    """Another browser that opens the board with the key."""
    app = opened(PAGE)
    press(app, workshop_key(workshop.id))
    app.text_input(key=Key.WORKSHOP_KEY).set_value(key)
    return press(app, Key.WORKSHOP_KEY_SUBMIT)


def somebody(store: Opened, question: Question, points: str = "50", group: str = "") -> str:
    """Joins, and votes where a round is open."""
    workshop, person = only(store), new_identifier()
    join(store.store, workshop.id, person, name=None, names_agreed=False, group=group)
    if workshop.takes_ballots and workshop.round is not None:
        given = {criterion.id: points for criterion in question.criteria}
        answers = read_answers(question, workshop.plan.method, given)
        number = workshop.round.number
        vote(store.store, workshop.id, person, number, new_identifier(), answers)
    return person


def unfold(app: AppTest, key: Key) -> None:
    """Open what is made when it is opened."""
    app.session_state[key] = True
    app.run()


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def revealed(app: AppTest) -> None:
    press(app, Key.WORKSHOP_MAIN)  # close
    press(app, Key.WORKSHOP_MAIN)  # ask
    press(app, Key.WORKSHOP_REVEAL)


# ------------------------------------------------------------------------------ making one


def test_without_a_workshop_the_form_stands_open() -> None:
    app = opened(PAGE)
    assert heading(app) == "No workshop yet"
    assert "Government of Ukraine\n" in str(app.text_area(key=Key.WORKSHOP_GROUPS).value)
    assert "Whoever owns this computer can read the file" in words(app)


def test_the_key_is_shown_once(store: Opened) -> None:
    app = opened(PAGE)
    app.text_input(key=Key.WORKSHOP_TITLE).set_value("Vienna")
    press(app, Key.WORKSHOP_CREATE)
    key = app.code[0].value
    assert re.fullmatch(r"(\w{5}-){3}\w{5}", key)
    assert "It is shown this once" in words(app)
    Facilitator(store.store, only(store).id, key).check()
    press(app, Key.WORKSHOP_KEY_KEPT)
    assert heading(app) == "Round 1 is not open yet"
    assert key not in words(app)
    assert not app.code


def test_what_is_missing_is_said_and_what_was_typed_stays(store: Opened) -> None:
    app = opened(PAGE)
    app.text_area(key=Key.WORKSHOP_GROUPS).set_value("North\nNorth")
    press(app, Key.WORKSHOP_CREATE)
    said = words(app)
    assert "The group “North” stands twice: name each once." in said
    assert "The title is missing: give the workshop one." in said
    assert app.text_area(key=Key.WORKSHOP_GROUPS).value == "North\nNorth"
    assert store.store.workshops() == ()


def test_no_workshop_on_overridden_scores(shipped: Question) -> None:
    app = opened(PAGE)
    cell = shipped.proposals[0].id, shipped.criteria[0].id
    score = shipped.proposals[0].scores[cell[1]]
    numbers = [typed(score.low), typed(score.likely), typed(score.high)]
    override, _ = typed_override(shipped, cell, numbers, "to see")
    if override is None:
        anchors = shipped.criteria[0]
        middle = (anchors.worst + anchors.best) / 2
        override, _ = typed_override(shipped, cell, [typed(middle)] * 3, "to see")
    assert override is not None
    app.session_state[Key.CHOICE] = choose_override(app.session_state[Key.CHOICE], override)
    app.run()
    assert "a workshop is on the scores of the files" in words(app)
    assert not [button for button in app.button if button.label == "Create the workshop"]


def test_the_settings_that_are_on_belong_to_the_workshop(store: Opened, shipped: Question) -> None:
    app = opened(PAGE)
    setting = shipped.settings[0]
    choice = app.session_state[Key.CHOICE]
    app.session_state[Key.CHOICE] = replace(choice, settings=(setting.id,))
    app.run()
    assert f"Settings switched on: {setting.name}." in words(app)
    app.text_input(key=Key.WORKSHOP_TITLE).set_value("Vienna")
    press(app, Key.WORKSHOP_CREATE)
    assert store.store.question(only(store).fingerprint).active_settings == (setting.id,)


def test_text_of_people_stays_text() -> None:
    app, _ = made("<script>alert(1)</script> *a*")
    body = " ".join(each.proto.body for each in app.get("html"))
    assert "<script>" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt; *a*" in body
    press(app, Key.WORKSHOP_ALL)
    assert any(r"\<script\>" in label and r"\*a\*" in label for label in labels(app))


# ------------------------------------------------------------------------------ the key


def test_the_board_opens_with_the_key_only(store: Opened) -> None:
    _, key = made()
    other = opened(PAGE)
    press(other, workshop_key(only(store).id))
    assert heading(other) == "The board opens with the facilitator's key"
    assert Key.WORKSHOP_MAIN not in [button.key for button in other.button]
    submit = Key.WORKSHOP_KEY_SUBMIT
    for _ in range(3):
        other.text_input(key=Key.WORKSHOP_KEY).set_value("WRONG-WRONG-WRONG-WRONG")
        press(other, submit)
        assert "This is not the facilitator's key of this workshop" in words(other)
    other.text_input(key=Key.WORKSHOP_KEY).set_value(key)
    press(other, submit)
    assert "Too many wrong keys; wait 60 seconds and try again." in words(other)
    assert heading(other) == "The board opens with the facilitator's key"


def test_a_new_key_ends_the_old_one_and_is_logged(store: Opened) -> None:
    first, old = made()
    other = opened(PAGE)
    press(other, workshop_key(only(store).id))
    unfold(other, Key.WORKSHOP_KEY_LOST)
    assert other.button(key=Key.WORKSHOP_KEY_NEW).disabled
    other.checkbox(key=Key.WORKSHOP_KEY_SURE).check().run()
    press(other, Key.WORKSHOP_KEY_NEW)
    new = other.code[0].value
    assert new != old
    first.run()
    assert "The key of this workshop was replaced" in words(first)
    assert heading(first) == "The board opens with the facilitator's key"
    assert store.store.events(only(store).id)[-1].kind == "key-replaced"


# ------------------------------------------------------------------------------ rounds


def test_two_boards_and_a_list_see_the_same_round(store: Opened, shipped: Question) -> None:
    first, key = made()
    second = board(only(store), key)
    assert heading(second) == "Round 1 is not open yet"
    press(first, Key.WORKSHOP_MAIN)
    assert heading(first) == "Round 1 is open"
    store.pulses.look_again()
    assert heading(second.run()) == "Round 1 is open"
    somebody(store, shipped, group="ukraine")
    store.pulses.look_again()
    second.run()
    assert "1 person has joined; 1 has voted in round 1." in words(second)
    assert "Government of Ukraine 1 of 1 voted" in words(second)
    third = opened(PAGE)
    assert heading(third) == "1 workshop, 1 round open now"
    assert "round 1 is open · 1 person" in words(third)
    press(second, Key.WORKSHOP_MAIN)
    first.run()
    assert heading(first) == "Round 1 is closed; nothing is revealed yet"


def test_what_is_refused_is_said_as_a_sentence(store: Opened) -> None:
    first, key = made()
    Facilitator(store.store, only(store).id, key).open_round(1)
    Facilitator(store.store, only(store).id, key).close_round(1)
    Facilitator(store.store, only(store).id, key).reveal(1)
    Facilitator(store.store, only(store).id, key).open_round(2)
    press(first, Key.WORKSHOP_MAIN)  # it still shows "Open round 1"
    assert "Round 1 cannot be opened now: look at where the workshop stands now." in words(first)
    assert heading(first) == "Round 2 is open"


def test_minutes_that_cannot_be_read_open_no_round(store: Opened) -> None:
    app, _ = made()
    app.text_input(key=Key.WORKSHOP_MINUTES).set_value("1,200")
    press(app, Key.WORKSHOP_MAIN)
    assert "“1,200” can be read in two ways. Do you mean 1.2 or 1200?" in words(app)
    assert app.text_input(key=Key.WORKSHOP_MINUTES).value == "1,200"
    assert only(store).round is None
    app.text_input(key=Key.WORKSHOP_MINUTES).set_value("1,2")
    app.session_state[Key.WORKSHOP_PRESSED] = float("-inf")
    press(app, Key.WORKSHOP_MAIN)
    assert only(store).round is not None


def test_minutes_are_given_lengthened_and_taken_off(store: Opened) -> None:
    app, _ = made()
    app.text_input(key=Key.WORKSHOP_MINUTES).set_value("3,0")
    press(app, Key.WORKSHOP_MAIN)

    def left() -> float | None:
        store.pulses.look_again()
        return store.pulses.of(only(store).id).seconds_left

    assert left() == pytest.approx(180, abs=20)
    press(app, Key.WORKSHOP_LONGER)
    assert left() == pytest.approx(300, abs=20)
    press(app, Key.WORKSHOP_NO_LIMIT)
    assert left() is None
    assert "Close in 2 minutes" in labels(app)
    press(app, Key.WORKSHOP_LONGER)
    assert left() == pytest.approx(120, abs=20)


def test_nothing_is_shown_before_the_reveal_is_confirmed(store: Opened, shipped: Question) -> None:
    app, _ = made()
    press(app, Key.WORKSHOP_MAIN)
    for points in ("10", "90"):
        somebody(store, shipped, points)
    press(app, Key.WORKSHOP_MAIN)
    assert "Reveal now" not in labels(app)
    assert app.button(key=Key.WORKSHOP_CSV).disabled
    press(app, Key.WORKSHOP_MAIN)
    assert "Reveal now" in labels(app)
    assert heading(app) == "Round 1 is closed; nothing is revealed yet"
    assert "Kendall" not in words(app)
    press(app, Key.WORKSHOP_REVEAL)
    assert heading(app) == "Round 1 is revealed"
    assert "Kendall's W is" in words(app)


def test_a_closed_round_is_reopened_until_it_is_revealed(store: Opened) -> None:
    app, _ = made()
    press(app, Key.WORKSHOP_MAIN)
    press(app, Key.WORKSHOP_MAIN)
    press(app, Key.WORKSHOP_REOPEN)
    assert heading(app) == "Round 1 is open"
    revealed(app)
    assert "Reopen round 1" not in labels(app)


def test_the_end_shows_the_head_of_the_log_and_can_be_taken_back(store: Opened) -> None:
    app, _ = made()
    press(app, Key.WORKSHOP_END)
    head = only(store).head
    assert heading(app) == "The workshop has ended; no round was opened"
    assert " ".join(head[at : at + 4] for at in range(0, 64, 4)) in words(app)
    press(app, Key.WORKSHOP_MAIN)
    assert heading(app) == "Round 1 is not open yet"


# ------------------------------------------------------------------------------ after the reveal


def test_the_rooms_weights_become_the_visitors_own(store: Opened, shipped: Question) -> None:
    app, _ = made()
    press(app, Key.WORKSHOP_MAIN)
    somebody(store, shipped)
    revealed(app)
    press(app, Key.WORKSHOP_USE)
    assert "Weights: Own weights, saved as Room's mean of 1 ballot, round 1, Vienna." in words(app)
    choice = app.session_state[Key.CHOICE]
    share = 100 / len(shipped.criteria)
    assert list(choice.points.values()) == pytest.approx([share] * len(shipped.criteria))


def test_movement_shows_in_the_second_round(store: Opened, shipped: Question) -> None:
    app, _ = made(rehearsal=True)
    press(app, Key.WORKSHOP_SIMULATE)
    for _ in range(2):
        press(app, Key.WORKSHOP_MAIN)
        press(app, Key.WORKSHOP_LET_VOTE)
        revealed(app)
    assert heading(app) == "Round 2 is revealed"
    assert "12 voted in both rounds; nobody joined or left." in words(app)
    app.segmented_control(key=Key.WORKSHOP_ROUND).set_value(1).run()
    assert "Round 1 · 12 ballots" in words(app)


def test_a_rehearsal_says_so_everywhere(store: Opened) -> None:
    app, _ = made(rehearsal=True)
    assert "Rehearsal: simulated people." in words(app)
    press(app, Key.WORKSHOP_MAIN)
    press(app, Key.WORKSHOP_SIMULATE)
    assert "12 people have joined; 12 have voted in round 1." in words(app)
    revealed(app)
    assert words(app).count("Rehearsal: simulated people") >= 2
    press(app, Key.WORKSHOP_CSV)
    assert app.session_state[Key.DOWNLOAD]["name"] == "rehearsal-workshop-ballots.csv"
    press(app, Key.WORKSHOP_ALL)
    assert "Rehearsal: simulated people" in words(app)
    room = opened(PAGE, code=shown_code(only(store).code), projector="1")
    assert "Rehearsal: simulated people" in words(room)


def test_only_a_rehearsal_has_simulated_people() -> None:
    app, _ = made()
    assert Key.WORKSHOP_SIMULATE not in [button.key for button in app.button]


def test_ballots_and_record_are_handed_over(store: Opened, shipped: Question) -> None:
    app, _ = made()
    press(app, Key.WORKSHOP_MAIN)
    somebody(store, shipped)
    revealed(app)
    press(app, Key.WORKSHOP_JSON)
    ballots = json.loads(base64.b64decode(app.session_state[Key.DOWNLOAD]["b64"]))
    assert [each["pseudonym"] for each in ballots["ballots"]] == ["p1"]
    press(app, Key.WORKSHOP_RECORD)
    assert app.session_state[Key.DOWNLOAD]["name"] == "workshop-record.json"
    record = json.loads(base64.b64decode(app.session_state[Key.DOWNLOAD]["b64"]))
    assert record["results"]["rounds"][0]["ballots"] == 1
    assert record["verification"]["holds"] is True


# ------------------------------------------------------------------------------ deleting


def test_the_briefing_is_handed_over_with_the_workshop_as_annex(
    store: Opened, shipped: Question
) -> None:
    app, key = made()
    facilitator = Facilitator(store.store, only(store).id, key)
    assert app.button(key=Key.WORKSHOP_BRIEFING).disabled
    facilitator.open_round(1)
    somebody(store, shipped)
    facilitator.close_round(1)
    facilitator.reveal(1)
    store.pulses.look_again()
    press(app.run(), Key.WORKSHOP_BRIEFING)
    file = app.session_state[Key.DOWNLOAD]
    assert file["name"] == "workshop-briefing.pdf"
    pages = pypdf.PdfReader(io.BytesIO(base64.b64decode(file["b64"]))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "the workshop \u201cVienna\u201d: " in text
    assert hash_groups(only(store).head) in text


def test_the_page_briefing_offers_the_workshop_whose_key_one_holds(
    store: Opened, shipped: Question
) -> None:
    app, key = made()
    facilitator = Facilitator(store.store, only(store).id, key)
    app.switch_page("views/briefing.py").run()
    app.button_group(key=Key.BRIEFING_WHOSE).set_value("workshop").run()
    assert "o ballot of this workshop is revealed" in words(app)
    facilitator.open_round(1)
    somebody(store, shipped)
    facilitator.close_round(1)
    facilitator.reveal(1)
    app.run()
    assert "Room's mean of 1 ballot, round 1, Vienna" in words(app)
    file = delivered(app.button(key=form_key(".pdf")).click().run())
    pages = pypdf.PdfReader(io.BytesIO(base64.b64decode(file["b64"]))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "the workshop \u201cVienna\u201d: " in text
    assert hash_groups(only(store).head) in text
    stranger = opened("briefing")
    assert "workshop" not in stranger.button_group(key=Key.BRIEFING_WHOSE).options


def test_one_persons_ballots_go_for_good(store: Opened, shipped: Question) -> None:
    app, _ = made()
    press(app, Key.WORKSHOP_MAIN)
    person = somebody(store, shipped, group="ukraine")
    unfold(app, Key.WORKSHOP_DELETING)
    app.selectbox(key=Key.WORKSHOP_PERSON).set_value(person).run()
    assert app.button(key=Key.WORKSHOP_PERSON_DELETE).disabled
    app.checkbox(key=Key.WORKSHOP_PERSON_SURE).check().run()
    press(app, Key.WORKSHOP_PERSON_DELETE)
    assert "Nobody has joined yet." in words(app)
    assert store.store.events(only(store).id)[-1].kind == "person-deleted"


def test_a_workshop_goes_when_its_title_is_typed(store: Opened) -> None:
    app, _ = made()
    identifier = only(store).id
    unfold(app, Key.WORKSHOP_DELETING)
    app.text_input(key=Key.WORKSHOP_DELETE_TITLE).set_value("vienna")
    press(app, Key.WORKSHOP_DELETE)
    assert "Nothing was deleted" in words(app)
    app.text_input(key=Key.WORKSHOP_DELETE_TITLE).set_value("Vienna")
    press(app, Key.WORKSHOP_DELETE)
    assert heading(app) == "No workshop yet"
    assert "was deleted for good" in app.warning[0].value
    assert store.store.events(identifier)[-1].kind == "deleted"


# ------------------------------------------------------------------------------ the projector


def test_the_projector_shows_the_way_in_and_then_one_finding_at_a_time(
    store: Opened, shipped: Question
) -> None:
    app, _ = made()
    code = shown_code(only(store).code)
    room = opened(PAGE, code=code, projector="1")
    assert f"/w/{code}" in words(room)
    assert "0 joined" in words(room)
    assert "voted" not in words(room)
    press(app, Key.WORKSHOP_MAIN)
    somebody(store, shipped)
    revealed(app)
    room.run()
    assert "1 of 6" in words(room)
    assert room.button(key=Key.PROJECTOR_BACK).disabled
    for _ in range(5):
        press(room, Key.PROJECTOR_NEXT)
    assert "6 of 6" in words(room)
    assert room.button(key=Key.PROJECTOR_NEXT).disabled
    assert Key.WORKSHOP_MAIN not in [button.key for button in room.button]


def test_a_code_that_leads_nowhere_is_said() -> None:
    app = opened(PAGE, code="33333-33333")
    assert "There is no workshop with the code in the address." in words(app)
    assert heading(app) == "No workshop yet"


# ------------------------------------------------------------------------------ other questions


@pytest.mark.parametrize(
    "question",
    [
        make_question({"only": [5.0]}),
        make_question({"a": [1.0, 9.0], "b": [9.0, 1.0]}, names={"a": "<b>x</b>" * 30}),
        make_question(
            {f"option-{i}": [float((i * j) % 11) for j in range(60)] for i in range(50)},
            branch_sizes=[20, 20, 20],
        ),
    ],
    ids=["one option and criterion", "names that are marks", "60 criteria and 50 options"],
)
@pytest.mark.parametrize("method", ["swing", "ranking"])
def test_other_questions_go_the_whole_way(
    method: str, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuestionFolder, "open", lambda _: LastGood(question, ()))
    app = opened(PAGE)
    assert app.text_area(key=Key.WORKSHOP_GROUPS).value == ""
    app.text_input(key=Key.WORKSHOP_TITLE).set_value("Vienna")
    app.radio(key=Key.WORKSHOP_METHOD).set_value(method)
    app.checkbox(key=Key.WORKSHOP_REHEARSAL).check()
    press(app, Key.WORKSHOP_CREATE)
    press(app, Key.WORKSHOP_KEY_KEPT)
    press(app, Key.WORKSHOP_MAIN)
    press(app, Key.WORKSHOP_SIMULATE)
    assert "Everybody 12 of 12 voted" in words(app)
    revealed(app)
    for key in (Key.WORKSHOP_CSV, Key.WORKSHOP_PARQUET, Key.WORKSHOP_RECORD):
        press(app, key)
    room = opened(PAGE, code=app.query_params["code"], projector="1")
    assert not room.exception
    press(app, Key.WORKSHOP_USE)
    assert "Weights: Own weights, saved as Room's mean of 12 ballots" in words(app)


def test_a_round_without_a_ballot_is_revealed_as_such() -> None:
    app, _ = made()
    press(app, Key.WORKSHOP_MAIN)
    revealed(app)
    assert heading(app) == "Round 1 is revealed"
    assert app.button(key=Key.WORKSHOP_BRIEFING).disabled
    assert Key.WORKSHOP_USE not in [button.key for button in app.button]


def test_the_rooms_weights_stay_here_while_another_question_is_shown(
    store: Opened, shipped: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _ = made()
    press(app, Key.WORKSHOP_MAIN)
    somebody(store, shipped)
    revealed(app)
    other = make_question({"a": [1.0, 9.0], "b": [9.0, 1.0]})
    monkeypatch.setattr(QuestionFolder, "open", lambda _: LastGood(other, ()))
    app.run()
    assert not app.exception
    assert "cannot be carried to the page Weigh" in words(app)
    assert Key.WORKSHOP_USE not in [button.key for button in app.button]


# ------------------------------------------------------------------------------ without a store


def test_without_a_database_one_page_says_so_and_the_others_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(URL_VARIABLE, "mysql://host/name")
    app = opened(PAGE)
    assert not app.exception
    assert heading(app) == "Workshops cannot be opened at the moment"
    assert "write sqlite:////path/to/file or postgresql" in words(app)
    assert heading(app.switch_page("views/weigh.py").run()).startswith("No clear winner")


def test_a_server_on_loopback_says_that_phones_cannot_reach_it() -> None:
    app, _ = made()
    assert "Phones cannot reach this server" in words(app)
    assert "counterweight serve --address 0.0.0.0" in words(app)
