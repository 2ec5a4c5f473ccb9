"""Questions of any size, as folders."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any


def write_question(folder: Path, options: int, criteria: int, branches: int = 10) -> Path:
    """A question with random scores; JSON is YAML as well."""
    rng = random.Random(1)
    ids = [f"criterion-{j}" for j in range(criteria)]
    shares = [ids[b::branches] for b in range(branches)]
    _write(
        folder / "seeds" / "question.yaml",
        {"title": "A large question", "decision": "Which of many", "disclaimer": "Invented."},
    )
    _write(
        folder / "criteria" / "value-tree.yaml",
        {
            "branches": [
                {
                    "id": f"branch-{b}",
                    "name": f"Branch {b}",
                    "criteria": [_criterion(identifier) for identifier in share],
                }
                for b, share in enumerate(shares)
                if share
            ]
        },
    )
    for i in range(options):
        scores = {identifier: _score(rng) for identifier in ids}
        proposal = {"id": f"option-{i}", "name": f"Option {i}", "summary": "Invented."}
        _write(folder / "proposals" / f"option-{i}.yaml", {**proposal, "scores": scores})
    return folder


def _criterion(identifier: str) -> dict[str, Any]:
    name = identifier.replace("-", " ").capitalize()
    return {
        "id": identifier,
        "name": name,
        "definition": "Invented.",
        "unit": "points",
        "worst": 0,
        "best": 100,
    }


def _score(rng: random.Random) -> dict[str, Any]:
    likely = rng.randint(10, 90)
    return {
        "low": likely - 5,
        "likely": likely,
        "high": likely + 5,
        "class": ["judgement"],
        "confidence": "low",
        "evidence": ["own-judgement"],
        "rationale": "Drawn at random.",
    }


def _write(path: Path, data: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), encoding="utf-8")
