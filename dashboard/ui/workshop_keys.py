"""The facilitator's key: shown once, asked for, and replaced where it was lost."""

from __future__ import annotations

import streamlit as st

from dashboard.ui import sections, workshop_desk, workshop_marks
from dashboard.ui.keys import Key


def show_new_key(desk: workshop_desk.Desk, key: str) -> None:
    """The key of a workshop, once."""
    title = workshop_marks.titled(desk.workshop.plan)
    about = (
        "It opens this board from any browser, and is asked for again after a restart of the "
        "server. It is shown this once, gone when this page is reloaded, and kept nowhere that "
        "can be read; whoever has the pages of this server can make a new one, which ends this one."
    )
    st.html(workshop_marks.heading(title, "Keep the facilitator's key", about))
    with st.container(key=f"{Key.WORKSHOP_NEW_KEY}_box"):
        st.code(key, language=None)
    st.button(
        "I have kept it; open the board",
        key=Key.WORKSHOP_KEY_KEPT,
        type="primary",
        on_click=lambda: st.session_state.pop(Key.WORKSHOP_NEW_KEY, None),
    )


def ask_key(desk: workshop_desk.Desk) -> None:
    """The board is for who has the key; staff may make a new one."""
    plan = desk.workshop.plan
    detail = "It was shown when the workshop was made. Your browser may have kept it."
    st.html(
        workshop_marks.heading(
            workshop_marks.titled(plan), "The board opens with the facilitator's key", detail
        )
    )
    said = workshop_desk.take_said()
    if said:
        st.html(workshop_marks.refused(said))
    with st.form(Key.WORKSHOP_KEY_OPEN, border=False):
        st.text_input("Facilitator's key", type="password", key=Key.WORKSHOP_KEY, width=360)
        st.form_submit_button(
            "Open the board",
            key=Key.WORKSHOP_KEY_SUBMIT,
            type="primary",
            on_click=_give,
            args=(desk,),
        )
    box = st.expander("The key is lost", key=Key.WORKSHOP_KEY_LOST, on_change="rerun")
    if box.open:
        with box:
            st.html(
                sections.sentence(
                    "Make a new one. The old key is worth nothing from then on, whoever holds it, "
                    "and the workshop's log says that the key was replaced."
                )
            )
            sure = st.checkbox("Yes, replace the key", key=Key.WORKSHOP_KEY_SURE)
            st.button(
                "Make a new key",
                key=Key.WORKSHOP_KEY_NEW,
                disabled=not sure,
                on_click=_replace,
                args=(desk,),
            )
    st.button("All workshops", key=Key.WORKSHOP_ALL, type="tertiary", on_click=workshop_desk.leave)


def _give(desk: workshop_desk.Desk) -> None:
    workshop_desk.give_key(desk, st.session_state[Key.WORKSHOP_KEY] or "")


def _replace(desk: workshop_desk.Desk) -> None:
    def make() -> None:
        key = desk.store.replace_key(desk.id)
        workshop_desk.hold_key(desk.id, key)
        st.session_state[Key.WORKSHOP_NEW_KEY] = desk.id, key

    workshop_desk.tried(desk.opened, make)
