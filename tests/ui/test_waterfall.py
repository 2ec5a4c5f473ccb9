"""The waterfall as HTML: to scale, escaped, and every score with its reasons."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.model.overrides import Override, with_overrides
from dashboard.model.question import Question
from dashboard.robustness.waterfall import waterfall
from dashboard.ui.html import Markup
from dashboard.ui.waterfall import axis, gap_bar, waterfall_html
from tests.report.questions import make_question


def even(question: Question) -> Evaluation:
    return evaluate(question, {c.id: 1.0 for c in question.criteria})


def drawn(evaluation: Evaluation, first: str, second: str) -> Markup:
    one, other = (evaluation.question.proposal(name) for name in (first, second))
    return waterfall_html(evaluation, one, other, waterfall(evaluation, first, second))


def test_bars_stand_where_the_running_score_is() -> None:
    html = drawn(even(make_question({"a": (9.0, 2.0), "b": (4.0, 6.0)})), "a", "b")
    # 50 to 75 and back to 55, on an axis from 49 to 76.
    bars = re.findall(r'</s><i style="left:([\d.]+)%;width:([\d.]+)%"', html)
    assert bars[0] == ("3.70", "92.59")
    assert bars[1] == ("22.22", "74.07")
    assert "For a" in html
    assert "+25.0" in html
    assert "\u221220.0" in html


def test_undecided_steps_are_striped() -> None:
    rows = {"a": (9.0, 2.0), "b": (4.0, 3.0)}
    assert 'class="pale"' not in drawn(even(make_question(rows)), "a", "b")
    assert drawn(even(make_question(rows, spread=1.0)), "a", "b").count('class="pale"') == 1


def test_hostile_names_and_reasons_are_escaped() -> None:
    names = {"a": "<script>alert(1)</script>", "b": "\u202e<b>b</b>"}
    question = make_question({"a": (9.0,), "b": (4.0,)}, names=names)
    override = Override("a", "criterion-0", 1.0, 2.0, 3.0, "<img src=x onerror=alert(1)> 😀 \u202e")
    html = drawn(even(with_overrides(question, [override])), "a", "b")
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt; 😀" in html
    assert "Overridden: 9 points in the files." in html
    assert "what if" in html


def test_sources_have_names_in_reasons_and_workings(shipped: Question) -> None:
    markup = drawn(even(shipped), "nato-integration", "status-quo")
    assert "(source “Witness programme costs”)" in markup
    assert "source witness-programme-costs" not in markup


def test_an_option_beside_itself_is_listed_once() -> None:
    html = drawn(even(make_question({"a": (9.0, 2.0)})), "a", "a")
    assert html.count("<details>") == 2
    assert html.count("<h4>") == 2
    assert "Every criterion" in html
    assert "nan" not in html.lower()


def test_thirty_options_of_forty_criteria_and_long_names_can_be_drawn() -> None:
    rows = {f"o{i}": [float((i * j) % 11) for j in range(40)] for i in range(30)}
    names = {f"o{i}": f"{i}" + "N" * 299 for i in range(30)}
    html = drawn(even(make_question(rows, names=names)), "o3", "o7")
    assert html.count("<details>") == 40


@pytest.mark.parametrize(
    ("least", "most", "ticks"),
    [
        (45.4, 54.7, [46, 48, 50, 52, 54]),
        (0.0, 100.0, [0, 20, 40, 60, 80, 100]),
        (50.0, 50.0, [49.6, 49.8, 50.0, 50.2, 50.4]),
    ],
)
def test_ticks_are_round(least: float, most: float, ticks: list[float]) -> None:
    assert axis(least, most).ticks == pytest.approx(ticks)


@given(st.floats(-100, 100), st.floats(0, 200))
def test_an_axis_holds_what_it_shows(least: float, width: float) -> None:
    scale = axis(least, least + width)
    assert 0 <= scale.at(least) <= scale.at(least + width) <= 100
    assert 1 <= len(scale.ticks) <= 8


def test_a_gap_bar_has_its_line_at_no_gap() -> None:
    html = gap_bar(-5.0, 1.0, 5.0, axis(-5.0, 5.0))
    assert '<s style="left:50.00%"' in html
    assert "width:90.91%" in html
