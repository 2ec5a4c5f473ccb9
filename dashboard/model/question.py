"""A question: everything that a folder says, as frozen data with the look-ups others need."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import cached_property
from typing import TypeVar

from pydantic import ConfigDict, Field

from dashboard.model.assumed_band import ASSUMED_BAND, assumed_band_setting
from dashboard.model.combination import CombinationFile, InteractionsFile, ScenariosFile
from dashboard.model.errors import Fault
from dashboard.model.evidence import Barrier, Claim, Context, PublicSource, SourceText, Tension
from dashboard.model.logs import LogEntry
from dashboard.model.overrides import OverriddenScore
from dashboard.model.palette import STATUS_QUO, Look, look
from dashboard.model.proposals import Band, DescribedOption, Proposal
from dashboard.model.record import BY_DEFINITION, OWN_JUDGEMENT, Record
from dashboard.model.value_tree import Branch, Criterion, ValueTreeFile
from dashboard.model.weighting import (
    Constraint,
    Perspective,
    PerspectivesFile,
    Setting,
    SettingsFile,
)
from dashboard.model.wording import decimals_shown

_Identified = TypeVar("_Identified", Proposal, Criterion, Perspective, PublicSource)


class Question(Record):
    """One decision with its options, criteria, weights and evidence."""

    model_config = ConfigDict(ignored_types=(cached_property,))

    context: Context
    source: SourceText | None = None
    claims: tuple[Claim, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    tensions: tuple[Tension, ...] = ()
    sources: tuple[PublicSource, ...] = ()
    sources_accessed: str | None = None
    logs: tuple[LogEntry, ...] = ()
    tree: ValueTreeFile
    weighting: PerspectivesFile = PerspectivesFile()
    constraints: tuple[Constraint, ...] = ()
    disclosure: SettingsFile = SettingsFile()
    proposals: tuple[Proposal, ...]
    described: tuple[DescribedOption, ...] = ()
    interactions: InteractionsFile = InteractionsFile()
    combination: CombinationFile = CombinationFile()
    scenarios: ScenariosFile = ScenariosFile()
    active_settings: tuple[str, ...] = ()
    overrides: tuple[OverriddenScore, ...] = Field(default=(), exclude=True)
    warnings: tuple[Fault, ...] = Field(default=(), exclude=True)

    def replace(self, **changes: object) -> Question:
        """A copy with other fields; unlike ``model_copy`` it leaves computed look-ups behind."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_construct(**(fields | changes))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over all content: equal for equal data, whatever the layout of the files."""
        # What is left out counts as its default: a key that a later version adds changes nothing.
        content = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        if self.overrides:
            # The reasons too: what is kept for all users is kept under this.
            content["overrides"] = [
                [asdict(held.override), held.was.model_dump(mode="json")] for held in self.overrides
            ]
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def scales_fingerprint(self) -> str:
        """SHA-256 over what weights are given to: criteria, their branches, anchors and curves."""
        scales = [
            [branch.id, [[c.id, c.worst, c.best, c.curve] for c in branch.criteria]]
            for branch in self.branches
        ]
        return hashlib.sha256(json.dumps(scales).encode()).hexdigest()

    @cached_property
    def branches(self) -> tuple[Branch, ...]:
        """The tree, each criterion with the decimals that its numbers are shown with.

        The tree as it is written, for the files and the fingerprint, is ``tree``.
        """
        return tuple(
            branch.model_copy(update={"criteria": tuple(map(self._shown, branch.criteria))})
            for branch in self.tree.branches
        )

    def _shown(self, criterion: Criterion) -> Criterion:
        """A criterion with decimals that tell its numbers apart, also those before an override."""
        scores: list[Band] = [p.scores[criterion.id] for p in self.proposals]
        scores += [h.was for h in self.overrides if h.override.criterion == criterion.id]
        numbers = [n for score in scores for n in (score.low, score.likely, score.high)]
        marks = (criterion.worst, criterion.best, criterion.veto)
        numbers += [mark for mark in marks if mark is not None]
        return criterion.model_copy(update={"decimals": decimals_shown(numbers, criterion)})

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """All leaves in the order of the tree."""
        return tuple(criterion for branch in self.branches for criterion in branch.criteria)

    @property
    def perspectives(self) -> tuple[Perspective, ...]:
        return self.weighting.perspectives

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """Those of the files, and an assumed band where the question can do with one."""
        written = self.disclosure.settings
        wanted = (
            self.context.assumed_band is not None
            or ASSUMED_BAND in self.active_settings
            or not self.has_bands
        )
        if not wanted or any(setting.id == ASSUMED_BAND for setting in written):
            return written
        return (*written, assumed_band_setting(self.context.assumed_band))

    @cached_property
    def has_bands(self) -> bool:
        """Whether any score says how far it may be off. Where none does, no error is known."""
        return any(score.has_band for p in self.proposals for score in p.scores.values())

    @property
    def status_quo(self) -> Proposal | None:
        return next((p for p in self.proposals if p.kind == "status-quo"), None)

    @cached_property
    def looks(self) -> dict[str, Look]:
        """The look of each proposal by id; withdrawing one never repaints the others' order."""
        contenders = [p.id for p in self.proposals if p.kind != "status-quo"]
        looks = {identifier: look(index) for index, identifier in enumerate(contenders)}
        return {p.id: looks.get(p.id, STATUS_QUO) for p in self.proposals}

    def proposal(self, identifier: str) -> Proposal:
        return _by_id(self.proposals, identifier)

    def criterion(self, identifier: str) -> Criterion:
        return _by_id(self.criteria, identifier)

    def perspective(self, identifier: str) -> Perspective:
        return _by_id(self.perspectives, identifier)

    def overridden(self, proposal: str, criterion: str) -> OverriddenScore | None:
        """What a reader has put in place of a score, if anything."""
        return self._overridden_by_cell.get((proposal, criterion))

    @cached_property
    def _overridden_by_cell(self) -> dict[tuple[str, str], OverriddenScore]:
        return {held.override.cell: held for held in self.overrides}

    @cached_property
    def source_labels(self) -> dict[str, str]:
        """What each public source is called, by id."""
        return {source.id: source.label for source in self.sources}

    def claims_of(self, paragraph: int) -> tuple[Claim, ...]:
        """What a paragraph of the source text says."""
        return tuple(claim for claim in self.claims if claim.paragraph == paragraph)

    def branch_of(self, criterion: str) -> Branch:
        return next(b for b in self.branches if any(c.id == criterion for c in b.criteria))

    def evidence_label(self, identifier: str) -> str:
        """What an evidence id stands for, in words a reader can follow."""
        if identifier == BY_DEFINITION:
            return "By definition of the criterion"
        if identifier == OWN_JUDGEMENT:
            return "The scorer's own judgement"
        if identifier.startswith("paragraph-"):
            return self._paragraph_label(int(identifier.removeprefix("paragraph-")))
        return _by_id(self.sources, identifier).fact

    def _paragraph_label(self, number: int) -> str:
        """A paragraph by its number and, in the analyst's words, what it claims."""
        claims = " ".join(claim.text for claim in self.claims_of(number))
        return f"Source text, paragraph {number}" + (f": {claims}" if claims else "")


def _by_id(records: Iterable[_Identified], identifier: str) -> _Identified:
    for record in records:
        if record.id == identifier:
            return record
    raise KeyError(identifier)
