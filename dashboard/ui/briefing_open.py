"""A briefing that is dropped in: what is inside, whether it holds, and the way to open it."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable

import streamlit as st

from dashboard import __version__
from dashboard.methods.evaluate import Evaluation
from dashboard.methods.second_opinions import Opinion
from dashboard.model.errors import MOST_SHOWN, InputError
from dashboard.model.wording import counted
from dashboard.report.briefing.words import long_date
from dashboard.report.save_file.restore import Restored
from dashboard.report.save_file.verify import Verification, sentences, verify
from dashboard.robustness.verdict import verdict
from dashboard.robustness.workers import Workers
from dashboard.ui import cached, frame, sections, session
from dashboard.ui.html import element, joined
from dashboard.ui.keys import Key
from dashboard.ui.opened_briefings import is_served, open_brief

_WEIGH = "views/weigh.py"
_POLL_SECONDS = 0.5
_DETAIL = (
    "Drop a PDF that Counterweight wrote. What is inside is shown first; nothing changes before "
    "you open it."
)


def uploaded(label: str, key: Key) -> tuple[str, bytes] | None:
    """A PDF from the visitor's computer: its name and its bytes."""
    given = st.file_uploader(label, type=["pdf"], key=key)
    return None if given is None else (given.name[:120], given.getvalue())


def read(file: tuple[str, bytes]) -> Restored | None:
    """What a file holds; where it holds nothing, the sentence why is shown."""
    name, content = file
    try:
        return cached.restored_briefing(content, name)
    except InputError as error:
        refused(str(fault) for fault in error.faults[:MOST_SHOWN])
        return None


def refused(faults: Iterable[str]) -> None:
    """Each fault in a line, and that nothing was changed by it."""
    lines = joined(element("p", fault) for fault in faults)
    said = element("p", "Nothing was loaded; what you had is unchanged.")
    st.html(element("div", lines, said, class_="cw-refused", role="alert"))


def draw() -> None:
    heading = st.container()
    file = uploaded("A briefing (PDF)", Key.BRIEFING_FILE)
    if file is None:
        with heading:
            frame.page_title("A briefing opens again, with all that it rests on", _DETAIL)
        return
    found = read(file)
    if found is None:
        with heading:
            frame.page_title("This file cannot be opened", _DETAIL)
        return
    with heading:
        headline = verdict(found.brief.evaluation).headline
        frame.page_title(headline, _inside(found), "Inside the briefing")
    if found.changes:
        refused(f"{change[:1].upper()}{change[1:]}." for change in found.changes)
    else:
        st.html(sections.small(_effect(found)))
        if st.button("Open it", key=Key.BRIEFING_OPEN, type="primary"):
            open_brief(found.brief)
            st.switch_page(_WEIGH)
    _verification(file)


def _inside(found: Restored) -> str:
    brief = found.brief
    parts = [
        f"“{brief.question.context.title}”, weights: {brief.weighting.label}.",
        f"Written on {long_date(brief.layout.date)} by version {found.manifest.version}.",
    ]
    if brief.overrides:
        parts.append(f"{counted(len(brief.overrides), 'score')} overridden, with reasons.")
    if brief.settings:
        parts.append(f"{counted(len(brief.settings), 'setting')} switched on.")
    fingerprints = brief.question.fingerprint[:12], found.manifest.inputs[:12]
    parts.append("Fingerprints: question {}, inputs {}.".format(*fingerprints))
    return " ".join(parts)


def _effect(found: Restored) -> str:
    if is_served(found.brief.question):
        return (
            "Its question is the one served here. Opening takes over weights, settings and scores."
        )
    return (
        "Its question is another than those served here. Opening adds it to the list at the left, "
        "for this visit only."
    )


# ------------------------------------------------------------------------------ verification


def _verification(file: tuple[str, bytes]) -> None:
    """Whether pages and results follow from what is attached; calculated beside the page."""
    from dashboard.report.briefing.pdf import briefing_pdf  # noqa: PLC0415

    name, content = file

    def opinions(evaluation: Evaluation) -> tuple[Opinion, ...]:
        # scikit-criteria is asked on one thread only.
        return cached.opinion_desk().ask(evaluation).result()

    def work(_: Workers) -> Verification:
        return verify(content, name, briefing_pdf, opinions, version=__version__)

    key = ("verify", hashlib.sha256(content).hexdigest())
    status = cached.verification_desk().ask(session.visitor(), key, work)
    if status.result is not None:
        _verdict(status.result)
    elif status.under_way:
        _progress(key)
    else:
        st.html(sections.small(status.fault or "The check was stopped."))
        again = cached.verification_desk().again
        st.button(
            "Check again",
            key=Key.BRIEFING_VERIFY_AGAIN,
            on_click=again,
            args=(session.visitor(), key),
        )


@st.fragment(run_every=_POLL_SECONDS)
def _progress(key: Hashable) -> None:
    status = cached.verification_desk().look(session.visitor(), key)
    if status is None or not status.under_way:
        st.rerun()
    st.html(element("p", "Calculating it again to compare ...", role="status", class_="cw-meta"))


def _verdict(found: Verification) -> None:
    first, *rest = sentences(found)
    heading = "It says what follows from its inputs" if found.same else "It does not hold"
    sections.section(
        heading,
        element("p", first, class_="cw-sure", role="status"),
        element("ul", joined(element("li", sentence) for sentence in rest), class_="cw-notes"),
    )
