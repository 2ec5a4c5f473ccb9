"""Perspectives, screening constraints and settings: the rest of ``criteria/``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

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


class Perspective(Record):
    """A named set of weights: swing points per criterion, or the rule that gives them."""

    id: Slug
    ref: Code
    name: Text
    short_name: Text | None = None
    points: Mapping[CriterionId, float] | None = None
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
        if self.points is not None:
            check_points(self.points)
        return self


def check_points(points: Mapping[str, float]) -> None:
    """Refuse points that cannot be made into weights (negative, or all zero)."""
    for criterion, value in points.items():
        if value < 0:
            raise fault_at(
                f"points/{criterion}",
                f"{criterion} has negative points ({value:g})",
                "give 0 or more; direction belongs to the scale",
            )
    if not any(value > 0 for value in points.values()):
        raise fault_at(
            "points", "all points are zero", "give at least one criterion points above 0"
        )


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
