"""Weights kept under a name: for the visit, and as a file that the command line reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.methods.weights import percent
from dashboard.model.question import Question
from dashboard.model.weights_file import read_weights_file
from dashboard.ui.choice import choose_points, choose_saved, default_choice
from dashboard.ui.saved_weights import MOST, PREFIX, SavedWeights, saved_under, still_fitting
from dashboard.ui.weights_component import perspective_options


def test_the_file_is_read_back_as_the_same_weights(shipped: Question, tmp_path: Path) -> None:
    raw = {criterion.id: 1 / (3 + j) for j, criterion in enumerate(shipped.criteria)}
    points = percent({**raw, shipped.criteria[0].id: 1e-7})
    saved = SavedWeights("Line one\nfoo: 3 # <b>", points)
    path = tmp_path / saved.file_name
    path.write_text(saved.yaml(shipped), encoding="utf-8")
    assert path.name == "weights-line-one-foo-3-b.yaml"
    assert read_weights_file(path, shipped) == pytest.approx(points, abs=1e-9)


def test_a_name_is_one_line_replaced_if_taken_and_the_oldest_goes() -> None:
    saved = saved_under((), " a\n b ", {"x": 100.0})
    assert saved == (SavedWeights("a b", {"x": 100.0}),)
    saved = saved_under(saved, "a b", {"x": 1.0})
    assert saved == (SavedWeights("a b", {"x": 1.0}),)
    for number in range(MOST):
        saved = saved_under(saved, f"n{number}", {"x": 1.0})
    assert [s.name for s in saved] == [f"n{number}" for number in range(MOST)]


@pytest.mark.parametrize("name", ["", "  \n", None, 3, ["a"]])
def test_what_is_no_name_keeps_nothing(name: object) -> None:
    assert saved_under((), name, {"x": 100.0}) == ()


def test_a_file_of_a_name_without_letters_still_has_one() -> None:
    assert SavedWeights("我们", {}).file_name == "weights-own.yaml"


def test_saved_weights_stand_in_the_list_and_say_whose_they_are(shipped: Question) -> None:
    start = default_choice(shipped)
    points = percent({**start.points, "penetration": 40.0})
    saved = (SavedWeights("Unit 3", points),)
    chosen = choose_saved(start, "Unit 3", points)
    assert chosen.label(shipped) == "Own weights, saved as Unit 3"
    options = perspective_options(shipped, chosen, saved)
    assert options[0] == {"id": "", "name": "Own weights, saved as Unit 3", "chosen": True}
    assert options[-1]["id"] == f"{PREFIX}Unit 3"
    moved = {**points, "penetration": 0.0}
    report = {"revision": chosen.revision, "points": moved, "locked": []}
    assert choose_points(shipped, chosen, report).label(shipped) == "Own weights"


def test_weights_of_other_criteria_are_dropped_when_the_question_changes(
    shipped: Question,
) -> None:
    fits = SavedWeights("fits", default_choice(shipped).points)
    assert still_fitting(shipped, (fits, SavedWeights("not", {"x": 100.0}))) == (fits,)
