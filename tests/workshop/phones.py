"""A phone without a screen: it reads the forms of the participants' pages and sends them back.

It knows no field by name, only what a person sees: fields to fill in, lists to choose from.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

import httpx2


@dataclass
class Form:
    """A form of a page: where it goes, and what its fields hold so far."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)

    def filled(self, chance: random.Random) -> dict[str, str]:
        """Its fields with points at random for every number, and one of each list."""
        sent = dict(self.fields)
        for name, options in self.choices.items():
            sent[name] = chance.choice(options)
        for name in self.numbers:
            sent[name] = str(chance.randint(1, 100))
        return sent


_TAG = re.compile(r"<(/?form|input)\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)(?:="([^"]*)")?')


def forms_of(page: str) -> list[Form]:
    """The forms of a page that send something.

    By tags alone, since a thousand phones at once have no time for a whole parser; the pages are
    our own, and what they quote is escaped.
    """
    found: list[Form] = []
    is_open = False
    for tag, rest in _TAG.findall(page):
        given = {name: unescape(value) for name, value in _ATTRIBUTE.findall(rest)}
        if tag == "form":
            is_open = given.get("method", "get").lower() == "post"
            if is_open:
                found.append(Form(given.get("action", "")))
        elif tag == "/form":
            is_open = False
        elif is_open and given.get("name"):
            _add_input(found[-1], given)
    return found


def _add_input(form: Form, given: Mapping[str, str]) -> None:
    name, kind = given["name"], given.get("type", "text")
    is_number = kind == "number" or given.get("inputmode") in ("numeric", "decimal")
    if kind == "radio":
        form.choices.setdefault(name, []).append(given.get("value", ""))
    elif is_number:
        form.numbers.append(name)
    elif kind == "hidden":
        form.fields[name] = given.get("value", "")
    elif kind == "text":
        form.fields.setdefault(name, "")


def ballot_form(page: str) -> Form:
    """The form to weight in.

    Raises
    ------
    AssertionError : the page has none.
    """
    found = [form for form in forms_of(page) if form.numbers]
    assert found, f"there is nothing to weight on this page:\n{page[:2000]}"
    return found[0]


def phone(url: str, timeout: float = 10.0) -> httpx2.Client:
    """A browser's share of a phone: cookies, redirects, a connection that stays open."""
    return httpx2.Client(
        base_url=url, timeout=timeout, follow_redirects=True, trust_env=False, verify=False
    )


def joins(client: httpx2.Client, code: str, chance: random.Random) -> str:
    """Join a workshop; give the page that follows.

    Raises
    ------
    httpx2.HTTPError : no answer, or one that is no success.
    """
    page = client.get(f"/w/{code}").raise_for_status().text
    form = next(form for form in forms_of(page) if not form.numbers)
    return client.post(form.action, data=form.filled(chance)).raise_for_status().text
