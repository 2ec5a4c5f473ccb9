"""What no score makes good: the hard constraints an option fails, and the minima it misses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.model.proposals import Proposal
from dashboard.model.question import Question
from dashboard.model.value_tree import Criterion
from dashboard.model.wording import counted, listed, performances, with_unit
from dashboard.robustness.veto import meets

UNLIFTED = "A high score does not make up for that."
"""Said once after all shortcomings."""

_MOST_NAMED = 2
"""Minima named of one option beside a verdict, which has little room; the rest are counted."""


class Miss(NamedTuple):
    """A best estimate on the wrong side of what its criterion asks for.

    ``performance`` and ``threshold`` : in the unit of the criterion. Where less is better the
    threshold is a maximum.
    """

    criterion: Criterion
    performance: float
    threshold: float

    @property
    def verb(self) -> str:
        """What the option does: 'misses the minimum of Skills'."""
        verb = "misses the minimum" if self.criterion.direction == "max" else "exceeds the maximum"
        return f"{verb} of {self.criterion.label}"

    @property
    def figures(self) -> str:
        """'38 of 50 points needed', with the decimals that it takes to tell the two apart."""
        have, need = performances([self.performance, self.threshold], self.criterion)
        if self.criterion.direction == "max":
            return f"{with_unit(f'{have} of {need}', self.criterion.unit)} needed"
        return f"{with_unit(f'{have} against {need}', self.criterion.unit)} allowed"

    @property
    def words(self) -> str:
        """'misses the minimum of Skills: 38 of 50 points needed'."""
        return f"{self.verb}: {self.figures}"


def miss(proposal: Proposal, criterion: Criterion) -> Miss | None:
    """How the best estimate of an option falls short of a criterion's ``veto``, if it does."""
    if criterion.veto is None:
        return None
    likely = proposal.scores[criterion.id].likely
    return None if meets(criterion, likely) else Miss(criterion, likely, criterion.veto)


def misses(question: Question, proposal: Proposal) -> tuple[Miss, ...]:
    """The minima that the best estimates of an option do not reach, in the order of the tree."""
    found = (miss(proposal, criterion) for criterion in question.criteria)
    return tuple(one for one in found if one is not None)


def limit_words(question: Question, proposals: Sequence[Proposal]) -> str:
    """What several options have in common: 'misses a minimum', 'miss a minimum'."""
    one = len(proposals) == 1
    ways = {m.criterion.direction for p in proposals for m in misses(question, p)}
    if ways == {"min"}:
        return f"{'exceeds' if one else 'exceed'} a maximum"
    return f"{'misses' if one else 'miss'} a {'minimum' if ways == {'max'} else 'limit'}"


def has_minima(question: Question) -> bool:
    """Whether any criterion has a minimum, or a maximum where less is better."""
    return any(criterion.veto is not None for criterion in question.criteria)


def minima_words(question: Question, proposal: Proposal) -> str:
    """How an option stands to all minima, for a cell of a table."""
    missed = misses(question, proposal)
    return "; ".join(one.words for one in missed) if missed else "meets all"


def failed_constraints(question: Question, proposal: Proposal) -> list[str]:
    """The names of the hard constraints that an option fails."""
    return [
        constraint.name
        for constraint in question.constraints
        if constraint.kind == "hard" and constraint.status_of(proposal.id).verdict == "fail"
    ]


def caution(question: Question, proposals: Sequence[Proposal]) -> str | None:
    """What stands beside a verdict that puts these options first; None where nothing is amiss."""
    said = [sentence for proposal in proposals for sentence in shortcomings(question, proposal)]
    return " ".join([*said, UNLIFTED]) if said else None


def shortcomings(question: Question, proposal: Proposal) -> list[str]:
    """The hard constraints an option fails and the minima it misses, in sentences."""
    said = []
    if failed := failed_constraints(question, proposal):
        count = "a hard constraint" if len(failed) == 1 else f"{len(failed)} hard constraints"
        said.append(f"{proposal.label} fails {count}: {listed(failed)}.")
    missed = misses(question, proposal)
    said += [f"{proposal.label} {one.words}." for one in missed[:_MOST_NAMED]]
    if more := len(missed) - _MOST_NAMED if len(missed) > _MOST_NAMED else 0:
        said.append(f"It misses {counted(more, 'more such limit')}.")
    return said
