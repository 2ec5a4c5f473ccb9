"""What people answer, checked; and the weights that follow from it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from dashboard.methods.arrays import Floats
from dashboard.methods.rank_order_weights import rank_order_centroid
from dashboard.methods.weights import normalise_points
from dashboard.model.question import Question
from dashboard.workshop.canonical import canonical
from dashboard.workshop.records import Answers, Method

MOST_POINTS = 100.0
_LONGEST_NUMBER = 12


class AnswersError(Exception):
    """Answers that cannot be used: a sentence for each criterion that is at fault.

    ``by_criterion`` : what is wrong, by id; ``all_of_them`` : what is wrong with the whole.
    """

    def __init__(self, by_criterion: Mapping[str, str], all_of_them: str | None = None) -> None:
        super().__init__(all_of_them or "; ".join(f"{k}: {v}" for k, v in by_criterion.items()))
        self.by_criterion = dict(by_criterion)
        self.all_of_them = all_of_them


def read_answers(question: Question, method: Method, given: Mapping[str, str]) -> Answers:
    """What a form sent, as numbers.

    Parameters
    ----------
    given : text by criterion id. Points from 0 to 100, with a point or a comma for decimals; or
        ranks from 1 to the number of criteria, where equal ranks are ties.

    Raises
    ------
    AnswersError : an answer is missing, is no number or out of range, or belongs to no criterion;
        or all points are zero.
    """
    faults, numbers = {}, {}
    most = MOST_POINTS if method == "swing" else float(len(question.criteria))
    for criterion in question.criteria:
        number = _number(given.get(criterion.id, ""))
        if number is None:
            blank = not given.get(criterion.id, "").strip()
            faults[criterion.id] = _BLANK[method] if blank else "write a number"
        elif not _is_possible(method, number, most):
            faults[criterion.id] = _range(method, most)
        else:
            numbers[criterion.id] = number
    known = {criterion.id for criterion in question.criteria}
    if set(given) - known:
        raise AnswersError(faults, "These answers belong to another question: load the page again")
    if faults:
        raise AnswersError(faults)
    if method == "swing" and not any(numbers.values()):
        raise AnswersError({}, "All points are zero: give at least one swing more")
    return Answers(method, numbers)


_BLANK: Mapping[Method, str] = {
    "swing": "give this swing 0 to 100 points",
    "ranking": "give this swing a place",
}


def _is_possible(method: Method, number: float, most: float) -> bool:
    if method == "swing":
        return 0 <= number <= most
    return 1 <= number <= most and number == int(number)


def _range(method: Method, most: float) -> str:
    if method == "swing":
        return "give 0 to 100 points"
    return f"give a whole number from 1 to {most:.0f}"


def _number(text: str) -> float | None:
    plain = text.strip().replace(",", ".")
    if not plain or len(plain) > _LONGEST_NUMBER or not plain.isascii() or "_" in plain:
        return None
    try:
        number = float(plain)
    except ValueError:
        return None
    # Less than nothing by nothing is nothing: -0 would be shown as that.
    return number + 0.0 if math.isfinite(number) else None


def weights_of(answers: Answers, question: Question) -> Floats:
    """(n,) weights in the order of ``question.criteria``, sum 1.

    Points are normalised; an order becomes its rank-order centroid.

    Raises
    ------
    KeyError : a criterion has no answer.
    """
    given = [answers.given[criterion.id] for criterion in question.criteria]
    return normalise_points(given) if answers.method == "swing" else rank_order_centroid(given)


def to_text(answers: Answers) -> str:
    """As it is kept."""
    return canonical({"method": answers.method, "given": dict(answers.given)})


def from_text(text: str) -> Answers:
    data = json.loads(text)
    return Answers(data["method"], data["given"])
