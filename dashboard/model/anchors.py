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
    """A fault for every number of a score that its criterion says there cannot be."""
    found = []
    for proposal in question.proposals:
        for criterion in question.criteria:
            score = proposal.scores[criterion.id]
            for key in ("low", "likely", "high") if score.family is None else ("likely",):
                value = getattr(score, key)
                if criterion.lower_bound is not None and value < criterion.lower_bound:
                    bound = f"below lower_bound ({digits(criterion.lower_bound)})"
                elif criterion.upper_bound is not None and value > criterion.upper_bound:
                    bound = f"above upper_bound ({digits(criterion.upper_bound)})"
                else:
                    continue
                shown = "mean" if score.family else key
                found.append(
                    Fault(
                        f"proposals/{proposal.id}.yaml",
                        line_of(f"proposals/{proposal.id}.yaml", ("scores", criterion.id, shown)),
                        f"{shown} ({digits(value)}) of {criterion.name} is {bound}",
                        "check the number, or move the bound in criteria/value-tree.yaml",
                    )
                )
    return sorted(found)


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
