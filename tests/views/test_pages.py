"""Every page through Streamlit's own test runner: what it says, and that it never breaks."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.question import Question
from dashboard.ui.cached import opinion_desk
from dashboard.ui.choice import choose_perspective
from dashboard.ui.keys import STATE_PARAMETER, Key, setting_key
from dashboard.ui.question_folder import FOLDER_VARIABLE
from dashboard.ui.sign_in import PASSPHRASE
from tests.conftest import ROOT

ENTRY = ROOT / "dashboard" / "main.py"
PAGES = ["weigh", "why", "how_sure", "who_disagrees", "matrix", "evidence", "briefing"]
LOAD_SECONDS = 60
SHIPPED_HEADING = (
    "No clear winner: Sanctuary is only 0.5 points ahead (45.9 against 45.4), "
    "but Capital amnesty comes first more often"
)
"""Of the shipped question before anybody has chosen weights."""
RIGHTS_HEADING = "No clear winner: Sanctuary is only 6.3 points ahead (45.6 against 39.3)"
"""Of the same with the weights of the perspective ``human-rights``."""


def opened(page: str = "weigh", **query: str) -> AppTest:
    app = AppTest.from_file(str(ENTRY), default_timeout=LOAD_SECONDS)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if page != "weigh":
        app.switch_page(f"views/{page}.py").run()
    return app


def choose(app: AppTest, perspective: str) -> None:
    """As the list of perspectives does; the test runner knows no components of our own."""
    question, choice = app.session_state[Key.QUESTION], app.session_state[Key.CHOICE]
    app.session_state[Key.CHOICE] = choose_perspective(question, choice, perspective)
    app.run()


def words(app: AppTest) -> str:
    """All HTML of a page as plain text."""
    bodies = " ".join(element.proto.body for element in app.get("html"))
    without_style = re.sub(r"<style>.*?</style>", "", bodies, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", without_style)).split())


def heading(app: AppTest) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", " ".join(e.proto.body for e in app.get("html")))
    assert found is not None
    return html.unescape(found[1])


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_with_the_disclaimer_and_the_fingerprint(page: str) -> None:
    app = opened(page)
    assert not app.exception
    shown = words(app)
    assert "one analyst's illustrative judgements" in shown
    assert "the tool takes no side" in shown
    assert re.search(r"question [0-9a-f]{12}", shown)
    assert "nan" not in shown.lower().split()


def test_without_a_choice_the_branches_are_equal_and_the_page_says_so() -> None:
    app = opened()
    assert heading(app) == SHIPPED_HEADING
    assert "Weights: Equal branches, as no weights were chosen." in words(app)


def test_choosing_a_perspective_changes_verdict_table_and_address() -> None:
    app = opened()
    app.session_state[Key.WEIGHTS] = True
    choose(app, "human-rights")
    assert heading(app) == RIGHTS_HEADING
    shown = words(app)
    assert "Weights: Human-rights NGOs." in shown
    assert "Legal safety Defection incentive by barrier 16 %" in shown
    assert STATE_PARAMETER in app.query_params


def test_the_address_restores_the_choice() -> None:
    first = opened()
    choose(first, "nato-security")
    link = first.query_params[STATE_PARAMETER]
    second = opened(**{STATE_PARAMETER: link})
    assert heading(second) == heading(first)
    assert second.session_state[Key.CHOICE].perspective == "nato-security"


def test_a_link_of_another_question_is_said_and_not_guessed() -> None:
    app = opened(**{STATE_PARAMETER: "1nonsense"})
    assert [warning.value for warning in app.warning] == [
        "This link is damaged and was not applied; ask for it again."
    ]
    assert heading(app) == SHIPPED_HEADING


def test_switching_the_settings_on_changes_the_result_and_is_said() -> None:
    app = opened()
    for identifier in ("status-quo-acts-at-once", "earlier-anchors"):
        app.checkbox(key=setting_key(identifier)).check().run()
    assert app.session_state[Key.CHOICE].settings == ("earlier-anchors", "status-quo-acts-at-once")
    assert heading(app).startswith("Status quo leads by")
    assert "Settings switched on:" in words(app)
    app.checkbox(key=setting_key("earlier-anchors")).uncheck().run()
    assert app.session_state[Key.CHOICE].settings == ("status-quo-acts-at-once",)


def test_the_first_page_does_not_wait_for_the_other_methods() -> None:
    assert "Three other methods are being run in the background." in words(opened())
    assert not opinion_desk().ready


def test_the_other_methods_are_counted_once_they_have_run(shipped: Question) -> None:
    opinion_desk().ask(evaluate(shipped, equal_branch_points(shipped.branches))).result()
    app = opened()
    choose(app, "ukraine")
    shown = words(app)
    assert "2 of 4 methods put Status quo first" in shown
    assert "5 partial values below 1 point counted as 1" in shown
    (table,) = [e.proto.body for e in app.get("html") if "by each method" in e.proto.body]
    assert table.count('class="cw-term"') == len(shipped.proposals)


def test_constraints_are_flagged_with_words() -> None:
    app = opened()
    app.session_state[Key.CONSTRAINTS] = True
    shown = words(app.run())
    assert "No sanctions relief hard meets meets meets" in shown
    assert "fails" in shown
    assert "not assessed" in shown


def test_why_compares_the_leader_with_the_next_and_opens_every_score() -> None:
    app = opened("why")
    assert heading(app) == "Sanctuary is 0.5 points ahead of Capital amnesty"
    shown = words(app)
    assert "25 (12 to 40) % of reference pool" in shown
    assert "The proposal targets this barrier directly" in shown
    assert "Confidence in the evidence: low." in shown
    assert "Source text, paragraph 29" in shown


def test_why_takes_any_pair_even_an_option_with_itself() -> None:
    app = opened("why")
    app.selectbox(key=Key.FIRST).select("status-quo").run()
    app.selectbox(key=Key.SECOND).select("sanctions-revision").run()
    assert not app.exception
    assert "Sanctions revision" in heading(app)
    app.selectbox(key=Key.SECOND).select("status-quo").run()
    assert heading(app) == "Status quo is compared with itself"


def test_the_matrix_shows_raw_units_and_names_dominance_before_any_weight() -> None:
    app = opened("matrix")
    assert heading(app) == "No option is dominated: between any two, each is better at something"
    shown = words(app)
    assert "Recovery money for Ukraine EUR m, 5 yr; more is better" in shown
    assert "400 50 to 2,500" in shown


def test_evidence_counts_what_rests_on_judgement_and_can_be_searched() -> None:
    app = opened("evidence")
    assert heading(app) == "31\u00a0% of the weight rests on judgement alone"
    assert "29 of 98 scores name neither" in words(app)
    assert "Claims (48)" in words(app)
    app.button_group[0].set_value("Question").run()
    assert "Decision Which proposals, alone or together" in words(app)
    app.text_input(key=Key.SEARCH).set_value("interpol refugee status").run()
    shown = words(app)
    assert "Claims (" not in shown
    assert "Sources (1)" in shown
    app.text_input(key=Key.SEARCH).set_value("zebra").run()
    assert "Nothing holds all the words of “zebra”. Try fewer words." in words(app)


def test_weights_stay_when_the_page_changes() -> None:
    app = opened()
    choose(app, "finance")
    app.switch_page("views/why.py").run()
    assert "Weights: Finance ministries and regulators." in words(app)
    app.switch_page("views/weigh.py").run()
    assert app.session_state[Key.CHOICE].perspective == "finance"


def test_a_question_that_cannot_be_read_lists_its_faults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seeds").mkdir()
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    app = AppTest.from_file(str(ENTRY), default_timeout=LOAD_SECONDS).run()
    assert not app.exception
    assert heading(app) == "The question cannot be read yet"
    assert "criteria/" in words(app)


def test_on_another_address_the_pages_ask_for_the_passphrase() -> None:
    config.set_option("server.address", "0.0.0.0")
    app = opened()
    assert words(app) == ""  # nothing but the style
    app.text_input[0].set_value("wrong")
    app.button[0].click().run()
    assert [error.value for error in app.error] == [
        "That is not the passphrase. It stands in the terminal where the server runs."
    ]
    app.text_input[0].set_value(PASSPHRASE)
    app.button[0].click().run()
    assert heading(app) == SHIPPED_HEADING


@pytest.mark.parametrize("page", PAGES)
def test_the_smallest_question_fills_every_page(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "seeds/question.yaml": "title: <b>Lunch</b>\ndecision: Where\ndisclaimer: One person's.\n",
        "criteria/value-tree.yaml": (
            "branches:\n- id: joy\n  name: Joy\n  criteria:\n  - id: taste\n    name: '*Taste*'\n"
            "    definition: How good\n    unit: level 0-10\n    worst: 0\n    best: 10\n"
        ),
        "proposals/soup.yaml": (
            "id: soup\nname: <script>alert(1)</script>\nsummary: hot\nscores:\n  taste:\n"
            "    low: 1\n    likely: 2\n    high: 3\n    class: [judgement]\n    confidence: low\n"
            "    evidence: [by-definition]\n    rationale: plain\n"
        ),
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    app = opened(page)
    assert not app.exception
    bodies = " ".join(element.proto.body for element in app.get("html"))
    assert "<script>" not in bodies
    assert "<b>Lunch" not in bodies


def test_the_thin_lines_on_the_bars_are_explained() -> None:
    assert "the uncertainty of its score (1.28 standard deviations)" in words(opened())
