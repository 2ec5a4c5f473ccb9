"""Questions about numbers that may have been meant otherwise."""

from __future__ import annotations

import pytest

from dashboard.model.doubts import points_doubts


@pytest.mark.parametrize(
    ("points", "asked"),
    [
        ({"cost": 60.0, "noise": 0.4}, True),
        ({"cost": 60.0, "noise": 0.4, "smell": 39.6}, False),  # percent that add up
        ({"cost": 60.0, "noise": 4.0}, False),
        ({"cost": 2.0, "noise": 0.5}, False),
    ],
)
def test_a_fraction_beside_large_points_is_asked_about_unless_they_are_percent(
    points: dict[str, float], asked: bool
) -> None:
    assert bool(list(points_doubts(points, []))) is asked
