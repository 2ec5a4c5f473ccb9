"""The workbook says what the evaluation says, and calculates again when points are changed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import formulas
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.methods.evaluate import evaluate
from dashboard.model.overrides import Override
from dashboard.model.question import Question
from dashboard.report.briefing.brief import Findings
from dashboard.report.tables_export import overrides_csv
from dashboard.report.workbook.sheet import FIRST, LONGEST, cell_text
from dashboard.report.workbook.workbook import workbook_xlsx
from tests.report.briefing.briefs import HOSTILE, found
from tests.report.questions import make_question

STARTS = ("=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\n=1")


def book(made: Findings, *, values: bool = True) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook_xlsx(made)), data_only=values)


@pytest.fixture(scope="module")
def made(shipped: Question) -> Findings:
    return found(shipped, "ukraine")


def test_recorded_and_live_figures_are_those_of_the_evaluation(made: Findings) -> None:
    sheets, evaluation = book(made), made.evaluation
    question = made.question
    for j, criterion in enumerate(question.criteria):
        row = FIRST + 1 + j
        assert sheets["Weights"].cell(row, 2).value == criterion.name
        assert sheets["Weights"].cell(row, 4).value == pytest.approx(evaluation.weights[j])
        for i in range(len(question.proposals)):
            value = sheets["Value matrix"].cell(row, 3 + i).value
            part = sheets["Contributions"].cell(row, 3 + i).value
            likely = sheets["Raw matrix"].cell(row, 6 + 3 * i).value
            assert value == pytest.approx(evaluation.values[i, j])
            assert part == pytest.approx(evaluation.contributions[i, j])
            assert likely == pytest.approx(evaluation.performance.likely[i, j])
    for row, i in enumerate(evaluation.order, FIRST + 1):
        cells = [sheets["Ranks"].cell(row, column).value for column in range(1, 7)]
        score, rank = float(evaluation.scores[i]), int(evaluation.ranks[i])
        assert cells[0] == question.proposals[i].name
        assert cells[1:3] == [pytest.approx(score), rank]
        assert cells[4:6] == [pytest.approx(score), rank]


def test_changed_points_change_weights_scores_and_ranks_everywhere(
    shipped: Question, made: Findings, tmp_path: Path
) -> None:
    points = dict.fromkeys((c.id for c in shipped.criteria), 10.0) | {"legal-safety": 500.0}
    changed = book(made, values=False)
    for j, criterion in enumerate(shipped.criteria):
        changed["Weights"].cell(FIRST + 1 + j, 3).value = points[criterion.id]
    path = tmp_path / "changed.xlsx"
    changed.save(path)
    solved = formulas.ExcelModel().loads(str(path)).finish().calculate()

    def value(sheet: str, cell: str) -> float:
        return float(solved[f"'[changed.xlsx]{sheet.upper()}'!{cell}"].value[0, 0])

    wanted = evaluate(shipped, points)
    for row, i in enumerate(made.evaluation.order, FIRST + 1):
        assert value("Ranks", f"B{row}") == pytest.approx(float(wanted.scores[i]))
        assert value("Ranks", f"C{row}") == int(wanted.ranks[i])
    weight = value("Weights", f"D{FIRST + 1}")
    assert weight == pytest.approx(float(wanted.weights[0]))


def test_no_text_of_the_question_starts_a_formula_or_a_link() -> None:
    names = dict(zip("abcdef", STARTS, strict=True))
    rows = {key: [float(k), 5.0] for k, key in enumerate(names)}
    sheets = book(found(make_question(rows, names=names, title=STARTS[0])), values=False)
    ours = {"Weights", "Contributions", "Ranks"}
    for sheet in sheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                if cell.data_type == "f":
                    assert sheet.title in ours
                    assert not any(start.strip() == cell.value for start in STARTS)
    assert sheets["Value matrix"].cell(FIRST, 3).value == STARTS[0]


def test_overridden_scores_are_marked_with_their_reason(shipped: Question) -> None:
    override = Override("sanctuary", "accountability", 1.0, 2.0, 3.0, "a new ruling")
    sheets = book(found(shipped, "ukraine", overrides=[override]))
    texts = [cell.value for row in sheets["Overrides"].iter_rows() for cell in row if cell.value]
    assert "a new ruling" in texts
    assert any("1 score is overridden" in str(text) for text in texts)
    assert last_row(sheets["Overrides"])[-2:] == ["yes", "a new ruling"]


def test_a_missing_reason_is_an_empty_cell(shipped: Question) -> None:
    override = Override("sanctuary", "accountability", 1.0, 2.0, 3.0, None)
    made = found(shipped, "ukraine", overrides=[override])
    sheet = book(made)["Overrides"]
    assert last_row(sheet)[-2:] == ["no", ""]
    assert "No reason is given." in " ".join(str(sheet.cell(row, 1).value) for row in range(1, 5))
    assert overrides_csv(made).decode("utf-8-sig").splitlines()[-1].endswith(",no,")


def last_row(sheet: Worksheet) -> list[object]:
    return [cell.value for cell in list(sheet.iter_rows())[-1]]


def test_each_sheet_says_whose_weights_and_whose_judgement(made: Findings) -> None:
    for sheet in book(made):
        top = " ".join(str(sheet.cell(row, 1).value) for row in range(1, 5))
        assert "Government of Ukraine" in top
        assert made.question.context.disclaimer in top
        assert "Open sources only" in sheet.oddFooter.left.text


def test_equal_input_gives_equal_bytes(shipped: Question, made: Findings) -> None:
    assert workbook_xlsx(made) == workbook_xlsx(found(shipped, "ukraine"))


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_no_name_breaks_the_workbook(name: str) -> None:
    question = make_question({"a": [5.0], "b": [3.0]}, names={"a": name}, title=name)
    sheets = book(found(question))
    assert cell_text(name).strip() in str(sheets["Ranks"].cell(FIRST + 1, 1).value)


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    assert len(cell_text("x" * 40_000)) == LONGEST
    assert cell_text("x" * 40_000).endswith("…")
    assert cell_text("\U0001f600" * 20_000).encode("utf-16-le").__len__() <= 2 * LONGEST


def test_two_hundred_options_and_sixty_criteria() -> None:
    rows = {f"option-{i}": [float((i * 7 + j * 3) % 11) for j in range(60)] for i in range(200)}
    many = found(make_question(rows, branch_sizes=[6] * 10), samples=50)
    sheets = book(many)
    last = sheets["Ranks"].cell(FIRST + 200, 3).value
    assert last == int(many.evaluation.ranks.max())


def test_sources_have_names_in_sentences(shipped: Question, made: Findings) -> None:
    sheet = book(made)["Evidence"]
    read = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert "source “Witness programme costs”" in read
    assert not [source.id for source in shipped.sources if f"source {source.id}" in read]
