"""A failed sign-in leads back to the first page with word of it; one that worked is left alone."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.ui.failed_sign_in import FailedSignIn

FAILED = "/?sign-in-failed=1"
TAKEN_BACK = '_streamlit_user=""; Max-Age=0'
GIVEN = "_streamlit_user=2|signed; Max-Age=2592000"


def client(status: int, *cookies: str) -> TestClient:
    async def answer(_: Request) -> Response:
        if status >= 400:
            return PlainTextResponse("Authentication error", status)
        response = RedirectResponse("/", status)
        for cookie in cookies:
            response.headers.append("set-cookie", cookie)
        return response

    paths = ("/auth/login", "/auth/logout", "/oauth2callback", "/other")
    app = Starlette(
        routes=[Route(path, answer) for path in paths], middleware=[Middleware(FailedSignIn)]
    )
    return TestClient(app, follow_redirects=False)


@pytest.mark.parametrize(
    ("path", "status", "cookies"),
    [
        ("/auth/login", 400, ()),
        ("/oauth2callback?code=1&state=2", 302, (TAKEN_BACK,)),
        ("/oauth2callback?code=1&state=2", 302, ()),
        ("/oauth2callback?error=access_denied", 302, ()),
    ],
)
def test_a_failure_is_told(path: str, status: int, cookies: tuple[str, ...]) -> None:
    answer = client(status, *cookies).get(path)
    assert (answer.status_code, answer.headers["location"], answer.content) == (303, FAILED, b"")
    assert answer.headers.get_list("set-cookie") == list(cookies)


@pytest.mark.parametrize(
    ("path", "status", "cookies"),
    [
        ("/auth/login", 302, ()),
        ("/oauth2callback?code=1&state=2", 302, (GIVEN,)),
        ("/oauth2callback?code=1&state=2", 302, (TAKEN_BACK, GIVEN)),
        ("/oauth2callback", 302, ()),  # after signing out
        ("/auth/logout", 302, (TAKEN_BACK,)),
        ("/other", 400, ()),
    ],
)
def test_anything_else_is_left_alone(path: str, status: int, cookies: tuple[str, ...]) -> None:
    answer = client(status, *cookies).get(path)
    assert answer.status_code == status
    assert answer.headers.get("location") == (None if status == 400 else "/")
    assert answer.headers.get_list("set-cookie") == list(cookies)
