"""Small pieces of the workshop's pages, and their style."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.ui.html import Markup, element, joined
from dashboard.ui.keys import Key
from dashboard.workshop import words
from dashboard.workshop.codes import shown_code
from dashboard.workshop.records import Plan, Pulse

_HERE = Path(__file__).parent
_CSS = (_HERE / "workshop.css").read_text(encoding="utf-8")
_PROJECTOR_CSS = (_HERE / "workshop_projector.css").read_text(encoding="utf-8")

_countdown = st.components.v2.component(
    "counterweight_countdown",
    html='<p class="countdown" role="timer"></p>',
    css=(_HERE / "countdown.css").read_text(encoding="utf-8"),
    js=(_HERE / "countdown.js").read_text(encoding="utf-8"),
)


def style(*, projector: bool = False) -> Markup:
    """The style of all that follows, once a page."""
    return Markup(f"<style>{_CSS}{_PROJECTOR_CSS if projector else ''}</style>")


def heading(over: str, finding: str, detail: str = "") -> Markup:
    """The finding as the page's heading, and above it the workshop."""
    return joined(
        [
            element("p", over, class_="cw-over") if over else "",
            element("h1", finding, class_="cw-title"),
            element("p", detail, class_="cw-lead") if detail else "",
        ]
    )


def rehearsal_line(plan: Plan) -> Markup | str:
    """Above everything of a rehearsal."""
    if not plan.rehearsal:
        return ""
    said = " They are no evidence of what anybody wants."
    return element("p", element("strong", f"{words.REHEARSAL}."), said, class_="cw-whatif")


def titled(plan: Plan) -> str:
    """The title, with the mark of a rehearsal."""
    return f"{plan.title} · {words.REHEARSAL}" if plan.rehearsal else plan.title


def refused(sentence: str) -> Markup:
    """What was not done, and why; read out when it appears."""
    return element("p", sentence, class_="cw-ws-refused", role="alert")


def code(letters: str) -> Markup:
    """The code in large type."""
    return element("p", shown_code(letters), class_="cw-ws-code")


def counts(pulse: Pulse) -> Markup:
    """How many joined and voted, by group where there are any."""
    plan, by_group = pulse.workshop.plan, {count.group: count for count in pulse.counts}
    begun = pulse.workshop.round is not None
    rows, nobody = [], []
    for identifier, name in _groups(plan):
        count = by_group.get(identifier)
        if count is None:
            nobody += [name] if identifier else []
        else:
            rows.append(_count_row(name, count.joined, count.voted, begun=begun))
    if pulse.joined and not plan.groups:
        rows = [_count_row("Everybody", pulse.joined, pulse.voted, begun=begun)]
    absent = f"Nobody yet: {', '.join(nobody)}." if nobody else ""
    return joined(
        [
            element("ul", joined(rows), class_="cw-ws-counts") if rows else "",
            element("p", absent, class_="cw-meta") if absent else "",
        ]
    )


def _groups(plan: Plan) -> list[tuple[str, str]]:
    return [*((group.id, group.name) for group in plan.groups), ("", words.NO_GROUP)]


def _count_row(name: str, joined_: int, voted: int, *, begun: bool) -> Markup:
    share = 100 * voted / joined_ if joined_ else 0
    said = f"{voted} of {joined_} voted" if begun else f"{joined_} joined"
    bar = element("i", style=f"width:{share:.1f}%") if begun else ""
    return element(
        "li",
        element("span", name, class_="who"),
        element("span", bar, class_="bar", aria_hidden="true"),
        element("span", said, class_="said"),
    )


def countdown(pulse: Pulse, *, large: bool = False) -> None:
    """What is left of the open round; the browser counts on by itself."""
    left, current = pulse.seconds_left, pulse.workshop.round
    if left is None or current is None:
        return
    until = {"round": current.number, "closes_at": current.closes_at}
    _countdown(key=Key.WORKSHOP_COUNTDOWN, data={**until, "left": round(left, 1), "large": large})
