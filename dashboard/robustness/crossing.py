"""The weight that, moved alone, makes two alternatives level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.methods.arrays import Floats
from dashboard.robustness.score_lines import score_lines
from dashboard.robustness.stability import settled

ALWAYS_EQUAL = "the two are equal at every weight"
NEVER_EQUAL = "one of the two is ahead at every weight"


class Crossing(NamedTuple):
    """The weight at which two rows are level, and which is ahead on either side of it.

    ``at`` is None, with the reason, where they never are, always are, or the node has no line.
    """

    now: float
    at: float | None
    ahead_below: int | None
    ahead_above: int | None
    reason: str | None


def crossing_weights(
    values: Floats,
    weights: Floats,
    first: int,
    second: int,
    nodes: Sequence[Sequence[int]] | None = None,
) -> list[Crossing]:
    """The weight of each node, moved alone, at which two alternatives are level.

    Parameters
    ----------
    values, weights, nodes : as for ``stability.stability_intervals``.
    first, second : rows of the two.

    Returns
    -------
    (k) crossings, in the order of the nodes. At 0 or 1 one side is empty and names nobody.

    Raises
    ------
    ValueError : as ``score_lines``; or the two rows are one, or not there.

    Source: Mareschal (1988), European Journal of Operational Research 33(1), 54-64.
    """
    lines = score_lines(values, weights, nodes)
    if first == second or not all(0 <= row < len(values) for row in (first, second)):
        raise ValueError(f"rows {first} and {second} are not two of {len(values)} alternatives")
    at_least = lines.at_least[:, first] - lines.at_least[:, second]
    at_most = lines.at_most[:, first] - lines.at_most[:, second]
    ends = zip(lines.now, lines.undefined, settled(at_least), settled(at_most), strict=True)
    return [
        _crossing(float(now), reason, float(zero), float(one), first, second)
        for now, reason, zero, one in ends
    ]


def _crossing(
    now: float, undefined: str | None, at_least: float, at_most: float, first: int, second: int
) -> Crossing:
    """Where the gap between the two, a line from ``at_least`` to ``at_most``, is nought."""
    if undefined:
        return Crossing(now, None, None, None, undefined)
    below = None if at_least == 0 else first if at_least > 0 else second
    above = None if at_most == 0 else first if at_most > 0 else second
    if at_least == at_most == 0:
        return Crossing(now, None, None, None, ALWAYS_EQUAL)
    if below == above:
        return Crossing(now, None, below, above, NEVER_EQUAL)
    # From the end at 0 on, so that a tie there is at 0 and not at a negative zero.
    return Crossing(now, abs(at_least) / abs(at_least - at_most), below, above, None)
