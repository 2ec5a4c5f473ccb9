"""How weights behave, and what the browser calculates, held to the rules over many cases."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from benchmarks.questions import write_question
from dashboard.methods.evaluate import evaluate
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.methods.weights import perspective_points
from dashboard.model.load import load_question
from dashboard.model.question import Question
from dashboard.model.side_by_side import apart, beyond, gap_between
from dashboard.model.typed_number import TWIN, TWIN_WORDS, Limits, Unread, read_number
from dashboard.model.wording import weight_percent
from dashboard.robustness.lead import SCRIPT
from dashboard.robustness.score_lines import tree_nodes
from dashboard.robustness.stability import stability_intervals
from dashboard.ui.choice import default_choice
from dashboard.ui.weights_component import component_data
from dashboard.workshop.phone.static import RANKS
from tests.conftest import ROOT

RULES = "\n".join(
    [
        SCRIPT,
        RANKS.read_text(encoding="utf-8"),
        *(
            (ROOT / "dashboard/ui/weights_component" / name).read_text(encoding="utf-8")
            for name in ("rules.js", "words.js", "stability.js", "history.js")
        ),
    ]
)
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


def test_the_browser_scores_as_python_does(blank: Page, shipped: Question) -> None:
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
        "cases.tolerance).map(r => [r.alternative.id, r.rank, r.score]))"
    )
    argument = json.loads(json.dumps({**data, "points": points, "tolerance": TIE_TOLERANCE}))
    for given, rows in zip(points, call(blank, script, argument), strict=True):
        evaluation = evaluate(shipped, given)
        assert [row[0] for row in rows] == [shipped.proposals[i].id for i in evaluation.order]
        for (_, rank, score), i in zip(rows, evaluation.order, strict=True):
            assert rank == evaluation.ranks[i]
            assert score == pytest.approx(evaluation.scores[i], abs=1e-9)


def test_ties_share_the_better_rank_in_the_browser_too(blank: Page) -> None:
    rows = call(
        blank,
        "rankAlternatives(cases, ['x', 'y'], {x: 50, y: 50}, 1e-9).map(r => [r.index, r.rank])",
        [
            {"values": [0.1, 0.2]},
            {"values": [0.3, 0.3]},
            {"values": [0.3, 0.0]},
        ],
    )
    assert rows == [[1, 1], [0, 2], [2, 2]]


def drawn_weights(rng: random.Random, criteria: int) -> list[float]:
    """Some heavy, some light, now and then some zero."""
    raw = [rng.random() ** 3 * (rng.random() > 0.1) for _ in range(criteria)]
    raw[rng.randrange(criteria)] += 0.1
    return [value / sum(raw) for value in raw]


def test_the_browser_finds_the_intervals_that_python_finds(blank: Page, shipped: Question) -> None:
    """Leaves and branches, with and without locks, to 1e-9."""
    rng = random.Random(5)
    values = evaluate(shipped, default_choice(shipped).points).values
    nodes = tree_nodes([len(branch.criteria) for branch in shipped.branches])
    given: list[dict[str, Any]] = [
        {
            "weights": drawn_weights(rng, len(shipped.criteria)),
            "locked": [rng.random() < 0.2 * (k % 3) for _ in shipped.criteria],
        }
        for k in range(90)
    ]
    found = call(
        blank,
        "cases.given.map(c => leaderIntervals(cases.values, cases.nodes, c.weights, c.locked, "
        "cases.tolerance))",
        {
            "given": given,
            "values": values.tolist(),
            "nodes": [[node[0], node[-1] + 1] for node in nodes],
            "tolerance": TIE_TOLERANCE,
        },
    )
    crossings = undefined = 0
    for case, intervals in zip(given, found, strict=True):
        locked = [j for j, held in enumerate(case["locked"]) if held]
        weights = np.array(case["weights"])
        for interval, stable in zip(
            intervals, stability_intervals(values, weights, nodes, locked=locked), strict=True
        ):
            if stable.leader is None:
                assert interval is None
                undefined += 1
                continue
            low, high, below, above = stable.leader
            assert interval["low"] == pytest.approx(low, abs=1e-9)
            assert interval["high"] == pytest.approx(high, abs=1e-9)
            assert (interval["below"], interval["above"]) == (below, above)
            crossings += (below is not None) + (above is not None)
    assert crossings > 1000
    assert undefined > 50


def test_ties_at_the_ends_and_where_locks_end_are_what_they_are_in_python(blank: Page) -> None:
    """Small whole numbers: options that are equal, dominated, or level at an end, all the time."""
    rng = random.Random(3)
    given: list[dict[str, Any]] = []
    while len(given) < 500:
        points = [rng.randrange(4) for _ in range(4)]
        if any(points):
            given.append(
                {
                    "values": [[float(rng.randrange(3)) for _ in points] for _ in range(4)],
                    "weights": [one / sum(points) for one in points],
                    "locked": [rng.random() < 0.3 for _ in points],
                }
            )
    nodes = tree_nodes([1, 3])
    found = call(
        blank,
        "cases.given.map(c => leaderIntervals(c.values, cases.nodes, c.weights, c.locked, 1e-9))",
        {"given": given, "nodes": [[node[0], node[-1] + 1] for node in nodes]},
    )
    ties = 0
    for case, intervals in zip(given, found, strict=True):
        values, weights = np.array(case["values"]), np.array(case["weights"])
        locked = [j for j, held in enumerate(case["locked"]) if held]
        expected = stability_intervals(values, weights, nodes, locked=locked)
        for node, interval, stable in zip(nodes, intervals, expected, strict=True):
            if stable.leader is None:
                assert interval is None
                continue
            assert interval["low"] == pytest.approx(stable.leader.low, abs=1e-9)
            assert interval["high"] == pytest.approx(stable.leader.high, abs=1e-9)
            assert (interval["below"], interval["above"]) == stable.leader[2:]
            # A tie where the locks end, short of 0 or 1, which nobody takes over from.
            kept = sum(weights[j] for j in locked if j in node)
            if stable.leader.below is None and 0 < kept < stable.now:
                moved = np.array(
                    [0.0 if j in node and j not in locked else w for j, w in enumerate(weights)]
                )
                free = [j for j in range(4) if j not in node and j not in locked]
                moved[free] *= 1 + (1 - moved.sum()) / moved[free].sum()
                scores = values @ moved
                ties += int(np.sum(scores > scores.max() - 1e-9) > 1)
    assert ties > 10


def test_the_browser_writes_figures_as_python_does(blank: Page) -> None:
    rng = random.Random(13)
    ends = [0.0, 1.0, 1e-8, 1 - 1e-8, 0.0004, 0.9996, 0.005, 0.995, -1e-17]
    weights = [rng.choice([*ends, rng.random(), rng.random() ** 5]) for _ in range(600)]
    near = [weight + rng.choice([0.2, 1e-3, 1e-5, 1e-7, 0.0]) for weight in weights]
    pairs = [[one, min(other, 1.0)] for one, other in zip(weights, near, strict=True)]
    pairs += [[other, one] for one, other in pairs]
    scores = [[rng.uniform(0, 100), rng.choice([3.0, 0.3, 0.03, 0.0])] for _ in range(600)]
    scores = [[low + rng.random() * gap, low] for low, gap in scores]
    words, gaps = call(
        blank,
        "[cases.pairs.map(([a, b]) => [percentWords(a), percentsApart(a, b), "
        "beyondWords(a, b, a > b)]), cases.scores.map(([a, b]) => gapBetween(a, b))]",
        {"pairs": pairs, "scores": scores},
    )
    for (one, other), said in zip(pairs, words, strict=True):
        expected = [
            weight_percent(one),
            [*apart(one, other)],
            beyond(one, other, above=one > other),
        ]
        assert said == expected, (one, other)
    for (higher, lower), said in zip(scores, gaps, strict=True):
        gap = gap_between(higher, lower)
        assert said == {"words": gap.words, "short": gap.short, "scores": gap.scores}
    assert sum(bool(said["scores"]) for said in gaps) > 50


def test_tied_leaders_and_equal_options_are_no_trouble_to_the_browser(blank: Page) -> None:
    values = [[50.0, 50.0], [50.0, 50.0], [100.0, 0.0]]
    intervals = call(
        blank,
        "leaderIntervals(cases, [[0, 1], [1, 2]], [0.5, 0.5], [false, false], 1e-9)",
        values,
    )
    assert intervals == [
        {"low": 0, "high": 0.5, "below": None, "above": 2},
        {"low": 0.5, "high": 1, "below": 2, "above": None},
    ]


def test_what_is_undone_can_be_done_again_until_something_new_is_done(blank: Page) -> None:
    steps = call(
        blank,
        """(() => {
            const state = (x) => ({ points: { x }, locked: [] });
            const history = new History(state(0));
            [1, 1, 2, 3].forEach((x) => history.add(state(x)));
            const seen = [history.undo(), history.undo(), history.redo()].map((s) => s.points.x);
            history.add(state(9));
            seen.push(history.canRedo, history.redo(), history.undo().points.x);
            return seen;
        })()""",
        None,
    )
    assert steps == [2, 1, 2, False, None, 2]


def weights_of_every_kind(question: Question) -> list[list[float]]:
    """Those of every perspective, all on one criterion, equal, and random ones."""
    rng = random.Random(17)
    size = len(question.criteria)
    given = [
        [points[criterion.id] for criterion in question.criteria]
        for points in (perspective_points(question, each) for each in question.perspectives)
    ]
    given += [[1.0 * (j == k) for j in range(size)] for k in (0, size // 2, size - 1)]
    given += [[1.0] * size, *(drawn_weights(rng, size) for _ in range(5))]
    return [[value / sum(row) for value in row] for row in given]


@pytest.mark.parametrize("which", ["shipped", "large"])
def test_scores_and_intervals_of_browser_and_python_are_equal_on_a_whole_question(
    blank: Page, shipped: Question, tmp_path: Path, which: str
) -> None:
    """As the component has them: from its own data, with locks, over 8 options x 14 or 50 x 60."""
    question = shipped if which == "shipped" else load_question(write_question(tmp_path, 50, 60))
    rng = random.Random(23)
    size = len(question.criteria)
    cases = [
        ({c.id: 100 * w for c, w in zip(question.criteria, row, strict=True)}, locked)
        for row in weights_of_every_kind(question)
        for locked in ((), tuple(sorted(rng.sample(range(size), size // 3))))
    ]
    start = default_choice(question)
    data = component_data(evaluate(question, start.points), start)
    sizes = [len(branch.criteria) for branch in question.branches]
    nodes = tree_nodes(sizes)
    script = """cases.given.map(([points, locked]) => {
        const weights = cases.criteria.map(id => points[id] / TOTAL);
        const held = cases.criteria.map((_, j) => locked.includes(j));
        const values = cases.alternatives.map(a => a.values);
        const ranked = rankAlternatives(
            cases.alternatives, cases.criteria, points, cases.tolerance);
        return [ranked.map(r => [r.index, r.rank, r.score]),
            leaderIntervals(values, cases.nodes, weights, held, cases.tolerance)];
    })"""
    found = call(
        blank,
        script,
        {**data, "given": cases, "nodes": [[node[0], node[-1] + 1] for node in nodes]},
    )
    crossings = 0
    for (points, locked), (ranked, intervals) in zip(cases, found, strict=True):
        evaluation = evaluate(question, points)
        assert [row[:2] for row in ranked] == [[i, evaluation.ranks[i]] for i in evaluation.order]
        for index, _, score in ranked:
            assert score == pytest.approx(evaluation.scores[index], abs=1e-9)
        expected = stability_intervals(
            evaluation.values, evaluation.weights, nodes, locked=list(locked)
        )
        for interval, stable in zip(intervals, expected, strict=True):
            if stable.leader is None:
                assert interval is None
                continue
            low, high, below, above = stable.leader
            assert interval["low"] == pytest.approx(low, abs=1e-9)
            assert interval["high"] == pytest.approx(high, abs=1e-9)
            assert (interval["below"], interval["above"]) == (below, above)
            crossings += (below is not None) + (above is not None)
    assert crossings > 100


def test_the_browser_reads_numbers_as_python_does(blank: Page) -> None:
    rng = random.Random(5)
    signs = ["0", "1", "2", "3", "9", ",", ".", " ", "'", "-", "\u202f", "\u2019", "\u2212", "%"]
    often = (4, 6, 4, 4, 2, 4, 4, 1, 1, 1, 1, 1, 1, 0.3)
    texts = ["".join(rng.choices(signs, often, k=rng.randint(0, 9))) for _ in range(4000)]
    texts += ["1,8", "1,200", "12.345", "1.234.567,8", "x" * 70, "1" * 16, "0" * 41, "1e3", "٣"]
    script = TWIN.read_text(encoding="utf-8") + TWIN_WORDS.read_text(encoding="utf-8")
    for least, most in ((0, 100), (1, 5), (-5000, 10**9)):
        found = blank.evaluate(
            f"texts => {{ {script}; return texts.map(t => readNumber(t, {least}, {most})); }}",
            texts,
        )
        expected = [read_number(text, Limits(least, most)) for text in texts]
        assert found == [
            {"sentence": e.sentence} if isinstance(e, Unread) else {"value": e} for e in expected
        ]
        assert sum(isinstance(e, float) for e in expected) > 100
