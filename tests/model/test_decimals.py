"""Performances that differ look different, without a setting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.overrides import Override, with_overrides
from dashboard.model.question import Question
from dashboard.model.question_files import question_files
from dashboard.model.settings import with_settings
from dashboard.model.wording import performance, performances
from dashboard.report.override_words import now_words, was_words
from tests.report.questions import make_question


def shares(*likely: float, decimals: int | None = None, best: float = 1.0) -> Question:
    """One criterion from 0 to ``best`` without bands."""
    made = make_question({f"option-{i}": [value] for i, value in enumerate(likely)}, spread=0.0)
    (branch,) = made.tree.branches
    scale = {"worst": 0.0, "best": best, "unit": "share", "decimals": decimals, "curve": None}
    criterion_ = branch.criteria[0].model_copy(update=scale)
    branches = (branch.model_copy(update={"criteria": (criterion_,)}),)
    return made.replace(tree=made.tree.model_copy(update={"branches": branches}))


def shown(question: Question) -> list[str]:
    (only,) = question.criteria
    return [performance(p.scores[only.id].likely, only) for p in question.proposals]


def test_shares_show_as_many_decimals_as_they_need_without_a_setting() -> None:
    assert shown(shares(1, 0.666667, 0.5, 0.333333)) == [
        "1 share",
        "0.67 share",
        "0.5 share",
        "0.33 share",
    ]


@pytest.mark.parametrize(
    ("likely", "best", "words"),
    [
        ((12, 30), 100, ["12", "30"]),  # whole numbers stay whole
        ((12.3, 30), 100, ["12", "30"]),  # a tenth is worth a tenth of a point
        ((12.3, 12.4), 100, ["12.3", "12.4"]),
        ((1450.4, 1700), 2200, ["1,450", "1,700"]),
        ((0.3, 40), 100, ["0.3", "40"]),  # not nothing
        ((0.04, 0.05), 0.12, ["0.04", "0.05"]),
        ((0.99991, 0.99993), 1, ["0.99991", "0.99993"]),
        ((0.1 + 0.2, 0.3), 1, ["0.3", "0.3"]),  # the same but for rounding
        ((0.9996, 0.5), 1, ["0.9996", "0.5"]),  # and not yet the best
    ],
)
def test_decimals_follow_from_the_numbers_and_the_anchors(
    likely: tuple[float, ...], best: float, words: list[str]
) -> None:
    assert shown(shares(*likely, best=best)) == [f"{word} share" for word in words]


def test_a_number_of_decimals_in_the_file_holds_unless_numbers_would_look_equal() -> None:
    assert shown(shares(0.6, 0.2, decimals=0)) == ["0.6 share", "0.2 share"]
    assert shown(shares(12.34, 30.1, decimals=0, best=100)) == ["12 share", "30 share"]
    assert shown(shares(12.34, 12.41, decimals=0, best=100)) == ["12.3 share", "12.4 share"]


def test_the_file_keeps_what_was_written_of_decimals() -> None:
    question = shares(0.25, 0.5)
    assert question.criteria[0].decimals == 2
    assert question.tree.branches[0].criteria[0].decimals is None
    assert "decimals" not in question_files(question)["criteria/value-tree.yaml"]
    assert with_settings(question, []).fingerprint == question.fingerprint


def test_an_override_brings_its_own_decimals_and_keeps_those_of_before() -> None:
    question = shares(12, 30, best=100)
    changed = with_overrides(question, [Override("option-0", "criterion-0", 12.3, 12.3, 12.3, "x")])
    (held,) = changed.overrides
    assert (was_words(changed, held), now_words(changed, held)) == (
        "12 share",
        "12.3 share",
    )


def test_numbers_that_are_not_of_the_question_look_different_beside_each_other() -> None:
    (only,) = shares(4, 9, best=10).criteria
    assert performances([4, 4.02], only) == ["4", "4.02"]


@given(
    st.lists(st.floats(-1e6, 1e6).map(lambda x: round(x, 5)), min_size=1, max_size=12, unique=True)
)
def test_numbers_that_differ_look_different(numbers: list[float]) -> None:
    question = shares(*numbers, best=1e6)
    assert len(set(shown(question))) == len(numbers)
