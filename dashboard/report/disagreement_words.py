"""Where perspectives part, in sentences: the findings of the page Who disagrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from dashboard.methods.evaluate import are_equal
from dashboard.model.question import Question
from dashboard.model.wording import FEW_NAMED, counted, listed, names_or_count
from dashboard.robustness.lead import NO_BANDS
from dashboard.robustness.perspectives import OWN, Panel, Voice, extremes
from dashboard.robustness.seriation import MOST_EXACT

OWN_LABEL = "Your weights"

SCORES_KEY = "Every column has weights of its own, so scores compare within a column only."

_LISTED = 8
_NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_AGREEMENT = ((0.9, "almost entirely"), (0.7, "strongly"), (0.5, "moderately"), (0.3, "weakly"))
"""From which Kendall's W on; Schmidt (1997), Decision Sciences 28(3), 763-774, reads it so."""


def spelled(count: int) -> str:
    """Up to twelve as a word."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def names_or_spelled(names: Sequence[str], plural: str) -> str:
    """As ``names_or_count``, with the number as a word: 'five options'."""
    return listed(names) if len(names) <= FEW_NAMED else f"{spelled(len(names))} {plural}"


def said(voice: Voice) -> str:
    """A voice inside a sentence."""
    return "your weights" if voice.id == OWN else voice.label


def weights_of(voice: Voice) -> str:
    """The weights of a voice inside a sentence."""
    return "your weights" if voice.id == OWN else f"the weights of {voice.label}"


def opened(sentence: str) -> str:
    """With a capital at its start."""
    return sentence[:1].upper() + sentence[1:]


def unbroken(sentence: str) -> str:
    """A number and its sign on one line."""
    return sentence.replace(" %", "\u00a0%")


def option_labels(panel: Panel) -> list[str]:
    """Of the options, in the order of the question."""
    return [proposal.label for proposal in panel.evaluation.question.proposals]


def everyone(panel: Panel) -> str:
    """'eight perspectives', or 'eight perspectives and your weights'."""
    own = panel.index(OWN) is not None
    given = counted_perspectives(len(panel.voices) - own)
    return f"{given} and your weights" if own else given


def counted_perspectives(count: int) -> str:
    return f"{spelled(count)} perspective{'' if count == 1 else 's'}"


# ------------------------------------------------------------------------------- who leads


def finding(panel: Panel) -> str:
    """Who comes first under how many."""
    names, total = option_labels(panel), len(panel.voices)
    firsts = Counter(leader for lead in panel.leads for leader in lead.leaders)
    if len(names) > 1 and all(len(lead.leaders) == len(names) for lead in panel.leads):
        equal = are_equal(panel.evaluation, range(len(names)))
        tie = "are equal on every criterion and tie" if equal else "tie"
        return f"All options {tie} under {everyone(panel)}, so nothing divides them"
    ranked = sorted(firsts, key=lambda i: (-firsts[i], i))
    if len(ranked) == 1:
        return opened(f"{names[ranked[0]]} comes first under {_all(panel)}")
    groups = _equal_groups(panel, ranked)
    if len(groups) == 1:
        who = names_or_count([names[i] for i in ranked], "option")
        return f"{who} are equal on every criterion, and come first under {_all(panel)}"
    named = []
    for group in groups[:FEW_NAMED]:
        count = firsts[group[0]]
        who = listed([names[i] for i in group]) + (" (equal)" if len(group) > 1 else "")
        named.append(f"{who} under {'all' if count == total else spelled(count)}")
    if more := sum(map(len, groups[FEW_NAMED:])):
        named.append(f"{spelled(more)} more")
    return opened(f"{everyone(panel)}, {spelled(len(ranked))} leaders: {listed(named)}")


def _equal_groups(panel: Panel, rows: Sequence[int]) -> list[list[int]]:
    """The rows in their order, those that are equal on every criterion together."""
    groups: list[list[int]] = []
    for row in rows:
        alike = (group for group in groups if are_equal(panel.evaluation, [group[0], row]))
        if (group := next(alike, None)) is not None:
            group.append(row)
        else:
            groups.append([row])
    return groups


def _all(panel: Panel) -> str:
    who = everyone(panel)
    return f"both {who.partition(' ')[2]}" if who == "two perspectives" else f"all {who}"


def agreement_sentence(panel: Panel) -> str:
    """Kendall's W in plain words; of two rankings, the pairs they order alike instead."""
    w, reason = panel.found.concordance
    if len(panel.voices) == 2:
        return f"{_pair_sentence(panel, [(0, 1)])}."
    if w is None:
        return f"How far the rankings agree cannot be calculated: {reason}."
    return (
        f"The {everyone(panel)} {how_they_agree(w)} on the whole ranking: Kendall's W is "
        f"{w:.2f}, where 0 is no agreement and 1 the same ranking."
    )


def how_they_agree(w: float) -> str:
    """Kendall's W as a verb: 'agree strongly', 'hardly agree'."""
    return next((f"agree {word}" for least, word in _AGREEMENT if w >= least), "hardly agree")


def decided_sentence(panel: Panel) -> str:
    """Under how many the lead counts, is too close to call, or is shared by equal options."""
    if not panel.leads[0].known:
        return NO_BANDS
    clear, total = sum(lead.clear for lead in panel.leads), len(panel.leads)
    undecided = sum(bool(lead.undecided) for lead in panel.leads)
    equal = total - clear - undecided
    if clear == total:
        return "Under each of them the lead is larger than its uncertainty."
    if equal == total:
        return "Under each of them the options that lead are equal on every criterion."
    if undecided == total:
        return (
            "Under none of them is the lead larger than its uncertainty: all are too close to call."
        )
    if not equal:
        return (
            f"Only under {spelled(clear)} of {spelled(total)} is the lead larger than its "
            "uncertainty; under the others it is too close to call."
        )
    said = [
        f"under {spelled(count)} {what}"
        for count, what in (
            (clear, "the lead is larger than its uncertainty"),
            (undecided, "the lead is too close to call"),
            (equal, "the options that lead are equal on every criterion"),
        )
        if count
    ]
    return opened(f"{everyone(panel)}: {listed(said)}.")


def diversity_sentence(panel: Panel) -> str:
    """Weight diversity in plain words."""
    found = panel.found.diversity
    if found.consensus is None:
        return f"How varied the weights are cannot be calculated: {found.reason}."
    return (
        f"The weights are as varied as those of {found.beta:.1f} perspectives with nothing in "
        f"common would be (weight diversity, from 1 to {min(panel.weights.shape)})."
    )


def part_taken(origin: str) -> str:
    """What the visitor's present weights have to do with this page."""
    if origin == "own":
        return "They take part as one more column."
    if origin == "perspective":
        return "That perspective is marked as chosen."
    return "Nobody chose these, so they take no part here."


def nobody(question: Question) -> tuple[str, str]:
    """Title and advice where there are fewer than two sets of weights."""
    add = "Add perspectives to criteria/perspectives.yaml"
    if not question.perspectives:
        advice = f"{add}: a name, the points of each criterion, and why. Two are enough."
        return "The question holds no perspectives, so there is nobody to disagree", advice
    only = question.perspectives[0]
    advice = f"{add}, or set weights of your own on the page Weigh: they take part here."
    return f"{only.short_name or only.name} is the only perspective", advice


def only_option(question: Question) -> tuple[str, str]:
    """Title and lead where there is nothing to rank."""
    name = question.proposals[0].label
    return f"{name} is the only option, so there is nothing to disagree on", (
        "Add a second option to proposals/, and the perspectives are set side by side."
    )


# ------------------------------------------------------------------------------- bump chart


def ranks_finding(panel: Panel) -> str:
    """The option whose rank depends most on the perspective."""
    ranks, names = panel.found.ranks, option_labels(panel)
    best, worst = ranks.min(axis=0), ranks.max(axis=0)
    spread = worst - best
    if not spread.any():
        return "Every option has the same rank under all of them"
    widest = np.flatnonzero(spread == spread.max())
    first = int(widest[0])
    if len(widest) == 1:
        return f"{names[first]} moves most: from rank {best[first]} to rank {worst[first]}"
    who = names_or_count([names[i] for i in widest], "option")
    return f"{who} move most: by {counted(int(spread.max()), 'rank')} each"


def ranks_sentence(panel: Panel) -> str:
    """The bump chart for those who cannot see it: each option's best and worst rank."""
    ranks, names = panel.found.ranks, option_labels(panel)
    order = np.lexsort((ranks.mean(axis=0), ranks.min(axis=0)))
    shown = [
        f"{names[i]} {_span(int(ranks[:, i].min()), int(ranks[:, i].max()))}"
        for i in order[:_LISTED]
    ]
    more = len(names) - len(shown)
    if more > 0:
        shown.append(f"{more} more, which the table lists")
    return f"Best and worst rank of each option: {listed(shown)}."


def _span(best: int, worst: int) -> str:
    return f"always {best}" if best == worst else f"{best} to {worst}"


def option_sentence(panel: Panel, row: int) -> str:
    """One line of the bump chart in words."""
    ranks = panel.found.ranks[:, row]
    stands = listed([f"{ranks[k]} for {said(panel.voices[k])}" for k in panel.order])
    return f"{option_labels(panel)[row]}: rank {stands}"


# ------------------------------------------------------------------------------- agreement


def agreement_finding(panel: Panel) -> str:
    """Who is closest and who is furthest apart."""
    if len(panel.voices) == 2:
        return _tau_of_two(panel)
    most, least = extremes(panel)
    if panel.found.tau.tau[most[0][0]][most[0][1]] is None:
        return "No two rankings can be compared"
    if set(most) & set(least):
        return "All of them agree equally well with each other"
    return opened(f"{_who(panel, most)} agree most, {_who(panel, least)} least")


def _tau_of_two(panel: Panel) -> str:
    tau = panel.found.tau.tau[0][1]
    who = listed([said(voice) for voice in panel.voices])
    if tau is None:
        return opened(f"{who} cannot be compared")
    value = f"{tau:.2f}".replace("-", "\u2212")
    return f"Kendall's tau of {who} is {value}, where 1 is the same order and \u22121 the reverse"


def agreement_caption(panel: Panel) -> str:
    """What the matrix holds, and in which order its columns stand."""
    order = (
        "so that neighbours agree as much as they can, added up"
        if len(panel.voices) <= MOST_EXACT
        else "with those that agree near each other"
    )
    return f"Kendall's tau-b of the two rankings; columns stand {order}"


def agreement_sentence_of_pairs(panel: Panel) -> str:
    """The closest and the furthest in pairs of options."""
    most, least = extremes(panel)
    near = _pair_sentence(panel, most)
    if len(panel.voices) == 2 or set(most) & set(least):
        return f"{near}."
    return f"{near}; {_pair_sentence(panel, least, again=True)}."


def _pair_sentence(panel: Panel, pairs: Sequence[tuple[int, int]], *, again: bool = False) -> str:
    a, b = pairs[0]
    count = int(panel.alike[a, b])
    of = f"{count}" if again else f"{count} of {panel.pairs} pairs of options"
    how = "only " if again else ""
    return opened(f"{_who(panel, pairs)} put {how}{of} in the same order")


def _who(panel: Panel, pairs: Sequence[tuple[int, int]]) -> str:
    named = [listed([said(panel.voices[k]) for k in pair]) for pair in pairs]
    if len(named) > 2:
        return f"{named[0]}, like {spelled(len(named) - 1)} other pairs,"
    return " as well as ".join(named)
