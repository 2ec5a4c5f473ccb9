"""What is known about weights without knowing them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.methods.arrays import Floats
from dashboard.methods.rank_order_weights import rank_order_centroid
from dashboard.methods.weight_space import Statement, WeightSpace
from dashboard.methods.weights import normalise_points, perspective_points
from dashboard.model.question import Question

tenths = st.integers(0, 10).map(lambda k: k / 10)


@st.composite
def spaces(draw: st.DrawFn) -> WeightSpace:
    """A few statements that may well conflict, or leave no volume."""
    n = draw(st.integers(1, 5))
    space = WeightSpace(n)
    for kind in draw(st.lists(st.sampled_from(["order", "interval", "ratio", "near"]), max_size=6)):
        more, less = (*draw(st.permutations(range(n))), 0)[:2]
        low, high = sorted([draw(tenths), draw(tenths)])
        if kind == "interval":
            space = space.interval(more, low, high)
        elif kind == "near":
            points = draw(st.lists(st.integers(0, 9), min_size=n, max_size=n).filter(any))
            space = space.within(normalise_points(points), low, relative=draw(st.booleans()))
        elif n > 1 and kind == "order":
            space = space.at_least(more, less, low / 4)
        elif n > 1:
            space = space.ratio(more, less, low * 3, high * 9)
    return space


def simplex_sample(n: int, size: int = 500) -> Floats:
    """Uniform weights; where there are two criteria or more, every tenth is on a boundary."""
    sample: Floats = np.random.default_rng(0).dirichlet(np.ones(n), size)
    if n > 1:
        sample[::10, 0] = 0
        sample /= sample.sum(axis=1, keepdims=True)
    return sample


# ------------------------------------------------------------------ statements


def test_without_statements_all_weights_are_in() -> None:
    weights = np.array([[1.0, 0.0], [0.5, 0.5], [0.6, 0.5], [1.1, -0.1], [0.1 + 0.2, 0.7]])
    assert WeightSpace(2).contains(weights).tolist() == [True, True, False, False, True]


@pytest.mark.parametrize(
    ("space", "words", "inside", "outside"),
    [
        (
            WeightSpace(3).at_least(0, 1),
            ["criterion 1 >= criterion 2"],
            [0.4, 0.4, 0.2],
            [0.3, 0.4, 0.3],
        ),
        (
            WeightSpace(3).at_least(2, 0, margin=0.1),
            ["criterion 3 >= criterion 1 + 0.1"],
            [0.3, 0.3, 0.4],
            [0.35, 0.25, 0.4],
        ),
        (
            WeightSpace(3).ordered([2, 0, 1], margin=0.1),
            ["criterion 3 >= criterion 1 + 0.1", "criterion 1 >= criterion 2 + 0.1"],
            [0.3, 0.2, 0.5],
            [0.3, 0.25, 0.45],
        ),
        (
            WeightSpace(3).interval(1, 0.2, 0.5),
            ["criterion 2 >= 0.2", "criterion 2 <= 0.5"],
            [0.5, 0.5, 0.0],
            [0.9, 0.1, 0.0],
        ),
        (
            WeightSpace(3).interval(1, high=0.0),
            ["criterion 2 <= 0"],
            [0.5, 0, 0.5],
            [0.4, 0.1, 0.5],
        ),
        (
            WeightSpace(3).ratio(0, 1, 2, 3),
            ["criterion 1 >= 2 x criterion 2", "3 x criterion 2 >= criterion 1"],
            [0.6, 0.3, 0.1],
            [0.5, 0.1, 0.4],
        ),
        (WeightSpace(3).ratio(0, 1, high=0), ["criterion 1 <= 0"], [0, 0.5, 0.5], [0.1, 0.5, 0.4]),
        (
            WeightSpace(3).linear([1, 1, -0.5], 0.25),
            ["0.5 x criterion 3 >= criterion 1 + criterion 2 - 0.25"],
            [0.2, 0.2, 0.6],
            [0.5, 0.4, 0.1],
        ),
        (
            WeightSpace(3).within(np.array([0.5, 0.45, 0.05]), 0.1),
            [
                "criterion 1 >= 0.4",
                "criterion 1 <= 0.6",
                "criterion 2 >= 0.35",
                "criterion 2 <= 0.55",
                "criterion 3 <= 0.15",
            ],
            [0.5, 0.35, 0.15],
            [0.5, 0.34, 0.16],
        ),
        (
            WeightSpace(3).within(np.array([0.5, 0.5, 0.0]), 0.2, relative=True),
            [
                "criterion 1 >= 0.4",
                "criterion 1 <= 0.6",
                "criterion 2 >= 0.4",
                "criterion 2 <= 0.6",
                "criterion 3 <= 0",
            ],
            [0.6, 0.4, 0.0],
            [0.5, 0.45, 0.05],
        ),
    ],
)
def test_each_statement_says_what_it_keeps(
    space: WeightSpace, words: list[str], inside: list[float], outside: list[float]
) -> None:
    assert [statement.words() for statement in space.statements] == words
    assert space.contains(np.array([inside, outside])).tolist() == [True, False]


def test_statements_speak_of_criteria_by_name() -> None:
    (statement,) = WeightSpace(2).at_least(1, 0, margin=0.3 - 0.1).statements
    assert statement.words(["cost", "consent"]) == "consent >= cost + 0.2"


def test_equal_statements_make_equal_spaces() -> None:
    one, other = (WeightSpace(3).ordered([0, 1]).interval(2, 0.1, 0.2) for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert one != WeightSpace(3).ordered([0, 1])


def test_nothing_said_adds_nothing() -> None:
    space = WeightSpace(3)
    assert space.interval(0) == space.ratio(0, 1) == space.ordered([1]) == space
    assert space.within(np.array([0.2, 0.3, 0.5]), 1.0) == space


@given(spaces(), spaces())
def test_the_intersection_holds_what_both_hold(one: WeightSpace, other: WeightSpace) -> None:
    if one.criteria != other.criteria:
        with pytest.raises(ValueError, match="criteria do not meet"):
            one & other
        return
    sample = simplex_sample(one.criteria)
    both = (one & other).contains(sample)
    assert both.tolist() == (one.contains(sample) & other.contains(sample)).tolist()
    assert (one & one).contains(sample).tolist() == one.contains(sample).tolist()
    assert set((one & other).statements) == set((other & one).statements)


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: WeightSpace(0), "at least one criterion"),
        (lambda: WeightSpace(2, (Statement((1.0,), 0.0),)), "a statement is not about 2 criteria"),
        (lambda: WeightSpace(2).linear([1], 0), "a statement needs 2 coefficients"),
        (lambda: WeightSpace(2).linear([0, 0], 1), "names no weight"),
        (lambda: WeightSpace(2).linear([1, float("nan")], 0), "not a finite number"),
        (lambda: WeightSpace(2).linear([1, 0], float("inf")), "not a finite number"),
        (lambda: WeightSpace(2).at_least(0, 0), "cannot be compared with itself"),
        (lambda: WeightSpace(2).at_least(0, 2), "2 is no index of 2 criteria"),
        (lambda: WeightSpace(2).at_least(-1, 0), "-1 is no index of 2 criteria"),
        (lambda: WeightSpace(2).at_least(0, 1, margin=-0.1), "a margin must be from 0 to 1"),
        (lambda: WeightSpace(2).ordered([0, 1, 0]), "a criterion comes twice in the order"),
        (
            lambda: WeightSpace(2).interval(0, 0.5, 0.4),
            r"put 0 <= low \(0.5\) <= high \(0.4\) <= 1",
        ),
        (lambda: WeightSpace(2).interval(0, 0, 1.5), "<= 1"),
        (lambda: WeightSpace(2).interval(0, float("nan")), "put 0 <= low"),
        (lambda: WeightSpace(2).ratio(0, 1, 3, 2), "put 0 <= low <= high for a ratio"),
        (lambda: WeightSpace(2).ratio(0, 1, -1), "put 0 <= low <= high for a ratio"),
        (lambda: WeightSpace(2).within(np.array([0.5, 0.6]), 0.1), "needs 2 weights"),
        (lambda: WeightSpace(2).within(np.array([1.0]), 0.1), "needs 2 weights"),
        (lambda: WeightSpace(2).within(np.array([0.5, 0.5]), -0.1), "x must be finite"),
        (lambda: WeightSpace(2).within(np.array([0.5, 0.5]), float("nan")), "x must be finite"),
        (lambda: WeightSpace(2) & WeightSpace(3), "2 and 3 criteria do not meet"),
        (lambda: WeightSpace(2).contains(np.array([0.5, 0.5])), "do not fit 2 criteria"),
        (lambda: WeightSpace(2).contains(np.ones((4, 3)) / 3), "do not fit 2 criteria"),
        (lambda: WeightSpace(2).extremes([1]), "must be 2 finite numbers"),
        (lambda: WeightSpace(2).extremes([1, float("nan")]), "must be 2 finite numbers"),
    ],
)
def test_what_makes_no_sense_is_refused(build: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        build()


# ------------------------------------------------------------------ conflicts


@pytest.mark.parametrize(
    ("space", "reason"),
    [
        (
            WeightSpace(3).interval(2, 0.1).at_least(0, 1).at_least(1, 0, margin=0.1),
            "consent >= cost; cost >= consent + 0.1",
        ),
        (
            WeightSpace(3).ordered([0, 1, 2]).at_least(2, 0, margin=0.05),
            "consent >= cost; cost >= speed; speed >= consent + 0.05",
        ),
        (
            WeightSpace(3).interval(0, 0.5).interval(1, 0.4).interval(2, 0.2),
            "consent >= 0.5; cost >= 0.4; speed >= 0.2",
        ),
        (
            WeightSpace(3).interval(0, 0, 0.3).interval(1, 0, 0.3).interval(2, 0, 0.3),
            "consent <= 0.3; cost <= 0.3; speed <= 0.3",
        ),
        (WeightSpace(3).ratio(0, 1, 3).interval(1, 0.3), "consent >= 3 x cost; cost >= 0.3"),
        (WeightSpace(3).linear([1, 1, 1], 0.5), "consent + cost + speed <= 0.5"),
    ],
)
def test_an_empty_space_names_the_statements_that_conflict(space: WeightSpace, reason: str) -> None:
    names = ["consent", "cost", "speed"]
    assert space.is_empty
    assert space.why_empty(names) == f"no weights (0 or more, sum 1) fulfil: {reason}"
    for ask in (space.interior, lambda: space.extremes([1, 0, 0])):
        with pytest.raises(ValueError, match=r"no weights .* fulfil: "):
            ask()


def test_a_space_with_one_set_of_weights_is_not_empty() -> None:
    space = WeightSpace(3).interval(0, 0.5).interval(1, 0.4).interval(2, 0.1)
    assert space.why_empty() is None
    assert space.interior().point == pytest.approx([0.5, 0.4, 0.1], abs=1e-9)


@given(spaces())
def test_without_any_one_statement_of_the_conflict_there_is_none(space: WeightSpace) -> None:
    for left_out in space.conflict:
        rest = tuple(statement for statement in space.conflict if statement is not left_out)
        assert not WeightSpace(space.criteria, rest).is_empty
    if space.is_empty:
        assert not space.contains(simplex_sample(space.criteria)).any()


@given(st.lists(st.tuples(tenths, tenths).map(sorted), min_size=1, max_size=8))
def test_intervals_conflict_when_their_sums_miss_one(bounds: list[list[float]]) -> None:
    space = WeightSpace(len(bounds))
    for i, (low, high) in enumerate(bounds):
        space = space.interval(i, low, high)
    lows, highs = (sum(round(10 * bound[k]) for bound in bounds) for k in (0, 1))
    assert space.is_empty == (not lows <= 10 <= highs)


# ------------------------------------------------------------------ interior


def test_the_middle_of_the_simplex() -> None:
    """The triangle with side sqrt(2) has an inscribed circle of radius sqrt(2) / sqrt(12)."""
    point, radius, directions = WeightSpace(3).interior()
    assert point == pytest.approx([1 / 3] * 3, abs=1e-9)
    assert radius == pytest.approx(1 / np.sqrt(6), abs=1e-9)
    assert directions.shape == (2, 3)


def test_a_statement_that_acts_as_an_equality_leaves_a_flat_to_move_in() -> None:
    """w1 = w2: from (0, 0, 1) to (1/2, 1/2, 0), a length of sqrt(3/2)."""
    point, radius, directions = WeightSpace(3).at_least(0, 1).at_least(1, 0).interior()
    assert point == pytest.approx([0.25, 0.25, 0.5], abs=1e-9)
    assert radius == pytest.approx(np.sqrt(1.5) / 2, abs=1e-9)
    assert np.abs(directions) == pytest.approx(np.array([[1, 1, 2]]) / np.sqrt(6), abs=1e-9)


def test_one_criterion_leaves_one_point() -> None:
    point, radius, directions = WeightSpace(1).interior()
    assert (point.tolist(), radius, directions.shape) == ([1.0], 0.0, (0, 1))


@given(spaces())
def test_the_ball_around_the_point_is_in_the_space(space: WeightSpace) -> None:
    if space.is_empty:
        return
    point, radius, directions = space.interior()
    assert point.min() >= 0
    assert (radius > 0) == (len(directions) > 0)
    assert directions @ directions.T == pytest.approx(np.eye(len(directions)), abs=1e-9)
    steps = np.vstack([directions, -directions, np.zeros((1, space.criteria))])
    assert space.contains(point + radius * (1 - 1e-6) * steps).all()


@given(spaces())
def test_nothing_in_the_space_lies_outside_its_flat(space: WeightSpace) -> None:
    if space.is_empty:
        return
    point, _, directions = space.interior()
    for objective in np.eye(space.criteria):
        for found in space.extremes(objective)[2:]:
            away = np.asarray(found) - point
            assert away @ directions.T @ directions == pytest.approx(away, abs=1e-7)


# ------------------------------------------------------------------ extremes


@pytest.mark.parametrize("n", [1, 2, 5, 14])
def test_the_extremes_over_an_order_are_those_of_its_corners(n: int) -> None:
    """The corners are (1, 0, ..), (1/2, 1/2, 0, ..), ...; the rank-order centroid is their mean."""
    space = WeightSpace(n).ordered(range(n))
    corners = np.array([[1 / k] * k + [0] * (n - k) for k in range(1, n + 1)])
    assert space.contains(corners).all()
    assert space.contains(rank_order_centroid(range(n))[None, :]).all()
    for objective in np.random.default_rng(1).normal(size=(5, n)):
        least, most, at_least, at_most = space.extremes(objective)
        assert (least, most) == pytest.approx(
            (min(corners @ objective), max(corners @ objective)), abs=1e-9
        )
        assert space.contains(np.stack([at_least, at_most])).all()
        assert (at_least @ objective, at_most @ objective) == (least, most)


@given(
    st.lists(st.integers(1, 50), min_size=2, max_size=8),
    st.integers(0, 20),
    st.booleans(),
    st.integers(0, 100),
)
def test_the_extremes_within_x_are_those_of_filling_up(
    points: list[int], percent: int, relative: bool, seed: int
) -> None:
    """Start from the lower bounds and give what is left to the best criteria first."""
    weights = normalise_points(points)
    reach = percent / 100 * (weights if relative else np.ones_like(weights))
    lows, highs = np.maximum(weights - reach, 0), np.minimum(weights + reach, 1)
    objective = np.random.default_rng(seed).normal(size=len(points))
    expected = []
    for order in (np.argsort(objective), np.argsort(-objective)):
        filled = lows.copy()
        for i in order:
            filled[i] += min(highs[i] - lows[i], 1 - filled.sum())
        expected.append(filled @ objective)
    space = WeightSpace(len(points)).within(weights, percent / 100, relative=relative)
    assert space.extremes(objective)[:2] == pytest.approx(expected, abs=1e-8)


@given(spaces(), st.integers(0, 100))
def test_no_sampled_weights_beat_the_extremes(space: WeightSpace, seed: int) -> None:
    if space.is_empty:
        return
    objective = np.random.default_rng(seed).normal(size=space.criteria)
    sample = simplex_sample(space.criteria)
    reached = sample[space.contains(sample)] @ objective
    least, most, _, _ = space.extremes(objective)
    assert least <= most + 1e-9
    assert np.all(reached >= least - 1e-8)
    assert np.all(reached <= most + 1e-8)


# ------------------------------------------------------------------ the shipped question


def test_every_perspective_is_in_its_own_neighbourhood_and_order(shipped: Question) -> None:
    n = len(shipped.criteria)
    for perspective in shipped.perspectives:
        points = perspective_points(shipped, perspective)
        weights = normalise_points(list(points.values()))
        order = np.argsort(-weights, kind="stable").tolist()
        space = WeightSpace(n).within(weights, 0.05) & WeightSpace(n).ordered(order)
        assert space.contains(weights[None, :]).tolist() == [True]
        assert space.contains(space.interior().point[None, :]).tolist() == [True]


def test_sixty_criteria() -> None:
    weights = normalise_points(range(1, 61))
    near = WeightSpace(60).within(weights, 0.25, relative=True)
    point, radius, directions = near.interior()
    assert near.contains(point[None, :]).tolist() == [True]
    # The smallest weight can move by a quarter of 1/1830 and binds the ball in its direction.
    assert radius == pytest.approx(0.25 / 1830 / np.sqrt(59 / 60), abs=1e-9)
    assert len(directions) == 59
    exact = WeightSpace(60).within(weights, 0.0)
    assert exact.interior().point == pytest.approx(weights, abs=1e-9)


def test_the_solver_is_loaded_only_when_asked_for() -> None:
    """The first page imports the methods and must not wait for scipy."""
    program = (
        "import sys, dashboard.methods.weight_space as space, dashboard.methods.best_worst;"
        "space.WeightSpace(2).at_least(0, 1).constraints;"
        "assert not any(name.startswith('scipy') for name in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
