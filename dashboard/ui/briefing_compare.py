"""Two briefings side by side: what changed in data and weights, and what that did to the ranks."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard.model.wording import counted, number
from dashboard.report.briefing.brief import Brief
from dashboard.report.save_file.differences import Differences, RankRow, differences, sentences
from dashboard.report.save_file.question_differences import Change, Group
from dashboard.ui import frame, sections, session
from dashboard.ui.briefing_open import read, uploaded
from dashboard.ui.briefs import choice_brief, today
from dashboard.ui.html import Markup, element, table
from dashboard.ui.keys import Key, changes_key

_DETAIL = (
    "Drop two briefings, or one to compare it with what is shown now. First the results, then "
    "what changed."
)
_SHOWN = 8


def draw() -> None:
    heading = st.container()
    left, right = st.columns(2, gap="large")
    with left:
        first = uploaded("First briefing (PDF)", Key.BRIEFING_FIRST)
        was = read(first) if first else None
    with right:
        second = uploaded("Second briefing (PDF), or what is shown now", Key.BRIEFING_SECOND)
        now = read(second) if second else None
    if was is None or (second is not None and now is None):
        with heading:
            frame.page_title("Nothing to compare yet", _DETAIL)
        return
    other = now.brief if now is not None else _shown()
    found = differences(was.brief, other)
    with heading:
        frame.page_title(_title(found), " ".join(sentences(found)), "Two briefings compared")
    if found.same:
        return
    _ranks(found)
    for place, group in enumerate(found.groups):
        _group(group, place)
    if found.printed:
        _group(Group("Only printed differently", found.printed), len(found.groups))


def _shown() -> Brief:
    question, choice = session.current_question(), session.current_choice()
    return choice_brief(question, choice, session.wanted().short.layout(today()))


def _title(found: Differences) -> str:
    if found.same:
        return "The two briefings rest on the same"
    names = {row.id: row.name for row in found.ranks}
    leaders = [" and ".join(names[key] for key in side.leaders) for side in (found.was, found.now)]
    count = sum(len(group.changes) for group in found.groups)
    said = counted(count, "difference")
    if leaders[0] == leaders[1]:
        return f"{leaders[1]} leads in both, with {said}"
    return f"{leaders[1]} leads instead of {leaders[0]}, with {said}"


def _ranks(found: Differences) -> None:
    rows = [
        [
            row.name,
            *(_cell(value) for value in (row.rank_was, row.rank_now)),
            *(_score(value) for value in (row.score_was, row.score_now)),
        ]
        for row in found.ranks
    ]
    head = ["Option", "Rank, first", "Rank, second", "Score, first", "Score, second"]
    moved = counted(sum(map(_is_moved, found.ranks)), "option")
    made = table(head, rows, caption="Ranks and scores of each option in both", numeric=range(1, 5))
    sections.section(f"{moved} with another rank", made)


def _is_moved(row: RankRow) -> bool:
    return row.rank_was != row.rank_now


def _cell(value: int | None) -> str:
    return "-" if value is None else str(value)


def _score(value: float | None) -> str:
    return "-" if value is None else number(value, 1)


def _group(group: Group, place: int) -> None:
    """The largest changes at once, all of them when they are asked for."""
    title = f"{group.name}: {counted(len(group.changes), 'change')}"
    sections.section(title, _changes(group.changes[:_SHOWN], title))
    left = len(group.changes) - _SHOWN
    if left > 0:
        box = st.expander(
            f"Show all {len(group.changes)}", key=changes_key(place), on_change="rerun"
        )
        if box.open:
            with box:
                st.html(_changes(group.changes, f"All of: {title}"))


def _changes(changes: Iterable[Change], caption: str) -> Markup:
    rows = [[change.what, element("span", change.was), change.now] for change in changes]
    return table(["What", "First", "Second"], rows, caption=caption)
