"""Gives each page one entry in the history of the browser, so that one press of Back leaves it.

The script has to be there before Streamlit's own: the first run may change the address already, as
where a link was written by an earlier version. So it goes into the page that Streamlit serves.
"""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.ui.unknown_addresses import page_addresses

_SCRIPT = Path(__file__).with_name("page_history.js").read_text(encoding="utf-8")
TAG = f"<script>\n{_SCRIPT}</script>".encode()
_HEAD = b"<head>"

# What would give a browser the page of before, or as bytes that cannot be read here.
_NOT_PASSED_ON = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
_OF_THE_OTHER_TEXT = ("etag", "last-modified", "accept-ranges")


class PageHistory:
    """Puts the script at the head of every page of the dashboard."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._paths = {"/", *(f"/{name}" for name in page_addresses())}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._is_page(scope):
            await self.app(scope, receive, send)
            return
        kept = [pair for pair in scope["headers"] if pair[0] not in _NOT_PASSED_ON]
        await self.app({**scope, "headers": kept, "extensions": {}}, receive, _WithScript(send))

    def _is_page(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] != "GET":
            return False
        path = "/" + str(scope["path"]).strip("/")
        return path in self._paths and "text/html" in Headers(scope=scope).get("accept", "")


class _WithScript:
    """Sends an answer on; one that is a page, whole and with the script."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "")
            if message["status"] == 200 and kind.startswith("text/html"):
                self._start = message
                return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._send_whole(self._start)

    async def _send_whole(self, start: Message) -> None:
        body = bytes(self._body).replace(_HEAD, _HEAD + TAG, 1)
        headers = MutableHeaders(scope=start)
        for name in _OF_THE_OTHER_TEXT:
            if name in headers:
                del headers[name]
        headers["content-length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})
