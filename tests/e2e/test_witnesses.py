"""The witnesses that nothing leaves the machine can be believed: each sees what it should.

192.0.2.1 and .invalid are set aside for documentation and tests; nobody is there.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.e2e.conftest import Chromium
from tests.e2e.network import DIRECT, Sink, guarded_environment, running_server, watch

ATTEMPTS = {
    "connect": 'socket.socket().connect(("192.0.2.1", 80))',
    "connect_ex": 'socket.socket().connect_ex(("192.0.2.1", 80))',
    "over IPv6": 'socket.socket(socket.AF_INET6).connect(("2001:db8::1", 80))',
    "as a mapped address": 'socket.socket(socket.AF_INET6).connect(("::ffff:192.0.2.1", 80))',
    "sendto": 'socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53))',
    "a name": 'socket.getaddrinfo("example.invalid", 443)',
    "a name, the old way": 'socket.gethostbyname("example.invalid")',
    "below the socket module": 'import _socket; _socket.socket().connect(("192.0.2.1", 80))',
    "a library that catches all": (
        "import contextlib, http.client\n"
        "with contextlib.suppress(Exception):\n"
        '    http.client.HTTPConnection("192.0.2.1").request("GET", "/")\n'
        "raise SystemExit(1)"
    ),
    "a child of the child": (
        "import subprocess, sys\n"
        "code = \"import socket; socket.socket().connect((chr(49) + '92.0.2.1', 80))\"\n"
        "raise SystemExit(subprocess.call([sys.executable, '-c', code]))"
    ),
    "listening for others": 'socket.socket().bind(("0.0.0.0", 50999))',
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_a_child_that_goes_outside_is_refused_and_recorded(attempt: str, tmp_path: Path) -> None:
    refused = tmp_path / "refused.log"
    with Sink.running() as sink:
        done = subprocess.run(
            [sys.executable, "-c", f"import socket\n{attempt}"],
            env=guarded_environment(tmp_path, refused, sink),
            capture_output=True,
            check=False,
            timeout=30,
        )
    assert done.returncode == 1
    assert len(refused.read_text(encoding="utf-8").splitlines()) == 1


def test_a_child_may_talk_to_this_machine(tmp_path: Path) -> None:
    code = """
import asyncio, socket
with socket.create_server(("127.0.0.1", 0)) as server:
    with socket.create_connection(("localhost", server.getsockname()[1])):
        pass
left, right = socket.socketpair()
left.close(), right.close()
asyncio.run(asyncio.sleep(0))
"""
    refused = tmp_path / "refused.log"
    with Sink.running() as sink:
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=guarded_environment(tmp_path, refused, sink),
            capture_output=True,
            check=False,
            timeout=30,
        )
    assert (done.returncode, done.stderr) == (0, b"")
    assert not refused.exists()


def test_a_server_that_goes_outside_shows_it(tmp_path: Path) -> None:
    script = tmp_path / "server.py"
    script.write_text(
        """
import contextlib, http.server, socket, sys, urllib.request

class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ok")

with contextlib.suppress(OSError):
    socket.socket().connect(("192.0.2.1", 80))
with contextlib.suppress(OSError):
    urllib.request.urlopen("http://example.invalid/", timeout=5)
with contextlib.suppress(OSError):
    urllib.request.urlopen("https://example.invalid/", timeout=5)
http.server.HTTPServer.server_bind = http.server.HTTPServer.__mro__[1].server_bind
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Health).serve_forever()
""",
        encoding="utf-8",
    )
    folder = tmp_path / "state"
    folder.mkdir()
    with running_server(folder, (sys.executable, str(script), "{port}")) as server:
        outside = server.outside
    assert server.process.returncode == -15
    assert outside == [
        "socket.connect ('192.0.2.1', 80)",
        "GET http://example.invalid/",
        "CONNECT example.invalid:443",
    ]


def test_a_server_that_does_not_start_says_what_it_printed(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "raise SystemExit('no such question')")
    with (
        pytest.raises(RuntimeError, match="ended by itself:\nno such question"),
        running_server(tmp_path, command),
    ):
        pass


PAGE = b"""<!doctype html><title>Restless</title>
<img src="http://192.0.2.1/picture.png">
<script src="https://cdn.invalid/library.js"></script>
<script>
  fetch("https://api.invalid/", {mode: "no-cors"}).catch(() => {})
  navigator.sendBeacon("https://beacon.invalid/", "x")
  const socket = new WebSocket("ws://socket.invalid/")
  socket.onclose = () => { document.title = "Done" }
  throw new Error("a fault of the page")
</script>"""


class _Restless(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE if self.path == "/" else b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its base's name)
        """Say nothing."""


@contextmanager
def _restless_site() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Restless) as site:
        thread = threading.Thread(target=site.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{site.server_address[1]}/"
        site.shutdown()
        thread.join()


def test_a_page_that_goes_outside_is_refused_and_recorded(chromium: Chromium) -> None:
    context = chromium.browser.new_context()
    seen = watch(context)
    with _restless_site() as url:
        page = context.new_page()
        page.goto(url)
        page.wait_for_function("document.title === 'Done'")
        context.close()
    assert sorted(seen.outside) == [
        "GET http://192.0.2.1/picture.png",
        "GET https://api.invalid/",
        "GET https://cdn.invalid/library.js",
        "POST https://beacon.invalid/",
        "WebSocket ws://socket.invalid/",
    ]
    assert any("a fault of the page" in error for error in seen.errors)


def test_the_sink_sees_a_page_that_nobody_watches(chromium: Chromium) -> None:
    context = chromium.browser.new_context()
    before = len(chromium.sink.asked_by_pages())
    with _restless_site() as url:
        page = context.new_page()
        page.goto(url)
        page.wait_for_function("document.title === 'Done'")
        context.close()
    assert sorted(set(chromium.sink.asked_by_pages()[before:])) == [
        "CONNECT api.invalid:443",
        "CONNECT beacon.invalid:443",
        "CONNECT cdn.invalid:443",
        "CONNECT socket.invalid:80",
        "GET http://192.0.2.1/picture.png",
    ]


def test_the_sink_is_not_in_the_way_of_this_machine(chromium: Chromium) -> None:
    before = len(chromium.sink.asked_by_pages())
    with _restless_site() as url:
        assert b"Restless" in DIRECT.open(url, timeout=5).read()
        page = chromium.browser.new_context().new_page()
        page.goto(f"{url}quiet")
        page.context.close()
    assert chromium.sink.asked_by_pages()[before:] == []
