"""What the JSON files of a briefing hold: their names, their format, and the records of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from dashboard.methods.distributions import Distribution
from dashboard.model.record import Record, Text
from dashboard.report.briefing.brief import Origin
from dashboard.report.briefing.names import Annex, Length

FORMAT = 1
"""Raised when a file means something that a reader of the format before would get wrong."""

PROGRAM = "Counterweight"
MANIFEST, QUESTION, INPUTS = "manifest.json", "question.json", "inputs.json"
LAYOUT, RESULTS, WORKSHOP = "layout.json", "results.json", "workshop.json"
NO_SIGNATURE = (
    "The hashes and fingerprints find accidents and edits. They are no signature: whoever writes "
    "a briefing can write them too."
)

MOST_SAMPLES = 10_000_000
"""More would keep whoever opens a briefing waiting for minutes."""

_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Manifest(Record):
    """``manifest.json``. ``files`` : SHA-256 of every other file, by name."""

    format: int
    program: Literal["Counterweight"]
    version: Text
    question: _Hash
    inputs: _Hash
    note: str = ""
    files: Mapping[str, _Hash]


class WeightingRecord(Record):
    """As ``brief.Weighting``."""

    points: Mapping[str, float]
    label: Text
    origin: Origin
    perspective: str | None
    name: str | None
    locked: tuple[str, ...]


class OverrideRecord(Record):
    """As ``model.overrides.Override``."""

    proposal: str
    criterion: str
    low: float
    likely: float
    high: float
    reason: str | None


class SamplingRecord(Record):
    """As ``robustness.acceptability.Sampling``."""

    samples: int = Field(ge=1, le=MOST_SAMPLES)
    seed: int = Field(ge=0, lt=2**63)
    tolerance: float = Field(ge=0)


class ErrorsRecord(Record):
    """As ``robustness.readings.ScoreErrors``."""

    distribution: Distribution
    correlation: float = Field(ge=0, le=1)


class InputsFile(Record):
    """``inputs.json``: all but the question from which the results come.

    ``settings_within`` : settings that the anchors and scores of the question hold already, as
    those of a workshop's copy may.
    """

    weighting: WeightingRecord
    settings: tuple[str, ...]
    settings_within: tuple[str, ...]
    overrides: tuple[OverrideRecord, ...]
    sampling: SamplingRecord
    score_errors: ErrorsRecord


class FontRecord(Record):
    """As ``extra_fonts.FontName``: which font, not the font itself, which has its own licence."""

    family: Text
    sha256: _Hash


class LayoutFile(Record):
    """``layout.json``, as ``brief.Layout``: what is printed, and what stands on every page."""

    date: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    version: str
    length: Length
    annexes: tuple[Annex, ...] | None
    marking: str | None
    author: str | None
    assurer: str | None
    fonts: tuple[FontRecord, ...] = Field(default=(), max_length=10)
