"""Health checks: what a reviewer should look at before trusting an evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dashboard.methods.arrays import Floats
from dashboard.methods.dominance import dominance
from dashboard.methods.evaluate import Evaluation, are_equal
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.methods.value_moments import ValueMoments, mean_says_more
from dashboard.model.side_by_side import gap_between
from dashboard.model.wording import (
    MOST_NAMED,
    counted,
    listed,
    named_or_counted,
    points,
    weight_percent,
    whole,
)
from dashboard.robustness.benefit_cost import benefit_against_cost, cost_criteria
from dashboard.robustness.structure import judgement_only

Kind = Literal[
    "dominated",
    "constant-criterion",
    "tiny-range",
    "near-tie",
    "double-counting",
    "judgement-weight",
    "heavy-branch",
    "benefit-against-cost",
]
Severity = Literal["warning", "note"]

TINY_RANGE = 10.0
"""Points of value: options that spread over less use hardly any of the swing the weight is for."""

HIGH_CORRELATION = 0.9
"""From here on two criteria order and space the options almost alike."""

FEWEST_FOR_CORRELATION = 4
"""Fewer options correlate highly by chance: two always do, three often."""

HEAVY_BRANCH = 0.4
"""Guidance, F05: a branch above two fifths of the weight is worth a second look."""

MOST_DOMINATED = 10
"""Of more dominated options a single sentence tells, or it would hide all other findings."""

MOSTLY_JUDGEMENT = 0.5
"""Above half of the weight the finding is a warning."""


@dataclass(frozen=True)
class Finding:
    """One thing a check has found, in a sentence. ``subjects`` are ids.

    A warning can change what the ranking is worth; a note is for the reader to know.
    """

    kind: Kind
    subjects: tuple[str, ...]
    sentence: str
    severity: Severity


def health_checks(
    evaluation: Evaluation, moments: ValueMoments | None = None
) -> tuple[Finding, ...]:
    """All findings on one evaluation, in the order of ``Kind``; empty where there is nothing.

    - dominated: on best estimates, no weights can put the option above another one; of more than
      ten such options one finding tells, and names them all in its subjects;
    - constant-criterion: all options have the same value, so its weight orders nothing;
    - tiny-range: options spread over less than 10 of the 100 points between the anchors;
    - near-tie: neighbours in the ranking whose lead does not count (``lead.lead``);
    - double-counting: the values of two criteria that both have weight correlate above 0.9
      (Pearson, at least 4 options); a note where the question's register of overlaps has the pair;
    - judgement-weight: the weight of the criteria on which an option's score rests on judgement
      alone, as the mean over options; a warning above half;
    - heavy-branch: a branch above 40 % of the weight;
    - benefit-against-cost: which options are efficient (``benefit_against_cost``).

    Parameters
    ----------
    moments : of the values, where they are others than the evaluation has.

    Source: guidance, sections 3 and 4 (F02, F04-F06, F09, F14); Belton & Stewart (2002), Multiple
    Criteria Decision Analysis, section 3.4 (properties of criteria).
    """
    if not evaluation.question.proposals:
        raise ValueError("the question has no proposals")
    return (
        *_dominated(evaluation),
        *_ranges(evaluation),
        *_near_ties(evaluation, moments or evaluation.moments),
        *_double_counting(evaluation),
        *_judgement(evaluation),
        *_heavy_branches(evaluation),
        *_benefit_against_cost(evaluation),
    )


def _dominated(evaluation: Evaluation) -> Iterator[Finding]:
    proposals = evaluation.question.proposals
    dominates = dominance(evaluation.values)
    losers = np.flatnonzero(dominates.any(axis=0)).tolist()
    if len(losers) > MOST_DOMINATED:
        yield _summary(evaluation, losers, dominates)
        return
    for loser in losers:
        by = [proposals[row] for row in np.flatnonzero(dominates[:, loser])]
        yield Finding(
            "dominated",
            (proposals[loser].id, *(option.id for option in by)),
            f"On best estimates {proposals[loser].label} is nowhere better and somewhere worse "
            f"than {listed([option.label for option in by])}: only errors in the scores, and no "
            "weights, could put it above.",
            "warning",
        )


def _summary(evaluation: Evaluation, losers: list[int], dominates: NDArray[np.bool_]) -> Finding:
    """All that are dominated in one sentence, the best of them named with who dominates it."""
    proposals = evaluation.question.proposals
    best = min(losers, key=lambda row: int(evaluation.ranks[row]))
    by = [proposals[row].label for row in np.flatnonzero(dominates[:, best])]
    return Finding(
        "dominated",
        tuple(proposals[row].id for row in losers),
        f"On best estimates {len(losers)} of {len(proposals)} options are nowhere better and "
        "somewhere worse than another option: only errors in the scores, and no weights, could put "
        f"them above it. The highest in the ranking is {proposals[best].label}, dominated by "
        f"{named_or_counted(by)}.",
        "warning",
    )


def _ranges(evaluation: Evaluation) -> Iterator[Finding]:
    """Constant criteria first, then tiny ranges; one option alone has no range."""
    if len(evaluation.values) < 2:
        return
    spread = np.ptp(evaluation.values, axis=0)
    criteria = evaluation.question.criteria
    for j in np.flatnonzero(spread <= TIE_TOLERANCE):
        yield Finding(
            "constant-criterion",
            (criteria[j].id,),
            f"All options are worth the same on {criteria[j].label}: its weight of "
            f"{weight_percent(evaluation.weights[j])} decides nothing between them.",
            "warning" if evaluation.weights[j] > 0 else "note",
        )
    for j in np.flatnonzero((spread > TIE_TOLERANCE) & (spread < TINY_RANGE)):
        yield Finding(
            "tiny-range",
            (criteria[j].id,),
            f"On {criteria[j].label} the options differ by no more than {points(spread[j])} of "
            "the 100 between its anchors: the weight is for a swing that none of them makes.",
            "note",
        )


def _near_ties(evaluation: Evaluation, moments: ValueMoments) -> Iterator[Finding]:
    proposals, scores = evaluation.question.proposals, evaluation.scores
    for above, below in zip(evaluation.order, evaluation.order[1:], strict=False):
        gap = float(scores[above] - scores[below])
        tied = abs(gap) <= TIE_TOLERANCE
        over = moments.leads(evaluation.weights, above)
        if not tied and over.decided[below]:
            continue
        names = f"{proposals[above].label} and {proposals[below].label}"
        if are_equal(evaluation, [above, below]):
            sentence = (
                f"{names} are equal on every criterion: nothing here puts one before the other."
            )
        elif tied:
            sentence = f"{names} have the same score: their order is open."
        else:
            sides = float(scores[above]), float(scores[below])
            sentence = _near_tie(names, sides, float(over.mean[below]), float(over.error[below]))
        yield Finding(
            "near-tie",
            (proposals[above].id, proposals[below].id),
            sentence,
            "warning" if evaluation.ranks[above] == 1 else "note",
        )


def _near_tie(names: str, sides: tuple[float, float], mean: float, error: float) -> str:
    """How far two neighbours are apart; on average as well, where that is what makes them close."""
    gap, exact = gap_between(*sides), sides[0] - sides[1]
    apart, width = f"{gap.words} apart{gap.scores}", points(error)
    if whole(exact) == whole(error):
        apart, width = f"{exact:.1f} points apart", f"{error:.1f} points"
    if mean_says_more(exact, mean, error):
        average = f"{mean:.1f}".replace("-", "\u2212")
        apart = f"{apart} on best estimates and {average} on average over the bands"
    return (
        f"{names} are {apart}, and the uncertainty of their difference is {width}: their order is "
        "too close to call."
    )


def _double_counting(evaluation: Evaluation) -> Iterator[Finding]:
    question = evaluation.question
    known = [set(overlap.criteria) for overlap in question.tree.overlaps]
    for j, k, r in correlated(evaluation.values, evaluation.weights):
        pair = (question.criteria[j].id, question.criteria[k].id)
        registered = any(overlap.issuperset(pair) for overlap in known)
        ending = (
            "the register of overlaps says what keeps them apart."
            if registered
            else "one effect may be counted twice."
        )
        yield Finding(
            "double-counting",
            pair,
            f"{question.criteria[j].label} and {question.criteria[k].label} order and space the "
            f"options almost alike (correlation {r:.3f}): {ending}",
            "note" if registered else "warning",
        )


def correlated(values: Floats, weights: Floats) -> list[tuple[int, int, float]]:
    """Pairs of weighted criteria whose values over the options correlate above 0.9 (Pearson).

    Parameters
    ----------
    values : (m, n) partial values; fewer than 4 options give no pairs, nor do constant criteria.
    weights : (n,) a criterion without weight is counted no time, so it is left out.

    Returns
    -------
    (first column, second column, correlation), in the order of the columns.
    """
    used = np.flatnonzero((weights > 0) & (np.ptp(values, axis=0) > TIE_TOLERANCE))
    if len(values) < FEWEST_FOR_CORRELATION or len(used) < 2:
        return []
    centred = values[:, used] - values[:, used].mean(axis=0)
    unit = centred / np.sqrt(np.sum(centred**2, axis=0))
    r = np.clip(unit.T @ unit, -1, 1)
    return [
        (int(used[a]), int(used[b]), float(r[a, b]))
        for a, b in np.argwhere(np.triu(r > HIGH_CORRELATION, k=1))
    ]


def judgement_weights(evaluation: Evaluation) -> Floats:
    """(m,) for each option the weight of the criteria its score rests on judgement alone."""
    shares: Floats = judgement_only(evaluation.question) @ evaluation.weights
    return shares


def _judgement(evaluation: Evaluation) -> Iterator[Finding]:
    shares = judgement_weights(evaluation)
    mean = float(shares.mean())
    if mean <= TIE_TOLERANCE:
        return
    most = shares >= shares.max() - TIE_TOLERANCE
    options = [p for p, listing in zip(evaluation.question.proposals, most, strict=True) if listing]
    sentence = f"{weight_percent(mean)} of the weight rests on judgement alone"
    if len(options) < len(shares):
        worst = named_or_counted([option.label for option in options])
        sentence += f" on average, and most for {worst} ({weight_percent(float(shares.max()))})"
    yield Finding(
        "judgement-weight",
        tuple(option.id for option in options),
        f"{sentence}.",
        "warning" if mean > MOSTLY_JUDGEMENT else "note",
    )


def _heavy_branches(evaluation: Evaluation) -> Iterator[Finding]:
    branches = evaluation.question.branches
    if len(branches) < 2:
        return
    for branch, weight in zip(branches, evaluation.branch_weights, strict=True):
        if weight > HEAVY_BRANCH + TIE_TOLERANCE:
            yield Finding(
                "heavy-branch",
                (branch.id,),
                f"{branch.label} has {weight_percent(float(weight))} of the weight, in "
                f"{counted(len(branch.criteria), 'criterion', 'criteria')}: a branch that is cut "
                "finer tends to draw more.",
                "warning",
            )


def _benefit_against_cost(evaluation: Evaluation) -> Iterator[Finding]:
    question = evaluation.question
    costs = cost_criteria(question.criteria)
    result = benefit_against_cost(evaluation.values, evaluation.weights, costs)
    if result is None or len(question.proposals) < 2:
        return
    labels = [proposal.label for proposal in question.proposals]
    efficient = [i for i, is_efficient in enumerate(result.efficient) if is_efficient]
    if len(labels) > MOST_NAMED:
        beaten = [f"each of the other {len(labels) - len(efficient)} options {_BEATEN_BY_ONE}"]
    else:
        beaten = [
            _beaten([labels[i] for i, other in enumerate(result.beaten_by) if other == by], name)
            for by, name in enumerate(labels)
            if by in result.beaten_by
        ]
    cost = listed([question.criteria[j].label for j in costs])
    yield Finding(
        "benefit-against-cost",
        tuple(question.proposals[i].id for i in efficient),
        f"Benefit without cost, set against {cost}: efficient "
        f"{'is' if len(efficient) == 1 else 'are'} "
        f"{named_or_counted([labels[i] for i in efficient])}"
        f"{''.join(f'; {words}' for words in beaten)}.",
        "note",
    )


_BEATEN_BY_ONE = "gives no more than one of these and costs no less"


def _beaten(losers: list[str], by: str) -> str:
    gives, costs = ("gives", "costs") if len(losers) == 1 else ("give", "cost")
    return f"{named_or_counted(losers)} {gives} no more than {by} and {costs} no less"
