"""Checks across files: nothing named twice, nothing missing, nothing that hangs in the air."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from dashboard.model.errors import Fault
from dashboard.model.record import BY_DEFINITION, OWN_JUDGEMENT
from dashboard.model.references import Known
from dashboard.model.yaml_tree import Trail, YamlTree

_RESERVED_SOURCE = "paragraph-"


def faults(trees: Mapping[str, YamlTree], known: Known) -> list[Fault]:
    """Faults that show only when files are held beside each other, on the data as written."""
    return [
        *_duplicate_ids(trees),
        *_reserved_ids(trees),
        *_missing_entries(trees, known),
        *_second_status_quo(trees),
        *_file_name_differs(trees),
        *_no_status_quo(trees),
        *_ruled_twice(trees),
    ]


def _named(trees: Mapping[str, YamlTree]) -> Iterator[tuple[str, Any, str, Trail]]:
    """Every id as (space in which it must be unique, id, file, trail)."""
    spaces = {
        "seeds/claims.yaml": ("claims", "claim"),
        "seeds/barriers.yaml": ("barriers", "barrier"),
        "seeds/tensions.yaml": ("tensions", "tension"),
        "seeds/sources.yaml": ("sources", "source"),
        "criteria/perspectives.yaml": ("perspectives", "perspective"),
        "criteria/constraints.yaml": ("constraints", "constraint"),
        "criteria/settings.yaml": ("settings", "setting"),
        "proposals/interactions.yaml": ("interactions", "interaction"),
        "proposals/scenarios.yaml": ("scenarios", "scenario"),
        "proposals/described-only.yaml": ("options", "proposal"),
    }
    yield from _named_gates(trees)
    for file, tree in trees.items():
        data = tree.data if isinstance(tree.data, dict) else {}
        if file in spaces:
            key, space = spaces[file]
            for index, entry in enumerate(_entries(data.get(key))):
                yield space, entry.get("id"), file, (key, index, "id")
        elif file == "criteria/value-tree.yaml":
            for b, branch in enumerate(_entries(data.get("branches"))):
                yield "branch or criterion", branch.get("id"), file, ("branches", b, "id")
                for c, leaf in enumerate(_entries(branch.get("criteria"))):
                    at: Trail = ("branches", b, "criteria", c, "id")
                    yield "branch or criterion", leaf.get("id"), file, at
        elif file == "seeds/source.yaml":
            for index, entry in enumerate(_entries(data.get("paragraphs"))):
                trail = ("paragraphs", index, "number")
                yield "paragraph", str(entry.get("number")), file, trail
        elif file.startswith("proposals/"):
            yield "proposal", data.get("id", ""), file, ("id",)


def _entries(value: Any) -> Iterable[Any]:
    """The entries of a list that are sets of keys; an odd one keeps its place as an empty set."""
    if not isinstance(value, tuple):
        return ()
    return [entry if isinstance(entry, dict) else {} for entry in value]


def _duplicate_ids(trees: Mapping[str, YamlTree]) -> Iterator[Fault]:
    first: dict[tuple[str, str], str] = {}
    for space, identifier, file, trail in _named(trees):
        if not isinstance(identifier, str) or not identifier:
            continue
        line = trees[file].line(trail)
        place = first.setdefault((space, identifier), f"{file}, line {line}")
        if place != f"{file}, line {line}":
            yield Fault(
                file,
                line,
                f"the {space} id {identifier!r} is already used in {place}",
                "give one of the two another id",
            )


def _reserved_ids(trees: Mapping[str, YamlTree]) -> Iterator[Fault]:
    for space, identifier, file, trail in _named(trees):
        if space != "source" or not isinstance(identifier, str):
            continue
        if identifier in (BY_DEFINITION, OWN_JUDGEMENT) or identifier.startswith(_RESERVED_SOURCE):
            yield Fault(
                file,
                trees[file].line(trail),
                f"the source id {identifier!r} has a meaning of its own",
                "use another id",
            )


def _missing_entries(trees: Mapping[str, YamlTree], known: Known) -> Iterator[Fault]:
    """A criterion without a score or without points is a fault, never a zero."""
    for file, tree in trees.items():
        if not isinstance(tree.data, dict):
            continue
        if file == "criteria/perspectives.yaml":
            for index, entry in enumerate(_entries(tree.data.get("perspectives"))):
                if "points" in entry:
                    trail: Trail = ("perspectives", index, "points")
                    yield from _absent(tree, trail, entry["points"], known, "points")
        elif "scores" in tree.data and file.startswith("proposals/"):
            yield from _absent(tree, ("scores",), tree.data["scores"], known, "score")


def _absent(tree: YamlTree, trail: Trail, given: Any, known: Known, noun: str) -> Iterator[Fault]:
    if not isinstance(given, dict):
        return
    for criterion in sorted(known.criteria - set(given)):
        yield Fault(
            tree.file,
            tree.line(trail),
            f"{noun} for {criterion!r} is missing",
            "add it; what is missing is never read as zero",
        )


def _second_status_quo(trees: Mapping[str, YamlTree]) -> Iterator[Fault]:
    held = [
        tree
        for tree in trees.values()
        if isinstance(tree.data, dict) and tree.data.get("kind") == "status-quo"
    ]
    for tree in held[1:]:
        yield Fault(
            tree.file,
            tree.line(("kind",)),
            f"a second status quo beside {held[0].file}",
            "call one of them a rival or a proposal",
        )


def _file_name_differs(trees: Mapping[str, YamlTree]) -> Iterator[Fault]:
    for file, tree in trees.items():
        if not isinstance(tree.data, dict) or "scores" not in tree.data:
            continue
        stem, identifier = PurePosixPath(file).stem, tree.data.get("id")
        if isinstance(identifier, str) and identifier != stem:
            yield Fault(
                file,
                tree.line(("id",)),
                f"the id {identifier!r} differs from the file name",
                f"rename the file to {identifier}.yaml, or the id to {stem}",
            )


def _named_gates(trees: Mapping[str, YamlTree]) -> Iterator[tuple[str, Any, str, Trail]]:
    file = "proposals/interactions.yaml"
    if file in trees and isinstance(trees[file].data, dict):
        for index, entry in enumerate(_entries(trees[file].data.get("gates"))):
            yield "gate", entry.get("id"), file, ("gates", index, "id")


def _no_status_quo(trees: Mapping[str, YamlTree]) -> Iterator[Fault]:
    """What is said relative to the status quo needs one."""
    if any(isinstance(t.data, dict) and t.data.get("kind") == "status-quo" for t in trees.values()):
        return
    remedy = "add an option of kind status-quo, or take this out"
    for file, key, field, words in (
        ("proposals/scenarios.yaml", "scenarios", "changes", ("times_increment",)),
        ("proposals/combination.yaml", "rules", None, ("overlap", "sum-over-status-quo")),
    ):
        tree = trees.get(file)
        if tree is None or not isinstance(tree.data, dict):
            continue
        for index, entry in enumerate(_entries(tree.data.get(key))):
            inner = [entry] if field is None else list(_entries(entry.get(field)))
            for place, part in enumerate(inner):
                found = [w for w in words if w in part or part.get("rule") == w]
                if found:
                    trail: Trail = (key, index) if field is None else (key, index, field, place)
                    what = f"{found[0]} refers to a status quo, and there is none"
                    yield Fault(file, tree.line(trail), what, remedy)


def _ruled_twice(trees: Mapping[str, YamlTree]) -> Iterator[Fault]:
    """A criterion under two combination rules would be combined twice."""
    tree = trees.get("proposals/combination.yaml")
    if tree is None or not isinstance(tree.data, dict):
        return
    first: dict[str, int | None] = {}
    for index, rule in enumerate(_entries(tree.data.get("rules"))):
        criteria = rule.get("criteria")
        for place, criterion in enumerate(criteria if isinstance(criteria, tuple) else ()):
            line = tree.line(("rules", index, "criteria", place))
            if isinstance(criterion, str) and first.setdefault(criterion, line) != line:
                yield Fault(
                    tree.file,
                    line,
                    f"{criterion!r} already has a rule in line {first[criterion]}",
                    "leave it under one rule",
                )
