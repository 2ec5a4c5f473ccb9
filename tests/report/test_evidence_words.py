"""What the page Evidence says agrees with the shares and the supports."""

from __future__ import annotations

import pytest

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.entry import Entry
from dashboard.model.question import Question
from dashboard.model.register import register
from dashboard.report import evidence_words as words
from dashboard.robustness.evidence_weight import evidence_use
from tests.report.questions import make_question


@pytest.fixture(scope="module")
def equal(shipped: Question) -> Evaluation:
    return evaluate(shipped, equal_branch_points(shipped.branches))


def entry(question: Question, key: str) -> Entry:
    return next(e for e in register(question) if e.key == key)


def test_the_heading_is_the_share_on_judgement_alone(equal: Evaluation) -> None:
    assert words.judgement_finding(equal) == "31\u00a0% of the weight rests on judgement alone"
    assert words.judgement_lead(equal) == (
        "That is the mean over the options: least for Status quo (20 %), most for NGO roles "
        "(48 %). 29 of 98 scores name neither a public fact nor the source text."
    )


def test_one_option_has_no_mean(shipped: Question) -> None:
    evaluation = evaluate(make_question({"a": [5.0]}), {"criterion-0": 1.0})
    assert words.judgement_finding(evaluation) == (
        "100\u00a0% of the weight rests on judgement alone"
    )
    assert words.judgement_lead(evaluation) == (
        "1 of 1 score names neither a public fact nor the source text."
    )


def test_rows_and_sentence_have_the_same_shares(equal: Evaluation) -> None:
    by_ground, by_confidence = words.share_rows(equal)
    assert [word for word, _ in by_ground] == list(words.GROUND_WORDS.values())
    assert sum(share for _, share in by_ground) == pytest.approx(1)
    assert sum(share for _, share in by_confidence) == pytest.approx(1)
    assert words.shares_sentence(equal) == (
        "Of the weight rests: 23 % public fact and source text, 31 % public fact, 15 % source text "
        "and 31 % judgement alone. Confidence in the evidence is high for 8.6 %, moderate for "
        "49 % and low for 42 %."
    )


def test_what_carries_most_is_said_with_its_loss(equal: Evaluation) -> None:
    use = evidence_use(equal)
    assert words.use_finding(use) == (
        "Without paragraph 31, 3 scores with 2.6\u00a0% of the weight would be left with judgement "
        "alone"
    )
    assert words.use_rows(use)[0] == ("paragraph-31", ["13", "13 %", "3", "2.6 %"])


def test_without_sources_nothing_can_fall() -> None:
    evaluation = evaluate(make_question({"a": [5.0]}), {"criterion-0": 1.0})
    assert words.use_finding(evidence_use(evaluation)) == "No score names a source or a paragraph"


def test_a_source_says_what_stands_on_it_and_what_would_fall(equal: Evaluation) -> None:
    use, question = evidence_use(equal), equal.question
    source = entry(question, "source.asylum-first-year-cost")
    support = use.by_evidence["asylum-first-year-cost"]
    assert words.entry_finding(source, support) == (
        "This source stands behind 1 score, with 1.4\u00a0% of the weight"
    )
    assert words.entry_loss(support) == (
        "If it fell, 1 score with 1.4 % of the weight keeps judgement alone."
    )
    paragraph = entry(question, "paragraph.1")
    assert words.entry_finding(paragraph, None) == "Paragraph 1 (Puzzle) is named by no score"


def test_an_entry_that_no_score_can_name_has_its_title(shipped: Question) -> None:
    tension = entry(shipped, "tension.money-or-amnesty")
    assert words.entry_finding(tension, None) == tension.title


def test_a_score_says_its_band_its_worth_and_the_weight_on_it(equal: Evaluation) -> None:
    cell = ("sanctuary", "legal-safety")
    assert words.score_finding(equal, cell) == (
        "Sanctuary on Legal safety: 25 (12 to 40) % of reference pool, worth 56 points"
    )
    assert words.score_lead(equal, cell, evidence_use(equal)) == (
        "It rests on source text and judgement. Confidence in the evidence: low. The criterion has "
        "4 % of the weight; of the weight over all 7 options, 0.6 % is on this score."
    )


def test_scores_on_the_criteria_of_a_claim_come_first() -> None:
    cells = [("a", "x"), ("a", "y"), ("b", "x")]
    assert words.claims_first(cells, ["x"]) == ([("a", "x"), ("b", "x")], [("a", "y")])


@pytest.mark.parametrize(
    ("evidence", "name", "key"),
    [
        ("paragraph-31", "Source text, paragraph 31", "paragraph.31"),
        ("kgb-wanted-list", "KGB wanted list", "source.kgb-wanted-list"),
        ("by-definition", "By definition of the criterion", None),
        ("own-judgement", "The scorer's own judgement", None),
    ],
)
def test_evidence_has_a_name_and_a_place(
    evidence: str, name: str, key: str | None, shipped: Question
) -> None:
    assert words.evidence_name(shipped, evidence) == name
    assert words.evidence_key(evidence) == key
    if key:
        assert entry(shipped, key).evidence == evidence
