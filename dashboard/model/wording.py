"""Numbers and lists in words: the same on the pages, in the terminal and in the briefing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from dashboard.model.proposals import Band
from dashboard.model.record import Confidence, EvidenceClass
from dashboard.model.value_tree import Criterion
from dashboard.model.weighting import Verdict

CLASS_WORDS: dict[EvidenceClass, str] = {
    "source": "source text",
    "public-fact": "public fact",
    "judgement": "judgement",
}

VERDICT_WORDS: dict[Verdict, str] = {
    "pass": "meets",
    "conditional": "meets on conditions",
    "fail": "fails",
    "not-bound": "not bound",
    "not-assessed": "not assessed",
}

CONFIDENCE_KEY: dict[Confidence, str] = {
    "high": "several good sources that agree, few assumptions",
    "moderate": "credible but thin, or sources do not fully agree",
    "low": "scant, fragmentary or inferred",
}

LIKELIHOOD_KEY: tuple[tuple[str, str], ...] = (
    ("almost no chance", "1-5 %"),
    ("very unlikely", "5-20 %"),
    ("unlikely", "20-45 %"),
    ("roughly even chance", "45-55 %"),
    ("likely", "55-80 %"),
    ("very likely", "80-95 %"),
    ("almost certain", "95-99 %"),
)
"""US Intelligence Community Directive 203 (2015), one row of its table of likelihood words."""


_NO_WEIGHT = 1e-7
"""Of 100 %: what rounding leaves of a weight that is nothing, or takes off one that is all."""


def whole(value: float) -> int:
    """The nearest whole number, halves away from zero (so that 0.5 and 1.5 both go up).

    What sums leave of rounding, beyond the ninth decimal, decides nothing.
    """
    value = round(value, 9)
    return int(math.copysign(math.floor(abs(value) + 0.5), value)) if value else 0


def number(value: float, decimals: int = 0) -> str:
    """A number with thousands apart and no superfluous zeros: 2500 -> '2,500', 5.0 -> '5'.

    Halves go away from zero, as in ``whole``.
    """
    written = Decimal(repr(float(value)))
    text = f"{written.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def fixed(value: float, decimals: int) -> str:
    """With as many decimals as asked for; halves go up, as they do in the browser."""
    return f"{Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"


def points(value: float) -> str:
    """A score or a gap in whole points; a gap that rounds to nothing is said to be below one."""
    rounded = whole(value)
    if rounded == 0 and value > 0:
        return "less than 1 point"
    return f"{rounded} point" if abs(rounded) == 1 else f"{rounded} points"


def signed(value: float) -> str:
    """A difference with its sign and one decimal; a true minus, and no sign on nothing."""
    text = f"{value:+.1f}"
    return "0" if text in ("+0.0", "-0.0") else text.replace("-", "\u2212")


def weight_percent(weight: float) -> str:
    """A weight (0 to 1) as a percentage; only none prints as 0 %, and only all of it as 100 %."""
    # A rounding error below nothing is nothing, and has no sign.
    value = weight * 100 if weight > 0 else 0.0
    if 0 < value < 0.1:
        return "less than 0.1 %" if value > _NO_WEIGHT else "0 %"
    if 99.5 <= value < 100 - _NO_WEIGHT:
        return f"{fixed(value, 1)} %" if value < 99.95 else "more than 99.9 %"
    decimals = 1 if 0 < value < 10 and abs(value - round(value)) > 0.05 else 0
    return f"{fixed(value, decimals)} %"


def share_percent(probability: float) -> str:
    """A sampled share in whole percent; never 0 or 100 %, which would claim a proof."""
    if probability < 0.005:
        return "less than 1 %"
    return "more than 99 %" if probability > 0.995 else f"{probability * 100:.0f} %"


def cell_percent(probability: float) -> str:
    """The same for a cell: '<1 %', '63 %', '>99 %'."""
    if probability < 0.005:
        return "<1 %"
    return ">99 %" if probability > 0.995 else f"{probability * 100:.0f} %"


def performance(value: float, criterion: Criterion) -> str:
    """A raw performance with its unit."""
    return with_unit(performances([value], criterion)[0], criterion.unit)


def performances(values: Sequence[float], criterion: Criterion) -> list[str]:
    """Raw performances beside each other, without their unit: those that differ look different.

    They need not be numbers of the question, such as one at which the leader changes.
    """
    decimals = decimals_shown(values, criterion)
    return [number(value, decimals) for value in values]


def band(score: Band, criterion: Criterion) -> str:
    """'25 (12 to 40) % of pool': the likely performance, the band around it, the unit."""
    low, likely, high = performances((score.low, score.likely, score.high), criterion)
    return with_unit(with_band(low, likely, high), criterion.unit)


def with_band(low: str, likely: str, high: str) -> str:
    """'25 (12 to 40)'; of an exact number just that."""
    return likely if low == high else f"{likely} ({low} to {high})"


def swing(criterion: Criterion) -> str:
    """The two anchors a weight trades between, worst first: 'from 0 to 45 % of pool'."""
    worst, best = performances((criterion.worst, criterion.best), criterion)
    if criterion.unit.startswith("level"):
        return f"from level {worst} to {best}"
    return f"from {worst} to {with_unit(best, criterion.unit)}"


def decimals_shown(numbers: Iterable[float], criterion: Criterion) -> int:
    """How many decimals performances of a criterion are shown with, so that they say enough.

    Numbers that differ look different. Where the criterion sets no decimals, rounding also moves
    the value of none by more than half a point, and what is not nothing is not shown as 0.
    Superfluous zeros are never shown, so whole numbers stay whole.

    Parameters
    ----------
    numbers : performances in the unit of the criterion; those closer together than a billionth of
        themselves count as one, since that comes of rounding in a spreadsheet.
    """
    distinct = _distinct(numbers)
    largest = max((abs(value) for value in distinct), default=0.0)
    most = max(0, _MOST_DIGITS - len(f"{largest:.0f}"))
    start = criterion.decimals
    if start is None:
        start = _half_a_point(criterion)
    if all(value.is_integer() for value in distinct):
        return min(start, most)
    for decimals in range(min(start, most), most):
        shown = {number(value, decimals) for value in distinct}
        vanished = criterion.decimals is None and "0" in shown and 0.0 not in distinct
        if len(shown) == len(distinct) and not vanished:
            return decimals
    return most


def _half_a_point(criterion: Criterion) -> int:
    """Decimals with which rounding moves no value by more than half a point.

    The steepest piece of the curve decides; a straight one gains 100 points over its span.
    """
    pieces = pairwise(criterion.points)
    steepest = max((v1 - v0) / abs(x1 - x0) for (x0, v0), (x1, v1) in pieces)
    return max(0, math.ceil(math.log10(steepest) - _ROUNDING))


def _distinct(numbers: Iterable[float]) -> list[float]:
    """The numbers in order, one for all that are the same but for rounding."""
    ordered = sorted({float(value) for value in numbers})
    if not ordered:
        return []
    kept = ordered[:1]
    for value in ordered[1:]:
        if not math.isclose(value, kept[-1], rel_tol=_SAME):
            kept.append(value)
    return kept


_MOST_DIGITS = 15
_SAME, _ROUNDING = 1e-9, 1e-9


def with_unit(text: str, unit: str) -> str:
    """A number before its unit; 'level 0-10' only names the scale, so it goes in front."""
    if unit.startswith("level"):
        return f"level {text}"
    return f"{text} {unit}"


def printable(text: str) -> str:
    """Text for a terminal: a control character shows as its code and does not act."""
    return "".join(
        letter if letter.isprintable() or letter == "\n" else f"\\u{ord(letter):04x}"
        for letter in text
    )


def listed(names: Sequence[str]) -> str:
    """'A', 'A and B', 'A, B and C'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


MOST_NAMED = 12
"""Of more names a sentence gives the first few and counts the rest."""

_FIRST_NAMES = 3


def named_or_counted(names: Sequence[str]) -> str:
    """As ``listed``; of more than twelve 'A, B, C and 40 others'."""
    if len(names) <= MOST_NAMED:
        return listed(names)
    return listed([*names[:_FIRST_NAMES], f"{len(names) - _FIRST_NAMES} others"])


FEW_NAMED = 3
"""Up to this many things are named in a sentence where more are only counted."""


def names_or_count(names: Sequence[str], noun: str, plural: str | None = None) -> str:
    """'A and B'; of more than three only how many: '5 options'."""
    return listed(names) if len(names) <= FEW_NAMED else counted(len(names), noun, plural)


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """'1 constraint', '3 constraints'."""
    return f"{count} {noun if count == 1 else plural or noun + 's'}"


def counted_of(count: int, total: int, noun: str) -> str:
    """'2 of 6 scenarios', 'all 6 scenarios', 'the one scenario'."""
    if count == total:
        return f"the one {noun}" if total == 1 else f"all {total} {noun}s"
    return f"{count} of {counted(total, noun)}"


def meaning(label: str, name: str, told: str) -> str:
    """What a short name stands for: the full one where it is another, then what is told of it."""
    full = f"{name}. " if name != label and name not in told else ""
    return f"{full}{told}"


def hash_groups(digest: str) -> str:
    """A hash in groups of four, so that people can read it out and compare it."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))
