"""The page Briefing through Streamlit's own test runner: write, open, compare."""

from __future__ import annotations

import base64
import io
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pypdf
import pytest
import streamlit as st
from streamlit import config
from streamlit.testing.v1 import AppTest

from dashboard.model.overrides import Override
from dashboard.model.question import Question
from dashboard.report.briefing.brief import Brief
from dashboard.report.briefing.pdf import briefing_pdf
from dashboard.report.forms import Progress
from dashboard.ui import cached
from dashboard.ui.briefs import Wanted, brief_key, briefs_of, file_name
from dashboard.ui.choice import Choice, choose_perspective, default_choice
from dashboard.ui.keys import Key, form_key
from tests.report.briefing.briefs import found
from tests.report.questions import make_question
from tests.views.test_pages import choose, heading, opened, words

PDF, ZIPPED = ".pdf", "application/zip"
PAGE_WAITS = 30


@pytest.fixture(autouse=True)
def _on_loopback() -> Iterator[None]:
    st.cache_data.clear()
    st.cache_resource.clear()
    cached.question_folder.cache_clear()
    before = config.get_option("server.address")
    config.set_option("server.address", "127.0.0.1")
    yield
    config.set_option("server.address", before)


def page() -> AppTest:
    return opened("briefing")


def settled(app: AppTest) -> AppTest:
    """Once the preview stands, which is made on a thread of its own."""
    until = time.monotonic() + PAGE_WAITS
    while 'class="cw-sheet"' not in "".join(element.proto.body for element in app.get("html")):
        assert time.monotonic() < until, "the preview was never made"
        time.sleep(0.2)
        app.run()
    return app


def taken(app: AppTest, ending: str = PDF) -> dict[str, str]:
    return delivered(app.button(key=form_key(ending)).click().run())


def delivered(app: AppTest) -> dict[str, str]:
    """The file that was asked for, which is made on a thread of its own."""
    until = time.monotonic() + PAGE_WAITS
    while Key.BRIEFING_ASKED in app.session_state:
        assert time.monotonic() < until, "the file was never made"
        time.sleep(0.2)
        app.run()
    file: dict[str, str] = app.session_state[Key.DOWNLOAD]
    return file


def text_of(file: dict[str, str]) -> str:
    pages = pypdf.PdfReader(io.BytesIO(base64.b64decode(file["b64"]))).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def view(app: AppTest, name: str) -> AppTest:
    return app.button_group(key=Key.BRIEFING_VIEW).set_value(name).run()


def dropped(app: AppTest, key: Key, content: bytes, name: str = "b.pdf") -> AppTest:
    return app.file_uploader(key=key).set_value((name, content, "application/pdf")).run()


# ------------------------------------------------------------------------------ writing


def test_title_is_the_verdict_of_the_weights_shown() -> None:
    app = page()
    assert heading(app) == "No clear winner: Sanctuary is less than 1 point ahead"
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


def test_the_file_is_what_was_asked_for() -> None:
    app = page()
    app.button_group(key=Key.BRIEFING_LENGTH).set_value("one-page").run()
    app.text_input(key=Key.BRIEFING_MARKING).set_value("Official: sensitive").run()
    app.text_input(key=Key.BRIEFING_AUTHOR).set_value("Desk officer").run()
    file = taken(app)
    text = text_of(file)
    assert file["name"].startswith("ways-out-for-russian-officials-no-choice-made-")
    assert file["name"].endswith(".pdf")
    assert "Official: sensitive" in text
    assert "Author: Desk officer" in text
    assert "Page 1 of 1" in text


def test_what_was_set_is_there_when_one_comes_back() -> None:
    app = page()
    app.text_input(key=Key.BRIEFING_MARKING).set_value("Official").run()
    app.button_group(key=Key.BRIEFING_LENGTH).set_value("one-page").run()
    app.switch_page("views/weigh.py").run()
    app.switch_page("views/briefing.py").run()
    assert app.text_input(key=Key.BRIEFING_MARKING).value == "Official"
    assert app.button_group(key=Key.BRIEFING_LENGTH).value == "one-page"


def test_of_a_full_one_annexes_can_be_left_out() -> None:
    app = page()
    app.button_group(key=Key.BRIEFING_LENGTH).set_value("full").run()
    app.button_group(key=Key.BRIEFING_ANNEXES).set_value(["weights"]).run()
    text = text_of(taken(app))
    assert "Annex A, the weights" in text
    assert "Annex B" not in text


def test_of_perspectives_there_is_one_briefing_each_in_a_zip() -> None:
    app = page()
    app.button_group(key=Key.BRIEFING_WHOSE).set_value("perspectives").run()
    assert app.button(key=form_key(PDF)).disabled
    assert "Choose at least one perspective" in words(app)
    app.button_group(key=Key.BRIEFING_PERSPECTIVES).set_value(["finance", "ukraine"]).run()
    assert heading(app) == "2 briefings, one for each perspective"
    file = taken(app)
    assert file["kind"] == ZIPPED
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(file["b64"]))) as archive:
        names = archive.namelist()
        pdf = archive.read(names[0])
    assert len(names) == 2
    assert "-ukraine-" in names[0]
    text = " ".join(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    assert "Weights: Government of Ukraine" in text


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".zip"])
def test_other_forms_are_handed_over_under_their_names(ending: str) -> None:
    app = page()
    app.button_group(key=Key.BRIEFING_LENGTH).set_value("one-page").run()
    file = taken(app, ending)
    assert file["name"].endswith(ending)
    assert base64.b64decode(file["b64"]).startswith(b"PK")


def slow_file(released: threading.Event) -> Callable[..., bytes]:
    """In place of a maker of files: half done until it is released."""

    def made(brief: Brief, ending: str, progress: Progress) -> bytes:
        progress(0.5, "charts")
        released.wait(PAGE_WAITS)
        progress(1.0, "the end")
        return b"made"

    return made


def bar(app: AppTest) -> Any:
    (found,) = (held for held in app.get("progress") if "the file" in held.proto.text)
    return found.proto


def shown_at(app: AppTest, share: int) -> AppTest:
    until = time.monotonic() + PAGE_WAITS
    while bar(app).value != share:
        assert time.monotonic() < until, f"{bar(app).value} % and not {share} %"
        time.sleep(0.1)
        app.run()
    return app


def test_says_how_far_a_file_is_and_makes_what_was_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    released = threading.Event()
    monkeypatch.setattr(cached, "briefing", slow_file(released))
    app = page()
    app.text_input(key=Key.BRIEFING_MARKING).set_value("First").run()
    app.button(key=form_key(".zip")).click().run()
    # Of the time 0.3 is for the numbers; half of the rest is done.
    shown_at(app, 65)
    assert bar(app).text == "Making the file: All, with charts and tables (ZIP)"
    app.text_input(key=Key.BRIEFING_MARKING).set_value("Second").run()
    shown_at(app, 65)
    released.set()
    assert base64.b64decode(delivered(app)["b64"]) == b"made"
    assert not [held for held in app.get("progress") if "the file" in held.proto.text]


def test_the_making_of_a_file_can_be_stopped_and_begun_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    released = threading.Event()
    monkeypatch.setattr(cached, "briefing", slow_file(released))
    app = page()
    app.text_input(key=Key.BRIEFING_MARKING).set_value("Stopped").run()
    app.button(key=form_key(".docx")).click().run()
    shown_at(app, 65)
    app.button(key=Key.BRIEFING_ASKED_STOP).click().run()
    assert "The making of the file was stopped." in words(app)
    released.set()
    assert Key.DOWNLOAD not in app.session_state
    assert base64.b64decode(taken(app, ".docx")["b64"]) == b"made"


def test_a_fault_in_the_making_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise OSError("the disk is full")

    monkeypatch.setattr(cached, "briefing", broken)
    app = page()
    app.text_input(key=Key.BRIEFING_MARKING).set_value("Broken").run()
    app.button(key=form_key(PDF)).click().run()
    until = time.monotonic() + PAGE_WAITS
    while "fault of kind OSError" not in words(app):
        assert time.monotonic() < until
        time.sleep(0.1)
        app.run()
    assert not app.exception
    monkeypatch.undo()
    assert taken(app)["name"].endswith(".pdf")


def test_is_covered_while_somebody_weighs_blind() -> None:
    app = page()
    app.session_state[Key.BLIND] = True
    app.run()
    assert heading(app) == "This page is hidden until you confirm your weights"


def test_twenty_people_exporting_at_once_get_theirs(shipped: Question) -> None:
    cached.opinion_desk().ask(found(shipped).evaluation).result()
    choices = [
        choose_perspective(shipped, default_choice(shipped), perspective.id)
        for perspective in shipped.perspectives
    ]
    asked = [
        Choice("own", None, {key: value + k for key, value in choices[k % 8].points.items()})
        for k in range(20)
    ]

    def export(choice: Choice) -> tuple[str, str]:
        (brief,) = briefs_of(shipped, choice, Wanted(length="one-page"), None)
        text = pypdf.PdfReader(io.BytesIO(cached.briefing(brief))).pages[0].extract_text()
        return cached.brief_findings(brief).assessment.verdict.headline, " ".join(text.split())

    with ThreadPoolExecutor(20) as people:
        results = list(people.map(export, asked))
    assert len(results) == 20
    for headline, text in results:
        assert headline in text


def test_a_name_for_a_file_says_title_whose_and_day(shipped: Question) -> None:
    (brief,) = briefs_of(
        shipped,
        choose_perspective(shipped, default_choice(shipped), "ukraine"),
        Wanted(length="full"),
        None,
    )
    day = brief.layout.date.isoformat()
    assert file_name(brief, ".pdf") == f"ways-out-for-russian-officials-ukraine-{day}.pdf"


def test_the_key_of_a_brief_tells_apart_all_that_is_printed(shipped: Question) -> None:
    choice = default_choice(shipped)
    keys = [
        brief_key(briefs_of(shipped, one, wanted, None)[0])
        for one, wanted in (
            (choice, Wanted()),
            (choice, Wanted(marking="x")),
            (choice, Wanted(length="full")),
            (choice, Wanted(length="full", left_out=("logs",))),
            (choose_perspective(shipped, choice, "ukraine"), Wanted()),
        )
    ]
    assert len(set(keys)) == len(keys)


# ------------------------------------------------------------------------------ opening


def test_what_is_inside_is_shown_before_anything_changes(shipped: Question) -> None:
    pdf = briefing_pdf(found(shipped, "human-rights"))
    app = dropped(view(page(), "open"), Key.BRIEFING_FILE, pdf)
    assert heading(app) == "Sanctuary leads by 6 points"
    assert "weights: Human-rights NGOs. Written on 4 March 2026" in words(app)
    assert app.session_state[Key.CHOICE].origin == "default"


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


def test_whether_it_holds_is_reckoned_beside_the_page(shipped: Question) -> None:
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
