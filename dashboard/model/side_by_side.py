"""Figures printed side by side: decimals enough to tell them apart, and to add up."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.model.value_tree import Criterion
from dashboard.model.wording import fixed, performances, points, weight_percent, whole, with_unit

_WEIGHT_DECIMALS = 4
_SAME = 1e-9
"""A difference of weights this small is rounding."""


# ------------------------------------------------------------------------------- weights


def apart(one: float, other: float) -> tuple[str, str]:
    """Two weights as percentages, with the decimals it takes to tell them apart (four at most).

    Only none prints as 0 % and only all of it as 100 %, as far as four decimals go. Equal ones
    print alike.
    """
    alone = weight_percent(one), weight_percent(other)
    # 'less than 0.1 %' cannot stand after 'below'.
    lacking = [text[0].isalpha() or alone[0] == alone[1] for text in alone]
    shown = alone
    for decimals in range(1, _WEIGHT_DECIMALS + 1):
        if abs(one - other) <= _SAME or not any(lacking):
            break
        first, second = (
            _percent(weight, decimals + text[0].isalpha()) if more else text
            for weight, more, text in zip((one, other), lacking, alone, strict=True)
        )
        shown = first, second
        if first != second and not _is_empty(first) and not _is_empty(second):
            break
    return shown


def beyond(at: float, now: float, *, above: bool) -> str:
    """What lies past a weight, for a list: 'above 11 %', 'slightly below 11 %', 'at 0 %'.

    Parameters
    ----------
    at, now : where something changes, and the weight that would have to move there.
    above : it changes where the weight is larger than ``at``, not where it is smaller.
    """
    side, (shown, was) = "above" if above else "below", apart(at, now)
    if _is_an_end(shown):
        return f"at {'100' if above else '0'} %"
    if shown != was:
        return f"{side} {shown}"
    return f"{'' if at == now else 'slightly '}{side} {weight_percent(now)}"


def passed(at: float, now: float, *, above: bool) -> str:
    """The same inside a sentence: 'went above 11 % (now 8 %)', 'fell slightly (now 8 %)'."""
    shown, was = apart(at, now)
    if shown == was:
        return f"{'rose' if above else 'fell'} slightly (now {weight_percent(now)})"
    if _is_an_end(shown):
        return f"went to {'100' if above else '0'} % (now {was})"
    return f"went {'above' if above else 'below'} {shown} (now {was})"


def _percent(weight: float, decimals: int) -> str:
    """With decimals, but for none and all of it."""
    if weight <= _SAME:
        return "0 %"
    return "100 %" if weight >= 1 - _SAME else f"{fixed(weight * 100, decimals)} %"


def _is_empty(text: str) -> bool:
    """Nothing but zeros where there is a little, or a hundred where a little is missing."""
    return "." in text and _is_an_end(text)


def _is_an_end(text: str) -> bool:
    return text[0].isdigit() and float(text.removesuffix(" %")) in (0.0, 100.0)


# ------------------------------------------------------------------------------- performances


def performances_apart(one: float, other: float, criterion: Criterion) -> tuple[str, str] | None:
    """Two performances with their unit and the decimals it takes to tell them apart.

    None where no number of decimals does that.
    """
    first, second = performances([one, other], criterion)
    if first == second:
        return None
    return with_unit(first, criterion.unit), with_unit(second, criterion.unit)


# ------------------------------------------------------------------------------- scores


@dataclass(frozen=True)
class Gap:
    """How far a score is ahead of another, in words that add up or say that they do not.

    ``words`` : the gap, '2 points'. ``short`` : the same for a cell, '2', '<1', or '=' for a tie.
    ``scores`` : the two scores in brackets, where the gap is not the difference of their whole
    points: ' (48.4 against 46.8)'. Else it is empty.
    """

    words: str
    short: str
    scores: str

    @property
    def ahead(self) -> str:
        """'2 points ahead', '1.6 points ahead (48.4 against 46.8)'."""
        return f"{self.words} ahead{self.scores}"

    def __str__(self) -> str:
        return f"{self.words}{self.scores}"


def gap_between(higher: float, lower: float, *, tenths: bool = False) -> Gap:
    """The gap between two scores, in whole points where whole scores differ by as much.

    Rounded scores can differ by another number than the rounded gap: 48.4 and 46.8 print as 48 and
    47, and are 1.6 apart. Then the gap has a decimal, and both scores come with it; that they are
    rounded is said where even tenths do not add up. ``gapBetween`` in ``lead.js`` is the same.

    Parameters
    ----------
    tenths : the scores are printed with a decimal beside it, so the gap has one too.
    """
    exact = round(higher - lower, 9)
    if not tenths and _in_units(higher, 1) - _in_units(lower, 1) == _in_units(exact, 1):
        short = "=" if exact <= 0 else f"{whole(exact) or '<1'}"
        return Gap(points(exact), short, "")
    counts = [_in_units(value, 10) for value in (higher, lower, exact)]
    first, second, gap = (f"{count / 10:.1f}" for count in counts)
    add_up = counts[0] - counts[1] == counts[2]
    scores = f" ({first} against {second}{'' if add_up else ', rounded'})"
    if tenths and add_up:
        scores = ""
    if not counts[2]:
        return Gap("less than 0.1 points", "<0.1", scores)
    return Gap(f"{gap} points", gap, scores)


def tenths(value: float) -> str:
    """Points that stand beside others with a decimal: '3.6 points'."""
    count = _in_units(value, 10)
    return "less than 0.1 points" if not count and value > 0 else f"{count / 10:.1f} points"


def _in_units(value: float, units: int) -> int:
    return whole(round(value, 9) * units)
