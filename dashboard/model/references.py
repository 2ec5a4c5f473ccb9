"""Checks that every id that is mentioned exists, straight on the data as written.

Working on the data rather than on finished records finds a dangling id in a file that has other
faults too, so that all faults of a folder come in one list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

from dashboard.model.errors import Fault, quoted
from dashboard.model.explain import (
    Schema,
    bare,
    field_annotation,
    item_annotation,
    nearest,
    record_type,
)
from dashboard.model.record import BY_DEFINITION, OWN_JUDGEMENT, RefersTo
from dashboard.model.yaml_tree import Trail, YamlTree

_NAMES = {
    "criterion": ("criterion", "criteria/value-tree.yaml"),
    "proposal": ("proposal", "proposals/"),
    "paragraph": ("paragraph", "seeds/source.yaml"),
    "evidence": ("evidence id", "seeds/sources.yaml"),
    "constraint": ("constraint", "criteria/constraints.yaml"),
    "setting": ("setting", "criteria/settings.yaml"),
}
"""What each kind is called, and where it is defined."""

_FEW = 8
_CITED = "paragraph-"


@dataclass(frozen=True)
class Known:
    """The ids that exist in a question, by kind."""

    criteria: frozenset[str]
    proposals: frozenset[str]
    constraints: frozenset[str]
    sources: frozenset[str]
    paragraphs: frozenset[int]
    settings: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    """Kinds of which there may be more: their definitions are themselves at fault."""

    def ids(self, kind: str) -> frozenset[Any]:
        if kind == "evidence":
            cited = {f"{_CITED}{number}" for number in self.paragraphs}
            return self.sources | cited | {BY_DEFINITION, OWN_JUDGEMENT}
        return {
            "criterion": self.criteria,
            "proposal": self.proposals,
            "constraint": self.constraints,
            "setting": self.settings,
            "paragraph": self.paragraphs,
        }[kind]

    def lacks(self, kind: str, value: Any) -> bool:
        """Whether something is certain not to exist."""
        if kind == "evidence":
            kind_of_source = "paragraph" if value.startswith(_CITED) else "source"
            return kind_of_source not in self.unsure and value not in self.ids(kind)
        return kind not in self.unsure and value not in self.ids(kind)


def dangling(schema: Schema, tree: YamlTree, known: Known) -> list[Fault]:
    """A fault for every mention of something that does not exist."""
    faults = []
    for kind, value, trail in _mentions(schema, tree.data, ()):
        if not known.lacks(kind, value):
            continue
        name, home = _NAMES[kind]
        few = sorted(map(str, known.ids(kind))) if len(known.ids(kind)) <= _FEW else ()
        one = f"use one of: {', '.join(few)}" if few else "name one that exists"
        remedy = f"{one}, or add it to {home}"
        if kind == "paragraph" or str(value).startswith(_CITED):
            home = _NAMES["paragraph"][1]
            remedy = f"name one that {home} lists" if known.paragraphs else f"list it in {home}"
        elif near := nearest(value, known.ids(kind)):
            remedy = f"did you mean {near!r}?"
        what = f"unknown {name} {quoted(value) if isinstance(value, str) else value}"
        faults.append(Fault(tree.file, tree.line(trail), what, remedy))
    return faults


def _mentions(annotation: Any, data: Any, trail: Trail) -> Iterator[tuple[str, Any, Trail]]:
    """Every value in ``data`` that an annotation marks as referring to something."""
    kind = _refers_to(annotation)
    if kind is not None:
        whole = isinstance(data, int) and not isinstance(data, bool)
        if whole if kind == "paragraph" else isinstance(data, str):
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
