"""The answer in words: who leads, by how much, how firmly, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.methods.dominance import equal_rows
from dashboard.methods.evaluate import Evaluation, are_equal
from dashboard.model.proposals import Proposal
from dashboard.model.side_by_side import gap_between, passed
from dashboard.model.wording import listed, points, whole
from dashboard.robustness.score_error import score_error
from dashboard.robustness.stability import Switch, nearest_switch

_UNLIFTED = "A score does not lift that."
_NAMED = 3
"""Up to this many options within the error are named; more are counted."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """What can be said from one evaluation, and the figures it is said from."""

    leaders: tuple[Proposal, ...]
    runner_up: Proposal | None
    gap: float
    error: float
    within_error: tuple[Proposal, ...]
    switch: Switch | None
    headline: str
    margin: str
    change: str
    caution: str | None

    @property
    def clear(self) -> bool:
        """One leader, and a gap to the next that is at least the score error."""
        return len(self.leaders) == 1 and self.gap >= self.error


def verdict(evaluation: Evaluation) -> Verdict:
    """Judge an evaluation; every number in the sentences is one of the fields."""
    proposals, order = evaluation.question.proposals, evaluation.order
    leaders = tuple(evaluation.leaders)
    rest = order[len(leaders) :]
    top = evaluation.scores[order[0]]
    error = score_error(evaluation.values_least, evaluation.values_most, evaluation.weights)
    gap = float(top - evaluation.scores[rest[0]]) if rest else 0.0
    near = tuple(proposals[i] for i in order if top - evaluation.scores[i] < error)
    runner_up = proposals[rest[0]] if rest else None
    switch = None
    if len(leaders) == 1:
        switch = nearest_switch(evaluation.values, evaluation.weights)
    return Verdict(
        leaders=leaders,
        runner_up=runner_up,
        gap=gap,
        error=error,
        within_error=near,
        switch=switch,
        headline=_headline(
            leaders, runner_up, top, gap, error, equal=are_equal(evaluation, order[: len(leaders)])
        ),
        margin=_margin(leaders, runner_up, near, len(proposals), gap, error),
        change=_change(evaluation, leaders, switch),
        caution=_caution(evaluation, leaders),
    )


def _headline(
    leaders: tuple[Proposal, ...],
    runner_up: Proposal | None,
    top: float,
    gap: float,
    error: float,
    *,
    equal: bool,
) -> str:
    names = listed([leader.label for leader in leaders])
    if runner_up is None and len(leaders) == 1:
        return f"{names} is the only option, with {points(top)}"
    if equal:
        return f"{names} are equal and come first, with {points(top)}"
    if len(leaders) > 1:
        return f"{names} tie for first with {points(top)}"
    if gap < error:
        return f"No clear winner: {names} is {_only(top, gap)}"
    return f"{names} leads by {gap_between(top, top - gap)}"


def _margin(
    leaders: tuple[Proposal, ...],
    runner_up: Proposal | None,
    near: tuple[Proposal, ...],
    everyone: int,
    gap: float,
    error: float,
) -> str:
    """How the gap compares with the error of the scores."""
    if runner_up is None:
        return "There is nothing to compare it with." if len(leaders) == 1 else "All options tie."
    others = [proposal.label for proposal in near if proposal not in leaders]
    if len(others) > _NAMED:
        others = [f"{len(others)} other options" if everyone > len(near) else "All other options"]
    width = f"the score error of {points(error)}"
    if len(leaders) == 1 and gap >= error:
        if whole(gap) == whole(error):
            exact = f"{gap:.1f} against {error:.1f}"
            return f"{runner_up.label} is next; the gap is just larger than {width} ({exact})."
        return f"{runner_up.label} is next; the gap is larger than {width}."
    if others:
        are = "is" if len(others) == 1 and others[0] == near[-1].label else "are"
        return f"{listed(others)} {are} within {width}, so the order is not decided."
    return f"No other option is within {width}."


def _change(evaluation: Evaluation, leaders: tuple[Proposal, ...], switch: Switch | None) -> str:
    if len(leaders) > 1:
        return _parting(evaluation, leaders)
    if len(evaluation.question.proposals) == 1:
        return "Nothing can change that."
    if switch is None:
        return "No change of a single weight would put another option first."
    criterion = evaluation.question.criteria[switch.criterion]
    rival = evaluation.question.proposals[switch.new_leader]
    return (
        f"{rival.label} would lead if the weight of {criterion.label} "
        f"{passed(switch.at, switch.now, above=switch.rises)}."
    )


def _parting(evaluation: Evaluation, leaders: tuple[Proposal, ...]) -> str:
    """Whether a change of weights can part those that tie for first."""
    rows = [evaluation.index(leader.id) for leader in leaders]
    if are_equal(evaluation, rows):
        return "The leaders are equal on every criterion, so no change of weights can part them."
    alike = equal_rows(evaluation.values[rows])
    if not alike:
        return "The leaders have the same score; a change of weights may part them."
    if len(alike[0]) == len(leaders):
        return (
            "The leaders have equal best estimates on every criterion, so no change of weights can "
            "part them; only their bands differ."
        )
    groups = "; ".join(listed([leaders[i].label for i in group]) for group in alike)
    return (
        "The leaders have the same score; a change of weights may part them, but not those that "
        f"are equal on every criterion ({groups})."
    )


def _caution(evaluation: Evaluation, leaders: tuple[Proposal, ...]) -> str | None:
    """A failed hard constraint stays in sight, however good the score."""
    said = []
    for leader in leaders:
        failed = [
            constraint.name
            for constraint in evaluation.question.constraints
            if constraint.kind == "hard" and constraint.status_of(leader.id).verdict == "fail"
        ]
        if failed:
            count = "a hard constraint" if len(failed) == 1 else f"{len(failed)} hard constraints"
            said.append(f"{leader.label} fails {count}: {listed(failed)}.")
    return f"{' '.join(said)} {_UNLIFTED}" if said else None


def _only(top: float, gap: float) -> str:
    ahead = gap_between(top, top - gap).ahead
    return ahead if ahead.startswith("less") else f"only {ahead}"
