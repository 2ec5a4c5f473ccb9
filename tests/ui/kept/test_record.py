"""What a browser keeps, as text and back: whole, checked, and never believed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard.model.load import load_question
from dashboard.model.overrides import Override
from dashboard.model.question import Question
from dashboard.report.briefing.names import LENGTHS
from dashboard.ui.briefs import CHOOSABLE, Wanted
from dashboard.ui.choice import Choice, choose_perspective, default_choice
from dashboard.ui.kept.record import LONGEST, UnreadableError, Work, fitted, kept_text, read_kept
from dashboard.ui.saved_weights import SavedWeights
from tests.conftest import ROOT

QUESTION = load_question(ROOT)
IDS = [criterion.id for criterion in QUESTION.criteria]
CELLS = [(p.id, c) for p in QUESTION.proposals for c in IDS]
LINE = some.text(
    some.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=30
).map(str.strip)
POINTS = some.lists(some.floats(0.001, 1000), min_size=len(IDS), max_size=len(IDS)).map(
    lambda given: {i: value * 100 / sum(given) for i, value in zip(IDS, given, strict=True)}
)


def _override(cell: tuple[str, str]) -> some.SearchStrategy[Override]:
    numbers = some.lists(some.floats(-1e6, 1e6), min_size=3, max_size=3).map(sorted)
    reason = some.none() | LINE.filter(bool)

    def made(given: tuple[list[float], str | None]) -> Override:
        low, likely, high = given[0]
        return Override(*cell, low, likely, high, given[1])

    return some.tuples(numbers, reason).map(made)


OVERRIDES = some.lists(some.sampled_from(CELLS), unique=True, max_size=6).flatmap(
    lambda cells: some.tuples(*(_override(cell) for cell in cells))
)
CHOICES = some.builds(
    Choice,
    origin=some.just("own"),
    perspective=some.none() | some.sampled_from([p.id for p in QUESTION.perspectives]),
    points=POINTS,
    locked=some.sets(some.sampled_from(IDS)).map(lambda ids: tuple(i for i in IDS if i in ids)),
    settings=some.sets(some.sampled_from([s.id for s in QUESTION.settings])).map(
        lambda ids: tuple(s.id for s in QUESTION.settings if s.id in ids)
    ),
    kept=some.none() | POINTS,
    overrides=OVERRIDES,
)
WANTED = some.builds(
    Wanted,
    whose=some.sampled_from(["shown", "perspectives"]),
    length=some.sampled_from(LENGTHS),
    left_out=some.sets(some.sampled_from(CHOOSABLE)).map(
        lambda out: tuple(a for a in CHOOSABLE if a in out)
    ),
    marking=LINE,
    author=LINE,
    assurer=LINE,
)
WORKS = some.builds(Work, choice=CHOICES, wanted=WANTED, blind=some.booleans())


def record(**changes: Any) -> dict[str, Any]:
    """A record of the shipped question, with some of it replaced."""
    made: dict[str, Any] = json.loads(kept_text(QUESTION, Work(default_choice(QUESTION))))
    return made | changes


def with_choice(**changes: Any) -> dict[str, Any]:
    made = record()
    return made | {"choice": made["choice"] | changes}


@given(WORKS)
def test_what_is_kept_comes_back_to_the_last_digit(work: Work) -> None:
    found = fitted(QUESTION, read_kept(kept_text(QUESTION, work)))
    assert found.lost == ()
    assert found.work == work
    assert kept_text(QUESTION, found.work) == kept_text(QUESTION, work)


def test_reasons_names_and_own_points_behind_a_perspective_come_back(shipped: Question) -> None:
    own = replace(default_choice(shipped), origin="own", points={**dict.fromkeys(IDS, 100 / 14)})
    choice = choose_perspective(shipped, own, "ukraine")
    choice = replace(
        choice,
        revision=0,
        overrides=(Override("sanctuary", "accountability", 1.0, 2.0, 3.0, "a court ruled on it"),),
    )
    work = Work(choice, (SavedWeights("our unit's view", own.points),), Wanted(marking="Draft"))
    found = fitted(shipped, read_kept(kept_text(shipped, work)))
    assert found.work == work
    assert found.work.choice.overrides[0].reason == "a court ruled on it"


def test_no_workshop_is_kept(shipped: Question) -> None:
    wanted = Wanted(whose="workshop", workshop="an-id-of-one", marking="Draft")
    text = kept_text(shipped, Work(default_choice(shipped), wanted=wanted))
    assert "an-id-of-one" not in text
    assert fitted(shipped, read_kept(text)).work.wanted == Wanted(marking="Draft")


# ------------------------------------------------------------------------------ hostile text


@given(
    some.recursive(
        some.none() | some.booleans() | some.floats() | some.integers() | some.text(max_size=20),
        lambda inner: (
            some.lists(inner, max_size=4)
            | some.dictionaries(some.sampled_from([*record(), *record()["choice"], "x"]), inner)
        ),
        max_leaves=12,
    )
)
def test_anything_else_is_refused_and_nothing_is_raised_beside(content: Any) -> None:
    with pytest.raises(UnreadableError):
        read_kept(json.dumps(content))


@pytest.mark.parametrize(
    "text",
    [
        None,
        7,
        "",
        "{",
        "[" * 100_000,
        '{"version":1}',
        json.dumps(record(version=2)),
        json.dumps(record(more=1)),
        json.dumps(record(blind="yes")),
        json.dumps(record(saved=[{"name": "x" * 81, "points": {}}])),
        json.dumps(with_choice(origin="somebody")),
        json.dumps(with_choice(points={"legal-safety": "4"})),
        json.dumps(with_choice(points={"legal-safety": True})),
        json.dumps(with_choice(points={"legal-safety": float("nan")})),
        json.dumps(with_choice(locked="legal-safety")),
        json.dumps(with_choice(overrides=[{"proposal": "sanctuary"}])),
        json.dumps(record(wanted=record()["wanted"] | {"marking": "x" * 1_001})),
        json.dumps(record(wanted=record()["wanted"] | {"marking": "\ud800"})),
        json.dumps(record(wanted=record()["wanted"] | {"whose": "workshop"})),
        json.dumps(record()) + " " * LONGEST,
    ],
)
def test_a_damaged_record_is_refused(text: object) -> None:
    with pytest.raises(UnreadableError):
        read_kept(text)


@pytest.mark.parametrize(
    "points", [dict.fromkeys(IDS, 0.0), dict.fromkeys(IDS, -1.0), {"other": 100.0}]
)
def test_points_that_are_no_weights_are_left_out_and_named(points: dict[str, float]) -> None:
    found = fitted(QUESTION, read_kept(json.dumps(with_choice(origin="own", points=points))))
    assert found.work.choice == default_choice(QUESTION)
    assert found.lost == ("the weights are left out, since the criteria have changed",)


def test_no_annex_goes_that_everybody_is_told() -> None:
    wanted = record()["wanted"] | {"left_out": ["workshop", "overrides", "logs"]}
    found = fitted(QUESTION, read_kept(json.dumps(record(wanted=wanted))))
    assert found.work.wanted.left_out == ("logs",)


# ------------------------------------------------------------------------------ edited questions


def test_what_an_edited_question_cannot_take_is_named(shipped: Question) -> None:
    kept = with_choice(
        origin="perspective",
        perspective="gone",
        settings=["gone"],
        overrides=[
            {
                "proposal": "sanctuary",
                "criterion": "accountability",
                "unit": unit,
                "low": 1.0,
                "likely": 2.0,
                "high": 3.0,
                "reason": "why",
            }
            for unit in ("an older unit",)
        ],
    )
    kept |= {"scales": "of-before", "saved": [{"name": "older", "points": {"gone": 100.0}}]}
    found = fitted(shipped, read_kept(json.dumps(kept)))
    assert found.work.choice.origin == "own"
    assert found.work.choice.overrides == ()
    assert found.work.saved == ()
    assert found.lost == (
        "criteria or scales have changed, so check the weights",
        "a setting that is gone is left out",
        "the perspective that the weights came from is gone; they count as your own",
        "1 overridden score was left out: it no longer fits the question",
        "saved weights “older” left out, since the criteria have changed",
    )


def test_several_overridden_scores_are_counted(shipped: Question) -> None:
    entry: dict[str, Any] = {"criterion": "legal-safety", "unit": "another", "reason": "why"}
    entry |= {"low": 1.0, "likely": 2.0, "high": 3.0}
    kept = with_choice(overrides=[entry | {"proposal": p.id} for p in shipped.proposals[:2]])
    assert fitted(shipped, read_kept(json.dumps(kept))).lost == (
        "2 overridden scores were left out: they no longer fit the question",
    )


def test_a_perspective_that_was_edited_has_its_weights_of_today(shipped: Question) -> None:
    kept = with_choice(origin="perspective", perspective="ukraine")
    found = fitted(shipped, read_kept(json.dumps(kept)))
    today = choose_perspective(shipped, default_choice(shipped), "ukraine")
    assert found.work.choice.points == today.points
    assert found.lost == ("the weights of “Government of Ukraine” are those it has now",)
