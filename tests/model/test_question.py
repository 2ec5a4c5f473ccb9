"""The question as a value: its fingerprint, its look-ups, its copies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from dashboard.model.load import load_question
from dashboard.model.palette import STATUS_QUO, look
from dashboard.model.question import Question
from tests.conftest import ROOT

MINIMAL = ROOT / "tests" / "data" / "minimal"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(MINIMAL, tmp_path / "question")


def changed(folder: Path, file: str, old: str, new: str) -> Question:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_question(folder)


def test_the_fingerprint_is_a_sha256_and_the_same_each_time() -> None:
    first = load_question(MINIMAL).fingerprint
    assert first == load_question(MINIMAL).fingerprint
    assert len(bytes.fromhex(first)) == 32


@pytest.mark.parametrize("reverse", [False, True])
def test_the_order_of_keys_and_the_layout_leave_the_fingerprint_alone(
    reverse: bool, folder: Path
) -> None:
    def turned(data: object) -> object:
        if isinstance(data, dict):
            return {key: turned(data[key]) for key in sorted(data, reverse=reverse)}
        return [turned(item) for item in data] if isinstance(data, list) else data

    for path in folder.rglob("*.yaml"):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        text = yaml.safe_dump(turned(data), sort_keys=False, default_flow_style=reverse, width=40)
        path.write_text(f"\n# another layout\n{text}", encoding="utf-8")
    assert load_question(folder).fingerprint == load_question(MINIMAL).fingerprint


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("proposals/tram.yaml", "low: 60\n", "low: 60.0\n"),
        ("proposals/tram.yaml", "summary: A bridge for", "summary: >-\n  A bridge\n  for"),
        ("proposals/tram.yaml", "class: [public-fact]", "class:\n      - public-fact"),
    ],
)
def test_other_ways_to_write_the_same_leave_the_fingerprint_alone(
    file: str, old: str, new: str, folder: Path
) -> None:
    assert changed(folder, file, old, new).fingerprint == load_question(MINIMAL).fingerprint


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("proposals/tram.yaml", "low: 60", "low: 60.001"),
        ("proposals/tram.yaml", "confidence: low", "confidence: moderate"),
        ("proposals/tram.yaml", "A bridge for trams", "A bridge for trains"),
        ("criteria/value-tree.yaml", "worst: 90", "worst: 91"),
        ("criteria/perspectives.yaml", "price: 100", "price: 99"),
        ("seeds/sources.yaml", "EUR 70m", "EUR 71m"),
        ("criteria/constraints.yaml", "verdict: pass", "verdict: fail"),
        ("proposals/interactions.yaml", "likely: -3", "likely: -2"),
    ],
)
def test_any_change_of_content_changes_the_fingerprint(
    file: str, old: str, new: str, folder: Path
) -> None:
    assert changed(folder, file, old, new).fingerprint != load_question(MINIMAL).fingerprint


def test_a_warning_is_no_content(folder: Path) -> None:
    question = changed(folder, "proposals/tram.yaml", "high: 85", "high: 95")
    assert len(question.warnings) == 1
    assert question.replace(warnings=()).fingerprint == question.fingerprint


def test_a_copy_does_not_keep_what_was_looked_up_before() -> None:
    question = load_question(MINIMAL)
    before = (question.fingerprint, question.criteria, question.looks)
    tree = question.tree.model_copy(update={"branches": question.branches[:1]})
    copy = question.replace(tree=tree, proposals=question.proposals[:1])
    assert [criterion.id for criterion in copy.criteria] == ["price"]
    assert list(copy.looks) == ["ferry"]
    assert copy.fingerprint != question.fingerprint
    assert (question.fingerprint, question.criteria, question.looks) == before


def test_a_copy_without_changes_is_equal() -> None:
    question = load_question(MINIMAL)
    assert question.replace() == question
    assert question.replace().fingerprint == question.fingerprint


def test_a_question_cannot_be_changed() -> None:
    question = load_question(MINIMAL)
    with pytest.raises(ValidationError, match="frozen"):
        question.active_settings = ("x",)  # type: ignore[misc]


def test_options_stand_in_their_order_and_then_by_id() -> None:
    question = load_question(MINIMAL)
    assert [proposal.id for proposal in question.proposals] == ["ferry", "tram", "bus"]


def test_the_status_quo_is_grey_and_the_others_take_their_looks_in_order() -> None:
    looks = load_question(MINIMAL).looks
    assert looks == {"ferry": STATUS_QUO, "tram": look(0), "bus": look(1)}


def test_records_are_found_by_id_and_an_unknown_one_is_a_bug() -> None:
    question = load_question(MINIMAL)
    assert question.criterion("noise").name == "Noise"
    assert question.proposal("bus").name == "A bus tunnel"
    assert question.perspective("equal").rule == "equal-branches"
    assert question.branch_of("noise").id == "people"
    with pytest.raises(KeyError):
        question.proposal("boat")


@pytest.mark.parametrize(
    ("identifier", "label"),
    [
        ("traffic-count", "9,000 people cross on a working day"),
        ("paragraph-2", "Source text, paragraph 2"),
        ("by-definition", "By definition of the criterion"),
        ("own-judgement", "The scorer's own judgement"),
    ],
)
def test_evidence_is_named_in_words(identifier: str, label: str) -> None:
    assert load_question(MINIMAL).evidence_label(identifier) == label


def test_an_option_that_a_constraint_does_not_list_was_not_assessed() -> None:
    (constraint,) = load_question(MINIMAL).constraints
    assert constraint.status_of("tram").verdict == "pass"
    assert constraint.status_of("ferry").verdict == "not-assessed"


def test_the_smallest_folder_has_nothing_where_nothing_is_written(folder: Path) -> None:
    for name in ("seeds/source.yaml", "seeds/sources.yaml", "criteria/perspectives.yaml"):
        (folder / name).unlink()
    for name in ("criteria/constraints.yaml", "proposals/interactions.yaml"):
        (folder / name).unlink()
    for path in (folder / "proposals").glob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not line.startswith("paragraphs")]
        text = "\n".join(kept)
        for cited in ("tram-offer", "traffic-count", "paragraph-1", "paragraph-2"):
            text = text.replace(cited, "own-judgement")
        path.write_text(text, encoding="utf-8")
    question = load_question(folder)
    assert question.source is None
    assert (question.sources, question.perspectives, question.constraints) == ((), (), ())
    assert not question.settings
    assert not question.claims
    assert not question.described
    assert not question.interactions.interactions
