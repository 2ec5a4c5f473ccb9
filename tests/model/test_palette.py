"""Colours that can be told apart and read on light and dark ground."""

from __future__ import annotations

import pytest

from dashboard.model.palette import MARK_PATHS, STATUS_QUO, Look, look

ALL = [STATUS_QUO, *(look(index) for index in range(56))]
LIGHT_GROUND, DARK_GROUND = "#ffffff", "#12161c"


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_contrast_that_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_fifty_six_contenders_and_the_status_quo_look_different() -> None:
    assert len({(each.light, each.mark) for each in ALL}) == 57
    assert len({(each.dark, each.mark) for each in ALL}) == 57


def test_the_fifty_seventh_contender_looks_like_the_first() -> None:
    assert look(56) == look(0)


def test_the_first_seven_contenders_differ_in_colour_and_in_mark_alone() -> None:
    first = [look(index) for index in range(7)]
    assert len({each.light for each in first}) == len({each.mark for each in first}) == 7


@pytest.mark.parametrize("each", ALL[:9], ids=[each.light for each in ALL[:9]])
def test_every_colour_has_a_contrast_of_three_to_one(each: Look) -> None:
    assert contrast(each.light, LIGHT_GROUND) >= 3
    assert contrast(each.dark, DARK_GROUND) >= 3


def test_only_the_status_quo_is_a_circle_and_every_mark_has_an_outline() -> None:
    assert STATUS_QUO.mark == "circle"
    assert "circle" not in {look(index).mark for index in range(56)}
    assert {each.mark for each in ALL} == set(MARK_PATHS)
