"""The shipped question: whole, free of faults, and equal to the decision model it came from."""

from __future__ import annotations

import pytest

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import perspective_points
from dashboard.model.evidence_share import evidence_counts
from dashboard.model.question import Question
from dashboard.model.record import BY_DEFINITION, OWN_JUDGEMENT
from tests.conftest import fixture_json


def test_it_loads_without_a_warning(shipped: Question) -> None:
    assert shipped.warnings == ()


def test_it_holds_what_the_decision_model_holds(shipped: Question) -> None:
    assert shipped.source is not None
    assert {
        "paragraphs": len(shipped.source.paragraphs),
        "claims": len(shipped.claims),
        "barriers": len(shipped.barriers),
        "constraints": len(shipped.constraints),
        "tensions": len(shipped.tensions),
        "sources": len(shipped.sources),
        "criteria": len(shipped.criteria),
        "branches": len(shipped.branches),
        "perspectives": len(shipped.perspectives),
        "interactions": len(shipped.interactions.interactions),
        "scenarios": len(shipped.scenarios.scenarios),
        "options": len(shipped.proposals),
        "scores": sum(len(proposal.scores) for proposal in shipped.proposals),
    } == {
        "paragraphs": 39,
        "claims": 48,
        "barriers": 12,
        "constraints": 8,
        "tensions": 7,
        "sources": 57,
        "criteria": 14,
        "branches": 5,
        "perspectives": 8,
        "interactions": 12,
        "scenarios": 6,
        "options": 7,
        "scores": 98,
    }


def test_there_are_five_proposals_beside_the_status_quo_and_one_rival(shipped: Question) -> None:
    kinds = [proposal.kind for proposal in shipped.proposals]
    assert kinds == ["status-quo", *["proposal"] * 5, "rival"]
    assert shipped.status_quo is shipped.proposal("status-quo")


def test_paragraphs_are_numbered_from_one_and_sections_cover_them(shipped: Question) -> None:
    assert shipped.source is not None
    numbers = [paragraph.number for paragraph in shipped.source.paragraphs]
    assert numbers == list(range(1, 40))
    covered = [n for s in shipped.source.sections for n in range(s.first, s.last + 1)]
    assert covered == numbers


def test_every_score_has_evidence_that_exists_and_a_reason(shipped: Question) -> None:
    assert shipped.source is not None
    cited = {f"paragraph-{paragraph.number}" for paragraph in shipped.source.paragraphs}
    known = {source.id for source in shipped.sources} | cited | {BY_DEFINITION, OWN_JUDGEMENT}
    for proposal in shipped.proposals:
        for score in proposal.scores.values():
            assert set(score.evidence) <= known
            assert score.evidence
            assert score.rationale
            assert all(shipped.evidence_label(identifier) for identifier in score.evidence)


def test_the_class_of_a_score_agrees_with_its_evidence(shipped: Question) -> None:
    """Who says source or public fact must name one."""
    sources = {source.id for source in shipped.sources}
    for proposal in shipped.proposals:
        for criterion, score in proposal.scores.items():
            where = f"{proposal.id}, {criterion}"
            if "public-fact" in score.evidence_class:
                assert sources & set(score.evidence), where
            if "source" in score.evidence_class:
                assert any(e.startswith("paragraph-") for e in score.evidence), where


def test_classes_and_confidence_are_counted_as_in_the_decision_model(shipped: Question) -> None:
    expected, counts = fixture_json("counts"), evidence_counts(shipped)
    assert counts.scores == expected["cells"]
    assert counts.judgement_only == expected["judgement_only"]
    assert counts.public_fact == expected["with_public_fact"]
    assert counts.source == expected["source_grounded"]
    assert {
        "low": counts.low,
        "moderate": counts.moderate,
        "high": counts.high,
    } == expected["confidence"]


def test_partial_values_are_those_of_the_decision_model(shipped: Question) -> None:
    equal = {criterion.id: 1.0 for criterion in shipped.criteria}
    values = evaluate(shipped, equal).values
    found = {
        criterion.id: {
            proposal.id: pytest.approx(float(values[i, j]), abs=0.051)
            for i, proposal in enumerate(shipped.proposals)
        }
        for j, criterion in enumerate(shipped.criteria)
    }
    assert fixture_json("values") == found


def test_weights_are_those_of_the_decision_model(shipped: Question) -> None:
    expected = fixture_json("weights")
    assert list(expected) == [perspective.id for perspective in shipped.perspectives]
    for perspective in shipped.perspectives:
        points = perspective_points(shipped, perspective)
        total = sum(points.values())
        shares = {criterion: 100 * value / total for criterion, value in points.items()}
        assert shares == pytest.approx(expected[perspective.id], abs=0.051), perspective.id
