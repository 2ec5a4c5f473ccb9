"""Twenty people on one server, each in a browser of their own, moving weights at their own pace.

``python -m benchmarks.bench_staff`` takes about a minute and a half. Browsers and server share the
machine's cores, so the times are on the safe side: they hold what twenty laptops would do.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from benchmarks.measure import machine, spread, table
from tests.e2e.browser import QUIET_FLAGS, find_browser
from tests.e2e.network import running_server
from tests.e2e.pages import SETTLED

STAFF = 20
MOVES = 8
PAUSE_SECONDS = (2.0, 6.0)

# Lets go of a weight somewhere else. The answer has come when the address holds the new weights
# and the script has run; a busy browser may show a short run's beginning and end at once.
MOVE = """(share) => new Promise((resolve, reject) => {
  const find = (root) => root.querySelector(".leaves input[type=range]")
    ?? [...root.querySelectorAll("*")].map((e) => e.shadowRoot && find(e.shadowRoot)).find(Boolean);
  const slider = find(document);
  const app = document.querySelector("[data-testid=stApp]");
  const before = location.search;
  slider.value = share;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  const start = performance.now();
  slider.dispatchEvent(new Event("change", { bubbles: true }));
  const look = setInterval(() => {
    const took = performance.now() - start;
    const rests = app.getAttribute("data-test-script-state") === "notRunning";
    if (took > 30000) reject(new Error("no answer in 30 seconds"));
    if (location.search === before || !rests) return;
    clearInterval(look);
    resolve(took);
  }, 5);
})"""


async def arrive(browser: Browser, url: str) -> Page:
    page = await (await browser.new_context()).new_page()
    await page.goto(url)
    await page.locator(SETTLED).wait_for(timeout=120_000)
    await page.locator(".leaves input[type=range]").first.wait_for()
    return page


async def work(page: Page, seed: int) -> list[float]:
    """Seconds from letting go of a weight to its confirmed page, each time."""
    rng = random.Random(seed)
    seconds = []
    for _ in range(MOVES):
        await asyncio.sleep(rng.uniform(*PAUSE_SECONDS))
        seconds.append(float(await page.evaluate(MOVE, rng.uniform(1, 40))) / 1000)
    return seconds


async def staff(url: str) -> list[float]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_browser(), args=[*QUIET_FLAGS]
        )
        pages = [await arrive(browser, url) for _ in range(STAFF)]
        await asyncio.sleep(5)
        found = await asyncio.gather(*(work(page, seed) for seed, page in enumerate(pages)))
        await browser.close()
    return [seconds for each in found for seconds in each]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder)) as server:
        seconds = asyncio.run(staff(server.url))
    late = sorted(seconds)[int(len(seconds) * 0.95)]
    print(f"{STAFF} people, {len(seconds)} moves; {machine()}\n")
    row = [spread(seconds), f"{late * 1000:,.0f} ms", "median below 1 s"]
    print(table(["confirmed, median (range)", "95th percentile", "bound"], [row]))


if __name__ == "__main__":
    main()
