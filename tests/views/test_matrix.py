"""The page Matrix through Streamlit's own test runner."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.overrides import Override
from dashboard.model.question import Question
from dashboard.ui.choice import choose_override
from dashboard.ui.keys import Key
from dashboard.ui.question_folder import Opened, QuestionFolder
from tests.fitted import fitted_triangle
from tests.report.questions import make_question
from tests.views.test_pages import choose, heading, opened, words


def markup(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def show(app: AppTest, view: str) -> AppTest:
    app.button_group(key=Key.VIEW).set_value(view)
    return app.run()


def made(question: Question, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(QuestionFolder, "open", lambda _: Opened(question, ()))
    return opened("matrix")


def test_the_raw_matrix_comes_first_and_each_number_leads_to_its_reasons() -> None:
    app = opened("matrix")
    shown = words(app)
    assert "Recovery money for Ukraine EUR m, 5 yr; more is better" in shown
    assert "None is nearly dominated" in shown
    links = re.findall(r'href="evidence\?score=([^"&]+)&amp;q=', markup(app))
    assert len(links) == len(set(links)) == 98
    assert "sanctuary.legal-safety" in links
    assert "Weights:" not in shown


def test_values_stand_between_named_anchors_with_their_band() -> None:
    app = show(opened("matrix"), "values")
    shown = words(app)
    assert "Incremental public cost 0 is 1,500 EUR m, 5 yr 100 is 0 EUR m, 5 yr 100 97 to 100" in (
        shown
    )
    assert "Value matrix: partial values from 0 to 100" in shown
    assert "Weights:" not in shown


def test_benefit_against_cost_uses_the_weights_and_says_whose() -> None:
    app = show(opened("matrix"), "benefit")
    assert heading(app) == (
        "5 of 7 options are on the frontier; the other 2 are within the error of one that is"
    )
    shown = words(app)
    assert "Weights: Equal branches, as no weights were chosen." in shown
    assert "On the frontier are Status quo, Sanctions revision," in shown
    choose(app, "ukraine")
    assert "Weights: Government of Ukraine." in words(app)


def test_weighing_blind_the_matrices_stand_and_the_rest_is_hidden() -> None:
    app = opened("matrix")
    app.session_state[Key.BLIND] = True
    app.run()
    assert heading(app) == "No option is dominated: between any two, each is better at something"
    keys = {element.proto.id for element in app.get("download_button")}
    assert any(Key.VALUES_CSV in key for key in keys)
    assert not any(Key.CONTRIBUTIONS_CSV in key for key in keys)
    show(app, "benefit")
    assert heading(app) == "This view is hidden until you confirm your weights"
    assert "frontier" not in words(app)
    assert not app.get("imgs")


def test_three_matrices_can_be_taken_away() -> None:
    keys = {element.proto.id for element in opened("matrix").get("download_button")}
    for key in (Key.RAW_CSV, Key.VALUES_CSV, Key.CONTRIBUTIONS_CSV):
        assert any(key in found for found in keys)


def test_dominance_is_a_part_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    question = make_question({"a": [1.0, 1.0], "b": [5.2, 2.0], "c": [5.0, 4.0]}, spread=1.0)
    app = made(question, monkeypatch)
    assert heading(app) == "On best estimates a is dominated: no weights can put it first alone"
    shown = words(app)
    assert "a is nowhere better and somewhere worse than b and c." in shown
    assert "1 option is dominated but for one criterion" in shown
    app.session_state[Key.NEAR] = True
    # Bands of 20 points from the 10th to the 90th percentile: triangles with a standard deviation
    # of 7.4 points each, so 1.28 times √2 times 7.385 is 13.4 for their difference.
    one = 100 * fitted_triangle(0.42, 0.52, 0.62).std()
    assert 1.28 * 2**0.5 * one == pytest.approx(13.37, abs=0.01)
    assert "b c Criterion 0 +2.0 ±13.4" in words(app.run())


def test_without_money_a_sentence_says_why_there_is_no_second_view(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = show(made(make_question({"a": [1.0], "b": [2.0]}), monkeypatch), "benefit")
    assert not app.exception
    assert heading(app) == "Benefit is not set against cost"
    assert (
        "No criterion is known as a cost in money. Less is better on no criterion. If one is, name "
        "the currency in its unit, such as EUR million or thousand US$."
    ) in words(app)


@pytest.mark.parametrize("view", ["raw", "values"])
def test_an_exact_score_has_no_band(view: str, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = show(made(make_question({"a": [6.0], "b": [4.0]}), monkeypatch), view)
    assert not re.search(r"[46]0? to [46]0?", words(exact))
    banded = show(made(make_question({"a": [6.0], "b": [4.0]}, spread=1.0), monkeypatch), view)
    assert re.search(r"50? to 70?", words(banded))


def test_a_number_of_the_reader_is_marked() -> None:
    app = opened("matrix")
    override = Override("sanctuary", "legal-safety", 1.0, 2.0, 3.0, "because")
    app.session_state[Key.CHOICE] = choose_override(app.session_state[Key.CHOICE], override)
    assert "Sanctuary on Legal safety" in markup(app.run())
    assert "2 what if 1 to 3" in words(app)


@pytest.mark.parametrize("view", ["raw", "values", "benefit"])
def test_names_of_any_kind_stay_text(view: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "<script>x</script>\u202e😀" + "n" * 300
    app = show(
        made(make_question({"a": [1.0, 2.0], "b": [2.0, 1.0]}, names={"a": name}), monkeypatch),
        view,
    )
    assert not app.exception
    assert "<script>x" not in markup(app)
