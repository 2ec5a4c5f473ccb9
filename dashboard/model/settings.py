"""Switches modelling choices of a question on; the question itself stays as it is."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.model.assumed_band import ASSUMED_BAND, assumed_percent
from dashboard.model.doubts import warnings
from dashboard.model.errors import Fault, InputError, quoted
from dashboard.model.explain import did_you_mean
from dashboard.model.proposals import Proposal, Score
from dashboard.model.question import Question
from dashboard.model.value_tree import Branch, Criterion
from dashboard.model.weighting import Setting


def with_settings(question: Question, active: Iterable[str]) -> Question:
    """The question under the named settings, applied in the order of the file.

    Raises
    ------
    InputError : names that are no setting of this question, all of them.
    """
    names, known = set(active), [setting.id for setting in question.settings]
    unknown = [
        Fault(
            "settings",
            None,
            f"unknown setting {quoted(name)}",
            did_you_mean(name, known, "leave it out"),
        )
        for name in sorted(names - set(known))
    ]
    if unknown:
        raise InputError(unknown)
    chosen = [setting for setting in question.settings if setting.id in names]
    if not chosen:
        return question
    branches = tuple(_branch(branch, chosen) for branch in question.tree.branches)
    switched = question.replace(
        tree=question.tree.model_copy(update={"branches": branches}),
        proposals=tuple(_proposal(question, p, chosen) for p in question.proposals),
        active_settings=tuple(setting.id for setting in chosen),
    )
    if ASSUMED_BAND in switched.active_settings and ASSUMED_BAND not in _written(question):
        # Last, on the scales and numbers that the other settings have left.
        switched = with_assumed_band(switched)
    # The number may stand where it did, and yet lie outside an anchor that a setting has moved.
    return switched.replace(warnings=warnings(switched, lambda *_: None))


def _branch(branch: Branch, chosen: list[Setting]) -> Branch:
    criteria = tuple(_criterion(criterion, chosen) for criterion in branch.criteria)
    return branch.model_copy(update={"criteria": criteria})


def _criterion(criterion: Criterion, chosen: list[Setting]) -> Criterion:
    for setting in chosen:
        if (scale := setting.anchors.get(criterion.id)) is not None:
            anchors = {"worst": scale.worst, "best": scale.best, "curve": scale.curve}
            criterion = criterion.model_copy(update=anchors)
    return criterion


def _proposal(question: Question, proposal: Proposal, chosen: list[Setting]) -> Proposal:
    scores = dict(proposal.scores)
    for setting in chosen:
        for criterion, band in setting.scores.get(proposal.id, {}).items():
            if question.overridden(proposal.id, criterion) is not None:
                continue  # what a reader says of this very score stands above a setting
            scores[criterion] = scores[criterion].with_band(band.low, band.likely, band.high)
    return proposal.model_copy(update={"scores": scores})


def _written(question: Question) -> set[str]:
    return {setting.id for setting in question.disclosure.settings}


def with_assumed_band(question: Question) -> Question:
    """The question with the assumed band around every score that has none of its own."""
    share = assumed_percent(question.context.assumed_band) / 100
    criteria = question.criteria

    def widened(proposal: Proposal) -> Proposal:
        scores = {
            criterion.id: score if score.has_band else _assumed(score, criterion, share)
            for criterion in criteria
            for score in [proposal.scores[criterion.id]]
        }
        return proposal.model_copy(update={"scores": scores})

    return question.replace(proposals=tuple(widened(p) for p in question.proposals))


def _assumed(score: Score, criterion: Criterion, share: float) -> Score:
    smallest, largest = criterion.span
    reach = share * (largest - smallest)
    low, high = score.likely - reach, score.likely + reach
    if criterion.lower_bound is not None:
        low = min(score.likely, max(low, criterion.lower_bound))
    if criterion.upper_bound is not None:
        high = max(score.likely, min(high, criterion.upper_bound))
    # Percentiles whatever the question says of its own bands: these were not asked for as limits.
    return score.with_band(low, score.likely, high, bands="percentiles")
