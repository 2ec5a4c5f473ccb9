"""Fields for numbers: they take a decimal point or a comma, and keep what was typed.

Streamlit's own field is the browser's, which drops a comma without a word: "1,8" becomes 18.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from dashboard.model.typed_number import Limits, Unread, read_number, typed
from dashboard.ui.html import element
from dashboard.ui.keys import Key


@dataclass(frozen=True)
class NumberField:
    """A field for one number. ``otherwise`` : what it begins with, and counts as while empty."""

    key: Key
    limits: Limits
    otherwise: float | None = None

    def draw(
        self,
        label: str,
        width: int,
        *,
        help: str | None = None,  # noqa: A002  (as Streamlit calls it)
        placeholder: str | None = None,
        bind: Literal["query-params"] | None = None,
    ) -> float | Unread | None:
        """The number in the field, or why there is none; that stands below it as well."""
        with st.container(width=width, gap=None):
            st.text_input(
                label,
                "" if self.otherwise is None else typed(self.otherwise),
                key=self.key,
                help=help,
                placeholder=placeholder,
                bind=bind,
            )
            found = self.read()
            fault_beside(found.sentence if isinstance(found, Unread) else None)
        return found

    def read(self) -> float | Unread | None:
        """What the field holds now, also inside a callback."""
        text = st.session_state.get(self.key) or ""
        return read_number(text, self.limits) if text.strip() else self.otherwise


def fault_beside(sentence: str | None) -> None:
    """What is wrong with the field above."""
    if sentence:
        st.html(element("div", element("p", sentence), class_="cw-alert", role="alert"))
