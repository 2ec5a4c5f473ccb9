"""Where perspectives part, in sentences: the findings of the page Who disagrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.question import Question
from dashboard.model.wording import counted, listed, points, weight_percent, whole
from dashboard.robustness.perspectives import OWN, Panel, Voice, extremes
from dashboard.robustness.shapley import MOST_CRITERIA, Division
from dashboard.robustness.verdict import apart

OWN_LABEL = "Your weights"

CONVENTION = (
    "A convention, not a measurement: the points that different perspectives give up are held "
    "against each other one for one, since each has 100 points between the worst and best anchors."
)

_NAMED = 3
_LISTED = 8
_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
_AGREEMENT = ((0.9, "almost entirely"), (0.7, "strongly"), (0.5, "moderately"), (0.3, "weakly"))
"""From which Kendall's W on; Schmidt (1997), Decision Sciences 28(3), 763-774, reads it so."""


def spelled(count: int) -> str:
    """Up to twelve as a word."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def said(voice: Voice) -> str:
    """A voice inside a sentence."""
    return "your weights" if voice.id == OWN else voice.label


def weights_of(voice: Voice) -> str:
    """The weights of a voice inside a sentence."""
    return "your weights" if voice.id == OWN else f"the weights of {voice.label}"


def opened(sentence: str) -> str:
    """With a capital at its start."""
    return sentence[:1].upper() + sentence[1:]


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
        return f"All options tie under {everyone(panel)}, so nothing divides them"
    ranked = sorted(firsts, key=lambda i: (-firsts[i], i))
    if len(ranked) == 1:
        return opened(f"{names[ranked[0]]} comes first under {_all(panel)}")
    named = [
        f"{names[i]} under {'all' if firsts[i] == total else spelled(firsts[i])}"
        for i in ranked[:_NAMED]
    ]
    if len(ranked) > _NAMED:
        named.append(f"{spelled(len(ranked) - _NAMED)} more")
    return opened(f"{everyone(panel)}, {spelled(len(ranked))} leaders: {listed(named)}")


def _all(panel: Panel) -> str:
    who = everyone(panel)
    return f"both {who.partition(' ')[2]}" if who == "two perspectives" else f"all {who}"


def agreement_sentence(panel: Panel) -> str:
    """Kendall's W in plain words; of two rankings, the pairs they order alike instead."""
    w, reason = panel.found.concordance
    if len(panel.voices) == 2:
        return f"{_pair_sentence(panel, [(0, 1)])}."
    if w is None:
        return f"How far the rankings agree cannot be told: {reason}."
    how = next((f"agree {word}" for least, word in _AGREEMENT if w >= least), "hardly agree")
    return (
        f"The {everyone(panel)} {how} on the whole ranking: Kendall's W is {w:.2f}, where 0 is no "
        "agreement and 1 the same ranking."
    )


def decided_sentence(panel: Panel) -> str:
    """Under how many the lead is larger than the score error."""
    clear, total = sum(lead.clear for lead in panel.leads), len(panel.leads)
    if clear == total:
        return "Under each of them the lead is at least the score error."
    if clear == 0:
        return "Under none of them is the lead as large as the score error, so none is decided."
    return (
        f"Only under {spelled(clear)} of {spelled(total)} is the lead at least the score error; "
        "under the others it is not decided."
    )


def diversity_sentence(panel: Panel) -> str:
    """Weight diversity in plain words."""
    found = panel.found.diversity
    if found.consensus is None:
        return f"How varied the weights are cannot be told: {found.reason}."
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
    """The option whose rank hangs most on the perspective."""
    ranks, names = panel.found.ranks, option_labels(panel)
    best, worst = ranks.min(axis=0), ranks.max(axis=0)
    spread = worst - best
    if not spread.any():
        return "Every option has the same rank under all of them"
    widest = np.flatnonzero(spread == spread.max())
    first = int(widest[0])
    if len(widest) == 1:
        return f"{names[first]} moves most: from rank {best[first]} to rank {worst[first]}"
    who = [names[i] for i in widest]
    named = listed(who) if len(who) <= _NAMED else counted(len(who), "option")
    return f"{named} move most: by {counted(int(spread.max()), 'rank')} each"


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
        return opened(f"{_pair_sentence(panel, [(0, 1)])}")
    most, least = extremes(panel)
    if panel.found.tau.tau[most[0][0]][most[0][1]] is None:
        return "No two rankings can be compared"
    if set(most) & set(least):
        return "All of them agree equally well with each other"
    return opened(f"{_who(panel, most)} agree most, {_who(panel, least)} least")


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


# ------------------------------------------------------------------------------- the division


def division_finding(panel: Panel, a: int, b: int, found: Division) -> str:
    """The criterion that turns most of the gap."""
    who = listed([said(panel.voices[a]), said(panel.voices[b])])
    if found.criterion is None:
        return opened(f"{who} see the same gap between these two options")
    criterion = panel.evaluation.question.criteria[found.criterion].label
    return f"{criterion} divides {who} most"


def division_gaps(panel: Panel, a: int, b: int, found: Division) -> str:
    """What either says of the two options."""
    one, other = (
        f"with {weights_of(panel.voices[k])}, {_ahead(panel, k, gap, found)}"
        for k, gap in ((a, found.gap_a), (b, found.gap_b))
    )
    return f"{shared_leader(panel, a, b)}{opened(one)}; {other}."


def shared_leader(panel: Panel, a: int, b: int) -> str:
    """Said first where the two have a leader in common."""
    shared = set(panel.leads[a].leaders) & set(panel.leads[b].leaders)
    if not shared:
        return ""
    return f"Both put {option_labels(panel)[min(shared)]} first. "


def _ahead(panel: Panel, k: int, gap: float, found: Division) -> str:
    names = option_labels(panel)
    first, second = names[found.first], names[found.second]
    if abs(gap) <= TIE_TOLERANCE:
        return f"{first} and {second} are level"
    ahead, behind = (first, second) if gap > 0 else (second, first)
    doubt = "" if abs(gap) >= panel.leads[k].error else " (within the score error, so not decided)"
    return f"{ahead} is {points(abs(gap))} ahead of {behind}{doubt}"


def division_sentence(panel: Panel, a: int, b: int, found: Division) -> str:
    """How much of the difference comes from the criterion that turns most of it."""
    if found.criterion is None:
        return "No criterion turns the one into the other."
    total, part = abs(found.gap_b - found.gap_a), abs(float(found.parts[found.criterion]))
    criterion = panel.evaluation.question.criteria[found.criterion].label
    one, other = apart(*(float(panel.weights[k][found.criterion]) for k in (a, b)))
    weighed = f"{criterion} ({one} of all weight against {other})"
    if part > total + TIE_TOLERANCE:
        return (
            f"{weighed} alone accounts for {points(part)}, more than the {points(total)} between "
            "the two: other criteria pull back."
        )
    comes = "comes" if whole(part) <= 1 else "come"
    few = "less than 1" if whole(part) == 0 else f"{whole(part)}"
    return f"Of the {points(total)} between the two, {few} {comes} from the weight of {weighed}."


def parts_caption(panel: Panel, a: int, b: int, found: Division) -> str:
    """What the bars show."""
    names = option_labels(panel)
    return (
        f"What each criterion adds on the way from {weights_of(panel.voices[a])} to "
        f"{weights_of(panel.voices[b])}: to the left towards {names[found.first]}, to the right "
        f"towards {names[found.second]}"
    )


def choose_two(*, same_perspective: bool) -> str:
    """In place of a finding where something is held against itself."""
    what = "perspectives" if same_perspective else "options"
    return f"Choose two different {what} to see what divides them"


def split_note(panel: Panel, a: int, b: int, found: Division) -> str:
    """How the parts were found, where that is not the Shapley value."""
    if found.split == "shapley":
        return "Parts are Shapley values; they add up to the difference between the two gaps."
    differing = np.count_nonzero(np.abs(panel.weights[a] - panel.weights[b]) > 1e-12)
    why = (
        f"The weights differ on {differing} criteria, too many for Shapley values"
        if differing > MOST_CRITERIA
        else "The two share no weighted criterion, so Shapley values are undefined"
    )
    return f"{why}: parts are changes of weight times differences of value (additive split)."


# ------------------------------------------------------------------------------- the compromise


def compromise_finding(panel: Panel) -> str:
    """The option that costs nobody too much."""
    found, names = panel.found.compromise, option_labels(panel)
    who = [names[i] for i in found.ties]
    if found.worst_regret <= TIE_TOLERANCE:
        named = listed(who) if len(who) <= _NAMED else counted(len(who), "option")
        return f"{named} {'costs' if len(who) == 1 else 'cost'} nobody anything: first under all"
    most = points(found.worst_regret)
    if len(who) == 1:
        return f"{who[0]} is the compromise: it costs nobody more than {most}"
    named = listed(who) if len(who) <= _NAMED else counted(len(who), "option")
    return f"{named} are level as the compromise: at most {most} each"


def compromise_sentence(panel: Panel) -> str:
    """Who gives up most, who would have to move furthest, and whether that can be at all."""
    found, names = panel.found.compromise, option_labels(panel)
    chosen = names[found.alternative]
    start = f"The figures are those of {chosen}. " if len(found.ties) > 1 else ""
    giving = [c for c in panel.concessions if c.move.regret > TIE_TOLERANCE]
    if not giving:
        return f"{start}Nobody would have to move.".strip()
    most = panel.voices[giving[0].move.perspective]
    regret = giving[0].move.regret
    doubt = ", less than its score error" if _within(panel, giving[0].move.perspective) else ""
    gives = f"{start}{opened(said(most))} would give up most: {points(regret)}{doubt}."
    never = [said(panel.voices[c.move.perspective]) for c in giving if c.moved is None]
    moving = [(c.moved, c.move.perspective) for c in giving if c.moved is not None]
    parts = [gives]
    if moving:
        share, k = max(moving, key=lambda pair: pair[0])
        parts.append(
            f"{opened(weights_of(panel.voices[k]))} would have to move furthest before {chosen} is "
            f"level with the lead: {weight_percent(share)} of all weight, at the least."
        )
    if never:
        parts.append(f"No weights bring {chosen} to the lead for {listed(never)}.")
    return " ".join(parts)


def _within(panel: Panel, k: int) -> bool:
    regret = panel.found.regret[k, panel.found.compromise.alternative]
    return bool(regret < panel.leads[k].error)


def majority_sentence(panel: Panel) -> str:
    """What pairwise majorities say, in which every set of weights has one vote."""
    found, names = panel.majority, option_labels(panel)
    voters = "Counting each as one vote, "
    caution = " Whoever chose the list of perspectives chose the voters."
    if found.winner is not None:
        return f"{voters}a majority prefers {names[found.winner]} to each other option.{caution}"
    if found.cycles:
        cycle = [names[i] for i in found.cycles[0]]
        steps = ", ".join(
            f"{one} beats {other}" for one, other in zip(cycle, [*cycle[1:], cycle[0]], strict=True)
        )
        return f"{voters}majorities run in a circle: {steps}.{caution}"
    return f"{voters}no option is preferred to each other one by a majority.{caution}"
