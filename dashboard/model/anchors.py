"""Performances beyond an anchor: they count as the anchor, and that is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dashboard.model.errors import Fault, digits

if TYPE_CHECKING:
    from dashboard.model.proposals import Score
    from dashboard.model.question import Question
    from dashboard.model.value_tree import Criterion
    from dashboard.model.yaml_tree import Trail

LineOf = Callable[[str, "Trail"], int | None]
"""The line where a value stands, by file and trail of keys; None where no file is blamed."""


def outside_anchors(question: Question, line_of: LineOf) -> tuple[Fault, ...]:
    """A warning for every score of which a number lies outside the anchors of its criterion."""
    found = []
    for proposal in question.proposals:
        for criterion in question.criteria:
            score = proposal.scores[criterion.id]
            outside = _outside(score, criterion)
            if not outside:
                continue
            file = f"proposals/{proposal.id}.yaml"
            overridden = question.overridden(proposal.id, criterion.id) is not None
            place = f"overridden score of {proposal.id}" if overridden else file
            line = None if overridden else line_of(file, ("scores", criterion.id, outside[0]))
            what = _words(score, criterion, outside)
            found.append(Fault(place, line, what, "widen the anchors or check the number"))
    return tuple(sorted(found))


def beyond_bounds(question: Question, line_of: LineOf) -> list[Fault]:
    """A fault for every number of a score that its criterion says there cannot be.

    Scores of settings as well: they stand in for those of the options when switched on.
    """
    remedy = "check the number, or move the bound in criteria/value-tree.yaml"
    found = []
    for proposal in question.proposals:
        file = f"proposals/{proposal.id}.yaml"
        for criterion in question.criteria:
            score = proposal.scores[criterion.id]
            for key in ("mean",) if score.family else ("low", "likely", "high"):
                if what := bound_fault(criterion, key, getattr(score, key)):
                    line = line_of(file, ("scores", criterion.id, key))
                    found.append(Fault(file, line, what, remedy))
    file = "criteria/settings.yaml"
    for index, setting in enumerate(question.disclosure.settings):
        for proposal_id, bands in setting.scores.items():
            for criterion_id, band in bands.items():
                for key in ("low", "likely", "high"):
                    criterion = question.criterion(criterion_id)
                    if what := bound_fault(criterion, key, getattr(band, key)):
                        at = ("settings", index, "scores", proposal_id, criterion_id, key)
                        found.append(Fault(file, line_of(file, at), what, remedy))
    return sorted(found)


def bound_fault(criterion: Criterion, key: str, value: float) -> str | None:
    """'low (-3) of Delay is below lower_bound (0)', or None where there is nothing to say."""
    said = f"{key} ({digits(value)}) of {criterion.name} is"
    if criterion.lower_bound is not None and value < criterion.lower_bound:
        return f"{said} below lower_bound ({digits(criterion.lower_bound)})"
    if criterion.upper_bound is not None and value > criterion.upper_bound:
        return f"{said} above upper_bound ({digits(criterion.upper_bound)})"
    return None


def _outside(score: Score, criterion: Criterion) -> list[str]:
    """The keys of the numbers; of a mean with its standard deviation only the mean is one."""
    smallest, largest = criterion.span
    keys = ("mean",) if score.family else ("low", "likely", "high")
    return [key for key in keys if not smallest <= getattr(score, key) <= largest]


def _words(score: Score, criterion: Criterion, outside: list[str]) -> str:
    """One sentence for the score; an exact number stands there once."""
    smallest, largest = criterion.span
    anchors = f"its anchors {digits(smallest)} to {digits(largest)}"
    if score.low == score.high:
        said = f"{criterion.name} ({digits(score.likely)})"
        return f"{said} is outside {anchors} and counts as the nearer anchor"
    numbers = [f"{key} ({digits(getattr(score, key))})" for key in outside]
    if len(numbers) == 1:
        said = f"{numbers[0]} of {criterion.name}"
        return f"{said} is outside {anchors} and counts as the nearer anchor"
    said = f"{', '.join(numbers[:-1])} and {numbers[-1]} of {criterion.name}"
    return f"{said} are outside {anchors}, and each counts as the nearer anchor"
