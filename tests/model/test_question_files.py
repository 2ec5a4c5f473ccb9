"""A question written as files again: the same question, in files that a person can read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from dashboard.model.errors import InputError
from dashboard.model.load import load_question, load_question_texts
from dashboard.model.question import Question
from dashboard.model.question_files import question_files
from dashboard.model.settings import with_settings
from tests.conftest import ROOT
from tests.hostile import KINDS, write_hostile
from tests.model.generated import dumped, questions

FOLDERS = {
    "shipped": ROOT,
    "example": ROOT / "docs" / "example",
    "minimal": ROOT / "tests" / "data" / "minimal",
}


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS)
def test_the_files_make_the_same_question_again(folder: Path) -> None:
    question = load_question(folder)
    files = question_files(question)
    again = load_question_texts(files)
    assert again.fingerprint == question.fingerprint
    assert question_files(again) == files
    written = {p.relative_to(folder).as_posix() for p in folder.glob("*/*.yaml")}
    assert set(files) <= written
    assert {name for name in written if name.startswith("proposals/")} >= {
        f"proposals/{proposal.id}.yaml" for proposal in question.proposals
    }


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_texts_come_back(kind: str, tmp_path: Path) -> None:
    question = load_question(write_hostile(ROOT, tmp_path, KINDS[kind]))
    assert load_question_texts(question_files(question)).fingerprint == question.fingerprint


@settings(max_examples=200)
@given(files=questions())
def test_whatever_is_read_comes_back(files: dict[str, Any]) -> None:
    question = load_question_texts({name: dumped(data) for name, data in files.items()})
    assert load_question_texts(question_files(question)).fingerprint == question.fingerprint


def test_the_files_on_the_disk_and_in_memory_are_read_alike(
    shipped: Question, tmp_path: Path
) -> None:
    for name, text in question_files(shipped).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert load_question(tmp_path) == load_question_texts(question_files(shipped))


def test_texts_are_read_without_a_folder(shipped: Question, monkeypatch: Any) -> None:
    files = question_files(shipped)

    def refused(*_: object) -> None:
        raise AssertionError("touched the disk")

    for method in ("open", "read_bytes", "stat", "iterdir", "write_text"):
        monkeypatch.setattr(Path, method, refused)
    assert load_question_texts(files).fingerprint == shipped.fingerprint


def test_what_no_file_holds_is_refused(shipped: Question) -> None:
    switched = with_settings(shipped, [shipped.settings[0].id])
    with pytest.raises(ValueError, match="without settings and overrides"):
        question_files(switched)


def test_faults_of_texts_are_said_as_those_of_files(shipped: Question) -> None:
    files = question_files(shipped)
    files["proposals/sanctuary.yaml"] = files["proposals/sanctuary.yaml"].replace(
        "low: 12", "low: 99", 1
    )
    del files["seeds/question.yaml"]
    files["../etc/passwd"] = "x: 1"
    files["seeds/deep/er.yaml"] = "x: 1"
    files["seeds/readme.txt"] = "x"
    with pytest.raises(InputError) as caught:
        load_question_texts(files)
    said = str(caught.value)
    assert "seeds/question.yaml: is missing" in said
    assert "../etc/passwd: is not a file of a question; take it out" in said
    assert "seeds/deep/er.yaml: is not a file of a question" in said
    assert "seeds/readme.txt: is not a file of a question" in said
    assert "likely (25) is below low (99)" in said


def test_a_text_may_be_as_long_as_a_file(shipped: Question) -> None:
    files = question_files(shipped) | {"seeds/claims.yaml": "# " + "x" * 1_000_000}
    with pytest.raises(InputError, match=r"seeds/claims.yaml: is 1\.0 MB, over the limit of 1 MB"):
        load_question_texts(files)


def test_a_folder_says_the_same_of_the_same_fault(shipped: Question, tmp_path: Path) -> None:
    files = question_files(shipped)
    files["criteria/value-tree.yaml"] = "branches: NO\n"
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as of_texts:
        load_question_texts(files)
    with pytest.raises(InputError) as of_folder:
        load_question(tmp_path)
    assert str(of_texts.value) == str(of_folder.value)


def test_an_entry_begins_with_what_it_is_called(shipped: Question) -> None:
    tree = question_files(shipped)["criteria/value-tree.yaml"].splitlines()
    (at,) = [i for i, line in enumerate(tree) if line.endswith("- id: legal-safety")]
    assert tree[at + 1].strip() == "ref: A1"
    assert tree[at + 2].strip() == "name: Legal safety and residence"
