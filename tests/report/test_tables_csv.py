"""The matrices as CSV: the numbers of the evaluation, and no cell that starts a formula."""

from __future__ import annotations

import csv
import io

import pytest

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.weights import perspective_points
from dashboard.model.question import Question
from dashboard.model.safe_cells import STARTS_A_FORMULA, safe_cell
from dashboard.report.tables_csv import (
    contributions_csv,
    performance_csv,
    values_csv,
)
from tests.report.questions import make_question


@pytest.fixture(scope="module")
def ukraine(shipped: Question) -> Evaluation:
    return evaluate(shipped, perspective_points(shipped, shipped.perspective("ukraine")))


def rows(written: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))


def test_performances_stand_in_their_own_unit_with_band_class_and_confidence(
    ukraine: Evaluation,
) -> None:
    head, *body = rows(performance_csv(ukraine))
    assert head[:10] == [
        "Branch",
        "Criterion",
        "Unit",
        "Worst (worth 0)",
        "Best (worth 100)",
        "Status quo: likely",
        "Status quo: low",
        "Status quo: high",
        "Status quo: rests on",
        "Status quo: confidence",
    ]
    assert len(body) == 14
    at = head.index("Sanctuary: likely")
    assert body[0][:5] == [
        "Defection incentive by barrier",
        "Legal safety and residence",
        "% of reference pool",
        "0.0",
        "45.0",
    ]
    assert body[0][at : at + 5] == ["25.0", "12.0", "40.0", "source text and judgement", "low"]


def test_values_are_those_of_the_evaluation(ukraine: Evaluation) -> None:
    head, *body = rows(values_csv(ukraine))
    for i, proposal in enumerate(ukraine.question.proposals):
        at = head.index(f"{proposal.name}: value")
        found = [[float(cell) for cell in row[at : at + 3]] for row in body]
        sides = (ukraine.values, ukraine.values_least, ukraine.values_most)
        expected = [[float(side[i, j]) for side in sides] for j in range(len(body))]
        assert found == [pytest.approx(row, abs=1e-6) for row in expected]


def test_contributions_add_up_to_the_scores_and_say_whose_weights_they_are(
    ukraine: Evaluation,
) -> None:
    head, *body = rows(contributions_csv(ukraine, "Government of Ukraine"))
    *parts, total = body
    assert total[1] == "Score"
    assert sum(float(row[2]) for row in parts) == pytest.approx(1, abs=1e-5)
    for i, proposal in enumerate(ukraine.question.proposals):
        at = head.index(proposal.name)
        assert float(total[at]) == pytest.approx(float(ukraine.scores[i]), abs=1e-6)
        assert sum(float(row[at]) for row in parts) == pytest.approx(float(total[at]), abs=1e-4)
    assert {row[-1] for row in body} == {"Government of Ukraine"}


@pytest.mark.parametrize("sign", STARTS_A_FORMULA)
def test_a_text_that_would_be_calculated_gets_an_apostrophe(sign: str) -> None:
    assert safe_cell(f"{sign}1+1") == f"'{sign}1+1"


def test_numbers_stay_numbers_and_other_text_stays_as_it_is() -> None:
    assert safe_cell(-3.5) == -3.5
    assert safe_cell("a=1") == "a=1"
    assert safe_cell("") == ""


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "@x", "-2", "+3", "\t=1", "\r=1", "a,b\n=1"])
def test_no_cell_of_any_table_starts_a_formula(name: str) -> None:
    question = make_question({"a": [1.0, 2.0], "b": [2.0, 1.0]}, names={"a": name})
    branch = question.branches[0]
    criteria = tuple(
        c.model_copy(update={"name": name, "short_name": name, "unit": name})
        for c in branch.criteria
    )
    branch = branch.model_copy(update={"name": name, "criteria": criteria})
    question = question.replace(tree=question.tree.model_copy(update={"branches": (branch,)}))
    evaluation = evaluate(question, {"criterion-0": 1.0, "criterion-1": 1.0})
    written = (
        performance_csv(evaluation),
        values_csv(evaluation),
        contributions_csv(evaluation, name),
    )
    cells = [cell for table in written for row in rows(table) for cell in row]
    assert any(name in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(STARTS_A_FORMULA)] == []


def test_negative_numbers_are_not_quoted() -> None:
    question = make_question({"a": [-1.5]})
    (_, row) = rows(performance_csv(evaluate(question, {"criterion-0": 1.0})))
    assert row[5] == "-1.5"
