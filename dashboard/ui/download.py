"""A file that is made when it is asked for and then handed to the browser.

Streamlit's own button for that names a file which the next run takes away: whoever moves a weight
and clicks at once may ask for one that is gone. Here the click is a run like any other, after the
move, so the file is of the weights that were moved.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import streamlit as st

from dashboard.ui.keys import Key

_mount = st.components.v2.component(
    "counterweight_download",
    js=Path(__file__).with_name("download.js").read_text(encoding="utf-8"),
)


class File(NamedTuple):
    """``kind`` : the media type."""

    name: str
    kind: str
    content: bytes


def offer(name: str, kind: str, content: bytes) -> None:
    """Have a file saved under a name; ``kind`` is its media type."""
    encoded = base64.b64encode(content).decode("ascii")
    st.session_state[Key.DOWNLOAD] = {"id": uuid4().hex, "name": name, "kind": kind, "b64": encoded}


def deliver() -> None:
    """Hand over what was offered, until the browser says that it has it."""
    if Key.DOWNLOAD in st.session_state:
        _mount(key=Key.DOWNLOADER, data=waiting(), on_saved_change=_saved)


def waiting() -> dict[str, Any]:
    """The file that has not been handed over yet."""
    held: dict[str, Any] = st.session_state[Key.DOWNLOAD]
    return held


def _saved() -> None:
    reported = st.session_state[Key.DOWNLOADER].get("saved")
    if Key.DOWNLOAD in st.session_state and reported == waiting()["id"]:
        del st.session_state[Key.DOWNLOAD]
