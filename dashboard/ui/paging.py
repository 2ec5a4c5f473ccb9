"""Many options on a page: fifty at a time, and a control that leads to the others."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.ui.keys import Key

PAGE = 50
"""Options that a table draws at once; thousands would keep a browser busy for seconds."""


def options_page(rows: Sequence[int], key: Key) -> list[int]:
    """The rows to draw: all of a few, of many those of the page that the visitor has chosen."""
    if len(rows) <= PAGE:
        return list(rows)

    def said(start: int) -> str:
        return f"{start + 1:,} to {min(start + PAGE, len(rows)):,} of {len(rows):,}"

    start = st.selectbox(
        "Options shown",
        range(0, len(rows), PAGE),
        format_func=said,
        key=key,
        width=220,
    )
    return list(rows[start : start + PAGE])


def chosen_page(rows: Sequence[int], key: Key) -> list[int]:
    """The rows of the page that ``options_page`` has drawn the control for, in the same run."""
    start = st.session_state.get(key, 0) if len(rows) > PAGE else 0
    return list(rows[start : start + PAGE])


def first_page(rows: Sequence[int]) -> list[int]:
    """The rows to draw where there is no room for a control."""
    return list(rows[:PAGE])
