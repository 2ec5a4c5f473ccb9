"""What one rival asks of the weights: closed forms against programmes, and against a grid."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from dashboard.methods.arrays import Floats
from dashboard.methods.weights import normalise_points
from dashboard.robustness.combined_flip import CombinedFlip, NoFlip, pair_flip
from dashboard.robustness.half_space import least_moved, nearest, weight_to_level

WITHIN = 1e-9

coarse = st.integers(-10, 10).map(lambda v: 10.0 * v)
fine = st.integers(-400, 400).map(lambda v: v / 4)
"""No finer: what lies within the solver's tolerance of nought is nought to it."""

differences = st.integers(1, 8).flatmap(
    lambda n: arrays(np.float64, n, elements=st.one_of(coarse, fine))
)


@st.composite
def behind(draw: st.DrawFn) -> tuple[Floats, Floats]:
    """Differences, and weights under which their sum is below nought."""
    row = draw(differences)
    points = draw(st.lists(st.integers(0, 9), min_size=len(row), max_size=len(row)).filter(any))
    weights = normalise_points(points)
    return (row, weights) if row @ weights <= 0 else (-row, weights)


def programme(row: Floats, weights: Floats) -> float | None:
    """The least weight moved, from gains and losses; None where no weights are enough."""
    n = len(row)
    found = linprog(
        np.ones(2 * n),
        np.concatenate([-row, row])[None, :],
        [row @ weights],
        np.concatenate([np.ones(n), -np.ones(n)])[None, :],
        [0],
        [(0, 1 - w) for w in weights] + [(0, w) for w in weights],
    )
    return None if found.status == 2 else float(found.fun / 2)


def test_a_hand_worked_case() -> None:
    # 23 points behind: moving x from the first weight to the third makes up 60 x. The nearest
    # weights lie along the differences less their mean, (-110, 40, 70) / 3.
    row, weights = np.array([-50.0, 0.0, 10.0]), np.array([0.5, 0.3, 0.2])
    assert weight_to_level(row[None, :], weights) == pytest.approx([23 / 60], abs=1e-14)
    moved = least_moved(row, weights, 0.0)
    assert moved == pytest.approx(np.array([0.5 - 23 / 60, 0.3, 0.2 + 23 / 60]), abs=1e-14)
    step = np.array([-2530, 920, 1610]) / 6200
    assert nearest(row, weights, 0.0) == pytest.approx(weights + step, abs=1e-14)


def test_where_several_are_equally_good_few_weights_change() -> None:
    # Both first criteria lose alike: the heavier gives; both last gain alike: the later takes.
    row, weights = np.array([-10.0, -10.0, 5.0, 5.0]), np.array([0.3, 0.4, 0.15, 0.15])
    moved = least_moved(row, weights, 0.0)
    assert moved == pytest.approx(np.array([0.3, 0.4 - 11 / 30, 0.15, 0.15 + 11 / 30]))


def test_who_is_nowhere_better_is_told_by_infinity() -> None:
    row, weights = np.array([-1.0, -0.5]), np.array([0.5, 0.5])
    assert weight_to_level(row[None, :], weights).tolist() == [np.inf]
    assert least_moved(row, weights, 0.0) is None
    assert nearest(row, weights, 0.0) is None


@settings(max_examples=60, deadline=None)
@given(behind())
def test_the_least_moved_is_that_of_the_linear_programme(case: tuple[Floats, Floats]) -> None:
    row, weights = case
    (level,) = weight_to_level(row[None, :], weights)
    moved = least_moved(row, weights, 0.0)
    best = programme(row, weights)
    if best is None or moved is None:
        assert best is None
        assert moved is None
        assert level == np.inf
        return
    assert level == pytest.approx(best, abs=WITHIN)
    assert np.abs(moved - weights).sum() / 2 == pytest.approx(level, abs=1e-12)
    assert moved.sum() == pytest.approx(1, abs=1e-12)
    assert moved.min() >= -1e-15
    assert row @ moved >= -1e-11


@settings(max_examples=60, deadline=None)
@given(behind())
def test_the_nearest_is_the_projection(case: tuple[Floats, Floats]) -> None:
    row, weights = case
    found = nearest(row, weights, 0.0)
    if found is None:
        assert row.max() < 0
        return
    assert found.min() >= 0
    assert found.sum() == pytest.approx(1, abs=1e-12)
    assert row @ found >= -1e-10
    # No permitted weights lie on the side of the present ones; a programme looks for the furthest.
    pull = weights - found
    furthest = linprog(-pull, -row[None, :], [1e-10], np.ones((1, len(row))), [1])
    assert -furthest.fun - pull @ found <= WITHIN * 10


def test_no_weights_of_a_grid_are_nearer() -> None:
    steps = 40
    grid = np.array(
        [(a, b, steps - a - b) for a, b in product(range(steps + 1), repeat=2) if a + b <= steps]
    )
    grid = grid / steps
    rng = np.random.default_rng(4)
    for _ in range(40):
        row, weights = rng.normal(size=3) * 30, rng.dirichlet(np.ones(3))
        row = row if row @ weights < 0 else -row
        allowed = grid[grid @ row >= 0]
        (level,) = weight_to_level(row[None, :], weights)
        close = nearest(row, weights, 0.0)
        if not len(allowed) or close is None:
            continue
        assert np.abs(allowed - weights).sum(axis=1).min() / 2 >= level - WITHIN
        distances = np.linalg.norm(allowed - weights, axis=1)
        assert distances.min() >= np.linalg.norm(close - weights) - WITHIN


def test_all_pairs_at_once_are_those_one_by_one() -> None:
    rng = np.random.default_rng(2)
    rows = rng.integers(-9, 10, (60, 5)).astype(np.float64) * 10
    weights = rng.dirichlet(np.ones(5))
    together = weight_to_level(rows, weights)
    for row, level in zip(rows, together, strict=True):
        assert weight_to_level(row[None, :], weights)[0] == pytest.approx(level, abs=1e-12)
        if row @ weights < 0:
            moved = least_moved(row, weights, 0.0)
            expected = np.inf if moved is None else np.abs(moved - weights).sum() / 2
            assert level == pytest.approx(expected, abs=1e-12)
        else:
            assert level == 0


def test_a_pair_without_bounds_needs_no_programme(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a programme was asked for")

    monkeypatch.setattr(scipy.optimize, "linprog", refused)
    monkeypatch.setattr(scipy.optimize, "nnls", refused)
    values = np.array([[90.0, 10.0, 50.0], [20.0, 70.0, 60.0], [80.0, 5.0, 50.0]])
    weights = np.array([0.6, 0.2, 0.2])
    flip = pair_flip(values, weights, 1, 0)
    assert isinstance(flip, CombinedFlip)
    # 28 points behind; each moved point of weight from the first to the second gains 130.
    assert flip.least_moved.moved == pytest.approx(28 / 130, abs=1e-12)
    proof = pair_flip(values, weights, 2, 0)
    assert isinstance(proof, CombinedFlip | NoFlip)
