"""Everything as one ZIP: complete, named, and the same for equal input."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest

from dashboard.model.question import Question
from dashboard.report.archive import archive_zip
from dashboard.report.briefing.annex_workshop import annex_content
from dashboard.report.briefing.figures import FIGURES
from dashboard.report.forms import FORMS
from dashboard.report.tables_export import TABLES
from tests.report.briefing.briefs import found
from tests.report.briefing.test_annex_workshop import annex
from tests.report.questions import make_question


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def everything(shipped: Question) -> zipfile.ZipFile:
    (form,) = (form for form in FORMS if form.ending == ".zip")
    return opened(form.make(found(shipped, "ukraine", length="one-page"), None))


def test_holds_documents_charts_tables_question_and_results(everything: zipfile.ZipFile) -> None:
    names = set(everything.namelist())
    assert {"briefing.pdf", "briefing.docx", "briefing.xlsx", "results.json"} <= names
    assert {f"charts/{name}.{ending}" for name in FIGURES for ending in ("svg", "png")} <= names
    told = {"overrides", "methods", "workshop", "workshop-groups"}
    assert {f"tables/{t.name}.csv" for t in TABLES if t.name not in told} <= names
    assert {"question/seeds/question.yaml", "question/proposals/sanctuary.yaml"} <= names


def test_the_read_me_names_every_file_the_marking_and_the_disclaimer(
    everything: zipfile.ZipFile, shipped: Question
) -> None:
    text = everything.read("README.txt").decode()
    for name in everything.namelist():
        assert name == "README.txt" or f"\n{name}: " in text
    assert shipped.context.disclaimer in text
    assert "Open sources only" in text


def test_results_are_those_of_the_attachment(
    everything: zipfile.ZipFile, shipped: Question
) -> None:
    made = found(shipped, "ukraine")
    ranking = json.loads(everything.read("results.json"))["ranking"]
    order = [shipped.proposals[i].id for i in made.evaluation.order]
    assert [row["id"] for row in ranking] == order
    table = rows_of(everything.read("tables/ranking.csv"))
    scores = {row["Option"]: float(row["Score"]) for row in table}
    for i, proposal in enumerate(shipped.proposals):
        assert scores[proposal.name] == pytest.approx(float(made.evaluation.scores[i]), abs=1e-6)


def test_progress_goes_from_nothing_to_all_and_names_each_file(shipped: Question) -> None:
    told: list[tuple[float, str]] = []
    made = archive_zip(
        found(shipped, "ukraine"), {}, lambda share, name: told.append((share, name))
    )
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert {name for _, name in told} == set(opened(made).namelist())


def test_equal_input_gives_equal_bytes(shipped: Question) -> None:
    made = found(shipped, "finance")
    assert archive_zip(made, {}) == archive_zip(made, {})


def test_no_cell_of_a_table_starts_a_formula() -> None:
    names = {"a": "=1+1", "b": "@SUM(A1)", "c": "+x", "d": "-y"}
    made = found(make_question({key: [float(k)] for k, key in enumerate(names)}, names=names))
    for table in TABLES:
        if not table.applies(made):
            continue
        for row in csv.reader(io.StringIO(table.make(made).decode("utf-8-sig"))):
            for cell in row:
                starts = cell[:1] in ("=", "@", "+", "\t", "\r")
                assert not starts or cell.lstrip("+").replace(".", "").isdigit(), (table.name, cell)


def test_shares_of_each_reading_sum_to_one(shipped: Question) -> None:
    (table,) = (table for table in TABLES if table.name == "rank-acceptability")
    rows = rows_of(table.make(found(shipped, "ukraine")))
    sums: dict[tuple[str, str], float] = {}
    for row in rows:
        key = (row["Weights"], row["Option"])
        sums[key] = sums.get(key, 0.0) + float(row["Share"])
    assert all(total == pytest.approx(1.0, abs=1e-5) for total in sums.values())
    assert {row["Seed"] for row in rows} == {"0"}


def test_tables_that_have_nothing_to_tell_are_left_out() -> None:
    made = found(make_question({"a": [5.0], "b": [3.0]}))
    told = {table.name for table in TABLES if table.applies(made)}
    assert not {"perspectives", "scenarios", "sources", "overrides", "logs", "methods"} & told


def test_a_workshop_has_its_tables(shipped: Question) -> None:
    content = annex_content(annex(shipped), shipped.fingerprint)
    made = found(shipped, workshop=content)
    tables = {table.name: table for table in TABLES if table.applies(made)}
    rows = rows_of(tables["workshop"].make(made))
    assert [row["Option"] for row in rows] == [row["name"] for row in content["options"]["rows"]]
    assert set(rows[0]) == {
        *("Option", "First places, round 1", "First places, round 2", "Score", "Rank")
    }
    groups = [row["Group"] for row in rows_of(tables["workshop-groups"].make(made))]
    assert groups == ["The whole room", "The ayes", "The noes"]
