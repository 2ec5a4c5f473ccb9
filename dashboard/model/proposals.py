"""A proposal or reference option with its scores: one file each in ``proposals/``."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from dashboard.model.errors import digits
from dashboard.model.record import (
    Code,
    Confidence,
    ConstraintId,
    CriterionId,
    EvidenceClass,
    EvidenceId,
    ParagraphNumber,
    Record,
    Slug,
    Text,
    fault_at,
)


class Band(Record):
    """Low, likely and high of a performance: about the 10th percentile, mode and 90th percentile.

    Low and high are numbers, not judgements: where less is better, low is the better end.
    """

    low: float
    likely: float
    high: float

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        turned = _turned(self.low, self.likely, self.high)
        if turned:
            what = " and ".join(turned.values())
            raise fault_at(next(iter(turned)), what, IN_ORDER)
        return self


IN_ORDER = "put low <= likely <= high"


def order_fault(low: float, likely: float, high: float) -> tuple[str, str] | None:
    """What is wrong and what to do, where the three are not in order."""
    turned = _turned(low, likely, high)
    return (" and ".join(turned.values()), IN_ORDER) if turned else None


def _turned(low: float, likely: float, high: float) -> dict[str, str]:
    """The keys that are below the one before them, each with the words for it."""
    return {
        above: f"{above} ({digits(large)}) is below {below} ({digits(small)})"
        for (below, small), (above, large) in pairwise(
            (("low", low), ("likely", likely), ("high", high))
        )
        if small > large
    }


class Score(Band):
    """One performance with its evidence."""

    evidence_class: tuple[EvidenceClass, ...] = Field(alias="class", min_length=1)
    confidence: Confidence
    evidence: tuple[EvidenceId, ...] = Field(min_length=1)
    rationale: Text
    working: Text | None = Field(default=None, description="The arithmetic behind the number.")

    @property
    def judgement_only(self) -> bool:
        return self.evidence_class == ("judgement",)


class Element(Record):
    """A part of a proposal, and where the source text says it."""

    text: Text
    paragraphs: tuple[ParagraphNumber, ...] = ()


class Risk(Record):
    """What may go wrong."""

    text: Text
    stated: tuple[ParagraphNumber, ...] = Field(
        default=(), description="Paragraphs that state it; none where the analyst inferred it."
    )


class Variant(Record):
    """A form the proposal can take; only one form is scored."""

    id: Slug
    ref: Code
    name: Text
    text: Text
    scored: bool
    breaks: tuple[ConstraintId, ...] = ()


class Proposal(Record):
    """A proposal, or a reference option that proposals are compared with."""

    id: Slug
    ref: Code
    order: int = Field(default=0, description="Place in lists; sets colour and mark.")
    name: Text
    short_name: Text | None = None
    kind: Literal["proposal", "status-quo", "rival"] = "proposal"
    summary: Text
    paragraphs: tuple[ParagraphNumber, ...] = ()
    elements: tuple[Element, ...] = ()
    preconditions: tuple[Text, ...] = ()
    claimed_benefits: tuple[Text, ...] = ()
    risks: tuple[Risk, ...] = ()
    variants: tuple[Variant, ...] = ()
    note: Text | None = None
    scores: Mapping[CriterionId, Score]

    @property
    def label(self) -> str:
        return self.short_name or self.name

    @property
    def is_reference(self) -> bool:
        """Status quo and rivals are there to be compared with."""
        return self.kind != "proposal"


class DescribedOption(Record):
    """An option that is described for context and not scored."""

    id: Slug
    ref: Code
    name: Text
    text: Text
    paragraphs: tuple[ParagraphNumber, ...] = ()
    use: Text


class DescribedOptionsFile(Record):
    options: tuple[DescribedOption, ...]
