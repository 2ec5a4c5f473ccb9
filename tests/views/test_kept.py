"""What a browser keeps, through Streamlit's own test runner: the line, the buttons, the rules.

The runner knows no components of our own, so what the browser reports is put in its place here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.overrides import Override
from dashboard.model.question import Question
from dashboard.ui.briefs import Wanted
from dashboard.ui.choice import choose_perspective, default_choice
from dashboard.ui.kept import desk, keeping
from dashboard.ui.kept.record import Work, kept_text
from dashboard.ui.keys import STATE_PARAMETER, Key, load_key
from dashboard.ui.link import encode
from tests.views.test_pages import choose, heading, opened, words

SLOT = "0123456789ab"
PAGES = ["weigh", "why", "how_sure", "who_disagrees", "matrix", "evidence", "briefing"]

Hear = Callable[[AppTest, str, dict[str, Any]], AppTest]


@pytest.fixture
def own(shipped: Question) -> Work:
    choice = choose_perspective(shipped, default_choice(shipped), "human-rights")
    override = Override("status-quo", "retaliation", 9.0, 9.0, 9.0, "measured in May")
    return Work(replace(choice, overrides=(override,)), wanted=Wanted(marking="Draft"))


@pytest.fixture
def hear(monkeypatch: pytest.MonkeyPatch) -> Hear:
    """A run that begins with a report of the browser, as its callback would."""
    waiting: list[tuple[str, dict[str, Any]]] = []
    keep = desk.keep

    def hearing(*arguments: Any) -> None:
        keep(*arguments)
        while waiting:
            name, report = waiting.pop()
            monkeypatch.setattr(desk, "_reported", {name: report}.get)
            getattr(desk, f"_on_{name}")()

    monkeypatch.setattr(desk, "keep", hearing)

    def heard(app: AppTest, name: str, report: dict[str, Any]) -> AppTest:
        visit = app.session_state[Key.KEPT].visit
        waiting.append((name, {"visit": visit} | report))
        app.run()
        return app.run()

    return heard


def found(question: Question, work: Work, **changes: object) -> dict[str, Any]:
    return {
        "slot": SLOT,
        "when": 29_931_242,
        "text": kept_text(question, work),
        "edited": False,
        "fresh": False,
        "asked": False,
        "others": [],
    } | changes


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_was_restored(
    page: str, hear: Hear, shipped: Question, own: Work
) -> None:
    app = hear(opened(page), "found", found(shipped, own))
    assert not app.exception
    said = "Restored from this browser, as kept on 28 November 2026 at 14:02. Weights: Human-rights"
    assert said in words(app)
    assert app.button(key=Key.KEPT_START).label == "Start again"
    assert app.session_state[Key.CHOICE].overrides[0].reason == "measured in May"
    assert app.button(key=Key.KEPT_FORGET).label == "Forget what this browser keeps"
    app.button(key=Key.KEPT_CLOSE).click().run()
    assert said not in words(app)


def test_the_page_for_a_whole_room_says_nothing_of_it(
    hear: Hear, shipped: Question, own: Work
) -> None:
    app = hear(opened("workshop"), "found", found(shipped, own))
    assert "Restored from this browser" not in words(app)


def test_starting_again_can_be_taken_back(hear: Hear, shipped: Question, own: Work) -> None:
    app = hear(opened(), "found", found(shipped, own))
    app.button(key=Key.KEPT_START).click().run()
    assert app.session_state[Key.CHOICE].origin == "default"
    assert "Started again. Your earlier work is still kept in this browser." in words(app)
    app.button(key=load_key(0)).click().run()
    assert app.session_state[Key.KEPT].ask.slot == SLOT
    hear(app, "found", found(shipped, own, asked=True))
    assert app.session_state[Key.CHOICE].perspective == "human-rights"


def test_a_link_goes_first_and_what_is_kept_is_offered(
    hear: Hear, shipped: Question, own: Work
) -> None:
    text = encode(shipped, choose_perspective(shipped, default_choice(shipped), "ukraine"))
    assert text is not None
    app = hear(opened(**{STATE_PARAMETER: text}), "found", found(shipped, own))
    assert app.session_state[Key.CHOICE].perspective == "ukraine"
    assert "This browser keeps other work on this question" in words(app)
    assert app.button(key=load_key(0)).label == "Load what is kept"


def test_whoever_weighs_without_seeing_the_ranking_still_does(
    hear: Hear, shipped: Question, own: Work
) -> None:
    app = opened()
    app.session_state[Key.BLIND] = True
    app.run()
    hear(app, "found", found(shipped, own))
    assert heading(app) == "The ranking is hidden until you confirm your weights"
    hidden = hear(opened(), "found", found(shipped, replace(own, blind=True)))
    assert heading(hidden) == "The ranking is hidden until you confirm your weights"
    hidden.button(key=Key.KEPT_START).click().run()
    assert heading(hidden) == "The ranking is hidden until you confirm your weights"


def test_another_tab_is_never_written_over_silently(hear: Hear) -> None:
    app = opened()
    choose(app, "human-rights")
    slot = app.session_state[Key.KEPT].slot
    report = {"kind": "written", "slot": slot, "when": 29_931_242, "fork": None}
    hear(app, "changed", report)
    assert "Nothing was overwritten: load the work of the other tab, or keep both." in words(app)
    app.button(key=Key.KEPT_BOTH).click().run()
    assert app.session_state[Key.KEPT].slot != slot
    assert app.session_state[Key.CHOICE].perspective == "human-rights"


def test_forgetting_stops_keeping_until_it_is_asked_for(hear: Hear) -> None:
    app = opened()
    choose(app, "human-rights")
    app.button(key=Key.KEPT_FORGET).click().run()
    kept = app.session_state[Key.KEPT]
    assert (kept.off, kept.slot) == ("forgotten", None)
    assert "This browser keeps nothing now." in words(app)
    choose(app, "ukraine")
    assert app.session_state[Key.KEPT].slot is None
    app.button(key=Key.KEPT_AGAIN).click().run()
    assert app.session_state[Key.KEPT].slot is not None


def test_forgetting_holds_for_a_question_put_away_whose_work_was_too_long(hear: Hear) -> None:
    app = opened()
    long = replace(app.session_state[Key.KEPT], off="long")
    app.session_state[Key.QUESTIONS] = {"other": {Key.KEPT: long}}
    app.button(key=Key.KEPT_FORGET).click().run()
    assert app.session_state[Key.QUESTIONS]["other"][Key.KEPT].off == "forgotten"


def test_a_browser_that_keeps_nothing_is_said_once(hear: Hear) -> None:
    app = opened()
    visit = app.session_state[Key.KEPT].visit
    hear(app, "unkept", {"why": "refused"})
    assert app.session_state[Key.KEPT].off == "refused"
    assert "does not let pages keep anything; a reload loses what you do here." in words(app)
    assert app.session_state[Key.KEPT].visit == visit


def test_work_that_is_too_long_is_said_once_and_kept_again_when_it_is_shorter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = "This work is longer than what is kept in a browser"
    app = opened()
    choose(app, "human-rights")
    slot = app.session_state[Key.KEPT].slot
    with monkeypatch.context() as limits:
        limits.setattr(keeping, "LONGEST", 10)
        app.run()
        assert said in words(app)
        assert [warning.value.startswith(said) for warning in app.warning] == [True]
        app.run()
        assert said in words(app)
        assert not app.warning
        assert app.button(key=Key.KEPT_FORGET).label == "Forget what this browser keeps"
    app.run()
    assert said not in words(app)
    assert (app.session_state[Key.KEPT].off, app.session_state[Key.KEPT].slot) == (None, slot)


@pytest.mark.parametrize("report", [{"text": 7}, {"slot": "../x"}, {"others": "x"}, {"when": -1}])
def test_a_malformed_report_changes_nothing_and_ends(
    report: dict[str, Any], hear: Hear, shipped: Question, own: Work
) -> None:
    app = hear(opened(), "found", found(shipped, own) | report)
    assert not app.exception
    assert app.session_state[Key.CHOICE].origin == "default"
    assert app.session_state[Key.KEPT].answered
