"""Every broken file gets its sentence: the whole text of each message, and no other message.

A folder in ``tests/data/broken`` is laid over the question in ``tests/data/minimal``: its files
replace the good ones, ``remove.txt`` names what is taken away, and ``expected.txt`` holds one line
for each fault (or ``warning:``) as it is printed.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from dashboard.model.errors import InputError
from dashboard.model.load import load_question
from tests.conftest import ROOT

MINIMAL = ROOT / "tests" / "data" / "minimal"
BROKEN = ROOT / "tests" / "data" / "broken"
CASES = sorted(path.name for path in BROKEN.iterdir() if path.is_dir())
NOTES = ("expected.txt", "remove.txt")


@pytest.fixture
def question(tmp_path: Path) -> Path:
    """A copy of the minimal question, to be broken."""
    return shutil.copytree(MINIMAL, tmp_path / "question")


def messages(folder: Path) -> list[str]:
    """What is printed about a folder."""
    try:
        loaded = load_question(folder)
    except InputError as error:
        return str(error).splitlines()
    return [f"warning: {warning}" for warning in loaded.warnings]


def lay_over(question: Path, case: Path) -> None:
    if (case / "remove.txt").exists():
        for name in (case / "remove.txt").read_text(encoding="utf-8").split():
            gone = question / name
            if gone.is_dir():
                shutil.rmtree(gone)
            else:
                gone.unlink()
    for path in case.rglob("*"):
        if path.is_file() and path.name not in NOTES:
            target = question / path.relative_to(case)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


@pytest.mark.parametrize("name", CASES)
def test_a_broken_file_gets_exactly_its_messages(name: str, question: Path) -> None:
    lay_over(question, BROKEN / name)
    expected = (BROKEN / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert expected
    assert messages(question) == expected


def test_the_minimal_question_itself_has_no_fault() -> None:
    assert messages(MINIMAL) == []


def test_faults_are_sorted_by_file_and_then_by_line(question: Path) -> None:
    lay_over(question, BROKEN / "several-faults-in-several-files")
    with pytest.raises(InputError) as caught:
        load_question(question)
    places = [(fault.file, fault.line or 0) for fault in caught.value.faults]
    assert places == sorted(places)
    assert len({file for file, _ in places}) == 6


# ------------------------------------------------- what cannot be stored in a repository as it is


def test_a_file_over_the_limit_is_named_with_its_size(question: Path) -> None:
    path = question / "seeds" / "sources.yaml"
    path.write_bytes(path.read_bytes() + b"#" * 1_200_000)
    assert messages(question) == [
        (
            "seeds/sources.yaml: is 1.2 MB, over the limit of 1 MB; "
            "split it, or take out what is not part of the question"
        )
    ]


def test_a_file_of_just_the_limit_is_read(question: Path) -> None:
    path = question / "seeds" / "sources.yaml"
    text = path.read_bytes()
    path.write_bytes(text + b"#" * (1_000_000 - len(text)))
    assert messages(question) == []


@pytest.mark.parametrize("signs", ["[", "{a: ", "- ", "[{a: "])
def test_a_file_full_of_nesting_is_refused_at_once(signs: str, question: Path) -> None:
    """The parser alone would need the square of the depth: hours for this file."""
    text = "x: " + signs * (900_000 // len(signs)) if signs[0] in "[{" else signs * 450_000
    (question / "proposals" / "tram.yaml").write_text(text, encoding="utf-8")
    assert messages(question) == [
        "proposals/tram.yaml, line 1: is nested more than 30 levels deep; write it flatter"
    ]


@pytest.mark.parametrize(
    "word", ["1_" * 450_000 + "x", "- a" * 300_000, "9" * 900_000, "a b" * 300_000]
)
def test_a_giant_word_is_looked_at_once(word: str, question: Path) -> None:
    """A pattern that goes back over the word for each of its letters would take hours."""
    path = question / "seeds" / "question.yaml"
    path.write_text(f"title: {word}: x\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    (message,) = messages(question)
    assert message.startswith("seeds/question.yaml, line 1: ")
    path.write_text(f"title: {word}\ndecision: a\ndisclaimer: b\n", encoding="utf-8")
    assert len(messages(question)) <= 1


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""], ids=["byte-order-mark", "none"])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"], ids=["unix", "windows", "old-mac"])
def test_a_byte_order_mark_and_any_line_end_are_accepted(
    mark: bytes, line_end: bytes, question: Path
) -> None:
    same = load_question(question).fingerprint
    for path in question.rglob("*.yaml"):
        path.write_bytes(mark + path.read_bytes().replace(b"\n", line_end))
    assert messages(question) == []
    assert load_question(question).fingerprint == same


def test_a_file_without_a_last_line_end_is_accepted(question: Path) -> None:
    for path in question.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert messages(question) == []


def test_what_is_not_meant_as_a_question_file_is_passed_over(question: Path) -> None:
    (question / "seeds" / "notes.md").write_text("notes", encoding="utf-8")
    (question / "proposals" / ".tram.yaml.swp").write_bytes(b"\xff")
    (question / "proposals" / ".hidden.yaml").write_bytes(b"\xff")
    (question / "criteria" / "drafts").mkdir()
    assert messages(question) == []


# --------------------------------------------------------------------- what the file system holds


def test_a_link_that_leads_to_itself_is_a_fault(question: Path) -> None:
    path = question / "proposals" / "loop.yaml"
    path.symlink_to(path)
    assert messages(question) == [
        (
            "proposals/loop.yaml: cannot be read (Too many levels of symbolic links); "
            "check that it exists and that you may read it"
        )
    ]


def test_a_link_that_leads_nowhere_is_a_fault(question: Path) -> None:
    (question / "proposals" / "gone.yaml").symlink_to("nowhere.yaml")
    assert messages(question) == [
        (
            "proposals/gone.yaml: cannot be read (No such file or directory); "
            "check that it exists and that you may read it"
        )
    ]


def test_a_link_to_a_good_file_is_followed(question: Path) -> None:
    path = question / "proposals" / "tram.yaml"
    path.rename(question / "tram-elsewhere")
    path.symlink_to(question / "tram-elsewhere")
    assert messages(question) == []


def test_a_pipe_is_a_fault_and_is_not_waited_for(question: Path) -> None:
    os.mkfifo(question / "criteria" / "settings.yaml")
    assert messages(question) == [
        "criteria/settings.yaml: is not a file with text; take it out of the folder"
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_a_fault(question: Path) -> None:
    (question / "criteria" / "constraints.yaml").chmod(0)
    assert messages(question) == [
        (
            "criteria/constraints.yaml: cannot be read (Permission denied); "
            "check that it exists and that you may read it"
        )
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_is_a_fault(question: Path) -> None:
    (question / "criteria").chmod(0)
    try:
        assert messages(question) == [
            "criteria/: cannot be read (Permission denied); check that you may read it"
        ]
    finally:
        (question / "criteria").chmod(0o700)


def test_a_folder_that_does_not_exist_is_one_fault(tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"
    assert messages(folder) == [f"{folder}: is not a folder; name the folder of a question"]


def test_a_file_in_place_of_the_folder_is_one_fault(tmp_path: Path) -> None:
    path = tmp_path / "question.yaml"
    path.write_text("title: A", encoding="utf-8")
    assert messages(path) == [f"{path}: is not a folder; name the folder of a question"]
