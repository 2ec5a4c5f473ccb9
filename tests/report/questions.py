"""Questions made on the spot, as small or as odd as a test needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.model.evidence import Context
from dashboard.model.proposals import Proposal, Score
from dashboard.model.question import Question
from dashboard.model.value_tree import Branch, Criterion, ValueTreeFile
from dashboard.model.weighting import Perspective, PerspectivesFile


def score(likely: float, spread: float = 0.0) -> Score:
    """A judgement of low confidence, ``spread`` to either side."""
    return Score.model_validate(
        {
            "low": likely - spread,
            "likely": likely,
            "high": likely + spread,
            "class": ("judgement",),
            "confidence": "low",
            "evidence": ("by-definition",),
            "rationale": "a number for a test",
        }
    )


def make_question(
    performances: Mapping[str, Sequence[float]],
    *,
    spread: float = 0.0,
    branch_sizes: Sequence[int] | None = None,
    names: Mapping[str, str] | None = None,
    status_quo: str | None = None,
    title: str = "Lunch",
    perspectives: Sequence[Perspective] = (),
    minima: Mapping[int, float] | None = None,
) -> Question:
    """A question of one row a proposal: performances from 0 (worst) to 10 (best), in points.

    Parameters
    ----------
    performances : by proposal id, one number a criterion.
    branch_sizes : criteria in each branch; one branch where left out.
    names : names of proposals other than their ids.
    minima : performances that no option may fall short of, by the place of the criterion.
    """
    count = len(next(iter(performances.values())))
    criteria = [_criterion(j, (minima or {}).get(j)) for j in range(count)]
    branches, start = [], 0
    for b, size in enumerate(branch_sizes or [count]):
        held = tuple(criteria[start : start + size])
        branches.append(Branch(id=f"branch-{b}", ref=None, name=f"Branch {b}", criteria=held))
        start += size
    return Question(
        context=Context(title=title, decision="Where to eat", disclaimer="One person's judgement."),
        tree=ValueTreeFile(branches=tuple(branches)),
        proposals=tuple(
            Proposal(
                id=identifier,
                ref=None,
                name=(names or {}).get(identifier, identifier),
                kind="status-quo" if identifier == status_quo else "proposal",
                summary="made up",
                scores={
                    criterion.id: score(value, spread)
                    for criterion, value in zip(criteria, row, strict=True)
                },
            )
            for identifier, row in performances.items()
        ),
        weighting=PerspectivesFile(perspectives=tuple(perspectives)),
    )


def tender() -> Question:
    """Three bids; the cheapest falls short of what its second criterion asks for."""
    bids = {"bid-a": [3.0, 8.2], "bid-b": [7.0, 6.0], "bid-c": [9.6, 3.8]}
    names = {bid: bid.replace("-", " ").replace("bid", "Bid").title() for bid in bids}
    return make_question(
        bids, names=names, spread=0.4, branch_sizes=[1, 1], minima={1: 5.0}, title="Tender"
    )


MISSED = "misses the minimum of Criterion 1: 3.8 of 5 points needed"
"""What the third bid of ``tender`` does."""

CAUTION = f"Bid C {MISSED}. A high score does not make up for that."


def make_perspective(
    identifier: str, points: Sequence[float], name: str | None = None
) -> Perspective:
    """A perspective on the criteria of ``make_question``, in their order."""
    return Perspective.model_validate(
        {
            "id": identifier,
            "ref": None,
            "name": name or identifier,
            "points": {f"criterion-{j}": float(given) for j, given in enumerate(points)},
            "justification": "made up",
        }
    )


def _criterion(j: int, veto: float | None = None) -> Criterion:
    return Criterion(
        id=f"criterion-{j}",
        ref=None,
        name=f"Criterion {j}",
        definition="made up",
        unit="points",
        decimals=1,
        worst=0.0,
        best=10.0,
        veto=veto,
    )
