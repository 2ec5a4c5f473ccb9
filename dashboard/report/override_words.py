"""Overridden scores in words: the same on the pages, in the terminal and in the briefing."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.model.overrides import Cell, OverriddenScore, Override
from dashboard.model.question import Question
from dashboard.model.wording import band, counted, listed, number
from dashboard.robustness.what_if import OverrideEffect

NO_REASON = "No reason given; a link does not carry any."
"""Stands where a reason would, and never in the look of one."""

_NAMED = 3
"""Up to this many overrides are named in a line; of more the rest are counted."""


def cell_words(question: Question, cell: Cell) -> str:
    """'Sanctuary on Legal safety': an option and a criterion; an id that is gone stays an id."""
    proposal, criterion = cell
    labels = {p.id: p.label for p in question.proposals} | {
        c.id: c.label for c in question.criteria
    }
    return f"{labels.get(proposal, proposal)} on {labels.get(criterion, criterion)}"


def overrides_count(overrides: Sequence[object]) -> str:
    """'2 scores are overridden'; empty where none is."""
    count = len(overrides)
    return f"{counted(count, 'score')} {'is' if count == 1 else 'are'} overridden" if count else ""


def overrides_line(question: Question, overrides: Sequence[Override]) -> str:
    """How many scores are overridden, which, and how many without a reason; empty without any."""
    names = [cell_words(question, override.cell) for override in overrides]
    if len(names) > _NAMED:
        names = [*names[:_NAMED], f"{len(names) - _NAMED} more"]
    if not names:
        return ""
    return f"{overrides_count(overrides)}: {listed(names)}. {missing_words(overrides)}".rstrip()


def missing_words(overrides: Sequence[Override]) -> str:
    """That reasons are missing, and how many; empty where each override has one."""
    missing = sum(override.reason is None for override in overrides)
    if not missing:
        return ""
    if missing < len(overrides):
        return f"No reason is given for {missing} of them."
    return (
        "No reason is given." if missing == 1 else f"No reason is given for any of the {missing}."
    )


def was_words(question: Question, held: OverriddenScore) -> str:
    """The score as the files have it, with band and unit."""
    return band(held.was, question.criterion(held.override.criterion))


def now_words(question: Question, held: OverriddenScore) -> str:
    """The score that the reader put in its place."""
    proposal, criterion = held.override.cell
    score = question.proposal(proposal).scores[criterion]
    return band(score, question.criterion(criterion))


def reason_words(held: OverriddenScore) -> str:
    """The reader's reason, or that there is none; for places that show which of the two it is."""
    return held.override.reason or NO_REASON


def reason_sentence(held: OverriddenScore) -> str:
    """The reason in quotation marks, or that none was given; for running text."""
    return f"Reason: “{held.override.reason}”" if held.override.reason else NO_REASON


def beyond_words(question: Question, held: OverriddenScore) -> str:
    """That a number lies outside the scale; empty where none does."""
    override = held.override
    smallest, largest = question.criterion(override.criterion).span
    outside = [
        name
        for name, value in (
            ("low", override.low),
            ("likely", override.likely),
            ("high", override.high),
        )
        if not smallest <= value <= largest
    ]
    if not outside:
        return ""
    count = "counts" if len(outside) == 1 else "count"
    said = f"{listed(outside)} {'is' if len(outside) == 1 else 'are'} beyond the scale and"
    return f"{said[:1].upper()}{said[1:]} {count} as its end."


def together_words(question: Question, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """What several overrides together do to the lead."""
    changed = leader_words(question, before, after)
    return f"Together: {changed}" if changed else "Together they do not change who leads."


def reader_lines(question: Question) -> list[str]:
    """The settings that are switched on and the scores overridden, a line each for a terminal."""
    settings = [s.name for s in question.settings if s.id in question.active_settings]
    return [
        *(f"Setting on: {name}" for name in settings),
        *(terminal_line(question, held) for held in question.overrides),
    ]


def terminal_line(question: Question, held: OverriddenScore) -> str:
    """One override for a terminal, all in one line."""
    was, now = was_words(question, held), now_words(question, held)
    given = held.override.reason
    reason = f": {' '.join(given.split())}" if given else " (no reason given)"
    return f"Overridden: {cell_words(question, held.override.cell)}, {was} -> {now}{reason}"


def effect_words(question: Question, effect: OverrideEffect) -> str:
    """What one override does to its option's score and rank, and to the lead."""
    label = question.proposal(effect.overridden.override.proposal).label
    before, after = number(effect.score_without, 1), number(effect.score, 1)
    said = f"{label} scores {after} instead of {before}"
    if before == after:
        said = f"The score of {label} stays at {after}"
    ranks = f"rank {effect.rank} instead of {effect.rank_without}"
    said += (
        f", {ranks}." if effect.rank != effect.rank_without else f", rank {effect.rank} as before."
    )
    return f"{said} {leader_words(question, effect.leaders_without, effect.leaders)}".strip()


def leader_words(question: Question, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """Who leads now and led before, if that changed."""
    if before == after:
        return ""
    now, then = (listed([question.proposal(i).label for i in ids]) for ids in (after, before))
    if not set(before).isdisjoint(after):
        return f"{now} {_lead(after)}; before it was {then}."
    return f"{now} {_lead(after)} instead of {then}."


def _lead(leaders: tuple[str, ...]) -> str:
    return "leads" if len(leaders) == 1 else "tie for first"


def lost_words(cells: Sequence[Cell]) -> str:
    """What a visitor is told when an edit of the files takes overrides away; empty without any.

    By ids: labels may be gone, and the notice is one of Streamlit's, which would read them as
    mark-up.
    """
    if not cells:
        return ""
    score = "An overridden score does" if len(cells) == 1 else f"{len(cells)} overridden scores do"
    named = [f"{proposal} on {criterion}" for proposal, criterion in cells[:_NAMED]]
    more = [f"{len(cells) - _NAMED} more"] if len(cells) > _NAMED else []
    verb = "was" if len(cells) == 1 else "were"
    return (
        f"The question was edited. {score} not fit it any more and {verb} taken back: "
        f"{listed([*named, *more])}."
    )
