"""Evidence: everything the evaluation rests on, searchable."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import streamlit as st

from dashboard.model.entry import Entry
from dashboard.model.evidence_share import evidence_counts
from dashboard.model.register import register, search
from dashboard.model.wording import counted
from dashboard.ui import frame, session
from dashboard.ui.html import Markup, address_link, element, joined
from dashboard.ui.keys import Key

_ALL = "Everything"


def draw() -> None:
    question = session.current_question()
    counts = evidence_counts(question)
    frame.page_title(
        f"{counts.judgement_only} of {counts.scores} scores rest on judgement alone",
        f"{counts.public_fact} draw on a public fact and {counts.source} on the source text. "
        f"Confidence in the evidence is low for {counts.low}, moderate for {counts.moderate} and "
        f"high for {counts.high}.",
    )
    entries = register(question)
    groups = [group for group, _ in groupby(entries, key=lambda entry: entry.group)]
    typed = st.text_input(
        "Search",
        key=Key.SEARCH,
        placeholder="a word or several: Interpol, crypto, consent",
        width=480,
        bind="query-params",
    )
    found = search(entries, typed or "")
    counts_by_group = {**Counter(entry.group for entry in found), _ALL: len(found)}
    chosen = st.segmented_control(
        "Show",
        [*groups, _ALL],
        default=groups[0],
        required=True,
        format_func=lambda group: f"{group} {counts_by_group.get(group, 0)}",
    )
    # A search that finds nothing in the chosen group looks everywhere, rather than show nothing.
    if typed and not counts_by_group.get(chosen):
        chosen = _ALL
    shown = [entry for entry in found if chosen in (_ALL, entry.group)]
    st.html(element("p", _summary(len(shown), len(found), typed), class_="cw-meta", role="status"))
    for group, members in groupby(shown, key=lambda entry: entry.group):
        listed = list(members)
        st.html(element("h2", f"{group} ({len(listed)})", class_="cw-h2") + _list(listed))


def _summary(shown: int, found: int, typed: str | None) -> str:
    if typed and not found:
        return f"Nothing holds all the words of “{typed}”. Try fewer words."
    elsewhere = f", {found - shown} in other groups" if found > shown else ""
    return f"{counted(shown, 'entry', 'entries')} shown{elsewhere}"


def _list(entries: list[Entry]) -> Markup:
    return element("ul", joined(_entry(entry) for entry in entries), class_="cw-list")


def _entry(entry: Entry) -> Markup:
    lines = joined(element("span", line, class_="cw-meta") for line in entry.lines)
    links = joined((address_link(address) for address in entry.addresses), " · ")
    return element(
        "li", entry.title, lines, element("span", links, class_="cw-meta") if links else ""
    )


draw()
