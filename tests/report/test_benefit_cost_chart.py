"""The chart of benefit against cost: its numbers, its labels, and that names stay data."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
import vl_convert

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.question import Question
from dashboard.report.benefit_cost_chart import HEIGHT, WIDTH, Label, benefit_cost_chart, labels
from dashboard.report.charts import LETTER, Theme, chart_svg
from dashboard.report.matrix_words import BenefitView, benefit_view
from tests.report.test_matrix_words import with_cost


@pytest.fixture(scope="module")
def view(shipped: Question) -> BenefitView:
    found = benefit_view(evaluate(shipped, equal_branch_points(shipped.branches)))
    assert found is not None
    return found


def values(spec: dict[str, Any], holding: str) -> list[dict[str, Any]]:
    sets: list[list[dict[str, Any]]] = list(spec["datasets"].values())
    return next(rows for rows in sets if holding in rows[0])


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_marks_stand_at_benefit_and_raw_cost_in_colour_and_mark_of_the_option(
    view: BenefitView, theme: Theme
) -> None:
    spec = benefit_cost_chart(view, theme).to_dict()
    drawn = {row["option"]: row for row in values(spec, "mark")}
    question, raw = view.evaluation.question, view.evaluation.performance
    j = view.found.criteria[0]
    for i, proposal in enumerate(question.proposals):
        row, look = drawn[proposal.label], question.looks[proposal.id]
        assert row["benefit"] == pytest.approx(float(view.found.benefit[i]))
        assert (row["cost_low"], row["cost"], row["cost_high"]) == (
            raw.low[i, j],
            raw.likely[i, j],
            raw.high[i, j],
        )
        assert row["mark"] == look.mark
        assert row["colour"] == (look.dark if theme == "dark" else look.light)
        assert (row["fill"] == row["colour"]) is view.found.efficient[i]
    vl_convert.vegalite_to_vega(spec)


def test_the_frontier_goes_through_the_efficient_options_and_on_to_the_edge(
    view: BenefitView,
) -> None:
    corners = values(benefit_cost_chart(view).to_dict(), "place")
    efficient = [row.benefit for row in view.rows if row.efficient]
    assert [corner["benefit"] for corner in corners] == [*efficient, efficient[-1]]
    assert corners[-1]["cost"] > 1000


def overlap(first: Label, second: Label) -> bool:
    wide = (len(first.text) + len(second.text)) * LETTER / 2
    return abs(first.x - second.x) < wide and abs(first.y - second.y) < 13


def test_every_shipped_name_has_its_place_and_none_covers_another(view: BenefitView) -> None:
    placed = labels(view)
    assert len(placed) == 7
    assert not any(overlap(a, b) for a, b in combinations(placed, 2))


def test_of_many_options_only_names_with_room_are_written() -> None:
    rows = {f"option-number-{k}": [k % 7, k % 5] for k in range(50)}
    found = benefit_view(with_cost({name: list(map(float, row)) for name, row in rows.items()}))
    assert found is not None
    placed = labels(found)
    assert 0 < len(placed) < 50
    assert not any(overlap(a, b) for a, b in combinations(placed, 2))
    for label in placed:
        half = len(label.text) * LETTER / 2
        assert label.x - half >= 0
        assert label.x + half <= WIDTH
        assert 0 <= label.y <= HEIGHT


def test_names_stay_data_and_long_ones_are_cut() -> None:
    hostile = "<script>'];alert(1)//" + "x" * 300
    evaluation = with_cost({"a": [8.0, 6.0], "b": [3.0, 2.0]})
    first, second = evaluation.question.proposals
    named = evaluation.question.replace(
        proposals=(first.model_copy(update={"name": hostile}), second)
    )
    found = benefit_view(evaluate(named, {"criterion-0": 1.0, "criterion-1": 1.0}))
    assert found is not None
    svg = chart_svg(benefit_cost_chart(found))
    assert "<script" not in svg
    assert "&lt;script" in svg
    assert all(len(label.text) <= 26 for label in labels(found))


def test_options_that_cost_and_give_the_same_still_make_a_chart() -> None:
    found = benefit_view(with_cost({"a": [0.0, 0.0], "b": [0.0, 0.0]}))
    assert found is not None
    assert chart_svg(benefit_cost_chart(found)).startswith("<svg")


def test_the_same_chart_twice_is_the_same_svg(view: BenefitView) -> None:
    first = chart_svg(benefit_cost_chart(view, "print"))
    assert chart_svg(benefit_cost_chart(view, "print")) == first
