"""A missed minimum stands beside the finding of Weigh and Why, and in its cell of the matrix."""

from __future__ import annotations

import html
import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui.question_folder import Opened, QuestionFolder
from tests.report.questions import CAUTION, tender
from tests.views.test_pages import opened, words


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuestionFolder, "open", lambda _: Opened(tender(), ()))


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("page", ["weigh", "why"])
def test_weigh_and_why_say_it_beside_their_finding(page: str) -> None:
    # Equal branches: 6.7 on average for Bid C and 6.5 for Bid B.
    assert CAUTION in lead(opened(page))


@pytest.mark.usefixtures("served")
def test_the_matrix_marks_the_cell_and_lists_the_minimum() -> None:
    shown = words(opened("matrix"))
    assert "3.8 3.8 of 5 points needed 3.4 to 4.2" in shown
    assert (
        "Criterion 1 : at least 5 points minimum meets meets misses 3.8 of 5 points needed" in shown
    )


def lead(app: AppTest) -> str:
    """What stands right under the finding of a page."""
    markup = " ".join(element.proto.body for element in app.get("html"))
    said = re.search(r'<p [^>]*class="cw-lead"[^>]*>(.*?)</p>', markup)
    assert said is not None
    return html.unescape(re.sub(r"<[^>]+>", "", said[1]))
