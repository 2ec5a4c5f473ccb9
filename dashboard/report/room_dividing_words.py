"""What divides a room, what a compromise would cost it, and how it moved, in sentences."""

from __future__ import annotations

from dashboard.methods.evaluate import moments_of
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.question import Question
from dashboard.model.side_by_side import apart
from dashboard.model.wording import counted, points, weight_percent, whole
from dashboard.report.disagreement_words import names_or_spelled, opened, unbroken
from dashboard.report.room_words import ballots, option_names
from dashboard.robustness.room import RoundResult
from dashboard.robustness.room_ballots import FEWEST
from dashboard.robustness.room_groups import GroupConcession
from dashboard.robustness.room_movement import Change, Movement

CONVENTION = (
    "A convention, not a measurement: points that different people give up are compared one for "
    "one. One ballot far from the others can decide which option is the compromise."
)
SHARES_KEY = (
    "Share: the part of the variance of the gap, over the ballots, that comes from the criterion. "
    "Shares sum to 100 %; one below 0 pulls the other way."
)
HIDDEN_TOGETHER = "Hidden groups together"

NAMED = 3
"""Of more only the number is given, or a table."""


# ------------------------------------------------------------------------------- what divides


def dividing_finding(result: RoundResult, question: Question) -> str:
    """The criterion that divides the room most, or all with that share in whole per cent."""
    found = result.dividing
    if found.shares is None:
        return "No criterion divides the room"
    percent = [whole(float(share) * 100) for share in found.shares]
    named = [question.criteria[j].label for j, share in enumerate(percent) if share == max(percent)]
    if not all(found.ahead):
        # Nobody disagrees on which is ahead, only on how far.
        return f"{named[0]} makes the size of the lead differ most"
    if len(named) == 1:
        return f"{named[0]} divides the room most"
    who = names_or_spelled(named, "criteria")
    return opened(f"{who} divide the room most, about alike")


def pair_sentence(result: RoundResult, question: Question) -> str:
    """Which two are disputed, and how many ballots have which ahead."""
    found = result.dividing
    if found.pair is None:
        return f"{opened(found.reason or '')}."
    first, second = (option_names(question)[i] for i in found.pair)
    one, other = found.ahead
    if any(set(found.pair) <= set(group) for group in result.equal):
        return f"{first} and {second} are equal on every criterion, so nobody can dispute them."
    if not one and not other:
        return f"{first} and {second} are level on {_every(result.ballots)}."
    level = ""
    if found.level:
        level = f", and {counted(found.level, 'has', 'have')} them level"
    if one and other:
        have = "has" if one == 1 else "have"
        return (
            f"{first} and {second} are disputed most: {ballots(one)} {have} {first} ahead, "
            f"{other:,} {second}{level}."
        )
    ahead, behind = (first, second) if one else (second, first)
    count = one or other
    have = "has" if count == 1 else "have"
    all_ = _every(count) if count == result.ballots else ballots(count)
    have = "has" if count == result.ballots else have
    return f"{opened(all_)} {have} {ahead} ahead of {behind}, its nearest rival{level}."


def _every(count: int) -> str:
    return "the only ballot" if count == 1 else "every ballot"


def share_sentence(result: RoundResult, question: Question) -> str:
    """How much of the difference comes from that criterion, and which way it pulls."""
    found = result.dividing
    if found.shares is None:
        return f"{opened(found.reason or '')}."
    j = found.criteria[0]
    criterion, share = question.criteria[j].label, float(found.shares[j])
    first, second = found.pair or (0, 0)
    error = float(moments_of(question).leads(result.whole.weights, first).error[second])
    spread = f"{points(found.spread)}{_within(found.spread, error)}"
    if share > 1 + TIE_TOLERANCE:
        part = f"more than all of that spread ({whole(share * 100)} %): other criteria pull back"
    else:
        part = f"{whole(share * 100)} % of its variance"
    return unbroken(
        f"The gap between the two differs between ballots with a standard deviation of {spread}. "
        f"{criterion} accounts for {part}. {favour_sentence(result, question)}"
    )


def _within(spread: float, error: float) -> str:
    """Said of a spread that errors in the scores could hide."""
    if spread > error:
        return ""
    return f", which is within the uncertainty of their difference ({points(error)})"


def favour_sentence(result: RoundResult, question: Question) -> str:
    """Which option gains where that criterion is weighted more."""
    found = result.dividing
    if found.favours is None:
        return f"{opened(found.reason or '')}."
    criterion = question.criteria[found.criteria[0]].label
    return f"More weight on {criterion} favours {option_names(question)[found.favours]}."


def sides_sentence(result: RoundResult, question: Question) -> str:
    """The mean weight of that criterion on either side, or why it is not given."""
    found = result.dividing
    if found.sides_hidden:
        return (
            f"The mean weights of the two sides are hidden: one has fewer than {FEWEST} ballots, "
            "or would give so few away."
        )
    if found.sides is None or found.pair is None or not found.criteria:
        return ""
    j = found.criteria[0]
    first, second = (option_names(question)[i] for i in found.pair)
    one, other = apart(float(found.sides.first[j]), float(found.sides.second[j]))
    return unbroken(
        f"Its mean weight is {one} on ballots that have {first} ahead and {other} on those that "
        f"have {second} ahead."
    )


# ------------------------------------------------------------------------------- the compromise


def compromise_finding(result: RoundResult, question: Question) -> str:
    """The option that costs nobody in the room too much."""
    found, names = result.compromise.found, option_names(question)
    who = [names[i] for i in found.ties]
    named = opened(names_or_spelled(who, "options"))
    if found.worst_regret <= TIE_TOLERANCE:
        costs = "costs" if len(who) == 1 else "cost"
        return f"{named} {costs} nobody anything: first on {_every(result.ballots)}"
    most = points(found.worst_regret)
    if len(who) == 1:
        return f"{named} is the compromise: it costs nobody more than {most}"
    return f"{named} are level as the compromise: at most {most} each"


def compromise_sentence(result: RoundResult, question: Question) -> str:
    """How many would have to give something up, and how much."""
    asked = result.compromise
    found = asked.found
    name = option_names(question)[found.alternative]
    start = f"The figures are those of {name}. " if len(found.ties) > 1 else ""
    if not asked.giving:
        return f"{start}Nobody would have to move."
    give = "gives" if asked.giving == 1 else "give"
    many = f"{asked.giving:,} of {ballots(asked.ballots)}"
    if asked.giving == 1:
        own = "more than" if asked.beyond else "within"
    else:
        some = f"{asked.beyond:,}" if asked.beyond < asked.giving else "all"
        own = f"{some} of them more than" if asked.beyond else "all of them within"
    mean = f"The mean over all ballots is {points(asked.mean)}."
    if not result.whole.lead.known:
        return f"{start}{many} {give} something up for {name}. {mean}"
    return (
        f"{start}{many} {give} something up for {name}, {own} the uncertainty of the difference "
        f"under their own weights. {mean}"
    )


def movers_sentence(result: RoundResult) -> str:
    """The group that would give up most."""
    giving = [one for one in result.compromise.by_group if one.giving]
    if len(result.compromise.by_group) < 2 or not giving:
        return ""
    most = giving[0]
    return (
        f"{concession_name(most)} would give up most: up to {points(most.largest)}, on "
        f"{most.giving:,} of {ballots(most.ballots)}."
    )


def concession_name(one: GroupConcession) -> str:
    return HIDDEN_TOGETHER if one.group is None else one.group.name


# ------------------------------------------------------------------------------- movement


def movement_finding(moved: Movement) -> str:
    """How many changed their leader; where that is hidden, how far those in both moved."""
    rounds = f"From round {moved.before} to round {moved.after},"
    if moved.unknown == "nobody":
        return f"Nobody voted in both round {moved.before} and round {moved.after}"
    if moved.mean is None:
        return f"{rounds} too few stayed to say how they moved"
    if moved.changed is None:
        share = weight_percent(moved.mean) if moved.mean > TIE_TOLERANCE else "none"
        return unbroken(f"{rounds} those who stayed moved {share} of their weight on average")
    if moved.changed == 0:
        return f"{rounds} nobody who voted in both changed their first choice"
    if moved.changed == moved.both > 1:
        return f"{rounds} all {moved.both:,} who voted in both changed their first choice"
    return f"{rounds} {moved.changed:,} of {moved.both:,} changed their first choice"


def moved_sentence(moved: Movement) -> str:
    """How much weight was moved, and who came and went."""
    parts = []
    if moved.mean is not None and moved.largest is not None:
        if moved.largest <= TIE_TOLERANCE:
            parts.append("Nobody who voted in both moved any weight.")
        else:
            parts.append(
                f"Those who voted in both moved {weight_percent(moved.mean)} of all weight on "
                f"average, {weight_percent(moved.largest)} at most."
            )
    parts.append(_came_and_went(moved))
    return unbroken(" ".join(parts))


def _came_and_went(moved: Movement) -> str:
    both = f"{moved.both:,} voted in both rounds"
    if not moved.joined and not moved.left:
        return f"{both}; nobody joined or left."
    joined = f"{moved.joined:,}" if moved.joined else "nobody"
    left = f"{moved.left:,}" if moved.left else "nobody"
    return f"{both}, {joined} joined and {left} left."


def changes_sentence(moved: Movement, question: Question) -> str:
    """From which first choice to which; or why that is hidden."""
    if moved.unknown == "few came or went":
        return (
            f"Who changed their first choice is hidden: fewer than {FEWEST} joined or left, and "
            "with it the first places of the two rounds would tell whom those put first."
        )
    if moved.unknown == "few stayed":
        return f"How they moved is hidden: fewer than {FEWEST} voted in both rounds."
    if not moved.changes:
        return ""
    said = [change_words(change, question) for change in moved.changes[:NAMED]]
    more = sum(change.count for change in moved.changes[NAMED:])
    if more:
        said.append(f"{more:,} otherwise")
    return f"First choices changed: {'; '.join(said)}."


def change_words(change: Change, question: Question) -> str:
    """'3 from Status quo to Sanctuary'."""
    names = option_names(question)
    before, after = (_tie([names[i] for i in ids]) for ids in (change.before, change.after))
    return f"{change.count:,} from {before} to {after}"


def _tie(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"a tie of {names_or_spelled(names, 'options')}"


def concordance_sentence(moved: Movement) -> str:
    """Kendall's W before and after; empty where either is undefined."""
    before, after = (found.w for found in moved.concordance)
    if before is None or after is None:
        return ""
    if f"{before:.2f}" == f"{after:.2f}":
        return f"Agreement stayed as it was: Kendall's W is {after:.2f} in both rounds."
    how = "more" if after > before else "less"
    return (
        f"The room agrees {how} than before: Kendall's W went from {before:.2f} to {after:.2f}, "
        "over all ballots of each round."
    )
