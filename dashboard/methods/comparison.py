"""Two alternatives held against each other, criterion by criterion."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.methods.evaluate import Evaluation
from dashboard.model.value_tree import Criterion


@dataclass(frozen=True)
class CriterionDifference:
    """What one criterion adds to the gap, in points; positive where it favours the first."""

    criterion: Criterion
    weight: float
    value: float
    contribution: float


@dataclass(frozen=True)
class Comparison:
    """The contributions add up to the gap between the two scores."""

    gap: float
    differences: list[CriterionDifference]

    def best_for(
        self, first_first: bool, *, all_of_them: bool = False
    ) -> list[CriterionDifference]:
        """The criteria that favour the first alternative (or the second), strongest first."""
        sign = 1 if first_first else -1
        ordered = sorted(self.differences, key=lambda d: -sign * d.contribution)
        return [d for d in ordered if all_of_them or sign * d.contribution > 0]

    @property
    def widest(self) -> float:
        """The largest difference that a criterion makes, in points, whatever its direction."""
        return max(abs(difference.contribution) for difference in self.differences)


def compare(evaluation: Evaluation, first: str, second: str) -> Comparison:
    """The first alternative minus the second.

    Raises
    ------
    StopIteration : an id is not a proposal of the question.
    """
    a, b = evaluation.index(first), evaluation.index(second)
    difference = evaluation.contributions[a] - evaluation.contributions[b]
    values = evaluation.values[a] - evaluation.values[b]
    return Comparison(
        gap=float(evaluation.scores[a] - evaluation.scores[b]),
        differences=[
            CriterionDifference(
                criterion, float(evaluation.weights[j]), float(values[j]), float(difference[j])
            )
            for j, criterion in enumerate(evaluation.question.criteria)
        ],
    )
