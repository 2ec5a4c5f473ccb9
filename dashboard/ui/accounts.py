"""Whose accounts count as staff: what Streamlit's secrets say of OpenID Connect, checked once."""

from __future__ import annotations

import importlib.util
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError

from dashboard.model.errors import InputError, quoted

STAFF_VARIABLE = "COUNTERWEIGHT_STAFF"
"""Addresses and domains that count as staff, with commas between; goes before the secrets."""

_FILE = "secrets.toml"
_CALLBACK = "/oauth2callback"
_PORTS = {"http": 80, "https": 443}
_OF_A_PROVIDER = ("client_id", "client_secret", "server_metadata_url")
_SHORTEST_SECRET = 32
_PACKAGES = ("authlib", "httpx")
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
_PERSON = re.compile(r"[^\s@,]{1,64}@[^\s@,]{1,253}")


@dataclass(frozen=True)
class Accounts:
    """How staff sign in with an account."""

    providers: tuple[str | None, ...]
    """Names of the sections in the secrets; None for one that has no name."""

    origin: str
    """Where the pages have to be open for it: ``https://board.example``."""

    staff: frozenset[str] | None = None
    """E-mail addresses and domains, in small letters; None: every account of the provider."""

    trusts_unverified: bool = False
    """Whether an address counts that the provider does not say it has verified."""

    @property
    def host(self) -> str:
        return urlsplit(self.origin).hostname or ""

    def refusal(self, claims: Mapping[str, Any]) -> str | None:
        """Why somebody who signed in is not let in; None where they are."""
        if self.staff is None:
            return None
        address = claims.get("email")
        if not isinstance(address, str) or not _PERSON.fullmatch(address):
            return "Your account has no e-mail address, so it cannot be found in the list of staff."
        if claims.get("email_verified") is not True and not self.trusts_unverified:
            return f"Your provider does not say that the address {address} is verified."
        written = address.lower()
        if written in self.staff or written.rpartition("@")[2] in self.staff:
            return None
        return f"The account {address} is not in the list of staff."


def accounts() -> Accounts | None:
    """How staff sign in with an account; None where that is not set up.

    Read once: what is wrong at the start stays wrong until the next start, so that a file which
    is away for a moment, while somebody edits it, opens no door.

    Raises
    ------
    InputError : it is set up wrongly. Nobody may come in then.
    """
    found = _found()
    if isinstance(found, InputError):
        raise found
    return found


@cache
def _found() -> Accounts | InputError | None:
    try:
        return checked_accounts(_secrets(), os.environ.get(STAFF_VARIABLE))
    except InputError as error:
        return error


def forget_accounts() -> None:
    """Read the secrets again when next asked."""
    _found.cache_clear()


def name_of(claims: Mapping[str, Any]) -> str:
    """What to call somebody who signed in."""
    for key in ("email", "preferred_username", "name"):
        if isinstance(claims.get(key), str) and claims[key].strip():
            return str(claims[key]).strip()
    return "an account without a name"


def _secrets() -> Mapping[str, Any]:
    """All secrets; none where there is no file of them."""
    files = [str(file) for file in st.get_option("secrets.files")]
    there = [file for file in files if _is_there(file)]
    if config.is_manually_set("secrets.files") and len(there) < len(files):
        raise _fault("a file named in secrets.files is not there", "put it there")
    if not there:
        return {}
    try:
        return st.secrets.to_dict()
    except (StreamlitSecretNotFoundError, OSError, UnicodeError):
        raise _fault("the file cannot be read as TOML", "put it right") from None


def _is_there(file: str) -> bool:
    try:
        return stat.S_IFMT(os.stat(file).st_mode) != 0  # noqa: PTH116
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        raise _fault("the file cannot be reached", "give the server the right to read it") from None


def checked_accounts(secrets: Mapping[str, Any], listed: str | None) -> Accounts | None:
    """What these secrets and this list of staff say; None where they have no ``[auth]``.

    Raises
    ------
    InputError : something is missing or cannot work. No value of a secret is quoted in it.
    """
    if "auth" not in secrets:
        if listed is not None or "staff" in secrets:
            raise _fault("there is a list of staff, but no [auth]", "add it, or drop the list")
        return None
    auth = secrets["auth"]
    if not isinstance(auth, Mapping):
        raise _fault("auth is no section", "write it as [auth]")
    redirect = _text(auth, "redirect_uri", "[auth]")
    if len(_text(auth, "cookie_secret", "[auth]")) < _SHORTEST_SECRET:
        short = f"cookie_secret is shorter than {_SHORTEST_SECRET} characters"
        raise _fault(short, "make one at random")
    missing = [name for name in _PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        raise _fault(f"the package {missing[0]} is missing", "install streamlit[auth]")
    staff = secrets.get("staff", {})
    if not isinstance(staff, Mapping):
        raise _fault("staff is no section", "write it as [staff]")
    trusts = staff.get("trust_unverified", False)
    if not isinstance(trusts, bool):
        raise _fault("trust_unverified is neither true nor false", "write true or false")
    return Accounts(_providers(auth), _origin(redirect), _staff(staff, listed), trusts)


def _providers(auth: Mapping[str, Any]) -> tuple[str | None, ...]:
    """The named providers and the one without a name; each with all that it needs."""
    apart = ("client_kwargs",)
    named = [key for key, value in auth.items() if isinstance(value, Mapping) and key not in apart]
    for name in named:
        if "_" in name:
            raise _fault(f"[auth.{name}] has an underscore in its name", "name it without")
        for key in _OF_A_PROVIDER:
            _checked_key(auth[name], key, f"[auth.{name}]")
    if named and not any(key in auth for key in _OF_A_PROVIDER):
        return tuple(named)
    for key in _OF_A_PROVIDER:
        _checked_key(auth, key, "[auth]")
    return (None, *named)


def _checked_key(section: Mapping[str, Any], key: str, where: str) -> None:
    value = _text(section, key, where)
    if key == "server_metadata_url" and urlsplit(value).scheme not in ("http", "https"):
        raise _fault(f"{key} in {where} is no web address", "begin it with https://")


def _text(section: Mapping[str, Any], key: str, where: str) -> str:
    value = section.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _fault(f"{where} has no {key}", "add it")
    return value


def _origin(redirect: str) -> str:
    """Of the address that the provider leads back to; ``{port}`` in it is the server's own."""
    address = redirect.replace("{port}", str(st.get_option("server.port")))
    what = f"redirect_uri is not the address of the dashboard with {_CALLBACK} behind it"
    unfit = _fault(what, "write it as https://board.example/oauth2callback")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise unfit from None
    if not parts.hostname or parts.scheme not in _PORTS or parts.path != _CALLBACK:
        raise unfit
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    shown = "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
    origin = f"{parts.scheme}://{host}{shown}"
    # Streamlit holds it against what the browser says, letter by letter.
    if address != origin + _CALLBACK:
        what = "redirect_uri is not written as browsers write it"
        raise _fault(what, f"write it as {origin}{_CALLBACK}")
    return origin


def _staff(section: Mapping[str, Any], listed: str | None) -> frozenset[str] | None:
    entries = section.get("allow") if listed is None else listed.split(",")
    if entries is None:
        if section:
            raise _fault("[staff] has no list under allow", "add it, or drop [staff]")
        return None
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise _fault("allow in [staff] is no list of texts", 'write it as allow = ["a.example"]')
    plain = [entry.strip().lower().removeprefix("@") for entry in entries]
    kept = [entry for entry in plain if entry]
    for entry in kept:
        if not (_DOMAIN.fullmatch(entry) or _PERSON.fullmatch(entry)):
            what = f"{quoted(entry)} in the list of staff is neither an address nor a domain"
            raise _fault(what, "write it as anna@ministry.example or ministry.example")
    if not kept:
        raise _fault("the list of staff names nobody", "name somebody, or drop the list")
    return frozenset(kept)


def _fault(what: str, remedy: str) -> InputError:
    return InputError.one(_FILE, None, what, f"{remedy} and start the server again")
