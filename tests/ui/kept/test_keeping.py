"""When what a browser keeps is taken over, when it is offered, and what is never written over."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dashboard.model.overrides import Override
from dashboard.model.question import Question
from dashboard.ui.briefs import Wanted
from dashboard.ui.choice import choose_perspective, default_choice
from dashboard.ui.kept import keeping as acts
from dashboard.ui.kept.keeping import Keeping
from dashboard.ui.kept.record import LONGEST, Work, kept_text
from dashboard.ui.kept.reports import Changed, Found, read_report, when_words
from dashboard.ui.link import decode, encode
from dashboard.ui.saved_weights import SavedWeights

SLOT, OTHER = "0123456789ab", "ba9876543210"
WHEN = 29_931_242
"""28 November 2026 at 14:02."""


@pytest.fixture
def nothing(shipped: Question) -> Work:
    return Work(default_choice(shipped))


@pytest.fixture
def own(shipped: Question) -> Work:
    """Weights of a perspective, an overridden score with its reason, and a marking."""
    choice = choose_perspective(shipped, default_choice(shipped), "human-rights")
    override = Override("sanctuary", "accountability", 1.0, 2.0, 3.0, "a court ruled on it")
    return Work(replace(choice, overrides=(override,)), wanted=Wanted(marking="Draft"))


def found(question: Question, work: Work, keeping: Keeping, **changes: object) -> Found:
    given = {
        "visit": keeping.visit,
        "slot": SLOT,
        "when": WHEN,
        "text": kept_text(question, work),
        "edited": False,
        "fresh": False,
        "asked": False,
        "others": [],
    }
    report = read_report(Found, given | changes)
    assert report is not None
    return report


def test_a_visit_that_begins_with_nothing_takes_it_over_and_says_so(
    shipped: Question, nothing: Work, own: Work
) -> None:
    keeping = acts.begun(shipped, nothing, nothing)
    answer = acts.on_found(shipped, nothing, keeping, found(shipped, own, keeping))
    assert answer.work == replace(own, choice=replace(own.choice, revision=0))
    assert answer.keeping.slot == SLOT
    assert answer.keeping.line is not None
    assert answer.keeping.line.said == (
        "Restored from this browser, as kept on 28 November 2026 at 14:02. Weights: Human-rights "
        "NGOs; 1 score is overridden (1 reason); for the briefing: marking “Draft”."
    )


def test_the_link_of_the_same_work_gets_its_reasons_and_marking_back(
    shipped: Question, nothing: Work, own: Work
) -> None:
    text = encode(shipped, own.choice)
    assert text is not None
    now = Work(decode(shipped, text))
    assert now.choice.overrides[0].reason is None
    keeping = acts.begun(shipped, now, nothing)
    answer = acts.on_found(shipped, now, keeping, found(shipped, own, keeping))
    assert answer.work is not None
    assert answer.work.choice.overrides[0].reason == "a court ruled on it"
    assert answer.work.wanted.marking == "Draft"


def test_a_link_of_other_weights_goes_before_what_is_kept_which_is_offered(
    shipped: Question, nothing: Work, own: Work
) -> None:
    now = Work(choose_perspective(shipped, nothing.choice, "ukraine"))
    keeping = acts.begun(shipped, now, nothing)
    answer = acts.on_found(shipped, now, keeping, found(shipped, own, keeping))
    assert answer.work is None
    assert answer.keeping.slot is None
    assert answer.keeping.line is not None
    assert answer.keeping.line.loads == (("Load what is kept", SLOT),)
    assert "The address brought other weights. What is kept is unchanged." in (
        answer.keeping.line.said
    )
    # What is done from now on is written elsewhere.
    changed = acts.to_write(answer.keeping, kept_text(shipped, nothing))
    assert changed.slot not in (None, SLOT)
    # Asked for, it is taken over.
    asked = acts.asked_for(answer.keeping, SLOT)
    report = found(shipped, own, asked, asked=True)
    assert acts.on_found(shipped, now, asked, report).work is not None


def test_nothing_is_written_before_something_was_changed(shipped: Question, nothing: Work) -> None:
    keeping = acts.begun(shipped, nothing, nothing)
    assert acts.to_write(keeping, kept_text(shipped, nothing)).slot is None


def test_a_move_made_before_the_answer_is_not_undone(
    shipped: Question, nothing: Work, own: Work
) -> None:
    keeping = acts.begun(shipped, nothing, nothing)
    moved = Work(choose_perspective(shipped, nothing.choice, "ukraine"))
    answer = acts.on_found(shipped, moved, keeping, found(shipped, own, keeping))
    assert answer.work is None
    assert answer.keeping.line is not None
    assert answer.keeping.line.kind == "offered"


def test_what_was_typed_before_the_answer_is_not_replaced(
    shipped: Question, nothing: Work, own: Work
) -> None:
    """Not even where the weights are those that are kept."""
    kept = replace(own, saved=(SavedWeights("ours", dict(own.choice.points)),))
    begun = Work(own.choice)
    keeping = acts.begun(shipped, begun, nothing)
    report = found(shipped, kept, keeping)
    assert acts.on_found(shipped, begun, keeping, report).work is not None
    for now in (
        replace(begun, wanted=Wanted(marking="Restricted")),
        replace(begun, saved=(SavedWeights("mine", dict(own.choice.points)),)),
    ):
        answer = acts.on_found(shipped, now, keeping, report)
        assert answer.work is None
        assert answer.keeping.line is not None
        assert answer.keeping.line.kind == "offered"
    # A page that comes back to a server that forgot it brings what was typed with it.
    same = replace(begun, wanted=kept.wanted)
    assert acts.on_found(shipped, same, keeping, report).work is not None


def test_another_question_of_the_same_name_is_not_called_an_edit(
    shipped: Question, nothing: Work, own: Work
) -> None:
    keeping = acts.begun(shipped, nothing, nothing)
    text = json.loads(kept_text(shipped, own))
    points = text["choice"]["points"]
    others = {f"other-{at}": value for at, value in enumerate(points.values())}
    for changed, edited in ((others, False), (dict(list(points.items())[3:]), True)):
        text["choice"]["points"] = changed
        report = found(shipped, own, keeping, edited=True, text=json.dumps(text))
        answer = acts.on_found(shipped, nothing, keeping, report)
        assert answer.keeping.answered
        assert (answer.work is not None, answer.keeping.line is not None) == (edited, edited)


def test_what_is_too_long_is_kept_again_once_it_is_shorter(
    shipped: Question, nothing: Work
) -> None:
    keeping = replace(acts.begun(shipped, nothing, nothing), answered=True, slot=SLOT)
    long = acts.within_length(keeping, "x" * (LONGEST + 1))
    assert (long.off, long.slot) == ("long", SLOT)
    assert acts.within_length(long, "x" * LONGEST) == keeping
    forgotten = replace(keeping, off="forgotten")
    assert acts.within_length(forgotten, "x" * (LONGEST + 1)) == forgotten


def test_what_was_answered_is_not_taken_over_again(
    shipped: Question, nothing: Work, own: Work
) -> None:
    keeping = replace(acts.begun(shipped, nothing, nothing), answered=True)
    assert acts.on_found(shipped, nothing, keeping, found(shipped, own, keeping)).work is None
    unasked = found(shipped, own, keeping, asked=True)
    assert acts.on_found(shipped, nothing, keeping, unasked).work is None


def test_a_record_that_does_not_fit_whole_is_left_as_it_is(
    shipped: Question, nothing: Work, own: Work
) -> None:
    keeping = acts.begun(shipped, nothing, nothing)
    gone = replace(own, choice=replace(own.choice, settings=("gone",)))
    answer = acts.on_found(shipped, nothing, keeping, found(shipped, gone, keeping))
    assert answer.work is not None
    assert answer.keeping.slot != SLOT
    assert answer.keeping.line is not None
    assert answer.keeping.line.said.endswith(
        "The question was edited since: a setting that is gone is left out."
    )


def test_a_damaged_record_is_said_and_left(shipped: Question, nothing: Work) -> None:
    keeping = acts.begun(shipped, nothing, nothing)
    report = found(shipped, nothing, keeping, text="{")
    answer = acts.on_found(shipped, nothing, keeping, report)
    assert answer.work is None
    assert answer.keeping.slot is None
    assert answer.keeping.line is not None
    assert "is damaged or from another version" in answer.keeping.line.said


def test_another_tab_that_wrote_is_said_and_both_can_be_kept(
    shipped: Question, nothing: Work
) -> None:
    keeping = replace(acts.begun(shipped, nothing, nothing), answered=True, slot=SLOT)
    changed = Changed(visit=keeping.visit, kind="written", slot=SLOT, when=WHEN, fork=None)
    said = acts.on_changed(keeping, changed)
    assert said.line is not None
    assert "Nothing was overwritten" in said.line.said
    assert acts.kept_both(said, SLOT).slot not in (None, SLOT)
    forked = acts.on_changed(keeping, changed.model_copy(update={"fork": OTHER}))
    assert acts.kept_both(forked, SLOT).slot == OTHER


def test_after_a_clearing_elsewhere_nothing_more_is_kept(shipped: Question, nothing: Work) -> None:
    keeping = replace(acts.begun(shipped, nothing, nothing), answered=True, slot=SLOT)
    changed = Changed(visit=keeping.visit, kind="cleared", slot=SLOT, when=0, fork=None)
    assert acts.on_changed(keeping, changed).off == "cleared"


def test_starting_again_leaves_what_was_kept(shipped: Question, nothing: Work) -> None:
    keeping = replace(acts.begun(shipped, nothing, nothing), answered=True, slot=SLOT)
    again = acts.started_again(shipped, keeping, nothing)
    assert again.slot is None
    assert again.line is not None
    assert again.line.loads == (("Bring it back", SLOT),)
    assert acts.to_write(again, kept_text(shipped, nothing)).slot is None


@pytest.mark.parametrize(
    "reported",
    [
        None,
        "x",
        {},
        {"visit": "0" * 32, "kind": "written", "slot": "../../x", "when": 0, "fork": None},
        {"visit": "0" * 32, "kind": "written", "slot": SLOT, "when": -1, "fork": None},
        {"visit": "0" * 32, "kind": "written", "slot": SLOT, "when": 10**30, "fork": None},
        {"visit": "0" * 32, "kind": "eaten", "slot": SLOT, "when": 0, "fork": None},
        {"visit": "0" * 32, "kind": "gone", "slot": SLOT, "when": 0, "fork": None, "x": "\ud800"},
    ],
)
def test_a_malformed_report_is_none(reported: object) -> None:
    assert read_report(Changed, reported) is None


def test_when_is_said_in_the_time_of_whoever_sits_there() -> None:
    assert when_words(0) == "1 January 1970 at 00:00"
    assert when_words(60 * 24 * 365 * 200) == "13 November 2169 at 00:00"
