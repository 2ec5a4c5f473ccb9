"""A question that breaks while it is served: the fault is named, the last good state stays."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import ROOT
from tests.e2e.axe import violations_crosswise
from tests.e2e.conftest import NewPage, Serve
from tests.e2e.pages import open_page
from tests.e2e.test_journey import names_in_order, slider

FILE = "proposals/heat-pump.yaml"


def test_a_question_edited_to_be_invalid_keeps_its_last_good_state(
    serve: Serve, page: Page, new_page: NewPage, tmp_path: Path
) -> None:
    folder = tmp_path / "question"
    shutil.copytree(ROOT / "docs" / "example", folder)
    server = serve("--question", str(folder))
    open_page(page, server)
    control = slider(page, page.locator(".leaves .name").first.inner_text())
    control.press("PageUp")
    expect(page.locator(".cw-meta", has_text="Weights: Own weights")).to_be_visible()
    own, names = control.input_value(), names_in_order(page)

    good = (folder / FILE).read_text(encoding="utf-8")
    line = next(n for n, text in enumerate(good.splitlines(), 1) if "likely:" in text)
    broken = re.sub(r"likely: *[^,\n}]+", "likely: much", good, count=1)
    (folder / FILE).write_text(broken, encoding="utf-8")
    control.press("PageUp")
    faults = page.locator(".cw-faults")
    expect(faults).to_contain_text(f"{FILE}, line {line}")
    expect(page.get_by_role("alert").first).to_contain_text("The last good state is shown")
    assert faults.locator("li").count() == 1
    assert float(control.input_value()) > float(own)
    assert sorted(names_in_order(page)) == sorted(names)
    assert violations_crosswise(page) == {}

    # Whoever comes now sees the same, and the other pages stand as well.
    second = new_page()
    open_page(second, server, "/why")
    expect(second.locator(".cw-faults")).to_contain_text(f"{FILE}, line {line}")
    expect(second.get_by_role("heading", level=1)).to_be_visible()

    (folder / FILE).write_text(good, encoding="utf-8")
    control.press("PageDown")
    expect(faults).to_have_count(0)
    expect(control).to_have_value(own)
    assert names_in_order(page) == names
