"""What the page Matrix says: dominance before any weight, and benefit set against cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from dashboard.methods.dominance import (
    NearlyDominated,
    dominated_pairs,
    equal_rows,
    nearly_dominated,
)
from dashboard.methods.evaluate import Evaluation, are_equal
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.wording import (
    band,
    counted,
    fixed,
    listed,
    named_or_counted,
    names_or_count,
    number,
    points,
    signed,
)
from dashboard.robustness.benefit_cost import (
    BenefitAndCost,
    BenefitAndCostErrors,
    benefit_against_cost,
    benefit_cost_errors,
    cost_criteria,
    is_undecided,
)
from dashboard.robustness.health import MOST_DOMINATED

_MOST_NEAR = 50
"""Pairs that the table of nearly dominated options has at most."""

_NAMED = 3
"""Up to this many are named in a sentence; the rest are counted."""


# ------------------------------------------------------------------------------- dominance


def dominance_finding(evaluation: Evaluation) -> str:
    """The heading of the page: who is dominated, before any weight is given."""
    proposals = evaluation.question.proposals
    if len(proposals) == 1:
        return "There is one option, so nothing can be traded"
    pairs = dominated_pairs(evaluation.values)
    if not pairs and not np.ptp(evaluation.values, axis=0).max() > TIE_TOLERANCE:
        return "All options have the same values: nothing tells them apart"
    if not pairs:
        return _undominated(evaluation)
    losers = list(dict.fromkeys(proposals[pair.alternative].label for pair in pairs))
    who = names_or_count(losers, "option")
    are, them = ("is", "it") if len(losers) == 1 else ("are", "them")
    return f"On best estimates {who} {are} dominated: no weights can put {them} first alone"


def _undominated(evaluation: Evaluation) -> str:
    """Where nobody is dominated: each option best at something, or only better than each other."""
    values, proposals = evaluation.values, evaluation.question.proposals
    best = values >= values.max(axis=0) - TIE_TOLERANCE
    alone = best & (best.sum(axis=0) == 1)
    if alone.any(axis=1).all():
        return "Every option is best at something: none is dominated"
    alike = equal_rows(values)
    if not alike:
        return "No option is dominated: between any two, each is better at something"
    if len(alike) > 1:
        return "No option is dominated, and some have equal best estimates on every criterion"
    named = names_or_count([proposals[i].label for i in alike[0]], "option")
    equal = "are equal" if are_equal(evaluation, alike[0]) else "have equal best estimates"
    return f"No option is dominated; {named} {equal} on every criterion"


def matrix_lead(evaluation: Evaluation) -> str:
    """What the page shows, below its heading."""
    question = evaluation.question
    return (
        f"{counted(len(question.proposals), 'option')} on "
        f"{counted(len(question.criteria), 'criterion', 'criteria')}, before any weight is given. "
        "Open a number for the reasons and the sources behind it."
    )


def dominance_sentences(evaluation: Evaluation) -> list[str]:
    """Who is dominated by whom, one sentence for each that is; of many one sentence in all."""
    proposals = evaluation.question.proposals
    by: dict[int, list[str]] = {}
    for loser, winner in dominated_pairs(evaluation.values):
        by.setdefault(loser, []).append(proposals[winner].label)
    if len(by) > MOST_DOMINATED:
        losers = named_or_counted([proposals[loser].label for loser in by])
        return [f"{losers} are each nowhere better and somewhere worse than another option."]
    return [
        f"{proposals[loser].label} is nowhere better and somewhere worse than "
        f"{named_or_counted(winners)}."
        for loser, winners in by.items()
    ]


def near_pairs(evaluation: Evaluation) -> list[NearlyDominated]:
    return nearly_dominated(evaluation.values, evaluation.moments)


def near_finding(evaluation: Evaluation) -> str:
    """How many options are one undecided criterion away from being dominated."""
    losers = {pair.alternative for pair in near_pairs(evaluation)}
    if not losers:
        return (
            "None is nearly dominated: no option is behind another but for one criterion on which "
            "its lead is too close to call."
        )
    are = "is" if len(losers) == 1 else "are"
    return (
        f"{counted(len(losers), 'option')} {are} dominated but for one criterion, on which the "
        "lead is too close to call."
    )


def near_rows(evaluation: Evaluation) -> list[list[str]]:
    """Option, the one that all but dominates it, the criterion in between, mean lead and error."""
    proposals, criteria = evaluation.question.proposals, evaluation.question.criteria
    return [
        [
            proposals[pair.alternative].label,
            proposals[pair.by].label,
            criteria[pair.criterion].label,
            signed(pair.mean),
            f"±{fixed(pair.error, 1)}",
        ]
        for pair in near_pairs(evaluation)[:_MOST_NEAR]
    ]


def near_title(pairs: Sequence[NearlyDominated]) -> str:
    """What the table of ``near_rows`` is called; of many pairs, how many it has."""
    if len(pairs) <= _MOST_NEAR:
        return "Nearly dominated"
    return f"Nearly dominated: the first {_MOST_NEAR} of {len(pairs):,} pairs"


# ------------------------------------------------------------------------ benefit against cost


CHART_KEY = (
    "Up is more benefit, right is more cost. The dashed line is the frontier: nothing gives more "
    "for the same money. A full mark is on it, an open one is not. The thin cross is the error."
)


class BenefitRow(NamedTuple):
    """One option: its place is 0 for the most benefit."""

    option: int
    benefit: float
    benefit_error: float
    cost: float
    cost_error: float
    efficient: bool
    beaten_by: int | None
    undecided: bool


@dataclass(frozen=True, eq=False)
class BenefitView:
    """Benefit without cost against cost, as chart, table and sentence show it."""

    evaluation: Evaluation
    found: BenefitAndCost
    errors: BenefitAndCostErrors

    @cached_property
    def rows(self) -> list[BenefitRow]:
        """The cheapest first; of two that cost the same, the one of more benefit."""
        rows = [
            BenefitRow(
                i,
                float(self.found.benefit[i]),
                float(self.errors.benefit[i]),
                float(self.found.cost[i]),
                float(self.errors.cost[i]),
                self.found.efficient[i],
                self.found.beaten_by[i],
                is_undecided(self.found, self.errors, i),
            )
            for i in range(len(self.evaluation.question.proposals))
        ]
        return sorted(rows, key=lambda row: (row.cost, -row.benefit, row.option))

    @property
    def costs(self) -> str:
        criteria = self.evaluation.question.criteria
        return listed([criteria[j].label for j in self.found.criteria])

    def label(self, index: int) -> str:
        return self.evaluation.question.proposals[index].label

    def raw_cost(self, index: int) -> str:
        """What the option costs in its own unit, one text for each criterion of cost."""
        question = self.evaluation.question
        proposal = question.proposals[index]
        columns = [question.criteria[j] for j in self.found.criteria]
        return "; ".join(band(proposal.scores[c.id], c) for c in columns)


def benefit_view(evaluation: Evaluation) -> BenefitView | None:
    """None where the question has no cost in money, or where nothing else has any weight."""
    costs = cost_criteria(evaluation.question.criteria)
    found = benefit_against_cost(evaluation.values, evaluation.weights, costs)
    if found is None:
        return None
    errors = benefit_cost_errors(evaluation.moments, evaluation.weights, costs)
    return BenefitView(evaluation, found, errors)


def no_benefit_view(evaluation: Evaluation) -> str:
    """Why benefit cannot be set against cost."""
    criteria = evaluation.question.criteria
    if not cost_criteria(criteria):
        less = [f"{c.label} ({c.unit})" for c in criteria if c.direction == "min"]
        held = ["Less is better on no criterion"]
        if less:
            more = [f"{len(less) - _NAMED} more"] if len(less) > _NAMED else []
            held = [f"Less is better on {listed([*less[:_NAMED], *more])}"]
            held.append(
                "and no unit of these names a currency"
                if len(less) > 1
                else "and its unit names no currency"
            )
        return (
            f"No criterion is known as a cost in money. {', '.join(held)}. If one is, name the "
            "currency in its unit, such as EUR million or thousand US$."
        )
    return "All the weight is on cost, so there is no benefit to set against it."


def benefit_finding(view: BenefitView) -> str:
    """Which options are efficient, as a heading."""
    rows, total = view.rows, len(view.rows)
    efficient = [row for row in rows if row.efficient]
    if total == 1:
        return (
            f"{view.label(rows[0].option)} is the only option, so nothing costs less or gives more"
        )
    if len(efficient) == total:
        return "Every option gives more than all that cost less"
    beaten = [row for row in rows if not row.efficient]
    decided = [row for row in beaten if not row.undecided]
    if not decided:
        are = "is" if len(efficient) == 1 else "are"
        rest = "the other is" if len(beaten) == 1 else f"the other {len(beaten)} are"
        return (
            f"{len(efficient)} of {total} options {are} on the frontier; {rest} within the error "
            "of one that is"
        )
    named = [view.label(row.option) for row in decided[:_NAMED]]
    more = [f"{len(decided) - _NAMED} more"] if len(decided) > _NAMED else []
    give = "gives" if len(decided) == 1 else "give"
    return f"{listed([*named, *more])} {give} no more than an option that costs no more"


def benefit_sentence(view: BenefitView) -> str:
    """The chart for those who cannot see it, made from its numbers: its alternative text."""
    said = "; ".join(
        f"{view.label(row.option)} {points(row.benefit)} for {view.raw_cost(row.option)}"
        for row in view.rows
    )
    text = f"Benefit without {view.costs}, from 0 to 100, the cheapest first: {said}."
    return f"{text} {frontier_sentence(view)}"


def frontier_sentence(view: BenefitView) -> str:
    """Who is on the frontier, and how far the others are from it."""
    efficient = [view.label(row.option) for row in view.rows if row.efficient]
    on = f"On the frontier {'is' if len(efficient) == 1 else 'are'} {listed(efficient)}."
    return " ".join([on, *(_beaten(view, row) for row in view.rows if not row.efficient)])


def _beaten(view: BenefitView, row: BenefitRow) -> str:
    by = view.label(row.beaten_by) if row.beaten_by is not None else ""
    if row.undecided:
        return f"{view.label(row.option)} is off it, but within the error of {by} on both."
    return f"{view.label(row.option)} gives no more than {by} and costs no less."


def benefit_rows(view: BenefitView) -> list[tuple[int, list[str]]]:
    """By option: benefit and its error, the cost in its own unit, and where it stands."""
    return [
        (
            row.option,
            [
                number(row.benefit),
                f"±{number(row.benefit_error)}" if view.evaluation.moments.known else "not known",
                view.raw_cost(row.option),
                _standing(view, row),
            ],
        )
        for row in view.rows
    ]


def _standing(view: BenefitView, row: BenefitRow) -> str:
    if row.beaten_by is None:
        return "on the frontier"
    by = view.label(row.beaten_by)
    return f"within the error of {by}" if row.undecided else f"behind {by}"
