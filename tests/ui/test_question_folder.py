"""The served question follows its files, and a broken edit never takes it away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard.ui.question_folder import QuestionFolder
from tests.conftest import ROOT


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("seeds", "criteria", "proposals"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def test_the_same_question_is_given_while_no_file_changes(copy: Path) -> None:
    folder = QuestionFolder(copy)
    first = folder.open().question
    assert first is not None
    assert folder.open().question is first


def test_an_edit_is_followed(copy: Path) -> None:
    folder = QuestionFolder(copy)
    folder.open()
    path = copy / "seeds" / "question.yaml"
    text = path.read_text(encoding="utf-8").replace("Ways out for Russian officials", "Renamed")
    path.write_text(text, encoding="utf-8")
    question = folder.open().question
    assert question is not None
    assert question.context.title == "Renamed"


def test_a_broken_edit_keeps_the_last_good_question_and_names_the_fault(copy: Path) -> None:
    folder = QuestionFolder(copy)
    good = folder.open().question
    path = copy / "proposals" / "sanctuary.yaml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("likely: 25", "likely: 99", 1), encoding="utf-8")
    opened = folder.open()
    assert opened.question is good
    assert [str(fault) for fault in opened.faults] == [
        (
            "proposals/sanctuary.yaml, line 52: scores > legal-safety: high (40) is below "
            "likely (99); put low <= likely <= high"
        )
    ]
    path.write_text(whole, encoding="utf-8")
    assert folder.open().faults == ()


def test_a_question_that_never_was_readable_is_none(tmp_path: Path) -> None:
    opened = QuestionFolder(tmp_path).open()
    assert opened.question is None
    assert [fault.file for fault in opened.faults] == ["criteria/", "proposals/", "seeds/"]


def test_an_editors_lock_beside_the_files_changes_nothing(copy: Path) -> None:
    folder = QuestionFolder(copy)
    first = folder.open().question
    (copy / "proposals" / ".#sanctuary.yaml").symlink_to("nobody@nowhere.1234")
    opened = folder.open()
    assert opened.question == first
    assert opened.faults == ()
