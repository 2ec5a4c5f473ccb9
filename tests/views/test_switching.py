"""Several questions in one dashboard: what the choice shows, and what each visit keeps."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config
from streamlit.testing.v1 import AppTest

from dashboard.ui.cached import question_folder
from dashboard.ui.choice import Choice, choose_perspective, default_choice
from dashboard.ui.keys import QUESTION_PARAMETER, STATE_PARAMETER, Key
from dashboard.ui.link import link_query
from dashboard.ui.question_folder import FOLDER_VARIABLE
from tests.conftest import ROOT
from tests.views.test_pages import (
    ENTRY,
    LOAD_SECONDS,
    RIGHTS_HEADING,
    SHIPPED_HEADING,
    heading,
    words,
)

MINIMAL = ROOT / "tests" / "data" / "minimal"
RIVER_HEADING = "The ferry as it is leads by 14 points"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    st.cache_data.clear()
    question_folder.cache_clear()
    before = config.get_option("server.address")
    config.set_option("server.address", "127.0.0.1")
    yield
    config.set_option("server.address", before)


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """The shipped question as `ways-out`, the smallest as `river`, and one that is `broken`."""
    found = {name: tmp_path / name for name in ("ways-out", "river", "broken")}
    for part in ("seeds", "criteria", "proposals"):
        shutil.copytree(ROOT / part, found["ways-out"] / part)
    for name in ("river", "broken"):
        shutil.copytree(MINIMAL, found[name])
    (found["broken"] / "seeds" / "question.yaml").write_text("title: [", encoding="utf-8")
    monkeypatch.setenv(FOLDER_VARIABLE, os.pathsep.join(map(str, found.values())))
    return found


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(str(ENTRY), default_timeout=LOAD_SECONDS)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def switch(app: AppTest, slug: str) -> None:
    app.radio(key=Key.SWITCH).set_value(slug).run()
    assert not app.exception


def own_choice(app: AppTest, perspective: str) -> None:
    question, choice = app.session_state[Key.QUESTION], app.session_state[Key.CHOICE]
    app.session_state[Key.CHOICE] = choose_perspective(question, choice, perspective)
    app.run()


def test_one_question_alone_has_no_choice_and_its_address_names_it(
    folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(folders["river"]))
    app = opened()
    assert not app.sidebar.radio
    assert app.query_params[QUESTION_PARAMETER] == "river"


def test_a_link_whose_question_has_another_name_here_opens_it(folders: dict[str, Path]) -> None:
    first = opened()
    own_choice(first, "human-rights")
    app = opened(q="their-folder", s=first.query_params[STATE_PARAMETER])
    assert not app.warning
    assert app.query_params[QUESTION_PARAMETER] == "ways-out"
    assert heading(app) == RIGHTS_HEADING
    start = link_query(app.session_state[Key.QUESTION], first_choice(app), "their-folder")
    assert start is not None
    third = opened(**start)
    assert not third.warning
    assert third.query_params[QUESTION_PARAMETER] == "ways-out"
    assert STATE_PARAMETER not in third.query_params


def first_choice(app: AppTest) -> Choice:
    return default_choice(app.session_state[Key.QUESTION])


def test_the_choice_names_titles_and_says_what_cannot_be_read(folders: dict[str, Path]) -> None:
    app = opened()
    choice = app.sidebar.radio[0]
    assert choice.options[0] == "Ways out for Russian officials"
    assert choice.options[2] == "broken"
    assert choice.proto.captions[2] == "Cannot be read yet: 1 fault"
    assert app.query_params[QUESTION_PARAMETER] == "ways-out"
    assert heading(app) == SHIPPED_HEADING


def test_each_question_keeps_its_weights_while_another_is_shown(
    folders: dict[str, Path],
) -> None:
    app = opened()
    own_choice(app, "human-rights")
    before = heading(app)
    switch(app, "river")
    assert heading(app) == RIVER_HEADING
    assert app.query_params[QUESTION_PARAMETER] == "river"
    assert STATE_PARAMETER not in app.query_params
    switch(app, "ways-out")
    assert heading(app) == before == RIGHTS_HEADING
    assert app.session_state[Key.CHOICE].perspective == "human-rights"
    assert STATE_PARAMETER in app.query_params


def test_blind_weighing_and_the_pair_belong_to_their_question(folders: dict[str, Path]) -> None:
    app = opened()
    app.session_state[Key.BLIND] = True
    app.session_state[Key.PAIR] = ("sanctuary", "status-quo")
    app.run()
    assert heading(app) == "The ranking is hidden until you confirm your weights"
    switch(app, "river")
    assert heading(app) == RIVER_HEADING
    assert Key.PAIR not in app.session_state
    switch(app, "ways-out")
    assert app.session_state[Key.BLIND] is True
    assert app.session_state[Key.PAIR] == ("sanctuary", "status-quo")


@pytest.mark.parametrize("page", ["why", "how_sure", "matrix", "evidence"])
def test_every_page_follows_the_choice(folders: dict[str, Path], page: str) -> None:
    app = opened()
    app.switch_page(f"views/{page}.py").run()
    switch(app, "river")
    assert words(app).startswith("Across the river ")
    switch(app, "ways-out")
    assert "Ways out for Russian officials" in words(app)


def test_the_address_opens_its_question(folders: dict[str, Path]) -> None:
    assert heading(opened(q="river")) == RIVER_HEADING


def test_a_question_that_is_not_served_is_said(folders: dict[str, Path]) -> None:
    app = opened(q="*elsewhere*")
    assert [warning.value for warning in app.warning] == [
        (
            "The address asks for the question “\\*elsewhere\\*”, which is not served here; "
            "the first one is shown."
        )
    ]
    assert heading(app) == SHIPPED_HEADING


def test_a_link_of_another_served_question_is_said_and_opens_there(
    folders: dict[str, Path],
) -> None:
    first = opened()
    own_choice(first, "human-rights")
    link = first.query_params[STATE_PARAMETER]
    app = opened(q="river", s=link)
    assert [warning.value for warning in app.warning] == [
        (
            "This link was made for the question “Ways out for Russian officials”, which is served "
            "here too. It was not applied to this one."
        )
    ]
    assert heading(app) == RIVER_HEADING
    app.button(key=Key.OPEN_OFFER).click().run()
    assert not app.exception
    assert not app.warning
    assert heading(app) == RIGHTS_HEADING
    assert app.query_params[QUESTION_PARAMETER] == "ways-out"


def test_the_offer_can_be_declined(folders: dict[str, Path]) -> None:
    first = opened()
    own_choice(first, "human-rights")
    app = opened(q="river", s=first.query_params[STATE_PARAMETER])
    app.button(key=Key.CLOSE_OFFER).click().run()
    assert not app.warning
    assert heading(app) == RIVER_HEADING


def test_a_link_of_a_question_that_is_not_served_is_said_once(
    folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opened()
    own_choice(first, "human-rights")
    monkeypatch.setenv(FOLDER_VARIABLE, str(folders["river"]))
    app = opened(s=first.query_params[STATE_PARAMETER])
    assert len(app.warning) == 1
    assert app.warning[0].value.startswith("This link was made for another question, or for")
    assert not app.run().warning


def test_a_broken_question_shows_its_fault_and_opens_once_repaired(
    folders: dict[str, Path],
) -> None:
    app = opened()
    switch(app, "broken")
    assert heading(app) == "The question cannot be read yet"
    assert "Folder broken" in words(app)
    assert "seeds/question.yaml, line 1" in words(app)
    good = (MINIMAL / "seeds" / "question.yaml").read_text(encoding="utf-8")
    (folders["broken"] / "seeds" / "question.yaml").write_text(good, encoding="utf-8")
    assert heading(app.run()) == RIVER_HEADING
    # Now that both can be read, their titles are the same.
    assert [option.rsplit(" ", 1)[1] for option in app.sidebar.radio[0].options[1:]] == [
        "(river)",
        "(broken)",
    ]


def test_a_broken_edit_keeps_the_last_good_state_of_its_own_question(
    folders: dict[str, Path],
) -> None:
    app = opened(q="river")
    (folders["river"] / "criteria" / "value-tree.yaml").write_text("x", encoding="utf-8")
    app.run()
    assert heading(app) == RIVER_HEADING
    assert app.error[0].value.startswith("The files were edited and now have faults.")
    assert "last good state" in app.sidebar.radio[0].proto.captions[1]
    switch(app, "ways-out")
    assert not app.error
    switch(app, "river")
    assert heading(app) == RIVER_HEADING


def test_where_none_can_be_read_the_faults_are_the_page(
    folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(folders["broken"]))
    app = opened()
    assert heading(app) == "The question cannot be read yet"
    assert not app.sidebar.radio
