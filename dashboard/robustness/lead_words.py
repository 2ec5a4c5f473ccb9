"""Who leads and whether that counts, in words: the same on pages, in rooms and on paper."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.methods.value_moments import mean_says_more
from dashboard.model.side_by_side import gap_between, tenths
from dashboard.model.wording import listed, points, share_percent, whole
from dashboard.robustness.first_places import SAMPLES, OftenerFirst
from dashboard.robustness.lead import ADD_BANDS, NO_BANDS, Lead

NAMED = 3
"""Up to this many options that are too close to call are named; more are counted."""

HEADLINES = {
    "only": "{leader} is the only option, with {score}",
    "equal": "{leader} are equal and come first, with {score}",
    "equal, not most often": (
        "No clear winner: {leader} are equal, with {score}, but {oftener} comes first more often"
    ),
    "tie": "{leader} tie for first with {score}",
    "tie, not most often": (
        "No clear winner: {leader} tie with {score}, but {oftener} comes first more often"
    ),
    "leads": "{leader} leads by {gap}",
    "close": "No clear winner: {leader} is {ahead}",
    "not alone": "No clear winner: {leader} leads {runner_up} by {gap}, but {others} may be ahead",
    "not most often": (
        "No clear winner: {leader} is {ahead}, but {oftener} comes first more often"
    ),
}
"""The headline by what was found."""

LIVE_HEADLINES = {kind: said for kind, said in HEADLINES.items() if "{oftener}" not in said}
"""Those that the browser fills in while a weight moves: it draws no samples."""


def headline(labels: Sequence[str], found: Lead, oftener: OftenerFirst | None) -> str:
    """The first sentence of every page and paper: who leads, and by how much.

    Parameters
    ----------
    labels : (m,) names of the options, in the order of the question.
    """
    others = [labels[i] for i in found.near if i not in found.leaders]
    if len(others) > NAMED:
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
        tied = "equal" if found.equal else "tie"
        return f"{tied}, not most often" if oftener else tied
    if found.runner_up is None:
        return "only"
    if oftener:
        return "not most often"
    if found.clear:
        return "leads"
    return "not alone" if found.decided else "close"


def margin(labels: Sequence[str], found: Lead, oftener: OftenerFirst | None) -> str:
    """How the lead compares with its error, and what the samples say; parameters as above."""
    if found.runner_up is None:
        only = len(found.leaders) == 1
        return "There is nothing to compare it with." if only else "All options tie."
    said = [_compared(labels, found, labels[found.runner_up])]
    if len(found.leaders) == 1:
        names = labels[found.leaders[0]], labels[found.runner_up]
        said.append(on_average(names, found.gap, found.mean, found.error))
    return " ".join(filter(None, [*said, _sampled(labels, found, oftener)]))


def on_average(names: tuple[str, str], gap: float, mean: float, error: float) -> str:
    """How far the first is ahead of the second over the bands, where the gap hides it; or empty.

    Parameters
    ----------
    gap, mean, error : of the first's lead, in points: on best estimates, and over the bands.
    """
    if not mean_says_more(gap, mean, error):
        return ""
    ahead, behind = names if mean >= 0 else names[::-1]
    close = whole(abs(mean)) in (whole(gap), whole(error))
    by = tenths(abs(mean)) if close else points(abs(mean))
    return f"On average over the bands {ahead} is {by} ahead of {behind}."


def _compared(labels: Sequence[str], found: Lead, runner_up: str) -> str:
    near = [labels[row] for row in found.near if row not in found.leaders]
    if not found.known:
        said = NO_BANDS if len(found.leaders) > 1 else f"{runner_up} is next. {NO_BANDS}"
        return f"{said} {ADD_BANDS}"
    if len(found.leaders) > 1:
        return _close(labels, found, near) if near else "No other option is too close to call."
    if not found.decided:
        return _close(labels, found, near)
    if found.error == 0:
        said = f"{runner_up} is next; no uncertainty touches their difference."
    else:
        width = points(found.error)
        if whole(found.mean) == whole(found.error):
            width = f"{found.error:.1f} points, against a lead of {found.mean:.1f}"
        said = f"{runner_up} is next; the lead is larger than its uncertainty ({width})."
    return f"{said} {_close(labels, found, near)}" if near else said


def _close(labels: Sequence[str], found: Lead, near: list[str]) -> str:
    """Over whom the lead does not count, and how wide the uncertainty is to the runner-up."""
    others, rivals = near, len(labels) - len(found.leaders)
    if len(near) > NAMED:
        every = len(near) == rivals
        others = ["All other options" if every else f"{len(near)} other options"]
    are = "is" if len(near) == 1 else "are"
    if len(found.leaders) > 1 or found.runner_up not in found.near:
        width = ""
    elif len(near) == 1:
        width = f" of the difference ({points(found.error)})"
    else:
        width = f" ({points(found.error)} to {labels[found.runner_up or 0]})"
    return f"{listed(others)} {are} within the uncertainty{width}: too close to call."


def _sampled(labels: Sequence[str], found: Lead, oftener: OftenerFirst | None) -> str:
    if oftener is None:
        return ""
    first = (
        f"With scores drawn from their bands, {labels[oftener.row]} comes first in "
        f"{share_percent(oftener.share)} of {SAMPLES:,} samples, "
    )
    share = share_percent(oftener.leader_share)
    if len(found.leaders) > 1:
        return f"{first}the most frequent of the leaders in {share}."
    return f"{first}{labels[found.leaders[0]]} in {share}."


def _only(top: float, gap: float) -> str:
    ahead = gap_between(top, top - gap).ahead
    return ahead if ahead.startswith("less") else f"only {ahead}"
