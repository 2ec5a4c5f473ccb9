"""The headline follows the hand: the same rule and the same sentences as in Python."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from benchmarks.questions import write_question
from dashboard.methods.evaluate import evaluate
from dashboard.model.load import load_question
from dashboard.model.question import Question
from dashboard.model.value_tree import SharedError
from dashboard.robustness.lead import SCRIPT, lead
from dashboard.robustness.lead_words import headline
from dashboard.ui.choice import default_choice
from dashboard.ui.weights_component import DETAIL, component_data
from dashboard.ui.weights_component import SCRIPT as SCRIPT_OF_ALL
from dashboard.workshop.phone.static import RANKS
from tests.conftest import ROOT
from tests.e2e.network import Server
from tests.e2e.pages import next_frame, open_page
from tests.e2e.test_journey import heading, slider

RULES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (RANKS, ROOT / "dashboard/ui/weights_component/rules.js")
)

LEADS = """cases => cases.points.map(p => {
    const weights = cases.criteria.map(id => p[id] / TOTAL);
    const ranked = rankAlternatives(cases.alternatives, cases.criteria, p, cases.tolerance);
    const scores = scoresAt(cases.moments, weights);
    const found = leadOf(cases.moments, weights, scores, ranked);
    const first = found.leaders[0].index;
    return {
        said: headlineOf(cases.headlines, found, cases.alternatives.map(a => a.name)),
        near: found.near.map(row => row.index),
        over: ranked.filter(row => row.index !== first).map(({ index }) =>
            [index, leadOver(cases.moments, weights, scores, first, index)]),
        errors: scores.errors,
    };
})"""


def sharing(question: Question) -> Question:
    """The same question with errors shared by all options on two of its criteria."""
    columns = tuple(criterion.id for criterion in question.criteria[:2])
    shared = SharedError(criteria=columns, why="One study was used for all of them.")
    return question.replace(tree=question.tree.model_copy(update={"shared_errors": (shared,)}))


def without_bands(question: Question) -> Question:
    proposals = tuple(
        p.model_copy(
            update={
                "scores": {
                    key: score.with_band(score.likely, score.likely, score.likely)
                    for key, score in p.scores.items()
                }
            }
        )
        for p in question.proposals
    )
    return question.replace(proposals=proposals)


@pytest.mark.parametrize("which", ["shipped", "sharing", "without bands", "large"])
def test_the_browser_says_what_python_says(
    page: Page, shipped: Question, tmp_path: Any, which: str
) -> None:
    question = {
        "shipped": lambda: shipped,
        "sharing": lambda: sharing(shipped),
        "without bands": lambda: without_bands(shipped),
        "large": lambda: load_question(write_question(tmp_path, 50, 60)),
    }[which]()
    rng = random.Random(3)
    drawn = [
        [rng.random() ** 3 * (rng.random() > 0.1) + 1e-6 for _ in question.criteria]
        for _ in range(80)
    ]
    given = [
        {c.id: value * 100 / sum(row) for c, value in zip(question.criteria, row, strict=True)}
        for row in drawn
    ]
    start = default_choice(question)
    data = component_data(evaluate(question, start.points), start)
    page.goto("about:blank")
    answers = page.evaluate(
        f"cases => {{ {SCRIPT}; {RULES}; return ({LEADS})(cases); }}",
        json.loads(json.dumps({**data, "points": given})),
    )
    kinds = set()
    for points, answer in zip(given, answers, strict=True):
        evaluation = evaluate(question, points)
        found = lead(evaluation, evaluation.weights, evaluation.scores, evaluation.ranks)
        assert answer["said"] == headline(
            [p.label for p in evaluation.question.proposals], found, None
        )
        assert answer["near"] == [i for i in found.near if i not in found.leaders]
        over = evaluation.moments.leads(evaluation.weights, found.leaders[0])
        for row, found_over in answer["over"]:
            mean, error = found_over["mean"], found_over["error"]
            assert mean == pytest.approx(over.mean[row], abs=1e-4)
            assert error == pytest.approx(over.error[row], abs=1e-4)
        errors = evaluation.moments.score_errors(evaluation.weights)
        assert answer["errors"] == pytest.approx(errors.tolist(), abs=1e-4)
        kinds.add(re.sub(r"\d+", "n", answer["said"].partition(":")[0][:10]))
    assert len(kinds) > 1 or which != "shipped"


def test_the_headline_follows_the_mouse_and_python_confirms_it(server: Server, page: Page) -> None:
    open_page(page, server)
    before = heading(page)
    control = slider(page, "Hostile-service penetration")
    control.scroll_into_view_if_needed()
    track = control.bounding_box()
    assert track is not None
    middle = track["y"] + track["height"] / 2
    page.mouse.move(track["x"] + 8 + (track["width"] - 17) * 0.067, middle)
    page.mouse.down()
    page.mouse.move(track["x"] + track["width"] * 0.8, middle, steps=12)
    next_frame(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Status quo is only"))
    moving = heading(page)
    assert moving != before
    later = page.get_by_text("Updates when you release the slider.").first
    expect(later).to_be_visible()
    page.mouse.up()
    expect(page.locator(".cw-meta", has_text="Weights: Own weights")).to_be_visible()
    expect(later).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_have_text(moving)


def test_those_who_listen_hear_the_title(server: Server, page: Page) -> None:
    """With what only Python knows: who comes first more often."""
    open_page(page, server)
    said = (
        "No clear winner: Sanctuary is only 0.5 points ahead (45.9 against 45.4), "
        "but Capital amnesty comes first more often"
    )
    expect(page.get_by_role("heading", level=1)).to_have_text(said)
    expect(page.locator(".ranking .spoken")).to_have_text(f"{said}.")


BEGIN = """async ([code, data]) => {
  document.body.innerHTML = `<h1 id="${data.title.id}"></h1><p id="${data.title.updating}"></p>
    <main><div class="counterweight"></div></main>`;
  const file = new Blob([code], { type: "text/javascript" });
  const draw = (await import(URL.createObjectURL(file))).default;
  const parentElement = document.querySelector("main");
  const setStateValue = (_, given) => { window.told = given; };
  window.answer = (data) => draw({ data, parentElement, setStateValue, setTriggerValue() {} });
  answer(data);
}"""


def test_an_echo_of_older_weights_brings_no_title_of_theirs(page: Page, shipped: Question) -> None:
    """Of two quick moves Python answers the first while the second is shown."""
    start = default_choice(shipped)

    def answer(points: dict[str, float], title: str) -> dict[str, Any]:
        choice = replace(start, points=points, origin="own")
        data = component_data(evaluate(shipped, points), choice, title=title)
        return {**data, "visitor": "v", "work": "w"}

    def move() -> dict[str, float]:
        page.evaluate("delete window.told")
        slider(page, "Ukraine consent").press("ArrowRight")
        page.wait_for_function("window.told")
        points: dict[str, float] = page.evaluate("told.points")
        return points

    line, spoken = page.locator("h1"), page.locator(".spoken")
    updating = page.locator(f"#{DETAIL}[data-moving]")
    page.goto("about:blank")
    page.evaluate(BEGIN, [SCRIPT_OF_ALL, answer(dict(start.points), "of the start")])
    expect(line).to_have_text("of the start")
    first, second = move(), move()
    page.evaluate("data => answer(data)", answer(first, "of the first move"))
    expect(line).to_contain_text("Sanctuary")
    expect(spoken).to_contain_text("Sanctuary")
    expect(updating).to_have_count(1)
    page.evaluate("data => answer(data)", answer(second, "of the second move"))
    expect(line).to_have_text("of the second move")
    expect(spoken).to_have_text("of the second move.")
    expect(updating).to_have_count(0)
    # A key that has not been reported yet counts as a move as well.
    slider(page, "Ukraine consent").press("ArrowRight")
    page.evaluate("data => answer(data)", answer(second, "of the second move"))
    expect(line).to_contain_text("Sanctuary")
