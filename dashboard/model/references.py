"""Checks that every id that is mentioned exists, straight on the data as written.

Working on the data rather than on finished records finds a dangling id in a file that has other
faults too, so that all faults of a folder come in one list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

from dashboard.model.errors import Fault
from dashboard.model.explain import (
    Schema,
    bare,
    did_you_mean,
    field_annotation,
    item_annotation,
    record_type,
)
from dashboard.model.record import BY_DEFINITION, OWN_JUDGEMENT, RefersTo
from dashboard.model.yaml_tree import Trail, YamlTree

_NAMES = {
    "criterion": "criterion",
    "proposal": "proposal",
    "paragraph": "paragraph of the source text",
    "evidence": "evidence id",
    "constraint": "constraint",
}


@dataclass(frozen=True)
class Known:
    """The ids that exist in a question, by kind."""

    criteria: frozenset[str]
    proposals: frozenset[str]
    constraints: frozenset[str]
    sources: frozenset[str]
    paragraphs: frozenset[int]

    def ids(self, kind: str) -> frozenset[Any]:
        if kind == "evidence":
            cited = {f"paragraph-{number}" for number in self.paragraphs}
            return self.sources | cited | {BY_DEFINITION, OWN_JUDGEMENT}
        return {
            "criterion": self.criteria,
            "proposal": self.proposals,
            "constraint": self.constraints,
            "paragraph": self.paragraphs,
        }[kind]


def dangling(schema: Schema, tree: YamlTree, known: Known) -> list[Fault]:
    """A fault for every mention of something that does not exist."""
    faults = []
    for kind, value, trail in _mentions(schema, tree.data, ()):
        if value in known.ids(kind):
            continue
        name = _NAMES[kind]
        words = [str(identifier) for identifier in known.ids(kind)]
        faults.append(
            Fault(
                tree.file,
                tree.line(trail),
                f"unknown {name} {value!r}",
                did_you_mean(str(value), words, f"name an existing {name}"),
            )
        )
    return faults


def _mentions(annotation: Any, data: Any, trail: Trail) -> Iterator[tuple[str, Any, Trail]]:
    """Every value in ``data`` that an annotation marks as referring to something."""
    kind = _refers_to(annotation)
    if kind is not None:
        if isinstance(data, int if kind == "paragraph" else str):
            yield kind, data, trail
        return
    record = record_type(annotation)
    if record is not None and isinstance(data, Mapping):
        for key, value in data.items():
            yield from _mentions(field_annotation(record, key), value, (*trail, key))
    elif isinstance(data, tuple):
        for index, value in enumerate(data):
            yield from _mentions(item_annotation(annotation), value, (*trail, index))
    elif isinstance(data, Mapping):
        key_annotation = (get_args(bare(annotation)) or (None,))[0]
        for key, value in data.items():
            yield from _mentions(key_annotation, key, (*trail, key))
            yield from _mentions(item_annotation(annotation), value, (*trail, key))


def _refers_to(annotation: Any) -> str | None:
    if get_origin(annotation) is not Annotated:
        return None
    first, *marks = get_args(annotation)
    return next((m.kind for m in marks if isinstance(m, RefersTo)), _refers_to(first))
