"""The script that keeps one entry a page is in every page, and in nothing else."""

from __future__ import annotations

import gzip

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.ui.page_history import TAG, PageHistory

BROWSER = {"accept": "text/html,application/xhtml+xml"}
PAGE = "<!DOCTYPE html><html><head><title>é</title></head><body></body></html>"


async def _page(request: Request) -> Response:
    if "if-none-match" in request.headers:
        return Response(status_code=304)
    if "gzip" in request.headers.get("accept-encoding", ""):
        packed = gzip.compress(PAGE.encode())
        return Response(packed, media_type="text/html", headers={"content-encoding": "gzip"})
    return HTMLResponse(PAGE, headers={"etag": '"1"', "cache-control": "no-cache"})


async def _in_parts(_: Request) -> Response:
    return StreamingResponse(iter([PAGE[:18], PAGE[18:]]), media_type="text/html")


async def _other(_: Request) -> Response:
    return JSONResponse({"html": PAGE})


@pytest.fixture
def client() -> TestClient:
    app = Starlette(
        routes=[
            Route("/why", _in_parts),
            Route("/matrix", _other),
            Route("/w/x", _page),
            Route("/", _page, methods=["GET", "POST"]),
        ],
        middleware=[Middleware(PageHistory)],
    )
    return TestClient(app)


def test_a_page_has_the_script_before_all_others(client: TestClient) -> None:
    for path in ("/", "/why", "/why/"):
        answer = client.get(path, headers=BROWSER)
        assert answer.status_code == 200
        assert answer.text == PAGE.replace("<head>", "<head>" + TAG.decode())
        assert int(answer.headers.get("content-length", "0")) == len(answer.content)
        assert "etag" not in answer.headers
    assert client.get("/", headers=BROWSER).headers["cache-control"] == "no-cache"


def test_a_browser_that_has_the_page_of_before_gets_the_new_one(client: TestClient) -> None:
    answer = client.get("/", headers={**BROWSER, "if-none-match": '"1"'})
    assert answer.status_code == 200
    assert TAG in answer.content


def test_everything_else_is_left_alone(client: TestClient) -> None:
    assert client.get("/w/x", headers=BROWSER).text == PAGE  # a participant's page
    assert client.get("/matrix", headers=BROWSER).json() == {"html": PAGE}
    assert client.get("/", headers={"accept": "*/*"}).text == PAGE
    assert client.post("/", headers=BROWSER).text == PAGE
