"""The base of every record, and the field types that records share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError


class Record(BaseModel):
    """Frozen data, checked once when it is read; unknown keys and loose types are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


@dataclass(frozen=True)
class RefersTo:
    """Marks a field whose text must be the id of something else in the question."""

    kind: Literal["criterion", "proposal", "paragraph", "evidence", "constraint", "setting"]


ID_FORM = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Slug = Annotated[str, StringConstraints(pattern=ID_FORM, max_length=64)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[
    str | None,
    Field(default=None, description="The id in the paper it came from."),
]

# Without the form of an id: an id that exists has it, and one that does not is said to be unknown.
CriterionId = Annotated[str, RefersTo("criterion")]
ProposalId = Annotated[str, RefersTo("proposal")]
ConstraintId = Annotated[str, RefersTo("constraint")]
SettingId = Annotated[str, RefersTo("setting")]
EvidenceId = Annotated[str, RefersTo("evidence")]
ParagraphNumber = Annotated[int, RefersTo("paragraph")]

EvidenceClass = Literal["source", "public-fact", "judgement"]
Confidence = Literal["high", "moderate", "low"]

BY_DEFINITION = "by-definition"
"""The evidence id of a score that follows from the definition of its criterion."""

OWN_JUDGEMENT = "own-judgement"
"""The evidence id of a score that rests on the scorer's judgement and on nothing written."""


def fault_at(at: str | tuple[str | int, ...], what: str, remedy: str) -> PydanticCustomError:
    """A fault that a record finds in itself.

    ``at`` is the key it is about, ``a/b`` for deeper, a tuple where entries of lists are counted.
    """
    trail = tuple(at.split("/")) if isinstance(at, str) else at
    return PydanticCustomError("fault", "{what}", {"at": trail, "what": what, "remedy": remedy})
