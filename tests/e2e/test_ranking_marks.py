"""What the ranking draws while and after a weight moves: bars, errors, and what is out of sight."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.questions import write_question
from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.question import Question
from tests.e2e.conftest import Serve
from tests.e2e.network import Server
from tests.e2e.pages import open_page


def percents(layers: str) -> list[float]:
    """The first number of each layer of a computed size or position."""
    return [float(layer.split("%")[0]) for layer in layers.split(", ") if "%" in layer.split()[0]]


def drawn(page: Page, part: str, style: str) -> dict[str, str]:
    found = page.locator(".ranking .row").evaluate_all(
        """(rows, [part, style]) => rows.map((row) =>
            [row.dataset.id, getComputedStyle(row.querySelector(part))[style]])""",
        [part, style],
    )
    return dict(found)


def test_bars_and_errors_are_as_long_as_python_says(
    server: Server, page: Page, shipped: Question
) -> None:
    open_page(page, server)
    page.locator(".ranking .row").first.wait_for()
    evaluation = evaluate(shipped, equal_branch_points(shipped.branches))
    errors = evaluation.moments.score_errors(evaluation.weights)
    scale = 60
    bars, lines = drawn(page, ".bar", "backgroundSize"), drawn(page, ".whisker", "backgroundSize")
    marks = drawn(page, ".whisker", "backgroundPosition")
    for i, proposal in enumerate(shipped.proposals):
        parts = evaluation.branch_contributions[i]
        ends = [parts[: k + 1].sum() / scale * 100 for k in range(len(parts))]
        assert percents(bars[proposal.id]) == pytest.approx(ends, abs=0.01)
        score, error = evaluation.scores[i], errors[i]
        assert percents(lines[proposal.id]) == pytest.approx([2 * error / scale * 100], abs=0.01)
        assert percents(marks[proposal.id])[1:] == pytest.approx(
            [(score - error) / scale * 100, (score + error) / scale * 100], abs=0.01
        )


def test_the_segment_under_the_pointer_says_its_name(
    server: Server, page: Page, shipped: Question
) -> None:
    open_page(page, server)
    evaluation = evaluate(shipped, equal_branch_points(shipped.branches))
    row = [proposal.label for proposal in shipped.proposals].index("Capital amnesty")
    first = evaluation.branch_contributions[row, 0]
    bar = page.locator(".ranking .row", has_text="Capital amnesty").locator(".bar")
    bar.hover(position={"x": 3, "y": 5})
    expect(bar).to_have_attribute("title", f"{shipped.branches[0].name}: {first:.1f} points")
    box = bar.bounding_box()
    assert box is not None
    bar.hover(position={"x": box["width"] - 3, "y": 5})
    expect(bar).to_have_attribute("title", "")


def move(slider: Locator, value: float, event: str) -> None:
    slider.evaluate(
        "(slider, [value, event]) => { slider.value = value;"
        " slider.dispatchEvent(new Event(event, { bubbles: true })); }",
        [value, event],
    )


def test_what_is_out_of_sight_follows_when_it_is_looked_at_and_when_the_hand_rests(
    serve: Serve, page: Page, tmp_path: Path
) -> None:
    large = serve("--question", str(write_question(tmp_path / "question", options=50, criteria=60)))
    open_page(page, large)
    sliders, numbers = (
        page.locator(".leaves input[type=range]"),
        page.locator(".leaves .entry input"),
    )
    sliders.first.wait_for()
    last = numbers.last
    before = last.input_value()
    move(sliders.first, 50, "input")
    expect(numbers.first).to_have_value("50")
    page.wait_for_timeout(200)
    assert last.input_value() == before
    last.scroll_into_view_if_needed()
    expect(last).not_to_have_value(before)
    seen = last.input_value()
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    move(sliders.first, 5, "input")
    move(sliders.first, 5, "change")
    expect(last).not_to_have_value(seen)
    total = sum(float(slider.input_value()) for slider in sliders.all())
    assert total == pytest.approx(100, abs=0.05 * 60)
