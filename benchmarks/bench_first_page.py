"""When the first page stands in a browser, against bare Streamlit apps in the same run.

Visits to the apps alternate, each in a browser context of its own, so that a slow spell of the
machine meets all of them. "Stands" means: the heading and the last row of the ranking are painted
(ours), the last text is painted (the bare apps).
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.bare import bare_app
from benchmarks.measure import machine, spread, table
from tests.e2e.browser import QUIET_FLAGS, find_browser
from tests.e2e.network import DASHBOARD, Server, running_server

VISITS = 12
STARTS = 5

OURS = "Counterweight"
ONE_LINE = "one line"
SLIDERS = "12 sliders and a chart"

# What has to be there, all of it; ours down to the last row of the ranking.
STANDS = {
    OURS: [".ranking .row:nth-child(7) .score:not(:empty)", "h1.cw-title"],
    ONE_LINE: ["[data-testid=stMarkdown] p:not(:empty)"],
    SLIDERS: [":is(canvas, svg).marks"],
}

# Looks in every frame, through shadow roots, and notes when the page has been painted with all of
# it. A watch from outside would look too seldom: it tells half a second at most.
WATCH = """window.standing = new Promise((stands) => {
  const find = (root, selector) => root.querySelector(selector) ?? [...root.querySelectorAll("*")]
    .map((e) => e.shadowRoot && find(e.shadowRoot, selector)).find(Boolean);
  const look = () => {
    if (!SELECTORS.every((selector) => find(document, selector))) requestAnimationFrame(look);
    else requestAnimationFrame(() => setTimeout(() => stands(performance.now())));
  };
  requestAnimationFrame(look);
});"""


def command(name: str) -> tuple[str, ...]:
    if name == OURS:
        return DASHBOARD
    return bare_app({ONE_LINE: "one_line.py", SLIDERS: "sliders_and_chart.py"}[name])


def visit(browser: Browser, server: Server, name: str) -> float:
    """Seconds from asking for the page until it stands, with an empty browser cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(WATCH.replace("SELECTORS", json.dumps(STANDS[name])))
    page.goto(server.url, wait_until="commit")
    seconds = float(page.evaluate("() => window.standing")) / 1000
    context.close()
    return seconds


def first_visits(browser: Browser, folder: Path) -> dict[str, list[float]]:
    """The first visit after a start, each on a server of its own."""
    seconds: dict[str, list[float]] = {name: [] for name in STANDS}
    for round_ in range(STARTS):
        for name in STANDS:
            home = folder / f"first-{round_}-{name.replace(' ', '-')}"
            home.mkdir()
            with running_server(home, command(name)) as server:
                seconds[name].append(visit(browser, server, name))
    return seconds


def warm_visits(browser: Browser, folder: Path) -> dict[str, list[float]]:
    """Later visits, to servers that have been visited before."""
    seconds: dict[str, list[float]] = {name: [] for name in STANDS}
    with ExitStack() as stack:
        servers = {}
        for name in STANDS:
            home = folder / f"warm-{name.replace(' ', '-')}"
            home.mkdir()
            servers[name] = stack.enter_context(running_server(home, command(name)))
            visit(browser, servers[name], name)
        time.sleep(5)  # the background import after our first page is over
        for _ in range(VISITS):
            for name, server in servers.items():
                seconds[name].append(visit(browser, server, name))
    return seconds


def rows(label: str, seconds: dict[str, list[float]], bound: str) -> list[list[str]]:
    base = seconds[ONE_LINE]
    found = []
    for name, values in seconds.items():
        ratio = statistics.median(a / b for a, b in zip(values, base, strict=True))
        asked = bound if name == OURS else ""
        found.append([label, name, spread(values), f"{ratio:.2f}", asked])
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=[*QUIET_FLAGS])
        warm = warm_visits(browser, Path(folder))
        first = first_visits(browser, Path(folder))
        browser.close()
    print(f"First page painted; {machine()}; ratio to the one-line app, visit by visit\n")
    head = ["visit", "app", "median (range)", "ratio", "bound"]
    body = rows(f"warm, {VISITS} times", warm, "1.5")
    body += rows(f"first after a start, {STARTS} times", first, "2")
    print(table(head, body))


if __name__ == "__main__":
    main()
