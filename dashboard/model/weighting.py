"""Perspectives, screening constraints and settings: the rest of ``criteria/``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from dashboard.model.errors import digits
from dashboard.model.proposals import Band
from dashboard.model.record import (
    Code,
    Confidence,
    CriterionId,
    EvidenceClass,
    EvidenceId,
    ParagraphNumber,
    ProposalId,
    Record,
    Slug,
    Text,
    fault_at,
)
from dashboard.model.value_tree import Scale


def _not_negative(points: float) -> float:
    if points < 0:
        what = f"the points are negative ({digits(points)})"
        remedy = (
            "give 0 or more; if less of it is better, swap worst and best of that criterion in "
            "criteria/value-tree.yaml"
        )
        raise fault_at("", what, remedy)
    return points


Points = Annotated[float, AfterValidator(_not_negative)]


class Perspective(Record):
    """A named set of weights: swing points per criterion, or the rule that gives them."""

    id: Slug
    ref: Code
    name: Text
    short_name: Text | None = None
    points: Mapping[CriterionId, Points] | None = None
    rule: Literal["equal-branches"] | None = None
    justification: Text
    evidence: tuple[EvidenceId, ...] = ()
    evidence_class: tuple[EvidenceClass, ...] = Field(default=(), alias="class")
    confidence: Confidence | None = None

    @model_validator(mode="after")
    def _points_or_rule(self) -> Self:
        if (self.points is None) == (self.rule is None):
            raise fault_at(
                "points",
                "a perspective needs either points or a rule, and not both",
                "give points for every criterion, or rule: equal-branches",
            )
        if self.points and not any(self.points.values()):
            raise fault_at(
                "points", "all points are zero", "give at least one criterion more than 0"
            )
        return self


Verdict = Literal["pass", "conditional", "fail", "not-bound", "not-assessed"]


class Status(Record):
    """How one proposal stands to one constraint."""

    verdict: Verdict
    note: Text | None = None


class Constraint(Record):
    """A condition that screens proposals; a failing proposal is marked, never dropped."""

    id: Slug
    ref: Code
    name: Text
    text: Text
    paragraphs: tuple[ParagraphNumber, ...] = ()
    kind: Literal["hard", "soft"]
    kind_note: Text | None = None
    scored_in: tuple[CriterionId, ...] = ()
    note: Text | None = None
    status: Mapping[ProposalId, Status] = Field(default_factory=dict)

    def status_of(self, proposal: str) -> Status:
        """The status as written; a proposal that is not listed was not assessed."""
        return self.status.get(proposal) or Status(verdict="not-assessed")


class Setting(Record):
    """A modelling choice that changes results and can be switched on."""

    id: Slug
    name: Text
    why: Text
    anchors: Mapping[CriterionId, Scale] = Field(default_factory=dict)
    scores: Mapping[ProposalId, Mapping[CriterionId, Band]] = Field(default_factory=dict)


class PerspectivesFile(Record):
    question: Text | None = Field(default=None, description="What is asked at each weight.")
    disclaimer: Text | None = None
    perspectives: tuple[Perspective, ...] = ()


class ConstraintsFile(Record):
    constraints: tuple[Constraint, ...] = ()


class SettingsFile(Record):
    disclosure: Text | None = Field(default=None, description="What was changed after results.")
    settings: tuple[Setting, ...] = ()
