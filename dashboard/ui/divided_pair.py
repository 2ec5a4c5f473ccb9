"""Which two perspectives are held against each other, and on which two options.

Both are kept in the session and in the address, as long as they are a visitor's choice.
"""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from dashboard.ui.keys import DIVIDED_OPTION_PARAMETERS, DIVIDED_PARAMETERS, Key


def divided_pair(known: Collection[str], preset: tuple[str, str]) -> tuple[str, str]:
    """The ids of two perspectives: as chosen in this visit, else from the address, else preset."""
    return _chosen(Key.DIVIDED, DIVIDED_PARAMETERS, known) or preset


def divided_options(known: Collection[str], preset: tuple[str, str]) -> tuple[str, str]:
    """The ids of two options, likewise."""
    return _chosen(Key.DIVIDED_OPTIONS, DIVIDED_OPTION_PARAMETERS, known) or preset


def on_divided() -> None:
    """Other perspectives come with options of their own."""
    st.session_state[Key.DIVIDED] = (
        st.session_state[Key.PERSPECTIVE],
        st.session_state[Key.AGAINST],
    )
    st.session_state[Key.DIVIDED_OPTIONS] = None


def on_divided_options() -> None:
    st.session_state[Key.DIVIDED_OPTIONS] = (
        st.session_state[Key.OPTION],
        st.session_state[Key.RIVAL],
    )


def _chosen(
    key: Key, parameters: tuple[str, str], known: Collection[str]
) -> tuple[str, str] | None:
    """What was chosen, if it is still there; the address follows."""
    if key in st.session_state:
        chosen = st.session_state[key]
    else:
        chosen = tuple(st.query_params.get(name, "") for name in parameters)
    if chosen is None or not set(chosen) <= set(known):
        for name in parameters:
            st.query_params.pop(name, None)
        return None
    first, second = chosen
    st.session_state[key] = (first, second)
    st.query_params.update(dict(zip(parameters, (first, second), strict=True)))
    return first, second
