"""What the low and the high of a band are: percentiles, or limits."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import PlainValidator

from dashboard.model.record import fault_at

_USUAL = (10.0, 90.0)
_REMEDY = (
    "write percentiles (low is the 10th and high the 90th), limits (nothing lies outside), or two "
    "percentiles such as [5, 95]"
)


def _read(value: Any) -> Any:
    if value in ("percentiles", "limits"):
        return value
    if isinstance(value, (tuple, list)) and len(value) == 2:
        numbers = [x for x in value if isinstance(x, (int, float)) and not isinstance(x, bool)]
        if len(numbers) == 2 and 0 < numbers[0] < 50 < numbers[1] < 100:
            return float(numbers[0]), float(numbers[1])
        raise fault_at("", "these are no two percentiles below and above 50", _REMEDY)
    raise fault_at("", "does not say what low and high are", _REMEDY)


Bands = Annotated[
    Literal["percentiles", "limits"] | tuple[float, float],
    PlainValidator(_read),
]
"""``percentiles`` are the 10th and the 90th; other two are given as numbers from 0 to 100."""


def outside(bands: Bands) -> tuple[float, float]:
    """The shares (0 to 1) of a distribution that lie below low and above high."""
    if bands == "limits":
        return 0.0, 0.0
    low, high = _USUAL if bands == "percentiles" else bands
    return low / 100, (100 - high) / 100
