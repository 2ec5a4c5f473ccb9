"""An assessment in a terminal: nothing is claimed out of nothing, and cut lists count rightly."""

from __future__ import annotations

import re

import numpy as np

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.question import Question
from dashboard.report.robustness_text import robustness_text
from dashboard.robustness.acceptability import Sampling
from dashboard.robustness.assessment import Assessment, assess
from tests.report.questions import make_question, tender

SAMPLING = Sampling(samples=200, seed=0)


def assessed(question: Question, *, full: bool = False) -> Assessment:
    evaluation = evaluate(question, equal_branch_points(question.branches))
    return assess(evaluation, SAMPLING, full=full)


def test_without_bands_nothing_is_said_of_chances_or_of_bands() -> None:
    question = make_question({"a": (6, 1), "b": (1, 5)}, minima={1: 2.0}, status_quo="b")
    text = robustness_text(assessed(question), "mine")
    assert "\nCentral weights\n" in text
    assert re.search(r"\n  a: most on Criterion 0 \d", text)
    assert "a, Criterion 1 2 points: fails\n" in text
    assert "b, Criterion 1 2 points: holds\n" in text
    assert "\nShare of samples at rank 1\n" in text
    for claim in ("probability", "confidence factor", "The gap with the bands", "better than the"):
        assert claim not in text, claim


def test_with_bands_all_of_that_is_said() -> None:
    question = tender()
    text = robustness_text(assessed(question), "mine")
    assert "Central weights, and the confidence factor under them" in text
    assert "Bid C, Criterion 1 5 points: fails, probability less than 1 %" in text
    assert "The gap with the bands on one criterion moved, widest first" in text


def test_a_criterion_without_bands_moves_no_gap() -> None:
    question = make_question({"a": (6, 1), "b": (1, 5)})
    (wide, *others) = question.proposals
    held = wide.scores["criterion-0"]
    scores = {**wide.scores, "criterion-0": held.model_copy(update={"low": 5.0, "high": 7.0})}
    question = question.replace(proposals=(wide.model_copy(update={"scores": scores}), *others))
    text = robustness_text(assessed(question), "mine")
    gaps = text.split("The gap with the bands on one criterion moved, widest first\n")[1]
    assert [line.split("  ")[1] for line in gaps.split("\n\n")[0].splitlines()] == ["Criterion 0"]


def listed(text: str, heading: str) -> tuple[int, int]:
    """How many rows stand under a heading, and how many more it says that there are."""
    rows = re.split(rf"\n{heading}[^\n]*\n", text)[1].split("\n\n")[0].splitlines()
    more = re.search(r"\.\.\. and ([\d,]+) more", rows[-1])
    return len(rows) - bool(more), int(more[1]) if more else 0


def test_a_list_that_is_cut_counts_all_that_are_left_out() -> None:
    rows = {f"option-{i}": row for i, row in enumerate(np.random.default_rng(0).random((120, 4)))}
    question = make_question(rows, spread=0.2)
    short = robustness_text(assessed(question), "mine")
    every = robustness_text(assessed(question, full=True), "mine")
    for heading in ("What it takes to lead", "Central weights"):
        assert listed(short, heading) == (20, listed(every, heading)[0] - 20)
        assert listed(every, heading)[1] == 0
    assert listed(short, "What it takes to lead") == (20, 99)
