"""Briefings from the command line: written in every form, opened, verified, compared."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pikepdf
import pypdf
import pytest

from dashboard.cli import main
from dashboard.model.load import load_question
from dashboard.model.question import Question

OVERRIDE = """\
- {proposal: sanctuary, criterion: accountability, low: 1, likely: 2, high: 3, reason: a ruling}
"""


def brief(path: Path, *options: str) -> Path:
    assert main(["brief", "--date", "2026-03-04", "--output", str(path), *options]) == 0
    return path


def text_of(path: Path) -> str:
    return " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(path).pages).split())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("briefings")


@pytest.fixture(scope="module")
def ukraine(folder: Path) -> Path:
    return brief(folder / "ukraine.pdf", "--perspective", "ukraine", "--length", "one-page")


def test_length_annexes_marking_and_people_are_as_asked_for(folder: Path) -> None:
    options = ("--length", "one-page", "--annex", "logs", "--marking", "Official: sensitive")
    path = brief(folder / "a.pdf", *options, "--author", "Desk officer", "--assurer", "Analyst")
    text = text_of(path)
    assert "Official: sensitive" in text
    assert "Author: Desk officer, assured by Analyst" in text
    assert "Annex A, how the question was made" in text
    assert "Who disagrees:" not in text


@pytest.mark.parametrize(
    ("ending", "start"), [(".docx", b"PK"), (".xlsx", b"PK"), (".zip", b"PK"), (".pdf", b"%PDF")]
)
def test_the_ending_says_the_form(folder: Path, ending: str, start: bytes) -> None:
    path = brief(folder / f"form{ending}", "--length", "one-page", "--samples", "500")
    assert path.read_bytes().startswith(start)
    if ending == ".zip":
        with zipfile.ZipFile(path) as archive:
            assert "briefing.pdf" in archive.namelist()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--output", "x.txt"], "x.txt: ends in '.txt', which is no form of a briefing; name a"),
        (["--output", "x"], "x: has no ending, which is no form"),
        (
            ["--output", "folder", "--batch", "--perspective", "ukraine"],
            "--batch: goes with no weights of one's own",
        ),
        (["--output", "x.pdf", "--batch"], "is no name of a folder"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["brief", *arguments]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value"),
    [("--marking", "x" * 61), ("--author", " "), ("--length", "three-pages"), ("--annex", "x")],
)
def test_options_that_do_not_fit_are_refused(
    option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["brief", "--output", "x.pdf", option, value])
    assert option in capsys.readouterr().err


def test_batch_writes_one_briefing_for_each_perspective(
    tmp_path: Path, shipped: Question, capsys: pytest.CaptureFixture[str]
) -> None:
    brief(tmp_path / "all", "--batch", "--length", "one-page", "--samples", "500")
    names = {path.name for path in (tmp_path / "all").iterdir()}
    assert names == {f"{perspective.id}.pdf" for perspective in shipped.perspectives}
    assert "8 of 8: Equal branches" in capsys.readouterr().err
    assert "Weights: Government of Ukraine" in text_of(tmp_path / "all" / "ukraine.pdf")


def test_a_briefing_as_written_verifies(ukraine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(ukraine)]) == 0
    assert capsys.readouterr().out.startswith("Same: results, pages and attachments follow")
    assert main(["verify", str(ukraine), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["byte_for_byte"] is True


def test_a_changed_page_is_one_and_a_foreign_file_two(
    ukraine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "changed.pdf"
    with pikepdf.open(ukraine) as pdf:
        pdf.pages[0].contents_add(pdf.make_stream(b"1 0 0 rg 60 700 200 40 re f"))
        pdf.save(changed)
    assert main(["verify", str(changed)]) == 1
    assert "page 1 looks different" in capsys.readouterr().out
    foreign = tmp_path / "foreign.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(foreign)
    for command in (["verify", str(foreign)], ["diff", str(ukraine), str(foreign)]):
        assert main(command) == 2
        assert "is no briefing of Counterweight" in capsys.readouterr().err
    for name in ("verify", "open"):
        assert main([name, str(tmp_path / "nothing.pdf")]) == 2
        assert "cannot be read (No such file or directory)" in capsys.readouterr().err


def test_opened_into_a_folder_it_gives_the_same_numbers(
    tmp_path: Path, shipped: Question, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "changed.yaml"
    changed.write_text(OVERRIDE, encoding="utf-8")
    given = ("--perspective", "ukraine", "--setting", "earlier-anchors")
    path = brief(tmp_path / "b.pdf", *given, "--override", str(changed))
    capsys.readouterr()
    target = tmp_path / "opened"
    assert main(["open", str(path), "--folder", str(target)]) == 0
    said = capsys.readouterr().out
    assert load_question(target).fingerprint == shipped.fingerprint
    assert "a ruling" in (target / "overrides.yaml").read_text(encoding="utf-8")
    (line,) = [line for line in said.splitlines() if "counterweight rank" in line]
    arguments = line.split("counterweight rank ")[1].split()
    assert main(["rank", "--json", *arguments]) == 0
    opened = json.loads(capsys.readouterr().out)
    assert main(["rank", "--json", *given, "--override", str(changed)]) == 0
    first = json.loads(capsys.readouterr().out)
    assert opened["ranking"] == first["ranking"]
    assert opened["overrides"] == first["overrides"]


def test_a_reason_that_is_missing_stays_missing_in_the_save_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "changed.yaml"
    changed.write_text(OVERRIDE.replace("a ruling", "null"), encoding="utf-8")
    path = brief(tmp_path / "b.pdf", "--override", str(changed))
    target = tmp_path / "opened"
    assert main(["open", str(path), "--folder", str(target)]) == 0
    assert "reason: null" in (target / "overrides.yaml").read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["rank", "--json", "--override", str(target / "overrides.yaml")]) == 0
    assert json.loads(capsys.readouterr().out)["overrides"][0]["reason"] is None


def test_nothing_is_written_over(
    ukraine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert main(["open", str(ukraine), "--folder", str(tmp_path)]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_two_briefings_are_compared(
    ukraine: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = brief(folder / "other.pdf", "--perspective", "human-rights", "--length", "one-page")
    capsys.readouterr()
    assert main(["diff", str(ukraine), str(ukraine)]) == 0
    assert "No difference" in capsys.readouterr().out
    assert main(["diff", str(ukraine), str(other)]) == 1
    out = capsys.readouterr().out
    assert "  Sanctuary: rank 3, then 1" in out
    assert "Weights: 14 changes" in out
    assert "  and 2 more (--json has all)" in out
    assert main(["diff", str(ukraine), str(other), "--json"]) == 1
    (group,) = json.loads(capsys.readouterr().out)["groups"]
    assert len(group["changes"]) == 14


def test_an_empty_file_is_said_to_be_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.pdf").touch()
    assert main(["verify", str(tmp_path / "empty.pdf")]) == 2
    assert "empty.pdf: is empty" in capsys.readouterr().err
