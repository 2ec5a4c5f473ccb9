"""Numbers and lists in words: the same on the pages, in the terminal and in the briefing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

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


def whole(value: float) -> int:
    """The nearest whole number, halves away from zero (so that 0.5 and 1.5 both go up)."""
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
    """A weight (0 to 1) as a percentage; a small weight keeps a decimal so that it is not 0 %."""
    value = weight * 100
    if 0 < value < 0.1:
        return "below 0.1 %"
    decimals = 1 if 0 < value < 10 and abs(value - round(value)) > 0.05 else 0
    return f"{value:.{decimals}f} %"


def performance(value: float, criterion: Criterion) -> str:
    """A raw performance with its unit."""
    return with_unit(number(value, criterion.decimals), criterion.unit)


def band(score: Band, criterion: Criterion) -> str:
    """'25 (12 to 40) % of pool': the likely performance, the band around it, the unit."""
    low, likely, high = (
        number(v, criterion.decimals) for v in (score.low, score.likely, score.high)
    )
    return with_unit(f"{likely} ({low} to {high})", criterion.unit)


def swing(criterion: Criterion) -> str:
    """The two anchors a weight trades between, worst first: 'from 0 to 45 % of pool'."""
    worst, best = (number(v, criterion.decimals) for v in (criterion.worst, criterion.best))
    if criterion.unit.startswith("level"):
        return f"from level {worst} to {best}"
    return f"from {worst} to {with_unit(best, criterion.unit)}"


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
