"""The answer in words: who leads, by how much, how firmly, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.methods.dominance import equal_rows
from dashboard.methods.evaluate import Evaluation, are_equal
from dashboard.model.proposals import Proposal
from dashboard.model.side_by_side import passed
from dashboard.model.wording import listed
from dashboard.robustness.failed import caution
from dashboard.robustness.first_places import OftenerFirst, oftener_first
from dashboard.robustness.lead import Lead, lead
from dashboard.robustness.lead_words import headline, margin
from dashboard.robustness.readings import ScoreErrors, moments_under
from dashboard.robustness.stability import Switch, nearest_switch


@dataclass(frozen=True, eq=False)
class Verdict:
    """What can be said from one evaluation, and the figures it is said from.

    ``near`` : options over which the lead does not count, best first; no leader among them.
    ``oftener`` : the option that comes first in more samples than the leader, if there is one.
    """

    leaders: tuple[Proposal, ...]
    runner_up: Proposal | None
    lead: Lead
    near: tuple[Proposal, ...]
    oftener: OftenerFirst | None
    switch: Switch | None
    headline: str
    margin: str
    change: str
    caution: str | None

    @property
    def gap(self) -> float:
        """Points between the leader and the runner-up on best estimates; 0 on a tie."""
        return self.lead.gap

    @property
    def error(self) -> float:
        """Of the difference between the two, in points."""
        return self.lead.error

    @property
    def clear(self) -> bool:
        """One leader, whose lead counts over every other option, and who comes first most often."""
        return self.lead.clear and self.oftener is None


def verdict(evaluation: Evaluation, errors: ScoreErrors | None = None) -> Verdict:
    """Judge an evaluation; every number in the sentences is one of the fields.

    Parameters
    ----------
    errors : how scores err; triangular and independent by default.
    """
    proposals = evaluation.question.proposals
    moments = moments_under(evaluation, errors)
    found = lead(evaluation, evaluation.weights, evaluation.scores, evaluation.ranks, moments)
    oftener = oftener_first(evaluation.question, moments, evaluation.weights, found.leaders, errors)
    leaders = tuple(proposals[i] for i in found.leaders)
    switch = None
    if len(leaders) == 1:
        switch = nearest_switch(evaluation.values, evaluation.weights)
    near = tuple(proposals[i] for i in found.near if i not in found.leaders)
    labels = [proposal.label for proposal in proposals]
    return Verdict(
        leaders=leaders,
        runner_up=None if found.runner_up is None else proposals[found.runner_up],
        lead=found,
        near=near,
        oftener=oftener,
        switch=switch,
        headline=headline(labels, found, oftener),
        margin=margin(labels, found, oftener),
        change=_change(evaluation, leaders, switch),
        caution=caution(evaluation.question, leaders),
    )


def _change(evaluation: Evaluation, leaders: tuple[Proposal, ...], switch: Switch | None) -> str:
    if len(leaders) > 1:
        return f"{parting(evaluation, leaders)}."
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


def parting(evaluation: Evaluation, leaders: tuple[Proposal, ...]) -> str:
    """Whether a change of weights can part those that tie for first; without a full stop."""
    rows = [evaluation.index(leader.id) for leader in leaders]
    if are_equal(evaluation, rows):
        return "The leaders are equal on every criterion, so no change of weights can part them"
    alike = equal_rows(evaluation.values[rows])
    if not alike:
        return "The leaders have the same score; a change of weights may part them"
    if len(alike[0]) == len(leaders):
        return (
            "The leaders have equal best estimates on every criterion, so no change of weights can "
            "part them; only their bands differ"
        )
    groups = "; ".join(listed([leaders[i].label for i in group]) for group in alike)
    return (
        "The leaders have the same score; a change of weights may part them, but not those that "
        f"are equal on every criterion ({groups})"
    )
