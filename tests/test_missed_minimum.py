"""A missed minimum stands beside the verdict: in the terminal, in documents and on the board."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import openpyxl
import pytest

from dashboard.cli import main
from dashboard.model.question_files import question_files
from dashboard.report.forms import FORMS
from dashboard.report.tables_export import ranking_csv
from dashboard.ui.weights_component import constraint_flags
from tests.report.briefing.briefs import found, pages
from tests.report.questions import CAUTION, MISSED, tender
from tests.report.rooms import made
from tests.ui.test_room_results import drawn
from tests.ui.test_room_results import words as room_words

PRICE_COUNTS = {"criterion-0": 70.0, "criterion-1": 30.0}
QUALITY_COUNTS = {"criterion-0": 10.0, "criterion-1": 90.0}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The question as files, and weights under which the cheapest bid leads."""
    for name, text in question_files(tender()).items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "weights.yaml").write_text(json.dumps(PRICE_COUNTS), encoding="utf-8")
    return tmp_path


def test_rank_says_it_under_the_verdict_and_behind_the_option(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["rank", "--question", str(folder), "--weights", str(folder / "weights.yaml")]
    assert main(asked) == 0
    lines = capsys.readouterr().out.splitlines()
    assert CAUTION in lines
    assert [line.split("  ")[-1] for line in lines if "Bid C  " in line] == [MISSED]
    assert main([*asked, "--json"]) == 0
    results = json.loads(capsys.readouterr().out)
    assert results["caution"] == CAUTION
    missed = {row["name"]: row["missed_minima"] for row in results["ranking"]}
    assert missed["Bid A"] == missed["Bid B"] == []
    assert missed["Bid C"] == [
        {
            "criterion": "criterion-1",
            "performance": 3.8,
            "threshold": 5.0,
            "unit": "points",
            "words": MISSED,
        }
    ]


def test_rank_marks_an_option_that_does_not_lead(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weights = folder / "weights.yaml"
    weights.write_text(json.dumps(QUALITY_COUNTS), encoding="utf-8")
    assert main(["rank", "--question", str(folder), "--weights", str(weights)]) == 0
    said = capsys.readouterr().out
    assert CAUTION not in said
    assert f"Bid C  {MISSED}" in said


@pytest.mark.parametrize("length", ["one-page", "two-pages", "full"])
def test_page_one_of_every_briefing_says_it(length: str) -> None:
    first = pages(found(tender(), PRICE_COUNTS, length=length, samples=200))[0]
    assert f"Caution. {CAUTION}" in first
    assert "of 100; Bid C misses a minimum" in first
    assert "Misses the minimum of Criterion 1: 3.8 of 5 points needed" in first
    assert "all limits met" in first


def test_word_and_excel_say_it() -> None:
    forms = {form.ending: form for form in FORMS}
    findings = found(tender(), PRICE_COUNTS, samples=200)
    word = docx.Document(io.BytesIO(forms[".docx"].make(findings, None)))
    assert f"Caution. {CAUTION}" in [paragraph.text for paragraph in word.paragraphs]
    book = openpyxl.load_workbook(io.BytesIO(forms[".xlsx"].make(findings, None)))
    assert ("Caution", CAUTION) in [row[:2] for row in book["Read me"].values]
    rows = list(book["Ranks"].values)
    assert "Limits" in [row[-1] for row in rows]
    limits = [row[-1] for row in rows if str(row[0]).startswith("Bid ")]
    assert limits == [MISSED, "meets all", "meets all"]
    head, first = ranking_csv(findings).decode().splitlines()[:2]
    assert head.rstrip().endswith("Limits")
    assert MISSED in first


def test_the_flag_on_the_bar_names_the_criterion_and_opens_the_figures() -> None:
    assert constraint_flags(tender(), "bid-c") == [
        {
            "verdict": "fail",
            "label": "misses the minimum of Criterion 1",
            "detail": "3.8 of 5 points needed",
        }
    ]
    assert constraint_flags(tender(), "bid-a") == []


@pytest.mark.parametrize("projector", [False, True])
def test_board_and_projector_say_it_of_who_comes_first(projector: bool) -> None:
    cheap = made(tender(), [((0.7, 0.3), 3), ((0.1, 0.9), 1)])
    assert CAUTION in room_words(drawn(cheap, tender(), projector=projector))
    good = made(tender(), [((0.1, 0.9), 3)])
    assert "misses" not in room_words(drawn(good, tender(), projector=projector))
