"""Likelihood words: the row of ICD 203."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.wording import LIKELIHOOD_KEY
from dashboard.robustness.likelihood import WORDS, likelihood_share, likelihood_word


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (0.0, "almost no chance"),
        (0.049, "almost no chance"),
        (0.05, "very unlikely"),
        (0.2, "unlikely"),
        (0.45, "roughly even chance"),
        (0.5499, "roughly even chance"),
        (0.55, "likely"),
        (0.8, "very likely"),
        (0.95, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_each_probability_has_its_word(probability: float, word: str) -> None:
    assert likelihood_word(probability) == word


@pytest.mark.parametrize("wrong", [-0.01, 1.01, float("nan")])
def test_what_is_no_probability_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="is no probability"):
        likelihood_word(wrong)


def test_the_key_that_is_printed_has_the_same_words_and_bounds() -> None:
    assert [word for word, _ in LIKELIHOOD_KEY] == [w.word for w in WORDS]
    for (_, shown), word in zip(LIKELIHOOD_KEY[1:-1], WORDS[1:-1], strict=True):
        assert shown == f"{word.low * 100:.0f}-{word.high * 100:.0f} %"


@given(st.floats(0, 1))
def test_words_have_no_gap(probability: float) -> None:
    assert likelihood_word(probability) in {w.word for w in WORDS}


@pytest.mark.parametrize(
    ("probability", "share"),
    [
        (0.63, "63 %"),
        (0.4488, "44.9 %"),  # unlikely, and 45 % would be a roughly even chance
        (0.4549, "45 %"),
        (0.44996, "44.996 %"),
        (0.95, "95 %"),
        (0.9496, "94.96 %"),
        (0.001, "less than 1 %"),
        (0.999, "more than 99 %"),
    ],
)
def test_a_share_stands_on_the_side_of_its_word(probability: float, share: str) -> None:
    assert likelihood_share(probability) == share
