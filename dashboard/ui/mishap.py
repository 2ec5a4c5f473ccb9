"""What a visitor sees when the program itself fails: one calm sentence, and what to do."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.ui.html import element

_CSS = Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def show(_: Exception) -> bool:
    """Stand in for Streamlit's box with the name of the fault.

    Streamlit has written the traceback to the terminal by then. A test that runs a page without a
    server never comes here: there the fault stays as loud as it is.
    """
    # The fault may have come before the page brought its style.
    st.html(f"<style>{_CSS}</style>")
    st.html(
        element(
            "section",
            element("h1", "This page stopped because of a fault in the program", class_="cw-title"),
            element(
                "p",
                "It is not your doing, and your weights are still in the address bar: reload the "
                "page, or go on with another one above. If it comes back, tell whoever runs the "
                "server what you clicked last; the details stand in its terminal.",
                class_="cw-lead",
            ),
            class_="cw-mishap",
            role="alert",
        )
    )
    return True
