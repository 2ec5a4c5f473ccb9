"""Evidence: what the weight rests on, from claims to scores and back, and how it all was made."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import streamlit as st

from dashboard.methods.evaluate import Evaluation
from dashboard.model.entry import Entry
from dashboard.model.overrides import Cell
from dashboard.model.register import register, search
from dashboard.model.wording import counted
from dashboard.report import evidence_words as words
from dashboard.robustness.evidence_weight import EvidenceUse, evidence_use
from dashboard.ui import evidence_address as address
from dashboard.ui import evidence_tables as tables
from dashboard.ui import frame, sections, session
from dashboard.ui.html import Markup, element, joined
from dashboard.ui.inner_links import all_link, follow_links
from dashboard.ui.keys import Key
from dashboard.ui.paging import options_page

_ALL = "Everything"
_SHOWN_SUPPORTS = 8
"""Rows of the table of sources that stand open; the entries themselves hold the rest."""


def draw() -> None:
    follow_links()
    st.html(tables.style())
    evaluation = session.current_evaluation()
    entries = register(evaluation.question)
    if (cell := address.opened_score(evaluation.question)) is not None:
        _score(evaluation, cell)
    elif (entry := address.opened_entry(entries)) is not None:
        _entry(evaluation, entry)
    else:
        _overview(evaluation)
        _search(entries)


def _overview(evaluation: Evaluation) -> None:
    frame.page_title(words.judgement_finding(evaluation), words.judgement_lead(evaluation))
    st.html(
        joined(
            [
                sections.small(frame.weights_line(evaluation.question)),
                tables.shares_html(evaluation),
                element("p", words.shares_sentence(evaluation), class_="cw-sr"),
                sections.small(words.BESIDE),
            ]
        )
    )
    with st.container(gap="xsmall"):
        sections.opened(
            Key.EVIDENCE_SHARES,
            "The shares as a table, and by option",
            lambda: tables.shares_table(evaluation, _options(evaluation, Key.SHARES_PAGE)),
        )
        sections.opened(
            Key.EVIDENCE_MAP,
            "By option and criterion: what each score rests on",
            lambda: tables.evidence_map(evaluation, _options(evaluation, Key.MAP_PAGE)),
        )
        sections.opened(
            Key.EVIDENCE_WEIGHT, "Which evidence carries most", lambda: _use(evaluation)
        )


def _options(evaluation: Evaluation, key: Key) -> list[int]:
    return options_page(range(len(evaluation.question.proposals)), key)


def _use(evaluation: Evaluation) -> Markup:
    use = evidence_use(evaluation)
    return joined(
        [
            element("h2", words.use_finding(use), class_="cw-h2"),
            tables.use_table(use, _SHOWN_SUPPORTS),
            sections.small(words.USE_NOTE),
        ]
    )


# ------------------------------------------------------------------------- one thing opened


def _score(evaluation: Evaluation, cell: Cell) -> None:
    _back()
    use = evidence_use(evaluation)
    frame.page_title(words.score_finding(evaluation, cell), words.score_lead(evaluation, cell, use))
    st.html(
        joined(
            [
                sections.small(frame.weights_line(evaluation.question)),
                tables.score_html(evaluation, cell),
            ]
        )
    )


def _entry(evaluation: Evaluation, entry: Entry) -> None:
    _back()
    use = evidence_use(evaluation)
    support = use.by_evidence.get(entry.evidence) if entry.evidence else None
    frame.page_title(words.entry_finding(entry, support), entry.title if entry.evidence else "")
    st.html(tables.entry_body(entry))
    if support is None:
        return
    st.html(element("p", words.entry_loss(support), class_="cw-said"))
    for caption, cells in _cells(evaluation, entry, use):
        st.html(tables.cells_table(use, cells, support.evidence, caption))
    st.html(sections.small(frame.weights_line(evaluation.question)))


def _cells(evaluation: Evaluation, entry: Entry, use: EvidenceUse) -> list[tuple[str, list[Cell]]]:
    """The scores that name an entry; those on criteria that a claim bears on come first."""
    cells = list(use.cells[entry.evidence or ""])
    criteria = address.claim_criteria(evaluation.question, entry)
    if criteria is None:
        return [("Scores that name it", cells)]
    bears, others = words.claims_first(cells, criteria)
    split = [
        ("Scores on the criteria that this claim bears on", bears),
        ("Other scores that name its paragraph", others),
    ]
    return [(caption, held) for caption, held in split if held]


def _back() -> None:
    st.html(element("p", all_link("All evidence"), class_="cw-back"))


# ---------------------------------------------------------------------------------- search


def _search(entries: tuple[Entry, ...]) -> None:
    groups = [group for group, _ in groupby(entries, key=lambda entry: entry.group)]
    typed = address.search_box()
    found = search(entries, typed)
    counts_by_group = {**Counter(entry.group for entry in found), _ALL: len(found)}
    chosen = st.segmented_control(
        "Show",
        [*groups, _ALL],
        default=groups[0],
        required=True,
        format_func=lambda group: f"{group} {counts_by_group.get(group, 0)}",
        wrap=True,
    )
    # A search that finds nothing in the chosen group looks everywhere, rather than show nothing.
    if typed and not counts_by_group.get(chosen):
        chosen = _ALL
    shown = [entry for entry in found if chosen in (_ALL, entry.group)]
    st.html(element("p", _summary(len(shown), len(found), typed), class_="cw-meta", role="status"))
    for group, members in groupby(shown, key=lambda entry: entry.group):
        listed = list(members)
        heading = element("h2", f"{group} ({len(listed)})", class_="cw-h2")
        st.html(heading + tables.entries_html(listed))


def _summary(shown: int, found: int, typed: str) -> str:
    if typed and not found:
        return f"Nothing holds all the words of “{typed}”. Try fewer words."
    elsewhere = f", {found - shown} in other groups" if found > shown else ""
    return f"{counted(shown, 'entry', 'entries')} shown{elsewhere}"


draw()
