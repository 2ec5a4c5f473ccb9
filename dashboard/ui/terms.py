"""What a name stands for, one hover, focus or tap away: on every page, in every table.

A name is a button that carries its explanation; one script shows it, as WCAG 1.4.13 asks: it stays
while the pointer is on it or on the name, and Escape puts it away.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.model.palette import Look
from dashboard.model.proposals import Proposal
from dashboard.model.value_tree import Criterion
from dashboard.model.wording import meaning
from dashboard.ui.html import Markup, element, joined, mark
from dashboard.ui.keys import Key

_mount = st.components.v2.component(
    "counterweight_terms",
    js=Path(__file__).with_name("terms.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def explain() -> None:
    """Have the names of a page explain themselves; once a page, wherever."""
    _mount(key=Key.TERMS)


def option_meaning(proposal: Proposal) -> str:
    """The full name of an option, if a short one is shown, and what it is in a sentence."""
    return meaning(proposal.label, proposal.name, proposal.summary)


def criterion_meaning(criterion: Criterion) -> str:
    """The full name of a criterion, if a short one is shown, its definition and its unit."""
    told = meaning(criterion.label, criterion.name, criterion.definition)
    return f"{told} Unit: {criterion.unit}."


def criterion_name(criterion: Criterion) -> Markup:
    """A criterion as tables show it."""
    return term(criterion.label, criterion_meaning(criterion))


def option_name(proposal: Proposal, look: Look) -> Markup:
    """An option behind its mark, in its colour."""
    name = term(proposal.label, option_meaning(proposal))
    return element("span", mark(look), name, class_="cw-name")


def option_head(proposal: Proposal, look: Look) -> Markup:
    """An option as the head of a column; a rival is called one."""
    rival = element("span", "rival", class_="cw-band") if proposal.kind == "rival" else ""
    return joined([option_name(proposal, look), rival])


def term(shown: str, told: str) -> Markup:
    """A name that explains itself."""
    given = {"type": "button", "class_": "cw-term", "data_term": told}
    return element("button", shown, aria_description=told, **given)
