"""A choice of weights as text in an address, and back.

Version 1: '1' and the URL-safe base 64 of zlib-compressed JSON. It names the question by the first
digits of the fingerprint of its scales, since weights mean nothing on other scales: another
question's link is told apart and never guessed at, and a better wording breaks no link.

Version 2 holds overridden scores too, without their reasons: a reason is for whoever is given the
briefing, not for whoever comes by an address. A choice without them is still written as version 1.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import replace
from typing import Any

from dashboard.model.overrides import LARGEST, Override, override_faults
from dashboard.model.question import Question
from dashboard.ui.choice import Choice, checked_points, choose_perspective, default_choice
from dashboard.ui.keys import QUESTION_PARAMETER, STATE_PARAMETER

_VERSION, _WITH_OVERRIDES = "1", "2"
_MAX_TEXT = 8_000
LONGEST_OFFERED = 4_000
"""Characters of a link that mail programs and chats leave whole; a longer one is not offered."""

_MAX_JSON = 100_000
_FINGERPRINT_DIGITS = 12


class LinkError(ValueError):
    """A link that cannot be followed; the message is a sentence for the visitor."""


class OtherQuestionError(LinkError):
    """A link in good order, made for another question or another version of this one."""


def encode(question: Question, choice: Choice) -> str | None:
    """The text for a choice; None for the default, which needs no link."""
    extras = choice.settings or choice.locked or choice.overrides
    if choice.origin == "default" and not extras:
        return None
    return whole(question, choice)


def link_query(question: Question, choice: Choice, slug: str) -> dict[str, str] | None:
    """What an address needs to bring this choice of this question; None where that is too long.

    The question is named twice: by its ``slug``, to be read, and in the text by its fingerprint, to
    be relied on. So the text is there for the start values too.
    """
    text = whole(question, choice)
    if len(text) > LONGEST_OFFERED:
        return None
    return {QUESTION_PARAMETER: slug, STATE_PARAMETER: text}


def whole(question: Question, choice: Choice) -> str:
    """The text for a choice, the default among them."""
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
    if choice.overrides:
        content["x"] = [[*o.cell, o.low, o.likely, o.high] for o in choice.overrides]
    packed = zlib.compress(json.dumps(content, separators=(",", ":")).encode(), 9)
    version = _WITH_OVERRIDES if choice.overrides else _VERSION
    return version + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decode(question: Question, text: str) -> Choice:
    """The choice that a link holds.

    Raises
    ------
    OtherQuestionError : made for another question.
    LinkError : damaged, or of another version.
    """
    content = _unpack(text)
    if content.get("q") != question.scales_fingerprint[:_FINGERPRINT_DIGITS]:
        raise OtherQuestionError(_ANOTHER)
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
    return replace(
        choice,
        locked=_known(content.get("l"), criteria),
        settings=_known(content.get("s"), settings),
        overrides=_overrides(question, content.get("x") if text[0] == _WITH_OVERRIDES else None),
        revision=1,
    )


def is_made_for(question: Question, text: str) -> bool:
    """Whether a link names this question; what else it holds is not looked at."""
    try:
        named = _unpack(text).get("q")
    except LinkError:
        return False
    return bool(named == question.scales_fingerprint[:_FINGERPRINT_DIGITS])


_ANOTHER = (
    "This link was made for another question, or for another version of this one. "
    "It was not applied; the weights below are the start values."
)
_DAMAGED = "This link is damaged and was not applied; ask for it again."


def _unpack(text: str) -> dict[str, Any]:
    if not text.startswith((_VERSION, _WITH_OVERRIDES)) or len(text) > _MAX_TEXT:
        raise LinkError(_DAMAGED)
    body = text[1:]
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


def _overrides(question: Question, entries: Any) -> tuple[Override, ...]:
    """What a link says of scores; of an option that is not there, it is another question's."""
    if entries is None:
        return ()
    if not isinstance(entries, list) or not all(map(_is_override, entries)):
        raise LinkError(_DAMAGED)
    criteria = {criterion.id for criterion in question.criteria}
    if any(entry[1] not in criteria for entry in entries):
        raise LinkError(_DAMAGED)
    proposals = {proposal.id for proposal in question.proposals}
    if any(entry[0] not in proposals for entry in entries):
        raise OtherQuestionError(_ANOTHER)
    found = tuple(
        Override(proposal, criterion, float(low), float(likely), float(high), None)
        for proposal, criterion, low, likely, high in entries
    )
    if override_faults(question, found):
        raise LinkError(_DAMAGED)
    return found


def _is_override(entry: Any) -> bool:
    if not isinstance(entry, list) or len(entry) != 5:
        return False
    numbers = all(isinstance(n, int | float) and not isinstance(n, bool) for n in entry[2:])
    # Before they become floats: JSON holds whole numbers that no float can.
    return (
        all(isinstance(name, str) for name in entry[:2])
        and numbers
        and all(abs(n) < LARGEST for n in entry[2:])
    )


def _known(values: Any, known: set[str]) -> tuple[str, ...]:
    if values is None:
        return ()
    if not isinstance(values, list) or not all(isinstance(v, str) and v in known for v in values):
        raise LinkError(_DAMAGED)
    return tuple(values)
