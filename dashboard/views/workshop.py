"""Workshop: a room weights in private, reveals together, and sees what divides it."""

from __future__ import annotations

import streamlit as st

from dashboard.model.errors import InputError
from dashboard.ui import (
    workshop_board,
    workshop_desk,
    workshop_keys,
    workshop_list,
    workshop_marks,
    workshop_projector,
)
from dashboard.ui.keys import Key
from dashboard.ui.workshop_desk import Desk
from dashboard.workshop.opened import Opened, opened
from dashboard.workshop.refusals import RefusedError


def draw() -> None:
    st.html(workshop_marks.style(projector=workshop_desk.is_projected()))
    try:
        _shown(opened())
    except RefusedError as error:
        _out_of_order(error.sentence)
    except InputError as error:
        _out_of_order(workshop_desk.said(error))


def _shown(store: Opened) -> None:
    workshop = workshop_desk.shown_workshop(store.store)
    if workshop is None:
        workshop_list.draw(store)
        return
    desk = Desk(store, workshop)
    if workshop_desk.is_projected():
        workshop_projector.draw(desk)
        return
    fresh = st.session_state.get(Key.WORKSHOP_NEW_KEY)
    if fresh is not None and fresh[0] == workshop.id:
        workshop_keys.show_new_key(desk, fresh[1])
    elif workshop_desk.has_key(desk):
        workshop_board.draw(desk)
    else:
        workshop_keys.ask_key(desk)


def _out_of_order(sentence: str) -> None:
    """The rest of the dashboard needs no database."""
    detail = f"{sentence} The other pages work as ever."
    st.html(workshop_marks.heading("", "Workshops cannot be opened at the moment", detail))


draw()
