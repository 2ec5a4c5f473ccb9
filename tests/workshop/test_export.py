"""Ballots as files: pseudonyms nobody can trace, small groups withheld, no cell a formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pyarrow.parquet as pq
import pytest

from dashboard.model.safe_cells import STARTS_A_FORMULA
from dashboard.workshop.export import SMALL_GROUP, Exported, exported, written
from dashboard.workshop.record import record_json
from dashboard.workshop.refusals import RefusedError
from tests.workshop.conftest import Room


def reveal(room: Room, number: int = 1) -> None:
    room.facilitator.close_round(number)
    room.facilitator.reveal(number)


def rows(table: Exported) -> list[dict[str, str]]:
    text = written(table, "csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def groups(table: Exported, number: int = 1) -> list[str]:
    return sorted(row.group for row in table.rows if row.round == number)


def test_nothing_is_exported_before_the_reveal(voting: Room) -> None:
    voting.votes(voting.joins(), 100)
    voting.facilitator.close_round(1)
    with pytest.raises(RefusedError) as refused:
        exported(voting.store, voting.workshop)
    assert refused.value.kind == "not-revealed"


def test_only_revealed_rounds_are_in_it(voting: Room) -> None:
    person = voting.joins()
    voting.votes(person, 100)
    reveal(voting)
    voting.facilitator.open_round(2)
    voting.votes(person, 0, 100, number=2)
    table = exported(voting.store, voting.workshop)
    assert table.rounds == (1,)
    assert [row.round for row in table.rows] == [1]


def test_a_pseudonym_stays_over_the_rounds_and_is_none_of_the_logs_tags(voting: Room) -> None:
    people = [voting.joins() for _ in range(3)]
    for place, person in enumerate(people):
        voting.votes(person, 100, 10 * place)
    reveal(voting)
    voting.facilitator.open_round(2)
    for place, person in enumerate(people):
        voting.votes(person, 100, 10 * place, number=2)
    reveal(voting, 2)
    table = exported(voting.store, voting.workshop)
    by_round = [
        {row.pseudonym: tuple(row.answers.values()) for row in table.rows if row.round == number}
        for number in (1, 2)
    ]
    assert by_round[0] == by_round[1]
    assert set(by_round[0]) == {"p1", "p2", "p3"}
    everything = written(table, "json").decode() + written(table, "csv").decode()
    assert not [p.tag for p in voting.facilitator.participants() if p.tag in everything]
    assert not [person for person in people if person in everything]


def test_pseudonyms_are_drawn_anew_for_each_export(voting: Room) -> None:
    for place in range(12):
        voting.votes(voting.joins(), 100, place)
    reveal(voting)
    drawn = {
        tuple(tuple(row.answers.values()) for row in exported(voting.store, voting.workshop).rows)
        for _ in range(4)
    }
    # That twelve come in the same order four times is one in 10 to the 26.
    assert len(drawn) > 1


def test_answers_and_weights_of_a_ballot(voting: Room) -> None:
    voting.votes(voting.joins(), 100, 50, 50)
    reveal(voting)
    (row,) = exported(voting.store, voting.workshop).rows
    ids = [criterion.id for criterion in voting.question.criteria]
    assert dict(row.answers) == dict(zip(ids, [100, 50, 50], strict=True))
    assert dict(row.weights) == dict(zip(ids, [0.5, 0.25, 0.25], strict=True))


def test_a_name_stands_only_beside_who_agreed(voting: Room) -> None:
    voting.votes(voting.joins(name="Ada", agreed=True), 100)
    voting.votes(voting.joins(name="Bo"), 100)
    reveal(voting)
    table = exported(voting.store, voting.workshop)
    assert sorted(row.name or "" for row in table.rows) == ["", "Ada"]
    assert b"Bo" not in written(table, "json")


def test_a_small_group_is_withheld_and_one_more_that_would_give_it_away(voting: Room) -> None:
    for _ in range(2):
        voting.votes(voting.joins("north"), 100)
    for _ in range(6):
        voting.votes(voting.joins("south"), 100)
    reveal(voting)
    assert groups(exported(voting.store, voting.workshop)) == [SMALL_GROUP] * 8


def test_groups_of_five_are_named(voting: Room) -> None:
    for _ in range(5):
        voting.votes(voting.joins("north"), 100)
        voting.votes(voting.joins("south"), 100)
    reveal(voting)
    assert groups(exported(voting.store, voting.workshop)) == ["The north"] * 5 + ["The south"] * 5


def test_what_one_round_withholds_no_other_round_gives_away(voting: Room) -> None:
    first = [voting.joins("north") for _ in range(3)] + [voting.joins("south") for _ in range(5)]
    for person in first:
        voting.votes(person, 100)
    reveal(voting)
    voting.facilitator.open_round(2)
    for person in [*first, voting.joins("north"), voting.joins("north")]:
        voting.votes(person, 100, number=2)
    reveal(voting, 2)
    table = exported(voting.store, voting.workshop)
    assert groups(table, 2) == [SMALL_GROUP] * 10


def test_small_groups_are_named_where_that_was_set_at_the_start(
    make_room: Callable[..., Room],
) -> None:
    room = make_room(small_groups=True)
    room.facilitator.open_round(1)
    room.votes(room.joins("north"), 100)
    reveal(room)
    assert groups(exported(room.store, room.workshop)) == ["The north"]


@pytest.mark.parametrize("sign", STARTS_A_FORMULA)
def test_no_cell_begins_a_formula(sign: str, make_room: Callable[..., Room]) -> None:
    group = {"id": "odd", "name": f"{sign}HYPERLINK(1)"}
    room = make_room(small_groups=True, groups=[group])
    room.facilitator.open_round(1)
    room.votes(room.joins("odd", name="=1+1", agreed=True), 100)
    reveal(room)
    (row,) = rows(exported(room.store, room.workshop))
    assert row["group"] == f"'{sign}HYPERLINK(1)"
    assert row["name"] == "'=1+1"
    assert not [cell for cell in row.values() if cell.startswith(STARTS_A_FORMULA)]


def test_the_three_forms_hold_the_same_ballots_and_say_whose_they_are(
    make_room: Callable[..., Room],
) -> None:
    room = make_room(title="Vienna", rehearsal=True)
    room.facilitator.open_round(1)
    for points in (10, 20):
        room.votes(room.joins(), 100, points)
    reveal(room)
    table = exported(room.store, room.workshop)
    data = json.loads(written(table, "json"))
    parquet = pq.read_table(io.BytesIO(written(table, "parquet")))
    about = json.loads(parquet.schema.metadata[b"counterweight"])
    key = f"answer:{room.question.criteria[1].id}"
    answers = [ballot["answers"][room.question.criteria[1].id] for ballot in data["ballots"]]
    assert [float(row[key]) for row in rows(table)] == answers
    assert parquet.column(key).to_pylist() == answers
    for said in (data, about):
        assert said["title"] == "Vienna"
        assert said["rehearsal"] is True
        assert said["fingerprint"] == room.question.fingerprint
        assert said["head"] == room.store.workshop(room.workshop).head
    assert {row["rehearsal"] for row in rows(table)} == {"yes"}
    assert table.file_name == "rehearsal-workshop-ballots"


def test_a_revealed_round_without_a_ballot_is_an_empty_table(voting: Room) -> None:
    reveal(voting)
    table = exported(voting.store, voting.workshop)
    assert table.rows == ()
    assert pq.read_table(io.BytesIO(written(table, "parquet"))).num_rows == 0


def test_the_record_holds_the_log_and_no_ballot(voting: Room) -> None:
    voting.votes(voting.joins(name="Ada", agreed=True), 37, 100)
    reveal(voting)
    text = record_json(voting.store, voting.workshop, {"rounds": "as given"}).decode()
    record = json.loads(text)
    kinds = [event["kind"] for event in record["log"]]
    assert kinds == ["created", "round-opened", "joined", "ballot", "round-closed", "revealed"]
    assert record["head"] == record["log"][-1]["hash"]
    assert record["verification"] == {"holds": True, "faults": [], "events": 6, "ballots": 1}
    assert record["results"] == {"rounds": "as given"}
    assert "Ada" not in text
    assert "37" not in json.dumps(record["results"])
