"""Style and script of the participants' pages, under an address that changes with them."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.model.palette import STATUS_QUO, Look, look
from dashboard.model.typed_number import TWIN
from dashboard.robustness.lead import SCRIPT as LEAD

_FOLDER = Path(__file__).parent
RANKS = _FOLDER / "ranks.js"
"""The ranking under weights; the dashboard's panel of weights uses the same file."""

_LOOKS = 56
_A_YEAR = "public, max-age=31536000, immutable"

_KINDS = {STATUS_QUO.light: "k"}
for _index in range(_LOOKS):
    _KINDS.setdefault(look(_index).light, f"k{_index}")


def colour_class(of: Look) -> str:
    """The class that gives a proposal its colour; the strict policy allows no style in a page."""
    return _KINDS[of.light]


def _colours() -> str:
    looks = {colour_class(one): one for one in (STATUS_QUO, *map(look, range(_LOOKS)))}
    light = "".join(f".{name}{{--c:{one.light}}}" for name, one in looks.items())
    dark = "".join(f".{name}{{--c:{one.dark}}}" for name, one in looks.items())
    return f"{light}\n@media(prefers-color-scheme:dark){{{dark}}}\n"


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


_TEXTS = re.compile(r"""("(?:[^"\\\n]|\\.)*"|`[^`]*`)""")
_OPEN_END = re.compile(r"(?<=[{;,(\[])\n")
_ROOM = re.compile(r" ?([=+*<>!&|?:;,{}()\[\]]) ?")


def _squeezed(text: str) -> str:
    """Without indents, lines of comment and spaces around signs: a quarter less to load.

    Texts stay as they are, and lines end where a statement does, so that nothing depends on
    semicolons.
    """
    lines = (line.strip() for line in text.splitlines())
    kept = "\n".join(line for line in lines if line and not line.startswith("//"))
    pieces = _TEXTS.split(kept)
    pieces[::2] = [_ROOM.sub(r"\1", piece) for piece in pieces[::2]]
    return _OPEN_END.sub("", "".join(pieces)).replace(";}", "}")


_WEIGH = _squeezed(_read("weigh.js")) + "\n"
_POINTS = _squeezed(TWIN.read_text(encoding="utf-8")) + "\n"
_FILES = {
    "phone.css": ((_read("phone.css") + _colours()).replace("\n", ""), "text/css"),
    "phone.js": (_squeezed(_read("phone.js")), "text/javascript"),
    # Where the plan shows a live ranking.
    "live.js": (_squeezed(f"{LEAD}\n{_read('ranks.js')}\n{_read('live.js')}"), "text/javascript"),
    # For the two ways to weigh: a phone needs one of them.
    "swing.js": (_POINTS + _WEIGH + _squeezed(_read("swing.js")), "text/javascript"),
    "ranking.js": (_WEIGH + _squeezed(_read("ranking.js")), "text/javascript"),
}
VERSION = hashlib.sha256("".join(text for text, _ in _FILES.values()).encode()).hexdigest()[:10]


def address(name: str) -> str:
    """Where phones find a file of this version."""
    return f"/w/static/{VERSION}/{name}"


def _static(request: Request) -> Response:
    """A version that is past gives what there is now, but not for a year."""
    found = _FILES.get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    kept = _A_YEAR if request.path_params["version"] == VERSION else "no-cache"
    return Response(found[0], media_type=found[1], headers={"Cache-Control": kept})


ROUTE = Route("/w/static/{version}/{name}", _static)
