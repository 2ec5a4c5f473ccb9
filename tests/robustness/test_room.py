"""What a room sees: by hand, by property, and against what counts perspectives."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import Valued, Values, evaluate, values_of
from dashboard.methods.ranks import competition_ranks, competition_ranks_of_rows
from dashboard.methods.value_moments import ValueMoments
from dashboard.methods.weights import equal_branch_points
from dashboard.model.question import Question
from dashboard.robustness.acceptability import acceptability
from dashboard.robustness.disagreement import disagreement
from dashboard.robustness.lead import lead
from dashboard.robustness.room import RoundResult, room
from dashboard.robustness.room_ballots import Group, RoundBallots
from dashboard.robustness.weight_sampling import ballot_weights
from tests.oracles import exact_moments

COOKS, GUESTS = Group("cooks", "Cooks"), Group("guests", "Guests")
TWO = np.array([[100.0, 0.0], [0.0, 100.0]])


def exact(values: Floats) -> Values:
    return Values(values, values, values, exact_moments(values))


def uncertain(values: Floats, sd: float) -> Values:
    """Every value is off by a standard deviation of ``sd`` points, each on its own."""
    moments = ValueMoments(values, np.full_like(values, sd**2))
    return Values(values, values - sd, values + sd, moments)


def cast(
    weights: Sequence[Sequence[float]] | Floats,
    groups: Sequence[str] | None = None,
    people: Sequence[str] | None = None,
    number: int = 1,
) -> RoundBallots:
    rows = np.array(weights, dtype=np.float64)
    return RoundBallots(
        number,
        rows,
        tuple(groups or [""] * len(rows)),
        tuple(people or [f"p{i}" for i in range(len(rows))]),
    )


def only(values: Valued, ballots: RoundBallots, groups: Sequence[Group] = ()) -> RoundResult:
    found = room(values, [ballots], groups, small_groups=False).latest
    assert found is not None
    return found


def drawn(rng: np.random.Generator, k: int, n: int) -> Floats:
    return rng.dirichlet(np.ones(n), k)


def test_three_ballots_by_hand() -> None:
    found = only(exact(TWO), cast([[0.75, 0.25], [0.5, 0.5], [0.25, 0.75]]))
    assert found.ballots == 3
    assert found.scores.tolist() == [[75, 25], [50, 50], [25, 75]]
    assert found.ranks.tolist() == [[1, 2], [1, 1], [2, 1]]
    # The tie counts for both.
    assert found.whole.firsts.tolist() == [2, 2]
    assert found.tied == 1
    assert found.acceptability == pytest.approx(np.array([[2 / 3, 1 / 3], [2 / 3, 1 / 3]]))
    assert found.whole.weights.tolist() == [0.5, 0.5]
    assert found.whole.scores.tolist() == [50, 50]
    assert found.whole.lead.leaders == (0, 1)
    assert found.clear == 2


def test_a_lead_within_the_error_of_the_difference_is_not_decided() -> None:
    """Values are off by 5 points: with weights (0.55, 0.45) each score by 5 x 0.7106 = 3.55, the
    difference of two by 3.55 x 1.414 = 5.02, and the error is 1.28 times that, 6.4."""
    weights = [[0.55, 0.45]]
    near = only(uncertain(np.array([[60.0, 50.0], [50.0, 55.0]]), 5), cast(weights))
    assert near.whole.lead.gap == pytest.approx(3.25)
    assert near.whole.lead.error == pytest.approx(1.28 * 5 * np.sqrt(2) * np.hypot(0.55, 0.45))
    assert not near.whole.lead.clear
    assert near.clear == 0
    far = only(uncertain(np.array([[60.0, 50.0], [50.0, 45.0]]), 5), cast(weights))
    assert far.whole.lead.gap == pytest.approx(7.75)
    assert far.whole.lead.clear
    assert far.clear == 1


def test_the_score_under_mean_weights_is_the_mean_of_the_scores(shipped: Question) -> None:
    values = values_of(shipped)
    weights = drawn(np.random.default_rng(1), 50, values.values.shape[1])
    found = only(values, cast(weights))
    assert found.whole.scores == pytest.approx(found.scores.mean(axis=0))


def test_an_evaluation_serves_as_values_and_its_weights_count_for_nothing(
    shipped: Question,
) -> None:
    evaluation = evaluate(shipped, equal_branch_points(shipped.branches))
    weights = drawn(np.random.default_rng(2), 9, len(shipped.criteria))
    one, other = only(values_of(shipped), cast(weights)), only(evaluation, cast(weights))
    assert one.scores.tolist() == other.scores.tolist()
    assert one.whole.lead == other.whole.lead


def test_ranks_shares_and_agreement_are_those_of_the_functions_for_perspectives(
    shipped: Question,
) -> None:
    values = values_of(shipped)
    weights = drawn(np.random.default_rng(3), 200, len(shipped.criteria))
    found = only(values, cast(weights))
    known = disagreement(values.values, weights)
    assert found.ranks.tolist() == known.ranks.tolist()
    assert found.whole.concordance == known.concordance
    assert found.diversity == known.diversity
    assert found.compromise.found.alternative == known.compromise.alternative
    assert found.compromise.found.worst_regret == pytest.approx(known.compromise.worst_regret)
    counted = acceptability(values.values, ballot_weights(weights))
    assert found.acceptability == pytest.approx(counted.ranks.value)
    clear = [
        lead(values, row, scores, ranks).clear
        for row, scores, ranks in zip(weights, found.scores, found.ranks, strict=True)
    ]
    assert found.clear == sum(clear)
    assert 0 < found.clear < len(weights)


@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=1, max_size=6))
def test_ranks_of_rows_are_ranks_of_each_row(rows: list[list[int]]) -> None:
    scores = np.array(rows, dtype=np.float64) / 3
    expected = [competition_ranks(row).tolist() for row in scores]
    assert competition_ranks_of_rows(scores).tolist() == expected


def test_one_ballot_has_reasons_in_place_of_figures() -> None:
    found = only(exact(TWO), cast([[0.7, 0.3]]))
    assert found.whole.concordance.w is None
    assert found.diversity.consensus is None
    assert found.dividing.reason == "there is only one ballot"
    assert found.compromise.found.worst_regret == 0


def test_one_alternative_has_reasons_in_place_of_figures() -> None:
    found = only(exact(np.array([[40.0, 60.0]])), cast([[0.7, 0.3], [0.2, 0.8]]))
    assert found.whole.firsts.tolist() == [2]
    assert found.dividing.pair is None
    assert found.dividing.reason == "there is only one option"
    assert found.whole.concordance.reason == "there is only one alternative, so no order"


def test_a_round_without_a_ballot_has_no_result() -> None:
    empty = RoundBallots(2, np.empty((0, 2)), (), ())
    found = room(exact(TWO), [cast([[0.5, 0.5]]), empty], [], small_groups=False)
    assert found.number == 2
    assert found.latest is None
    assert [result.number for result in found.rounds] == [1]
    assert found.movement is None


def test_earlier_rounds_have_the_same_figures() -> None:
    first, second = cast([[0.7, 0.3]]), cast([[0.3, 0.7]], number=2)
    found = room(exact(TWO), [first, second], [], small_groups=False)
    assert [result.whole.firsts.tolist() for result in found.rounds] == [[1, 0], [0, 1]]
    assert found.latest is found.rounds[1]


def test_who_would_have_to_move_by_group() -> None:
    """Five cooks at (0.8, 0.2), five guests at (0.4, 0.6)."""
    values = np.array([[90.0, 0.0], [50.0, 50.0], [0.0, 60.0]])
    weights = [[0.8, 0.2]] * 5 + [[0.4, 0.6]] * 5
    found = only(
        exact(values), cast(weights, ["cooks"] * 5 + ["guests"] * 5), [COOKS, GUESTS]
    ).compromise
    # Scores 72, 50, 12 and 36, 50, 36: regrets of the first 0 and 14, of the second 22 and 0.
    assert found.found.alternative == 0
    assert found.found.worst_regret == pytest.approx(14)
    assert (found.giving, found.beyond) == (5, 5)
    assert found.mean == pytest.approx(7)
    cooks = found.by_group[1]
    guests = found.by_group[0]
    assert guests.group == GUESTS
    assert (guests.ballots, guests.giving) == (5, 5)
    assert guests.largest == pytest.approx(14)
    assert cooks.group == COOKS
    assert (cooks.giving, cooks.beyond, cooks.mean) == (0, 0, 0)


def test_what_does_not_fit_is_refused() -> None:
    one = cast([[0.5, 0.5]])
    with pytest.raises(ValueError, match="at least one round"):
        room(exact(TWO), [], [], small_groups=False)
    with pytest.raises(ValueError, match="rounds must be in order"):
        room(exact(TWO), [one, one], [], small_groups=False)
    with pytest.raises(ValueError, match="2 criteria, but a ballot has another number"):
        room(exact(TWO), [cast([[0.2, 0.3, 0.5]])], [], small_groups=False)
    with pytest.raises(ValueError, match="'cooks', which is not on the list"):
        room(exact(TWO), [cast([[0.5, 0.5]], ["cooks"])], [GUESTS], small_groups=False)
    with pytest.raises(ValueError, match="an id of its own"):
        room(exact(TWO), [one], [COOKS, COOKS], small_groups=False)
    with pytest.raises(ValueError, match="must sum to 1"):
        cast([[0.5, 0.4]])
    with pytest.raises(ValueError, match="must not be negative"):
        cast([[1.5, -0.5]])
    with pytest.raises(ValueError, match="must not be negative and must sum"):
        cast([[np.nan, 0.5]])
    with pytest.raises(ValueError, match="more than one ballot"):
        cast([[0.5, 0.5]] * 2, people=["a", "a"])
    with pytest.raises(ValueError, match="one group and one participant"):
        cast([[0.5, 0.5]], groups=["a", "b"])
    with pytest.raises(ValueError, match="a matrix"):
        RoundBallots(1, np.array([1.0]), ("",), ("p",))


def test_a_thousand_ballots_are_quick(shipped: Question) -> None:
    """A fortieth of a second here; ten times that would be felt by whoever reveals."""
    values, rng = values_of(shipped), np.random.default_rng(4)
    groups = [Group(f"g{i}", f"Group {i}") for i in range(8)]
    weights = drawn(rng, 1000, len(shipped.criteria))
    ballots = cast(weights, [f"g{i % 8}" for i in range(1000)])
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        room(values, [ballots], groups, small_groups=False)
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.3
