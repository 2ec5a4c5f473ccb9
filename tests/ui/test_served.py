"""Which questions are served, and the name by which each is told from the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dashboard.model.errors import InputError
from dashboard.ui.question_folder import FOLDER_VARIABLE, SHIPPED
from dashboard.ui.served import (
    Served,
    checked_folders,
    distinct_titles,
    environment_text,
    named,
    served_questions,
    slug_of,
)
from tests.conftest import ROOT


def test_without_a_name_the_shipped_question_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    assert [one.folder for one in served_questions()] == [SHIPPED] == [ROOT]


def test_one_folder_may_hold_the_separator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / f"a{os.pathsep}b"
    folder.mkdir()
    monkeypatch.setenv(FOLDER_VARIABLE, environment_text([folder]))
    assert served_questions() == (Served("a-b", folder),)


def test_several_folders_come_in_order_and_each_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "One Road", tmp_path / "two"
    monkeypatch.setenv(FOLDER_VARIABLE, os.pathsep.join(map(str, [first, second, first])))
    assert served_questions() == (Served("one-road", first), Served("two", second))


def test_among_several_a_folder_with_the_separator_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be served beside others"):
        environment_text([Path("a"), Path(f"b{os.pathsep}c")])


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Heating", "heating"),
        ("Überfahrt 2030", "uberfahrt-2030"),
        ("Київ", "question"),
        ("<script>", "script"),
        ("x" * 300, "x" * 40),
    ],
)
def test_a_slug_is_readable_and_safe_in_an_address(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_folders_of_one_name_are_numbered() -> None:
    folders = [Path("/a/roads"), Path("/b/roads"), Path("/roads-2"), Path("/c/roads")]
    assert [one.slug for one in named(folders)] == ["roads", "roads-2", "roads-2-2", "roads-3"]


def test_equal_titles_are_told_apart_by_their_folder() -> None:
    served = named([Path("/a"), Path("/b"), Path("/c")])
    titles = distinct_titles(served, ["Bridge", "Bridge", "Tunnel"])
    assert titles == ("Bridge (a)", "Bridge (b)", "Tunnel")


def test_a_folder_named_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    with pytest.raises(InputError, match="is named twice; name each folder once"):
        checked_folders([tmp_path, tmp_path / "seeds" / ".."])


def test_what_is_no_folder_and_what_is_no_question_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder"):
        checked_folders([tmp_path / "nowhere"])
    with pytest.raises(InputError, match="is no question: it holds neither seeds, criteria nor"):
        checked_folders([tmp_path])
