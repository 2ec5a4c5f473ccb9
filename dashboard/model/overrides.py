"""What-if: a reader's own numbers in place of scores; the question itself stays as it is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboard.model.anchors import bound_fault
from dashboard.model.doubts import warnings
from dashboard.model.errors import Fault, InputError, digits, quoted
from dashboard.model.explain import did_you_mean
from dashboard.model.proposals import Proposal, Score, order_fault
from dashboard.model.typed_number import Unread, read_number

if TYPE_CHECKING:
    from dashboard.model.question import Question

LONGEST_REASON = 500
LARGEST = 1e15
"""Numbers up to here keep every whole number apart, as in the files."""

_PLACE = "overrides"

Cell = tuple[str, str]
"""The ids of a proposal and a criterion: where a score stands."""


@dataclass(frozen=True)
class Override:
    """A reader's numbers for one score, in the unit of the criterion, and why.

    The reason is None where there is none, as of what came in a link, which does not carry it.
    """

    proposal: str
    criterion: str
    low: float
    likely: float
    high: float
    reason: str | None

    @property
    def cell(self) -> Cell:
        return self.proposal, self.criterion


@dataclass(frozen=True)
class OverriddenScore:
    """An override that holds in a question, and the score that stood there before."""

    override: Override
    was: Score


def with_overrides(question: Question, overrides: Iterable[Override]) -> Question:
    """The question under these overrides and no others.

    An overridden score keeps its evidence, rationale and working, so that they can still be read;
    but it rests on the reader's judgement, with low confidence.

    Raises
    ------
    InputError : with every override that does not fit the question.
    """
    given = tuple(overrides)
    if faults := override_faults(question, given):
        raise InputError(faults)
    if not given and not question.overrides:
        return question
    before = {held.override.cell: held.was for held in question.overrides}
    written = {
        proposal.id: {
            criterion: before.get((proposal.id, criterion), score)
            for criterion, score in proposal.scores.items()
        }
        for proposal in question.proposals
    }
    held = tuple(OverriddenScore(o, written[o.proposal][o.criterion]) for o in given)
    changed = question.replace(
        proposals=tuple(_proposal(p, written[p.id], held) for p in question.proposals),
        overrides=held,
    )
    return changed.replace(warnings=warnings(changed, lambda *_: None))


def _proposal(
    proposal: Proposal, written: dict[str, Score], held: tuple[OverriddenScore, ...]
) -> Proposal:
    mine = {
        h.override.criterion: _overridden(h) for h in held if h.override.proposal == proposal.id
    }
    return proposal.model_copy(update={"scores": written | mine})


def _overridden(held: OverriddenScore) -> Score:
    override = held.override
    return held.was.with_band(
        override.low,
        override.likely,
        override.high,
        evidence_class=("judgement",),
        confidence="low",
    )


NUMBERS = ("low", "likely", "high")


@dataclass(frozen=True)
class TypedFaults:
    """What is wrong with a typed override, as sentences.

    ``by_number`` : beside the field of a number, by its name; ``others`` : on the whole.
    """

    by_number: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()


def typed_override(
    question: Question, cell: Cell, numbers: Sequence[str], reason: str
) -> tuple[Override | None, TypedFaults]:
    """The override that somebody typed, or what is wrong with it.

    Parameters
    ----------
    numbers : low, likely and high as they were typed.
    """
    scale = question.criterion(cell[1]).span
    read = {
        name: read_number(text, usual=scale) if text.strip() else Unread(_MISSING.format(name))
        for name, text in zip(NUMBERS, numbers, strict=True)
    }
    unread = {name: found.sentence for name, found in read.items() if isinstance(found, Unread)}
    low, likely, high = (0.0 if isinstance(n, Unread) else n for n in read.values())
    override = Override(*cell, low, likely, high, reason.strip())
    faults = override_faults(question, [override])
    if unread:
        faults = [f for f in faults if "reason" in f.what]
    elif not faults and _as_written(question, override):
        what = "these are the numbers that the score has in the files"
        faults = [Fault(_PLACE, None, what, "change at least one of them")]
    if not (unread or faults):
        return override, TypedFaults()
    sentences = tuple(f"{f.what[:1].upper()}{f.what[1:]}; {f.remedy}." for f in faults)
    return None, TypedFaults(unread, sentences)


_MISSING = "Give a number for {}."


def _as_written(question: Question, override: Override) -> bool:
    held = question.overridden(*override.cell)
    score = held.was if held else question.proposal(override.proposal).scores[override.criterion]
    numbers = override.low, override.likely, override.high
    return numbers == (score.low, score.likely, score.high)


def override_faults(question: Question, overrides: Iterable[Override]) -> list[Fault]:
    """What keeps overrides from being applied, in their order; empty where nothing does."""
    proposals = [proposal.id for proposal in question.proposals]
    criteria = [criterion.id for criterion in question.criteria]
    found: list[tuple[str, str]] = []
    seen: set[Cell] = set()
    for override in overrides:
        if override.proposal not in proposals:
            remedy = did_you_mean(override.proposal, proposals, "leave it out")
            found.append((f"unknown proposal {quoted(override.proposal)}", remedy))
        if override.criterion not in criteria:
            remedy = did_you_mean(override.criterion, criteria, "leave it out")
            found.append((f"unknown criterion {quoted(override.criterion)}", remedy))
        if override.cell in seen:
            what = f"the score of {override.proposal} on {override.criterion} is overridden twice"
            found.append((what, "override it once"))
        seen.add(override.cell)
        numbers = _number_fault(override) or _bound_fault(question, override)
        found.extend(filter(None, (numbers, _reason_fault(override.reason))))
    return [Fault(_PLACE, None, what, remedy) for what, remedy in found]


def _bound_fault(question: Question, override: Override) -> tuple[str, str] | None:
    """A number that the criterion says there cannot be."""
    for criterion in question.criteria:
        if criterion.id != override.criterion:
            continue
        for key in ("low", "likely", "high"):
            if what := bound_fault(criterion, key, getattr(override, key)):
                return what, "give a number within the bounds"
    return None


def _number_fault(override: Override) -> tuple[str, str] | None:
    for name in NUMBERS:
        value = getattr(override, name)
        if not math.isfinite(value):
            return f"{name} is not a finite number", "give one"
        if abs(value) >= LARGEST:
            most = f"{digits(LARGEST)[1:].count('0')} digits before the point"
            return f"{name} has more than {most}", "give a smaller number"
    return order_fault(override.low, override.likely, override.high)


def _reason_fault(reason: str | None) -> tuple[str, str] | None:
    if reason is None:
        return None
    if not reason.strip():
        return "the reason is missing", "say in a few words why the score should be different"
    if len(reason) > LONGEST_REASON:
        return (
            f"the reason has {len(reason):,} characters",
            f"shorten it to {LONGEST_REASON} or fewer",
        )
    return None
