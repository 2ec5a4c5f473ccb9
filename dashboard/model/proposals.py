"""A proposal or reference option with its scores: one file each in ``proposals/``."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from statistics import NormalDist
from typing import Any, Literal, Self, TypeGuard

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    model_serializer,
    model_validator,
)

from dashboard.model.bands import Bands
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
    """Low, likely and high of a performance.

    The likely number is the best estimate. What low and high are, ``bands`` says: the 10th and
    the 90th percentile unless a question or a score states otherwise. They are numbers, not
    judgements: where less is better, low is the better end.
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


Family = Literal["normal", "log-normal"]
Z90 = NormalDist().inv_cdf(0.9)
"""Standard deviations from the mean of a normal distribution to its 90th percentile."""

_WIDEST_LOG = 2 * Z90


class Score(Band):
    """One performance with its evidence.

    It is written as low, likely and high, or as a mean with a standard deviation; then low and
    high are the 10th and the 90th percentile of that distribution, and likely is its mean.
    """

    bands: Bands | None = Field(default=None, description="Where it differs from the question's.")
    mean: float | None = None
    sd: float | None = Field(default=None, ge=0, description="The standard deviation.")
    distribution: Family | None = Field(default=None, description="normal unless it says so.")
    evidence_class: tuple[EvidenceClass, ...] = Field(alias="class", min_length=1)
    confidence: Confidence
    evidence: tuple[EvidenceId, ...] = Field(min_length=1)
    rationale: Text
    working: Text | None = Field(default=None, description="The arithmetic behind the number.")

    @model_validator(mode="before")
    @classmethod
    def _from_mean(cls, data: Any, info: ValidationInfo) -> Any:
        """Low, likely and high of a mean with a standard deviation."""
        if not isinstance(data, Mapping):
            return data
        if info.mode == "json":
            # What passes through here counts as Python's, and is strictly no tuple where JSON has
            # a list.
            data = {key: tuple(v) if isinstance(v, list) else v for key, v in data.items()}
        # What is written out in full has None where a key is left out.
        stated = {key for key, value in data.items() if value is not None}
        if not set(_MOMENTS) & stated:
            return data
        if twice := [key for key in (*_NUMBERS, "bands") if key in stated]:
            what = f"has both {next(key for key in _MOMENTS if key in stated)} and {twice[0]}"
            remedy = "give either low, likely and high, or mean and sd"
            if twice[0] == "bands":
                remedy = "take bands out: it says what low and high are, and there are none"
            raise fault_at(twice[0], what, remedy)
        mean, sd, family = data.get("mean"), data.get("sd"), data.get("distribution") or "normal"
        if not _is_number(mean) or not _is_number(sd) or sd < 0:
            missing = "mean" if not _is_number(mean) else "sd"
            raise fault_at(
                missing if missing in data else "",
                f"needs {missing} as a number" + (", 0 or more" if missing == "sd" else ""),
                "give mean and sd, or low, likely and high",
            )
        if family not in ("normal", "log-normal"):
            return {**data, **dict.fromkeys(_NUMBERS, 0.0)}  # the schema says what is wrong with it
        return {**data, **_percentiles(float(mean), float(sd), family)}

    @model_serializer(mode="wrap")
    def _as_written(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """A mean stands for the numbers that follow from it."""
        found: dict[str, Any] = write(self)
        return {
            key: value
            for key, value in found.items()
            if not (self.mean is not None and key in _NUMBERS)
        }

    @property
    def family(self) -> Family | None:
        """The distribution of a score that is given by its mean; None for a band."""
        return None if self.mean is None else self.distribution or "normal"

    @property
    def has_band(self) -> bool:
        return self.low < self.high

    def with_band(self, low: float, likely: float, high: float, **changes: Any) -> Score:
        """The same score with other numbers, whose low and high are what the question says."""
        numbers = {"low": low, "likely": likely, "high": high}
        unset = dict.fromkeys(("bands", "mean", "sd", "distribution"))
        return self.model_copy(update={**numbers, **unset, **changes})

    @property
    def judgement_only(self) -> bool:
        return self.evidence_class == ("judgement",)


_MOMENTS = ("mean", "sd", "distribution")
_NUMBERS = ("low", "likely", "high")


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _percentiles(mean: float, sd: float, family: str) -> dict[str, float]:
    """The 10th and the 90th percentile, and the mean as the likely number.

    Source: Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions, ch. 13, 14.
    """
    if family == "normal":
        return {"low": mean - Z90 * sd, "likely": mean, "high": mean + Z90 * sd}
    if mean <= 0:
        what = f"the mean ({digits(mean)}) of a log-normal distribution is not above 0"
        raise fault_at("mean", what, "give a mean above 0, or write distribution: normal")
    if sd == 0:
        # The logarithm and back would leave a width of rounding, which is no band.
        return {"low": mean, "likely": mean, "high": mean}
    spread = math.sqrt(math.log1p((sd / mean) ** 2))
    if spread > _WIDEST_LOG:
        what = f"sd ({digits(sd)}) is more than 26 times the mean ({digits(mean)})"
        raise fault_at("sd", what, "check both numbers, or give low, likely and high")
    middle = math.log(mean) - spread**2 / 2
    low, high = math.exp(middle - Z90 * spread), math.exp(middle + Z90 * spread)
    return {"low": min(low, mean), "likely": mean, "high": max(high, mean)}


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
