"""What a phone sends, read within limits, and what it is told when that cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

import anyio
from starlette.requests import Request

MOST_BYTES = 64 * 1024
"""Sixty swings with the longest names are a tenth of it."""

MOST_FIELDS = 500
_READ_SECONDS = 20.0
_FORM = "application/x-www-form-urlencoded"


class TurnedAwayError(Exception):
    """Something that is answered by a calm page: its status, what is wrong, what to do."""

    def __init__(self, status: int, heading: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.heading, self.sentence = status, heading, sentence


@dataclass(frozen=True)
class Asked:
    """A request as the pages need it, without its socket."""

    method: str
    path: str
    code: str
    address: str | None
    secure: bool
    host: str
    origin: str | None
    from_elsewhere: bool
    wants_json: bool
    cookies: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_foreign(self) -> bool:
        """Whether a browser says that the form stood on a page of another host."""
        if self.origin is None:
            return self.from_elsewhere
        return self.from_elsewhere or urlsplit(self.origin).netloc != self.host


def asked(request: Request, form: Mapping[str, str] | None = None) -> Asked:
    headers = request.headers
    return Asked(
        method=request.method,
        path=request.url.path,
        code=request.path_params.get("code", ""),
        address=request.client.host if request.client else None,
        secure=request.url.scheme == "https",
        host=headers.get("host", ""),
        origin=headers.get("origin"),
        from_elsewhere=headers.get("sec-fetch-site") == "cross-site",
        wants_json="application/json" in headers.get("accept", ""),
        cookies=request.cookies,
        query=dict(request.query_params),
        form=form or {},
    )


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, each once.

    Raises
    ------
    TurnedAwayError : it is too large (413), too slow (408), no plain form (415), or has a field
        twice or too many of them (422).
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise TurnedAwayError(415, "This is no form of ours", "Load the page again and send it.")
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > MOST_BYTES:
        raise _too_large()
    body = bytearray()
    try:
        with anyio.fail_after(_READ_SECONDS):
            async for part in request.stream():
                body += part
                if len(body) > MOST_BYTES:
                    raise _too_large()
    except TimeoutError as error:
        sentence = "The connection was too slow, so nothing was counted. Send it again."
        raise TurnedAwayError(408, "This did not arrive whole", sentence) from error
    return _fields(bytes(body))


def _fields(body: bytes) -> dict[str, str]:
    unusable = "Nothing was counted. Load the page again and send it from there."
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:
        raise TurnedAwayError(422, "This form cannot be read", unusable) from error
    fields = dict(pairs)
    # No database takes this sign, and nobody types it.
    if len(fields) != len(pairs) or any("\0" in text for pair in pairs for text in pair):
        raise TurnedAwayError(422, "This form cannot be read", unusable)
    return fields


def _too_large() -> TurnedAwayError:
    sentence = "Nothing was counted. Load the page again and send it from there."
    return TurnedAwayError(413, "This is more than a form can hold", sentence)
