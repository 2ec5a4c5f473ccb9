"""The forms of a briefing that can be taken along: each is made when it is asked for."""

from __future__ import annotations

import io
import zipfile

import streamlit as st

from dashboard.report.briefing.brief import Brief
from dashboard.report.forms import FORMS, Form
from dashboard.ui import cached, download
from dashboard.ui.briefs import file_name
from dashboard.ui.keys import form_key

_ZIP = "application/zip"
_WHEN = (1980, 1, 1, 0, 0, 0)
"""Of files in an archive: the earliest it can say, so that equal content gives equal bytes."""


def draw(briefs: tuple[Brief, ...]) -> None:
    """A button for each form; of several briefings each form comes as one ZIP."""
    with st.container(horizontal=True, gap="small", wrap=True):
        for place, form in enumerate(FORMS):
            label = form.label if len(briefs) < 2 else f"{form.label} ({len(briefs)}, ZIP)"
            asked = st.button(
                label,
                key=form_key(form.ending),
                type="primary" if place == 0 else "secondary",
                disabled=not briefs,
            )
            if asked:
                _offer(form, briefs)
    download.deliver()


def _offer(form: Form, briefs: tuple[Brief, ...]) -> None:
    if len(briefs) == 1:
        with st.spinner(f"Making the {form.label} file"):
            content = cached.briefing(briefs[0], form.ending)
        download.offer(file_name(briefs[0], form.ending), form.kind, content)
        return
    bar = st.progress(0.0, "Making the first one")
    files = {}
    for done, brief in enumerate(briefs):
        bar.progress(done / len(briefs), f"{done} of {len(briefs)} made: {brief.weighting.label}")
        files[file_name(brief, form.ending)] = cached.briefing(brief, form.ending)
    bar.empty()
    download.offer(_archive_name(form, briefs), _ZIP, _zipped(files))


def _archive_name(form: Form, briefs: tuple[Brief, ...]) -> str:
    brief = briefs[0]
    return file_name(brief, f"-and-{len(briefs) - 1}-more-{form.ending.strip('.')}.zip")


def _zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _WHEN), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
