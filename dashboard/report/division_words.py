"""What divides two perspectives and what a compromise asks of each, in sentences."""

from __future__ import annotations

import numpy as np

from dashboard.methods.evaluate import are_equal
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.side_by_side import apart, tenths
from dashboard.model.wording import listed, names_or_count, points, weight_percent
from dashboard.report.disagreement_words import opened, option_labels, said, unbroken, weights_of
from dashboard.robustness.perspectives import Panel
from dashboard.robustness.shapley import MOST_CRITERIA, Division

CONVENTION = (
    "A convention, not a measurement: the points that different perspectives give up are "
    "compared one for one, since each has 100 points between the worst and best anchors."
)

COMPROMISE_KEY = (
    "Given up: points by the perspective's own weights. To move: the least share of all its weight "
    "until the compromise leads or ties for the lead."
)


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
    if are_equal(panel.evaluation, [found.first, found.second]):
        return f"{first} and {second} are level, being equal on every criterion"
    if abs(gap) <= TIE_TOLERANCE:
        return f"{first} and {second} are level"
    ahead, behind = (first, second) if gap > 0 else (second, first)
    rows = (found.first, found.second) if gap > 0 else (found.second, found.first)
    doubt = "" if _counts(panel, k, *rows) else " (too close to call)"
    return f"{ahead} is {tenths(abs(gap))} ahead of {behind}{doubt}"


def division_sentence(panel: Panel, a: int, b: int, found: Division) -> str:
    """How much of the difference comes from the criterion that turns most of it."""
    if found.criterion is None:
        return "No criterion turns the one into the other."
    total, part = abs(found.gap_b - found.gap_a), abs(float(found.parts[found.criterion]))
    criterion = panel.evaluation.question.criteria[found.criterion].label
    one, other = apart(*(float(panel.weights[k][found.criterion]) for k in (a, b)))
    weighed = f"{criterion} ({one} of all weight against {other})"
    if part > total + TIE_TOLERANCE:
        return unbroken(
            f"{weighed} alone accounts for {tenths(part)}, more than the {tenths(total)} between "
            "the two: other criteria pull back."
        )
    comes = "comes" if part < 0.1 else "come"
    return unbroken(
        f"Of the {tenths(total)} between the two, {tenths(part)} {comes} from the weight of "
        f"{weighed}."
    )


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
        return (
            "Parts are Shapley values; they add up to the difference between the two gaps, but for "
            "rounding."
        )
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
    who = names_or_count([names[i] for i in found.ties], "option")
    alone = len(found.ties) == 1
    if found.worst_regret <= TIE_TOLERANCE:
        return f"{who} {'costs' if alone else 'cost'} nobody anything: first under all"
    most = points(found.worst_regret)
    if alone:
        return f"{who} is the compromise: it costs nobody more than {most}"
    return f"{who} are level as the compromise: at most {most} each"


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
    doubt = ", too close to call" if gives_too_little(panel, giving[0].move.perspective) else ""
    gives = f"{start}{opened(said(most))} would give up most: {points(regret)}{doubt}."
    never = [said(panel.voices[c.move.perspective]) for c in giving if c.moved is None]
    moving = [(c.moved, c.move.perspective) for c in giving if c.moved is not None]
    parts = [gives]
    if moving:
        share, k = max(moving, key=lambda pair: pair[0])
        parts.append(
            f"{opened(weights_of(panel.voices[k]))} would have to move furthest before {chosen} is "
            f"level with the lead: at least {weight_percent(share)} of all weight."
        )
    if never:
        parts.append(
            f"On best estimates no weights bring {chosen} to the lead for {listed(never)}."
        )
    return unbroken(" ".join(parts))


def gives_too_little(panel: Panel, k: int) -> bool:
    """Whether what the compromise asks of a voice is within the uncertainty of the difference."""
    return not _counts(panel, k, panel.leads[k].leaders[0], panel.found.compromise.alternative)


def _counts(panel: Panel, k: int, ahead: int, behind: int) -> bool:
    """Whether the lead of one row over another counts under the weights of a voice."""
    moments = panel.evaluation.moments
    return bool(moments.leads(panel.weights[k], ahead).decided[behind])


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
