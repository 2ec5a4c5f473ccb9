"""Figures beside each other: told apart, and adding up."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.model.side_by_side import (
    apart,
    beyond,
    gap_between,
    passed,
    performances_apart,
)
from dashboard.model.value_tree import Criterion
from dashboard.model.wording import whole


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        (0.16, 0.13, ("16 %", "13 %")),
        (0.1523, 0.1514, ("15.2 %", "15.1 %")),
        (0.15231, 0.15229, ("15.231 %", "15.229 %")),
        (0.15, 0.15, ("15 %", "15 %")),
        (0.0005, 0.2, ("0.05 %", "20 %")),
        (0.9997, 0.3, ("99.97 %", "30 %")),
        (0.0005, 0.0, ("0.05 %", "0 %")),
        (-1e-17, 0.2, ("0 %", "20 %")),
    ],
)
def test_two_weights_are_shown_so_that_they_differ(
    one: float, other: float, shown: tuple[str, str]
) -> None:
    assert apart(one, other) == shown


@pytest.mark.parametrize(
    ("at", "now", "listed", "sentence"),
    [
        (0.13, 0.11, "above 13 %", "went above 13 % (now 11 %)"),
        (0.04, 0.11, "below 4 %", "went below 4 % (now 11 %)"),
        (0.114, 0.111, "above 11.4 %", "went above 11.4 % (now 11.1 %)"),
        (0.0004, 0.2, "below 0.04 %", "went below 0.04 % (now 20 %)"),
        (0.9996, 0.2, "above 99.96 %", "went above 99.96 % (now 20 %)"),
        # No weight lies between these and the end, so only the end itself is left.
        (1e-8, 0.2, "at 0 %", "went to 0 % (now 20 %)"),
        (1 - 1e-8, 0.2, "at 100 %", "went to 100 % (now 20 %)"),
        (0.12 + 1e-8, 0.12, "slightly above 12 %", "rose slightly (now 12 %)"),
        (0.12 - 1e-8, 0.12, "slightly below 12 %", "fell slightly (now 12 %)"),
    ],
)
def test_where_a_weight_has_to_go_makes_sense_next_to_where_it_is(
    at: float, now: float, listed: str, sentence: str
) -> None:
    assert beyond(at, now, above=at > now) == listed
    assert passed(at, now, above=at > now) == sentence


@given(st.floats(0, 1), st.floats(0, 1))
def test_no_weight_is_passed_below_nothing_above_all_or_where_it_is(at: float, now: float) -> None:
    sentence = passed(at, now, above=at > now)
    assert "-" not in sentence
    assert not re.search(r"(below|above) (below|above|0 %|100 %|-)", sentence)
    if found := re.fullmatch(r"went (?:below|above) (\S+) % \(now (\S+) %\)", sentence):
        printed, present = map(float, found.groups())
        assert printed != present
        assert (printed > present) == (at > now)
        assert printed == pytest.approx(at * 100, abs=0.5001)


def length(decimals: int = 0) -> Criterion:
    return Criterion(
        id="length",
        ref=None,
        name="Length",
        definition="Of the line.",
        unit="km",
        worst=0.0,
        best=10.0,
        decimals=decimals,
    )


def test_two_performances_are_shown_so_that_they_differ() -> None:
    assert performances_apart(4.0, 7.0, length()) == ("4 km", "7 km")
    assert performances_apart(4.0, 4.3, length()) == ("4 km", "4.3 km")
    assert performances_apart(4.04, 4.03, length(1)) == ("4.04 km", "4.03 km")
    assert performances_apart(4.0, 4.0, length()) is None
    assert performances_apart(4.0, 4.0 + 1e-12, length()) is None


@pytest.mark.parametrize(
    ("higher", "lower", "said", "short"),
    [
        (50.0, 40.0, "10 points", "10"),
        (47.3, 47.1, "less than 1 point", "<1"),
        (60.0, 60.0, "0 points", "="),
        # Whole points would print 48 and 47, and 2.
        (48.4, 46.8, "1.6 points (48.4 against 46.8)", "1.6"),
        (47.6, 47.4, "0.2 points (47.6 against 47.4)", "0.2"),
        (47.504, 47.496, "less than 0.1 points (47.5 against 47.5)", "<0.1"),
        # 48.2 less 46.7 is 1.5.
        (48.24, 46.66, "1.6 points (48.2 against 46.7, rounded)", "1.6"),
        (50.5, 49.5, "1 point", "1"),
        (0.1 + 0.2, 0.3, "0 points", "="),
    ],
)
def test_a_gap_is_the_difference_of_the_scores_beside_it(
    higher: float, lower: float, said: str, short: str
) -> None:
    gap = gap_between(higher, lower)
    assert (str(gap), gap.short) == (said, short)


SCORES = st.floats(0, 100)


@given(SCORES, SCORES)
@example(0.1 + 0.2, 0.3)
@example(48.24, 46.66)
def test_printed_figures_add_up_or_say_that_they_do_not(one: float, other: float) -> None:
    higher, lower = max(one, other), min(one, other)
    gap = gap_between(higher, lower)
    printed = float(re.findall(r"[\d.]+", gap.words)[0])
    if gap.words.startswith("less than"):
        assert 0 < higher - lower < printed
        printed = 0.0
    else:
        step = 0.1 if "." in gap.words else 1.0
        assert printed == pytest.approx(higher - lower, abs=step / 2 + 1e-8)
    if not gap.scores:
        assert whole(higher) - whole(lower) == printed
        return
    assert whole(higher) - whole(lower) != whole(higher - lower)
    first, second = map(float, re.findall(r"[\d.]+", gap.scores))
    assert (first, second) == pytest.approx((higher, lower), abs=0.05 + 1e-8)
    assert (first - second == pytest.approx(printed, abs=1e-9)) != gap.scores.endswith(", rounded)")
