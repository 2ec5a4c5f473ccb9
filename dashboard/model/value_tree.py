"""The value tree and its scales: ``criteria/value-tree.yaml``."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from dashboard.model.errors import digits
from dashboard.model.record import (
    Code,
    CriterionId,
    EvidenceId,
    ProposalId,
    Record,
    Slug,
    Text,
    fault_at,
)
from dashboard.model.remedies import turning_curve

CurvePoint = tuple[float, float]
"""A performance and the partial value (0-100) it is worth."""

Aggregator = Literal["sum", "geometric", "minimum"]


class Level(Record):
    """A labelled point or band of a scale, so that a number can be read."""

    at: float
    to: float | None = None
    label: Text
    description: Text | None = None


class Scale(Record):
    """Two fixed anchors and the curve between them."""

    worst: float = Field(description="Performance worth 0: a fixed anchor, not the worst seen.")
    best: float = Field(description="Performance worth 100; below `worst` where less is better.")
    curve: tuple[CurvePoint, ...] | None = Field(
        default=None,
        description="Piecewise linear, from worst (0) to best (100); straight if left out.",
    )

    @model_validator(mode="after")
    def _anchors_differ(self) -> Self:
        if self.worst == self.best:
            raise fault_at(
                "best",
                f"worst and best are both {digits(self.worst)}",
                "give two different anchors: the performance worth 0 and the one worth 100",
            )
        return self

    @model_validator(mode="after")
    def _curve_joins_the_anchors(self) -> Self:
        if self.curve is None:
            return self
        points, remedy = self.curve, "run it from [worst, 0] to [best, 100], always rising in value"
        if found := turning_curve(points):
            raise fault_at("curve", *found)
        ends = (points[0], points[-1]) if points else ()
        if ends != ((self.worst, 0.0), (self.best, 100.0)):
            raise fault_at("curve", "the curve does not join the two anchors", remedy)
        towards_best = 1 if self.best > self.worst else -1
        for (x0, v0), (x1, v1) in pairwise(points):
            if (x1 - x0) * towards_best <= 0 or v1 <= v0:
                raise fault_at("curve", "the curve turns back or stands still", remedy)
        return self

    @property
    def points(self) -> tuple[CurvePoint, ...]:
        """The curve from worst to best, the straight line where none is written."""
        return self.curve or ((self.worst, 0.0), (self.best, 100.0))

    @property
    def span(self) -> tuple[float, float]:
        """The smaller and the larger anchor."""
        return min(self.worst, self.best), max(self.worst, self.best)


class Criterion(Scale):
    """A leaf of the value tree, as written in ``criteria/``."""

    id: Slug
    ref: Code
    name: Text
    short_name: Text | None = None
    definition: Text
    scale: Text = Field(default="constructed", description="natural, natural proxy or constructed.")
    unit: Text = Field(description="Of the raw performance, e.g. 'EUR m, 5 yr'.")
    decimals: int | None = Field(
        default=None,
        ge=0,
        le=6,
        description="Shown of a raw performance, at least; where left out the numbers decide.",
    )
    veto: float | None = Field(
        default=None, description="A performance that an option must not fall short of."
    )
    lower_bound: float | None = Field(
        default=None, description="No performance can be below it, such as 0 for a share."
    )
    upper_bound: float | None = Field(
        default=None, description="No performance can be above it, such as 100 for a share."
    )
    levels: tuple[Level, ...] = ()
    why_in: Text | None = None
    evidence: tuple[EvidenceId, ...] = ()
    not_counted_here: Text | None = Field(default=None, description="The guard against overlap.")

    @model_validator(mode="after")
    def _anchors_within_the_bounds(self) -> Self:
        smallest, largest = self.span
        if self.lower_bound is not None and smallest < self.lower_bound:
            bound = digits(self.lower_bound)
            what = f"an anchor ({digits(smallest)}) is below lower_bound ({bound})"
            raise fault_at("lower_bound", what, "move the anchor, or take the bound out")
        if self.upper_bound is not None and largest > self.upper_bound:
            bound = digits(self.upper_bound)
            what = f"an anchor ({digits(largest)}) is above upper_bound ({bound})"
            raise fault_at("upper_bound", what, "move the anchor, or take the bound out")
        return self

    @property
    def direction(self) -> Literal["max", "min"]:
        return "max" if self.best > self.worst else "min"

    @property
    def label(self) -> str:
        return self.short_name or self.name


class Branch(Record):
    """A group of criteria that answer one question."""

    id: Slug
    ref: Code
    name: Text
    short_name: Text | None = None
    question: Text | None = None
    aggregators: tuple[Aggregator, ...] = ("sum",)
    aggregation_note: Text | None = None
    criteria: tuple[Criterion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _the_sum_comes_first(self) -> Self:
        if self.aggregators[:1] not in ((), ("sum",)):
            others = ", ".join(name for name in self.aggregators if name != "sum")
            first = self.aggregators[0]
            raise fault_at(
                "aggregators",
                f"aggregators begins with {first}, but a ranking adds up in every branch",
                f"write [sum, {others}]: 'counterweight robustness' and the page How sure then say "
                "what would change",
            )
        return self

    @property
    def label(self) -> str:
        return self.short_name or self.name


class LeftOut(Record):
    """A candidate criterion that was left out on purpose."""

    name: Text
    why: Text


class Overlap(Record):
    """A known link between criteria, and what keeps it from being counted twice."""

    criteria: tuple[CriterionId, ...] = ()
    link: Text
    guard: Text


class SharedError(Record):
    """Options whose performances on some criteria are off by the same error.

    Two versions of one scheme share the doubt about its benefit: if one does less than expected,
    so does the other.
    """

    criteria: tuple[CriterionId, ...] = Field(min_length=1)
    proposals: tuple[ProposalId, ...] = Field(default=(), description="All options if left out.")
    why: Text

    @model_validator(mode="after")
    def _shared_by_several(self) -> Self:
        if self.proposals and len(set(self.proposals)) == 1:
            what = f"names only {self.proposals[0]}, and no option to share the error with"
            remedy = "name at least two, or take proposals out to mean all options"
            raise fault_at("proposals", what, remedy)
        return self


class ValueTreeFile(Record):
    branches: tuple[Branch, ...] = Field(min_length=1)
    value_note: Text | None = None
    left_out: tuple[LeftOut, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    shared_errors: tuple[SharedError, ...] = ()

    @model_validator(mode="after")
    def _one_shared_error_a_score(self) -> Self:
        seen: dict[str, set[str]] = {}
        for index, shared in enumerate(self.shared_errors):
            for criterion in dict.fromkeys(shared.criteria):
                others = seen.setdefault(criterion, set())
                members = set(shared.proposals)
                # Without names it is about all options, so it leaves none for another entry.
                if others & members or (others and (not members or _ALL in others)):
                    what = f"an option has two shared errors on {criterion}"
                    remedy = "list each option once for a criterion, in one entry of shared_errors"
                    raise fault_at(("shared_errors", index, "criteria"), what, remedy)
                others |= members or {_ALL}
        return self


_ALL = ""
"""Stands for all options; no id is empty."""
