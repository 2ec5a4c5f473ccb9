"""The page Briefing through Streamlit's own test runner: write, open, compare."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.model.overrides import Override
from dashboard.model.question import Question
from dashboard.report.briefing.brief import Weighting, findings
from dashboard.report.briefing.pdf import briefing_pdf
from dashboard.ui import cached
from dashboard.ui.keys import Key
from dashboard.ui.question_folder import BRIEFING_VARIABLE
from tests.report.briefing.briefs import found
from tests.report.questions import make_question
from tests.views.briefing_page import (
    PAGE_WAITS,
    dropped,
    page,
    settled,
    view,
)
from tests.views.test_pages import RIGHTS_HEADING, SHIPPED_HEADING, choose, heading, words

# ------------------------------------------------------------------------------ writing


def test_title_is_the_verdict_of_the_weights_shown() -> None:
    app = page()
    assert heading(app) == SHIPPED_HEADING
    assert "Two pages · Equal branches, as no weights were chosen" in words(app)
    assert not app.exception


def test_the_pages_are_shown_as_images_that_say_which_they_are() -> None:
    app = settled(page())
    markup = "".join(element.proto.body for element in app.get("html"))
    assert 'alt="Page 1 of 2 of the briefing: No clear winner: Sanctuary is' in markup
    assert "data:image/png;base64," in markup
    app.button(key=Key.BRIEFING_NEXT).click().run()
    assert "Page 2 of 2" in words(app)
    assert app.button(key=Key.BRIEFING_NEXT).disabled


def test_what_was_set_is_there_when_one_comes_back() -> None:
    app = page()
    app.text_input(key=Key.BRIEFING_MARKING).set_value("Official").run()
    app.button_group(key=Key.BRIEFING_LENGTH).set_value("one-page").run()
    app.switch_page("views/weigh.py").run()
    app.switch_page("views/briefing.py").run()
    assert app.text_input(key=Key.BRIEFING_MARKING).value == "Official"
    assert app.button_group(key=Key.BRIEFING_LENGTH).value == "one-page"


def test_is_covered_while_somebody_weighs_blind() -> None:
    app = page()
    app.session_state[Key.BLIND] = True
    app.run()
    assert heading(app) == "This page is hidden until you confirm your weights"


# ------------------------------------------------------------------------------ opening


def test_what_is_inside_is_shown_before_anything_changes(shipped: Question) -> None:
    pdf = briefing_pdf(found(shipped, "human-rights"))
    app = dropped(view(page(), "open"), Key.BRIEFING_FILE, pdf)
    assert heading(app) == RIGHTS_HEADING
    assert "weights: Human-rights NGOs. Written on 4 March 2026" in words(app)
    assert app.session_state[Key.CHOICE].origin == "default"


def test_opened_it_brings_its_marking_in_place_of_the_one_that_was_typed(
    shipped: Question,
) -> None:
    made = found(shipped, "human-rights")
    layout = replace(made.brief.layout, marking="Restricted", author="somebody", length="full")
    pdf = briefing_pdf(findings(replace(made.brief, layout=layout), made.opinions))
    app = page()
    app.text_input(key=Key.BRIEFING_MARKING).set_value("Draft").run()
    dropped(view(app, "open"), Key.BRIEFING_FILE, pdf)
    app.button(key=Key.BRIEFING_OPEN).click().run()
    assert any("Its marking is “Restricted”, in place of “Draft”." in w.value for w in app.warning)
    app.switch_page("views/briefing.py").run()
    assert app.text_input(key=Key.BRIEFING_MARKING).value == "Restricted"
    assert app.text_input(key=Key.BRIEFING_AUTHOR).value == ""
    assert app.button_group(key=Key.BRIEFING_LENGTH).value == "full"


def test_opened_it_brings_weights_settings_and_scores_with_reasons(shipped: Question) -> None:
    override = Override("sanctuary", "accountability", 1.0, 2.0, 3.0, "a ruling")
    made = found(shipped, "human-rights", settings=("earlier-anchors",), overrides=[override])
    app = dropped(view(page(), "open"), Key.BRIEFING_FILE, briefing_pdf(made))
    app.button(key=Key.BRIEFING_OPEN).click().run()
    choice = app.session_state[Key.CHOICE]
    assert choice.perspective == "human-rights"
    assert choice.settings == ("earlier-anchors",)
    assert choice.overrides == (override,)
    assert made.assessment.verdict.headline in heading(app)
    assert any("Opened from the briefing of 2026-03-04" in w.value for w in app.warning)


def test_a_server_that_opens_a_briefing_begins_with_its_weights_under_their_name(
    shipped: Question, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = {key: float(k + 1) for k, key in enumerate(c.id for c in shipped.criteria)}
    brief = replace(
        found(shipped).brief, weighting=Weighting(points, "Kept ones", name="Kept ones")
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(briefing_pdf(findings(brief, ())))
    monkeypatch.setenv(BRIEFING_VARIABLE, str(path))
    cached.starting_brief.cache_clear()
    try:
        app = page()
    finally:
        cached.starting_brief.cache_clear()
    choice, (kept,) = app.session_state[Key.CHOICE], app.session_state[Key.SAVED]
    assert choice.name == kept.name == "Kept ones"
    assert choice.points == kept.points


def test_another_question_is_opened_for_this_visit_beside_those_served() -> None:
    question = make_question({"a": [5.0, 4.0], "b": [3.0, 6.0]}, title="Where to eat")
    made = found(question, {"criterion-0": 3.0, "criterion-1": 1.0})
    app = dropped(view(page(), "open"), Key.BRIEFING_FILE, briefing_pdf(made))
    assert "for this visit only" in words(app)
    app.button(key=Key.BRIEFING_OPEN).click().run()
    assert app.session_state[Key.QUESTION].context.title == "Where to eat"
    assert "Where to eat" in words(app)
    assert len(app.radio(key=Key.SWITCH).options) == 2
    assert not app.exception


def test_whether_it_holds_is_calculated_beside_the_page(shipped: Question) -> None:
    pdf = briefing_pdf(found(shipped, "ukraine", version="0"))
    app = dropped(view(page(), "open"), Key.BRIEFING_FILE, pdf)
    until = time.monotonic() + PAGE_WAITS
    while "It does not hold" not in words(app) and "It says what follows" not in words(app):
        assert time.monotonic() < until
        time.sleep(0.3)
        app.run()
    # Made without the other methods, which are asked again: the pages differ in that line.
    assert "It does not hold" in words(app)
    assert "Results: methods > " in words(app)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no pdf", "is no PDF"),
        (b"%PDF-1.7 broken", "is damaged"),
        (b"", "is empty"),
    ],
)
def test_a_file_that_is_no_briefing_changes_nothing(content: bytes, said: str) -> None:
    app = view(page(), "open")
    choose(app, "ukraine")
    dropped(app, Key.BRIEFING_FILE, content)
    assert heading(app) == "This file cannot be opened"
    assert said in words(app)
    assert "Nothing was loaded; what you had is unchanged." in words(app)
    assert app.session_state[Key.CHOICE].perspective == "ukraine"
    assert not app.exception


# ------------------------------------------------------------------------------ comparing


def test_two_briefings_side_by_side(shipped: Question) -> None:
    app = view(page(), "compare")
    assert heading(app) == "Nothing to compare yet"
    dropped(app, Key.BRIEFING_FIRST, briefing_pdf(found(shipped, "ukraine")))
    dropped(app, Key.BRIEFING_SECOND, briefing_pdf(found(shipped, "human-rights")))
    assert heading(app) == "Sanctuary leads instead of Status quo, with 14 differences"
    assert "Weights: 14 changes" in words(app)
    assert "4 options with another rank" in words(app)


def test_one_briefing_beside_what_is_shown_now(shipped: Question) -> None:
    app = view(page(), "compare")
    choose(app, "ukraine")
    dropped(app, Key.BRIEFING_FIRST, briefing_pdf(found(shipped, "ukraine", samples=20_000)))
    assert heading(app) == "The two briefings rest on the same"
