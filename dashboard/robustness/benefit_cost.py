"""Benefit without cost, set against cost: what each alternative gives for what it takes.

Inside one score a cheap alternative can make up for doing little. Side by side the two tell
which alternatives are worth a look at any budget.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.methods.arrays import Floats, frozen
from dashboard.methods.dominance import dominance
from dashboard.methods.value_moments import ValueMoments
from dashboard.model.money import is_money
from dashboard.model.value_tree import Criterion


@dataclass(frozen=True, eq=False)
class BenefitAndCost:
    """(m,) points of benefit and of cost, 0 to 100; ``efficient`` says who is on the frontier.

    ``beaten_by`` (m) has for each alternative one that gives no less for no more, and is better on
    one of the two: of these the one of most benefit, itself efficient; None for the efficient.
    """

    criteria: tuple[int, ...]
    benefit: Floats
    cost: Floats
    efficient: tuple[bool, ...]
    beaten_by: tuple[int | None, ...]


@dataclass(frozen=True, eq=False)
class BenefitAndCostErrors:
    """How far benefit and cost may be off.

    ``benefit``, ``cost`` (m,) : the errors of each, in points. ``weights`` : those of either side,
    (n,) each with sum 1 and 0 on the other side, for the errors of differences.
    """

    benefit: Floats
    cost: Floats
    moments: ValueMoments
    weights: tuple[Floats, Floats]


def cost_criteria(criteria: Sequence[Criterion]) -> tuple[int, ...]:
    """The criteria that are money to be spent, by a rule since files do not mark them.

    Cost is what is better when less (direction ``min``) and counted in money (``is_money``).
    """
    return tuple(
        j
        for j, criterion in enumerate(criteria)
        if criterion.direction == "min" and is_money(criterion.unit)
    )


def benefit_against_cost(
    values: Floats, weights: Floats, costs: Sequence[int]
) -> BenefitAndCost | None:
    """Benefit and cost as scores of their own, each with its weights rescaled to sum 1.

    Benefit is the weighted mean of the other criteria, cost 100 minus the weighted mean of the cost
    criteria (all alike if they have no weight). So the weight of cost against benefit has no
    say here: that is the reader's question.

    Parameters
    ----------
    values : (m, n) partial values, 0 to 100.
    weights : (n,) non-negative, sum 1.
    costs : columns of the cost criteria.

    Returns
    -------
    None where there are no cost criteria, or no others with any weight: nothing to set against.

    Raises
    ------
    ValueError : arrays do not fit, or a cost criterion is not there.

    Source: DCLG (2009), Multi-criteria analysis: a manual, ch. 6 (benefits plotted against costs);
    efficiency in the sense of Pareto.
    """
    n = len(weights)
    if values.ndim != 2 or values.shape[1] != n:
        raise ValueError(f"values of shape {values.shape} do not fit {n} weights")
    if any(not 0 <= column < n for column in costs):
        raise ValueError(f"cost criteria {list(costs)} are not all among {n} criteria")
    is_cost = np.zeros(n, dtype=bool)
    is_cost[list(costs)] = True
    if not is_cost.any() or not np.any(weights[~is_cost] > 0):
        return None
    benefit = np.average(values[:, ~is_cost], axis=1, weights=weights[~is_cost])
    shares = weights[is_cost] if np.any(weights[is_cost] > 0) else np.ones(int(is_cost.sum()))
    cheapness = np.average(values[:, is_cost], axis=1, weights=shares)
    beaten_by = _beaten_by(benefit, cheapness)
    return BenefitAndCost(
        criteria=tuple(int(j) for j in np.flatnonzero(is_cost)),
        benefit=frozen(benefit),
        cost=frozen(100.0 - cheapness),
        efficient=tuple(by is None for by in beaten_by),
        beaten_by=beaten_by,
    )


def benefit_cost_errors(
    moments: ValueMoments, weights: Floats, costs: Sequence[int]
) -> BenefitAndCostErrors:
    """How far benefit and cost may be off, each with its weights rescaled to sum 1.

    Parameters
    ----------
    moments : of the (m, n) partial values.
    weights : (n,) non-negative, sum 1; some criterion that is no cost has weight.
    costs : columns of the cost criteria, at least one.
    """
    is_cost = np.zeros(len(weights), dtype=bool)
    is_cost[list(costs)] = True
    sides = []
    for side in (~is_cost, is_cost):
        shares = np.where(side, weights if np.any(weights[side] > 0) else 1.0, 0.0)
        sides.append(frozen(shares / shares.sum()))
    benefit, cost = (moments.score_errors(side) for side in sides)
    return BenefitAndCostErrors(frozen(benefit), frozen(cost), moments, (sides[0], sides[1]))


def is_undecided(found: BenefitAndCost, errors: BenefitAndCostErrors, loser: int) -> bool:
    """Whether an option off the frontier is so close to the one that beats it as to be its equal.

    The mean gaps over the bands, of benefit and of cost, are both within the error of their
    difference. An efficient option is beaten by none, so for it there is nothing to decide.
    """
    winner = found.beaten_by[loser]
    if winner is None:
        return False
    over = [errors.moments.leads(side, winner) for side in errors.weights]
    return errors.moments.known and all(abs(o.mean[loser]) <= o.error[loser] for o in over)


def _beaten_by(benefit: Floats, cheapness: Floats) -> tuple[int | None, ...]:
    by: list[int | None] = [None] * len(benefit)
    dominates = dominance(np.column_stack([benefit, cheapness]))
    for loser in np.flatnonzero(dominates.any(axis=0)).tolist():
        # The cheapest of those that give most: nothing beats it in turn.
        winners = np.flatnonzero(dominates[:, loser])
        most = winners[benefit[winners] == benefit[winners].max()]
        by[loser] = int(most[np.argmax(cheapness[most])])
    return tuple(by)
