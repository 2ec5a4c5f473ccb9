"""The way from one alternative's score to another's, criterion by criterion."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.methods.comparison import CriterionDifference, compare
from dashboard.methods.evaluate import Evaluation, are_equal

SHOWN = 0.05
"""Points below which a step prints as nothing, with one decimal."""


@dataclass(frozen=True)
class Step:
    """One criterion, from the running score before it to the one after it.

    ``mean`` and ``error`` of its difference are over the bands of the two performances.
    """

    difference: CriterionDifference
    start: float
    end: float
    mean: float
    error: float

    @property
    def undecided(self) -> bool:
        """The bands are wide enough to turn the step round."""
        return self.error > 0 and abs(self.mean) <= self.error


@dataclass(frozen=True)
class Waterfall:
    """Steps from the second alternative's score to the first's: up, level, then down.

    ``mean`` and ``error`` of the gap are over the bands, and ``decided`` says whether the lead of
    the one that is ahead on best estimates counts; ``known`` is False where no score of the
    question has a band. ``equal`` : the two have the same value and band on every criterion.
    """

    first_score: float
    second_score: float
    mean: float
    error: float
    decided: bool
    known: bool
    up: tuple[Step, ...]
    level: tuple[Step, ...]
    down: tuple[Step, ...]
    equal: bool

    @property
    def gap(self) -> float:
        return self.first_score - self.second_score

    @property
    def steps(self) -> tuple[Step, ...]:
        return (*self.up, *self.down, *self.level)

    @property
    def span(self) -> tuple[float, float]:
        """The least and the most that the running score comes to."""
        reached = [step.end for step in self.steps] + [self.second_score, self.first_score]
        return min(reached), max(reached)


def waterfall(evaluation: Evaluation, first: str, second: str) -> Waterfall:
    """First the criteria that favour the first, then those against it; the strongest lead each.

    Criteria that differ by less than what is printed as nothing are ``level`` and come last; what
    they add up to is in the last running score.

    Parameters
    ----------
    first, second : ids of two proposals; one and the same gives steps of nothing.

    Raises
    ------
    StopIteration : an id is not a proposal of the question.
    """
    a, b = evaluation.index(first), evaluation.index(second)
    moments, weights = evaluation.moments, evaluation.weights
    means, errors = moments.by_criterion(weights, a, b)
    over = moments.leads(weights, a)
    ahead, behind = (a, b) if evaluation.scores[a] > evaluation.scores[b] else (b, a)
    ordered = compare(evaluation, first, second).best_for(first_first=True, all_of_them=True)
    column = {criterion.id: j for j, criterion in enumerate(evaluation.question.criteria)}
    running, steps = float(evaluation.scores[b]), []
    up = [d for d in ordered if d.contribution >= SHOWN]
    down = [d for d in reversed(ordered) if d.contribution <= -SHOWN]
    level = [d for d in ordered if abs(d.contribution) < SHOWN]
    for difference in (*up, *down, *level):
        end = running + difference.contribution
        j = column[difference.criterion.id]
        steps.append(Step(difference, running, end, float(means[j]), float(errors[j])))
        running = end
    return Waterfall(
        first_score=float(evaluation.scores[a]),
        second_score=float(evaluation.scores[b]),
        mean=float(over.mean[b]),
        error=float(over.error[b]),
        decided=bool(moments.leads(weights, ahead).decided[behind]),
        known=moments.known,
        up=tuple(steps[: len(up)]),
        down=tuple(steps[len(up) : len(up) + len(down)]),
        level=tuple(steps[len(up) + len(down) :]),
        equal=a != b and are_equal(evaluation, [a, b]),
    )
