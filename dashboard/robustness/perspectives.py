"""Perspectives side by side: who leads in each, and what the compromise asks of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.methods.arrays import Floats, Ints, frozen
from dashboard.methods.evaluate import Evaluation, are_equal
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.methods.weights import equal_perspective
from dashboard.robustness.combined_flip import CombinedFlip, combined_flip
from dashboard.robustness.condorcet import Majority, majority
from dashboard.robustness.disagreement import Disagreement, Move, disagreement
from dashboard.robustness.lead import Lead, lead
from dashboard.robustness.pair_margin import Flip, TooClose
from dashboard.robustness.readings import perspective_weights
from dashboard.robustness.seriation import order_by_agreement, pairs_in_order
from dashboard.robustness.shapley import MOST_CRITERIA, Division, divide

OWN = "_own"
"""Stands for the visitor's weights where perspectives go by id; no id begins with this sign."""


@dataclass(frozen=True)
class Voice:
    """One set of weights that takes part: a perspective of the question, or the visitor's own."""

    id: str
    label: str
    name: str


@dataclass(frozen=True)
class Concession:
    """What the compromise asks of one perspective.

    ``move`` : what it gives up, in points of its own scores. ``flip`` : the least change of its
    weights after which the compromise leads or ties for the lead; or why there is none.
    """

    move: Move
    flip: Flip

    @property
    def moved(self) -> float | None:
        """The share of all weight that has to move; None where no change would do."""
        return self.flip.least_moved.moved if isinstance(self.flip, CombinedFlip) else None


@dataclass(frozen=True, eq=False)
class Panel:
    """p voices on m alternatives. ``order`` puts voices that agree beside each other.

    ``alike`` (p, p) counts the pairs of alternatives that two voices put in the same order.
    ``concessions`` has every voice, the one that gives up most first.
    """

    evaluation: Evaluation
    voices: tuple[Voice, ...]
    weights: Floats
    found: Disagreement
    majority: Majority
    order: tuple[int, ...]
    alike: Ints
    leads: tuple[Lead, ...]
    concessions: tuple[Concession, ...]

    @property
    def pairs(self) -> int:
        """Pairs of alternatives."""
        m = len(self.evaluation.values)
        return m * (m - 1) // 2

    def index(self, identifier: str) -> int | None:
        """The row of a voice; None where there is none of that id."""
        ids = [voice.id for voice in self.voices]
        return ids.index(identifier) if identifier in ids else None


def voices(evaluation: Evaluation, own: str | None = None) -> tuple[Voice, ...]:
    """The perspectives in the order of the files; ``own`` names the visitor's, which come last.

    Weights that equal those of a perspective are that perspective's, and no voice of their own.
    """
    question = evaluation.question
    given = tuple(Voice(p.id, p.short_name or p.name, p.name) for p in question.perspectives)
    if own is None or equal_perspective(question, _points(evaluation)) is not None:
        return given
    return (*given, Voice(OWN, own, own))


def chosen_voice(evaluation: Evaluation) -> str | None:
    """The id of the perspective whose weights an evaluation has; None where it is no one's."""
    found = equal_perspective(evaluation.question, _points(evaluation))
    return found.id if found else None


def _points(evaluation: Evaluation) -> dict[str, float]:
    ids = (criterion.id for criterion in evaluation.question.criteria)
    return dict(zip(ids, evaluation.weights.tolist(), strict=True))


def panel(evaluation: Evaluation, own: str | None = None) -> Panel:
    """Everything that tells how far two or more sets of weights part.

    Parameters
    ----------
    evaluation : its values are taken; its weights too where ``own`` names them.

    Raises
    ------
    ValueError : fewer than two sets of weights.
    """
    taking_part = voices(evaluation, own)
    if len(taking_part) < 2:
        raise ValueError("it takes two sets of weights to disagree")
    weights = perspective_weights(evaluation.question)
    if len(taking_part) > len(weights):
        weights = np.vstack([weights, evaluation.weights])
    found = disagreement(evaluation.values, weights)
    target = found.compromise.alternative
    return Panel(
        evaluation=evaluation,
        voices=taking_part,
        weights=frozen(weights),
        found=found,
        majority=majority(found.ranks),
        order=order_by_agreement(found.tau),
        alike=np.rint(pairs_in_order(found.ranks)).astype(np.int64),
        leads=tuple(
            lead(evaluation, weights[k], found.scores[k], found.ranks[k])
            for k in range(len(taking_part))
        ),
        concessions=tuple(
            Concession(move, _flip(evaluation.values, weights[move.perspective], target))
            for move in found.compromise.moves
        ),
    )


def least_alike(panel: Panel) -> tuple[int, int]:
    """The two voices whose rankings agree least; of several, the first in the order given.

    Where no two rankings can be compared, the first two.
    """
    return extremes(panel)[1][0]


def extremes(panel: Panel) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The pairs of voices with the highest tau and those with the lowest.

    Where tau is undefined for all pairs, both lists hold the first two voices.
    """
    tau = panel.found.tau.tau
    p = len(tau)
    known = {
        (a, b): value for a in range(p) for b in range(a + 1, p) if (value := tau[a][b]) is not None
    }
    if not known:
        return [(0, 1)], [(0, 1)]
    most, least = max(known.values()), min(known.values())
    return (
        [pair for pair, value in known.items() if value >= most - TIE_TOLERANCE],
        [pair for pair, value in known.items() if value <= least + TIE_TOLERANCE],
    )


def rivals(panel: Panel, a: int, b: int) -> tuple[int, int]:
    """The two alternatives on which voices a and b are held against each other by themselves.

    Their leaders. Where they share one: that leader and the alternative nearest behind it under
    either, but for those that are equal to it, which nothing divides.

    Raises
    ------
    ValueError : there is only one alternative.
    """
    first, second = set(panel.leads[a].leaders), set(panel.leads[b].leaders)
    if not first & second:
        return min(first), min(second)
    shared = min(first & second)
    behind = np.minimum(panel.found.regret[a], panel.found.regret[b])
    others = [i for i in range(len(behind)) if i != shared]
    if not others:
        raise ValueError("one alternative alone has no rival")
    others = [i for i in others if not are_equal(panel.evaluation, [shared, i])] or others
    return shared, min(others, key=lambda i: (float(behind[i]), i))


def division(panel: Panel, a: int, b: int, alternatives: tuple[int, int]) -> Division:
    """What turns the gap between two alternatives from one voice's into the other's.

    The Shapley split; the additive one where that is undefined or has too many criteria.

    Raises
    ------
    ValueError : the alternatives are one, or not there.
    """
    values, one, other = panel.evaluation.values, panel.weights[a], panel.weights[b]
    differing = np.count_nonzero(np.abs(one - other) > 1e-12)
    common = float(np.minimum(one, other).sum())
    exact = differing <= MOST_CRITERIA and common > TIE_TOLERANCE
    found = divide(values, one, other, alternatives, "shapley" if exact else "additive")
    if found is None:
        raise AssertionError("a division of two given alternatives is always there")
    return found


def _flip(values: Floats, weights: Floats, target: int) -> Flip:
    try:
        return combined_flip(values, weights, target)
    except ArithmeticError as error:
        return TooClose(str(error))
