"""Text of a file or a person inside Streamlit's labels, which are Markdown: shown as it is."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_\[\]<>#$~|!&{}])")
_SHORTCODE = re.compile(r":(?=[\w+-])")


def plain(text: str) -> str:
    """Text that Markdown leaves as it stands; without it, ``*a*`` would lean and ``:x:`` smile.

    A colon before a letter is parted from it by a sign without width: no escape stops Streamlit's
    names of icons and colours.
    """
    return _SHORTCODE.sub(":\u2060", _MARKS.sub(r"\\\1", text))
