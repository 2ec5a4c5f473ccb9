"""The page Who disagrees through Streamlit's own test runner."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.methods.weights import percent, perspective_points
from dashboard.model.question import Question
from dashboard.ui.choice import Choice
from dashboard.ui.keys import STATE_PARAMETER, Key, setting_key
from dashboard.ui.question_folder import Opened, QuestionFolder
from tests.report.questions import make_perspective, make_question
from tests.views.test_pages import choose, heading, opened, words

PAGE = "who_disagrees"


def show(question: Question, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(QuestionFolder, "open", lambda _: Opened(question, ()))
    return opened(PAGE)


def own(app: AppTest, **points: float) -> None:
    """Weights of the visitor's own: all of them on what is named."""
    question = app.session_state[Key.QUESTION]
    given = {c.id: points.get(c.id.replace("-", "_"), 0.0) for c in question.criteria}
    app.session_state[Key.CHOICE] = Choice("own", None, given)
    app.run()


def test_the_page_says_who_leads_where_and_whose_weights_these_are() -> None:
    app = opened(PAGE)
    assert not app.exception
    assert heading(app) == (
        "Eight perspectives, three leaders: Sanctuary under four, Status quo under three and "
        "NATO integration under one"
    )
    shown = words(app)
    assert "Nobody chose these, so they take no part here." in shown
    assert "The points are proposals by the analyst, not statements of any government" in shown
    assert "Kendall's W is 0.45" in shown
    assert "chosen" not in shown.replace("were chosen", "")
    assert "average" not in shown


def test_a_perspective_that_is_chosen_is_marked_and_not_doubled() -> None:
    app = opened(PAGE)
    choose(app, "human-rights")
    assert heading(app).startswith("Eight perspectives, three leaders")
    shown = words(app)
    assert "Human rights chosen" in shown
    assert "Human-rights NGOs chosen Sanctuary" in shown
    assert "Your weights" not in shown


def test_own_weights_are_one_more_column_and_can_be_divided() -> None:
    app = opened(PAGE)
    own(app, public_cost=100.0)
    assert heading(app).startswith("Eight perspectives and your weights, ")
    shown = words(app)
    assert "They take part as one more column." in shown
    assert "Your weights" in shown
    # They are furthest from somebody, so they are one of the two from the start.
    assert app.selectbox(key=Key.AGAINST).value == "_own"
    app.selectbox(key=Key.PERSPECTIVE).select("interior").run()
    assert not app.exception
    assert "divides Interior and your weights most" in words(app)
    assert app.query_params["against"] == "_own"
    link = {name: app.query_params[name] for name in ("perspective", "against")}
    second = opened(PAGE, **link, **{STATE_PARAMETER: app.query_params[STATE_PARAMETER]})
    assert "divides Interior and your weights most" in words(second)
    # Without the weights nobody of that id is there, and the address says so.
    third = opened(PAGE, **link)
    assert "Legal safety divides Ukraine and Émigrés most" in words(third)
    assert "against" not in third.query_params


@pytest.mark.parametrize("name", [None, "ours"])
def test_own_weights_that_are_a_perspectives_are_not_counted_twice(name: str | None) -> None:
    app = opened(PAGE)
    question = app.session_state[Key.QUESTION]
    points = percent(perspective_points(question, question.perspective("human-rights")))
    app.session_state[Key.CHOICE] = Choice("own", "ukraine", points, name=name)
    app.run()
    assert heading(app).startswith("Eight perspectives, three leaders")
    shown = words(app)
    assert "Human rights chosen" in shown
    assert "That perspective is marked as chosen." in shown
    assert "Your weights" not in shown


def test_any_two_are_divided_and_the_address_keeps_them() -> None:
    app = opened(PAGE)
    assert "perspective" not in app.query_params
    app.selectbox(key=Key.PERSPECTIVE).select("interior").run()
    assert "Both put" not in words(app)
    app.selectbox(key=Key.AGAINST).select("ukraine").run()
    shown = words(app)
    assert "Retaliation divides Interior and Ukraine most" in shown
    assert "Both put Status quo first." in shown
    app.selectbox(key=Key.RIVAL).select("sanctions-revision").run()
    assert app.selectbox(key=Key.RIVAL).value == "sanctions-revision"
    kept = {name: value for name, value in app.query_params.items() if name != "q"}
    assert kept == {
        "perspective": "interior",
        "against": "ukraine",
        "option": "status-quo",
        "rival": "sanctions-revision",
    }
    second = opened(PAGE, **kept)
    assert "ahead of Sanctions revision" in words(second)
    # Other perspectives come with options of their own.
    second.selectbox(key=Key.AGAINST).select("emigres").run()
    assert second.selectbox(key=Key.RIVAL).value == "sanctuary"
    assert "rival" not in second.query_params


def test_something_against_itself_asks_for_another() -> None:
    app = opened(PAGE)
    app.selectbox(key=Key.AGAINST).select("ukraine").run()
    assert "Choose two different perspectives to see what divides them" in words(app)
    app.selectbox(key=Key.AGAINST).select("emigres").run()
    app.selectbox(key=Key.RIVAL).select("status-quo").run()
    assert "Choose two different options to see what divides them" in words(app)


def test_tables_are_made_when_they_are_opened() -> None:
    app = opened(PAGE)
    assert "Wealth security 1.8 %" not in words(app)
    app.session_state[Key.RANKS_TABLE] = True
    app.session_state[Key.PARTS_TABLE] = True
    shown = words(app.run())
    assert "Sanctuary 2 50.6 2 50.2 3 44.7 1 45.6 2 44.7 1 36.5 1 45.9 1 39.6" in shown
    assert "Wealth security 1.8 % 7.1 % 0.1 towards Status quo" in shown


def test_settings_reach_the_page() -> None:
    app = opened()
    app.checkbox(key=setting_key("status-quo-acts-at-once")).check().run()
    app.switch_page(f"views/{PAGE}.py").run()
    assert "Settings switched on:" in words(app)
    assert heading(app) != (
        "Eight perspectives, three leaders: Sanctuary under four, Status quo under three and "
        "NATO integration under one"
    )


def test_who_leads_stays_hidden_from_those_who_weigh_blind() -> None:
    app = opened()
    app.session_state[Key.BLIND] = True
    app.switch_page(f"views/{PAGE}.py").run()
    assert heading(app) == "This page is hidden until you confirm your weights"
    assert "Kendall" not in words(app)


def test_one_perspective_becomes_two_with_own_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    question = make_question(
        {"a": (9.0, 2.0), "b": (4.0, 6.0)}, perspectives=[make_perspective("p", (1, 0), "Cooks")]
    )
    app = show(question, monkeypatch)
    assert heading(app) == "Cooks is the only perspective"
    own(app, criterion_1=100.0)
    assert (
        heading(app) == "One perspective and your weights, two leaders: a under one and b under one"
    )


SIX = range(6)
ODD: dict[str, dict[str, Any]] = {
    "no perspectives": {"performances": {"a": (1.0,), "b": (2.0,)}},
    "one option": {
        "performances": {"a": (1.0, 2.0)},
        "perspectives": [make_perspective("p", (1, 0)), make_perspective("q", (0, 1))],
    },
    "one criterion": {
        "performances": {"a": (1.0,), "b": (2.0,)},
        "perspectives": [make_perspective("p", (1,)), make_perspective("q", (2,))],
    },
    "all equal": {
        "performances": {"a": (5.0, 5.0), "b": (5.0, 5.0)},
        "perspectives": [make_perspective(f"p{k}", (1, k)) for k in SIX],
    },
    "nothing in common": {
        "performances": {"a": (9.0, 1.0), "b": (2.0, 9.0)},
        "status_quo": "b",
        "perspectives": [make_perspective("p", (1, 0)), make_perspective("q", (0, 1))],
    },
    "large, with long names": {
        "performances": {
            f"o{i}": [float((i * (j + 3)) % 11) for j in range(60)] for i in range(50)
        },
        "names": {f"o{i}": f"<b>{i}" + "N" * 295 for i in range(50)},
        "spread": 1.0,
        "perspectives": [
            make_perspective(f"p{k}", [(j * k) % 13 + 1 for j in range(60)], f"<i>{k}" + "V" * 295)
            for k in range(12)
        ],
    },
}


@pytest.mark.parametrize("made", ODD.values(), ids=ODD)
def test_every_question_has_a_page(made: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    app = show(make_question(**made), monkeypatch)
    app.session_state[Key.RANKS_TABLE] = True
    app.session_state[Key.PARTS_TABLE] = True
    app.run()
    assert not app.exception
    assert heading(app)
    markup = " ".join(element.proto.body for element in app.get("html"))
    assert "<b>0" not in markup
    assert "<i>0" not in markup
    assert not {"nan", "inf"} & set(words(app).lower().replace("%", " ").split())
