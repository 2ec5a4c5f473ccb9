"""Nothing leaves the machine: not from a page, not from the server, whoever asks.

The fixtures fail each test whose page or server asked anything of the outside.
"""

from __future__ import annotations

import http.client
from collections.abc import Callable

from playwright.sync_api import Page

from tests.e2e.network import Seen, Server
from tests.e2e.pages import open_page, page_paths


def test_every_page_shows_itself_without_the_outside(
    server: Server, page: Page, seen: Callable[[Page], Seen]
) -> None:
    open_page(page, server)
    paths = page_paths(page)
    assert len(paths) > 1
    for path in paths:
        open_page(page, server, path)
        assert page.get_by_test_id("stException").count() == 0
    assert seen(page) == Seen(outside=[], errors=[])


def test_a_foreign_page_cannot_make_the_server_ask_for_its_own_address(server: Server) -> None:
    # Streamlit checks a web socket's foreign origin against its public address, which it asks
    # an outside host for: any page that the user visits could set that off.
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request(
        "GET",
        "/_stcore/stream",
        headers={
            "Origin": "http://elsewhere.invalid",
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Key": "x3JJHMbDL1EzLkh9GBhXDw==",
            "Sec-WebSocket-Version": "13",
        },
    )
    status = connection.getresponse().status
    connection.close()
    assert status == 403
