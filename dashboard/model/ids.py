"""The ids of a question, on the data as written: each is used once, and no reserved word is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from dashboard.model.errors import Fault, quoted
from dashboard.model.record import BY_DEFINITION, ID_FORM, OWN_JUDGEMENT
from dashboard.model.references import Known
from dashboard.model.yaml_tree import Trail, YamlTree

Trees = Mapping[str, YamlTree]

VALUE_TREE = "criteria/value-tree.yaml"
SOURCE_TEXT = "seeds/source.yaml"
LISTS = (
    ("seeds/claims.yaml", "claims", "claim"),
    ("seeds/barriers.yaml", "barriers", "barrier"),
    ("seeds/tensions.yaml", "tensions", "tension"),
    ("seeds/sources.yaml", "sources", "source"),
    ("seeds/logs.yaml", "logs", "log entry"),
    ("criteria/perspectives.yaml", "perspectives", "perspective"),
    ("criteria/constraints.yaml", "constraints", "constraint"),
    ("criteria/settings.yaml", "settings", "setting"),
    ("proposals/interactions.yaml", "interactions", "interaction"),
    ("proposals/interactions.yaml", "gates", "gate"),
    ("proposals/combination.yaml", "rules", None),
    ("proposals/scenarios.yaml", "scenarios", "scenario"),
    ("proposals/described-only.yaml", "options", "proposal"),
)
"""The files that hold lists, the key of each list, and what its ids are the ids of."""

_SHARED = {file for file, _, _ in LISTS}
_RESERVED_SOURCE = "paragraph-"


class Named(NamedTuple):
    """An id (or the lack of one) and where it stands; unique within its space."""

    space: str
    identifier: Any
    file: str
    trail: Trail


def proposal_files(names: Iterable[str]) -> list[str]:
    """The names that hold a proposal: those in ``proposals/`` that are no other known file."""
    return [n for n in names if n.startswith("proposals/") and n not in _SHARED]


def faults(trees: Trees) -> Iterator[Fault]:
    named = list(_named(trees))
    yield from _duplicates(trees, named)
    yield from _reserved(trees, named)
    for file in proposal_files(trees):
        yield from _file_name_differs(trees[file], file, trees)


def known_ids(trees: Trees, clouded: Collection[str]) -> Known:
    """What may be referred to, and the kinds of which something may have gone unseen.

    ``clouded`` names the folders that are missing or hold a file that could not be placed.
    """
    named = list(_named(trees))
    twice = {space for space, _ in _seen_twice(named)}

    def ids(space: str) -> list[Any]:
        return [entry.identifier for entry in named if entry.space == space]

    unsure = set()
    for kind, space, file in (
        ("criterion", "criterion", VALUE_TREE),
        ("constraint", "constraint", "criteria/constraints.yaml"),
        ("source", "source", "seeds/sources.yaml"),
        ("setting", "setting", "criteria/settings.yaml"),
    ):
        named_well = all(map(is_id, ids(space))) and (ids(space) or kind != "criterion")
        if _unsure(trees, file, clouded) or space in twice or not named_well:
            unsure.add(kind)
    numbers = ids("paragraph")
    if (
        _unsure(trees, SOURCE_TEXT, clouded)
        or "paragraph" in twice
        or not all(map(_is_whole, numbers))
    ):
        unsure.add("paragraph")
    if "proposals" in clouded or not proposal_files(trees):
        unsure.add("proposal")
    options = proposal_files(trees)
    return Known(
        criteria=frozenset(filter(is_id, ids("criterion"))),
        # The file name counts as well: it is right where the id is misspelt or cannot be read.
        proposals=frozenset(filter(is_id, [_key(trees[name], "id") for name in options]))
        | {PurePosixPath(name).stem for name in options},
        constraints=frozenset(filter(is_id, ids("constraint"))),
        sources=frozenset(filter(is_id, ids("source"))),
        paragraphs=frozenset(filter(_is_whole, numbers)),
        settings=frozenset(filter(is_id, ids("setting"))),
        unsure=frozenset(unsure),
    )


def entries(value: Any) -> list[dict[str, Any]]:
    """The entries of a list that are sets of keys; an odd one keeps its place as an empty set."""
    if not isinstance(value, tuple):
        return []
    return [entry if isinstance(entry, dict) else {} for entry in value]


def is_id(word: object) -> bool:
    return isinstance(word, str) and re.fullmatch(ID_FORM, word) is not None


def _is_whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)


def _unsure(trees: Trees, file: str, clouded: Collection[str]) -> bool:
    """Whether a file that defines ids could not be read, or may stand there under another name."""
    if file not in trees:
        return file == VALUE_TREE or file.split("/", maxsplit=1)[0] in clouded
    key = {VALUE_TREE: "branches", SOURCE_TEXT: "paragraphs"}.get(file)
    key = key or next(key for name, key, _ in LISTS if name == file)
    data = trees[file].data
    if trees[file].lost:
        return True
    # A source text may be described without its paragraphs; then there are none to refer to.
    return not isinstance(data, dict) or not isinstance(
        data.get(key, () if file == SOURCE_TEXT else None), tuple
    )


def _named(trees: Trees) -> Iterator[Named]:
    for file, key, space in LISTS:
        for index, entry in enumerate(entries(_key(trees.get(file), key))):
            if space is not None:
                yield Named(space, entry.get("id"), file, (key, index, "id"))
    for b, branch in enumerate(entries(_key(trees.get(VALUE_TREE), "branches"))):
        yield Named("branch", branch.get("id"), VALUE_TREE, ("branches", b, "id"))
        leaves = branch.get("criteria")
        for c, leaf in enumerate(entries(leaves) if isinstance(leaves, tuple) else [{}]):
            trail: Trail = ("branches", b, "criteria", c, "id")
            yield Named("criterion", leaf.get("id"), VALUE_TREE, trail)
    for index, entry in enumerate(entries(_key(trees.get(SOURCE_TEXT), "paragraphs"))):
        trail = ("paragraphs", index, "number")
        yield Named("paragraph", entry.get("number"), SOURCE_TEXT, trail)
    for file in proposal_files(trees):
        for index, variant in enumerate(entries(_key(trees[file], "variants"))):
            yield Named(f"variant of {file}", variant.get("id"), file, ("variants", index, "id"))


def _key(tree: YamlTree | None, key: str) -> Any:
    return tree.data.get(key) if tree is not None and isinstance(tree.data, dict) else None


def _seen_twice(named: Iterable[Named]) -> Iterator[tuple[str, tuple[Named, Named]]]:
    """The space, and the first and the later use of an id. Criteria share theirs with branches."""
    first: dict[tuple[str, Any], Named] = {}
    for entry in named:
        if _is_whole(entry.identifier) or (isinstance(entry.identifier, str) and entry.identifier):
            shared = "criterion" if entry.space == "branch" else entry.space
            before = first.setdefault((shared, entry.identifier), entry)
            if before is not entry:
                yield shared, (before, entry)


def _duplicates(trees: Trees, named: list[Named]) -> Iterator[Fault]:
    # Two files for one option differ from their names, which is said; only an option that is
    # described in a list can repeat one that has a file.
    options = [
        Named("proposal", PurePosixPath(file).stem, file, ("id",)) for file in proposal_files(trees)
    ]
    for _, (before, entry) in _seen_twice([*options, *named]):
        line = trees[before.file].line(before.trail)
        place = f"line {line}" if before.file == entry.file else before.file
        if entry.space == "paragraph":
            name, remedy = (
                f"paragraph number {entry.identifier}",
                "give one of the two another number",
            )
        else:
            noun = entry.space.split(" ", maxsplit=1)[0]
            name, remedy = f"{noun} id {quoted(entry.identifier)}", "give one of the two another id"
        yield Fault(
            entry.file,
            trees[entry.file].line(entry.trail),
            f"the {name} is already used in {place}",
            remedy,
        )


def _reserved(trees: Trees, named: list[Named]) -> Iterator[Fault]:
    for space, identifier, file, trail in named:
        if space != "source" or not isinstance(identifier, str):
            continue
        if identifier in (BY_DEFINITION, OWN_JUDGEMENT) or identifier.startswith(_RESERVED_SOURCE):
            yield Fault(
                file,
                trees[file].line(trail),
                f"the source id {quoted(identifier)} has a meaning of its own",
                "use another id",
            )


def _file_name_differs(tree: YamlTree, file: str, trees: Trees) -> Iterator[Fault]:
    stem, identifier = PurePosixPath(file).stem, _key(tree, "id")
    if not is_id(identifier) or identifier == stem:
        return
    other = f"proposals/{identifier}.yaml"
    write = f"write id: {stem}" if is_id(stem) else ""
    if other in trees:
        what = f"the id {identifier!r} belongs to {other}"
        remedy = write or "give this one an id and a file name of its own"
    else:
        what = f"the id {identifier!r} differs from the file name"
        remedy = (f"{write}, or " if write else "") + f"rename the file to {other}"
    yield Fault(tree.file, tree.line(("id",)), what, remedy)
