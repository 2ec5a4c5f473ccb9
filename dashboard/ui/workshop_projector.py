"""For the whole room: the way in and the counts, and after a reveal one finding at a time."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.ui import (
    margin_marks,
    room_projector,
    room_tables,
    workshop_desk,
    workshop_join,
    workshop_marks,
    workshop_room,
)
from dashboard.ui.html import Markup, element, joined
from dashboard.ui.keys import Key
from dashboard.ui.qr import qr_image
from dashboard.ui.workshop_board import POLL_SECONDS
from dashboard.ui.workshop_desk import Desk
from dashboard.workshop import words
from dashboard.workshop.records import Pulse

_QR = 720
"""Pixels; the style fits it to the screen."""

_arrows = st.components.v2.component(
    "counterweight_arrows",
    js=Path(__file__).with_name("arrows.js").read_text(encoding="utf-8"),
)


def draw(desk: Desk) -> None:
    """What the room sees; nothing here needs the key, since phones show it too."""
    pulse = desk.pulse()
    st.session_state[Key.WORKSHOP_SEEN] = workshop_desk.seen(pulse.workshop)
    current = pulse.workshop.round
    if current is not None and current.is_revealed:
        _results(desk, pulse, current.number)
        _watch(desk)
        return
    plan = pulse.workshop.plan
    head = [
        element("p", workshop_marks.titled(plan), class_="over"),
        element("h1", words.finding(pulse), class_="title"),
    ]
    st.html(element("section", *head, class_="cw-stage-head"))
    if pulse.workshop.state == "closed":
        st.html(element("p", "Thank you for taking part.", class_="cw-stage-said"))
        _watch(desk)
        return
    address = workshop_join.join_address(desk)
    left, right = st.columns([2, 3], gap="large", vertical_alignment="center")
    with left:
        st.html(element("div", qr_image(address, _QR), class_="cw-stage-qr"))
    with right:
        st.html(workshop_join.spelled_out(address, desk.workshop.code))
        _live(desk)


@st.fragment(run_every=POLL_SECONDS)
def _live(desk: Desk) -> None:
    pulse = _followed(desk)
    workshop_marks.countdown(pulse, large=True)
    st.html(_tally(pulse))


@st.fragment(run_every=POLL_SECONDS)
def _watch(desk: Desk) -> None:
    """Draws nothing; the page follows when the workshop moves on."""
    _followed(desk)


def _followed(desk: Desk) -> Pulse:
    pulse = desk.pulse()
    if workshop_desk.seen(pulse.workshop) != st.session_state.get(Key.WORKSHOP_SEEN):
        st.session_state.pop(Key.PROJECTOR_BLOCK, None)
        st.rerun()
    return pulse


def _tally(pulse: Pulse) -> Markup:
    """Two numbers; before the first round only one of them means anything."""
    figures = [("joined", pulse.joined)]
    if pulse.workshop.round is not None:
        figures.append(("voted", pulse.voted))
    return element(
        "ul",
        joined(
            element("li", element("b", value), element("span", name)) for name, value in figures
        ),
        class_="cw-stage-tally",
    )


# ------------------------------------------------------------------------- after the reveal


def _results(desk: Desk, pulse: Pulse, number: int) -> None:
    plan = pulse.workshop.plan
    found, question = workshop_room.room_of(desk, number), workshop_room.question_of(desk)
    blocks = list(room_projector.blocks(found, question, rehearsal=plan.rehearsal, heading="h1"))
    place = min(st.session_state.get(Key.PROJECTOR_BLOCK, 0), len(blocks) - 1)
    st.html(joined([margin_marks.style(), room_tables.style(), blocks[place]]))
    with st.container(
        key=f"{Key.PROJECTOR_BLOCK}_row", horizontal=True, vertical_alignment="center", gap="medium"
    ):
        st.button(
            "Back",
            key=Key.PROJECTOR_BACK,
            disabled=place == 0,
            on_click=_turn,
            args=(place - 1, len(blocks)),
        )
        st.button(
            "Next",
            key=Key.PROJECTOR_NEXT,
            disabled=place == len(blocks) - 1,
            on_click=_turn,
            args=(place + 1, len(blocks)),
        )
        said = f"{place + 1} of {len(blocks)} · {workshop_marks.titled(plan)}"
        st.html(element("p", said, class_="cw-stage-place"))
    _arrows(
        key=Key.PROJECTOR_ARROWS,
        on_step_change=lambda: _turn(place + _step(), len(blocks)),
    )


def _turn(place: int, count: int) -> None:
    st.session_state[Key.PROJECTOR_BLOCK] = max(0, min(place, count - 1))


def _step() -> int:
    """Which way an arrow key went."""
    step = st.session_state[Key.PROJECTOR_ARROWS].get("step")
    return {"on": 1, "back": -1}.get(step, 0)
