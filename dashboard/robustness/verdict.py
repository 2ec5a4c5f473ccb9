"""The answer in words: who leads, by how much, how firmly, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.methods.dominance import equal_rows
from dashboard.methods.evaluate import Evaluation, are_equal
from dashboard.model.proposals import Proposal
from dashboard.model.side_by_side import gap_between, passed
from dashboard.model.wording import listed, points, share_percent, whole
from dashboard.robustness.failed import caution
from dashboard.robustness.first_places import OftenerFirst, oftener_first
from dashboard.robustness.lead import ADD_BANDS, NO_BANDS, Lead, lead
from dashboard.robustness.readings import ScoreErrors, moments_under
from dashboard.robustness.stability import Switch, nearest_switch

_NAMED = 3
"""Up to this many options that are too close to call are named; more are counted."""

_APART = 1.0
"""Points between the lead on best estimates and its mean from which on both are said."""

HEADLINES = {
    "only": "{leader} is the only option, with {score}",
    "equal": "{leader} are equal and come first, with {score}",
    "tie": "{leader} tie for first with {score}",
    "leads": "{leader} leads by {gap}",
    "close": "No clear winner: {leader} is {ahead}",
    "not alone": "No clear winner: {leader} leads {runner_up} by {gap}, but {others} may be ahead",
    "not most often": (
        "No clear winner: {leader} is {ahead}, but {oftener} comes first more often"
    ),
}
"""The headline by what was found. The browser fills in the same sentences while a weight moves."""


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
    oftener = None
    if len(found.leaders) == 1:
        oftener = oftener_first(
            evaluation.question, moments, evaluation.weights, found.leaders[0], errors
        )
    leaders = tuple(proposals[i] for i in found.leaders)
    switch = None
    if len(leaders) == 1:
        switch = nearest_switch(evaluation.values, evaluation.weights)
    near = tuple(proposals[i] for i in found.near if i not in found.leaders)
    words = _Words(evaluation, found, near, oftener)
    return Verdict(
        leaders=leaders,
        runner_up=None if found.runner_up is None else proposals[found.runner_up],
        lead=found,
        near=near,
        oftener=oftener,
        switch=switch,
        headline=headline(evaluation, found, oftener),
        margin=words.margin(),
        change=_change(evaluation, leaders, switch),
        caution=caution(evaluation.question, leaders),
    )


@dataclass(frozen=True, eq=False)
class _Words:
    """The sentences on who leads, and whether that counts."""

    evaluation: Evaluation
    lead: Lead
    near: tuple[Proposal, ...]
    oftener: OftenerFirst | None

    def _label(self, row: int) -> str:
        return self.evaluation.question.proposals[row].label

    def margin(self) -> str:
        """How the lead compares with its error."""
        found = self.lead
        if found.runner_up is None:
            only = len(found.leaders) == 1
            return "There is nothing to compare it with." if only else "All options tie."
        said = [self._compared(self._label(found.runner_up)), self._on_average(), self._sampled()]
        return " ".join(filter(None, said))

    def _compared(self, runner_up: str) -> str:
        found = self.lead
        if not found.known:
            said = NO_BANDS if len(found.leaders) > 1 else f"{runner_up} is next. {NO_BANDS}"
            return f"{said} {ADD_BANDS}"
        if len(found.leaders) > 1:
            return self._close() if self.near else "No other option is too close to call."
        if not found.decided:
            return self._close()
        if found.error == 0:
            said = f"{runner_up} is next; no uncertainty touches their difference."
        else:
            width = points(found.error)
            if whole(found.mean) == whole(found.error):
                width = f"{found.error:.1f} points, against a lead of {found.mean:.1f}"
            said = f"{runner_up} is next; the lead is larger than its uncertainty ({width})."
        return f"{said} {self._close()}" if self.near else said

    def _close(self) -> str:
        """Over whom the lead does not count, and how wide the uncertainty is to the runner-up."""
        found = self.lead
        others = [proposal.label for proposal in self.near]
        rivals = len(self.evaluation.question.proposals) - len(found.leaders)
        if len(others) > _NAMED:
            every = len(others) == rivals
            others = ["All other options" if every else f"{len(others)} other options"]
        are = "is" if len(self.near) == 1 else "are"
        if len(found.leaders) > 1 or found.runner_up not in found.near:
            width = ""
        elif len(self.near) == 1:
            width = f" of the difference ({points(found.error)})"
        else:
            width = f" ({points(found.error)} to {self._label(found.runner_up or 0)})"
        return f"{listed(others)} {are} within the uncertainty{width}: too close to call."

    def _on_average(self) -> str:
        found = self.lead
        if len(found.leaders) > 1 or abs(found.mean - found.gap) <= _APART:
            return ""
        leader, other = self._label(found.leaders[0]), self._label(found.runner_up or 0)
        if found.mean >= 0:
            return f"On average over the bands {leader} is {points(found.mean)} ahead of {other}."
        return f"On average over the bands {other} is {points(-found.mean)} ahead of {leader}."

    def _sampled(self) -> str:
        if self.oftener is None:
            return ""
        return (
            f"With scores drawn from their bands, {self._label(self.oftener.row)} comes first in "
            f"{share_percent(self.oftener.share)} of samples, "
            f"{self._label(self.lead.leaders[0])} in {share_percent(self.oftener.leader_share)}."
        )


def headline(evaluation: Evaluation, found: Lead, oftener: OftenerFirst | None) -> str:
    """The first sentence of every page and paper: who leads, and by how much."""
    labels = [proposal.label for proposal in evaluation.question.proposals]
    others = [labels[i] for i in found.near if i not in found.leaders]
    if len(others) > _NAMED:
        others = [f"{len(others)} other options"]
    return HEADLINES[headline_kind(found, oftener=oftener is not None)].format(
        leader=listed([labels[row] for row in found.leaders]),
        score=points(found.top),
        gap=gap_between(found.top, found.top - found.gap),
        ahead=_only(found.top, found.gap),
        runner_up="" if found.runner_up is None else labels[found.runner_up],
        others=listed(others),
        oftener="" if oftener is None else labels[oftener.row],
    )


def headline_kind(found: Lead, *, oftener: bool) -> str:
    """The key of the sentence in ``HEADLINES``."""
    if len(found.leaders) > 1:
        return "equal" if found.equal else "tie"
    if found.runner_up is None:
        return "only"
    if oftener:
        return "not most often"
    if found.clear:
        return "leads"
    return "not alone" if found.decided else "close"


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


def _only(top: float, gap: float) -> str:
    ahead = gap_between(top, top - gap).ahead
    return ahead if ahead.startswith("less") else f"only {ahead}"
