"""The smallest combined change of weights, or the proof that there is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog, minimize

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import evaluate
from dashboard.methods.ranks import TIE_TOLERANCE, competition_ranks
from dashboard.methods.weights import normalise_points, perspective_points
from dashboard.model.question import Question
from dashboard.robustness.combined_flip import CombinedFlip, NoFlip, combined_flip, pair_flip
from dashboard.robustness.stability import nearest_switch
from tests.conftest import fixture_json

HALVES = np.array([0.5, 0.5])

matrices = arrays(np.float64, (4, 4), elements=st.integers(0, 10).map(lambda v: 10.0 * v))
all_points = st.lists(st.integers(0, 9), min_size=4, max_size=4).filter(any)
locks = st.lists(st.booleans(), min_size=4, max_size=4)


def bounds_of(weights: Floats, locked: list[bool]) -> tuple[Floats, Floats]:
    return np.where(locked, weights, 0.0), np.where(locked, weights, 1.0)


def test_a_hand_worked_pair_of_criteria() -> None:
    # 60 w2 >= 100 w1 from w1 = 0.375 down: 0.225 of the weight moves from one to the other.
    flip = combined_flip(np.array([[100.0, 0.0], [0.0, 60.0]]), np.array([0.6, 0.4]), 1)
    assert isinstance(flip, CombinedFlip)
    for change in (flip.least_moved, flip.nearest):
        assert change.weights == pytest.approx([0.375, 0.625])
        assert change.moved == pytest.approx(0.225)
        assert change.distance == pytest.approx(0.225 * np.sqrt(2))


def test_a_hand_worked_case_in_which_the_two_measures_part() -> None:
    # The second row is ahead by 50, 0 and -10: 23 points in all. Moving x from the first weight to
    # the third makes up 60 x, so x = 23 / 60. The nearest weights lie along the differences less
    # their mean, (-110, 40, 70) / 3, whose square is 6200 / 3: a step of 69 / 6200.
    values, weights = np.array([[0.0, 0.0, 10.0], [50.0, 0.0, 0.0]]), np.array([0.5, 0.3, 0.2])
    flip = combined_flip(values, weights, 0)
    assert isinstance(flip, CombinedFlip)
    assert flip.least_moved.moved == pytest.approx(23 / 60)
    assert flip.least_moved.weights == pytest.approx([0.5 - 23 / 60, 0.3, 0.2 + 23 / 60])
    assert flip.nearest.weights == pytest.approx(
        [0.5 - 2530 / 6200, 0.3 + 920 / 6200, 0.2 + 1610 / 6200]
    )
    assert flip.nearest.distance == pytest.approx(23 / np.sqrt(6200 / 3))
    assert flip.nearest.moved == pytest.approx(2530 / 6200)


def test_a_mix_of_others_is_the_proof_that_nothing_helps() -> None:
    # 60 % of the first and 40 % of the second are worth 60 and 40: 10 points better on both.
    values = np.array([[100.0, 0.0], [0.0, 100.0], [50.0, 30.0]])
    proof = combined_flip(values, HALVES, 2)
    assert isinstance(proof, NoFlip)
    assert proof.mixture == pytest.approx([0.6, 0.4, 0.0])
    assert proof.advantage == pytest.approx([10.0, 10.0])
    assert proof.margin == pytest.approx(10.0)


def test_a_pair_asks_about_one_rival_only() -> None:
    values = np.array([[100.0, 0.0], [0.0, 100.0], [50.0, 30.0]])
    flip = pair_flip(values, HALVES, 2, 0)
    # Level where 100 w1 = 50 w1 + 30 w2: w1 = 3/8.
    assert isinstance(flip, CombinedFlip)
    assert flip.nearest.weights == pytest.approx([3 / 8, 5 / 8])
    proof = pair_flip(np.array([[100.0, 10.0], [80.0, 5.0], [0.0, 90.0]]), HALVES, 1, 0)
    assert isinstance(proof, NoFlip)
    assert proof.mixture.tolist() == [1.0, 0.0, 0.0]
    assert proof.margin == pytest.approx(5.0)


def test_a_locked_weight_stays_and_can_make_the_change_impossible() -> None:
    values = np.array([[100.0, 0.0, 0.0], [0.0, 100.0, 0.0], [0.0, 0.0, 100.0]])
    weights = np.array([0.5, 0.3, 0.2])
    lower, upper = bounds_of(weights, [True, False, False])
    tie = combined_flip(values, weights, 1, lower=lower, upper=upper)
    # All the free half given to the second only ties it with the first.
    assert isinstance(tie, CombinedFlip)
    assert tie.nearest.weights == pytest.approx([0.5, 0.5, 0.0], abs=1e-10)
    lower, upper = bounds_of(weights, [True, False, True])
    stuck = combined_flip(values, weights, 1, lower=lower, upper=upper)
    assert isinstance(stuck, NoFlip)
    assert stuck.mixture == pytest.approx([1.0, 0.0, 0.0])
    # Better under the permitted weights by 50 - 30, though not on every criterion.
    assert stuck.margin == pytest.approx(20.0)
    assert stuck.advantage == pytest.approx([100.0, -100.0, 0.0])


def test_whoever_leads_or_ties_needs_no_change() -> None:
    values = np.array([[50.0, 50.0], [50.0, 50.0], [0.0, 100.0]])
    for row in range(3):
        flip = combined_flip(values, HALVES, row)
        assert isinstance(flip, CombinedFlip)
        assert flip.least_moved.moved == 0.0
        assert flip.nearest.weights.tolist() == [0.5, 0.5]
    alone = combined_flip(np.array([[7.0]]), np.array([1.0]), 0)
    assert isinstance(alone, CombinedFlip)
    assert alone.nearest.distance == 0.0


def test_a_target_that_can_only_tie_is_led_to_the_tie() -> None:
    # Exactly the middle of two others: it is level with both at equal weights and nowhere ahead.
    values = np.array([[100.0, 0.0], [0.0, 100.0], [50.0, 50.0]])
    flip = combined_flip(values, np.array([0.9, 0.1]), 2)
    assert isinstance(flip, CombinedFlip)
    for change in (flip.least_moved, flip.nearest):
        assert change.weights == pytest.approx([0.5, 0.5], abs=1e-9)
    # A mix whose shares have no exact binary form, so that rounding decides who is ahead. Its
    # parts are level, and it with them, only where the weights are as 1/100 : 1/70 : 1/30.
    parts = np.diag([100.0, 70.0, 30.0])
    mixed = np.vstack([parts, np.array([0.3, 0.6, 0.1]) @ parts])
    flip = combined_flip(mixed, np.array([0.2, 0.3, 0.5]), 3)
    assert isinstance(flip, CombinedFlip)
    for change in (flip.least_moved, flip.nearest):
        assert change.weights == pytest.approx(normalise_points([21, 30, 70]), abs=1e-9)
        assert competition_ranks(mixed @ change.weights)[3] == 1


@pytest.mark.parametrize("perspective", sorted(fixture_json("switches")))
def test_moving_weights_together_never_costs_more_than_moving_one(
    shipped: Question, perspective: str
) -> None:
    evaluation = evaluate(shipped, perspective_points(shipped, shipped.perspective(perspective)))
    switch = nearest_switch(evaluation.values, evaluation.weights, evaluation.order[0])
    assert switch is not None
    flip = combined_flip(evaluation.values, evaluation.weights, switch.new_leader)
    assert isinstance(flip, CombinedFlip)
    assert 0 < flip.least_moved.moved <= abs(switch.at - switch.now)


def test_every_shipped_proposal_can_lead_or_is_beaten_by_a_mix(shipped: Question) -> None:
    evaluation = evaluate(shipped, perspective_points(shipped, shipped.perspective("ukraine")))
    values, weights = evaluation.values, evaluation.weights
    for row in range(len(values)):
        found = combined_flip(values, weights, row)
        # No mix beats any of them: each is best under some weights.
        assert isinstance(found, CombinedFlip)
        for change in (found.least_moved, found.nearest):
            assert competition_ranks(values @ change.weights)[row] == 1
            assert change.moved == pytest.approx(np.abs(change.weights - weights).sum() / 2)


@settings(max_examples=60)
@given(matrices, all_points, locks)
def test_the_change_is_permitted_and_none_is_smaller(
    values: Floats, points: list[int], locked: list[bool]
) -> None:
    weights = normalise_points(points)
    lower, upper = bounds_of(weights, locked)
    found = combined_flip(values, weights, 0, lower=lower, upper=upper)
    behind = values[1:] - values[0]
    if isinstance(found, NoFlip):
        assert found.mixture[0] == 0
        assert np.all(found.mixture >= 0)
        assert found.mixture.sum() == pytest.approx(1, abs=1e-12)
        assert found.advantage == pytest.approx(found.mixture @ values - values[0], abs=1e-9)
        # The least advantage over the permitted weights, by a second way.
        worst = linprog(
            found.advantage,
            A_eq=np.ones((1, 4)),
            b_eq=[1],
            bounds=[*zip(lower, upper, strict=True)],
        )
        assert worst.fun == pytest.approx(found.margin, abs=1e-7)
        assert found.margin > 0
        return
    for change in (found.least_moved, found.nearest):
        assert np.all(change.weights >= lower)
        assert np.all(change.weights <= upper)
        assert change.weights.sum() == pytest.approx(1, abs=1e-12)
        assert np.all(behind @ change.weights <= TIE_TOLERANCE * 1.01)
    assert found.least_moved.moved <= found.nearest.moved + 1e-8
    # Karush-Kuhn-Tucker for the projection, in its geometric form: from the nearest weights, no
    # permitted ones lie on the side of the present weights.
    pull = weights - found.nearest.weights
    furthest = linprog(
        -pull, behind, np.zeros(3), np.ones((1, 4)), [1], [*zip(lower, upper, strict=True)]
    )
    if furthest.status == 0:
        assert -furthest.fun - pull @ found.nearest.weights == pytest.approx(0, abs=1e-8)
    # The same for the least moved: its dual bound, from a programme written in gains and losses.
    n = 4
    split = linprog(
        np.ones(2 * n),
        np.hstack([behind, -behind]),
        -behind @ weights,
        np.hstack([np.ones((1, n)), -np.ones((1, n))]),
        [0],
        [(0, u - w) for u, w in zip(upper, weights, strict=True)]
        + [(0, w - low) for low, w in zip(lower, weights, strict=True)],
    )
    if split.status == 0:
        assert split.fun / 2 == pytest.approx(found.least_moved.moved, abs=1e-8)


def test_a_general_solver_finds_the_same_nearest_weights() -> None:
    rng = np.random.default_rng(7)
    values, weights = rng.random((8, 6)) * 100, rng.dirichlet(np.ones(6))
    flips = 0
    for row in range(8):
        found = combined_flip(values, weights, row)
        if isinstance(found, NoFlip) or found.nearest.distance == 0:
            continue
        flips += 1
        lead = values[row] - np.delete(values, row, axis=0)
        second = minimize(
            lambda w: ((w - weights) ** 2).sum(),
            found.least_moved.weights,
            jac=lambda w: 2 * (w - weights),
            bounds=[(0, 1)] * 6,
            constraints=[
                {"type": "eq", "fun": lambda w: w.sum() - 1},
                {
                    "type": "ineq",
                    "fun": lambda w, lead=lead: lead @ w,
                    "jac": lambda _, lead=lead: lead,
                },
            ],
            method="SLSQP",
            options={"ftol": 1e-14, "maxiter": 500},
        )
        assert second.success
        assert found.nearest.weights == pytest.approx(second.x, abs=1e-5)
        assert found.nearest.distance <= np.sqrt(second.fun) + 1e-9
    assert flips >= 3


@settings(max_examples=25)
@given(matrices, all_points, st.permutations(range(4)))
def test_scale_order_and_duplicates_change_nothing(
    values: Floats, points: list[int], order: list[int]
) -> None:
    weights = normalise_points(points)
    plain = combined_flip(values, weights, 0)
    others = [
        combined_flip(values * 0.3 + 5, weights, 0),
        combined_flip(values[:, order], weights[order], 0),
        combined_flip(np.vstack([values, values[1], values[0]]), weights, 0),
    ]
    for other in others:
        assert type(other) is type(plain)
        if isinstance(plain, CombinedFlip) and isinstance(other, CombinedFlip):
            assert other.least_moved.moved == pytest.approx(plain.least_moved.moved, abs=1e-8)
            assert other.nearest.distance == pytest.approx(plain.nearest.distance, abs=1e-8)


def test_large_questions_are_solved() -> None:
    rng = np.random.default_rng(1)
    values, weights = rng.random((200, 60)) * 100, rng.dirichlet(np.ones(60))
    row = int(np.argmin(values @ weights))
    flip = combined_flip(values, weights, row)
    assert isinstance(flip, CombinedFlip)
    for change in (flip.least_moved, flip.nearest):
        assert competition_ranks(values @ change.weights)[row] == 1
    assert flip.nearest.distance <= flip.least_moved.distance
    assert flip.least_moved.moved <= flip.nearest.moved


def test_what_cannot_be_asked_is_refused() -> None:
    values = np.array([[1.0, 2.0], [3.0, 4.0]])
    with pytest.raises(ValueError, match="not different rows of 2"):
        combined_flip(values, HALVES, 2)
    with pytest.raises(ValueError, match="not different rows of 2"):
        pair_flip(values, HALVES, 1, 1)
    with pytest.raises(ValueError, match="must sum to 1"):
        combined_flip(values, np.array([0.5, 0.4]), 0)
    with pytest.raises(ValueError, match=r"\(3,\) weights do not fit 2 criteria"):
        combined_flip(values, np.ones(3) / 3, 0)
    with pytest.raises(ValueError, match="matrix of finite numbers"):
        combined_flip(values * np.nan, HALVES, 0)
    with pytest.raises(ValueError, match="0 <= lower <= upper <= 1"):
        combined_flip(values, HALVES, 0, lower=np.array([0.6, 0.0]), upper=np.array([0.5, 1.0]))
    with pytest.raises(ValueError, match="no weights within the bounds"):
        combined_flip(values, HALVES, 0, upper=np.array([0.2, 0.3]))
    with pytest.raises(ValueError, match="bounds do not fit"):
        combined_flip(values, HALVES, 0, upper=np.array([1.0]))


def test_an_option_that_can_be_level_and_no_more_is_said_to() -> None:
    values = np.array([[60.0, 80.0], [60.0, 40.0]])
    flip = combined_flip(values, np.array([0.5, 0.5]), 1)
    assert isinstance(flip, CombinedFlip)
    assert flip.ties_only
    assert flip.least_moved.weights == pytest.approx([1.0, 0.0])
    # A mix of two that is never worse than the third, and no better where all weight is on one.
    mixed = np.array([[10.0, 0.0, 4.0], [0.0, 10.0, 4.0], [5.0, 5.0, 4.0]])
    between = combined_flip(mixed, np.array([0.6, 0.2, 0.2]), 2)
    assert isinstance(between, CombinedFlip)
    assert between.ties_only
    free = combined_flip(np.array([[60.0, 80.0], [61.0, 40.0]]), np.array([0.5, 0.5]), 1)
    assert isinstance(free, CombinedFlip)
    assert not free.ties_only


@settings(max_examples=60)
@given(
    arrays(np.float64, (3, 3), elements=st.integers(0, 3).map(float)),
    st.lists(st.integers(0, 3), min_size=3, max_size=3).filter(any),
)
def test_what_can_lead_by_some_weights_of_a_fine_grid_does_not_only_tie(
    values: Floats, points: list[int]
) -> None:
    weights = np.array(points) / sum(points)
    steps = np.linspace(0, 1, 31)
    grid = np.array([[a, b, 1 - a - b] for a in steps for b in steps if a + b <= 1 + 1e-12])
    scores = grid @ values.T
    for target in range(3):
        if (values @ weights)[target] > (values @ weights).max() - 1e-9:
            continue
        flip = combined_flip(values, weights, target)
        others = np.delete(scores, target, axis=1).max(axis=1)
        if (scores[:, target] > others + 1e-6).any():
            assert isinstance(flip, CombinedFlip)
            assert not flip.ties_only
        if isinstance(flip, CombinedFlip) and flip.ties_only:
            assert (scores[:, target] <= others + 1e-9).all()
