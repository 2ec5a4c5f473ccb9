"""The page Evidence through Streamlit's own test runner: overview, one score, one entry, search."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.overrides import Override
from dashboard.ui.choice import choose_override
from dashboard.ui.keys import ENTRY_PARAMETER, SCORE_PARAMETER, Key
from tests.views.test_matrix import markup
from tests.views.test_pages import choose, heading, opened, words


def at(parameter: str, value: str) -> AppTest:
    """The page as a link opens it."""
    app = opened("evidence")
    app.query_params[parameter] = value
    return app.run()


def test_the_heading_follows_the_weights() -> None:
    app = opened("evidence")
    assert heading(app) == "31\u00a0% of the weight rests on judgement alone"
    assert "Weights: Equal branches" in words(app)
    choose(app, "ukraine")
    assert heading(app) == "26\u00a0% of the weight rests on judgement alone"
    assert "Weights: Government of Ukraine." in words(app)


def test_bars_have_their_table_and_their_sentence() -> None:
    app = opened("evidence")
    assert "Of the weight rests: 23 % public fact and source text" in words(app)
    app.session_state[Key.EVIDENCE_SHARES] = True
    shown = words(app.run())
    assert "Judgement alone 31 %" in shown
    assert "NGO roles 48 %" in shown


def test_the_map_has_every_score_with_its_class_and_confidence() -> None:
    app = opened("evidence")
    app.session_state[Key.EVIDENCE_MAP] = True
    app.run()
    assert len(re.findall(r'data-go="score=', markup(app))) == 98
    assert "Legal safety weight 4 %" in words(app)
    assert "Source text low confidence" in words(app)


def test_what_carries_most_is_named_with_what_would_fall() -> None:
    app = opened("evidence")
    app.session_state[Key.EVIDENCE_WEIGHT] = True
    shown = words(app.run())
    assert "Without paragraph 31, 3 scores with 2.6 % of the weight would be left" in shown
    assert "Source text, paragraph 31 13 13 % 3 2.6 %" in shown


def test_a_link_opens_a_score_with_all_its_claims_and_sources() -> None:
    app = at(SCORE_PARAMETER, "sanctuary.legal-safety")
    assert heading(app) == (
        "Sanctuary on Legal safety: 25 (12 to 40) % of reference pool, worth 56 points"
    )
    shown = words(app)
    assert "The proposal targets this barrier directly" in shown
    assert "Value 56 (27 to 89) on a scale from 0 to 45 % of reference pool" in shown
    found = markup(app)
    for key in ("paragraph.29", "claim.sanctuary-for-few", "source.french-asylum-ruling"):
        assert f'data-go="entry={key}"' in found
    back_to_all(app)
    assert heading(app).endswith("of the weight rests on judgement alone")
    assert SCORE_PARAMETER not in app.query_params


def back_to_all(app: AppTest) -> None:
    """As the link does; the test runner knows no components of our own."""
    assert 'data-go="entry="' in markup(app)
    del app.query_params[SCORE_PARAMETER]
    app.run()


def test_a_link_opens_a_claim_with_the_scores_behind_which_it_stands() -> None:
    app = at(ENTRY_PARAMETER, "claim.sanctuary-for-few")
    assert heading(app) == (
        "The paragraph of this claim stands behind 12 scores, with 12\u00a0% of the weight"
    )
    shown = words(app)
    assert "Scores on the criteria that this claim bears on" in shown
    assert "Sanctuary on Legal safety value 56; low confidence 0.6 % another ground" in shown
    assert markup(app).count('data-go="score=sanctuary.') == 12


def test_an_entry_without_scores_opens_as_it_is() -> None:
    app = at(ENTRY_PARAMETER, "tension.money-or-amnesty")
    assert not app.exception
    assert heading(app).startswith("Money abroad does not hold people")
    assert "How it was handled: A lower swing for Wealth security" in words(app)


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        (SCORE_PARAMETER, "sanctuary.nothing"),
        (SCORE_PARAMETER, "<script>"),
        (ENTRY_PARAMETER, "claim.nothing"),
        (ENTRY_PARAMETER, ""),
    ],
)
def test_a_link_to_nothing_opens_the_overview(parameter: str, value: str) -> None:
    app = at(parameter, value)
    assert not app.exception
    assert heading(app).endswith("of the weight rests on judgement alone")


def test_an_overridden_score_says_so_and_keeps_what_the_files_say() -> None:
    app = at(SCORE_PARAMETER, "sanctuary.legal-safety")
    override = Override("sanctuary", "legal-safety", 1.0, 2.0, 3.0, "<b>because</b>")
    app.session_state[Key.CHOICE] = choose_override(app.session_state[Key.CHOICE], override)
    app.run()
    shown = words(app)
    assert "Overridden by the reader: 25 (12 to 40) % of reference pool in the files." in shown
    assert "<b>because" not in markup(app)
    assert "It rests on judgement alone." in shown


def test_logs_are_found_in_their_group() -> None:
    app = opened("evidence")
    app.button_group[0].set_value("Disclosure and logs").run()
    shown = words(app)
    assert "What was changed after results" in shown
    assert "Decision: The status quo counts as having no additional effect" in shown
    assert "Made after results had been seen." in shown


def test_the_search_is_kept_while_a_score_is_open() -> None:
    app = opened("evidence")
    app.text_input(key=Key.SEARCH).set_value("interpol refugee status").run()
    app.query_params[SCORE_PARAMETER] = "sanctuary.legal-safety"
    app.run()
    assert not app.text_input
    back_to_all(app)
    assert app.text_input(key=Key.SEARCH).value == "interpol refugee status"
