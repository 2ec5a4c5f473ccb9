"""Where two trees of plain data differ, by paths that a reader can follow."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

RELATIVE, ABSOLUTE = 1e-9, 1e-9
"""Numbers nearer than this are the same: the last bits may differ between processors."""

ABSENT = "nothing"

Path = tuple[str, ...]


@dataclass(frozen=True)
class TreeDifference:
    """One value that differs; ``was`` and ``now`` as JSON, or how many entries there are."""

    path: Path
    was: str
    now: str

    @property
    def place(self) -> str:
        return " > ".join(self.path)


def tree_differences(was: Any, now: Any, path: Path = ()) -> Iterator[TreeDifference]:
    """Every leaf that differs, in the order of the data.

    Entries of lists are matched by their ids where all have one, else by place.
    """
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        yield from _of_mappings(was, now, path)
    elif isinstance(was, (list, tuple)) and isinstance(now, (list, tuple)):
        yield from _of_mappings(_named(was), _named(now), path)
    elif not _same(was, now):
        yield TreeDifference(path, _words(was), _words(now))


def _of_mappings(
    was: Mapping[str, Any], now: Mapping[str, Any], path: Path
) -> Iterator[TreeDifference]:
    for key in dict.fromkeys((*was, *now)):
        inner = (*path, str(key))
        if key in was and key in now:
            yield from tree_differences(was[key], now[key], inner)
        elif key in was:
            yield TreeDifference(inner, _words(was[key]), ABSENT)
        else:
            yield TreeDifference(inner, ABSENT, _words(now[key]))


def _named(values: list[Any] | tuple[Any, ...]) -> dict[str, Any]:
    ids = [value.get("id") if isinstance(value, Mapping) else None for value in values]
    if all(isinstance(id_, str) for id_ in ids) and len(set(ids)) == len(ids):
        return dict(zip(map(str, ids), values, strict=True))
    return {f"entry {place}": value for place, value in enumerate(values, start=1)}


def _same(was: Any, now: Any) -> bool:
    if _is_number(was) and _is_number(now):
        return math.isclose(was, now, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
    return type(was) is type(now) and bool(was == now)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _words(value: Any) -> str:
    if isinstance(value, (Mapping, list, tuple)):
        return f"{len(value)} entries" if len(value) != 1 else "1 entry"
    return json.dumps(value, ensure_ascii=False)
