"""Many options beside the weights: the first fifty, the others on demand, also in a drag."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from benchmarks.questions import write_question
from tests.e2e.conftest import Serve
from tests.e2e.pages import open_page
from tests.e2e.test_ranking_marks import move

SHOWN = (
    "rows => rows.filter((row) => !row.hidden).map((row) => row.querySelector('.rank').textContent)"
)


def test_fifty_rows_are_drawn_and_all_on_demand_and_a_drag_brings_others_in(
    serve: Serve, page: Page, tmp_path: Path
) -> None:
    server = serve(
        "--question",
        str(write_question(tmp_path / "many", options=120, criteria=4, branches=2)),
    )
    open_page(page, server)
    rows, more = page.locator(".ranking .row"), page.locator(".ranking button.more")
    expect(rows).to_have_count(50)
    expect(more).to_have_text("Show all 120 options")
    before = {row.get_attribute("data-id") for row in rows.all()}

    # Nearly all the weight on one criterion brings others among the first, also in the drag itself.
    slider = page.locator(".leaves input[type=range]").first
    move(slider, 97, "input")
    expect(page.locator(".ranking.moving")).to_have_count(1)
    expect(page.locator(".ranking .row:not([hidden])")).to_have_count(50)
    moving = {row.get_attribute("data-id") for row in rows.all() if not row.is_hidden()}
    assert moving - before
    move(slider, 97, "change")
    expect(page.locator(".ranking.moving")).to_have_count(0)
    expect(rows).to_have_count(50)
    after = {row.get_attribute("data-id") for row in rows.all()}
    assert after == moving
    ranks = [int(rank) for rank in page.locator(".ranking .row .rank").all_text_contents()]
    assert ranks == sorted(ranks)

    more.click()
    expect(rows).to_have_count(120)
    expect(more).to_have_text("Show the first 50 options")
    more.click()
    expect(rows).to_have_count(50)
