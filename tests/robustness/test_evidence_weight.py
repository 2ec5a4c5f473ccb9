"""Shares of the weight by what it rests on, and what would fall with one piece of evidence."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.evidence import PublicSource
from dashboard.model.evidence_share import evidence_counts
from dashboard.model.load import load_question
from dashboard.model.overrides import Override, with_overrides
from dashboard.model.question import Question
from dashboard.robustness.evidence_weight import (
    CONFIDENCES,
    GROUNDS,
    confidence_shares,
    evidence_use,
    ground_shares,
)
from dashboard.robustness.health import judgement_weights
from tests.conftest import ROOT
from tests.report.questions import make_question

POINTS = {"criterion-0": 3.0, "criterion-1": 1.0}


def grounded(**grounds: tuple[tuple[str, ...], tuple[str, ...]]) -> Question:
    """Two options on two criteria; ``a0=((classes), (evidence))`` is option a on criterion 0."""
    question = make_question({"a": [5.0, 5.0], "b": [4.0, 6.0]})
    proposals = []
    for proposal in question.proposals:
        scores = dict(proposal.scores)
        for criterion, score in scores.items():
            given_ = grounds.get(f"{proposal.id}{criterion[-1]}")
            if given_:
                update = {"evidence_class": given_[0], "evidence": given_[1]}
                scores[criterion] = score.model_copy(update=update)
        proposals.append(proposal.model_copy(update={"scores": scores}))
    sources = tuple(
        PublicSource(id=i, ref=None, fact=f"fact of {i}", addresses=("x.example",), kind="press")
        for i in ("first", "second")
    )
    return question.replace(proposals=tuple(proposals), sources=sources)


FACT, SOURCE, BOTH, ALONE = (
    ("public-fact",),
    ("source", "judgement"),
    ("source", "public-fact"),
    ("judgement",),
)


def test_each_kind_of_ground_has_the_weight_of_its_scores_averaged_over_the_options() -> None:
    question = grounded(
        a0=(FACT, ("first",)), a1=(BOTH, ("first", "paragraph-1")), b0=(SOURCE, ("paragraph-1",))
    )
    shares = ground_shares(evaluate(question, POINTS))
    assert GROUNDS == ("fact-and-source", "fact", "source", "judgement")
    assert shares.by_option.tolist() == [[0.25, 0.75, 0.0, 0.0], [0.0, 0.0, 0.75, 0.25]]
    assert shares.overall.tolist() == [0.125, 0.375, 0.375, 0.125]


def test_confidence_is_shared_out_in_the_same_way(shipped: Question) -> None:
    evaluation = evaluate(shipped, equal_branch_points(shipped.branches))
    shares = confidence_shares(evaluation)
    counts = evidence_counts(shipped)
    assert [int((shares.kinds == k).sum()) for k in range(len(CONFIDENCES))] == [
        counts.high,
        counts.moderate,
        counts.low,
    ]
    assert shares.overall.tolist() == pytest.approx([0.0857142857, 0.4904761905, 0.4238095238])


def test_the_share_on_judgement_alone_is_that_of_the_health_check(shipped: Question) -> None:
    evaluation = evaluate(shipped, equal_branch_points(shipped.branches))
    alone = ground_shares(evaluation).by_option[:, GROUNDS.index("judgement")]
    assert alone.tolist() == pytest.approx(judgement_weights(evaluation).tolist())
    assert float(alone.mean()) == pytest.approx(0.3085714286)
    assert (float(alone.min()), float(alone.max())) == pytest.approx((0.2, 0.48))


@given(st.lists(st.floats(0, 100), min_size=14, max_size=14).filter(lambda p: sum(p) > 1))
def test_shares_sum_to_one_under_any_weights(points: list[float]) -> None:
    question = _shipped()
    ids = [criterion.id for criterion in question.criteria]
    evaluation = evaluate(question, dict(zip(ids, points, strict=True)))
    for shares in (ground_shares(evaluation), confidence_shares(evaluation)):
        assert np.allclose(shares.by_option.sum(axis=1), 1)
        assert shares.overall.sum() == pytest.approx(1)


@cache
def _shipped() -> Question:
    return load_question(ROOT)


def use(question: Question) -> Evaluation:
    return evaluate(question, POINTS)


def test_a_score_that_names_nothing_else_loses_its_only_ground() -> None:
    question = grounded(
        a0=(FACT, ("first", "own-judgement")),
        a1=(FACT, ("first", "second")),
        b0=(ALONE, ("first",)),
        b1=(FACT, ("second", "by-definition")),
    )
    found = evidence_use(use(question))
    first, second = found.by_evidence["first"], found.by_evidence["second"]
    assert first.cited == (("a", "criterion-0"), ("a", "criterion-1"), ("b", "criterion-0"))
    assert first.cited_weight == pytest.approx((0.75 + 0.25 + 0.75) / 2)
    assert first.sole == (("a", "criterion-0"),)
    assert first.sole_weight == pytest.approx(0.75 / 2)
    assert second.sole == ()
    assert [support.evidence for support in found.supports] == ["first", "second"]


def test_judgement_and_definitions_cannot_fall() -> None:
    question = grounded(a0=(FACT, ("by-definition",)), b0=(ALONE, ("own-judgement",)))
    assert evidence_use(use(question)).supports == ()


def test_an_overridden_score_is_the_readers_and_rests_on_no_source() -> None:
    question = grounded(a0=(FACT, ("first",)))
    changed = with_overrides(question, (Override("a", "criterion-0", 1.0, 2.0, 3.0, "because"),))
    assert evidence_use(use(changed)).supports == ()
    assert ground_shares(use(changed)).overall.tolist() == [0, 0, 0, 1]


def test_what_would_take_most_of_the_shipped_weight_with_it(shipped: Question) -> None:
    found = evidence_use(evaluate(shipped, equal_branch_points(shipped.branches)))
    first = found.supports[0]
    assert (first.evidence, len(first.cited), len(first.sole)) == ("paragraph-31", 13, 3)
    assert first.sole_weight == pytest.approx(0.18 / 7)
