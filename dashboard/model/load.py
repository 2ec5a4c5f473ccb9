"""Opens a folder as a question: reads every file, lists every fault, returns frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.model import completeness
from dashboard.model.anchors import outside_anchors
from dashboard.model.combination import CombinationFile, InteractionsFile, ScenariosFile
from dashboard.model.errors import Fault, InputError
from dashboard.model.evidence import (
    BarriersFile,
    ClaimsFile,
    Context,
    SourcesFile,
    SourceText,
    TensionsFile,
)
from dashboard.model.explain import Schema, did_you_mean, validate
from dashboard.model.proposals import DescribedOptionsFile, Proposal
from dashboard.model.question import Question
from dashboard.model.references import Known, dangling
from dashboard.model.value_tree import ValueTreeFile
from dashboard.model.weighting import ConstraintsFile, PerspectivesFile, SettingsFile
from dashboard.model.yaml_tree import YamlTree, read_yaml_tree

FOLDERS = ("seeds", "criteria", "proposals")

FILES: Mapping[str, Schema] = {
    "seeds/question.yaml": Context,
    "seeds/source.yaml": SourceText,
    "seeds/claims.yaml": ClaimsFile,
    "seeds/barriers.yaml": BarriersFile,
    "seeds/tensions.yaml": TensionsFile,
    "seeds/sources.yaml": SourcesFile,
    "criteria/value-tree.yaml": ValueTreeFile,
    "criteria/perspectives.yaml": PerspectivesFile,
    "criteria/constraints.yaml": ConstraintsFile,
    "criteria/settings.yaml": SettingsFile,
    "proposals/interactions.yaml": InteractionsFile,
    "proposals/combination.yaml": CombinationFile,
    "proposals/scenarios.yaml": ScenariosFile,
    "proposals/described-only.yaml": DescribedOptionsFile,
}
"""Every file a question may hold besides one file per proposal, and its schema."""

REQUIRED = ("seeds/question.yaml", "criteria/value-tree.yaml")


@dataclass(frozen=True)
class LoadedFile:
    """A file as written, and as a record where it is free of faults."""

    schema: Schema
    tree: YamlTree
    record: Any


def load_question(folder: Path) -> Question:
    """Read a question folder.

    Raises
    ------
    InputError : with every fault of the folder, sorted by file and line.
    """
    faults = _folder_faults(folder)
    if faults:
        raise InputError(faults)
    loaded: dict[str, LoadedFile] = {}
    for name in _file_names(folder, faults):
        schema = FILES.get(name, Proposal)
        loaded[name], found = _load_file(folder / name, name, schema)
        faults.extend(found)
    known = _known(loaded)
    for file in loaded.values():
        faults.extend(dangling(file.schema, file.tree, known))
    faults.extend(completeness.faults({name: file.tree for name, file in loaded.items()}, known))
    if faults:
        raise InputError(faults)
    question = _assemble({name: file.record for name, file in loaded.items()})

    def line_of(proposal: str, criterion: str, key: str) -> int | None:
        return loaded[f"proposals/{proposal}.yaml"].tree.line(("scores", criterion, key))

    return question.replace(warnings=outside_anchors(question, line_of))


def proposal_files(names: Any) -> list[str]:
    """The names that hold a proposal: those in ``proposals/`` that are no other known file."""
    return [n for n in names if n.startswith("proposals/") and n not in FILES]


def _folder_faults(folder: Path) -> list[Fault]:
    if not folder.is_dir():
        return [Fault(str(folder), None, "is not a folder", "name the folder of a question")]
    missing = [name for name in FOLDERS if not (folder / name).is_dir()]
    return [
        Fault(
            f"{name}/",
            None,
            "is missing",
            f"make it; a question is a folder with {', '.join(FOLDERS[:2])} and {FOLDERS[2]}",
        )
        for name in missing
    ]


def _file_names(folder: Path, faults: list[Fault]) -> list[str]:
    """The files to read, in a fixed order; a file that would be overlooked is a fault."""
    names = []
    for part in FOLDERS:
        for path in sorted((folder / part).iterdir()):
            name = f"{part}/{path.name}"
            if path.name.startswith(".") or path.is_dir():
                continue
            if name in FILES or (part == "proposals" and path.suffix == ".yaml"):
                names.append(name)
            elif path.suffix.lower() in (".yaml", ".yml"):
                expected = [n for n in FILES if n.startswith(part)]
                remedy = did_you_mean(name, expected, "rename it or take it out")
                faults.append(Fault(name, None, "is not a file of a question", remedy))
    faults.extend(
        Fault(name, None, "is missing", "add it; docs/format.md shows what it holds")
        for name in REQUIRED
        if name not in names
    )
    if not proposal_files(names):
        faults.append(Fault("proposals/", None, "holds no proposal", "add one file a proposal"))
    return names


def _load_file(path: Path, name: str, schema: Schema) -> tuple[LoadedFile, list[Fault]]:
    tree = read_yaml_tree(path, name)
    faults = list(tree.faults)
    if tree.data is None:
        if not faults:
            faults.append(Fault(name, None, "is empty", "fill it in, or take the file out"))
        return LoadedFile(schema, tree, None), faults
    record, found = validate(schema, tree, tree.data)
    # Where YAML itself misread a value, the schema's complaint about it would only say it twice.
    lines = {fault.line for fault in faults}
    faults.extend(fault for fault in found if fault.line not in lines)
    return LoadedFile(schema, tree, record), faults


def _known(loaded: Mapping[str, LoadedFile]) -> Known:
    def entries(name: str, key: str) -> list[Any]:
        data = loaded[name].tree.data if name in loaded else None
        found = data.get(key) if isinstance(data, dict) else None
        return list(found) if isinstance(found, tuple) else []

    def ids(records: list[Any], key: str = "id") -> frozenset[Any]:
        return frozenset(
            record[key] for record in records if isinstance(record, dict) and key in record
        )

    branches = entries("criteria/value-tree.yaml", "branches")
    leaves = [
        leaf
        for branch in branches
        if isinstance(branch, dict) and isinstance(branch.get("criteria"), tuple)
        for leaf in branch["criteria"]
    ]
    options = [loaded[name].tree.data for name in proposal_files(loaded)]
    return Known(
        criteria=ids(leaves),
        proposals=ids(options),
        constraints=ids(entries("criteria/constraints.yaml", "constraints")),
        sources=ids(entries("seeds/sources.yaml", "sources")),
        paragraphs=ids(entries("seeds/source.yaml", "paragraphs"), "number"),
    )


def _assemble(records: Mapping[str, Any]) -> Question:
    def given(name: str, otherwise: Any) -> Any:
        return records.get(name, otherwise)

    sources = given("seeds/sources.yaml", SourcesFile(sources=()))
    options = [records[name] for name in proposal_files(records)]
    return Question.model_construct(
        context=records["seeds/question.yaml"],
        source=given("seeds/source.yaml", None),
        claims=given("seeds/claims.yaml", ClaimsFile(claims=())).claims,
        barriers=given("seeds/barriers.yaml", BarriersFile(barriers=())).barriers,
        tensions=given("seeds/tensions.yaml", TensionsFile(tensions=())).tensions,
        sources=sources.sources,
        sources_accessed=sources.accessed,
        tree=records["criteria/value-tree.yaml"],
        weighting=given("criteria/perspectives.yaml", PerspectivesFile()),
        constraints=given("criteria/constraints.yaml", ConstraintsFile()).constraints,
        disclosure=given("criteria/settings.yaml", SettingsFile()),
        proposals=tuple(sorted(options, key=lambda p: (p.order, p.id))),
        described=given("proposals/described-only.yaml", DescribedOptionsFile(options=())).options,
        interactions=given("proposals/interactions.yaml", InteractionsFile()),
        combination=given("proposals/combination.yaml", CombinationFile()),
        scenarios=given("proposals/scenarios.yaml", ScenariosFile()),
    )
