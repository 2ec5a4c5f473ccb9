"""Weights from pairwise comparisons."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymcdm.weights.subjective import AHP

from dashboard.methods.ahp import PairwiseMethod, Ratios, pairwise_weights, random_index
from dashboard.methods.arrays import Floats

METHODS: list[PairwiseMethod] = ["eigenvector", "geometric-mean"]
both_methods = pytest.mark.parametrize("method", METHODS)


def reciprocal(upper: list[list[float]]) -> Floats:
    """The matrix whose rows above the diagonal are these."""
    n = len(upper) + 1
    matrix = np.eye(n)
    for i, row in enumerate(upper):
        for j, judgement in enumerate(row, start=i + 1):
            matrix[i, j], matrix[j, i] = judgement, 1 / judgement
    return matrix


# Size, transport, neighbourhood, age, yard, facilities, condition, financing.
HOUSE = reciprocal(
    [
        [5, 3, 7, 6, 6, 1 / 3, 1 / 4],
        [1 / 3, 5, 3, 3, 1 / 5, 1 / 7],
        [6, 3, 4, 6, 1 / 5],
        [1 / 3, 1 / 4, 1 / 7, 1 / 8],
        [1 / 2, 1 / 5, 1 / 6],
        [1 / 5, 1 / 6],
        [1 / 2],
    ]
)

# United States, USSR, China, France, United Kingdom, Japan, West Germany.
NATIONS = reciprocal(
    [
        [4, 9, 6, 6, 5, 5],
        [7, 5, 5, 3, 4],
        [1 / 5, 1 / 5, 1 / 7, 1 / 5],
        [1, 1 / 3, 1 / 3],
        [1 / 3, 1 / 3],
        [2],
    ]
)


@st.composite
def judgements(draw: st.DrawFn) -> Floats:
    n = draw(st.integers(1, 8))
    scale = st.integers(1, 9).flatmap(lambda k: st.sampled_from([float(k), 1 / k]))
    return reciprocal(
        [draw(st.lists(scale, min_size=n - 1 - i, max_size=n - 1 - i)) for i in range(n - 1)]
    )


def test_buying_a_house() -> None:
    """Saaty (1990), European Journal of Operational Research 48(1), 9-26: the weights, the largest
    eigenvalue 9.669 and the consistency ratio 0.169 of the house."""
    weights, ratio, _ = pairwise_weights(HOUSE)
    expected = [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    assert weights.round(3).tolist() == expected
    assert round(ratio, 3) == 0.169
    assert round(ratio * random_index(8) * 7 + 8, 3) == 9.669


def test_the_judgement_to_look_at_again_when_buying_a_house() -> None:
    """Saaty (2003), European Journal of Operational Research 145(1), 85-91: row 3, column 7 is
    furthest off, by 5.32; put at 1/2, the weights become these."""
    worst = pairwise_weights(HOUSE).worst_judgement
    assert worst is not None
    assert (worst.row, worst.column) == (2, 6)
    assert worst.given == pytest.approx(6, abs=1e-12)
    assert round(worst.given / worst.fitting, 2) == 5.32
    mended = HOUSE.copy()
    mended[2, 6], mended[6, 2] = 1 / 2, 2
    weights, ratio, worst = pairwise_weights(mended)
    expected = [0.175, 0.062, 0.103, 0.019, 0.034, 0.041, 0.221, 0.345]
    assert weights.round(3).tolist() == expected
    assert ratio < 0.1
    assert worst is None


def test_the_wealth_of_nations() -> None:
    """Saaty (1980), The Analytic Hierarchy Process: seven countries, largest eigenvalue 7.61."""
    weights, ratio, worst = pairwise_weights(NATIONS)
    expected = [0.427, 0.230, 0.021, 0.052, 0.052, 0.123, 0.094]
    assert weights.round(3).tolist() == expected
    assert round(ratio * random_index(7) * 6 + 7, 2) == 7.61
    assert worst is None


def test_three_criteria_by_hand() -> None:
    """A cycle: each is twice the next. Row means are equal, the eigenvalue is 1 + 2 + 1/2."""
    weights, ratio, worst = pairwise_weights(reciprocal([[2, 1 / 2], [2]]))
    assert weights == pytest.approx([1 / 3] * 3, abs=1e-12)
    assert ratio == pytest.approx((3.5 - 3) / 2 / 0.58, abs=1e-12)
    assert worst is not None
    assert (worst.row, worst.column) == (0, 1)
    assert (worst.given, worst.fitting) == pytest.approx((2.0, 1.0), abs=1e-12)


@both_methods
def test_one_criterion(method: PairwiseMethod) -> None:
    weights, ratio, worst = pairwise_weights([[1.0]], method)
    assert (weights.tolist(), ratio, worst) == ([1.0], 0.0, None)


@both_methods
def test_two_criteria_are_consistent_by_definition(method: PairwiseMethod) -> None:
    weights, ratio, worst = pairwise_weights([[1, 3], [1 / 3, 1]], method)
    assert weights == pytest.approx([0.75, 0.25], abs=1e-12)
    assert (ratio, worst) == (0.0, None)


@both_methods
def test_sixty_criteria_all_alike(method: PairwiseMethod) -> None:
    weights, ratio, worst = pairwise_weights(np.ones((60, 60)), method)
    assert weights == pytest.approx([1 / 60] * 60, abs=1e-12)
    assert ratio == pytest.approx(0, abs=1e-12)
    assert worst is None


@both_methods
@given(points=st.lists(st.integers(1, 1000), min_size=1, max_size=60))
def test_consistent_judgements_give_back_the_weights(
    method: PairwiseMethod, points: list[int]
) -> None:
    expected = np.array(points) / sum(points)
    weights, ratio, worst = pairwise_weights(expected[:, None] / expected, method)
    assert weights == pytest.approx(expected, abs=1e-10)
    assert ratio == pytest.approx(0, abs=1e-9)
    assert worst is None


@given(judgements())
def test_the_eigenvector_is_one(matrix: Floats) -> None:
    weights, ratio, _ = pairwise_weights(matrix)
    n = len(matrix)
    largest = n + ratio * random_index(n) * (n - 1)
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    assert matrix @ weights == pytest.approx(largest * weights, abs=1e-9)


@given(judgements())
def test_a_second_library_agrees(matrix: Floats) -> None:
    """pymcdm 1.4. Its random indices are others, so the ratios are compared as eigenvalues."""
    weights, ratio, _ = pairwise_weights(matrix)
    library = AHP(matrix=matrix)
    assert library() == pytest.approx(weights, abs=1e-9)
    n = len(matrix)
    assert AHP.RI_M[n - 1] * library.get_cr() == pytest.approx(ratio * random_index(n), abs=1e-9)


@both_methods
@given(matrix=judgements(), seed=st.integers(0, 1000))
def test_weights_follow_the_criteria_in_any_listing(
    method: PairwiseMethod, matrix: Floats, seed: int
) -> None:
    order = np.random.default_rng(seed).permutation(len(matrix))
    weights, ratio, _ = pairwise_weights(matrix, method)
    shuffled, same_ratio, _ = pairwise_weights(matrix[np.ix_(order, order)], method)
    assert shuffled == pytest.approx(weights[order], abs=1e-10)
    assert same_ratio == pytest.approx(ratio, abs=1e-10)


@given(judgements())
def test_geometric_means_of_the_rows(matrix: Floats) -> None:
    means = np.prod(matrix, axis=1) ** (1 / len(matrix))
    weights, _, _ = pairwise_weights(matrix, "geometric-mean")
    assert weights == pytest.approx(means / means.sum(), abs=1e-12)


@given(judgements().filter(lambda matrix: len(matrix) <= 3))
def test_the_two_methods_agree_up_to_three_criteria(matrix: Floats) -> None:
    by_vector, by_mean = (pairwise_weights(matrix, method).weights for method in METHODS)
    assert by_vector == pytest.approx(by_mean, abs=1e-10)


@both_methods
@given(matrix=judgements())
def test_no_judgement_fits_worse_than_the_worst(method: PairwiseMethod, matrix: Floats) -> None:
    weights, ratio, worst = pairwise_weights(matrix, method)
    assert (worst is None) == (ratio <= 0.1)
    if worst is not None:
        misfit = np.abs(np.log(matrix * weights / weights[:, None]))
        assert worst.row < worst.column
        assert misfit[worst.row, worst.column] == pytest.approx(misfit.max(), abs=1e-9)
        assert worst.fitting == pytest.approx(weights[worst.row] / weights[worst.column])


def test_reciprocals_written_to_three_decimals_will_do() -> None:
    exact = pairwise_weights(NATIONS)
    written = pairwise_weights(np.where(NATIONS < 1, NATIONS.round(3), NATIONS))
    assert written.weights == pytest.approx(exact.weights, abs=2e-4)
    assert written.consistency_ratio == pytest.approx(exact.consistency_ratio, abs=2e-3)


def test_the_random_index_goes_on_where_the_table_ends() -> None:
    """Alonso & Lamata (2006). Saaty's own table has 1.51 for 11 and 1.59 for 15 criteria."""
    assert [random_index(n) for n in (3, 4, 10)] == [0.58, 0.90, 1.49]
    assert random_index(11) == pytest.approx(1.51, abs=0.005)
    assert random_index(15) == pytest.approx(1.59, abs=0.005)
    assert all(random_index(n) < random_index(n + 1) for n in range(2, 60))


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        ([], "a pairwise comparison matrix is square"),
        ([1.0], "a pairwise comparison matrix is square"),
        ([[1, 2]], "a pairwise comparison matrix is square"),
        ([[1, None], [1, 1]], "row 1, column 2 is missing; every pair must be compared"),
        ([[1, float("nan")], [1, 1]], "row 1, column 2 is missing"),
        ([[1, 0], [1, 1]], r"row 1, column 2 \(0\) is not positive"),
        ([[1, -2], [-0.5, 1]], r"row 1, column 2 \(-2\) is not positive"),
        ([[1, float("inf")], [1, 1]], r"row 1, column 2 \(inf\) is out of scale"),
        ([[1, 5e-324], [1, 1]], "row 1, column 2 .* is out of scale"),
        ([[1, 2], [0.5, 2]], r"row 2, column 2 \(2\) must be 1: a criterion against itself"),
        ([[1, 2], [2, 1]], r"row 1, column 2 \(2\) is not the reciprocal"),
        ([[1, 6], [0.17, 1]], r"row 1, column 2 \(6\) is not the reciprocal"),
    ],
)
def test_what_is_no_pairwise_comparison_is_refused(matrix: Ratios, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        pairwise_weights(matrix)


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(ValueError, match="take eigenvector or geometric-mean"):
        pairwise_weights([[1]], "harmonic-mean")  # type: ignore[arg-type]
