"""Probabilities in the likelihood words of the intelligence community, and nothing finer.

Source: US Intelligence Community Directive 203 (2015), annex; one row of its table of words.
"""

from __future__ import annotations

from typing import NamedTuple


class LikelihoodWord(NamedTuple):
    """A word for the probabilities from ``low`` up to, but not including, ``high``."""

    word: str
    low: float
    high: float


WORDS = (
    LikelihoodWord("almost no chance", 0.0, 0.05),
    LikelihoodWord("very unlikely", 0.05, 0.20),
    LikelihoodWord("unlikely", 0.20, 0.45),
    LikelihoodWord("roughly even chance", 0.45, 0.55),
    LikelihoodWord("likely", 0.55, 0.80),
    LikelihoodWord("very likely", 0.80, 0.95),
    LikelihoodWord("almost certain", 0.95, 1.0),
)
"""The directive leaves out what is below 1 % and above 99 %; the outer words reach to the ends,
since a sampled share of 0 or 1 is no proof of impossibility or certainty."""


def likelihood_word(probability: float) -> str:
    """The word for a probability.

    Parameters
    ----------
    probability : from 0 to 1.

    Raises
    ------
    ValueError : it is not within 0 and 1.
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"{probability} is no probability")
    return next((w.word for w in WORDS if w.low <= probability < w.high), WORDS[-1].word)
