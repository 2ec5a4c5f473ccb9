"""One click away on every page: the words, how likely is likely, and how to begin."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.report import glossary
from dashboard.ui.choice import Choice
from dashboard.ui.html import Markup, element, joined, table
from dashboard.ui.keys import Key

_CSS = Path(__file__).with_name("help_box.css").read_text(encoding="utf-8")


def controls() -> DeltaGenerator:
    """Two buttons at the top right, beside the navigation; what they open is made when asked.

    Returns the place before them.
    """
    st.html(f"<style>{_CSS}</style>")
    with st.container(key=Key.HELP, horizontal=True, gap="xsmall"):
        place = st.container(key=Key.HELP_FIRST)
        if st.button("Words", key=Key.GLOSSARY, type="tertiary"):
            _words()
        if st.button("How likely?", key=Key.LIKELIHOOD, type="tertiary"):
            _how_likely()
    return place


@st.dialog("Words, and how to begin", width="large")
def _words() -> None:
    st.html(
        joined(
            [
                element("ol", joined(element("li", step) for step in glossary.FIRST_STEPS)),
                element("dl", joined(_entry(entry) for entry in glossary.GLOSSARY)),
            ]
        ),
        width="stretch",
    )


def _entry(entry: glossary.Entry) -> Markup:
    art = element("span", f" ({entry.art})", class_="cw-soft") if entry.art else ""
    return element("div", element("dt", entry.term, art), element("dd", entry.meaning))


@st.dialog("How likely is likely?", width="medium")
def _how_likely() -> None:
    st.html(
        joined(
            [
                element("p", glossary.LIKELIHOOD_RULE),
                table(
                    ["Word", "Share of samples"],
                    glossary.likelihood_rows(),
                    caption="A word holds from its lower limit up to its upper one",
                    class_="fit",
                ),
                element("h3", "How good is the evidence?"),
                element("p", glossary.CONFIDENCE_RULE),
                table(
                    ["Confidence", "What it says of the evidence"],
                    glossary.CONFIDENCE,
                    caption="The three words for evidence",
                    class_="fit",
                ),
            ]
        )
    )


def welcome(choice: Choice) -> None:
    """How to begin, until it is put away or the first choice is made.

    Who opens a link with weights came to see a result, and is not kept from it: a choice is made.
    """
    untouched = choice.origin == "default" and not choice.settings and not choice.overrides
    if not untouched:
        st.session_state[Key.WELCOMED] = True
    if st.session_state.get(Key.WELCOMED):
        return
    with st.container(key=Key.WELCOME, horizontal=True, vertical_alignment="center", gap="small"):
        st.html(element("ol", joined(element("li", step) for step in glossary.FIRST_STEPS)))
        st.button("Got it", key=Key.WELCOME_DONE, type="tertiary", on_click=_put_away)


def _put_away() -> None:
    st.session_state[Key.WELCOMED] = True
