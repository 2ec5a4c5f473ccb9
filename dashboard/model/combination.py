"""How proposals act together, and scenarios: the other files of ``proposals/``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from dashboard.model.proposals import Band
from dashboard.model.record import (
    Code,
    Confidence,
    CriterionId,
    EvidenceId,
    ProposalId,
    Record,
    Slug,
    Text,
    fault_at,
)


class Delta(Band):
    """A change of performance when both members are present, in the unit of the criterion."""

    note: Text | None = None


class Interaction(Record):
    """What two proposals do to each other."""

    id: Slug
    ref: Code
    between: tuple[ProposalId, ProposalId]
    kind: Text
    deltas: Mapping[CriterionId, Delta]
    mechanism: Text
    evidence: tuple[EvidenceId, ...] = ()
    confidence: Confidence

    @model_validator(mode="after")
    def _two_different(self) -> Self:
        if self.between[0] == self.between[1]:
            raise fault_at(
                "between", f"{self.between[0]} is paired with itself", "name two different options"
            )
        return self


class Gate(Record):
    """A condition a combination must meet before it starts."""

    id: Slug
    proposals: tuple[ProposalId, ...] = Field(min_length=1)
    text: Text
    needs_any_of: tuple[ProposalId, ...] = ()
    or_else: Text | None = Field(default=None, description="What may stand in for the proposal.")


class InteractionsFile(Record):
    interactions: tuple[Interaction, ...] = ()
    coverage_note: Text | None = None
    gates: tuple[Gate, ...] = ()
    sequence: tuple[Text, ...] = ()
    sequence_note: Text | None = None


class CombinationRule(Record):
    """How the performances of the members of a package become the package's own."""

    criteria: tuple[CriterionId, ...] = Field(min_length=1)
    rule: Literal["overlap", "sum-over-status-quo", "minimum"]
    ceiling: float | None = Field(
        default=None, description="What overlapping reach can come to at most; for `overlap` only."
    )
    formula: Text
    reason: Text
    alternatives: tuple[Literal["product", "maximum", "benefit-weighted-mean"], ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _ceiling_fits_the_rule(self) -> Self:
        if (self.rule == "overlap") != (self.ceiling is not None):
            raise fault_at(
                "ceiling",
                f"the rule {self.rule} {'needs' if self.rule == 'overlap' else 'takes no'} ceiling",
                "give a ceiling (such as 100 for percent) with overlap, and with no other rule",
            )
        return self


class CombinationFile(Record):
    rules: tuple[CombinationRule, ...] = ()
    after: Text | None = Field(default=None, description="What is done once members are combined.")
    notes: tuple[Text, ...] = ()


class ScenarioChange(Record):
    """One change that a scenario makes; exactly one of the three operations."""

    criteria: tuple[CriterionId, ...] = Field(min_length=1)
    proposals: tuple[ProposalId, ...] = Field(min_length=1)
    times_increment: float | None = Field(
        default=None, description="Multiplies the difference to the status quo."
    )
    times: float | None = Field(default=None, description="Multiplies the performance itself.")
    add: float | None = Field(default=None, description="Added to the performance.")

    @model_validator(mode="after")
    def _one_operation(self) -> Self:
        if [self.times_increment, self.times, self.add].count(None) != 2:
            raise fault_at(
                "criteria",
                "a change needs exactly one of times_increment, times and add",
                "keep one of the three",
            )
        return self


class Scenario(Record):
    """A way the world may go, as changes of performances."""

    id: Slug
    ref: Code
    name: Text
    changes: tuple[ScenarioChange, ...]
    note: Text | None = None


class ScenariosFile(Record):
    note: Text | None = None
    scenarios: tuple[Scenario, ...] = ()
