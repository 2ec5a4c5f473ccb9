"""Opens a folder as a question: reads every file, lists every fault, returns frozen data.

The same files held as texts, as a briefing carries them, are opened with the same checks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.model import completeness, ids
from dashboard.model.anchors import beyond_bounds
from dashboard.model.combination import CombinationFile, InteractionsFile, ScenariosFile
from dashboard.model.doubts import warnings
from dashboard.model.errors import Fault, InputError
from dashboard.model.evidence import (
    BarriersFile,
    ClaimsFile,
    Context,
    SourcesFile,
    SourceText,
    TensionsFile,
)
from dashboard.model.explain import Schema, validate
from dashboard.model.folder import FOLDERS, REQUIRED, Listing, list_files, list_names
from dashboard.model.logs import LogsFile
from dashboard.model.proposals import DescribedOptionsFile, Proposal
from dashboard.model.question import Question
from dashboard.model.references import dangling
from dashboard.model.value_tree import ValueTreeFile
from dashboard.model.weighting import ConstraintsFile, PerspectivesFile, SettingsFile
from dashboard.model.yaml_tree import Trail, YamlTree, parse_yaml_tree, read_yaml_tree

__all__ = ["FILES", "FOLDERS", "REQUIRED", "load_question", "load_question_texts"]

FILES: Mapping[str, Schema] = {
    "seeds/question.yaml": Context,
    "seeds/source.yaml": SourceText,
    "seeds/claims.yaml": ClaimsFile,
    "seeds/barriers.yaml": BarriersFile,
    "seeds/tensions.yaml": TensionsFile,
    "seeds/sources.yaml": SourcesFile,
    "seeds/logs.yaml": LogsFile,
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

_LIST_KEYS = {key: file for file, key, _ in ids.LISTS if file.startswith("proposals/")}


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
    if not folder.is_dir():
        raise InputError.one(str(folder), None, "is not a folder", "name the folder of a question")
    return _load(list_files(folder, FILES), lambda file: read_yaml_tree(folder / file, file))


def load_question_texts(files: Mapping[str, str]) -> Question:
    """Read a question from the texts of its files, by path within its folder.

    Raises
    ------
    InputError : with every fault of the files, sorted by file and line.
    """
    return _load(list_names(files, FILES), lambda file: parse_yaml_tree(files[file], file))


def _load(listing: Listing, read: Callable[[str], YamlTree]) -> Question:
    faults = list(listing.faults)
    loaded: dict[str, LoadedFile] = {}
    for name, file in listing.files.items():
        loaded[name], found = _load_file(read(file), name)
        faults.extend(found)
    trees = {name: file.tree for name, file in loaded.items()}
    known = ids.known_ids(trees, listing.clouded)
    for part in loaded.values():
        faults.extend(dangling(part.schema, part.tree, known))
    faults.extend(completeness.faults(trees, known))
    if faults:
        raise InputError(faults)
    question = _assemble({name: file.record for name, file in loaded.items()})

    def line_of(file: str, trail: Trail) -> int | None:
        return loaded[file].tree.line(trail)

    if beyond := beyond_bounds(question, line_of):
        raise InputError(beyond)
    return question.replace(warnings=warnings(question, line_of))


def _load_file(tree: YamlTree, name: str) -> tuple[LoadedFile, list[Fault]]:
    schema, file = FILES.get(name, Proposal), tree.file
    if tree.data is None:
        remedy = "fill it in" if name in REQUIRED else "fill it in, or take the file out"
        empty = Fault(file, None, "is empty", remedy)
        return LoadedFile(schema, tree, None), list(tree.faults or [empty])
    if name not in FILES and (meant := _misnamed(tree.data)):
        fault = Fault(file, None, f"holds {meant[0]} and no proposal", f"rename it to {meant[1]}")
        return LoadedFile(FILES[meant[1]], tree, None), [*tree.faults, fault]
    record, found = validate(schema, tree, tree.data)
    return LoadedFile(schema, tree, record), [*tree.faults, *found]


def _misnamed(data: Any) -> tuple[str, str] | None:
    """The list in a file of ``proposals/`` that is no proposal, and the name that belongs to it."""
    if not isinstance(data, dict) or "scores" in data or "id" in data:
        return None
    return next(((key, file) for key, file in _LIST_KEYS.items() if key in data), None)


def _assemble(records: Mapping[str, Any]) -> Question:
    def given(name: str, otherwise: Any) -> Any:
        return records.get(name, otherwise)

    sources = given("seeds/sources.yaml", SourcesFile(sources=()))
    options = [records[name] for name in ids.proposal_files(records)]
    return Question.model_construct(
        context=records["seeds/question.yaml"],
        source=given("seeds/source.yaml", None),
        claims=given("seeds/claims.yaml", ClaimsFile(claims=())).claims,
        barriers=given("seeds/barriers.yaml", BarriersFile(barriers=())).barriers,
        tensions=given("seeds/tensions.yaml", TensionsFile(tensions=())).tensions,
        sources=sources.sources,
        sources_accessed=sources.accessed,
        logs=given("seeds/logs.yaml", LogsFile(logs=())).logs,
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
