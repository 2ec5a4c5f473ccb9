"""Where two trees of data differ is said by a path, and nearly equal numbers are equal."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.report.save_file.tree_differences import tree_differences


def told(was: Any, now: Any) -> list[tuple[str, str, str]]:
    return [(one.place, one.was, one.now) for one in tree_differences(was, now)]


def test_entries_are_matched_by_their_ids_whatever_their_order() -> None:
    was = {"ranking": [{"id": "a", "rank": 1}, {"id": "b", "rank": 2}]}
    now = {"ranking": [{"id": "b", "rank": 2}, {"id": "a", "rank": 3}]}
    assert told(was, now) == [("ranking > a > rank", "1", "3")]


def test_entries_without_ids_are_matched_by_place() -> None:
    assert told({"x": [1, 2]}, {"x": [1, 3, 4]}) == [
        ("x > entry 2", "2", "3"),
        ("x > entry 3", "nothing", "4"),
    ]


def test_what_came_and_what_went() -> None:
    assert told({"a": {"b": 1}}, {"c": "x"}) == [
        ("a", "1 entry", "nothing"),
        ("c", "nothing", '"x"'),
    ]


@pytest.mark.parametrize(
    ("was", "now", "same"),
    [
        (1.0, 1.0 + 5e-10, True),
        (1e9, 1e9 + 0.5, True),
        (1.0, 1.0 + 5e-9, False),
        (0.0, 1e-12, True),
        (1, 1.0, True),
        (1, True, False),
        (0, None, False),
        ("1", 1, False),
        ([], {}, False),
    ],
)
def test_only_numbers_may_differ_in_the_last_digits(was: Any, now: Any, same: bool) -> None:
    assert (not told({"x": was}, {"x": now})) == same
