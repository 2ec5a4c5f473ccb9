"""The files of page Briefing: made beside the page, stopped, handed over; one for each person."""

from __future__ import annotations

import base64
import io
import threading
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pypdf
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.question import Question
from dashboard.report.briefing.brief import Brief
from dashboard.report.forms import FORMS, Progress
from dashboard.ui import cached
from dashboard.ui.briefs import Wanted, brief_key, briefs_of, file_name
from dashboard.ui.choice import Choice, choose_perspective, default_choice
from dashboard.ui.keys import Key, form_key
from tests.report.briefing.briefs import found
from tests.views.briefing_page import (
    PAGE_WAITS,
    PDF,
    ZIPPED,
    delivered,
    page,
    taken,
    text_of,
)
from tests.views.test_pages import heading, words


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


def test_a_click_that_leaves_a_field_takes_what_was_typed_there() -> None:
    app = page()
    app.text_input(key=Key.BRIEFING_MARKING).set_value("Typed first").run()
    app.text_input(key=Key.BRIEFING_MARKING).set_value("Typed last")
    said = text_of(taken(app))
    assert "Typed last" in said
    assert "Typed first" not in said


def test_the_button_of_another_page_keeps_marking_and_names() -> None:
    app = page()
    app.text_input(key=Key.BRIEFING_MARKING).set_value("Restricted").run()
    app.text_input(key=Key.BRIEFING_AUTHOR).set_value("a desk officer").run()
    app.switch_page("views/weigh.py").run()
    app.button(key=Key.BRIEFING).click().run()
    said = text_of(app.session_state[Key.DOWNLOAD])
    assert "Restricted" in said
    assert "a desk officer" in said


def test_a_marking_that_does_not_fit_is_refused_and_never_cut() -> None:
    app = page()
    app.text_input(key=Key.BRIEFING_MARKING).set_value("Restricted, " * 7).run()
    told = "The marking has 83 characters, and 60 fit on a page: shorten it."
    assert told in words(app)
    assert all(app.button(key=form_key(form.ending)).disabled for form in FORMS)
    assert heading(app) == "The briefing waits for a shorter text"
    app.switch_page("views/weigh.py").run()
    app.button(key=Key.BRIEFING).click().run()
    assert Key.DOWNLOAD not in app.session_state
    assert told in words(app)


def test_an_assurer_that_does_not_fit_is_refused() -> None:
    told = "The assurer has 45 characters, and 40 fit on a page: shorten it."
    assert Wanted(assurer="n" * 45).faults == (told,)


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
