"""Numbers and lists in words, at the edges too."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.model import wording
from dashboard.model.proposals import Band
from dashboard.model.value_tree import Criterion

MINUS = "\u2212"


def criterion(unit: str, decimals: int = 0, worst: float = 0.0, best: float = 45.0) -> Criterion:
    return Criterion(
        id="c",
        ref=None,
        name="C",
        definition="d",
        unit=unit,
        decimals=decimals,
        worst=worst,
        best=best,
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.0, 0), (0.49, 0), (0.5, 1), (1.5, 2), (2.5, 3), (-0.4, 0), (-0.5, -1), (-2.5, -3)],
)
def test_whole_rounds_halves_away_from_zero(value: float, expected: int) -> None:
    assert wording.whole(value) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (2500, 0, "2,500"),
        (1_234_567.891, 2, "1,234,567.89"),
        (5.0, 1, "5"),
        (5.50, 2, "5.5"),
        (100, 0, "100"),
        (0.0, 0, "0"),
        (-0.0, 1, "0"),
        (-0.04, 1, "0"),
        (-0.4, 0, "0"),
        (-3.25, 2, "-3.25"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (0.125, 2, "0.13"),
        (1e15, 0, "1,000,000,000,000,000"),
    ],
)
def test_a_number_has_thousands_apart_and_no_superfluous_zeros(
    value: float, decimals: int, expected: str
) -> None:
    assert wording.number(value, decimals) == expected
    assert wording.number(np.float64(value), decimals) == expected  # type: ignore[arg-type,unused-ignore]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.0, "0 points"),
        (0.3, "less than 1 point"),
        (0.5, "1 point"),
        (1.4, "1 point"),
        (1.5, "2 points"),
        (100.0, "100 points"),
        (-1.0, "-1 point"),
        (-3.0, "-3 points"),
    ],
)
def test_points_are_whole_and_a_small_gap_is_not_nothing(value: float, expected: str) -> None:
    assert wording.points(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.0, "0"),
        (0.04, "0"),
        (-0.04, "0"),
        (0.06, "+0.1"),
        (-0.06, f"{MINUS}0.1"),
        (12.34, "+12.3"),
        (-12.0, f"{MINUS}12.0"),
    ],
)
def test_a_difference_has_its_sign_and_nothing_has_none(value: float, expected: str) -> None:
    assert wording.signed(value) == expected


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        (0.0, "0 %"),
        (0.000001, "less than 0.1 %"),
        (0.0004, "less than 0.1 %"),
        (0.001, "0.1 %"),
        (0.004, "0.4 %"),
        (0.027, "2.7 %"),
        (0.03, "3 %"),
        (0.0996, "10 %"),
        (0.1, "10 %"),
        (0.126, "13 %"),
        (1.0, "100 %"),
    ],
)
def test_a_small_weight_is_never_shown_as_none(weight: float, expected: str) -> None:
    assert wording.weight_percent(weight) == expected


def test_a_band_names_likely_first_and_the_unit_last() -> None:
    score = Band(low=12.0, likely=25.0, high=40.0)
    assert wording.band(score, criterion("% of pool")) == "25 (12 to 40) % of pool"
    assert wording.band(score, criterion("level 0-10")) == "level 25 (12 to 40)"
    score = Band(low=-1.5, likely=-1.0, high=-0.3)
    assert wording.band(score, criterion("EUR m", 1)) == "-1 (-1.5 to -0.3) EUR m"


def test_a_swing_runs_from_worst_to_best() -> None:
    assert wording.swing(criterion("% of pool")) == "from 0 to 45 % of pool"
    assert wording.swing(criterion("EUR m", 0, 2500.0, 0.0)) == "from 2,500 to 0 EUR m"
    assert wording.swing(criterion("level 0-10", 0, 10.0, 0.0)) == "from level 10 to 0"


def test_a_performance_carries_its_unit() -> None:
    assert wording.performance(2500.0, criterion("EUR m")) == "2,500 EUR m"
    assert wording.performance(3.25, criterion("level 0-10", 1)) == "level 3.3"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (("A", "B", "C", "D"), "A, B, C and D"),
    ],
)
def test_names_are_listed(names: list[str], expected: str) -> None:
    assert wording.listed(names) == expected


def test_things_are_counted() -> None:
    assert wording.counted(0, "fault") == "0 faults"
    assert wording.counted(1, "fault") == "1 fault"
    assert wording.counted(2, "criterion", "criteria") == "2 criteria"
    assert wording.counted_of(1, 1, "scenario") == "the one scenario"
    assert wording.counted_of(6, 6, "scenario") == "all 6 scenarios"
    assert wording.counted_of(0, 1, "scenario") == "0 of 1 scenario"
    assert wording.counted_of(5, 6, "scenario") == "5 of 6 scenarios"


def test_likelihood_words_cover_the_scale_without_a_gap() -> None:
    bounds = [words.removesuffix(" %").split("-") for _, words in wording.LIKELIHOOD_KEY]
    assert [low for low, _ in bounds[1:]] == [high for _, high in bounds[:-1]]
    assert (bounds[0][0], bounds[-1][1]) == ("1", "99")


def test_a_hash_is_read_out_in_groups_of_four() -> None:
    assert wording.hash_groups("0123456789ab") == "0123 4567 89ab"


def test_of_more_than_three_names_only_the_number_is_said() -> None:
    assert wording.names_or_count(["a", "b", "c"], "option") == "a, b and c"
    assert wording.names_or_count(["a", "b", "c", "d"], "option") == "4 options"
    assert wording.names_or_count(list("abcd"), "branch", "branches") == "4 branches"


def test_an_exact_number_stands_without_a_band() -> None:
    assert wording.with_band("12", "25", "40") == "25 (12 to 40)"
    assert wording.with_band("25", "25", "25") == "25"
