"""How near each weight, moved alone, is to another leader: as a distance and in three levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.robustness.stability import NodeStability

Level = Literal["fragile", "sensitive", "firm"]

FRAGILE, SENSITIVE = 0.02, 0.10
"""Shares of all weight: a weight is fragile if another option leads within the first distance,
sensitive within the second, else firm. Conventions, for reading a long table at a glance."""


@dataclass(frozen=True)
class Fragility:
    """The nearest new leader of one node, by the node's index.

    ``distance`` is a share of all weight, None where no weight of the node changes the leader;
    ``rises`` says which way it goes and ``new_leader`` is a row. ``level`` is None where the node
    has no interval.
    """

    node: int
    level: Level | None
    distance: float | None = None
    rises: bool = False
    new_leader: int | None = None


def fragility(node: int, found: NodeStability) -> Fragility:
    """The distance of one weight to the nearest new leader, and its level."""
    if found.leader is None:
        return Fragility(node, None)
    ends = [
        (abs(end - found.now), rises, row)
        for end, row, rises in (
            (found.leader.low, found.leader.below, False),
            (found.leader.high, found.leader.above, True),
        )
        if row is not None
    ]
    if not ends:
        return Fragility(node, "firm")
    distance, rises, row = min(ends)
    return Fragility(node, _level(distance), distance, rises, row)


def nearest_first(stability: Sequence[NodeStability]) -> list[Fragility]:
    """All nodes, the one nearest to a new leader first; then those that never change it, and
    last those without an interval. Equals stay in the order given.
    """
    found = [fragility(node, stable) for node, stable in enumerate(stability)]
    return sorted(found, key=_key)


def _key(found: Fragility) -> tuple[bool, float]:
    return found.level is None, 2.0 if found.distance is None else found.distance


def _level(distance: float) -> Level:
    if distance <= FRAGILE + TIE_TOLERANCE:
        return "fragile"
    return "sensitive" if distance <= SENSITIVE + TIE_TOLERANCE else "firm"
