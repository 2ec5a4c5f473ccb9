"""The script Streamlit runs for every visitor: sign-in, question, navigation. It draws no page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.ui import frame, help_box, remembered, session, switching, terms
from dashboard.ui.cached import opened_question
from dashboard.ui.copy_link import copy_button
from dashboard.ui.garbage import set_imports_aside
from dashboard.ui.kept import desk as kept
from dashboard.ui.opened_briefings import all_served
from dashboard.ui.sign_in import account_line, ensure_signed_in

_HERE = Path(__file__).parent
_VIEWS = _HERE / "views"
_TELLS_WHO_LEADS = ("Why", "How sure", "Who disagrees", "Briefing")

set_imports_aside()

page = st.navigation(
    [
        st.Page(_VIEWS / "weigh.py", title="Weigh", default=True),
        st.Page(_VIEWS / "why.py", title="Why"),
        st.Page(_VIEWS / "how_sure.py", title="How sure", url_path="how-sure"),
        st.Page(_VIEWS / "who_disagrees.py", title="Who disagrees", url_path="who-disagrees"),
        st.Page(_VIEWS / "matrix.py", title="Matrix"),
        st.Page(_VIEWS / "evidence.py", title="Evidence"),
        st.Page(_VIEWS / "briefing.py", title="Briefing"),
        st.Page(_VIEWS / "workshop.py", title="Workshop"),
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
terms.explain()
ensure_signed_in()
served = all_served()
shown = switching.shown(served)
opened = opened_question(shown)
switching.sidebar(served)
beside = help_box.controls()
if opened.question is None:
    frame.notices(())
    frame.broken_question(shown.folder.name, opened.faults)
    account_line()
    remembered.deliver()
    st.stop()
session.start(opened.question)
kept.keep(shown, opened.question)
frame.notices(opened.faults)
# The page Workshop may be on a screen that a whole room sees.
if page.title != "Workshop":
    kept.line()
switching.offer(served)
# First of all, so that whoever copies the address never copies an older state than is shown.
session.write_address()
if not session.is_blind():
    with beside:
        copy_button(opened.question, session.current_choice())
frame.what_if_line(opened.question)
if session.is_blind() and page.title in _TELLS_WHO_LEADS:
    frame.covered()
else:
    page.run()
frame.footer(opened.question)
kept.foot()
account_line()
# Last, so that what a page asked to be remembered is handed over in the same run.
remembered.deliver()
