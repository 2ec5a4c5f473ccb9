"""The ranking chart shows the numbers of the evaluation, and Vega-Lite accepts it."""

from __future__ import annotations

from typing import Any

import pytest
import vl_convert

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.weights import equal_branch_points, perspective_points
from dashboard.model.question import Question
from dashboard.model.wording import whole
from dashboard.report.chart_data import chart_sentence, ranking_rows, segments
from dashboard.report.charts import Theme, chart_svg, ranking_chart
from tests.report.questions import make_question


@pytest.fixture(scope="module")
def ukraine(shipped: Question) -> Evaluation:
    return evaluate(shipped, perspective_points(shipped, shipped.perspective("ukraine")))


def equally(question: Question) -> Evaluation:
    return evaluate(question, equal_branch_points(question.branches))


def values(spec: dict[str, Any], holding: str) -> list[dict[str, Any]]:
    """The rows of the first data set of a chart that has a field."""
    sets: list[list[dict[str, Any]]] = list(spec["datasets"].values())
    return next(rows for rows in sets if holding in rows[0])


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_bars_are_the_branch_contributions_of_the_evaluation(
    ukraine: Evaluation, theme: Theme
) -> None:
    spec = ranking_chart(ukraine, theme).to_dict()
    drawn = values(spec, "branch_index")
    branches = ukraine.question.branches
    expected = [
        {
            "place": place,
            "option": ukraine.question.proposals[i].label,
            "branch": branches[b].label,
            "points": float(ukraine.branch_contributions[i, b]),
        }
        for place, i in enumerate(ukraine.order)
        for b in range(len(branches))
    ]
    assert [{key: row[key] for key in expected[0]} for row in drawn] == expected
    last = [row["end"] for row in drawn if row["branch_index"] == len(branches) - 1]
    assert last == pytest.approx([float(ukraine.scores[i]) for i in ukraine.order], abs=1e-9)
    vl_convert.vegalite_to_vega(spec)  # raises on a chart that Vega-Lite does not understand


def test_labels_are_whole_points_with_the_look_of_the_option(ukraine: Evaluation) -> None:
    question = ukraine.question
    labels = values(ranking_chart(ukraine, "print").to_dict(), "whole")
    best = [question.proposals[i] for i in ukraine.order]
    assert [row["whole"] for row in labels] == [
        str(whole(ukraine.scores[i])) for i in ukraine.order
    ]
    assert [row["mark"] for row in labels] == [question.looks[p.id].mark for p in best]
    assert [row["colour"] for row in labels] == [question.looks[p.id].light for p in best]
    dark = values(ranking_chart(ukraine, "dark").to_dict(), "whole")
    assert [row["colour"] for row in dark] == [question.looks[p.id].dark for p in best]


def test_scores_too_close_to_the_leader_are_grey() -> None:
    question = make_question({"a": [6.0], "b": [5.8], "c": [2.0]}, spread=0.5)
    rows = ranking_rows(equally(question))
    assert [(row["id"], row["near"]) for row in rows] == [("a", True), ("b", True), ("c", False)]
    inks = [row["ink"] for row in values(ranking_chart(equally(question)).to_dict(), "ink")]
    assert inks == ["#5a6470", "#5a6470", "#16202b"]


def test_nothing_is_grey_where_the_leader_is_clear() -> None:
    rows = ranking_rows(equally(make_question({"a": [6.0], "b": [5.8]}, spread=0.1)))
    assert [row["near"] for row in rows] == [False, False]
    # A symmetric triangle with 10 % beyond 1 point to either side: 1.28 standard deviations.
    error = 1.28 / (1 - 0.2**0.5) / 6**0.5
    assert [row["error"] for row in rows] == pytest.approx([error, error], rel=1e-3)


def test_sentence_says_scores_and_what_is_undecided() -> None:
    question = make_question({"a": [6.0], "b": [5.8], "c": [2.0]}, spread=0.5)
    assert chart_sentence(equally(question)) == (
        "Scores from 0 to 100, best first: a 60 points, b 58 points and c 20 points. "
        "The order of a and b is too close to call."
    )


def test_branches_beyond_six_are_joined_at_the_end() -> None:
    question = make_question({"a": [float(j) for j in range(8)]}, branch_sizes=[1] * 8)
    points = {f"criterion-{j}": 1.0 if j in (2, 5) else 2.0 for j in range(8)}
    evaluation = evaluate(question, points)
    found = segments(evaluation)
    assert [s.branches for s in found] == [(0,), (1,), (3,), (4,), (6,), (2, 5, 7)]
    assert found[-1].name == "3 other branches"
    assert sum(ranking_rows(evaluation)[0]["parts"]) == pytest.approx(evaluation.scores[0])


def test_no_status_quo_no_line() -> None:
    with_line = ranking_chart(equally(make_question({"a": [1.0], "b": [2.0]}, status_quo="a")))
    without = ranking_chart(equally(make_question({"a": [1.0], "b": [2.0]})))
    assert len(with_line.to_dict()["layer"]) == len(without.to_dict()["layer"]) + 2


def test_names_stay_data_whatever_they_hold() -> None:
    hostile = "'];alert(1)//\\u0027 \U0001f600 <script>"
    question = make_question({"a": [1.0, 2.0], "b": [2.0, 1.0]}, names={"a": hostile})
    branch = question.branches[0].model_copy(update={"name": hostile})
    question = question.replace(tree=question.tree.model_copy(update={"branches": (branch,)}))
    spec = ranking_chart(equally(question), "light").to_dict()
    legend = spec["layer"][0]["encoding"]["color"]["legend"]["labelExpr"]
    assert legend.count("'") == 2
    assert legend.endswith("'][datum.value]")
    svg = chart_svg(ranking_chart(equally(question), "light"))
    assert "'];alert(1)//\\u0027 [U+1F600]" in svg
    printed = chart_svg(ranking_chart(equally(question), "print"))
    assert "[U+1F600]" in printed
    assert "\U0001f600" not in printed


@pytest.mark.parametrize("theme", ["light", "print"])
@pytest.mark.parametrize("length", [1, 6, 7, 300])
def test_a_row_of_emoji_is_drawn_at_any_length(theme: Theme, length: int) -> None:
    """Cut by UTF-16 units, a name could end with half a character, which Vega refuses."""
    name = "\U0001f600" * length
    question = make_question({"a": [1.0, 2.0], "b": [2.0, 1.0]}, names={"a": name}, status_quo="a")
    branch = question.branches[0].model_copy(update={"name": name})
    question = question.replace(tree=question.tree.model_copy(update={"branches": (branch,)}))
    svg = chart_svg(ranking_chart(equally(question), theme))
    assert ("\U0001f600" in svg) == (theme != "print" and length <= 6)


def test_same_chart_twice_is_the_same_svg(ukraine: Evaluation) -> None:
    first = chart_svg(ranking_chart(ukraine, "print"))
    assert chart_svg(ranking_chart(ukraine, "print")) == first
    assert set(_families(first)) == {"IBM Plex Sans", "IBM Plex Sans SmBld"}


def _families(svg: str) -> list[str]:
    return [part.split('"')[0] for part in svg.split('font-family="')[1:]]
