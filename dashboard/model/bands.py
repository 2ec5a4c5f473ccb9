"""What the low and the high of a band are: percentiles, or limits."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from dashboard.model.errors import quoted
from dashboard.model.record import fault_at

_USUAL = (10.0, 90.0)
_WORDS = ("percentiles", "limits")
_REMEDY = (
    "write percentiles (low is the 10th and high the 90th), limits (nothing lies outside), or two "
    "percentiles such as [5, 95]"
)


def _read(value: Any) -> Any:
    if value in _WORDS:
        return value
    if isinstance(value, (tuple, list)):
        numbers = [x for x in value if isinstance(x, (int, float)) and not isinstance(x, bool)]
        if len(numbers) == len(value) == 2 and 0 < numbers[0] < 50 < numbers[1] < 100:
            return float(numbers[0]), float(numbers[1])
        raise fault_at("", "the list is not a percentile below 50 and one above 50", _REMEDY)
    said = f"the text {quoted(value)}" if isinstance(value, str) else "this"
    near = get_close_matches(value, _WORDS, n=1) if isinstance(value, str) else []
    remedy = f"did you mean {near[0]!r}?" if near else _REMEDY
    raise fault_at("", f"{said} does not say what low and high are", remedy)


Bands = Annotated[
    Literal["percentiles", "limits"] | tuple[float, float],
    BeforeValidator(_read),
]
"""``percentiles`` are the 10th and the 90th; other two are given as numbers from 0 to 100."""


def outside(bands: Bands) -> tuple[float, float]:
    """The shares (0 to 1) of a distribution that lie below low and above high."""
    if bands == "limits":
        return 0.0, 0.0
    low, high = _USUAL if bands == "percentiles" else bands
    return low / 100, (100 - high) / 100


def mirrored(bands: Bands) -> Bands:
    """What low and high are after the numbers have changed their sign: the 5th is the 95th."""
    return (100 - bands[1], 100 - bands[0]) if isinstance(bands, tuple) else bands
