"""An address at which there is no page leads to the first page, which says so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from starlette.datastructures import Headers, QueryParams
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.ui.keys import LOST_PARAMETER

_VIEWS = Path(__file__).resolve().parents[1] / "views"
_OF_STREAMLIT = {"_stcore", "static", "media", "component", "oauth2callback", "auth"}
_LONGEST_NAME = 80


def page_addresses() -> set[str]:
    """The first part of the address of every page: the name of its file, with hyphens."""
    return {path.stem.replace("_", "-") for path in _VIEWS.glob("[a-z]*.py")}


class UnknownAddresses:
    """Sends a browser that asks for a page that is not there to the first page.

    Left alone, Streamlit shows the first page under a box that speaks of files in a folder.
    """

    def __init__(self, app: ASGIApp, routes: Sequence[Route] = ()) -> None:
        self.app = app
        own = {route.path.split("/")[1] for route in routes}
        self._known = {"", *page_addresses(), *own, *_OF_STREAMLIT}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._is_lost(scope):
            path = str(scope["path"]).strip("/")
            kept = QueryParams(scope["query_string"]).multi_items()
            query = urlencode([*kept, (LOST_PARAMETER, path[:_LONGEST_NAME])])
            await RedirectResponse(f"/?{query}", 303)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _is_lost(self, scope: Scope) -> bool:
        """Whether a browser's address bar asks for what no page answers to."""
        parts = str(scope["path"]).strip("/").split("/")
        is_page = "text/html" in Headers(scope=scope).get("accept", "")
        unknown = parts[0] not in self._known or (len(parts) > 1 and parts[0] in page_addresses())
        return scope["method"] == "GET" and is_page and unknown and "_stcore" not in parts
