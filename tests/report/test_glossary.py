"""The words: each once, in order, and none of the product's own missing."""

from __future__ import annotations

import re

import pytest

from dashboard.report.glossary import (
    CONFIDENCE,
    CONFIDENCE_RULE,
    FIRST_STEPS,
    GLOSSARY,
    likelihood_rows,
)
from dashboard.robustness.likelihood import WORDS
from tests.conftest import ROOT


def squeezed(text: str) -> str:
    """Without spaces, hyphens and capitals: `EvidenceClass` is `evidence class`."""
    return re.sub(r"[\s_-]+", "", text).casefold()


TERMS = [entry.term for entry in GLOSSARY]


def test_low_and_high_are_percentiles_and_no_limits() -> None:
    (meaning,) = (entry.meaning for entry in GLOSSARY if entry.term == "Low, likely, high")
    assert meaning == (
        "The band of a score: low and high are the 10th and 90th percentile unless the question "
        "says otherwise; likely is the most probable value."
    )


def test_every_word_comes_once_and_in_the_order_of_the_alphabet() -> None:
    assert len(set(TERMS)) == len(TERMS)
    assert sorted(TERMS, key=str.casefold) == TERMS


@pytest.mark.parametrize("entry", GLOSSARY, ids=TERMS)
def test_each_meaning_is_short_and_ends_as_a_sentence(entry: tuple[str, str, str]) -> None:
    assert entry[1].endswith(".")
    assert len(entry[1].split()) <= 25


@pytest.mark.parametrize("entry", GLOSSARY, ids=TERMS)
def test_only_words_that_the_product_says_are_explained(entry: tuple[str, str, str]) -> None:
    """In what is shown or documented, outside the glossary itself."""
    said = " ".join(
        path.read_text(encoding="utf-8")
        for folder in ("dashboard", "docs")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".js", ".md", ".typ"} and path.name != "glossary.py"
    )
    stem = entry[0].split(",")[0].removesuffix("s")
    assert squeezed(stem) in squeezed(said)


@pytest.mark.parametrize(
    "word",
    [
        "anchor",
        "branch",
        "confidence factor",
        "criterion",
        "dominance",
        "evidence class",
        "kendall's w",
        "low, likely, high",
        "override",
        "pairwise winning index",
        "partial value",
        "performance",
        "perspective",
        "points",
        "rank acceptability",
        "reference option",
        "regret",
        "score",
        "stability interval",
        "swing",
        "uncertainty",
        "weight",
    ],
)
def test_the_words_of_the_method_are_explained(word: str) -> None:
    assert word in {term.casefold() for term in TERMS}


def test_the_names_of_the_literature_are_given_where_pages_say_it_otherwise() -> None:
    arts = {entry.art for entry in GLOSSARY}
    assert {"alternative", "central weight vector", "swing weight"} <= arts


def test_the_key_of_likelihood_has_each_word_once_and_no_gap() -> None:
    rows = likelihood_rows()
    assert [word for word, _ in rows] == [w.word for w in WORDS]
    assert rows[0] == ("almost no chance", "0 to 5 %")
    assert rows[3] == ("roughly even chance", "45 to 55 %")
    assert rows[-1] == ("almost certain", "95 to 100 %")


def test_confidence_has_three_words_and_no_likelihood_in_them() -> None:
    assert [word for word, _ in CONFIDENCE] == ["high", "moderate", "low"]
    assert "never share a sentence" in CONFIDENCE_RULE
    said = " ".join(meaning for _, meaning in CONFIDENCE)
    assert not any(re.search(rf"\b{w.word}\b", said) for w in WORDS)


def test_the_beginning_is_three_sentences() -> None:
    assert len(FIRST_STEPS) == 3
    assert all(step.endswith(".") and step.count(".") == 1 for step in FIRST_STEPS)
