"""Overridden scores in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.overrides import Override, with_overrides
from dashboard.model.question import Question
from dashboard.report.override_words import (
    beyond_words,
    effect_words,
    leader_words,
    lost_words,
    overrides_line,
    reason_sentence,
    terminal_line,
    together_words,
)
from dashboard.robustness.what_if import override_effects
from dashboard.ui.html import reason_markup

MONEY = Override("capital-amnesty", "recovery-money", 400.0, 1800.0, 2500.0, "new\n figures")
AGENTS = Override("sanctuary", "penetration", 1.0, 2.0, 3.0, None)


def test_a_line_names_what_is_overridden(shipped: Question) -> None:
    assert overrides_line(shipped, ()) == ""
    assert overrides_line(shipped, [MONEY]) == (
        "1 score is overridden: Capital amnesty on Recovery money."
    )
    given = replace(AGENTS, reason="measured")
    assert overrides_line(shipped, [given, MONEY]) == (
        "2 scores are overridden: Sanctuary on Penetration and Capital amnesty on Recovery money."
    )


def test_a_line_says_how_many_reasons_are_missing(shipped: Question) -> None:
    assert overrides_line(shipped, [AGENTS]) == (
        "1 score is overridden: Sanctuary on Penetration. No reason is given."
    )
    assert overrides_line(shipped, [AGENTS, MONEY]).endswith("No reason is given for 1 of them.")
    both = [AGENTS, replace(MONEY, reason=None)]
    assert overrides_line(shipped, both).endswith("No reason is given for any of the 2.")


def test_a_missing_reason_is_never_in_the_look_of_one(shipped: Question) -> None:
    changed = with_overrides(shipped, [AGENTS, MONEY])
    missing, given = changed.overrides
    assert reason_sentence(missing) == "No reason given; a link does not carry any."
    assert reason_sentence(given) == "Reason: “new\n figures”"
    assert reason_markup(missing).startswith("<em")
    assert reason_markup(given).startswith("<q")


def test_a_line_names_three_and_counts_the_rest(shipped: Question) -> None:
    several = [replace(AGENTS, proposal=p.id) for p in shipped.proposals[:5]]
    assert overrides_line(shipped, several).startswith("5 scores are overridden: ")
    assert " and 2 more. No reason is given for any of the 5." in overrides_line(shipped, several)


def test_an_effect_names_score_rank_and_lead(shipped: Question) -> None:
    changed = with_overrides(shipped, [MONEY, AGENTS])
    effects = override_effects(evaluate(changed, equal_branch_points(shipped.branches)))
    assert [effect_words(shipped, effect) for effect in effects] == [
        (
            "Capital amnesty scores 48.7 instead of 45.4, rank 1 instead of 2. "
            "Capital amnesty leads instead of Sanctuary."
        ),
        "Sanctuary scores 48.2 instead of 45.9, rank 2 as before.",
    ]


def test_an_effect_of_nothing_is_said(shipped: Question) -> None:
    score = shipped.proposal("sanctuary").scores["penetration"]
    wider = replace(AGENTS, low=0.0, likely=score.likely, high=10.0)
    (effect,) = override_effects(
        evaluate(with_overrides(shipped, [wider]), equal_branch_points(shipped.branches))
    )
    assert effect_words(shipped, effect) == (
        "The score of Sanctuary stays at 45.9, rank 1 as before."
    )


def test_a_lead_that_comes_to_be_shared_is_said(shipped: Question) -> None:
    assert leader_words(shipped, ("sanctuary",), ("sanctuary", "status-quo")) == (
        "Sanctuary and Status quo tie for first; before it was Sanctuary."
    )
    assert together_words(shipped, ("sanctuary",), ("sanctuary",)) == (
        "Together they do not change who leads."
    )
    assert together_words(shipped, ("sanctuary",), ("status-quo",)) == (
        "Together: Status quo leads instead of Sanctuary."
    )


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (400.0, 2500.0, ""),
        (400.0, 3000.0, "High is beyond the scale and counts as its end."),
        (-1.0, 3000.0, "Low and high are beyond the scale and count as its end."),
    ],
)
def test_numbers_beyond_the_scale_are_said(
    low: float, high: float, words: str, shipped: Question
) -> None:
    changed = with_overrides(shipped, [replace(MONEY, low=low, high=high)])
    assert beyond_words(changed, changed.overrides[0]) == words


def test_a_terminal_has_one_line_each(shipped: Question) -> None:
    changed = with_overrides(shipped, [MONEY, AGENTS])
    assert [terminal_line(changed, held) for held in changed.overrides] == [
        (
            "Overridden: Capital amnesty on Recovery money, 400 (50 to 2,500) EUR m, 5 yr -> "
            "1,800 (400 to 2,500) EUR m, 5 yr: new figures"
        ),
        (
            "Overridden: Sanctuary on Penetration, level 5.5 (4 to 7.5) -> level 2 (1 to 3) "
            "(no reason given)"
        ),
    ]


def test_what_an_edit_took_away_is_said() -> None:
    assert lost_words([]) == ""
    assert lost_words([("sanctuary", "penetration")]) == (
        "The question was edited. An overridden score does not fit it any more and was taken "
        "back: sanctuary on penetration."
    )
    assert lost_words([("a", "b"), ("c", "d"), ("e", "f"), ("g", "h")]) == (
        "The question was edited. 4 overridden scores do not fit it any more and were taken "
        "back: a on b, c on d, e on f and 1 more."
    )
