"""Reads a file of what is known about weights without knowing them: an order, and intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dashboard.model.errors import Fault, InputError, quoted
from dashboard.model.explain import did_you_mean, shown
from dashboard.model.question import Question
from dashboard.model.yaml_tree import YamlTree, read_yaml_tree

_KEYS = ("order", "between")
_ENDS = 2
_INTERVAL = "[low, high], 0 <= low <= high <= 100 percent, with a point for decimals"


@dataclass(frozen=True)
class WeightStatements:
    """Criteria by falling weight (those left out may have any), and percent of all weight."""

    order: tuple[str, ...] = ()
    between: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def read_statements_file(path: Path, question: Question) -> WeightStatements:
    """``order: [id, id, ...]`` and ``between: {id: [low, high]}``, either or both.

    Raises
    ------
    InputError : the file cannot be read, or does not fit the question; all faults at once.
    """
    tree = read_yaml_tree(path, str(path))
    faults = list(tree.faults)
    if not faults:
        faults.extend(_faults(tree, [criterion.id for criterion in question.criteria]))
    if faults:
        raise InputError(faults)
    between = {id_: (float(low), float(high)) for id_, (low, high) in _between(tree).items()}
    return WeightStatements(tuple(tree.data.get("order", ())), between)


def _between(tree: YamlTree) -> dict[str, Any]:
    found: dict[str, Any] = tree.data.get("between", {})
    return found


def _faults(tree: YamlTree, criteria: list[str]) -> list[Fault]:
    data = tree.data
    if not isinstance(data, dict) or not set(_KEYS) & set(data):
        what = "states nothing about weights"
        remedy = "write 'order: [most important, next, ...]' or 'between: {criterion: [5, 20]}'"
        return [Fault(tree.file, 1, what, remedy)]
    faults = [
        Fault(
            tree.file,
            tree.line((key,)),
            f"unknown key {quoted(key)}",
            did_you_mean(key, _KEYS, "take it out"),
        )
        for key in data
        if key not in _KEYS
    ]
    order, between = data.get("order", ()), data.get("between", {})
    if isinstance(order, tuple):
        faults.extend(_order_faults(tree, order, criteria))
    else:
        remedy = "write a list of criteria, most important first"
        faults.append(Fault(tree.file, tree.line(("order",)), "'order' is no list", remedy))
    if isinstance(between, dict):
        faults.extend(_interval_faults(tree, between, criteria))
    else:
        remedy = "write 'criterion: [low, high]' below it, in percent of all weight"
        faults.append(Fault(tree.file, tree.line(("between",)), "'between' is no mapping", remedy))
    return faults


def _order_faults(tree: YamlTree, order: tuple[Any, ...], criteria: list[str]) -> list[Fault]:
    faults = []
    for place, name in enumerate(order):
        line = tree.line(("order", place))
        if name not in criteria:
            faults.append(_unknown(tree, line, name, criteria))
        elif name in order[:place]:
            what = f"{quoted(name)} comes twice in the order"
            faults.append(Fault(tree.file, line, what, "name each criterion once"))
    return faults


def _interval_faults(tree: YamlTree, between: dict[Any, Any], criteria: list[str]) -> list[Fault]:
    faults = []
    for name, ends in between.items():
        line = tree.line(("between", name))
        if name not in criteria:
            faults.append(_unknown(tree, line, name, criteria))
        elif not _is_interval(ends):
            what = f"{quoted(name)} has no interval"
            faults.append(Fault(tree.file, line, what, f"write {_INTERVAL}"))
    return faults


def _is_interval(ends: Any) -> bool:
    if not isinstance(ends, tuple) or len(ends) != _ENDS:
        return False
    if not all(isinstance(end, int | float) and not isinstance(end, bool) for end in ends):
        return False
    return bool(0 <= ends[0] <= ends[1] <= 100)


def _unknown(tree: YamlTree, line: int | None, name: Any, criteria: list[str]) -> Fault:
    remedy = did_you_mean(str(name), criteria, "take it out")
    return Fault(tree.file, line, f"unknown criterion {_word(name)}", remedy)


def _word(name: Any) -> str:
    return quoted(name) if isinstance(name, str) else shown(name)
