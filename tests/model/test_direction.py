"""Marks of direction end with the text that they stand in."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.model.direction import closed
from dashboard.model.yaml_tree import read_yaml_tree

RLO, LRE, PDF, RLI, PDI = "\u202e", "\u202a", "\u202c", "\u2067", "\u2069"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        (f"a{RLO}b", f"a{RLO}b{PDF}"),
        (f"a{RLO}b{PDF}c", f"a{RLO}b{PDF}c"),
        (f"{RLO}{RLI}a", f"{RLO}{RLI}a{PDI}{PDF}"),
        (f"{RLI}{LRE}a{PDI}b", f"{RLI}{LRE}a{PDI}b"),
        (f"{PDF}a{PDI}", f"{PDF}a{PDI}"),
    ],
)
def test_what_is_opened_is_closed_in_turn(text: str, expected: str) -> None:
    assert closed(text) == expected
    assert closed(expected) == expected


def test_every_text_of_a_file_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "names.yaml"
    path.write_text(f'name: "{RLO}abc"\nlist: ["{LRE}x", plain]\n', encoding="utf-8")
    assert read_yaml_tree(path, "names.yaml").data == {
        "name": f"{RLO}abc{PDF}",
        "list": (f"{LRE}x{PDF}", "plain"),
    }
