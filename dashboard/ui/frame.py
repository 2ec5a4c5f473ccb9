"""What stands around every page: style, notices, the disclaimer, and faults of the files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from dashboard import __version__
from dashboard.model.errors import MOST_SHOWN, Fault, InputError, in_a_sentence
from dashboard.model.question import Question
from dashboard.report.override_words import overrides_count, overrides_line
from dashboard.ui.html import element, joined
from dashboard.ui.keys import LOST_PARAMETER, Key
from dashboard.ui.markdown import plain
from dashboard.ui.session import add_notice, current_choice, take_notice

_CSS = Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def style() -> None:
    st.html(f"<style>{_CSS}</style>")


def page_title(
    finding: str, detail: str, over: str = "", ids: tuple[str, str] | None = None
) -> None:
    """The finding as the page's heading, above it the question, below it what it rests on.

    With ``ids`` of the two a component can keep them up to date; the detail then says by itself
    that it follows later, as long as it is marked as moving.
    """
    title, below = ids or (None, None)
    later = element("span", "Updates when you release the slider.", class_="cw-later")
    question = st.session_state.get(Key.QUESTION)
    above = " · ".join(part for part in (question.context.title if question else "", over) if part)
    parts = [
        element("p", above, class_="cw-over") if above else "",
        element("h1", finding, class_="cw-title", id=title),
        # A number and its sign stay on one line.
        element(
            "p",
            element("span", detail.replace(" %", "\u00a0%")),
            later if below else "",
            class_="cw-lead",
            id=below,
        ),
    ]
    st.html(joined(parts))


def weights_line(question: Question) -> str:
    """Whose weights a result stands on; shown wherever a result is."""
    choice = current_choice()
    names = [setting.name for setting in question.settings if setting.id in choice.settings]
    switched = f" Settings switched on: {'; '.join(names)}." if names else ""
    count = overrides_count(choice.overrides)
    overridden = f" {count}." if count else ""
    return f"Weights: {choice.label(question)}.{switched}{overridden}"


def what_if_line(question: Question) -> None:
    """Above every page as long as a score is overridden: no result is taken for the files' own."""
    overrides = current_choice().overrides
    if line := overrides_line(question, overrides):
        them = "it" if len(overrides) == 1 else "them"
        words = f"{line} You can review and undo {them} on the Why page."
        st.html(element("p", element("strong", "What if. "), words, class_="cw-whatif"))


def notices(faults: tuple[Fault, ...]) -> None:
    """Messages above the page: for the visitor once, about the files as long as they hold."""
    if (lost := st.query_params.get(LOST_PARAMETER)) is not None:
        del st.query_params[LOST_PARAMETER]
        add_notice(f"There is no page at the address “{lost[:80]}”; this is the first page.")
    if (notice := take_notice()) is not None:
        st.warning(plain(notice))
    if faults:
        st.error(
            "The files were edited and now have faults. The last good state is shown; "
            "it will follow the files again once they are put right."
        )
        _fault_list(faults)


def covered() -> None:
    """In place of a page that would tell who leads a visitor who weighs without knowing."""
    page_title(
        "This page is hidden until you confirm your weights",
        "You chose to weigh without seeing the ranking. Confirm the weights on the page Weigh, and "
        "this page opens.",
    )


def refused(error: InputError) -> None:
    """Why something that was asked for is not made, and what to do."""
    words = element("p", in_a_sentence(error))
    st.html(element("div", words, class_="cw-refused", role="alert"))


def broken_question(folder: str, faults: Sequence[Fault]) -> None:
    """The page shown when the question of a folder cannot be read at all."""
    page_title(
        "The question cannot be read yet",
        "Put these right in the files and reload the page; nothing else is needed.",
        f"Folder {folder}",
    )
    _fault_list(faults)


def _fault_list(faults: Sequence[Fault]) -> None:
    items = joined(
        element("li", element("strong", fault.what), f". {_sentence(fault.remedy)} ", _place(fault))
        for fault in faults[:MOST_SHOWN]
    )
    if len(faults) > MOST_SHOWN:
        items = joined([items, element("li", f"and {len(faults) - MOST_SHOWN:,} more")])
    st.html(element("ul", items, class_="cw-faults"))


def _place(fault: Fault) -> str:
    place = fault.file if fault.line is None else f"{fault.file}, line {fault.line}"
    return element("span", place, class_="cw-place")


def _sentence(words: str) -> str:
    ending = "" if words.endswith(("?", ".")) else "."
    return words[:1].upper() + words[1:] + ending


def footer(question: Question) -> None:
    """The disclaimer and the identity of the input, on every page."""
    identity = f"Counterweight {__version__} · question {question.fingerprint[:12]}"
    st.html(
        element(
            "footer",
            element("p", question.context.disclaimer),
            element("p", f"{identity} · {question.context.marking} · informs, does not decide"),
            class_="cw-footer",
        )
    )
