"""How near a weight is to another leader, and in which of three levels."""

from __future__ import annotations

import pytest

from dashboard.robustness.fragility import Fragility, Level, fragility, nearest_first
from dashboard.robustness.stability import NodeStability, StabilityInterval


def stable(
    now: float, low: float, high: float, below: int | None = None, above: int | None = None
) -> NodeStability:
    return NodeStability(now, StabilityInterval(low, high, below, above), None, None)


@pytest.mark.parametrize(
    ("high", "level"),
    [
        (0.30, "fragile"),
        (0.319, "fragile"),
        (0.32, "fragile"),
        (0.3201, "sensitive"),
        (0.40, "sensitive"),
        (0.4001, "firm"),
        (0.90, "firm"),
    ],
)
def test_the_level_follows_the_distance_and_a_limit_belongs_to_the_nearer_one(
    high: float, level: Level
) -> None:
    found = fragility(0, stable(0.3, 0.0, high, above=4))
    assert found.level == level
    assert found.distance == pytest.approx(high - 0.3)
    assert found.rises
    assert found.new_leader == 4


def test_the_nearer_of_two_ends_counts() -> None:
    found = fragility(2, stable(0.3, 0.25, 0.4, below=1, above=5))
    assert (found.node, found.level, found.rises, found.new_leader) == (2, "sensitive", False, 1)
    assert found.distance == pytest.approx(0.05)


def test_an_end_that_nobody_takes_over_at_is_no_distance() -> None:
    """The weight is at its end, but nothing happens there."""
    assert fragility(0, stable(0.0, 0.0, 1.0)) == Fragility(0, "firm")
    found = fragility(0, stable(0.01, 0.0, 0.5, above=3))
    assert found.distance == pytest.approx(0.49)
    assert found.level == "firm"


def test_nearest_first_then_never_then_undefined() -> None:
    nodes = [
        NodeStability(1.0, None, None, "it holds all the weight"),
        stable(0.2, 0.0, 1.0),
        stable(0.2, 0.0, 0.5, above=1),
        stable(0.2, 0.19, 1.0, below=1),
    ]
    found = nearest_first(nodes)
    assert [one.node for one in found] == [3, 2, 1, 0]
    assert [one.level for one in found] == ["fragile", "firm", "firm", None]
