"""Reads a file of what-if overrides: YAML or JSON, a list of scores with numbers and a reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import Field

from dashboard.model.errors import Fault, InputError
from dashboard.model.explain import validate
from dashboard.model.overrides import LONGEST_REASON, Override
from dashboard.model.proposals import Band
from dashboard.model.question import Question
from dashboard.model.record import CriterionId, ProposalId, Record, Text
from dashboard.model.references import Known, dangling
from dashboard.model.yaml_tree import YamlTree, read_yaml_tree

_LIST = "overrides"


class _Entry(Band):
    proposal: ProposalId
    criterion: CriterionId
    reason: Annotated[Text, Field(max_length=LONGEST_REASON)] | None


class _File(Record):
    overrides: tuple[_Entry, ...]


def read_overrides_file(path: Path, question: Question) -> tuple[Override, ...]:
    """A list of ``{proposal:, criterion:, low:, likely:, high:, reason:}``.

    A reason is to be given; ``null`` says that there is none, as of a score that came by a link.

    Raises
    ------
    InputError : the file cannot be read, or does not fit the question; all faults at once.
    """
    tree = read_yaml_tree(path, str(path))
    if tree.faults:
        raise InputError(tree.faults)
    if not isinstance(tree.data, tuple):
        what = "is no list of overrides"
        remedy = (
            "write '- {proposal: ID, criterion: ID, low: 1, likely: 2, high: 3, reason: why}', "
            "one a line"
        )
        raise InputError.one(tree.file, 1, what, remedy)
    # The schema wants a name for the list, which in the file is the whole document.
    lines = {(_LIST, *trail): line for trail, line in tree.lines.items()}
    named = replace(tree, data={_LIST: tree.data}, lines=lines)
    record, faults = validate(_File, named, named.data)
    faults.extend(dangling(_File, named, _known(question)))
    faults.extend(_twice(named))
    if faults:
        raise InputError(faults)
    return tuple(
        Override(e.proposal, e.criterion, e.low, e.likely, e.high, e.reason)
        for e in record.overrides
    )


def _known(question: Question) -> Known:
    return Known(
        criteria=frozenset(criterion.id for criterion in question.criteria),
        proposals=frozenset(proposal.id for proposal in question.proposals),
        constraints=frozenset(),
        sources=frozenset(),
        paragraphs=frozenset(),
    )


def _twice(tree: YamlTree) -> list[Fault]:
    """A fault for every score that is overridden again."""
    faults, seen = [], Counter[str]()
    for index, entry in enumerate(tree.data[_LIST]):
        if not isinstance(entry, dict):
            continue
        cell = f"{entry.get('proposal')} on {entry.get('criterion')}"
        if seen[cell]:
            what = f"the score of {cell} is overridden twice"
            faults.append(Fault(tree.file, tree.line((_LIST, index)), what, "override it once"))
        seen[cell] += 1
    return faults
