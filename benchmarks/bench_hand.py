"""What a hand on a weight sees: frames while it drags, the answer when it rests, other pages.

``python -m benchmarks.bench_hand`` takes about two minutes. Painted updates and script time are
taken in the page itself; the answers of a bare Streamlit app with 12 sliders and a chart are timed
in turns with ours, from letting go until the last change that follows from it.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from benchmarks.bare import bare_app
from benchmarks.measure import machine, spread, table
from benchmarks.questions import write_question
from tests.e2e.browser import QUIET_FLAGS, find_browser
from tests.e2e.network import DASHBOARD, running_server
from tests.e2e.pages import SETTLED

SECONDS = 4
MOVES_PER_SECOND = 60
ANSWERS = 24
SHARES = (0.7, 0.4)

# Script time of each frame in which the weights were redrawn: every callback of that frame counts.
WATCH = """
window.frames_ = [];
const ask = window.requestAnimationFrame.bind(window);
let frame = { at: -1, took: 0 };
window.requestAnimationFrame = (callback) => ask((at) => {
  if (frame.at !== at) { frame = { at, took: 0 }; window.frames_.push(frame); }
  const start = performance.now();
  callback(at);
  frame.took += performance.now() - start;
});
window.lastRelease = window.lastNews = 0;
const news = () => { window.lastNews = performance.now(); };
window.WebSocket = class extends WebSocket {
  constructor(...given) { super(...given); this.addEventListener("message", news); }
};
addEventListener("DOMContentLoaded", () => {
  const what = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(news).observe(document.body, what);
});
addEventListener("pointerup", () => { window.lastRelease = performance.now(); }, true);
addEventListener("click", () => { window.lastRelease = performance.now(); }, true);
"""

# Resolves with the milliseconds from letting go until the last message of the server and the last
# change of the page that follow from it.
ANSWERED = """() => {
  const from = performance.now();
  window.answered = new Promise((resolve, reject) => {
    const look = setInterval(() => {
      const now = performance.now();
      if (now - from > 20000) reject(new Error("no answer in 20 seconds"));
      const { lastNews: news, lastRelease: release } = window;
      if (release < from || news <= release || now - news < 200) return;
      clearInterval(look);
      resolve(news - release);
    }, 5);
  });
}"""

# Moves a slider as a hand would, without the time a remote control takes between two moves.
DRAG = """([selector, seconds, perSecond]) => new Promise((done) => {
  const find = (root) => root.querySelector(selector) ?? [...root.querySelectorAll("*")]
    .map((e) => e.shadowRoot && find(e.shadowRoot)).find(Boolean);
  const slider = find(document);
  const rows = slider.closest(".counterweight").querySelector(".rows");
  const painted = new Set();
  const watch = new MutationObserver(() => painted.add(document.timeline.currentTime));
  watch.observe(rows, { subtree: true, attributes: true, childList: true, characterData: true });
  window.frames_.length = 0;
  const total = seconds * perSecond;
  let moves = 0;
  const timer = setInterval(() => {
    moves += 1;
    slider.value = 10 + 30 * Math.abs(Math.sin(moves / 20));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    if (moves < total) return;
    clearInterval(timer);
    setTimeout(() => {
      watch.disconnect();
      const drawn = window.frames_.filter((f) => painted.has(f.at)).map((f) => f.took);
      slider.dispatchEvent(new Event("change", { bubbles: true }));
      done({ updates: painted.size, took: drawn, elapsed: (performance.now() - start) / 1000 });
    }, 50);
  }, 1000 / perSecond);
  const start = performance.now();
})"""


def open_watched(browser: Browser, url: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(WATCH)
    page.goto(url)
    page.locator(SETTLED).wait_for()
    time.sleep(1.5)
    return page


def drag_row(browser: Browser, url: str, label: str, updates: str, took: str) -> list[str]:
    page = open_watched(browser, url)
    page.locator(".leaves input[type=range]").nth(3).wait_for()
    found = page.evaluate(DRAG, [".leaves input[type=range]", SECONDS, MOVES_PER_SECOND])
    page.context.close()
    times = sorted(found["took"])
    late = times[int(len(times) * 0.95)]
    rate = found["updates"] / found["elapsed"]
    return [
        label,
        f"{rate:.0f}",
        updates,
        f"{statistics.median(times):.2f} ms",
        f"{late:.2f} ms",
        took,
    ]


def move_by_mouse(page: Page, track: Locator, thumb: Locator, share: float) -> float:
    """Seconds from letting go of a slider at a share of its track until it is answered."""
    thumb.scroll_into_view_if_needed()
    along, across = track.bounding_box(), thumb.bounding_box()
    assert along is not None
    assert across is not None
    x, y = along["x"] + along["width"] * share, across["y"] + across["height"] / 2
    page.mouse.move(x - 20, y)
    page.mouse.down()
    page.mouse.move(x, y, steps=3)
    page.evaluate(ANSWERED)
    page.mouse.up()
    return float(page.evaluate("() => window.answered")) / 1000


def change_page(page: Page, name: str) -> float:
    """Seconds from the click on a page's link until it has been drawn."""
    page.evaluate(ANSWERED)
    page.get_by_role("link", name=name, exact=True).click()
    return float(page.evaluate("() => window.answered")) / 1000


def answers(browser: Browser, ours: str, bare: str) -> list[list[str]]:
    page, other = open_watched(browser, ours), open_watched(browser, bare)
    seconds: dict[str, list[float]] = {"bare": [], "confirmed": []}
    control = page.get_by_role("slider", name="Weight of Ukraine consent", exact=True)
    stock = other.get_by_role("slider").first
    track = other.get_by_test_id("stSlider").first
    stock.wait_for()
    for turn in range(ANSWERS):
        share = SHARES[turn % 2]
        seconds["confirmed"].append(move_by_mouse(page, control, control, share))
        seconds["bare"].append(move_by_mouse(other, track, stock, SHARES[turn % 2]))
    names = [n for n in page.get_by_test_id("stTopNavLink").all_inner_texts() if n != "Weigh"]
    for name in names:
        seconds[f"to {name}"], seconds["to Weigh"] = [], seconds.get("to Weigh", [])
        for turn in range(6):
            seconds[f"to {name}"].append(change_page(page, name))
            seconds["to Weigh"].append(change_page(page, "Weigh"))
            seconds["bare"].append(move_by_mouse(other, track, stock, SHARES[turn % 2]))
    base = statistics.median(seconds.pop("bare"))
    rows = [["bare app, a slider let go", f"{base * 1000:,.0f} ms", "1.00", ""]]
    for name, values in seconds.items():
        what = "ours, a weight let go" if name == "confirmed" else f"ours, {name}"
        rows.append([what, spread(values), f"{statistics.median(values) / base:.2f}", "1.5"])
    return rows


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as name,
        sync_playwright() as playwright,
        ExitStack() as stack,
    ):
        folder = Path(name)
        homes = {part: folder / part for part in ("ours", "large", "bare")}
        for home in homes.values():
            home.mkdir()
        large = write_question(folder / "question", options=50, criteria=60)
        ours = stack.enter_context(running_server(homes["ours"]))
        big = stack.enter_context(
            running_server(homes["large"], (*DASHBOARD, "--question", str(large)))
        )
        bare = stack.enter_context(running_server(homes["bare"], bare_app("sliders_and_chart.py")))
        browser = playwright.chromium.launch(executable_path=find_browser(), args=[*QUIET_FLAGS])
        dragged = [
            drag_row(browser, ours.url, "14 criteria, 7 options", "at least 55", "at most 2 ms"),
            drag_row(browser, big.url, "60 criteria, 50 options", "at least 30", ""),
        ]
        answered = answers(browser, ours.url, bare.url)
        browser.close()
    print(f"A hand on a weight, {MOVES_PER_SECOND} moves a second; {machine()}\n")
    head = ["question", "painted a second", "bound", "script a move", "95th percentile", "bound"]
    print(table(head, dragged))
    print(f"\nFrom letting go until nothing changes any more; {ANSWERS} times in turns\n")
    print(table(["what", "median (range)", "ratio", "bound"], answered))


if __name__ == "__main__":
    main()
