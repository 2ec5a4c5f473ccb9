"""User text in a label stays what it is."""

from __future__ import annotations

import pytest

from dashboard.ui.markdown import plain


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("A plain title, 5 %", "A plain title, 5 %"),
        ("*lean* [x](y)", "\\*lean\\* \\[x\\](y)"),
        ("<b>$x$", "\\<b\\>\\$x\\$"),
        (":smile: at 5:30", ":\u2060smile: at 5:\u206030"),
        ("Title: rest", "Title: rest"),
    ],
)
def test_marks_are_escaped(text: str, safe: str) -> None:
    assert plain(text) == safe
