"""A file of what is known about weights: read, or refused with every fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.model.errors import InputError
from dashboard.model.load import load_question
from dashboard.model.statements_file import WeightStatements, read_statements_file
from tests.conftest import ROOT

QUESTION = load_question(ROOT / "tests" / "data" / "minimal")


def read(tmp_path: Path, text: str) -> WeightStatements:
    path = tmp_path / "known"
    path.write_text(text, encoding="utf-8")
    return read_statements_file(path, QUESTION)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("order: [noise, price]\n", WeightStatements(("noise", "price"))),
        ("between:\n  price: [5, 20.5]\n", WeightStatements((), {"price": (5.0, 20.5)})),
        (
            '{"order": ["riders", "noise", "price"], "between": {"noise": [0, 100]}}',
            WeightStatements(("riders", "noise", "price"), {"noise": (0.0, 100.0)}),
        ),
    ],
)
def test_orders_and_intervals_are_read(
    text: str, expected: WeightStatements, tmp_path: Path
) -> None:
    assert read(tmp_path, text) == expected


INTERVAL = "write [low, high], 0 <= low <= high <= 100 percent, with a point for decimals"
NOTHING = (
    "/known, line 1: states nothing about weights; write 'order: [most important, next, ...]' "
    "or 'between: {criterion: [5, 20]}'"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [NOTHING]),
        ("- noise\n", [NOTHING]),
        ("noise: 3\n", [NOTHING]),
        (
            "order: [noise, pirce]\n",
            ["/known, line 1: unknown criterion 'pirce'; did you mean 'price'?"],
        ),
        (
            "order:\n- noise\n- price\n- noise\n",
            ["/known, line 4: 'noise' comes twice in the order; name each criterion once"],
        ),
        (
            "order: noise\n",
            ["/known, line 1: 'order' is no list; write a list of criteria, most important first"],
        ),
        (
            "between: 3\n",
            [
                (
                    "/known, line 1: 'between' is no mapping; "
                    "write 'criterion: [low, high]' below it, in percent of all weight"
                )
            ],
        ),
        (
            "between: {noise: [20, 5], price: 4, riders: [0, 101]}\nordre: [noise]\n",
            [
                f"/known, line 1: 'noise' has no interval; {INTERVAL}",
                f"/known, line 1: 'price' has no interval; {INTERVAL}",
                f"/known, line 1: 'riders' has no interval; {INTERVAL}",
                "/known, line 2: unknown key 'ordre'; did you mean 'order'?",
            ],
        ),
        (
            "between: {noise: [low, high]}\n",
            [f"/known, line 1: 'noise' has no interval; {INTERVAL}"],
        ),
    ],
)
def test_all_faults_are_named(text: str, expected: list[str], tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    found = [message.removeprefix(str(tmp_path)) for message in str(caught.value).splitlines()]
    assert sorted(found) == sorted(expected)


def test_a_file_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        read_statements_file(tmp_path / "nowhere", QUESTION)
