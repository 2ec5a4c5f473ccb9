"""Reads a file of weights that somebody brings: YAML or JSON, ``{criterion id: points}``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dashboard.model.errors import Fault, InputError
from dashboard.model.explain import did_you_mean
from dashboard.model.question import Question
from dashboard.model.yaml_tree import YamlTree, read_yaml_tree


def read_weights_file(path: Path, question: Question) -> dict[str, float]:
    """Points by criterion id, in the order of the tree.

    Raises
    ------
    InputError : the file cannot be read, or its points do not fit the question; all faults at once.
    """
    tree = read_yaml_tree(path, str(path))
    faults = list(tree.faults)
    if not faults and not isinstance(tree.data, dict):
        faults.append(
            Fault(tree.file, 1, "does not hold points", "write one 'criterion-id: points' a line")
        )
    if isinstance(tree.data, dict):
        faults.extend(_faults(tree, tree.data, [criterion.id for criterion in question.criteria]))
    if faults:
        raise InputError(faults)
    return {criterion.id: float(tree.data[criterion.id]) for criterion in question.criteria}


def _faults(tree: YamlTree, data: dict[str, Any], criteria: list[str]) -> list[Fault]:
    faults = []
    misread = {fault.line for fault in tree.faults}
    for key, value in data.items():
        line = tree.line((key,))
        if line in misread:
            continue
        if key not in criteria:
            remedy = did_you_mean(key, criteria, "take it out")
            faults.append(Fault(tree.file, line, f"unknown criterion {key!r}", remedy))
        elif isinstance(value, bool) or not isinstance(value, (int, float)):
            what = f"the points for {key} are not a number ({value!r})"
            faults.append(Fault(tree.file, line, what, "write plain digits, such as 40"))
        elif not 0 <= value <= _MOST:
            what = f"the points for {key} are {value:g}"
            faults.append(Fault(tree.file, line, what, f"give a number from 0 to {_MOST:,.0f}"))
    faults.extend(
        Fault(tree.file, None, f"points for {key!r} are missing", "add them; 0 is allowed if meant")
        for key in criteria
        if key not in data
    )
    if not faults and not any(data.values()):
        faults.append(Fault(tree.file, 1, "all points are zero", "give at least one above 0"))
    return faults


_MOST = 1e9
