"""The single score that changes the leader."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dashboard.methods.arrays import Floats, Performance, performance, plain_spread
from dashboard.methods.evaluate import evaluate
from dashboard.methods.partial_values import partial_values
from dashboard.methods.ranks import competition_ranks
from dashboard.methods.weights import perspective_points
from dashboard.model.question import Question
from dashboard.model.value_tree import CurvePoint
from dashboard.robustness.score_flip import ScoreFlip, nearest_score_flip, score_flips
from tests.conftest import fixture_json

RISING = ((0.0, 0.0), (100.0, 100.0))
FALLING = ((10.0, 0.0), (0.0, 100.0))
BENT = ((0.0, 0.0), (400.0, 50.0), (2500.0, 100.0))
HALVES = np.array([0.5, 0.5])


def leader_with(
    raw: Performance,
    curves: list[tuple[CurvePoint, ...]],
    weights: Floats,
    flip: ScoreFlip,
    at: float,
) -> tuple[int, list[int]]:
    """The rank of the new leader, and all ranks, with the one performance put elsewhere."""
    moved = raw.likely.copy()
    moved[flip.alternative, flip.criterion] = at
    ranks = competition_ranks(partial_values(moved, curves) @ weights)
    return int(ranks[flip.new_leader]), ranks.tolist()


def test_a_hand_worked_question() -> None:
    # Values 60 and 50 against 45 and 50: 55 leads 47.5.
    raw = Performance(
        low=np.array([[40.0, 5.0], [40.0, 1.0]]),
        likely=np.array([[60.0, 5.0], [45.0, 5.0]]),
        high=np.array([[70.0, 9.0], [90.0, 6.0]]),
    )
    flips = score_flips(raw, [RISING, FALLING], HALVES)
    # 15 points of value make up the gap of 7.5 in either criterion. The leader may fall to 45
    # (band to 40) or its cost rise to 6.5 (to 9); the rival may rise to 60 (to 90) or its cost
    # fall to 3.5 (to 1).
    expected = [
        (1, 0, 45.0, 60.0, 90.0, 60.0, 15 / 45, 1, 7.5),
        (0, 1, 5.0, 6.5, 9.0, 35.0, 1.5 / 4, 1, 7.5),
        (1, 1, 5.0, 3.5, 1.0, 65.0, 1.5 / 4, 1, 7.5),
        (0, 0, 60.0, 45.0, 40.0, 45.0, 15 / 20, 1, 7.5),
    ]
    assert len(flips) == 4
    for found, wanted in zip(flips, expected, strict=True):
        assert found[:9] == pytest.approx(wanted)
    assert nearest_score_flip(raw, [RISING, FALLING], HALVES) == flips[0]


def test_the_value_is_followed_back_through_a_bent_curve() -> None:
    # The rival is worth 25 at 200 and the leader 75 at 1450, on the upper leg of the curve.
    raw = Performance(
        low=np.array([[1450.0], [200.0]]),
        likely=np.array([[1450.0], [200.0]]),
        high=np.array([[1450.0], [2500.0]]),
    )
    (flip,) = score_flips(raw, [BENT], np.array([1.0]))
    assert flip[:9] == pytest.approx((1, 0, 200.0, 1450.0, 2500.0, 75.0, 1250 / 2300, 1, 50.0))


def test_drawing_level_at_the_end_of_the_band_is_no_flip() -> None:
    raw = Performance(
        low=np.array([[50.0], [30.0]]),
        likely=np.array([[60.0], [40.0]]),
        high=np.array([[70.0], [60.0]]),
    )
    assert score_flips(raw, [RISING], np.array([1.0])) == []
    assert nearest_score_flip(raw, [RISING], np.array([1.0])) is None


def test_without_bands_without_rivals_or_without_weight_nothing_flips() -> None:
    likely = np.array([[60.0, 5.0], [40.0, 5.0]])
    flat = Performance(likely, likely, likely)
    assert score_flips(flat, [RISING, FALLING], HALVES) == []
    one = Performance(likely[:1] - 1, likely[:1], likely[:1] + 1)
    assert score_flips(one, [RISING, FALLING], HALVES) == []
    # With no weight on the first criterion the two are level, and it cannot part them either.
    wide = Performance(likely, likely, np.array([[60.0, 5.0], [100.0, 5.0]]))
    assert score_flips(wide, [RISING, FALLING], np.array([0.0, 1.0])) == []


def test_a_tied_rival_takes_the_lead_with_its_first_step() -> None:
    raw = Performance(np.full((2, 1), 40.0), np.full((2, 1), 50.0), np.full((2, 1), 60.0))
    flips = score_flips(raw, [RISING], np.array([1.0]))
    assert [(flip.alternative, flip.share, flip.new_leader) for flip in flips] == [
        (0, 0.0, 1),
        (1, 0.0, 1),
    ]
    assert {flip.performance for flip in flips} == {50.0}
    assert score_flips(raw, [RISING], np.array([1.0]), leader=1)[0].new_leader == 0


@pytest.mark.parametrize("perspective", sorted(fixture_json("switches")))
def test_in_the_shipped_question_the_lead_changes_just_past_each_flip_and_not_before(
    shipped: Question, perspective: str
) -> None:
    evaluation = evaluate(shipped, perspective_points(shipped, shipped.perspective(perspective)))
    raw, curves = performance(shipped), [criterion.points for criterion in shipped.criteria]
    flips = score_flips(raw, curves, evaluation.weights)
    leader = evaluation.order[0]
    for flip in flips:
        assert 0 < flip.share < 1
        step = (flip.end - flip.likely) * 1e-6
        before = leader_with(raw, curves, evaluation.weights, flip, flip.performance - step)[1]
        after = leader_with(raw, curves, evaluation.weights, flip, flip.performance + step)
        assert before[leader] == 1
        assert after[0] == 1
        assert after[1][leader] > 1
    # Whatever is not listed holds at both ends of its band; values are monotone in between.
    listed = {(flip.alternative, flip.criterion) for flip in flips}
    for cell in np.ndindex(raw.likely.shape):
        if cell not in listed:
            for end in (raw.low, raw.high):
                moved = raw.likely.copy()
                moved[cell] = end[cell]
                scores = partial_values(moved, curves) @ evaluation.weights
                assert competition_ranks(scores)[leader] == 1


bands = arrays(np.float64, (3, 4, 2), elements=st.integers(0, 10).map(float))


@settings(max_examples=60)
@given(bands, st.integers(1, 9))
def test_a_flip_is_listed_exactly_where_an_end_of_a_band_changes_the_leader(
    raw_bands: Floats, points: int
) -> None:
    low, likely, high = np.sort(raw_bands, axis=0)
    raw, curves = Performance(low, likely, high), [((0.0, 0.0), (10.0, 100.0)), FALLING]
    weights = np.array([points / 10, 1 - points / 10])
    scores = partial_values(likely, curves) @ weights
    leader = int(np.argmin(competition_ranks(scores)))
    flips = score_flips(raw, curves, weights)
    assert [flip.share for flip in flips] == sorted(flip.share for flip in flips)
    changed = set()
    for cell in np.ndindex(likely.shape):
        for end in (low, high):
            moved = likely.copy()
            moved[cell] = end[cell]
            if competition_ranks(partial_values(moved, curves) @ weights)[leader] != 1:
                changed.add(cell)
    assert {(flip.alternative, flip.criterion) for flip in flips} == changed
    for flip in flips:
        moved = likely.copy()
        moved[flip.alternative, flip.criterion] = flip.performance
        level = partial_values(moved, curves) @ weights
        assert level[flip.new_leader] == pytest.approx(level[leader], abs=1e-9)
        assert level[leader] == pytest.approx(level.max(), abs=1e-9)


def sharing(
    low: list[float], likely: list[float], high: list[float], rows: list[int]
) -> Performance:
    """One criterion, on which some rows share an error."""
    least, middle, most = (np.array(side, dtype=float)[:, None] for side in (low, likely, high))
    spread = plain_spread((len(likely), 1))
    spread.group[rows, 0] = 0
    return Performance(least, middle, most, spread)


def test_a_shared_error_moves_each_score_within_its_own_band() -> None:
    # B may rise by 1 and C by 36 together, so C passes A at a quarter of the way to 80, as alone.
    raw = sharing([50, 44, 10], [50, 45, 44], [50, 46, 80], [1, 2])
    flip = score_flips(raw, [RISING], np.array([1.0]))[0]
    assert (flip.alternative, flip.new_leader, flip.along) == (2, 2, (1,))
    assert flip.performance == pytest.approx(50)
    assert flip.share == pytest.approx(6 / 36)
    # The leader falls faster than the rival that shares its error.
    (fall,) = score_flips(sharing([20, 48], [50, 49], [80, 50], [0, 1]), [RISING], np.array([1.0]))
    assert (fall.alternative, fall.new_leader, fall.along) == (1, 1, (0,))
    assert fall.share == pytest.approx(1 / 29)
    assert fall.performance == pytest.approx(49 - fall.share)
    # Equal bands move alike, so the lead stays.
    alike = sharing([40, 39], [50, 49], [60, 59], [0, 1])
    assert score_flips(alike, [RISING], np.array([1.0])) == []


def test_a_certain_score_within_a_shared_error_stays() -> None:
    raw = sharing([50, 49, 20], [50, 49, 48], [50, 49, 80], [0, 1, 2])
    flip = score_flips(raw, [RISING], np.array([1.0]))[0]
    assert (flip.alternative, flip.new_leader, flip.along) == (2, 2, ())
    assert flip.performance == pytest.approx(50)


def test_what_cannot_be_judged_is_refused() -> None:
    likely = np.array([[60.0, 5.0], [40.0, 5.0]])
    raw, curves = Performance(likely, likely, likely), [RISING, FALLING]
    with pytest.raises(ValueError, match="row 1 does not lead"):
        score_flips(raw, curves, HALVES, leader=1)
    with pytest.raises(ValueError, match="not in order"):
        score_flips(Performance(likely + 1, likely, likely + 2), curves, HALVES)
    with pytest.raises(ValueError, match="not a finite number"):
        score_flips(Performance(likely, likely, likely * np.inf), curves, HALVES)
    with pytest.raises(ValueError, match="one shape"):
        score_flips(Performance(likely[:1], likely, likely), curves, HALVES)
    with pytest.raises(ValueError, match="must sum to 1"):
        score_flips(raw, curves, np.array([0.9, 0.9]))
    with pytest.raises(ValueError, match="do not fit 1 curves"):
        score_flips(raw, [RISING], HALVES)
