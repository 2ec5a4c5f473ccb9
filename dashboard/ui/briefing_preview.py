"""The pages of a briefing as images, made beside the page while the visitor goes on choosing."""

from __future__ import annotations

import base64
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard.report.briefing.brief import Brief
from dashboard.robustness.workers import RunCancelledError, Workers, part_of
from dashboard.ui import session
from dashboard.ui.background import Status
from dashboard.ui.briefs import brief_key
from dashboard.ui.cached import brief_findings, preview_desk
from dashboard.ui.html import Markup, element
from dashboard.ui.keys import Key

_POLL_SECONDS = 0.3
_STEPS = 4
_CSS = Path(__file__).with_name("briefing_preview.css").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Preview:
    """``images`` : a PNG of each page. ``headline`` : what it says first."""

    images: tuple[bytes, ...]
    headline: str


def draw(brief: Brief) -> None:
    """The page that is looked at, or how far its making is."""
    st.html(f"<style>{_CSS}</style>")
    key = brief_key(brief)
    status = preview_desk().ask(session.visitor(), key, lambda workers: _made(brief, workers))
    if status.result is not None:
        _pages(status.result)
    elif status.under_way:
        _progress(key)
    else:
        said = status.fault or "The making of the pages was stopped."
        st.html(element("p", said, role="status", class_="cw-meta"))
        st.button("Make the pages again", key=Key.BRIEFING_AGAIN, on_click=_again, args=(key,))


def _made(brief: Brief, workers: Workers) -> Preview:
    from dashboard.report.briefing.content import document_of  # noqa: PLC0415
    from dashboard.report.briefing.pdf import (  # noqa: PLC0415
        charts_of,
        page_images,
        refuse_unprintable,
    )

    def step(number: int) -> None:
        if workers.cancelled is not None and workers.cancelled():
            raise RunCancelledError
        if workers.progress is not None:
            workers.progress(number, _STEPS)

    step(0)
    found = brief_findings(brief, part_of(workers, 0, _STEPS))
    step(1)
    document = document_of(found)
    refuse_unprintable(found, document)
    charts = charts_of(found, document)
    step(2)
    images = page_images(document, charts, fonts=brief.layout.fonts)
    step(3)
    return Preview(tuple(images), document.headline)


@st.fragment(run_every=_POLL_SECONDS)
def _progress(key: Hashable) -> None:
    """Runs by itself, so that the fields beside it stand still until the pages are there."""
    status: Status[Preview] | None = preview_desk().look(session.visitor(), key)
    if status is None or not status.under_way:
        st.rerun()
    doing = ("Calculating", "Drawing the charts", "Setting the pages", "Setting the pages")
    at = min(int(status.share * _STEPS), _STEPS - 1)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.progress(status.share, f"{doing[at]} ...")
        st.button("Stop", key=Key.BRIEFING_STOP, on_click=_stop, args=(key,))


def _stop(key: Hashable) -> None:
    preview_desk().stop(session.visitor(), key)


def _again(key: Hashable) -> None:
    preview_desk().again(session.visitor(), key)


@st.fragment
def _pages(preview: Preview) -> None:
    """One page, and the way to its neighbours; only what is in sight is sent."""
    count = len(preview.images)
    at = min(int(st.session_state.get(Key.BRIEFING_PAGE, 0)), count - 1)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(element("p", f"Page {at + 1} of {count}", class_="cw-page-number", role="status"))
        if count > 1:
            for key, label, to in (
                (Key.BRIEFING_BACK, "Previous page", at - 1),
                (Key.BRIEFING_NEXT, "Next page", at + 1),
            ):
                st.button(label, key=key, disabled=not 0 <= to < count, on_click=_turn, args=(to,))
    st.html(_image(preview, at))


def _turn(to: int) -> None:
    st.session_state[Key.BRIEFING_PAGE] = to


def _image(preview: Preview, at: int) -> Markup:
    encoded = base64.b64encode(preview.images[at]).decode("ascii")
    told = f"Page {at + 1} of {len(preview.images)} of the briefing: {preview.headline}"
    return element("img", src=f"data:image/png;base64,{encoded}", alt=told, class_="cw-sheet")
