"""Pages made into answers: templates that escape everything, and headers that allow nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from dashboard.workshop.phone.pages import Page, around
from dashboard.workshop.phone.requests import Asked
from dashboard.workshop.phone.session import COOKIE, COOKIE_SECONDS
from dashboard.workshop.phone.static import address
from dashboard.workshop.phone.visit import Visit

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    # With "no-referrer" a browser sends no origin with a form, and we look at the origin.
    "Referrer-Policy": "same-origin",
    # Going back asks for the page again: it may have been voted since, and forms are new each time.
    "Cache-Control": "no-store",
}

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_templates.globals.update(static=address)
_templates.policies["json.dumps_kwargs"] = {"separators": (",", ":")}

_OUTSIDE: Mapping[str, object] = {
    "title": "Counterweight",
    "plan": None,
    "at": None,
    "stage": "",
    "left": None,
    "closes": None,
    "round": None,
    "is_open": False,
    "token": "",
    "person": None,
    "context": None,
}


def shown(page: Page, visit: Visit | None = None) -> Response:
    """A page, within its workshop if it has one."""
    surroundings = around(visit) if visit else _OUTSIDE
    text = _templates.get_template(page.template).render(
        {**surroundings, "heading": page.heading, **page.data}
    )
    return HTMLResponse(text, page.status, HEADERS)


def sent_on(address: str) -> Response:
    """After a form: the page that shows the outcome, so that loading it again sends nothing."""
    return RedirectResponse(address, 303, HEADERS)


def as_data(content: Mapping[str, object]) -> Response:
    return JSONResponse(dict(content), headers=HEADERS)


def with_cookie(response: Response, asked: Asked, visit: Visit) -> Response:
    """Give a new phone the cookie by which it is known again, in this workshop only."""
    if visit.cookie is not None:
        response.set_cookie(
            COOKIE,
            visit.cookie,
            max_age=COOKIE_SECONDS,
            path=visit.address,
            secure=asked.secure,
            httponly=True,
            samesite="lax",
        )
    return response


def without_cookie(response: Response, asked: Asked, visit: Visit) -> Response:
    response.delete_cookie(
        COOKIE, path=visit.address, secure=asked.secure, httponly=True, samesite="lax"
    )
    return response
