"""`counterweight workshop` as a person or a program meets it."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
import sqlalchemy as sa

from dashboard.cli import main
from dashboard.model.proposals import Score
from dashboard.model.question import Question
from dashboard.model.wording import hash_groups
from dashboard.workshop import opened as kept
from dashboard.workshop import schema
from dashboard.workshop.codes import shown_code
from dashboard.workshop.database import FOLDER_VARIABLE, URL_VARIABLE
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.opened import opened
from dashboard.workshop.records import Plan, Workshop
from dashboard.workshop.rehearsal import simulate
from dashboard.workshop.store import Store
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "data"))
    monkeypatch.delenv(URL_VARIABLE, raising=False)
    yield opened().store
    for found in kept._kept.values():
        found.store.engine.dispose()
    kept._kept.clear()


@pytest.fixture
def workshop(store: Store, shipped: Question) -> Workshop:
    """A rehearsal of six with its first round revealed."""
    made, key = store.create(Plan(title="Vienna\x1b[2J", rehearsal=True), shipped)
    facilitator = Facilitator(store, made.id, key)
    facilitator.open_round(1)
    simulate(facilitator, 6, 0)
    facilitator.close_round(1)
    facilitator.reveal(1)
    return store.workshop(made.id)


@pytest.mark.parametrize(
    "numbers",
    [
        {"low": 1.0, "likely": 2.0, "high": 3.0, "bands": "limits"},
        {"low": 1.0, "likely": 2.0, "high": 3.0, "bands": (5.0, 95.0)},
        {"mean": 2.0, "sd": 1.0},
        {"mean": 2.0, "sd": 1.0, "distribution": "log-normal"},
    ],
)
def test_a_workshop_keeps_its_question_however_its_scores_are_given(
    numbers: dict[str, object], store: Store, shipped: Question
) -> None:
    first, *others = shipped.proposals
    written = first.scores["legal-safety"].model_dump(
        by_alias=True, include={"evidence_class", "confidence", "evidence", "rationale"}
    )
    scores = {**first.scores, "legal-safety": Score.model_validate({**written, **numbers})}
    question = shipped.replace(proposals=(first.model_copy(update={"scores": scores}), *others))
    store.create(Plan(title="Vienna"), question)
    kept_copy = store.question(question.fingerprint)
    assert kept_copy.proposals == question.proposals
    assert kept_copy.fingerprint == question.fingerprint


def run(*arguments: str) -> int:
    return main(["workshop", *arguments])


def test_list_says_when_there_is_none(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run("list") == 0
    assert capsys.readouterr().out == f"No workshops in {tmp_path}/data/workshops.sqlite.\n"


def test_list_tells_each_with_its_code_and_lets_no_title_act(
    workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("list") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"{shown_code(workshop.code)}  Vienna\\u001b[2J"
    assert second.strip().startswith("round 1 is revealed, 6 people, ")
    assert second.endswith(", Rehearsal: simulated people")


def test_a_workshop_that_holds_is_verified_by_code_and_by_id(
    workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    grouped = " ".join(workshop.head[at : at + 4] for at in range(0, 64, 4))
    for named in (shown_code(workshop.code).lower(), workshop.id):
        assert run("verify", named, "--head", grouped) == 0
        said = capsys.readouterr().out
        assert said == f"Holds: {workshop.events} events, 6 ballots. Head {workshop.head}\n"


def test_an_earlier_head_is_in_the_log_and_another_is_not(
    workshop: Workshop, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("verify", workshop.id, "--head", store.events(workshop.id)[2].hash) == 0
    capsys.readouterr()
    assert run("verify", workshop.id, "--head", "0" * 64) == 1
    assert "The head that was noted is not in the log" in capsys.readouterr().out


def test_a_changed_ballot_shows(
    workshop: Workshop, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    table = schema.ballot
    with store.writing() as connection:
        first = connection.scalar(sa.select(sa.func.min(table.c.participant)))
        change = sa.update(table).where(table.c.participant == first).values(group_id="other")
        connection.execute(change)
    assert run("verify", workshop.id) == 1
    said = capsys.readouterr().out
    assert "was changed." in said
    assert "Does not hold: 1 fault" in said


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_ballots_are_exported_in_the_form_that_the_name_ends_in(
    form: str, workshop: Workshop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / f"ballots.{form}"
    assert run("export", workshop.code, "--output", str(output)) == 0
    assert capsys.readouterr().out == f"{output}: 6 ballots of 1 round\n"
    begins = {"csv": "\ufeffpseudonym,".encode(), "json": b"{", "parquet": b"PAR1"}
    assert output.read_bytes().startswith(begins[form])


def test_an_exported_table_has_a_row_for_each_ballot(workshop: Workshop, tmp_path: Path) -> None:
    output = tmp_path / "ballots.csv"
    assert run("export", workshop.code, "--output", str(output)) == 0
    text = output.read_text(encoding="utf-8-sig")
    assert [row["pseudonym"] for row in csv.DictReader(io.StringIO(text))] == [
        f"p{place}" for place in range(1, 7)
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("verify", "33333-33333"), "there is no such workshop"),
        (("verify", "CODE", "--head", "12ab"), "is no head of a log"),
        (("export", "CODE", "--output", "ballots.xlsx"), "name a .csv, .json or .parquet"),
        (("export", "CODE", "--output", "/nowhere/at/all.csv"), "cannot be written"),
    ],
)
def test_bad_input_is_said(
    arguments: tuple[str, ...],
    said: str,
    workshop: Workshop,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(*(workshop.code if each == "CODE" else each for each in arguments)) == 2
    assert said in capsys.readouterr().err


def test_nothing_is_exported_before_a_reveal(
    store: Store, shipped: Question, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, _ = store.create(Plan(title="Vienna"), shipped)
    output = tmp_path / "ballots.csv"
    assert run("export", made.id, "--output", str(output)) == 2
    assert "no round of this workshop is revealed" in capsys.readouterr().err
    assert not output.exists()


def test_another_folder_is_named_with_data(
    workshop: Workshop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("list", "--data", str(tmp_path / "other")) == 0
    assert "No workshops in" in capsys.readouterr().out


def test_data_beside_a_database_by_address_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(URL_VARIABLE, f"sqlite:///{tmp_path}/one.sqlite")
    assert run("list", "--data", str(tmp_path)) == 2
    assert "DATABASE_URL names a database" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--version"], ["check"], ["workshop", "--help"]])
def test_other_commands_import_no_database(arguments: list[str]) -> None:
    code = (
        "import sys, dashboard.cli\n"
        "try: dashboard.cli.main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(sorted({'sqlalchemy', 'alembic', 'streamlit'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert ran.stdout.splitlines()[-1] == "[]"


def test_the_briefing_has_the_room_and_its_hash(workshop: Workshop, tmp_path: Path) -> None:
    file = tmp_path / "briefing.pdf"
    named = shown_code(workshop.code)
    assert run("brief", named, "--output", str(file), "--date", "2026-11-25") == 0
    pages = pypdf.PdfReader(file).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Weights: Room's mean of 6 ballots, round 1, rehearsal, Vienna" in text
    assert "Rehearsal: simulated people. Nothing here is anybody's opinion." in text
    assert hash_groups(workshop.head) in text


def test_the_briefing_of_a_workshop_is_the_same_twice(workshop: Workshop, tmp_path: Path) -> None:
    files = [tmp_path / f"{n}.pdf" for n in range(2)]
    for file in files:
        assert run("brief", workshop.id, "--output", str(file), "--date", "2026-11-25") == 0
    assert files[0].read_bytes() == files[1].read_bytes()


def test_without_a_revealed_ballot_there_is_no_briefing(
    store: Store, shipped: Question, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, key = store.create(Plan(title="Silent"), shipped)
    facilitator = Facilitator(store, made.id, key)
    for step in range(2):
        assert run("brief", made.id, "--output", str(tmp_path / "x.pdf")) == 2
        said = capsys.readouterr().err
        assert "no ballot of this workshop is revealed; reveal a round first" in said
        if step == 0:
            facilitator.open_round(1)
            facilitator.close_round(1)
            facilitator.reveal(1)
    assert not (tmp_path / "x.pdf").exists()
