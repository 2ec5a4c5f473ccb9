"""How weights behave, and what the browser reckons, held to the rules over many cases."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from playwright.sync_api import Page

from dashboard.methods.evaluate import evaluate
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.question import Question
from dashboard.robustness.score_error import score_errors
from dashboard.ui.choice import default_choice
from dashboard.ui.weights_component import component_data
from tests.conftest import ROOT

RULES = (ROOT / "dashboard/ui/weights_component/rules.js").read_text(encoding="utf-8")
CASES = 400


def call(page: Page, expression: str, argument: Any) -> Any:
    """The value of an expression in which the rules and ``cases`` are known."""
    return page.evaluate(f"cases => {{ {RULES}; return {expression}; }}", argument)


def cases() -> list[dict[str, Any]]:
    """Random points (some zero), locks and targets on three branches of 1, 2 and 4 leaves."""
    rng = random.Random(7)
    branches = [["a"], ["b", "c"], ["d", "e", "f", "g"]]
    ids = [leaf for branch in branches for leaf in branch]
    found: list[dict[str, Any]] = []
    while len(found) < CASES:
        raw = [rng.choice([0.0, rng.random(), rng.random()]) for _ in ids]
        if not any(raw):
            continue
        points = {key: value * 100 / sum(raw) for key, value in zip(ids, raw, strict=True)}
        found.append(
            {
                "points": points,
                "locked": [key for key in ids if rng.random() < 0.3],
                "leaf": rng.choice(ids),
                "branch": rng.choice(branches),
                "target": rng.choice([0.0, 100.0, rng.uniform(-20, 120)]),
            }
        )
    return found


@pytest.fixture
def blank(page: Page) -> Page:
    page.goto("about:blank")
    return page


@pytest.mark.parametrize("move", ["leaf", "branch"])
def test_moves_keep_the_sum_the_locks_and_the_proportions(blank: Page, move: str) -> None:
    function = "moveLeaf" if move == "leaf" else "moveBranch"
    given = cases()
    results = call(
        blank,
        f"cases.map(c => {function}(c.points, new Set(c.locked), c.{move}, c.target))",
        given,
    )
    refused = 0
    for case, result in zip(given, results, strict=True):
        before, after, locked = case["points"], result["points"], set(case["locked"])
        moving = {case["leaf"]} if move == "leaf" else set(case["branch"])
        unlocked_inside = moving - locked
        unlocked_outside = set(before) - moving - locked
        if not unlocked_inside or not unlocked_outside:
            assert result["refused"]
            assert after == before
            refused += 1
            continue
        assert result["refused"] is None
        assert sum(after.values()) == pytest.approx(100, abs=1e-9)
        assert all(value >= 0 for value in after.values())
        assert all(after[key] == before[key] for key in locked)
        low = sum(before[key] for key in moving & locked)
        high = 100 - sum(before[key] for key in locked - moving)
        wanted = min(max(case["target"], low), high)
        assert sum(after[key] for key in moving) == pytest.approx(wanted, abs=1e-9)
        for group in (unlocked_inside, unlocked_outside):
            _proportions_hold(before, after, sorted(group))
    assert 0 < refused < CASES / 2


def _proportions_hold(before: dict[str, float], after: dict[str, float], group: list[str]) -> None:
    total = sum(before[key] for key in group)
    share = sum(after[key] for key in group)
    for key in group:
        part = before[key] / total if total > 1e-12 else 1 / len(group)
        assert after[key] == pytest.approx(share * part, abs=1e-9)


def test_the_browser_reckons_what_python_reckons(blank: Page, shipped: Question) -> None:
    rng = random.Random(11)
    start = default_choice(shipped)
    data = component_data(evaluate(shipped, start.points), start)
    drawn = [[rng.random() ** 3 for _ in shipped.criteria] for _ in range(60)]
    points = [
        {c.id: value * 100 / sum(row) for c, value in zip(shipped.criteria, row, strict=True)}
        for row in drawn
    ]
    script = (
        "cases.points.map(p => rankAlternatives(cases.alternatives, cases.criteria, p, "
        "cases.tolerance).map(r => [r.alternative.id, r.rank, r.score, r.error]))"
    )
    argument = json.loads(json.dumps({**data, "points": points, "tolerance": TIE_TOLERANCE}))
    for given, rows in zip(points, call(blank, script, argument), strict=True):
        evaluation = evaluate(shipped, given)
        errors = score_errors(evaluation.values_least, evaluation.values_most, evaluation.weights)
        assert [row[0] for row in rows] == [shipped.proposals[i].id for i in evaluation.order]
        for (_, rank, score, error), i in zip(rows, evaluation.order, strict=True):
            assert rank == evaluation.ranks[i]
            assert score == pytest.approx(evaluation.scores[i], abs=1e-9)
            assert error == pytest.approx(errors[i], abs=1e-9)


def test_ties_share_the_better_rank_in_the_browser_too(blank: Page) -> None:
    rows = call(
        blank,
        "rankAlternatives(cases, ['x', 'y'], {x: 50, y: 50}, 1e-9).map(r => [r.index, r.rank])",
        [
            {"values": [0.1, 0.2], "half_widths": [0, 0]},
            {"values": [0.3, 0.3], "half_widths": [0, 0]},
            {"values": [0.3, 0.0], "half_widths": [0, 0]},
        ],
    )
    assert rows == [[1, 1], [0, 2], [2, 2]]
