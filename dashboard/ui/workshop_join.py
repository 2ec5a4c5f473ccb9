"""How people come in: the address, its QR code, and the code in large type."""

from __future__ import annotations

import streamlit as st

from dashboard.ui import lan, sections, workshop_marks
from dashboard.ui.addresses import is_loopback
from dashboard.ui.html import Markup, element
from dashboard.ui.keys import Key
from dashboard.ui.markdown import plain
from dashboard.ui.qr import qr_image
from dashboard.ui.workshop_desk import Desk, tried
from dashboard.workshop.codes import shown_code

_ALONE = (
    "Phones cannot reach this server: it answers on this machine only. Stop it, and start it with "
    "this command; the workshop is still there then."
)
_COMMAND = "counterweight serve --address 0.0.0.0"


def base_address(desk: Desk) -> str:
    """The address that phones are sent to: as chosen, else the likeliest found."""
    chosen = desk.store.address(desk.id)
    return chosen or (_found() or [_own()])[0]


def join_address(desk: Desk) -> str:
    """Where a phone joins this workshop."""
    return f"{base_address(desk)}/w/{shown_code(desk.workshop.code)}"


def is_alone() -> bool:
    """Whether no phone can reach this server, whatever address it is sent to."""
    return is_loopback(st.get_option("server.address"))


def _found() -> list[str]:
    return lan.base_addresses(st.get_option("server.port"), st.get_option("server.address"))


def _own() -> str:
    return f"http://localhost:{st.get_option('server.port')}"


def draw(desk: Desk) -> None:
    """The way in, and the choice of its address."""
    if desk.workshop.state == "closed":
        return
    address = join_address(desk)
    if is_alone():
        st.html(
            element(
                "div",
                element("p", element("strong", "Nobody can join yet. "), _ALONE),
                element("p", element("code", _COMMAND)),
                class_="cw-ws-warning",
                role="note",
            )
        )
    st.html(way_in(address, desk.workshop.code))
    box = st.expander("Another address", key=Key.WORKSHOP_JOIN, on_change="rerun")
    if box.open:
        with box:
            _choose(desk)


def way_in(address: str, code: str) -> Markup:
    """Everything that somebody with a phone needs."""
    return element("div", qr_image(address), spelled_out(address, code), class_="cw-ws-join")


def spelled_out(address: str, code: str) -> Markup:
    """The same for who types."""
    return element(
        "div",
        element("p", "Scan, or open", class_="step"),
        element("p", element("bdi", address), class_="address"),
        element("p", "Code", class_="step"),
        workshop_marks.code(code),
        class_="cw-ws-typed",
    )


def _choose(desk: Desk) -> None:
    kept = base_address(desk)
    known = list(dict.fromkeys([kept, *_found()]))
    st.html(
        sections.small(
            "The laptop and the phones have to be on the same network. Try the address on one "
            "phone; where it does not open, take another."
        )
    )
    with st.form(f"{Key.WORKSHOP_ADDRESS}_form", border=False):
        st.selectbox("Found on this machine", known, key=Key.WORKSHOP_ADDRESS, format_func=plain)
        st.text_input("Or type one", key=Key.WORKSHOP_TYPED, placeholder="http://192.168.1.5:8501")
        st.form_submit_button(
            "Use this address", key=Key.WORKSHOP_TAKE_ADDRESS, on_click=_take, args=(desk,)
        )


def _take(desk: Desk) -> None:
    typed = (st.session_state[Key.WORKSHOP_TYPED] or "").strip()

    def take() -> None:
        address = lan.checked_address(typed or st.session_state[Key.WORKSHOP_ADDRESS])
        desk.facilitator().set_address(address)
        st.session_state[Key.WORKSHOP_TYPED] = ""

    tried(desk.opened, take)
