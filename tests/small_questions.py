"""Small questions written as tables: folders of YAML for tests that go the whole way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dashboard.model.yaml_text import yaml_text

Number = float | tuple[float, float, float] | Mapping[str, Any]
"""An exact number, a band, or a score as a file has it ({"mean": 5, "sd": 2})."""

_REASONS = {
    "class": ["judgement"],
    "confidence": "moderate",
    "evidence": ["own-judgement"],
    "rationale": "Made up.",
}


@dataclass(frozen=True)
class Table:
    """Options by criteria. ``branches``: for each branch its criteria, each with worst and best."""

    branches: Mapping[str, Mapping[str, tuple[float, float]]]
    options: Mapping[str, Sequence[Number]]
    status_quo: str | None = None
    question: Mapping[str, Any] = field(default_factory=dict)
    tree: Mapping[str, Any] = field(default_factory=dict)
    criteria: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    perspectives: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def write_table(folder: Path, table: Table) -> Path:
    """The question folder of a table; ids come from the names."""
    for name in ("seeds", "criteria", "proposals"):
        (folder / name).mkdir(parents=True)
    context = {
        "title": "A small question",
        "decision": "What to do",
        "disclaimer": "Numbers of a made-up example.",
        **table.question,
    }
    _write(folder / "seeds/question.yaml", context)
    branches = [
        {
            "id": slug(branch),
            "name": branch,
            "criteria": [
                {
                    "id": slug(name),
                    "name": name,
                    "definition": f"What {name} means.",
                    "unit": "points",
                    "worst": worst,
                    "best": best,
                    **table.criteria.get(name, {}),
                }
                for name, (worst, best) in criteria.items()
            ],
        }
        for branch, criteria in table.branches.items()
    ]
    _write(folder / "criteria/value-tree.yaml", {"branches": branches, **table.tree})
    if table.perspectives:
        listed = [
            {
                "id": slug(name),
                "name": name,
                "points": {slug(criterion): points for criterion, points in given.items()},
                "justification": "Made up.",
            }
            for name, given in table.perspectives.items()
        ]
        _write(folder / "criteria/perspectives.yaml", {"perspectives": listed})
    names = [name for criteria in table.branches.values() for name in criteria]
    for order, (option, numbers) in enumerate(table.options.items(), 1):
        entry = {
            "id": slug(option),
            "order": order,
            "name": option,
            "kind": "status-quo" if option == table.status_quo else "proposal",
            "summary": f"What {option} is.",
            "scores": {
                slug(name): {**_score(number), **_REASONS}
                for name, number in zip(names, numbers, strict=True)
            },
        }
        _write(folder / f"proposals/{slug(option)}.yaml", entry)
    return folder


def slug(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


def _score(number: Number) -> Mapping[str, Any]:
    if isinstance(number, Mapping):
        return number
    low, likely, high = number if isinstance(number, tuple) else (number, number, number)
    return {"low": low, "likely": likely, "high": high}


def _write(path: Path, data: Mapping[str, Any]) -> None:
    path.write_text(yaml_text(data), encoding="utf-8")
