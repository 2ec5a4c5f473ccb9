"""What the server remembers of a browser: that it signed in, and keys that were given to it.

The cookie holds a random, signed handle and nothing else. What it stands for is kept in this
process. So no secret leaves the server, what is forgotten is gone even for someone who copied the
cookie, and a restart forgets everything.

A page cannot set a cookie that scripts cannot read: an answer to a request has to. So a run makes
a ticket, good once and for a minute; a small component posts it, and the answer brings the cookie.
The handle never passes through the page.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import urlsplit

import streamlit as st
from itsdangerous import BadSignature, TimestampSigner
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.ui.keys import Key

PATH = "/remembered"
SECONDS = 12 * 60 * 60
"""How long a browser is remembered: a long day."""

_TICKET_SECONDS = 60.0
_MOST_BROWSERS, _MOST_TICKETS, _MOST_VALUES = 4_096, 4_096, 100
_LONGEST_BODY = 200
"""Bytes; a ticket has 43."""

Kept = TypeVar("Kept")

_mount = st.components.v2.component(
    "counterweight_remembered",
    js=Path(__file__).with_name("remembered.js").read_text(encoding="utf-8"),
)


@dataclass
class _Browser:
    """What is kept for one browser, under every handle that it was given."""

    since: float
    values: OrderedDict[str, str] = field(default_factory=OrderedDict)
    has_cookie: bool = False


class _Signer(TimestampSigner):
    """Signs with the time of a clock that is given."""

    def __init__(self, key: bytes, clock: Callable[[], float]) -> None:
        super().__init__(key, salt="counterweight.remembered", digest_method=hashlib.sha256)
        self._clock = clock

    def get_timestamp(self) -> int:
        return int(self._clock())


class Vault:
    """What is kept, by handle; safe among threads, and bounded whatever is asked of it.

    Parameters
    ----------
    key : signs the cookies; random, and the same for all that shall read each other's.
    clock : seconds since 1970, as a clock on the wall says.
    """

    def __init__(self, key: bytes, clock: Callable[[], float] = time.time) -> None:
        self._clock, self._latest = clock, clock()
        self._signer = _Signer(key, self._now)
        self._browsers: OrderedDict[str, _Browser] = OrderedDict()
        self._tickets: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._lock = threading.Lock()

    def open(self) -> str:
        """The handle of a browser of which nothing is known yet."""
        handle = secrets.token_urlsafe(32)
        with self._lock:
            self._browsers[handle] = _Browser(self._now())
            _shorten(self._browsers, _MOST_BROWSERS)
        return handle

    def put(self, handle: str, purpose: str, value: str) -> None:
        with self._lock:
            browser = self._browser(handle)
            if browser is not None:
                browser.values[purpose] = value
                browser.values.move_to_end(purpose)
                _shorten(browser.values, _MOST_VALUES)

    def get(self, handle: str, purpose: str) -> str | None:
        with self._lock:
            browser = self._browser(handle)
            return None if browser is None else browser.values.get(purpose)

    def drop(self, handle: str, purpose: str) -> None:
        """Forget one value, for every tab of the browser."""
        with self._lock:
            browser = self._browser(handle)
            if browser is not None:
                browser.values.pop(purpose, None)

    def close(self, handle: str) -> None:
        """Forget the browser: its cookie stands for nothing, also after it signs in again."""
        with self._lock:
            browser = self._browser(handle)
            for each in [each for each, kept in self._browsers.items() if kept is browser]:
                del self._browsers[each]

    def is_known(self, handle: str) -> bool:
        with self._lock:
            return self._browser(handle) is not None

    def has_cookie(self, handle: str) -> bool:
        """Whether the browser took its cookie."""
        with self._lock:
            browser = self._browser(handle)
            return browser is not None and browser.has_cookie

    def ticket(self, handle: str) -> str:
        """A word that buys the cookie of this handle, once and for a minute."""
        word = secrets.token_urlsafe(32)
        with self._lock:
            self._tickets[word] = handle, self._now()
            _shorten(self._tickets, _MOST_TICKETS)
        return word

    def redeem(self, word: str, cookie: str | None) -> str | None:
        """The cookie that a ticket buys, or None; ``cookie`` is the one the browser has.

        A browser that opened two tabs before it had a cookie gets one cookie from each. From the
        second on, both stand for the same, so neither tab forgets what it was told.
        """
        before = None if cookie is None else self.read(cookie)
        with self._lock:
            handle, made = self._tickets.pop(word, ("", 0.0))
            browser = self._browser(handle)
            if browser is None or self._now() - made >= _TICKET_SECONDS:
                return None
            earlier = None if before is None else self._browser(before)
            if earlier is not None and earlier is not browser:
                earlier.values.update(browser.values)
                self._browsers[handle] = earlier
            browser.has_cookie = True
            return self._signer.sign(handle).decode("ascii")

    def read(self, cookie: str) -> str | None:
        """The handle in a cookie of ours that is neither forged, outdated nor unknown."""
        try:
            handle = self._signer.unsign(cookie, max_age=SECONDS).decode("ascii")
        except (BadSignature, UnicodeError):
            return None
        return handle if self.is_known(handle) else None

    def _browser(self, handle: str) -> _Browser | None:
        """What is kept under a handle; whoever calls holds the lock."""
        browser = self._browsers.get(handle)
        if browser is not None and self._now() - browser.since >= SECONDS:
            del self._browsers[handle]
            return None
        return browser

    def _now(self) -> float:
        """The time; one that is set back would end what has only begun."""
        self._latest = max(self._latest, self._clock())
        return self._latest


def _shorten(held: OrderedDict[str, Kept], most: int) -> None:
    """Let go of what came first as long as there is too much."""
    while len(held) > most:
        held.popitem(last=False)


# ------------------------------------------------------------------------------ the route


def route(vault: Vault, cookie_name: Callable[[], str]) -> Route:
    """Where a ticket is exchanged for the cookie: posts of our own pages only."""

    async def exchange(request: Request) -> Response:
        origin = urlsplit(request.headers.get("origin", ""))
        if not origin.netloc or origin.netloc != request.headers.get("host"):
            return _answer(403)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LONGEST_BODY:
                return _answer(413)
        word = body.decode("ascii", "replace")
        cookie = vault.redeem(word, request.cookies.get(cookie_name()))
        if cookie is None:
            return _answer(403)
        answer = _answer(204)
        answer.set_cookie(
            cookie_name(),
            cookie,
            max_age=SECONDS,
            path="/",
            # Behind a proxy the browser alone knows whether its side of the line is encrypted.
            secure=origin.scheme == "https",
            httponly=True,
            samesite="strict",
        )
        return answer

    return Route(PATH, exchange, methods=["POST"])


def _answer(status: int) -> Response:
    return Response(status_code=status, headers={"Cache-Control": "no-store"})


def cookie_name() -> str:
    """Of this server's cookie: browsers keep those of all ports of a machine together."""
    return f"counterweight_{st.get_option('server.port')}"


VAULT = Vault(secrets.token_bytes(32))
ROUTE = route(VAULT, cookie_name)


# ------------------------------------------------------------------------------ in a run


def remember(purpose: str, value: str) -> None:
    """Keep a value for this browser, for twelve hours at most and until the server restarts.

    To be called in a run or a callback. It holds at once for this visit, and for the browser's
    other tabs and reloads as soon as the page stands (see `deliver`).
    """
    handle = _handle()
    if handle is None:
        handle = VAULT.open()
        st.session_state[Key.BROWSER] = handle
    VAULT.put(handle, purpose, value)


def recall(purpose: str) -> str | None:
    """What this browser was told to keep for a purpose, unless it was forgotten since."""
    handle = _handle()
    return None if handle is None else VAULT.get(handle, purpose)


def forget(purpose: str) -> None:
    """Keep it no longer, in no tab of this browser, and not for who copied its cookie."""
    handle = _handle()
    if handle is not None:
        VAULT.drop(handle, purpose)


def forget_everything() -> None:
    """Keep nothing of this browser: somebody else may sit down at it."""
    handle = _handle()
    if handle is not None:
        VAULT.close(handle)


def deliver() -> None:
    """Hand over the cookie, if there is one that the browser has not taken.

    Called once at the end of each run; what waits is handed over again in the next.
    """
    handle = st.session_state.get(Key.BROWSER)
    if not isinstance(handle, str) or not VAULT.is_known(handle) or VAULT.has_cookie(handle):
        return
    _mount(key=Key.REMEMBERED, data={"path": PATH, "ticket": VAULT.ticket(handle)})


def _handle() -> str | None:
    """This visit's handle, else the one of the cookie that the browser came with."""
    held = cast("str | None", st.session_state.get(Key.BROWSER))
    if held is not None and VAULT.is_known(held):
        return held
    cookie = st.context.cookies.get(cookie_name())
    return None if cookie is None else VAULT.read(str(cookie))
