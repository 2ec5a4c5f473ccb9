"""What was assumed, decided and taken as data while a question was made: ``seeds/logs.yaml``."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from dashboard.model.record import (
    ConstraintId,
    CriterionId,
    EvidenceId,
    ProposalId,
    Record,
    SettingId,
    Slug,
    Text,
)

LogKind = Literal["assumption", "decision", "data"]


class LogEntry(Record):
    """One line of one of the three logs; undated where nobody wrote the date down."""

    id: Slug
    kind: LogKind
    date: datetime.date | None = None
    text: Text
    why: Text | None = None
    who: Text = Field(description="A role, such as analyst or assurer; never a person's name.")
    after_results: bool = Field(default=False, description="Made after results had been seen.")
    criteria: tuple[CriterionId, ...] = ()
    proposals: tuple[ProposalId, ...] = ()
    constraints: tuple[ConstraintId, ...] = ()
    settings: tuple[SettingId, ...] = ()
    evidence: tuple[EvidenceId, ...] = ()


class LogsFile(Record):
    logs: tuple[LogEntry, ...]
