"""Probabilities in the likelihood words of the intelligence community, and nothing finer.

Source: US Intelligence Community Directive 203 (2015), annex; one row of its table of words.
"""

from __future__ import annotations

from typing import NamedTuple

from dashboard.model.wording import share_percent


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


def likelihood_share(probability: float) -> str:
    """The probability as a percentage that stands on the same side of a limit as its word.

    In whole percent, 44.9 % and 45.1 % would both be 45 %, the one unlikely and the other a roughly
    even chance; so a share that rounds across a limit, or onto it from below, has decimals.
    """
    shown = share_percent(probability)
    for decimals in (0, 1, 2):
        rounded = round(probability * 100, decimals) / 100
        if likelihood_word(rounded) == likelihood_word(probability):
            break
        shown = f"{probability * 100:.{decimals + 1}f} %"
    return shown
