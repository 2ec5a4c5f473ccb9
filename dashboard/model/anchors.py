"""Performances beyond an anchor: they count as the anchor, and that is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dashboard.model.errors import Fault, digits

if TYPE_CHECKING:
    from dashboard.model.question import Question

LineOf = Callable[[str, str, str], int | None]
"""The line where a number of a score stands, by proposal, criterion and key."""


def outside_anchors(question: Question, line_of: LineOf) -> tuple[Fault, ...]:
    """A warning for every number of a score that lies outside the anchors of its criterion."""
    found = []
    for proposal in question.proposals:
        for criterion in question.criteria:
            smallest, largest = criterion.span
            overridden = question.overridden(proposal.id, criterion.id) is not None
            file = f"proposals/{proposal.id}.yaml"
            place = f"overridden score of {proposal.id}" if overridden else file
            for key in ("low", "likely", "high"):
                value = getattr(proposal.scores[criterion.id], key)
                if smallest <= value <= largest:
                    continue
                found.append(
                    Fault(
                        place,
                        None if overridden else line_of(proposal.id, criterion.id, key),
                        f"{key} ({digits(value)}) of {criterion.name} is outside its anchors "
                        f"{digits(smallest)} to {digits(largest)} and counts as the nearer anchor",
                        "widen the anchors or check the number",
                    )
                )
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
                        line_of(proposal.id, criterion.id, shown),
                        f"{shown} ({digits(value)}) of {criterion.name} is {bound}",
                        "check the number, or move the bound in criteria/value-tree.yaml",
                    )
                )
    return sorted(found)
