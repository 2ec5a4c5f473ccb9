"""An OpenID Connect provider of the tests' own, on this machine.

It does what a real one does as far as signing in goes: discovery, a page on which to choose an
account, codes that are good once, identity tokens signed with a key that it publishes, and an end
of the session.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.ui.html import element, joined
from tests.e2e.network import free_port

CLIENT_ID, CLIENT_SECRET = "counterweight", "known to the tests only"


@dataclass
class Provider:
    """The accounts there are, and what was asked for."""

    url: str
    accounts: Mapping[str, Mapping[str, Any]]
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048))
    signing: RSAKey | None = None
    """Another key than the published one makes every token a forged one."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    ended: int = 0

    def secrets_toml(self, redirect_uri: str) -> str:
        """What the dashboard's secrets have to say to use it."""
        return (
            f'[auth]\nredirect_uri = "{redirect_uri}"\n'
            f'cookie_secret = "{secrets.token_hex(32)}"\n'
            f'client_id = "{CLIENT_ID}"\nclient_secret = "{CLIENT_SECRET}"\n'
            f'server_metadata_url = "{self.url}/.well-known/openid-configuration"\n'
        )

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._discovery),
                Route("/authorize", self._authorize),
                Route("/chosen", self._chosen),
                Route("/token", self._token, methods=["POST"]),
                Route("/keys", self._keys),
                Route("/end", self._end),
            ]
        )

    async def _discovery(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
                "end_session_endpoint": f"{self.url}/end",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        links = joined(
            element("p", element("a", name, href=f"/chosen?{urlencode({**asked, 'who': name})}"))
            for name in self.accounts
        )
        return HTMLResponse(f"<title>Provider</title><h1>Choose an account</h1>{links}")

    async def _chosen(self, request: Request) -> Response:
        asked, code = dict(request.query_params), secrets.token_urlsafe(16)
        self.codes[code] = asked
        answer = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{answer}", 303)

    async def _token(self, request: Request) -> Response:
        given = {key: str(value) for key, value in (await request.form()).items()}
        asked = self.codes.pop(given["code"])
        proof = hashlib.sha256(given["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(proof).decode().rstrip("=") == asked["code_challenge"]
        known = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        assert request.headers["authorization"] == f"Basic {known}"
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "sub": asked["who"],
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.accounts[asked["who"]],
        }
        token = jwt.encode({"alg": "RS256"}, claims, self.signing or self.key)
        return JSONResponse(
            {"access_token": "none", "token_type": "Bearer", "expires_in": 300, "id_token": token}
        )

    async def _keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [{**self.key.as_dict(private=False), "use": "sig"}]})

    async def _end(self, request: Request) -> Response:
        self.ended += 1
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], 303)


@contextmanager
def running_provider(accounts: Mapping[str, Mapping[str, Any]]) -> Iterator[Provider]:
    """A provider that runs, on a thread, for as long as the block does."""
    port = free_port()
    provider = Provider(f"http://127.0.0.1:{port}", accounts)
    server = uvicorn.Server(
        uvicorn.Config(provider.app(), host="127.0.0.1", port=port, log_level="error")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    assert server.started
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join(10)
