"""What a room sees after a reveal, in sentences: who comes first, and where the room agrees."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.methods.evaluate import moments_of
from dashboard.model.question import Question
from dashboard.model.wording import counted, listed
from dashboard.report.disagreement_words import how_they_agree, opened, spelled
from dashboard.robustness.failed import caution
from dashboard.robustness.first_places import OftenerFirst, oftener_first
from dashboard.robustness.lead import NO_BANDS
from dashboard.robustness.lead_words import headline, margin
from dashboard.robustness.room import Room, RoundResult
from dashboard.robustness.room_ballots import FEWEST, Tally

REHEARSAL = "Rehearsal: simulated people"

FIRSTS_KEY = (
    "Each participant has one ballot, and each ballot counts alike. Where options tie for first on "
    "a ballot, it counts for each of them; ties share the better rank."
)
MEAN_KEY = (
    "Mean weights: the average of the weights of all ballots. Grey: too close to call, since the "
    "lead is within the uncertainty of the difference."
)

_NAMED = 3
_SAME = 1 - 1e-9
"""From this Kendall's W on, rankings differ by rounding only."""


def option_names(question: Question) -> list[str]:
    """Of the options, in the order of the question."""
    return [proposal.label for proposal in question.proposals]


def ballots(count: int) -> str:
    """'1 ballot', '1,000 ballots'."""
    return f"{count:,} ballot{'' if count == 1 else 's'}"


def over(room: Room, *, rehearsal: bool) -> str:
    """The line above the title: which round, how many ballots, and whether people are real."""
    cast = room.latest.ballots if room.latest else 0
    parts = [f"Round {room.number}", ballots(cast)]
    return " · ".join([REHEARSAL, *parts] if rehearsal else parts)


# ------------------------------------------------------------------------------- who comes first


def finding(room: Room, question: Question) -> str:
    """Who comes first on how many ballots."""
    result, names = room.latest, option_names(question)
    if result is None:
        return f"Nobody voted in round {room.number}"
    if len(names) == 1:
        return f"{names[0]} is the only option, so there is nothing to rank"
    firsts, k = result.whole.firsts, result.ballots
    if np.all(firsts == k):
        which = "the only ballot" if k == 1 else "every ballot"
        if _equal(range(len(names)), result):
            return "All options are equal on every criterion, so nothing divides the room"
        return f"All options tie for first on {which}, so nothing divides the room"
    order = [int(i) for i in np.argsort(-firsts, kind="stable") if firsts[i]]
    best = [i for i in order if firsts[i] == firsts[order[0]]]
    if len(best) > 1:
        who = listed([names[i] for i in best]) if len(best) <= _NAMED else _options(len(best))
        where = f"on {firsts[best[0]]:,} of {ballots(k)}"
        if _equal(best, result):
            return opened(f"{who} are equal on every criterion, and come first {where}")
        return opened(f"{who} come first {where} each")
    if firsts[best[0]] == k:
        return f"{_all(k)} {names[best[0]]} first"
    named = order[1:] if len(order) <= _NAMED + 1 else order[1:_NAMED]
    others = [f"{names[i]} on {firsts[i]:,}" for i in named]
    if more := len(order) - 1 - len(named):
        others.append(f"{spelled(more)} more options on some")
    said = f"{names[best[0]]} comes first on {firsts[best[0]]:,} of {ballots(k)}"
    return f"{said}, {listed(others)}"


def _equal(rows: Sequence[int], result: RoundResult) -> bool:
    return any(set(rows) <= set(group) for group in result.equal)


def _options(count: int) -> str:
    return f"{spelled(count)} options"


def _all(k: int) -> str:
    if k == 1:
        return "The only ballot puts"
    return "Both ballots put" if k == 2 else f"All {k:,} ballots put"


def decided_sentence(result: RoundResult) -> str:
    """On how many ballots the lead counts, and how many tie."""
    k, clear = result.ballots, result.clear
    close = k - clear - result.tied
    if not result.whole.lead.known:
        said = NO_BANDS
    elif clear == k:
        said = "On every ballot the lead is larger than its uncertainty."
    elif close == k:
        said = "On no ballot is the lead larger than its uncertainty: all are too close to call."
    elif clear == 0:
        said = "On no ballot is the lead larger than its uncertainty."
    elif close == 0:
        said = f"On {clear:,} of {ballots(k)} the lead is larger than its uncertainty."
    else:
        where = f"on {close:,}" if result.tied else f"on the other {close:,}"
        said = (
            f"On {clear:,} of {ballots(k)} the lead is larger than its uncertainty; {where} it is "
            "too close to call."
        )
    if result.tied:
        said += f" {opened(counted(result.tied, 'ballot ties', 'ballots tie'))} for first."
    return said


def caution_sentence(result: RoundResult, question: Question) -> str:
    """What no score makes good in those that come first on most ballots or on the mean weights."""
    firsts = result.whole.firsts
    rows = [int(i) for i in np.flatnonzero(firsts == firsts.max())]
    rows += [i for i in result.whole.lead.leaders if i not in rows]
    return caution(question, [question.proposals[i] for i in rows]) or ""


def ranks_finding(result: RoundResult, question: Question) -> str:
    """The option whose rank depends most on who is asked."""
    ranks, names = result.ranks, option_names(question)
    spread = ranks.max(axis=0) - ranks.min(axis=0)
    if not spread.any():
        return "Every option has the same rank on all ballots"
    widest = np.flatnonzero(spread == spread.max())
    who = [names[i] for i in widest]
    if len(who) == 1:
        column = ranks[:, widest[0]]
        return f"{who[0]} moves most: from rank {column.min()} to rank {column.max()}"
    named = listed(who) if len(who) <= _NAMED else _options(len(who))
    return opened(f"{named} move most: by {counted(int(spread.max()), 'rank')} each")


# ------------------------------------------------------------------------------- mean weights


def mean_finding(result: RoundResult, question: Question) -> str:
    """Who leads under the room's mean weights, and whether that is decided."""
    return headline(option_names(question), result.whole.lead, _oftener(result.whole, question))


def _oftener(whole: Tally, question: Question) -> OftenerFirst | None:
    return oftener_first(question, moments_of(question), whole.weights, whole.lead.leaders)


def mean_sentence(result: RoundResult, question: Question) -> str:
    """Whether the lead counts, and where the first places say otherwise."""
    lead, names = result.whole.lead, option_names(question)
    said = [
        "This is under the room's mean weights.",
        margin(names, lead, _oftener(result.whole, question)),
    ]
    most = np.flatnonzero(result.whole.firsts == result.whole.firsts.max())
    if not set(lead.leaders) & {int(i) for i in most}:
        said.append(f"The most first places, though, go to {names[int(most[0])]}.")
    return " ".join(said)


# ------------------------------------------------------------------------------- agreement


def agreement_finding(result: RoundResult) -> str:
    """Kendall's W as a finding."""
    w = result.whole.concordance.w
    if result.ballots == 1:
        return "There is only one ballot, so nothing to agree with"
    if w is None:
        return "How far the rankings agree is not known"
    how = f"{how_they_agree(w)} on the whole ranking" if w < _SAME else "give the same ranking"
    return f"The {ballots(result.ballots)} {how}"


def agreement_sentence(result: RoundResult) -> str:
    """Kendall's W, or why there is none."""
    w, reason = result.whole.concordance
    if result.ballots == 1:
        return "Kendall's W takes two ballots or more."
    if w is None:
        return f"Kendall's W is undefined: {reason}."
    return f"Kendall's W is {w:.2f}, where 0 is no agreement and 1 the same ranking on all ballots."


def diversity_sentence(result: RoundResult) -> str:
    """Weight diversity, or why there is none."""
    found = result.diversity
    if result.ballots == 1:
        return "Weight diversity takes two ballots or more."
    if found.consensus is None:
        return f"How varied the weights are is not known: {found.reason}."
    most = min(result.ballots, len(result.whole.weights))
    return (
        f"The weights are as varied as {found.beta:.1f} ballots with nothing in common would be "
        f"(weight diversity, from 1 to {most})."
    )


# ------------------------------------------------------------------------------- groups


def groups_finding(result: RoundResult, question: Question) -> str:
    """Who leads under the mean weights of how many groups."""
    shown, names = result.groups.shown, option_names(question)
    if not shown:
        return "No group is shown by itself"
    if len(shown) == 1:
        tally = shown[0].tally
        return headline(names, tally.lead, _oftener(tally, question))
    counts = np.zeros(len(names), dtype=np.int64)
    for one in shown:
        counts[list(one.tally.lead.leaders)] += 1
    order = [int(i) for i in np.argsort(-counts, kind="stable") if counts[i]]
    total = len(shown)
    if len(order) == 1:
        which = "both" if total == 2 else f"all {spelled(total)}"
        return f"{names[order[0]]} is first under the mean weights of {which} groups shown"
    said = [f"{names[i]} first in {spelled(int(counts[i]))}" for i in order[:_NAMED]]
    if len(order) > _NAMED:
        said.append(f"{spelled(len(order) - _NAMED)} more in others")
    return opened(f"{spelled(total)} groups, {spelled(len(order))} leaders: {listed(said)}")


def groups_sentence(result: RoundResult) -> str:
    """In how many of the groups shown the lead counts."""
    shown = result.groups.shown
    clear, total = sum(one.tally.lead.clear for one in shown), len(shown)
    if total == 1:
        return f"This is under the mean weights of {shown[0].group.name}, the one group shown."
    if total == 0:
        return ""
    if not shown[0].tally.lead.known:
        return ""
    if clear == total:
        return "In each of them the lead is larger than its uncertainty."
    if clear == 0:
        return "In none of them is the lead larger than its uncertainty: all are too close to call."
    return (
        f"Only in {spelled(clear)} of {spelled(total)} is the lead larger than its uncertainty; "
        "in the others it is too close to call."
    )


def hidden_sentence(room: Room) -> str:
    """How many groups are hidden and why; empty where nothing is to be said."""
    result = room.latest
    if result is None:
        return ""
    if room.small_groups:
        return (
            f"Groups of fewer than {FEWEST} are shown too: the facilitator set it so at the start."
        )
    hidden = result.groups.hidden
    few = [one.group.name for one in hidden if one.why == "few"]
    more = [one.group.name for one in hidden if one.why == "subtraction"]
    parts = []
    if hidden:
        total = len(hidden) + len(result.groups.shown)
        are = "is" if len(hidden) == 1 else "are"
        has = "has" if len(few) == 1 else "have"
        which = f"{opened(spelled(len(hidden)))} of {counted(total, 'group')} {are} hidden."
        which = "The only group with a ballot is hidden." if total == 1 else which
        parts.append(f"{which} {listed(few)} {has} fewer than {FEWEST} ballots.")
    if more:
        parts.append(
            f"{listed(more)} is hidden too: the room's totals minus the other groups would give "
            "the rest away."
        )
    if result.ballots < FEWEST:
        parts.append(
            f"With only {ballots(result.ballots)}, the figures of the whole room may tell who "
            "weighted how."
        )
    return " ".join(parts)
