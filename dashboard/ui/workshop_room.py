"""What a room said in its revealed rounds, from the store to the page."""

from __future__ import annotations

import streamlit as st

from dashboard.model.question import Question
from dashboard.robustness.room import Room
from dashboard.ui.workshop_annex import room_after
from dashboard.ui.workshop_desk import Desk
from dashboard.workshop.records import Workshop
from dashboard.workshop.revealed import revealed_rounds, rounds_of
from dashboard.workshop.store import Store


def revealed_numbers(desk: Desk) -> list[int]:
    """The rounds that everybody may see."""
    return [found.number for found in rounds_of(desk.store, desk.id) if found.is_revealed]


def question_of(desk: Desk) -> Question:
    """The question the room votes on, as it was when the workshop was made."""
    return desk.store.question(desk.workshop.fingerprint)


def room_of(desk: Desk, number: int) -> Room:
    """What the room said up to a round."""
    return _room(desk.store, desk.store.workshop(desk.id), number)


# The head of the log is another one after every event, a deletion too: nothing kept is outdated.
@st.cache_resource(
    show_spinner="Calculating what the room said",
    max_entries=30,
    hash_funcs={Store: lambda store: store.where, Workshop: lambda found: (found.id, found.head)},
)
def _room(store: Store, workshop: Workshop, number: int) -> Room:
    rounds = revealed_rounds(store, workshop.id)
    return room_after(store.question(workshop.fingerprint), workshop.plan, rounds, number)
