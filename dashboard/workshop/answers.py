"""What people answer, checked; and the weights that follow from it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from dashboard.methods.arrays import Floats
from dashboard.methods.rank_order_weights import rank_order_centroid
from dashboard.methods.weights import normalise_points
from dashboard.model.question import Question
from dashboard.model.typed_number import Limits, Unread, read_number
from dashboard.workshop.canonical import canonical
from dashboard.workshop.records import Answers, Method

MOST_POINTS = 100.0


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
    limits = _limits(method, len(question.criteria))
    for criterion in question.criteria:
        text = given.get(criterion.id, "")
        number = read_number(text, limits) if text.strip() else Unread(_BLANK[method])
        if isinstance(number, Unread):
            faults[criterion.id] = number.sentence
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
    "swing": "Give this swing 0 to 100 points.",
    "ranking": "Give this swing a place.",
}


def _limits(method: Method, criteria: int) -> Limits:
    return Limits(0, MOST_POINTS) if method == "swing" else Limits(1, criteria, whole=True)


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
