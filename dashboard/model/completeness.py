"""Checks across files: nothing named twice, nothing missing, nothing that hangs in the air."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dashboard.model import ids
from dashboard.model.errors import Fault, quoted
from dashboard.model.explain import nearest
from dashboard.model.ids import entries, proposal_files
from dashboard.model.references import Known
from dashboard.model.yaml_tree import Trail, YamlTree

_KINDS = ("proposal", "status-quo", "rival")


def faults(trees: Mapping[str, YamlTree], known: Known) -> list[Fault]:
    """Faults that show only when files are held beside each other, on the data as written."""
    return [
        *ids.faults(trees),
        *_missing_entries(trees, known),
        *_second_status_quo(trees),
        *_no_status_quo(trees),
        *_ruled_twice(trees),
    ]


def _missing_entries(trees: Mapping[str, YamlTree], known: Known) -> Iterator[Fault]:
    """A criterion without a score or without points is a fault, never a zero."""
    file = "criteria/perspectives.yaml"
    for index, entry in enumerate(entries(_data(trees, file).get("perspectives"))):
        trail: Trail = ("perspectives", index, "points")
        for criterion in absent(entry.get("points"), known.criteria):
            what = f"the points for {criterion!r} are missing"
            remedy = "add them; what is missing is never read as zero"
            yield Fault(trees[file].file, trees[file].line(trail), what, remedy)
    for file in proposal_files(trees):
        for criterion in absent(_data(trees, file).get("scores"), known.criteria):
            what = f"the score for {criterion!r} is missing"
            remedy = "add it; what is missing is never read as zero"
            yield Fault(trees[file].file, trees[file].line(("scores",)), what, remedy)


def absent(given: Any, criteria: frozenset[str]) -> list[str]:
    """The criteria for which nothing is given, except one that stands there misspelt."""
    if not isinstance(given, dict):
        return []
    unknown = [key for key in given if key not in criteria]
    missing = criteria - set(given)
    return sorted(missing - {nearest(key, criteria) for key in unknown})


def _second_status_quo(trees: Mapping[str, YamlTree]) -> Iterator[Fault]:
    held = [file for file in proposal_files(trees) if _data(trees, file).get("kind") == _KINDS[1]]
    for file in held[1:]:
        yield Fault(
            trees[file].file,
            trees[file].line(("kind",)),
            f"a second status quo beside {trees[held[0]].file}",
            "call one of them a rival or a proposal",
        )


def _no_status_quo(trees: Mapping[str, YamlTree]) -> Iterator[Fault]:
    """What is said relative to the status quo needs one."""
    kinds = [
        # An option that cannot be read, or of a kind that cannot, may be the status quo.
        tree.data.get("kind", _KINDS[0]) if isinstance(tree.data, dict) else None
        for tree in (trees[file] for file in proposal_files(trees))
    ]
    if any(kind not in ("proposal", "rival") for kind in kinds):
        return
    remedy = "add an option of kind status-quo, or take this out"
    for file, key, field, words in (
        ("proposals/scenarios.yaml", "scenarios", "changes", ("times_increment",)),
        ("proposals/combination.yaml", "rules", None, ("overlap", "sum-over-status-quo")),
    ):
        for index, entry in enumerate(entries(_data(trees, file).get(key))):
            inner = [entry] if field is None else entries(entry.get(field))
            for place, part in enumerate(inner):
                found = [w for w in words if w in part or part.get("rule") == w]
                if found:
                    trail: Trail = (key, index) if field is None else (key, index, field, place)
                    what = f"{found[0]} refers to a status quo, and there is none"
                    yield Fault(trees[file].file, trees[file].line(trail), what, remedy)


def _ruled_twice(trees: Mapping[str, YamlTree]) -> Iterator[Fault]:
    """A criterion under two combination rules would be combined twice."""
    file = "proposals/combination.yaml"
    first: dict[str, Trail] = {}
    for index, rule in enumerate(entries(_data(trees, file).get("rules"))):
        criteria = rule.get("criteria")
        for place, criterion in enumerate(criteria if isinstance(criteria, tuple) else ()):
            trail = ("rules", index, "criteria", place)
            if isinstance(criterion, str) and first.setdefault(criterion, trail) != trail:
                yield Fault(
                    trees[file].file,
                    trees[file].line(trail),
                    f"{quoted(criterion)} already has a rule in line "
                    f"{trees[file].line(first[criterion])}",
                    "leave it under one rule",
                )


def _data(trees: Mapping[str, YamlTree], file: str) -> dict[str, Any]:
    """The content of a file; empty where there is none or where it is no set of keys."""
    data = trees[file].data if file in trees else None
    return data if isinstance(data, dict) else {}
