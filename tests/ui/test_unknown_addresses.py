"""A page that is not there leads to the first page; everything else is left alone."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.ui.unknown_addresses import UnknownAddresses, page_addresses

BROWSER = {"accept": "text/html,application/xhtml+xml"}


async def _any(_: Request) -> PlainTextResponse:
    return PlainTextResponse("passed on")


OWN = [Route("/join/{code}", _any)]


@pytest.fixture
def client() -> TestClient:
    app = Starlette(
        routes=[*OWN, Route("/{path:path}", _any, methods=["GET", "POST"])],
        middleware=[Middleware(UnknownAddresses, routes=OWN)],
    )
    return TestClient(app, follow_redirects=False)


def test_the_pages_are_those_of_the_views() -> None:
    assert {"why", "how-sure", "matrix", "evidence"} <= page_addresses()
    assert not any(name.startswith("_") for name in page_addresses())


@pytest.mark.parametrize("path", ["/nowhere", "/why/deeper", "/page.html", "/nowhere/x"])
def test_a_lost_visitor_is_led_to_the_first_page(client: TestClient, path: str) -> None:
    answer = client.get(path, params={"s": "1abc"}, headers=BROWSER)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/?s=1abc&lost=")


def test_what_was_asked_for_cannot_lead_elsewhere(client: TestClient) -> None:
    answer = client.get("//evil.invalid/%0d%0aSet-Cookie:x", headers=BROWSER)
    assert answer.headers["location"].startswith("/?lost=")
    assert "\n" not in answer.headers["location"]


@pytest.mark.parametrize(
    "path", ["/", "/why", "/how-sure", "/_stcore/health", "/nowhere/_stcore/x", "/join/123"]
)
def test_pages_and_routes_are_left_alone(client: TestClient, path: str) -> None:
    assert client.get(path, headers=BROWSER).text == "passed on"


def test_what_is_no_address_of_a_page_is_left_alone(client: TestClient) -> None:
    assert client.get("/nowhere", headers={"accept": "*/*"}).text == "passed on"
    assert client.post("/nowhere", headers=BROWSER).text == "passed on"
