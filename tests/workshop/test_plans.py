"""What a facilitator fills in, as a plan."""

from __future__ import annotations

import pytest

from dashboard.model.errors import InputError
from dashboard.model.question import Question
from dashboard.workshop.plans import default_groups, planned
from dashboard.workshop.records import Plan


def made(question: Question, title: str = "Try", groups: str = "") -> Plan:
    return planned(
        question,
        title=title,
        groups=groups,
        method="swing",
        small_groups=False,
        live_ranking=True,
        rehearsal=False,
    )


def test_the_perspectives_are_the_groups_and_keep_their_ids(shipped: Question) -> None:
    text = default_groups(shipped)
    assert text.splitlines()[0] == "Government of Ukraine"
    assert "Equal branches" not in text
    groups = made(shipped, groups=text).groups
    assert [group.id for group in groups] == [
        each.id for each in shipped.perspectives if each.points is not None
    ]


def test_other_names_get_ids_of_their_letters_each_another(shipped: Question) -> None:
    groups = made(shipped, groups="Zürich\nzurich\n\n  日本  \nUkraine").groups
    assert [(group.id, group.name) for group in groups] == [
        ("zurich", "Zürich"),
        ("zurich-2", "zurich"),
        ("group-3", "日本"),
        ("ukraine-2", "Ukraine"),
    ]


def test_no_groups_at_all_is_allowed(shipped: Question) -> None:
    assert made(shipped, groups=" \n\t\n").groups == ()


def test_names_stand_on_one_line_without_signs_that_turn_the_text(shipped: Question) -> None:
    plan = made(shipped, title=" A\u202e\tworkshop ", groups="Nor\u200eth")
    assert plan.title == "A workshop"
    assert plan.groups[0].name == "North"


@pytest.mark.parametrize(
    ("title", "groups", "said"),
    [
        ("  ", "", "the title is missing"),
        ("x" * 201, "", "the title has 201 letters"),
        ("Try", "North\nSouth\n North ", "the group “North” stands twice"),
        ("Try", "\n".join(f"g{i}" for i in range(41)), "there are 41 groups"),
        ("Try", "x" * 301, "a group's name has 301 letters"),
    ],
)
def test_what_cannot_be_is_said(title: str, groups: str, said: str, shipped: Question) -> None:
    with pytest.raises(InputError, match=said):
        made(shipped, title, groups)
