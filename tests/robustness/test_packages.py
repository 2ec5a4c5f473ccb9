"""Packages: the fixtures of the decision model, and the rules by hand."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest

from dashboard.methods.additive import scores
from dashboard.methods.arrays import performance
from dashboard.methods.partial_values import partial_values
from dashboard.methods.weights import normalise_points, perspective_points
from dashboard.model.combination import CombinationRule
from dashboard.model.question import Question
from dashboard.robustness.packages import _combine, package_performance
from tests.conftest import fixture_json

FIXTURE = fixture_json("packages")


@pytest.fixture
def left_out(shipped: Question) -> list[tuple[frozenset[str], str]]:
    """The fixture leaves out one delta, which shifts a member and not the minimum."""
    named = FIXTURE["left_out"]
    interaction = next(i for i in shipped.interactions.interactions if i.id == named["interaction"])
    return [(frozenset(interaction.between), named["criterion"])]


@pytest.mark.parametrize("package", FIXTURE["packages"], ids=lambda p: "+".join(p["members"]))
def test_packages_perform_and_score_as_in_the_decision_model(
    shipped: Question, left_out: list[tuple[frozenset[str], str]], package: dict[str, Any]
) -> None:
    found = package_performance(shipped, package["members"], left_out)
    for j, criterion in enumerate(shipped.criteria):
        assert found[j] == pytest.approx(package["performances"][criterion.id], abs=0.0051)
    values = partial_values(found[None, :], [criterion.points for criterion in shipped.criteria])
    for perspective, expected in package["scores"].items():
        points = perspective_points(shipped, shipped.perspective(perspective))
        total = scores(values, normalise_points(list(points.values())))[0]
        assert total == pytest.approx(expected, abs=0.051)


def test_a_package_of_one_performs_as_its_member(shipped: Question) -> None:
    raw = performance(shipped).likely
    for i, proposal in enumerate(shipped.proposals):
        assert package_performance(shipped, [proposal.id]) == pytest.approx(raw[i])


def test_the_order_of_the_members_does_not_matter(shipped: Question) -> None:
    members = ["sanctuary", "ngo-roles", "nato-integration"]
    first = package_performance(shipped, members)
    for other in permutations(members):
        assert package_performance(shipped, other) == pytest.approx(first)


def rule(name: str, ceiling: float | None = None) -> CombinationRule:
    return CombinationRule.model_validate(
        {"criteria": ("c",), "rule": name, "ceiling": ceiling, "formula": "f", "reason": "r"}
    )


def test_the_rules_by_hand() -> None:
    parts = np.array([20.0, 40.0])
    assert _combine(rule("minimum"), parts, 10.0) == 20
    assert _combine(rule("sum-over-status-quo"), parts, 10.0) == 50
    # 100 - 90 · (80 / 90) · (60 / 90) = 46.67: the two overlap.
    assert _combine(rule("overlap", 100.0), parts, 10.0) == pytest.approx(46.6667, abs=1e-4)
    assert _combine(rule("overlap", 10.0), np.array([10.0]), 10.0) == 10


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ([], "a package needs a member"),
        (["sanctuary", "sanctuary"], "a proposal is in the package twice"),
        (["sanctuary", "nobody"], "unknown proposals: nobody"),
    ],
)
def test_a_package_that_is_none_is_refused(
    shipped: Question, members: list[str], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        package_performance(shipped, members)
