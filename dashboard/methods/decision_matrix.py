"""Hands a question over as scikit-criteria's DecisionMatrix.

scikit-criteria takes seconds to import, so it is imported inside the function and nowhere earlier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dashboard.methods.evaluate import Evaluation

if TYPE_CHECKING:
    from skcriteria import DecisionMatrix


def decision_matrix(
    evaluation: Evaluation, of: Literal["values", "performances"] = "values"
) -> DecisionMatrix:
    """The question as a DecisionMatrix of m alternatives and n criteria.

    Parameters
    ----------
    of : ``values`` gives partial values (0 to 100, all to be maximised), which every method can
        take; ``performances`` gives raw likely performances with the direction of each criterion.

    Returns
    -------
    A DecisionMatrix named by the ids, with the weights of the evaluation (sum 1). What
    scikit-criteria does not check (missing numbers, repeated names, weights that are negative or
    all zero) has been checked before.
    """
    import skcriteria  # noqa: PLC0415  (takes seconds: see the module's docstring)

    question = evaluation.question
    raw = of == "performances"
    return skcriteria.mkdm(
        matrix=evaluation.performance.likely if raw else evaluation.values,
        objectives=[max if c.direction == "max" or not raw else min for c in question.criteria],
        weights=evaluation.weights,
        alternatives=[proposal.id for proposal in question.proposals],
        criteria=[criterion.id for criterion in question.criteria],
    )
