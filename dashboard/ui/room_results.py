"""What a room sees after a reveal: findings first, tables on request; or in large type for all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import streamlit as st

from dashboard.model.question import Question
from dashboard.report import room_dividing_words as divided
from dashboard.report import room_words as words
from dashboard.robustness.room import Room, RoundResult
from dashboard.robustness.room_movement import Movement
from dashboard.ui import margin_marks, sections
from dashboard.ui import room_parts as parts
from dashboard.ui import room_tables as tables
from dashboard.ui.html import Markup, element, joined
from dashboard.ui.keys import Key
from dashboard.ui.room_projector import blocks

_SHOWN_SHARES = 5


def draw(
    room: Room,
    question: Question,
    *,
    projector: bool = False,
    rehearsal: bool = False,
    heading: Literal["h1", "h2"] = "h2",
) -> None:
    """Everything the room is shown of its latest round.

    Parameters
    ----------
    question : the one the room voted on.
    projector : large type, one idea a block, nothing to open.
    rehearsal : the people are simulated; the line of the title says so.
    heading : what the title is on its page: ``h1`` where nothing stands above it.
    """
    st.html(joined([margin_marks.style(), tables.style()]))
    if projector:
        st.html(joined(blocks(room, question, rehearsal=rehearsal, heading=heading)))
        return
    result = room.latest
    st.html(_title(room, question, rehearsal=rehearsal, heading=heading))
    if result is None:
        _rounds(room, question)
        return
    st.html(joined([tables.firsts_table(result, question), sections.small(words.FIRSTS_KEY)]))
    if room.movement is not None:
        _movement(result, room.movement, question)
    _dividing(result, question)
    _ranks(result, question)
    _mean(result, question)
    _groups(room, result, question)
    sections.section(
        words.agreement_finding(result),
        tables.agreement_scale(result),
        sections.sentence(words.agreement_sentence(result)),
        sections.sentence(words.diversity_sentence(result)),
    )
    _compromise(result, question)
    _rounds(room, question)


def _title(
    room: Room, question: Question, *, rehearsal: bool, heading: Literal["h1", "h2"]
) -> Markup:
    lead = []
    if room.latest is not None:
        lead.append(words.decided_sentence(room.latest))
        lead.append(words.caution_sentence(room.latest, question))
    if room.movement is not None:
        lead.append(f"{divided.movement_finding(room.movement)}.")
    return joined(
        [
            element("p", words.over(room, rehearsal=rehearsal), class_="cw-over"),
            element(heading, words.finding(room, question), class_="cw-title"),
            element("p", " ".join(filter(None, lead)), class_="cw-lead") if lead else "",
        ]
    )


def _ranks(result: RoundResult, question: Question) -> None:
    sections.section(words.ranks_finding(result, question), tables.ranks_bars(result, question))
    sections.opened(
        Key.ROOM_RANKS, "Ballots at each rank", lambda: tables.ranks_table(result, question)
    )


def _mean(result: RoundResult, question: Question) -> None:
    sections.section(
        words.mean_finding(result, question),
        sections.sentence(words.mean_sentence(result, question)),
        tables.standing_table(result, question),
        sections.small(words.MEAN_KEY),
    )


def _groups(room: Room, result: RoundResult, question: Question) -> None:
    hidden = words.hidden_sentence(room)
    if not room.groups:
        if hidden:
            st.html(sections.small(hidden))
        return
    shown = bool(result.groups.shown)
    sections.section(
        words.groups_finding(result, question),
        sections.sentence(words.groups_sentence(result)) if shown else "",
        parts.groups_table(result, question) if shown else "",
        sections.small(hidden) if shown else sections.sentence(hidden),
    )
    if shown:
        sections.opened(
            Key.ROOM_GROUPS,
            "Ranks and first places by group",
            lambda: parts.group_ranks_table(result, question),
        )
    sections.opened(
        Key.ROOM_WEIGHTS,
        "Mean weights by group" if shown else "Mean weights of the room",
        lambda: parts.group_weights_table(result, question),
    )


def _dividing(result: RoundResult, question: Question) -> None:
    found = result.dividing
    sections.section(
        divided.dividing_finding(result, question),
        sections.sentence(divided.pair_sentence(result, question)),
        *_divided(result, question),
    )
    if found.shares is not None and len(found.shares) > _SHOWN_SHARES:
        sections.opened(
            Key.ROOM_SHARES,
            f"All {len(found.shares)} criteria",
            lambda: parts.shares_table(result, question),
        )


def _divided(result: RoundResult, question: Question) -> Iterator[Markup]:
    if result.dividing.pair is not None:
        yield sections.sentence(divided.share_sentence(result, question))
    sides = divided.sides_sentence(result, question)
    if sides:
        yield sections.sentence(sides)
    if result.dividing.shares is not None:
        yield parts.shares_table(result, question, _SHOWN_SHARES)
        yield sections.small(divided.SHARES_KEY)


def _compromise(result: RoundResult, question: Question) -> None:
    movers = divided.movers_sentence(result)
    giving = result.compromise.giving > 0
    by_group = giving and len(result.compromise.by_group) > 1
    sections.section(
        divided.compromise_finding(result, question),
        sections.sentence(f"{divided.compromise_sentence(result, question)} {movers}".strip()),
        parts.movers_table(result, question) if by_group else "",
        sections.small(divided.CONVENTION) if giving else "",
    )


def _movement(result: RoundResult, moved: Movement, question: Question) -> None:
    said = [
        divided.moved_sentence(moved),
        divided.changes_sentence(moved, question),
        divided.concordance_sentence(moved),
    ]
    sections.section(
        divided.movement_finding(moved),
        tables.moved_table(result, moved, question),
        *(sections.sentence(sentence) for sentence in said if sentence),
    )
    if moved.changes and len(moved.changes) > divided.NAMED:
        sections.opened(
            Key.ROOM_CHANGES,
            "Every change of first choice",
            lambda: tables.changes_table(moved, question),
        )


def _rounds(room: Room, question: Question) -> None:
    if len(room.rounds) > 1 or (room.rounds and room.latest is None):
        sections.opened(
            Key.ROOM_ROUNDS, "Rounds side by side", lambda: tables.rounds_table(room, question)
        )
