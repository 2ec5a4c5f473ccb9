"""A score is overridden for one reader; the question and its evidence stay."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.errors import InputError
from dashboard.model.overrides import (
    LONGEST_REASON,
    Override,
    TypedFaults,
    typed_override,
    with_overrides,
)
from dashboard.model.question import Question
from dashboard.model.settings import with_settings

CELL = ("sanctuary", "penetration")
HALVED = Override(*CELL, 1.0, 2.0, 3.0, "screening works")


def test_the_numbers_change_and_the_evidence_stays(shipped: Question) -> None:
    before = shipped.proposal("sanctuary").scores["penetration"]
    changed = with_overrides(shipped, [HALVED])
    after = changed.proposal("sanctuary").scores["penetration"]
    assert (after.low, after.likely, after.high) == (1, 2, 3)
    assert (after.evidence_class, after.confidence) == (("judgement",), "low")
    assert (after.evidence, after.rationale) == (before.evidence, before.rationale)
    held = changed.overridden(*CELL)
    assert held is not None
    assert (held.override, held.was) == (HALVED, before)
    assert changed.overridden("sanctuary", "retaliation") is None


def test_nothing_else_changes(shipped: Question) -> None:
    changed = with_overrides(shipped, [HALVED])
    different = [
        (proposal.id, criterion)
        for proposal in shipped.proposals
        for criterion, score in proposal.scores.items()
        if changed.proposal(proposal.id).scores[criterion] != score
    ]
    assert different == [CELL]
    assert shipped.overrides == ()
    assert changed.criteria == shipped.criteria


def test_no_override_is_the_question_itself(shipped: Question) -> None:
    assert with_overrides(shipped, ()) is shipped


def test_overrides_are_those_given_and_no_others(shipped: Question) -> None:
    other = Override("status-quo", "penetration", 0.0, 0.0, 0.0, "none come")
    changed = with_overrides(with_overrides(shipped, [HALVED]), [other])
    assert [held.override for held in changed.overrides] == [other]
    assert changed.proposal("sanctuary") == shipped.proposal("sanctuary")


def test_taking_all_back_gives_the_fingerprint_of_before(shipped: Question) -> None:
    changed = with_overrides(shipped, [HALVED])
    assert changed.fingerprint != shipped.fingerprint
    assert with_overrides(changed, ()).fingerprint == shipped.fingerprint


def test_an_override_of_an_override_remembers_the_files(shipped: Question) -> None:
    again = with_overrides(with_overrides(shipped, [HALVED]), [replace(HALVED, high=4.0)])
    held = again.overridden(*CELL)
    assert held is not None
    assert held.was == shipped.proposal("sanctuary").scores["penetration"]


def test_the_fingerprint_covers_the_reason(shipped: Question) -> None:
    """What is kept for all users is kept under it: no reader may be shown another's reason."""
    other = replace(HALVED, reason="another reason")
    prints = {with_overrides(shipped, [o]).fingerprint for o in (HALVED, other)}
    assert len(prints) == 2


def test_an_override_stands_above_a_setting(shipped: Question) -> None:
    cell = ("status-quo", "time-to-effect")
    mine = Override(*cell, 10.0, 20.0, 30.0, "some effect comes late")
    both = with_settings(with_overrides(shipped, [mine]), ["status-quo-acts-at-once"])
    assert both.proposal("status-quo").scores["time-to-effect"].likely == 20
    assert both.active_settings == ("status-quo-acts-at-once",)
    assert [held.override for held in both.overrides] == [mine]


def test_a_number_beyond_the_anchors_is_warned_of_without_blaming_a_file(
    shipped: Question,
) -> None:
    beyond = replace(HALVED, high=11.0)
    (warning,) = with_overrides(shipped, [beyond]).warnings
    assert (warning.file, warning.line) == ("overridden score of sanctuary", None)
    assert warning.what.startswith("high (11) of Hostile-service penetration is outside")


@pytest.mark.parametrize(
    ("override", "message"),
    [
        (
            replace(HALVED, proposal="sanctuar"),
            "overrides: unknown proposal 'sanctuar'; did you mean 'sanctuary'?",
        ),
        (
            replace(HALVED, criterion="penetratio"),
            "overrides: unknown criterion 'penetratio'; did you mean 'penetration'?",
        ),
        (
            replace(HALVED, low=2.5),
            "overrides: likely (2) is below low (2.5); put low <= likely <= high",
        ),
        (
            replace(HALVED, low=4.0, high=1.0),
            (
                "overrides: likely (2) is below low (4) and high (1) is below likely (2); "
                "put low <= likely <= high"
            ),
        ),
        (replace(HALVED, high=math.inf), "overrides: high is not a finite number; give one"),
        (replace(HALVED, low=math.nan), "overrides: low is not a finite number; give one"),
        (
            replace(HALVED, high=1e15),
            "overrides: high has more than 15 digits before the point; give a smaller number",
        ),
        (
            replace(HALVED, reason=" \n"),
            (
                "overrides: the reason is missing; "
                "say in a few words why the score should be different"
            ),
        ),
        (
            replace(HALVED, reason="x" * 501),
            "overrides: the reason has 501 characters; shorten it to 500 or fewer",
        ),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(
    override: Override, message: str, shipped: Question
) -> None:
    with pytest.raises(InputError) as caught:
        with_overrides(shipped, [override])
    assert str(caught.value) == message


def test_a_score_is_overridden_once(shipped: Question) -> None:
    with pytest.raises(InputError, match="sanctuary on penetration is overridden twice"):
        with_overrides(shipped, [HALVED, replace(HALVED, reason="again")])


def test_without_a_reason_is_what_came_by_a_link(shipped: Question) -> None:
    held = with_overrides(shipped, [replace(HALVED, reason=None)]).overridden(*CELL)
    assert held is not None
    assert held.override.reason is None


def test_what_was_typed_becomes_an_override(shipped: Question) -> None:
    override, faults = typed_override(shipped, CELL, ("1", "2", "3"), "  screening works\n")
    assert (override, faults) == (HALVED, TypedFaults())
    longest = "\u202e😀" * (LONGEST_REASON // 2)
    override, faults = typed_override(shipped, CELL, ("1", "2", "3"), longest)
    assert override is not None
    assert (override.reason, faults) == (longest, TypedFaults())


@pytest.mark.parametrize(
    ("numbers", "reason", "faults"),
    [
        (
            ("", "2", " "),
            "",
            TypedFaults(
                {"low": "Give a number for low.", "high": "Give a number for high."},
                ("The reason is missing; say in a few words why the score should be different.",),
            ),
        ),
        (
            ("1", "1,200", "3"),
            "why not",
            TypedFaults(
                {
                    "likely": "“1,200” can be read in two ways. Do you mean 1.2 or 1200? "
                    "Type the one that you mean."
                },
            ),
        ),
        (
            ("3", "2", "4"),
            "why not",
            TypedFaults({}, ("Likely (2) is below low (3); put low <= likely <= high.",)),
        ),
        (
            ("4", "5,5", "7,5"),
            "no change",
            TypedFaults(
                {},
                (
                    (
                        "These are the numbers that the score has in the files; "
                        "change at least one of them."
                    ),
                ),
            ),
        ),
    ],
)
def test_what_is_wrong_with_what_was_typed_is_said(
    numbers: tuple[str, str, str], reason: str, faults: TypedFaults, shipped: Question
) -> None:
    assert typed_override(shipped, CELL, numbers, reason) == (None, faults)


def test_a_decimal_comma_is_a_decimal_point(shipped: Question) -> None:
    override, _ = typed_override(shipped, CELL, ("1,25", "1,8", "2.5"), "a comma")
    assert override == Override(*CELL, 1.25, 1.8, 2.5, "a comma")


@given(st.tuples(st.floats(), st.floats(), st.floats()), st.text(max_size=600))
def test_any_numbers_and_reason_are_taken_or_refused_with_an_input_error(
    shipped: Question, numbers: tuple[float, float, float], reason: str
) -> None:
    low, likely, high = numbers
    override = Override(*CELL, low, likely, high, reason)
    fits = low <= likely <= high and all(abs(n) < 1e15 for n in numbers)
    try:
        changed = with_overrides(shipped, [override])
    except InputError:
        assert not (fits and reason.strip() and len(reason) <= LONGEST_REASON)
        return
    assert changed.proposal(CELL[0]).scores[CELL[1]].likely == likely
