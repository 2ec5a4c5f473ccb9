"""When an account could not be asked for or checked, the first page says so."""

from __future__ import annotations

from starlette.datastructures import Headers, QueryParams
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.ui.keys import FAILED_PARAMETER

_LOGIN, _CALLBACK = "/auth/login", "/oauth2callback"
_COOKIE = "_streamlit_user="


class FailedSignIn:
    """Sends a browser whose signing in failed back to the first page, with word of it.

    Left alone, Streamlit answers with two words on an empty page where the provider is not there,
    and asks again without a word where it refused or its answer was not believed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in (_LOGIN, _CALLBACK):
            await self.app(scope, receive, send)
            return
        replaced = False

        async def send_or_replace(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _has_failed(scope, message):
                replaced = True
                instead = RedirectResponse(f"/?{FAILED_PARAMETER}=1", 303)
                # What Streamlit takes back or keeps of the attempt still counts.
                for value in Headers(scope=message).getlist("set-cookie"):
                    instead.headers.append("set-cookie", value)
                await instead(scope, receive, send)
            elif not replaced:
                await send(message)

        await self.app(scope, receive, send_or_replace)


def _has_failed(scope: Scope, start: Message) -> bool:
    if start["status"] >= 400:
        return True
    answered = QueryParams(scope["query_string"])
    if scope["path"] != _CALLBACK or not ({"code", "error"} & set(answered)):
        return False  # also where the provider leads back after signing out
    cookies = Headers(scope=start).getlist("set-cookie")
    return not any(each.startswith(_COOKIE) and "Max-Age=0" not in each for each in cookies)
