"""What tests of every part share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from dashboard.model.load import load_question
from dashboard.model.question import Question

ROOT = Path(__file__).resolve().parent.parent
"""The repository, which is also the shipped question."""

# The gate must give the same answer twice, and not fail because the machine was busy.
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci")


def fixture_json(name: str) -> Any:
    """The content of ``tests/data/fixtures/NAME.json``."""
    path = ROOT / "tests" / "data" / "fixtures" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def shipped() -> Question:
    """The question this repository ships."""
    return load_question(ROOT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that drive a browser, and put them last: what is quick to say comes first."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
