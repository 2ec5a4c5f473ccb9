"""The bump chart and the tables of Who disagrees as HTML: to scale, escaped, ties kept apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.report.disagreement_rows import part_rows
from dashboard.robustness.perspectives import Panel, division, panel
from dashboard.ui.bump_chart import MOST_RANKS, bump_chart
from dashboard.ui.disagreement_tables import (
    agreement_table,
    compromise_table,
    parts_table,
    ranks_table,
)
from tests.report.questions import make_perspective, make_question

HOSTILE = "<script>alert(1)</script>"


def made(
    performances: Mapping[str, Sequence[float]],
    *points: Sequence[float],
    names: Mapping[str, str] | None = None,
    voice: str | None = None,
) -> Panel:
    question = make_question(
        performances,
        names=names,
        perspectives=[make_perspective(f"p{k}", row, voice) for k, row in enumerate(points)],
    )
    return panel(evaluate(question, equal_branch_points(question.branches)))


def test_a_line_runs_from_rank_to_rank() -> None:
    html = bump_chart(made({"a": (9, 1), "b": (1, 9)}, (1, 0), (0, 1)), None, "Ranks")
    assert re.findall(r'class="line" style="([^"]+)"', html) == [
        "left:0.00%;width:100.00%;--here:0.5;--there:1.5;--half:1.6px",
        "left:0.00%;width:100.00%;--here:1.5;--there:0.5;--half:1.6px",
    ]
    assert 'aria-label="a: rank 1 for p0 and 2 for p1"' in html
    assert html.count('class="name from"') == html.count('class="name to"') == 2
    assert "cw-near" not in html  # both leads are clear


def test_a_tie_has_one_rank_and_marks_side_by_side() -> None:
    html = bump_chart(made({"a": (5, 1), "b": (5, 9)}, (1, 0), (0, 1)), None, "Ranks")
    dots = re.findall(r'class="dot" style="([^"]+)"', html)
    assert dots[0] == "left:calc(0.00% + -0.45rem);--here:0.5"
    assert dots[2] == "left:calc(0.00% + 0.45rem);--here:0.5"
    # Both are called first; the second name takes the free row beneath.
    names = re.findall(r'name from" style="--here:([\d.]+)" aria-hidden="true"><b>(\d)', html)
    assert names == [("0.5", "1"), ("1.5", "1")]


def test_the_ground_is_grey_as_far_as_the_lead_is_not_decided() -> None:
    question = make_question(
        {"a": (9, 1), "b": (8, 9), "c": (1, 5)},
        spread=1.5,
        perspectives=[make_perspective("p", (1, 0)), make_perspective("q", (0, 1))],
    )
    found = panel(evaluate(question, equal_branch_points(question.branches)))
    html = bump_chart(found, None, "Ranks")
    assert re.findall(r'class="cw-near" style="([^"]+)"', html) == ["left:0.00%;--ranks:2"]


def test_the_chosen_perspective_is_marked() -> None:
    found = made({"a": (9, 1), "b": (1, 9)}, (1, 0), (0, 1))
    for draw in (ranks_table, agreement_table, compromise_table):
        assert draw(found, None).count("chosen") == 0
        assert "chosen" in draw(found, 1)
    assert bump_chart(found, 1, "Ranks").count(">chosen<") == 1


def test_only_the_first_ranks_of_many_are_drawn() -> None:
    rows = {f"o{i}": [float((i * j) % 11) for j in range(1, 9)] for i in range(30)}
    html = bump_chart(made(rows, range(1, 9), range(8, 0, -1)), None, "Ranks")
    assert max(float(y) for y in re.findall(r'class="dot"[^>]*--here:([\d.]+)', html)) < MOST_RANKS
    assert f"--rows:{MOST_RANKS}" in html
    assert 0 < html.count('role="img"') < 30


def test_hostile_names_are_escaped_everywhere() -> None:
    found = made(
        {"a": (9, 1), "b": (1, 9)},
        (1, 0),
        (0, 1),
        names={"a": HOSTILE, "b": "\u202e<b>😀</b>"},
        voice=HOSTILE,
    )
    parted = division(found, 0, 1, (0, 1))
    for html in (
        bump_chart(found, 0, "Ranks"),
        ranks_table(found, 0),
        agreement_table(found, 0),
        compromise_table(found, 0),
        parts_table(found, (0, 1), parted, part_rows(found, 0, 1, parted), HOSTILE),
    ):
        assert "<script" not in html
        assert "<b>😀" not in html
        assert "&lt;script&gt;" in html


def test_bars_of_parts_point_to_the_option_that_they_help() -> None:
    found = made({"a": (9, 1), "b": (1, 8)}, (2, 1), (1, 2))
    parted = division(found, 0, 1, (0, 1))
    assert max(parted.parts) < 0
    html = parts_table(found, (0, 1), parted, part_rows(found, 0, 1, parted), "Parts")
    assert re.findall(r'cw-part"[^>]*><i style="left:([\d.]+)%', html) == ["50.00", "50.00"]
    back = division(found, 1, 0, (0, 1))
    html = parts_table(found, (1, 0), back, part_rows(found, 1, 0, back), "Parts")
    assert re.findall(r'><i style="left:([\d.]+)%', html)[0] == "0.00"
    assert " towards a" in html
