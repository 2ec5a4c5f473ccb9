"""The fingerprint of a result changes with everything that the result comes from."""

from __future__ import annotations

import hashlib

from dashboard.methods.evaluate import evaluate
from dashboard.report.fingerprint import input_fingerprint
from tests.report.questions import make_question

QUESTION = make_question({"soup": [5.0, 2.0], "pizza": [4.0, 9.0]})


def test_is_the_hash_of_the_question_and_the_weights() -> None:
    evaluation = evaluate(QUESTION, {"criterion-0": 1.0, "criterion-1": 3.0})
    text = (
        f'{{"question":"{QUESTION.fingerprint}",'
        '"weights":{"criterion-0":0.25,"criterion-1":0.75}}'
    )
    assert input_fingerprint(evaluation) == hashlib.sha256(text.encode()).hexdigest()


def test_points_in_the_same_proportions_give_the_same_fingerprint() -> None:
    first = evaluate(QUESTION, {"criterion-0": 1.0, "criterion-1": 3.0})
    second = evaluate(QUESTION, {"criterion-0": 0.1, "criterion-1": 0.3})
    assert input_fingerprint(first) == input_fingerprint(second)


def test_other_weights_and_other_scores_change_it() -> None:
    points = {"criterion-0": 1.0, "criterion-1": 3.0}
    changed = make_question({"soup": [5.0, 2.0], "pizza": [4.0, 9.1]})
    prints = {
        input_fingerprint(evaluate(QUESTION, points)),
        input_fingerprint(evaluate(QUESTION, {"criterion-0": 1.0, "criterion-1": 3.001})),
        input_fingerprint(evaluate(changed, points)),
    }
    assert len(prints) == 3
