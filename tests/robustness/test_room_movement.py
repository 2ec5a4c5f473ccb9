"""Movement between rounds: by hand, and what stays hidden where few came or went."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.distance import cityblock

from dashboard.methods.evaluate import Values
from dashboard.robustness.room import room
from dashboard.robustness.room_ballots import RoundBallots
from dashboard.robustness.room_movement import Change, Movement
from tests.oracles import exact_moments

TWO = np.array([[100.0, 0.0], [0.0, 100.0]])


def between(
    first: dict[str, tuple[float, float]],
    second: dict[str, tuple[float, float]],
    *,
    small_groups: bool = False,
) -> Movement:
    rounds = [
        RoundBallots(number, np.array(list(votes.values())), ("",) * len(votes), tuple(votes))
        for number, votes in ((1, first), (3, second))
    ]
    found = room(
        Values(TWO, TWO, TWO, exact_moments(TWO)), rounds, [], small_groups=small_groups
    ).movement
    assert found is not None
    return found


def test_three_people_by_hand() -> None:
    """Moved 0.3, 0.0 and 0.1; the first goes over, the last ties the two."""
    found = between(
        {"a": (0.7, 0.3), "b": (0.2, 0.8), "c": (0.6, 0.4)},
        {"c": (0.5, 0.5), "b": (0.2, 0.8), "a": (0.4, 0.6)},
    )
    assert (found.before, found.after) == (1, 3)
    assert (found.both, found.joined, found.left) == (3, 0, 0)
    assert found.mean == pytest.approx(0.4 / 3)
    assert found.largest == pytest.approx(0.3)
    assert found.largest == pytest.approx(cityblock((0.7, 0.3), (0.4, 0.6)) / 2)
    assert found.changed == 2
    assert found.changes == (Change((0,), (0, 1), 1), Change((0,), (1,), 1))
    assert [firsts.tolist() for firsts in found.firsts] == [[2, 1], [1, 3]]
    # Sums of ranks 4 and 5: W = 12 x 0.5 / (9 x 6).
    assert found.concordance[0].w == pytest.approx(1 / 9)


def votes(
    count: int, name: str = "p", weights: tuple[float, float] = (0.7, 0.3)
) -> dict[str, tuple[float, float]]:
    return {f"{name}{i}": weights for i in range(count)}


def test_few_who_came_or_went_are_not_given_away() -> None:
    """Nobody changed and one joined: the first places would tell whom that one put first."""
    newcomer = {"n": (0.1, 0.9)}
    found = between(votes(8), votes(8) | newcomer)
    assert (found.unknown, found.changed, found.changes) == ("few came or went", None, None)
    assert (found.both, found.joined, found.left, found.mean) == (8, 1, 0, 0)
    assert between(votes(8) | newcomer, votes(8)).unknown == "few came or went"
    many = between(votes(8), votes(8) | votes(5, "n"))
    assert (many.unknown, many.changed) == (None, 0)
    allowed = between(votes(8), votes(8) | newcomer, small_groups=True)
    assert (allowed.unknown, allowed.changed) == (None, 0)


def test_few_who_stayed_are_not_given_away() -> None:
    found = between(votes(4) | votes(9, "x"), votes(4, weights=(0.2, 0.8)) | votes(9, "y"))
    assert (found.unknown, found.both, found.mean, found.largest) == ("few stayed", 4, None, None)
    # Four who are the whole room are what the reveal shows.
    assert between(votes(4), votes(4)).unknown is None


def test_nobody_in_both_says_so() -> None:
    found = between(votes(6), votes(6, "n"), small_groups=True)
    assert (found.unknown, found.both, found.joined, found.left) == ("nobody", 0, 6, 6)
    assert (found.mean, found.changed) == (None, None)
