"""What to write instead, where a file says what it cannot say (yet), or says it in another way.

Only for values that the schema has refused. What is not listed here keeps its general remedy.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dashboard.model.errors import digits, quoted
from dashboard.model.typed_number import Unread, read_number

if TYPE_CHECKING:
    from dashboard.model.yaml_tree import Trail

_SCORE = ("low", "likely", "high")
_PIECES = 8
"""Of a curve that stands in for a logarithm: eight straight ones stay within 2 points of it for
anchors up to a factor of a thousand apart."""

_UNIT_BEHIND = re.compile(r"([-+]?[0-9.,]*[0-9]) ?[^0-9\s]{1,20}")
_UNKNOWN = re.compile(r"n\.?/?a\.?|na|not applicable|unknown|missing|tbd|\?+|-+", re.IGNORECASE)

_DEEPER = (
    "a tree has two levels, branches and their criteria: list the criteria directly under this "
    "branch, and keep the level between in their names, such as 'Access: Opening hours'"
)
_BY_LEVEL = "write points for every criterion"
_UNKNOWN_KEYS: Mapping[tuple[str, str], str] = {
    ("branches", "branches"): _DEEPER,
    ("branches", "children"): _DEEPER,
    ("criteria", "branches"): _DEEPER,
    ("criteria", "children"): _DEEPER,
    ("criteria", "criteria"): _DEEPER,
    ("perspectives", "order"): (
        f"{_BY_LEVEL}; an order of criteria alone can be given to 'counterweight robustness' in a "
        "file of --statements"
    ),
    ("perspectives", "pairwise"): (
        f"{_BY_LEVEL}; comparisons in pairs cannot be read, so work out the weights first"
    ),
}
"""By the list that an entry is in, and the key."""

_NUMBER_OF_A_LABEL = (
    "a score is a number on the scale of its criterion: write the one that stands for this, such "
    "as the 'at' beside a label in 'levels' of criteria/value-tree.yaml"
)
_FROM_A_RANGE = (
    "a scale has one best end: score how far each option is from that range instead, in a unit "
    "such as 'away from the best range', with best: 0"
)
_NOT_NEGATIVE = (
    "a logarithm needs anchors that are not negative: write pairs of [performance, value]"
)


def remedy_for_key(loc: Trail) -> str | None:
    """What to do about an unknown key."""
    lists = [part for part in loc[:-1] if isinstance(part, str)]
    return _UNKNOWN_KEYS.get((lists[-1], str(loc[-1]))) if lists else None


def remedy_for_number(value: Any, loc: Trail) -> str | None:
    """What to write where a number is asked for and something else stands there."""
    is_score = bool(loc) and loc[-1] in _SCORE
    if isinstance(value, bool) and is_score:
        return "write 1 for yes and 0 for no, on a criterion with the anchors 0 and 1"
    if not isinstance(value, str):
        return None
    if remedy := as_a_plain_number(value):
        return remedy
    if is_score and _UNKNOWN.fullmatch(value.strip()):
        return (
            "a score cannot be left open: write the widest band that you believe in, and say "
            "'confidence: low'"
        )
    return _NUMBER_OF_A_LABEL if is_score else None


def as_a_plain_number(text: str) -> str | None:
    """How to write a number that stands there as text; None where it is none."""
    if found := _UNIT_BEHIND.fullmatch(text.strip()):
        inner = as_a_plain_number(found[1])
        return inner and f"{inner}; the unit belongs to the criterion"
    read = read_number(text)
    if not isinstance(read, Unread):
        return f"write {digits(read)}, without quotes"
    if read.readings:
        return (
            f"do you mean {read.readings[0]} or {read.readings[1]}? Write that one, with a point "
            "for decimals and no mark for thousands"
        )
    return None


def remedy_for_curve(value: Any, criterion: Any) -> str | None:
    """The pairs to write where a curve is a word, such as 'logarithmic'."""
    if not isinstance(value, str) or not isinstance(criterion, Mapping):
        return None
    ends = criterion.get("worst"), criterion.get("best")
    if not value.lower().startswith("log") or not all(_is_number(end) for end in ends):
        return None
    return logarithmic_remedy(float(ends[0]), float(ends[1]))  # type: ignore[arg-type]


def logarithmic_remedy(worst: float, best: float) -> str:
    """What to write for a logarithmic scale between two anchors."""
    pairs = logarithmic_curve(worst, best)
    if pairs is None:
        return _NOT_NEGATIVE
    written = ", ".join(f"[{digits(x)}, {digits(v)}]" for x, v in pairs)
    return f"for a logarithmic scale write pairs of [performance, value]: curve: [{written}]"


def logarithmic_curve(worst: float, best: float) -> tuple[tuple[float, float], ...] | None:
    """Pairs of performance and value along a logarithm; None where an anchor is negative.

    From or to an anchor at 0 the logarithm is that of 1 + performance, as is the custom for counts.
    """
    if min(worst, best) < 0 or worst == best:
        return None
    shift = 1.0 if 0 in (worst, best) else 0.0
    start, end = math.log(worst + shift), math.log(best + shift)
    shares = [k / _PIECES for k in range(1, _PIECES)]
    between = [
        (float(f"{math.exp(start + (end - start) * share) - shift:.4g}"), share * 100)
        for share in shares
    ]
    return (worst, 0.0), *between, (best, 100.0)


def turning_curve(points: tuple[tuple[float, float], ...]) -> tuple[str, str] | None:
    """What is wrong and what to do, where a curve is best in the middle or stands still.

    Parameters
    ----------
    points : pairs of performance and value as written, in their order.
    """
    values = [value for _, value in points]
    top = max(values, default=0.0)
    first, last = _ends(values, top)
    if first > 0 and last < len(values) - 1:
        least, most = sorted((points[first][0], points[last][0]))
        middle = digits(least) if least == most else f"{digits(least)} to {digits(most)}"
        return f"the curve is best in the middle, at {middle}", _FROM_A_RANGE
    if first < last == len(values) - 1:
        end = digits(points[first][0])
        remedy = (
            f"end it there: best: {end}, and [{end}, 100] as its last pair; what is better still "
            "counts as that anchor"
        )
        return f"the curve stands still from {end} on", remedy
    return None


def _ends(values: list[float], top: float) -> tuple[int, int]:
    """The first and the last place of the highest value."""
    held = [at for at, value in enumerate(values) if value == top] or [0]
    return held[0], held[-1]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def negative_points(name: str, points: float) -> tuple[str, str]:
    """What is wrong with points below 0, and what to do."""
    remedy = (
        f"give {digits(-points)} or another number from 0; if less of it is better, swap worst and "
        "best of that criterion in criteria/value-tree.yaml"
    )
    return f"the points for {quoted(name)} are {digits(points)}", remedy
