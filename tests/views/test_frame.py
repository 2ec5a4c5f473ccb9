"""What stands around every page: help, the way in, and addresses that lead nowhere."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.report.glossary import FIRST_STEPS
from dashboard.ui.keys import Key
from tests.views.test_pages import PAGES, choose, heading, opened, words


def welcomed(app: AppTest) -> bool:
    return FIRST_STEPS[0] in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_words_and_likelihood_are_one_click_away_on_every_page(page: str) -> None:
    app = opened(page)
    app.button(key=Key.GLOSSARY).click().run()
    assert "Stability interval How far one weight can move" in words(app)
    assert FIRST_STEPS[2] in words(app)
    app.button(key=Key.LIKELIHOOD).click().run()
    assert "roughly even chance 45 to 55 %" in words(app)
    assert "Stability interval How far" not in words(app)
    assert not app.exception


def test_help_is_there_while_weighing_blind() -> None:
    app = opened()
    app.session_state[Key.BLIND] = True
    app.run()
    app.button(key=Key.LIKELIHOOD).click().run()
    assert "almost certain 95 to 100 %" in words(app)


def test_a_first_visit_begins_with_three_sentences_until_they_are_put_away() -> None:
    app = opened()
    assert welcomed(app)
    app.button(key=Key.WELCOME_DONE).click().run()
    assert not welcomed(app)
    app.switch_page("views/why.py").run()
    app.switch_page("views/weigh.py").run()
    assert not welcomed(app)


def test_the_first_choice_puts_them_away_for_the_visit() -> None:
    app = opened()
    choose(app, "ukraine")
    assert not welcomed(app)
    assert app.session_state[Key.WELCOMED] is True


def test_who_opens_a_link_with_weights_is_not_kept_from_the_result() -> None:
    first = opened()
    choose(first, "ukraine")
    assert not welcomed(opened(s=first.query_params["s"]))


def test_an_address_without_a_page_is_said_once() -> None:
    app = opened(lost="<b>nowhere</b>")
    assert [warning.value for warning in app.warning] == [
        "There is no page at the address “\\<b\\>nowhere\\</b\\>”; this is the first page."
    ]
    assert "lost" not in app.query_params
    assert heading(app).startswith("No clear winner")
    assert not app.run().warning
