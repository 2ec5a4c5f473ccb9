"""What a room sees after a reveal, in type that is read from the back of it: one idea a block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from dashboard.model.question import Question
from dashboard.report import room_dividing_words as divided
from dashboard.report import room_words as words
from dashboard.robustness.room import Room, RoundResult
from dashboard.robustness.room_movement import Movement
from dashboard.ui import room_parts as parts
from dashboard.ui import room_tables as tables
from dashboard.ui.html import Markup, element

_SHOWN_SCORES = 5


def blocks(
    room: Room, question: Question, *, rehearsal: bool, heading: Literal["h1", "h2"]
) -> Iterator[Markup]:
    """The blocks in the order of talk: who leads, who moved, what divides, and then the rest."""
    result = room.latest
    over = element("p", words.over(room, rehearsal=rehearsal), class_="over")
    title = element(heading, words.finding(room, question), class_="title")
    if result is None:
        yield element("section", over, title, class_="cw-projected")
        return
    yield element(
        "section",
        over,
        title,
        tables.firsts_table(result, question),
        _said(words.decided_sentence(result)),
        _said(words.caution_sentence(result, question)),
        class_="cw-projected",
    )
    if room.movement is not None:
        yield _movement(result, room.movement, question)
    yield _block(
        divided.dividing_finding(result, question),
        _said(divided.pair_sentence(result, question)),
        parts.sides_table(result, question),
        _said(divided.favour_sentence(result, question)),
    )
    yield _block(
        words.mean_finding(result, question),
        tables.standing_table(result, question, _SHOWN_SCORES),
        _said(words.mean_sentence(result, question)),
    )
    if room.groups:
        yield _groups(room, result, question)
    yield _agreement(result)
    yield _block(
        divided.compromise_finding(result, question),
        _said(divided.compromise_sentence(result, question)),
        _said(divided.movers_sentence(result)),
    )


def _movement(result: RoundResult, moved: Movement, question: Question) -> Markup:
    return _block(
        divided.movement_finding(moved),
        tables.moved_table(result, moved, question),
        _said(divided.moved_sentence(moved)),
        _said(divided.changes_sentence(moved, question)),
    )


def _groups(room: Room, result: RoundResult, question: Question) -> Markup:
    return _block(
        words.groups_finding(result, question),
        parts.groups_projected(result, question),
        _said(words.groups_sentence(result)),
        _said(words.hidden_sentence(room)),
    )


def _agreement(result: RoundResult) -> Markup:
    return _block(
        words.agreement_finding(result),
        tables.agreement_scale(result),
        _said(words.agreement_sentence(result)),
        _said(words.diversity_sentence(result)),
    )


def _block(finding: str, *content: Markup | str) -> Markup:
    heading = element("h2", finding, class_="title")
    return element("section", heading, *content, class_="cw-projected")


def _said(sentence: str) -> Markup | str:
    return element("p", sentence, class_="said") if sentence else ""
