"""The tables of How sure: names that explain themselves, and no key to what is not there."""

from __future__ import annotations

import pytest

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.combination import Scenario, ScenarioChange, ScenariosFile
from dashboard.model.question import Question
from dashboard.robustness.acceptability import Sampling
from dashboard.robustness.assessment import Assessment, assess
from dashboard.robustness.fragility import nearest_first
from dashboard.ui import how_sure_tables as tables
from dashboard.ui.terms import criterion_name
from tests.report.questions import make_question

ROWS = {"soup": (6, 1), "stew": (1, 5)}
CHANGE = ScenarioChange(criteria=("criterion-0",), proposals=("soup",), add=1.0)
SCENARIOS = ScenariosFile(scenarios=(Scenario(id="up", ref=None, name="Up", changes=(CHANGE,)),))


def assessed(question: Question) -> Assessment:
    evaluation = evaluate(question, equal_branch_points(question.branches))
    return assess(evaluation, Sampling(samples=200, seed=0))


@pytest.mark.parametrize(("spread", "known"), [(0.0, False), (0.5, True)])
def test_what_needs_bands_stands_only_where_some_score_has_one(spread: float, known: bool) -> None:
    found = assessed(make_question(ROWS, spread=spread).replace(scenarios=SCENARIOS))
    assert ("Grey:" in tables.scenario_table(found)) == known
    centres = tables.centres_table(found, "all_weights")
    assert ("First under them" in centres) == known
    assert ("confidence factor" in centres) == known
    assert ("a dash where it never does" in centres) != known


def test_the_criteria_among_the_weights_explain_themselves() -> None:
    found = assessed(make_question({"soup": (6, 1, 3), "stew": (1, 5, 4)}, branch_sizes=[1, 2]))
    by_branch = tables.stability_by_branch(found, "Weights")
    nearest = tables.stability_table(found, nearest_first(found.stability), "Weights")
    for criterion in found.evaluation.question.criteria:
        assert criterion_name(criterion) in by_branch
        assert criterion_name(criterion) in nearest
    assert "The whole branch" in by_branch
