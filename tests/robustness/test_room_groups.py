"""Which groups stay hidden, and that none of them can be worked out from what is shown."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.methods.evaluate import Values
from dashboard.robustness.room import room
from dashboard.robustness.room_ballots import FEWEST, Group, RoundBallots
from dashboard.robustness.room_groups import Why, hidden_groups
from tests.oracles import exact_moments

VALUES = np.array([[100.0, 0.0], [0.0, 100.0], [40.0, 40.0]])


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((5, 6), (None, None)),
        ((0, 7), (None, None)),
        # The small one alone: the smallest of the others goes with it, the first of equals.
        ((4, 9, 6), ("few", None, "subtraction")),
        ((9, 1, 9), ("subtraction", "few", None)),
        # Two small ones hide each other.
        ((2, 3, 9), ("few", "few", None)),
        ((2, 2, 9), ("few", "few", "subtraction")),
        # Nothing else is left.
        ((4, 0), ("few", None)),
        ((1, 2), ("few", "few")),
        ((3, 20), ("few", "subtraction")),
        ((), ()),
    ],
)
def test_hidden_by_hand(counts: tuple[int, ...], expected: tuple[Why | None, ...]) -> None:
    assert hidden_groups(counts, small_groups=False) == expected
    assert hidden_groups(counts, small_groups=True) == (None,) * len(counts)


@given(st.lists(st.integers(0, 12), max_size=8))
def test_no_hidden_group_can_be_worked_out(counts: list[int]) -> None:
    """What is shown are sums: of the room and of each group shown. A hidden group is safe if its
    own sum is no combination of those."""
    why = hidden_groups(counts, small_groups=False)
    present = [i for i, count in enumerate(counts) if count]
    shown = [i for i in present if why[i] is None]
    hidden = [i for i in present if why[i]]
    assert all(counts[i] >= FEWEST for i in shown)
    assert all(why[i] is None for i in range(len(counts)) if not counts[i])
    if not shown:
        return
    # Every ballot is in one group, so a sum over hidden ones is told only as their total.
    assert sum(counts[i] for i in hidden) == 0 or sum(counts[i] for i in hidden) >= FEWEST
    unit = np.eye(len(present))
    known = np.vstack([np.ones(len(present)), *(unit[present.index(i)] for i in shown)])
    for i in hidden:
        with_it = np.vstack([known, unit[present.index(i)]])
        assert np.linalg.matrix_rank(with_it) > np.linalg.matrix_rank(known)


@given(st.lists(st.sampled_from(["a", "b", "c", ""]), min_size=1, max_size=40))
def test_a_room_shows_no_figure_of_a_hidden_group(of_ballots: list[str]) -> None:
    rng = np.random.default_rng(len(of_ballots))
    ballots = RoundBallots(
        1,
        rng.dirichlet(np.ones(2), len(of_ballots)),
        tuple(of_ballots),
        tuple(str(i) for i in range(len(of_ballots))),
    )
    groups = [Group(identifier, identifier.upper()) for identifier in "abc"]
    found = room(
        Values(VALUES, VALUES, VALUES, exact_moments(VALUES)), [ballots], groups, small_groups=False
    ).latest
    assert found is not None
    parts = found.groups
    counts = {g: of_ballots.count(g) for g in {*of_ballots}}
    assert {one.group.id: one.tally.ballots for one in parts.shown} | {
        one.group.id: one.ballots for one in parts.hidden
    } == counts
    named = [one.group.id for one in found.compromise.by_group if one.group]
    assert sorted(named) == sorted(one.group.id for one in parts.shown)
    together = [one for one in found.compromise.by_group if one.group is None]
    assert [one.ballots for one in together] == ([parts.pooled] if parts.hidden else [])
    assert sum(one.ballots for one in found.compromise.by_group) == len(of_ballots)
    for one in parts.shown:
        rows = [i for i, group in enumerate(of_ballots) if group == one.group.id]
        assert one.tally.weights == pytest.approx(ballots.weights[rows].mean(axis=0))


def test_those_without_a_group_are_hidden_like_any_other() -> None:
    weights = np.full((9, 2), 0.5)
    ballots = RoundBallots(1, weights, ("a",) * 6 + ("",) * 3, tuple("123456789"))
    values = Values(VALUES, VALUES, VALUES, exact_moments(VALUES))
    found = room(values, [ballots], [Group("a", "A")], small_groups=False).latest
    assert found is not None
    assert [(one.group.id, one.why) for one in found.groups.hidden] == [
        ("a", "subtraction"),
        ("", "few"),
    ]
    allowed = room(values, [ballots], [Group("a", "A")], small_groups=True).latest
    assert allowed is not None
    assert [one.group.name for one in allowed.groups.shown] == ["A", "No group"]
