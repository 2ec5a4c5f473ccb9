"""What an evaluation rests on: the files of ``seeds/``."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from dashboard.model.bands import Bands
from dashboard.model.record import (
    Code,
    ConstraintId,
    CriterionId,
    EvidenceId,
    ParagraphNumber,
    ProposalId,
    Record,
    Slug,
    Text,
)


class Context(Record):
    """What is decided, by whom, over what horizon: ``seeds/question.yaml``."""

    title: Text
    decision: Text
    disclaimer: Text = Field(description="Whose judgement the scores are; shown beside them.")
    decision_makers: Text | None = None
    must_agree: Text | None = None
    decision_deadline: Text | None = None
    target_group: Text | None = None
    reference_pool: Text | None = None
    horizon: Text | None = None
    money: Text | None = None
    baseline: Text | None = None
    out_of_scope: Text | None = None
    evidence_until: Text | None = None
    marking: Text = "Marking not stated"
    scored_by: Text | None = None
    caveats: tuple[Text, ...] = ()
    bands: Bands = Field(default="percentiles", description="What low and high of a score are.")
    assumed_band: float | None = Field(
        default=None,
        gt=0,
        le=50,
        description="Percent of each scale, for scores without a band, once it is switched on.",
    )


class Paragraph(Record):
    """A paragraph of the source text, by place and hash; the text itself is never kept."""

    number: int = Field(ge=1)
    first_line: int = Field(ge=1)
    last_line: int = Field(ge=1)
    words: int = Field(ge=1)
    sha256: str = Field(pattern=r"^[0-9a-f]{8,64}$", description="First hex digits of the hash.")


class Section(Record):
    """A named run of paragraphs."""

    name: Text
    first: ParagraphNumber
    last: ParagraphNumber


class SourceText(Record):
    """The card of the text the question was drawn from: ``seeds/source.yaml``."""

    citation: Text
    kind: Text
    date: datetime.date
    address: Text | None = None
    counting_rule: Text
    sections: tuple[Section, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()


class Claim(Record):
    """Something the source text says, in the analyst's own words."""

    id: Slug
    ref: Code
    paragraph: ParagraphNumber
    kind: Literal[
        "fact",
        "question",
        "history",
        "risk",
        "causal",
        "time",
        "forecast",
        "goal",
        "proposal",
        "constraint",
        "claim",
    ]
    text: Text
    criteria: tuple[CriterionId, ...] = ()
    proposals: tuple[ProposalId, ...] = ()
    constraints: tuple[ConstraintId, ...] = ()
    bears_on_note: Text | None = None
    check: Text


class Barrier(Record):
    """A reason why people stay."""

    id: Slug
    ref: Code
    name: Text
    paragraphs: tuple[ParagraphNumber, ...] = ()
    evidence: tuple[EvidenceId, ...] = ()
    place_note: Text | None = None
    criteria: tuple[CriterionId, ...] = ()
    force: Text
    acted_on_by: tuple[ProposalId, ...] = ()
    acted_on_note: Text | None = None
    limit: Text


class Tension(Record):
    """Two things the source text says that pull against each other."""

    id: Slug
    ref: Code
    text: Text
    paragraphs: tuple[ParagraphNumber, ...] = ()
    handling: Text


class PublicSource(Record):
    """A public fact and where it was read."""

    id: Slug
    ref: Code
    short_name: Text | None = Field(default=None, description="What other texts call it.")
    fact: Text
    addresses: tuple[Text, ...] = Field(min_length=1, description="Without the scheme.")
    note: Text | None = None
    kind: Text

    @property
    def label(self) -> str:
        return self.short_name or self.fact


class ClaimsFile(Record):
    claims: tuple[Claim, ...]


class BarriersFile(Record):
    barriers: tuple[Barrier, ...]


class TensionsFile(Record):
    tensions: tuple[Tension, ...]


class SourcesFile(Record):
    accessed: Text | None = Field(default=None, description="How and when the sources were read.")
    sources: tuple[PublicSource, ...]
