"""What pages are made of: a finding with what belongs to it, sentences, and tables that open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.ui.html import Markup, element, joined
from dashboard.ui.keys import Key


def section(finding: str, *content: Markup | str) -> None:
    """A finding as a heading, and what it rests on."""
    st.html(element("section", element("h2", finding, class_="cw-h2"), *content))


def opened(key: Key, title: str, make: Callable[[], Markup]) -> None:
    """A table that is made when it is opened."""
    box = st.expander(title, key=key, on_change="rerun")
    if box.open:
        with box:
            st.html(make())


def sentence(said: str) -> Markup:
    return element("p", said, class_="cw-sure")


def small(said: str) -> Markup:
    return element("p", said, class_="cw-meta")


def alert(faults: Sequence[str]) -> None:
    """What keeps something from being done, a sentence each; nothing where there is none."""
    if faults:
        items = joined(element("p", fault) for fault in faults)
        st.html(element("div", items, class_="cw-alert", role="alert"))
