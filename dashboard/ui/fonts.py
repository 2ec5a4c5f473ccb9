"""The bundled font on screen: its parts, from this machine, under an address of their own."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

FOLDER = Path(__file__).with_name("web_fonts")
_A_YEAR = "public, max-age=31536000, immutable"


async def _font(request: Request) -> Response:
    name = request.path_params["name"]
    known = {path.name: path for path in FOLDER.glob("*.woff2")}
    if name not in known:
        raise HTTPException(404)
    return FileResponse(known[name], media_type="font/woff2", headers={"Cache-Control": _A_YEAR})


# Named with the version of the font, since a browser keeps for a year what it was given.
ROUTE = Route("/fonts/plex-1.1.0/{name}", _font)
