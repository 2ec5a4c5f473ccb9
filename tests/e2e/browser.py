"""Finds a Chromium to drive. ``python -m tests.e2e.browser`` prints where it is, or why not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
"""Debian's Chromium first; the last is a stub on Ubuntu, which `_runs` finds out."""

REQUIRED = "COUNTERWEIGHT_REQUIRE_BROWSER"
"""Set to 1, it turns the skipping of browser tests into a failure."""

CHOSEN = "COUNTERWEIGHT_BROWSER"
"""The path of a browser to use instead of looking for one."""

NOT_FOUND = (
    "No Chromium that runs was found. Type one of: sudo apt-get install chromium (Debian); "
    ".venv/bin/python -m playwright install --with-deps chromium (Ubuntu and others); "
    f"or name one in {CHOSEN}."
)

NOT_DRIVEN = (
    "Playwright, which drives the browser, does not start. On Debian it misses a library: "
    "sudo apt-get install libatomic1. It says: "
)

# The browser's own errands (updates, metrics, sync, safe browsing) are not what is tested, and
# would drown what is.
QUIET_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--disable-background-networking",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--metrics-recording-only",
    # These two it runs all the same; they are sent to a port of this machine where nobody listens.
    "--gaia-url=http://127.0.0.1:9/",
    "--component-updater=url-source=http://127.0.0.1:9/",
)

# No name but this machine's leads anywhere, not even for a request that no page can see
# (prefetching, WebRTC); those that a page makes are refused and recorded one by one.
CLOSED_FLAGS = (
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)


class NoBrowserError(RuntimeError):
    """There is none that can be driven, and the message says what to do."""


def find_browser() -> Path:
    """The browser to drive.

    Raises
    ------
    NoBrowserError : none of the candidates runs, or Playwright does not.
    """
    driver = _ask(sys.executable, "-m", "playwright", "--version")
    if driver.returncode != 0:
        raise NoBrowserError(NOT_DRIVEN + driver.stderr.strip())
    for path in _candidates():
        if _runs(path):
            return path
    raise NoBrowserError(NOT_FOUND)


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get(CHOSEN):
        yield Path(chosen)
        return
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    # Last, because Playwright has to be started to tell where it keeps a browser of its own.
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    yield Path(own)


def _runs(path: Path) -> bool:
    """Whether it says its version; Ubuntu's stub, which only fetches a snap, does not."""
    try:
        said = _ask(path, "--version")
    except OSError:
        return False
    except subprocess.TimeoutExpired:
        return False
    return said.returncode == 0 and "Chrom" in said.stdout


def _ask(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, timeout=30, check=False, text=True)


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{find_browser()}\n")
    except NoBrowserError as missing:
        sys.exit(str(missing))
