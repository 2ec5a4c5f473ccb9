"""Links inside the dashboard that keep the visit.

They are plain links with an address of their own, so they can be copied, opened in another tab and
followed by keyboard. A plain click is taken over: a browser would load the page again, and with it
lose what was only typed, such as a search.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from dashboard.model.overrides import Cell
from dashboard.ui.html import Markup, element, joined
from dashboard.ui.keys import (
    ENTRY_PARAMETER,
    QUESTION_PARAMETER,
    SCORE_PARAMETER,
    STATE_PARAMETER,
    Key,
)

_PAGE, _PATH = "views/evidence.py", "evidence"
_LONGEST = 200
"""Characters of the id of an entry or a score that is asked for; none is longer."""

_mount = st.components.v2.component(
    "counterweight_links",
    js=Path(__file__).with_name("inner_links.js").read_text(encoding="utf-8"),
)


def follow_links() -> None:
    """Take clicks on links of this page over; to be called before anything is drawn."""
    asked = _mount(key=Key.LINKS, on_go_change=lambda: None).go
    if not isinstance(asked, str):
        return
    kind, _, target = asked.partition("=")
    if not target:
        st.switch_page(_PAGE)
    if kind in (SCORE_PARAMETER, ENTRY_PARAMETER) and len(target) <= _LONGEST:
        st.switch_page(_PAGE, query_params={kind: target})


def score_link(cell: Cell, content: object, **attributes: object) -> Markup:
    """A link to the reasons of a score."""
    return _link(SCORE_PARAMETER, ".".join(cell), content, **attributes)


def entry_link(key: str, content: object, **attributes: object) -> Markup:
    """A link to an entry of the register."""
    return _link(ENTRY_PARAMETER, key, content, **attributes)


def all_link(content: object, **attributes: object) -> Markup:
    """A link back to all evidence."""
    return _link(ENTRY_PARAMETER, "", content, **attributes)


def past(what: str, content: object) -> Markup:
    """Content with many links, and before it one past all of them for whoever goes by keyboard."""
    end = f"past-{what}"
    link = element("a", f"Skip the {what}", href=f"#{end}", data_past=end, class_="cw-skip")
    place = element("p", f"End of the {what}", id=end, tabindex="-1", class_="cw-sr")
    return joined([link, content, place])


def _link(kind: str, target: str, content: object, **attributes: object) -> Markup:
    given = {name: st.query_params.get(name) for name in (QUESTION_PARAMETER, STATE_PARAMETER)}
    query = {kind: target, **given}
    return element(
        "a",
        content,
        href=f"{_PATH}?{urlencode({name: value for name, value in query.items() if value})}",
        data_go=f"{kind}={target}",
        target="_self",
        **attributes,
    )
