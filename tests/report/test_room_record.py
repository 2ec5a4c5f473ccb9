"""A room as plain data: what was found, at full precision, and nothing of anybody's own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dashboard.report.room_record import room_results
from dashboard.report.room_rows import (
    first_rows,
    group_rows,
    mover_rows,
    rank_rows,
    round_rows,
    share_rows,
    standing_rows,
)
from tests.report.questions import make_question
from tests.report.rooms import CHILDREN, COOKS, GUESTS, latest, made

TWO = make_question({"soup": (10.0, 0.0), "bread": (0.0, 10.0)})
FOR_SOUP, FOR_BREAD, LEVEL = (0.8, 0.2), (0.3, 0.7), (0.5, 0.5)
GROUPED = {"cooks": [(FOR_SOUP, 9)], "guests": [(FOR_BREAD, 6)], "children": [(FOR_BREAD, 2)]}


def keys_and_lists(data: Any) -> list[tuple[str, Any]]:
    """Every key with its value, however deep."""
    if isinstance(data, dict):
        inside = [pair for value in data.values() for pair in keys_and_lists(value)]
        return [*data.items(), *inside]
    if isinstance(data, list):
        return [pair for value in data for pair in keys_and_lists(value)]
    return []


def test_a_record_holds_what_was_found() -> None:
    found = made(TWO, [(FOR_SOUP, 6), (FOR_BREAD, 4)], [(FOR_SOUP, 4), (FOR_BREAD, 6)])
    data = room_results(found, TWO)
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert (data["latest_round"], len(data["rounds"])) == (2, 2)
    last = data["rounds"][1]
    assert last["first_places"] == {"soup": 4, "bread": 6}
    assert last["rank_acceptability"] == {"soup": [0.4, 0.6], "bread": [0.6, 0.4]}
    assert last["mean_weights"] == pytest.approx({"criterion-0": 0.5, "criterion-1": 0.5})
    assert last["leaders"] == ["soup", "bread"]
    assert last["divided_by"]["shares"] == pytest.approx({"criterion-0": 0.5, "criterion-1": 0.5})
    assert last["divided_by"]["between"] == ["bread", "soup"]
    assert last["compromise"]["proposal"] == "soup"
    assert last["compromise"]["worst_regret"] == pytest.approx(40)
    (moved,) = data["movements"]
    assert moved["mean_weight_moved"] == pytest.approx(0.1)
    assert moved["changes"] == [{"from": ["soup"], "to": ["bread"], "ballots": 2}]


def test_a_record_has_nothing_of_a_single_ballot() -> None:
    found = made(TWO, GROUPED, groups=[COOKS, GUESTS, CHILDREN])
    data = room_results(found, TWO)
    text = json.dumps(data)
    assert "p0" not in text
    assert all(len(value) < 17 for _, value in keys_and_lists(data) if isinstance(value, list)), (
        "a list as long as the room"
    )


def test_a_record_has_nothing_of_a_hidden_group_but_its_size() -> None:
    groups = [COOKS, GUESTS, CHILDREN]
    data = room_results(made(TWO, GROUPED, groups=groups), TWO)["rounds"][0]
    assert [one["id"] for one in data["groups"]] == ["cooks"]
    assert data["hidden_groups"] == [
        {"id": "guests", "name": "Guests", "ballots": 6, "reason": "subtraction"},
        {"id": "children", "name": "Children", "ballots": 2, "reason": "few"},
    ]
    assert [(one["id"], one["ballots"]) for one in data["compromise"]["by_group"]] == [
        (None, 8),
        ("cooks", 9),
    ]
    allowed = room_results(made(TWO, GROUPED, groups=groups, small_groups=True), TWO)
    assert allowed["small_groups_shown"] is True
    assert [one["id"] for one in allowed["rounds"][0]["groups"]] == ["cooks", "guests", "children"]


def test_what_is_undefined_is_null_with_a_reason() -> None:
    data = room_results(made(TWO, [(FOR_SOUP, 1)]), TWO)["rounds"][0]
    assert data["kendall_w"] is None
    assert data["kendall_w_reason"] == "there is only one ranking, so nothing to agree with"
    assert data["divided_by"]["shares"] is None
    assert data["divided_by"]["reason"] == "there is only one ballot"


def test_rows_are_in_the_order_of_first_places() -> None:
    found = latest(made(TWO, [(FOR_SOUP, 1), (FOR_BREAD, 2), (LEVEL, 1)]))
    rows = first_rows(found)
    assert [(row.row, row.count, row.share) for row in rows] == [(1, 3, 0.75), (0, 2, 0.5)]
    assert [[cell.ballots for cell in cells] for _, cells in rank_rows(found)] == [[3, 1], [2, 2]]


def test_many_ranks_are_drawn_together_and_still_make_a_whole() -> None:
    many = make_question({f"o{i}": [float((i * j) % 11) for j in range(1, 4)] for i in range(20)})
    found = latest(made(many, [((0.2, 0.3, 0.5), 2), ((0.6, 0.3, 0.1), 1)]))
    rows = first_rows(found)
    assert {len(row.segments) for row in rows} == {7}
    assert [sum(row.segments) for row in rows] == pytest.approx([1] * 20)


def test_a_score_within_the_error_of_the_lead_is_not_decided() -> None:
    """At equal weights errors of 7.07 points; 58, 54 and 30 points."""
    question = make_question(
        {"soup": (6.0, 5.6), "bread": (5.4, 5.4), "rice": (3.0, 3.0)}, spread=1.0
    )
    rows = standing_rows(latest(made(question, [(LEVEL, 1)])).whole)
    assert [(row.rank, row.behind, row.undecided) for row in rows] == [
        (1, "", True),
        (2, "4 points", True),
        (3, "28 points", False),
    ]


def test_rows_of_groups_shares_movers_and_rounds() -> None:
    groups = [COOKS, GUESTS, CHILDREN]
    room = made(TWO, GROUPED, groups=groups)
    found = latest(room)
    assert [(row.name, row.ballots, row.leaders, row.firsts) for row in group_rows(found)] == [
        ("The whole room", 17, (0,), 9),
        ("Cooks", 9, (0,), 9),
    ]
    assert [(row.name, row.giving, row.largest) for row in mover_rows(found)] == [
        ("Hidden groups together", "8 of 8", "40 points"),
        ("Cooks", "0 of 9", "nothing"),
    ]
    assert [(row.criterion, row.words, row.sides) for row in share_rows(found)] == [
        (0, "50 %", ("80 %", "30 %")),
        (1, "50 %", ("20 %", "70 %")),
    ]
    (row,) = round_rows(room)
    assert (row.number, row.ballots, row.firsts) == (1, 17, (9, 8))
