"""What bands do to the gap between two alternatives."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.methods.arrays import Floats, Performance, performance
from dashboard.methods.evaluate import evaluate
from dashboard.methods.partial_values import partial_values
from dashboard.methods.weights import perspective_points
from dashboard.model.question import Question
from dashboard.robustness.tornado import tornado

RISING = ((0.0, 0.0), (100.0, 100.0))
FALLING = ((10.0, 0.0), (0.0, 100.0))
HALVES = np.array([0.5, 0.5])


def two() -> Performance:
    return Performance(
        low=np.array([[50.0, 2.0], [40.0, 4.0]]),
        likely=np.array([[60.0, 3.0], [40.0, 6.0]]),
        high=np.array([[80.0, 7.0], [50.0, 6.0]]),
    )


def test_a_hand_worked_pair() -> None:
    # Values 60 and 70 against 40 and 40: a gap of 10 + 15 points.
    found = tornado(two(), [RISING, FALLING], HALVES, 0, 1)
    assert found.gap == pytest.approx(25.0)
    cost, benefit = found.bars
    # On the cost (less is better): 80 or 30 for the first, 60 or 40 for the second.
    assert cost == pytest.approx((1, 30.0, 5.0, 15.0, 25.0, -5.0, 30.0, 35.0))
    assert cost.reverses
    # On the benefit: 50 or 80 for the first, 40 or 50 for the second.
    assert benefit == pytest.approx((0, 20.0, 35.0, 25.0, 20.0, 15.0, 35.0, 20.0))
    assert not benefit.reverses


def test_the_other_way_round_is_the_mirror_image() -> None:
    there = tornado(two(), [RISING, FALLING], HALVES, 0, 1)
    back = tornado(two(), [RISING, FALLING], HALVES, 1, 0)
    assert back.gap == pytest.approx(-there.gap)
    for a, b in zip(there.bars, back.bars, strict=True):
        assert a.criterion == b.criterion
        assert (b.least, b.most, b.swing) == pytest.approx((-a.most, -a.least, a.swing))
        assert (b.first_low, b.second_high) == pytest.approx((-a.second_low, -a.first_high))


def test_every_bar_of_the_shipped_question_is_the_gap_worked_out_again(shipped: Question) -> None:
    evaluation = evaluate(shipped, perspective_points(shipped, shipped.perspective("finance")))
    raw = performance(shipped)
    curves = [criterion.points for criterion in shipped.criteria]
    found = tornado(raw, curves, evaluation.weights, 0, 1)
    assert found.gap == pytest.approx(evaluation.scores[0] - evaluation.scores[1])
    assert [bar.swing for bar in found.bars] == sorted(
        (bar.swing for bar in found.bars), reverse=True
    )
    assert sorted(bar.criterion for bar in found.bars) == list(range(len(curves)))

    def gap(criterion: int, row: int, ends: Floats) -> float:
        moved = raw.likely.copy()
        moved[row, criterion] = ends[row, criterion]
        scores = partial_values(moved, curves) @ evaluation.weights
        return float(scores[0] - scores[1])

    for bar in found.bars:
        j = bar.criterion
        expected = [
            gap(j, 0, raw.low),
            gap(j, 0, raw.high),
            gap(j, 1, raw.low),
            gap(j, 1, raw.high),
        ]
        assert bar[1:5] == pytest.approx(expected)
        spread_first, spread_second = sorted(bar[1:3]), sorted(bar[3:5])
        assert bar.most - found.gap == pytest.approx(
            spread_first[1] + spread_second[1] - 2 * found.gap
        )
        assert bar.swing == pytest.approx(np.ptp(spread_first) + np.ptp(spread_second))


def test_no_bands_no_swing_and_the_criteria_keep_their_order() -> None:
    flat = Performance(two().likely, two().likely, two().likely)
    found = tornado(flat, [RISING, FALLING], HALVES, 0, 1)
    assert [(bar.criterion, bar.swing) for bar in found.bars] == [(0, 0.0), (1, 0.0)]
    assert all(bar[1:7] == pytest.approx((25.0,) * 6) for bar in found.bars)


def test_what_cannot_be_compared_is_refused() -> None:
    curves = [RISING, FALLING]
    with pytest.raises(ValueError, match="rows 1 and 1 are not two of 2"):
        tornado(two(), curves, HALVES, 1, 1)
    with pytest.raises(ValueError, match="rows 0 and 2 are not two of 2"):
        tornado(two(), curves, HALVES, 0, 2)
    with pytest.raises(ValueError, match="do not fit 2 criteria"):
        tornado(two(), curves, np.array([1.0]), 0, 1)
    with pytest.raises(ValueError, match="must sum to 1"):
        tornado(two(), curves, np.array([1.0, 1.0]), 0, 1)
    with pytest.raises(ValueError, match="one shape"):
        tornado(Performance(two().low[:1], two().likely, two().high), curves, HALVES, 0, 1)
    with pytest.raises(ValueError, match="not a finite number"):
        tornado(Performance(two().low * np.nan, two().likely, two().high), curves, HALVES, 0, 1)
