"""The script Streamlit runs for every visitor: sign-in, question, navigation. It draws no page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.ui import frame, session
from dashboard.ui.cached import question_folder
from dashboard.ui.question_folder import served_folder
from dashboard.ui.sign_in import ensure_signed_in

_HERE = Path(__file__).parent
_VIEWS = _HERE / "views"
_TELLS_WHO_LEADS = ("Why", "How sure", "Who disagrees")

page = st.navigation(
    [
        st.Page(_VIEWS / "weigh.py", title="Weigh", default=True),
        st.Page(_VIEWS / "why.py", title="Why"),
        st.Page(_VIEWS / "how_sure.py", title="How sure", url_path="how-sure"),
        st.Page(_VIEWS / "matrix.py", title="Matrix"),
        st.Page(_VIEWS / "evidence.py", title="Evidence"),
    ],
    position="top",
)
# The icon is a file of our own: a Material icon here would be fetched from a foreign host.
st.set_page_config(
    page_title=f"{page.title} · Counterweight",
    page_icon=_HERE / "ui" / "icon.svg",
    layout="wide",
    initial_sidebar_state="collapsed",
)
frame.style()
ensure_signed_in()
opened = question_folder(served_folder()).open()
if opened.question is None:
    frame.broken_question(opened.faults)
    st.stop()
session.start(opened.question)
frame.notices(opened.faults)
# First of all, so that whoever copies the address never copies an older state than is shown.
session.write_address()
frame.what_if_line(opened.question)
if session.is_blind() and page.title in _TELLS_WHO_LEADS:
    frame.covered()
else:
    page.run()
frame.footer(opened.question)
