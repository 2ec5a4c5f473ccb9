"""A dashboard of the tests' own, and witnesses to whatever would leave this machine.

Three look at the same thing from different sides, so that none has to be believed alone:

- `tests/e2e/guard` stops every outside call of the server's Python code before it is made;
- `Sink` is the proxy that the usual variables name, for compiled code in the server, and that the
  browser is told to use: whatever asks it for anything wanted to go outside;
- `watch` sees each request of a page, web sockets among them, and refuses those that go outside.
"""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Route, WebSocketRoute

from tests.conftest import ROOT

GUARD = Path(__file__).resolve().parent / "guard"

START_SECONDS = 60.0
STOP_SECONDS = 15.0

# Straight to the address, whatever proxy the surroundings name.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port() -> int:
    """A port of the loopback address that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_loopback(host: str | None) -> bool:
    """Whether a host, as an address names it, is this machine."""
    if host is None or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


# ------------------------------------------------------------------------------ the sink


class _Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Refuse)
        self.asked: list[str] = []


class _Refuse(socketserver.StreamRequestHandler):
    timeout = 5

    def handle(self) -> None:
        assert isinstance(self.server, _Listener)
        line = self.rfile.readline(2000).decode("ascii", "replace").strip()
        if line:
            # Without the protocol's version, which says nothing and differs between clients.
            self.server.asked.append(line.rpartition(" HTTP/")[0] or line)
            self.wfile.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")


BROWSERS_OWN = ("google.com", "googleapis.com", "gstatic.com", "gvt1.com", "gvt2.com")
"""Where Chromium runs errands of its own, other ones with each version, whatever its flags say.
They get the same refusal. A page that asked these hosts would still be seen by `watch`."""


@dataclass(frozen=True)
class Sink:
    """A proxy on this machine that passes nothing on and remembers what it was asked for."""

    url: str
    asked: list[str]

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Sink]:
        """Listen, on a thread, for as long as the block runs."""
        with _Listener() as listener:
            thread = threading.Thread(target=listener.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            try:
                yield cls(f"http://127.0.0.1:{listener.server_address[1]}", listener.asked)
            finally:
                listener.shutdown()
                thread.join()

    def asked_by_pages(self) -> list[str]:
        """What it was asked for by a browser, without the browser's own errands."""
        return [line for line in self.asked if not _is_browsers_own(line)]

    def variables(self) -> dict[str, str]:
        """The environment that sends a program's outside requests here."""
        names = ("http_proxy", "https_proxy", "all_proxy")
        here = "localhost,127.0.0.1,::1"
        proxies = dict.fromkeys((*names, *map(str.upper, names)), self.url)
        return proxies | {"no_proxy": here, "NO_PROXY": here}


def _is_browsers_own(request_line: str) -> bool:
    """Of ``CONNECT host:443`` or ``GET http://host/path``."""
    target = request_line.partition(" ")[2]
    host = urlsplit(target if "://" in target else f"//{target}").hostname or ""
    return any(host == own or host.endswith(f".{own}") for own in BROWSERS_OWN)


# ------------------------------------------------------------------------------ the server


def guarded_environment(
    home: Path, refused: Path, sink: Sink, more: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The environment of a child that cannot leave this machine, and knows nothing of its user."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("STREAMLIT_", "COUNTERWEIGHT_", "PYTHON"))
    }
    return {
        **kept,
        **sink.variables(),
        "HOME": str(home),
        "PYTHONPATH": os.pathsep.join((str(GUARD), str(ROOT))),
        "PYTHONUNBUFFERED": "1",
        "COUNTERWEIGHT_NETWORK_LOG": str(refused),
        **(more or {}),
    }


@dataclass(frozen=True)
class Server:
    """A dashboard that runs while a test does."""

    url: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path
    refused: Path
    sink: Sink

    @property
    def output(self) -> str:
        """What it has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    @property
    def outside(self) -> list[str]:
        """What it tried beyond this machine: refused calls, then requests to the sink."""
        refused = self.refused.read_text(encoding="utf-8") if self.refused.exists() else ""
        return [*refused.splitlines(), *self.sink.asked]


DASHBOARD = (sys.executable, "-m", "dashboard.cli", "serve", "--port", "{port}")


@contextmanager
def running_server(
    folder: Path,
    command: Sequence[str] = DASHBOARD,
    *,
    environment: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    port: int | None = None,
) -> Iterator[Server]:
    """Start a server, wait until it is healthy, and end it by its process id.

    Parameters
    ----------
    folder : an existing empty folder for its home, its log and what it was refused.
    command : its words; ``{port}`` stands for the port.
    environment : added to that of `guarded_environment`.
    port : in place of a free one; of a server that ended, to start it again.

    Raises
    ------
    RuntimeError : it ended, or was not healthy in time; with what it printed.
    """
    port = free_port() if port is None else port
    log, refused, home = folder / "server.log", folder / "refused.log", folder / "home"
    home.mkdir()
    with Sink.running() as sink, log.open("wb") as output:
        process = subprocess.Popen(
            [word.replace("{port}", str(port)) for word in command],
            cwd=cwd,
            env=guarded_environment(home, refused, sink, environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        server = Server(f"http://127.0.0.1:{port}", port, process, log, refused, sink)
        try:
            _wait_until_healthy(server)
            yield server
        finally:
            _stop(process)


def _wait_until_healthy(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended by itself:\n{server.output}")
        try:
            with DIRECT.open(f"{server.url}/_stcore/health", timeout=2) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server was not healthy in {START_SECONDS:g} s:\n{server.output}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(STOP_SECONDS)


# ------------------------------------------------------------------------------ the browser


@dataclass
class Seen:
    """What the pages of one browser context did beyond showing themselves."""

    outside: list[str] = field(default_factory=list)
    """Requests that would have left this machine; all were refused."""

    errors: list[str] = field(default_factory=list)
    """Uncaught exceptions and what the console calls errors, breaches of the CSP among them."""


def watch(context: BrowserContext) -> Seen:
    """Refuse and record what pages of a context ask of the outside, and record their errors."""
    seen = Seen()

    def decide(route: Route) -> None:
        url = route.request.url
        if is_loopback(urlsplit(url).hostname):
            route.fallback()
        else:
            seen.outside.append(f"{route.request.method} {url}")
            route.abort("blockedbyclient")

    def refuse(socket_: WebSocketRoute) -> None:
        seen.outside.append(f"WebSocket {socket_.url}")
        socket_.close()

    context.route("**/*", decide)
    # Those to this machine are left alone: a routed socket is slower and hides its true end.
    context.route_web_socket(lambda url: not is_loopback(urlsplit(url).hostname), refuse)

    def note(message: ConsoleMessage) -> None:
        url = message.location["url"]
        # On a deep link Streamlit looks for its own routes at each level of the path, and the
        # browser calls every miss an error.
        if message.type == "error" and "/_stcore/" not in url:
            seen.errors.append(f"{message.text} ({url})")

    context.on("weberror", lambda error: seen.errors.append(str(error.error)))
    context.on("console", note)
    return seen
