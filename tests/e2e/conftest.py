"""The dashboard in a real browser: fixtures for the journeys.

`server` is one dashboard for all tests, `serve` starts one of a test's own. `page` is a desktop
page on nothing yet, `phone` a telephone's, `new_page` makes any. After each test, whatever a page
or the server asked of the outside fails it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Literal, Protocol

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.e2e.browser import (
    CLOSED_FLAGS,
    QUIET_FLAGS,
    REQUIRED,
    NoBrowserError,
    find_browser,
)
from tests.e2e.network import DASHBOARD, Seen, Server, Sink, running_server, watch

DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}

# What a page should come to show, it may show slowly on a busy machine; a test of speed says so.
expect.set_options(timeout=30_000)


class Serve(Protocol):
    """Starts a dashboard that ends with the test."""

    def __call__(self, *arguments: str, **environment: str) -> Server:
        """Add ``arguments`` to ``serve --port N``, and ``environment`` to its variables."""


class NewPage(Protocol):
    """Opens a page in a context of its own: no cookies, no storage, nothing shared."""

    def __call__(
        self,
        viewport: ViewportSize = DESKTOP,
        color_scheme: Literal["dark", "light"] = "light",
        *,
        touch: bool = False,
        scripts: bool = True,
    ) -> Page:
        """Open it; with ``touch`` on a device without a mouse, as phones are."""


# ------------------------------------------------------------------------------ servers


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard on the shipped question, one for all tests of this folder."""
    with running_server(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Dashboards of a test's own: ``serve("--address", "127.0.0.1", COUNTERWEIGHT_X="1")``."""
    started: list[Server] = []
    with ExitStack() as stack:

        def start(*arguments: str, **environment: str) -> Server:
            running = stack.enter_context(
                running_server(
                    tmp_path_factory.mktemp("server"),
                    (*DASHBOARD, *arguments),
                    environment=environment,
                )
            )
            started.append(running)
            return running

        yield start
    assert [attempt for running in started for attempt in running.outside] == []
    # The page stays calm when the program fails, so the tests have to look where it is loud.
    assert [running.output for running in started if "Traceback" in running.output] == []


@pytest.fixture(autouse=True)
def _server_stays_inside(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test during which the shared server failed or tried to leave this machine."""
    shared: Server | None = (
        request.getfixturevalue("server") if "server" in request.fixturenames else None
    )
    before = len(shared.outside) if shared else 0
    printed = len(shared.output) if shared else 0
    yield
    if shared:
        assert shared.outside[before:] == []
        assert "Traceback" not in shared.output[printed:]


# ------------------------------------------------------------------------------ pages


@dataclass
class Chromium:
    """A browser whose every way out leads to the sink."""

    browser: Browser
    sink: Sink
    seen: dict[BrowserContext, Seen] = field(default_factory=dict)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Chromium]:
    """The browser, one for all tests of this folder.

    Not for the whole session: while Playwright runs, this thread has a running event loop, and
    tests elsewhere that start one of their own would fail.
    """
    try:
        path = find_browser()
    except NoBrowserError as missing:
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    with Sink.running() as sink, sync_playwright() as playwright:
        # Playwright gives it a new, empty profile.
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[*QUIET_FLAGS, *CLOSED_FLAGS, f"--proxy-server={sink.url}"],
        )
        yield Chromium(browser, sink)
        browser.close()


@pytest.fixture
def new_page(chromium: Chromium) -> Iterator[NewPage]:
    """Pages that fail the test if they ask anything of the outside."""
    before = len(chromium.sink.asked_by_pages())
    contexts: list[BrowserContext] = []

    def open_one(
        viewport: ViewportSize = DESKTOP,
        color_scheme: Literal["dark", "light"] = "light",
        *,
        touch: bool = False,
        scripts: bool = True,
    ) -> Page:
        context = chromium.browser.new_context(
            viewport=viewport,
            color_scheme=color_scheme,
            has_touch=touch,
            is_mobile=touch,
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="UTC",
            reduced_motion="reduce",
            service_workers="block",  # requests of a worker would pass by the watch
        )
        contexts.append(context)
        chromium.seen[context] = watch(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    outside = [url for context in contexts for url in chromium.seen.pop(context).outside]
    assert [*outside, *chromium.sink.asked_by_pages()[before:]] == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A desktop page, light."""
    return new_page()


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    """A telephone's page, light."""
    return new_page(PHONE)


@pytest.fixture
def seen(chromium: Chromium) -> Callable[[Page], Seen]:
    """What a page has done so far: ``seen(page).errors``, ``seen(page).outside``."""
    return lambda page: chromium.seen[page.context]
