"""Second opinions: the methods' own published cases, the guard around them, the count."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pymcdm.methods
import pytest

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.ranks import competition_ranks
from dashboard.methods.second_opinions import PRODUCT_FLOOR, agreement, second_opinions
from dashboard.methods.weights import perspective_points
from dashboard.model.question import Question
from tests.report.questions import make_question


def as_they_are(column: Floats, cost: bool = False) -> Floats:
    """The values are on one scale already; pymcdm would scale them again by default."""
    return column


METHODS = ["Weighted sum", "Weighted product", "TOPSIS", "VIKOR"]


@pytest.fixture(params=["ukraine", "human-rights", "nato-security"])
def evaluation(shipped: Question, request: pytest.FixtureRequest) -> Evaluation:
    return evaluate(shipped, perspective_points(shipped, shipped.perspective(request.param)))


def test_all_four_methods_run_on_the_shipped_question(evaluation: Evaluation) -> None:
    opinions = second_opinions(evaluation)
    assert [opinion.method for opinion in opinions] == METHODS
    assert all(opinion.reason is None for opinion in opinions)
    assert opinions[0].ranks is not None
    assert opinions[0].ranks.tolist() == evaluation.ranks.tolist()


def test_ranks_agree_with_a_second_library(evaluation: Evaluation) -> None:
    """pymcdm 1.4 on the same values and weights, without any normalisation of its own."""
    objectives = np.ones(len(evaluation.weights))
    lifted = np.maximum(evaluation.values, PRODUCT_FLOOR)
    by_method = {opinion.method: opinion.ranks for opinion in second_opinions(evaluation)}

    topsis = pymcdm.methods.TOPSIS(normalization_function=as_they_are)
    preference = topsis(evaluation.values, evaluation.weights, objectives)
    assert by_method["TOPSIS"] is not None
    assert by_method["TOPSIS"].tolist() == competition_ranks(preference).tolist()

    product = pymcdm.methods.WPM(normalization_function=as_they_are)
    preference = product(lifted, evaluation.weights, objectives)
    assert by_method["Weighted product"] is not None
    assert by_method["Weighted product"].tolist() == competition_ranks(preference).tolist()

    vikor = pymcdm.methods.VIKOR()
    distance = vikor(evaluation.values, evaluation.weights, objectives)
    assert by_method["VIKOR"] is not None
    assert by_method["VIKOR"].tolist() == competition_ranks(-distance).tolist()


def test_the_count_names_how_many_put_the_leader_first(shipped: Question) -> None:
    points = perspective_points(shipped, shipped.perspective("ukraine"))
    evaluation = evaluate(shipped, points)
    opinions = second_opinions(evaluation)
    firsts = [
        shipped.proposals[int(np.argmin(opinion.ranks))].id
        for opinion in opinions
        if opinion.ranks is not None
    ]
    assert firsts == ["status-quo", "capital-amnesty", "status-quo", "nato-integration"]
    count = agreement(evaluation, opinions)
    assert (count.leading, count.ran, count.methods) == (2, 4, 4)


def test_lifting_zeros_for_the_product_is_said(evaluation: Evaluation) -> None:
    product = second_opinions(evaluation)[1]
    assert product.note is not None
    assert product.note.startswith("5 partial values below 1 point counted as 1")


def test_one_option_leaves_nothing_to_compare(shipped: Question) -> None:
    lone = shipped.replace(proposals=shipped.proposals[:1])
    evaluation = evaluate(lone, perspective_points(lone, lone.perspective("finance")))
    opinions = second_opinions(evaluation)
    assert opinions[0].ranks is not None
    reasons = [opinion.reason for opinion in opinions[1:]]
    assert reasons == ["it compares alternatives, and there is only one"] * 3
    count = agreement(evaluation, opinions)
    assert (count.leading, count.ran, count.methods) == (1, 1, 4)


def test_equal_options_are_said_to_be_equal(shipped: Question) -> None:
    twin = shipped.proposals[1].model_copy(update={"id": "twin"})
    pair = shipped.replace(proposals=(shipped.proposals[1], twin))
    evaluation = evaluate(pair, perspective_points(pair, pair.perspective("finance")))
    opinions = second_opinions(evaluation)
    assert evaluation.ranks.tolist() == [1, 1]
    reasons = {opinion.reason for opinion in opinions[1:]}
    assert reasons == {"all alternatives have the same values"}


def test_a_constant_criterion_stops_no_method(shipped: Question) -> None:
    """scikit-criteria warns and divides by zero here; the ranks must still be ranks."""
    scores = dict(shipped.proposals[1].scores)
    other = {**shipped.proposals[2].scores, "public-cost": scores["public-cost"]}
    pair = shipped.replace(
        proposals=(shipped.proposals[1], shipped.proposals[2].model_copy(update={"scores": other}))
    )
    evaluation = evaluate(pair, perspective_points(pair, pair.perspective("finance")))
    for opinion in second_opinions(evaluation):
        assert opinion.ranks is not None, opinion.reason
        assert sorted(opinion.ranks.tolist()) == [1, 2]


def test_ranking_does_not_import_scikit_criteria() -> None:
    program = (
        "import sys; from dashboard.cli import main; main(['rank', '--json']);"
        "assert not {'skcriteria', 'streamlit', 'pandas', 'altair'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_a_single_zero_is_said_in_the_singular() -> None:
    question = make_question({"a": [0.05, 8.0], "b": [5.0, 6.0]})
    evaluation = evaluate(question, {criterion.id: 1.0 for criterion in question.criteria})
    product = second_opinions(evaluation)[1]
    assert product.note is not None
    assert product.note.startswith("1 partial value below 1 point counted as 1")
