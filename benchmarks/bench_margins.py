"""All margins that a page can show for one move of a weight, on the shipped question, warm."""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.measure import machine, spread, table
from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.weights import perspective_points
from dashboard.model.load import load_question
from dashboard.robustness.acceptability import Sampling
from dashboard.robustness.assessment import assess
from dashboard.robustness.statement import statement
from dashboard.robustness.verdict import verdict
from dashboard.ui.question_folder import SHIPPED

ROUNDS = 3


def first_page(evaluation: Evaluation) -> None:
    """What the first page says today: verdict, score error, nearest switch."""
    verdict(evaluation)


def everything(samples: int) -> Callable[[Evaluation], None]:
    """The whole assessment and its sentences."""

    def run(evaluation: Evaluation) -> None:
        statement(assess(evaluation, Sampling(samples=samples)))

    return run


def seconds(work: Callable[[Evaluation], None]) -> list[float]:
    """One figure for every perspective and round, each for another set of weights."""
    question = load_question(SHIPPED)
    found = []
    for _ in range(ROUNDS):
        for perspective in question.perspectives:
            points = perspective_points(question, perspective)
            start = time.perf_counter()
            work(evaluate(question, points))
            found.append(time.perf_counter() - start)
    return found[1:]  # the first one imports scipy


def main() -> None:
    rows = [
        ["evaluation and verdict", spread(seconds(first_page)), "100 ms"],
        ["whole assessment, 2,000 samples", spread(seconds(everything(2_000))), "100 ms"],
        ["whole assessment, 10,000 samples", spread(seconds(everything(10_000))), ""],
        ["whole assessment, 100,000 samples", spread(seconds(everything(100_000))), ""],
    ]
    print(f"Margins for one move of a weight; {machine()}\n")
    print(table(["what", "median (range)", "bound"], rows))


if __name__ == "__main__":
    main()
