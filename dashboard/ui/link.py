"""A choice of weights as text in an address, and back.

Version 1: '1' and the URL-safe base 64 of zlib-compressed JSON. It names the question by the first
digits of the fingerprint of its scales, since weights mean nothing on other scales: another
question's link is told apart and never guessed at, and a better wording breaks no link.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from typing import Any

from dashboard.model.question import Question
from dashboard.ui.choice import Choice, checked_points, choose_perspective, default_choice

_VERSION = "1"
_MAX_TEXT = 8_000
_MAX_JSON = 100_000
_FINGERPRINT_DIGITS = 12


class LinkError(ValueError):
    """A link that cannot be followed; the message is a sentence for the visitor."""


def encode(question: Question, choice: Choice) -> str | None:
    """The text for a choice; None for the default, which needs no link."""
    if choice.origin == "default" and not choice.settings and not choice.locked:
        return None
    content: dict[str, Any] = {
        "q": question.scales_fingerprint[:_FINGERPRINT_DIGITS],
        "o": choice.origin,
    }
    if choice.perspective:
        content["p"] = choice.perspective
    if choice.origin == "own":
        content["w"] = {key: float(f"{value:.10g}") for key, value in choice.points.items()}
    if choice.locked:
        content["l"] = list(choice.locked)
    if choice.settings:
        content["s"] = list(choice.settings)
    packed = zlib.compress(json.dumps(content, separators=(",", ":")).encode(), 9)
    return _VERSION + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decode(question: Question, text: str) -> Choice:
    """The choice that a link holds.

    Raises
    ------
    LinkError : damaged, of another version, or made for another question.
    """
    content = _unpack(text)
    if content.get("q") != question.scales_fingerprint[:_FINGERPRINT_DIGITS]:
        raise LinkError(
            "This link was made for another question, or for another version of this one. "
            "It was not applied; the weights below are the start values."
        )
    choice = default_choice(question)
    known = {perspective.id for perspective in question.perspectives}
    perspective = content.get("p")
    if perspective is not None:
        if not isinstance(perspective, str) or perspective not in known:
            raise LinkError(_DAMAGED)
        choice = choose_perspective(question, choice, perspective)
    if content.get("o") == "own":
        points = checked_points(question, content.get("w"))
        if points is None:
            raise LinkError(_DAMAGED)
        choice = Choice("own", perspective, points, revision=1)
    criteria = {criterion.id for criterion in question.criteria}
    settings = {setting.id for setting in question.settings}
    return Choice(
        choice.origin,
        choice.perspective,
        choice.points,
        locked=_known(content.get("l"), criteria),
        settings=_known(content.get("s"), settings),
        revision=1,
    )


_DAMAGED = "This link is damaged and was not applied; ask for it again."


def _unpack(text: str) -> dict[str, Any]:
    if not text.startswith(_VERSION) or len(text) > _MAX_TEXT:
        raise LinkError(_DAMAGED)
    body = text[len(_VERSION) :]
    try:
        packed = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj()
        raw = unpacker.decompress(packed, _MAX_JSON)
        if unpacker.unconsumed_tail:
            raise LinkError(_DAMAGED)
        content = json.loads(raw)
    except (binascii.Error, zlib.error, ValueError, RecursionError) as error:
        raise LinkError(_DAMAGED) from error
    if not isinstance(content, dict):
        raise LinkError(_DAMAGED)
    return content


def _known(values: Any, known: set[str]) -> tuple[str, ...]:
    if values is None:
        return ()
    if not isinstance(values, list) or not all(isinstance(v, str) and v in known for v in values):
        raise LinkError(_DAMAGED)
    return tuple(values)
