"""The forms of a briefing that can be taken along: each is made when it is asked for.

It is made beside the page, of what was chosen when it was asked for; the visitor may go on.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Hashable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard.report.briefing.brief import Brief
from dashboard.report.forms import FORMS, Form
from dashboard.robustness.workers import RunCancelledError, Workers
from dashboard.ui import cached, download, session
from dashboard.ui.background import Status
from dashboard.ui.briefs import brief_key, file_name
from dashboard.ui.download import File
from dashboard.ui.html import element
from dashboard.ui.keys import Key, form_key

_ZIP = "application/zip"
_WHEN = (1980, 1, 1, 0, 0, 0)
"""Of files in an archive: the earliest it can say, so that equal content gives equal bytes."""

_POLL_SECONDS = 0.3
_CALCULATED = 0.3
"""The share of the time after which numbers are there, and writing begins."""

_STEPS = 1000
"""Of a share, which is told in whole numbers."""


@dataclass(frozen=True, eq=False)
class _Asked:
    """What is being made for a visitor."""

    form: Form
    briefs: tuple[Brief, ...]

    @property
    def key(self) -> Hashable:
        return self.form.ending, *(brief_key(brief) for brief in self.briefs)


def draw(briefs: tuple[Brief, ...]) -> None:
    """A button for each form; of several briefings each form comes as one ZIP."""
    with st.container(horizontal=True, gap="small", wrap=True):
        for place, form in enumerate(FORMS):
            label = form.label if len(briefs) < 2 else f"{form.label} ({len(briefs)}, ZIP)"
            st.button(
                label,
                key=form_key(form.ending),
                type="primary" if place == 0 else "secondary",
                disabled=not briefs,
                on_click=_click,
                args=(form.ending,),
            )
    _take_click(briefs)
    if Key.BRIEFING_ASKED in st.session_state:
        _follow(st.session_state[Key.BRIEFING_ASKED])
    download.deliver()


def _click(ending: str) -> None:
    st.session_state[Key.BRIEFING_CLICKED] = ending


def _take_click(briefs: tuple[Brief, ...]) -> None:
    """Ask for what the fields say in this run.

    A click that leaves a field comes in one run with what was typed there; what a button carries
    was set in the run before, and would be of the text before.
    """
    ending = st.session_state.pop(Key.BRIEFING_CLICKED, None)
    for form in FORMS:
        if form.ending == ending and briefs:
            asked = _Asked(form, briefs)
            st.session_state[Key.BRIEFING_ASKED] = asked
            cached.file_desk().again(session.visitor(), asked.key)


def _follow(asked: _Asked) -> None:
    """How far it is; once it is made, it is handed over."""
    status = cached.file_desk().ask(session.visitor(), asked.key, partial(_made, asked))
    if status.result is not None:
        del st.session_state[Key.BRIEFING_ASKED]
        download.offer(*status.result)
    elif status.under_way:
        _progress(asked)
    else:
        said = status.fault or "The making of the file was stopped."
        st.html(element("p", said, role="status", class_="cw-meta"))


def _made(asked: _Asked, workers: Workers) -> File:
    """Each briefing takes the same part of the bar, and its calculation a part of that."""
    form, briefs, files = asked.form, asked.briefs, {}

    def tell(done: int, before: float, share: float = 0.0, _: str = "") -> None:
        if workers.cancelled is not None and workers.cancelled():
            raise RunCancelledError
        if workers.progress is not None:
            here = before + (1 - before) * share
            workers.progress(round((done + here) * _STEPS), len(briefs) * _STEPS)

    for done, brief in enumerate(briefs):
        tell(done, 0.0)
        cached.brief_findings(brief)
        written = partial(tell, done, _CALCULATED)
        written(0.0)
        files[file_name(brief, form.ending)] = cached.briefing(brief, form.ending, written)
    if len(briefs) == 1:
        ((name, content),) = files.items()
        return File(name, form.kind, content)
    return File(_archive_name(form, briefs), _ZIP, _zipped(files))


@st.fragment(run_every=_POLL_SECONDS)
def _progress(asked: _Asked) -> None:
    """Runs by itself, so that the fields beside it stand still until the file is there."""
    desk = cached.file_desk()
    status: Status[File] | None = desk.look(session.visitor(), asked.key)
    if status is None or not status.under_way:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.progress(status.share, _doing(asked, status.share))
        st.button("Stop", key=Key.BRIEFING_ASKED_STOP, on_click=_stop, args=(asked,))


def _doing(asked: _Asked, share: float) -> str:
    label, count = asked.form.label, len(asked.briefs)
    if count == 1:
        return f"Making the file: {label}"
    done = min(int(share * count), count - 1)
    return f"{label}: {done} of {count} made, now {asked.briefs[done].weighting.label}"


def _stop(asked: _Asked) -> None:
    cached.file_desk().stop(session.visitor(), asked.key)


def _archive_name(form: Form, briefs: tuple[Brief, ...]) -> str:
    brief = briefs[0]
    return file_name(brief, f"-and-{len(briefs) - 1}-more-{form.ending.strip('.')}.zip")


def _zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _WHEN), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
