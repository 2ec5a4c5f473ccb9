"""Reads a file of weights that somebody brings: YAML or JSON, ``{criterion id: points}``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dashboard.model.completeness import absent
from dashboard.model.errors import Fault, InputError, digits, quoted
from dashboard.model.explain import did_you_mean, nearest, shown
from dashboard.model.question import Question
from dashboard.model.remedies import negative_points, remedy_for_number
from dashboard.model.wording import listed
from dashboard.model.yaml_scalars import Misread
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
        faults.extend(_faults(tree, tree.data, question))
    if faults:
        raise InputError(faults)
    return {criterion.id: float(tree.data[criterion.id]) for criterion in question.criteria}


def _faults(tree: YamlTree, data: dict[str, Any], question: Question) -> list[Fault]:
    criteria = [criterion.id for criterion in question.criteria]
    branches = {
        branch.id: "it is a branch: give points to each of its criteria, "
        + listed([criterion.id for criterion in branch.criteria])
        for branch in question.branches
    }
    if not {*criteria, *branches} & set(data) and not any(nearest(key, criteria) for key in data):
        what = "names no criterion of this question"
        remedy = f"write one 'criterion-id: points' a line, such as '{criteria[0]}: 40'"
        return [Fault(tree.file, 1, what, remedy)]
    faults = []
    for key, value in data.items():
        line = tree.line((key,))
        if key not in criteria:
            remedy = branches.get(key) or did_you_mean(key, criteria, "take it out")
            faults.append(Fault(tree.file, line, f"unknown criterion {quoted(key)}", remedy))
        elif isinstance(value, bool) or not isinstance(value, (int, float, Misread)):
            what = f"the points for {key!r} should be a number, but are {_given(value)}"
            remedy = remedy_for_number(value, (key,)) or "write plain digits, such as 40"
            faults.append(Fault(tree.file, line, what, remedy))
        elif not isinstance(value, Misread) and value < 0:
            faults.append(Fault(tree.file, line, *negative_points(key, value)))
        elif not isinstance(value, Misread) and not 0 <= value <= _MOST:
            what = f"the points for {key!r} are {digits(value)}"
            faults.append(Fault(tree.file, line, what, f"give a number from 0 to {_MOST:,}"))
    for key in absent(data, frozenset(criteria)):
        what = f"the points for {key!r} are missing"
        faults.append(Fault(tree.file, None, what, "add them; 0 is allowed if meant"))
    if not faults and not any(data.values()):
        faults.append(Fault(tree.file, 1, "all points are zero", "give at least one above 0"))
    return faults


def _given(value: Any) -> str:
    return "empty" if value is None else shown(value)


_MOST = 1_000_000_000
