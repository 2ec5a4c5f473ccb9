"""How far a ranking can be trusted, in sentences: the findings of the page How sure."""

from __future__ import annotations

import numpy as np

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import are_equal
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.question import Question
from dashboard.model.wording import (
    FEW_NAMED,
    counted,
    counted_of,
    fixed,
    listed,
    names_or_count,
    points,
    share_percent,
)
from dashboard.report.robustness_rows import labels, level_words, reading_words
from dashboard.robustness.acceptability import Acceptability
from dashboard.robustness.assessment import Assessment
from dashboard.robustness.combined_flip import CombinedFlip, NoFlip
from dashboard.robustness.fragility import FRAGILE, SENSITIVE, Fragility, Level
from dashboard.robustness.lead import NO_BANDS
from dashboard.robustness.score_flip import is_shared
from dashboard.robustness.statement import (
    chance,
    comes_first,
    equal_leaders,
    leads_or_ties,
    nothing_ends_the_lead,
    statement,
)

READING_LABELS = {
    "given_weights": "These weights",
    "weights_nearby": "Nearby",
    "same_order": "Same order",
    "all_weights": "All weights",
    "perspectives": "Perspectives",
    "stated_weights": "As stated",
}
"""Short names of the readings of the weights, by their key."""


def reading_keys(question: Question) -> list[str]:
    """The readings that a question has without anybody stating anything."""
    left_out = {"stated_weights"}
    if not question.perspectives:
        left_out.add("perspectives")
    if not question.has_bands:
        left_out.add("given_weights")
    return [key for key in READING_LABELS if key not in left_out]


LEVEL_WORDS: dict[Level, str] = {"fragile": "Fragile", "sensitive": "Sensitive", "firm": "Firm"}

FLIPS_CAPTION = "The least weight that has to move until an option is level with the lead"


def has_rivals(assessment: Assessment) -> bool:
    """Whether there is anything that a leader could lose its place to."""
    return len(assessment.evaluation.question.proposals) > 1


def finding(assessment: Assessment) -> str:
    """Who leads, and by how much."""
    found = assessment.verdict
    if not has_rivals(assessment):
        return f"{found.leaders[0].label} is the only option, so there is no ranking to doubt"
    if len(found.leaders) > 1:
        top = points(float(assessment.evaluation.scores.max()))
        equal = bool(equal_leaders(assessment))
        if found.runner_up is None:
            everyone = "Both" if len(found.leaders) == 2 else f"All {len(found.leaders)}"
            tie = "are equal on every criterion" if equal else f"tie with {top}"
            return f"{everyone} options {tie}, so there is no order to trust"
        who = names_or_count([leader.label for leader in found.leaders], "option")
        if equal:
            return f"{who} are equal and come first, with {top}: no weights can part them"
        return f"{who} tie for first with {top}"
    return _unbroken(found.headline)


def _unbroken(heading: str) -> str:
    """A number and its sign on one line, however narrow the heading."""
    return heading.replace(" %", "\u00a0%")


def shift_sentence(assessment: Assessment) -> str:
    """How much weight has to move to end the lead, or whether weights can part those that tie.

    Empty where rounding decides, and for leaders that are equal: the finding has said it.
    """
    if not has_rivals(assessment) or equal_leaders(assessment):
        return ""
    if len(assessment.verdict.leaders) > 1:
        return assessment.verdict.change
    if said := level_words(assessment):
        return _unbroken(f"{said}.")
    if nothing_ends_the_lead(assessment):
        return "On best estimates, no change of weights changes the leader."
    return ""


def chances(assessment: Assessment) -> str:
    """What ends the lead and how likely it is; without any band, that no chance is claimed."""
    unknown = "" if assessment.sampled.known else NO_BANDS
    said = [shift_sentence(assessment), unknown, statement(assessment).likelihood]
    return " ".join(filter(None, said))


def reading_meaning(key: str, *, bands: bool = True) -> str:
    """What a reading assumes about the weights, as a sentence; and of scores without ``bands``."""
    if key == "given_weights":
        return f"{READING_LABELS[key]}: as they are set; only the scores vary."
    meaning = reading_words(key).partition(": ")[2]
    scores = "the scores vary as well" if bands else "scores are taken as exact"
    return f"{READING_LABELS[key]}: {meaning}; {scores}."


def firsts_finding(assessment: Assessment, reading: Acceptability) -> str:
    """Who comes first most often, which need not be who leads at the likely scores."""
    names = labels(assessment)
    shares = reading.ranks.value[:, 0]
    top = int(np.argmax(shares))
    level = [i for i in range(len(names)) if shares[top] - shares[i] <= _doubt(reading, top, i)]
    if len(level) > 1:
        who = names_or_count([names[i] for i in level], "option")
        if are_equal(assessment.evaluation, level):
            return f"{who} are equal on every criterion, so they come first equally often"
        return f"{who} come first about equally often"
    found = (
        f"{names[top]} comes first most often, in {share_percent(float(shares[top]))} of samples"
    )
    return _unbroken(f"{found}{_though(assessment, top)}")


def _though(assessment: Assessment, top: int) -> str:
    """That who comes first most often does not lead on best estimates, or not alone."""
    names, leaders = labels(assessment), assessment.verdict.lead.leaders
    others = [names[i] for i in leaders if i != top]
    if not others:
        return ""
    if top in leaders:
        tied = names_or_count(others, "other option")
        return f", though it ties with {tied} on best estimates"
    lead = "leads" if len(others) == 1 else "tie for first"
    return f", though {names_or_count(others, 'option')} {lead} on best estimates"


def _doubt(reading: Acceptability, one: int, other: int) -> float:
    """Two standard errors of the difference; rounding, where there is no sampling error."""
    errors = reading.ranks.error[[one, other], 0]
    return 2 * float(np.hypot(*errors)) + TIE_TOLERANCE


def firsts_sentence(assessment: Assessment, reading: Acceptability) -> str:
    """The leader's chances in likelihood words: of the first place, and against the status quo."""
    evaluation, equal = assessment.evaluation, equal_leaders(assessment)
    leader, status_quo = evaluation.order[0], evaluation.question.status_quo
    share = float(reading.ranks.value[leader, 0])
    if not assessment.sampled.known:
        first = f"{comes_first(assessment)} with {share_percent(share)} of these weights."
        return equal or first
    first = f"Read this way, {chance(share)} that {comes_first(assessment)}"
    if status_quo is None or status_quo == evaluation.question.proposals[leader]:
        return equal or f"{first}."
    beats = reading.better_than(evaluation.index(status_quo.id)).value[leader]
    better = chance(float(beats))
    if not equal:
        name = evaluation.question.proposals[leader].label
        return f"{first}, and {better} that {name} is better than {status_quo.label}."
    if status_quo in assessment.verdict.leaders:
        return equal
    return f"{equal} For each of them {better} that it is better than {status_quo.label}."


def sampling_line(assessment: Assessment, reading: Acceptability) -> str:
    """How many samples, from which seed, and how far the shares may be off for that."""
    errors = assessment.errors
    worst = float(reading.ranks.error.max())
    error = f"at most {worst * 100:.1f}" if worst >= 0.0005 else "below 0.1"
    if not assessment.sampled.known:
        return (
            f"{reading.samples:,} samples of the weights, seed {reading.seed}; standard error of a "
            f"share {error} percentage points."
        )
    related = (
        f"errors of one option correlated by {errors.correlation:.1f}"
        if errors.correlation
        else "errors independent"
    )
    raw = assessment.evaluation.performance
    if (is_shared(raw.spread.group) & (raw.high > raw.low)).any():
        related = f"{related}, but for those that the question says are shared"
    return (
        f"{reading.samples:,} samples, seed {reading.seed}; standard error of a share {error} "
        f"percentage points. Scores drawn from {listed(_families(assessment))} distributions, "
        f"{related}."
    )


def _families(assessment: Assessment) -> list[str]:
    """The families of the distributions that some score is drawn from."""
    raw = assessment.evaluation.performance
    present = set(raw.spread.family[raw.high > raw.low].tolist())
    band = "PERT" if assessment.errors.distribution == "pert" else "triangular"
    return [name for family, name in enumerate((band, "normal", "log-normal")) if family in present]


def centres_reading(key: str) -> str:
    """The reading whose central weights tell something: fixed weights are central to everybody."""
    return "all_weights" if key == "given_weights" else key


def stability_finding(found: list[Fragility]) -> str:
    """How many weights are near to a new leader."""
    total = sum(one.level is not None for one in found)
    if not total:
        return "No weight can be moved against another"
    for level, reach in (("fragile", FRAGILE), ("sensitive", SENSITIVE)):
        near = sum(one.level == level for one in found)
        if near:
            within = f"{reach * 100:.0f} percentage points"
            return (
                f"{near} of {counted(total, 'weight')} {'is' if near == 1 else 'are'} {level}: "
                f"moved alone by {within} or less, another option leads"
            )
    far = f"{SENSITIVE * 100:.0f} percentage points"
    return f"Moved alone by {far}, none of {counted(total, 'weight')} changes the leader"


def stability_caption(assessment: Assessment) -> str:
    """Whose lead the intervals are about."""
    leader = assessment.evaluation.question.proposals[assessment.evaluation.order[0]].label
    first = ", the first of those that tie" if len(assessment.verdict.leaders) > 1 else ""
    return f"Each weight moved alone, and where {leader}{first} stays in the lead"


def level_key() -> str:
    """What the three levels mean."""
    near, far = f"{FRAGILE * 100:.0f}", f"{SENSITIVE * 100:.0f}"
    return (
        f"Fragile: another option leads if this weight moves by up to {near} percentage points. "
        f"Sensitive: by up to {far}. Firm: by more, or never. "
        "All other weights keep their proportions."
    )


def examined_title(assessment: Assessment) -> str:
    """Of how many of the options it was worked out what it takes to lead."""
    sought = sum(flip is not None for flip in assessment.flips)
    return f"The {sought} options that were examined, of {len(assessment.flips):,}"


def flips_finding(assessment: Assessment) -> str:
    """How many of the others some weights would put first."""
    flips = [flip for flip in assessment.flips if flip is not None]
    possible = sum(isinstance(flip, CombinedFlip) and not flip.ties_only for flip in flips)
    if not assessment.complete:
        return (
            f"Of {counted(len(flips), 'option')} that were examined, {possible} can be made to lead"
        )
    never = sum(isinstance(flip, NoFlip) for flip in flips)
    level = sum(isinstance(flip, CombinedFlip) and flip.ties_only for flip in flips)
    if not flips:
        return "All options lead together"
    if never + level == len(flips):
        return "On best estimates no weights put another option first"
    if possible == len(flips):
        if possible == 1:
            return "The other option can be made to lead by weights alone"
        return f"Each of the {possible} other options can be made to lead by weights alone"
    said = [f"{possible} of {counted(len(flips), 'other option')} can be made to lead"]
    if never:
        said.append(f"on best estimates {counted(never, 'option')} cannot lead under any weights")
    if level:
        said.append(f"{counted(level, 'option')} can draw level and no more")
    return "; ".join(said)


def structure_finding(assessment: Assessment) -> str:
    """How many choices of whoever built the model decide who leads."""
    checks = assessment.structure
    changing = sum(check.leader_changes for check in checks)
    if not changing:
        return f"None of {counted(len(checks), 'modelling choice')} changes the leader"
    verb = "changes" if changing == 1 else "change"
    return f"{changing} of {counted(len(checks), 'modelling choice')} {verb} the leader"


def structure_sentence(assessment: Assessment) -> str:
    """What the choices do that leave the leader in place."""
    checks = assessment.structure
    kept = [check for check in checks if not check.leader_changes]
    order = sum(check.order_changes for check in kept)
    same = len(kept) - order
    more = " more" if len(kept) < len(checks) else ""
    return (
        f"If made differently, {order}{more} would change the order below the leader, and {same} "
        "would change nothing."
    )


def scenarios_finding(assessment: Assessment) -> str:
    """In how many scenarios the leader stays first."""
    analysis, question = assessment.scenarios, assessment.evaluation.question
    leader = assessment.evaluation.order[0]
    ways = len(analysis.cases) - 1
    kept = sum(leader in analysis.leaders(k) for k in range(1, ways + 1))
    leads = leads_or_ties(analysis, leader)
    return f"{question.proposals[leader].label} {leads} in {counted_of(kept, ways, 'scenario')}"


def regret_sentence(assessment: Assessment) -> str:
    """Whose worst regret is the least, and that scenarios carry no probabilities."""
    analysis, names = assessment.scenarios, labels(assessment)
    best = list(analysis.least_worst_regret)
    regret = analysis.worst_regret[best[0]].regret
    who = names_or_count([names[i] for i in best], "option")
    has, far = ("has", "it is") if len(best) == 1 else ("share", "they are")
    behind = (
        f"at most {points(regret)} behind the best" if regret > TIE_TOLERANCE else "never behind"
    )
    return (
        f"{who} {has} the least worst regret: {far} {behind}, whichever way the world goes. "
        "Scenarios carry no probabilities."
    )


def moved_weights(question: Question, now: Floats, after: Floats) -> tuple[str, str]:
    """Which weights give and which take, each with its weight before and after."""
    change = after - now
    return _moved(question, now, after, -change), _moved(question, now, after, change)


def _moved(question: Question, now: Floats, after: Floats, gain: Floats) -> str:
    order = [int(j) for j in np.argsort(-gain, kind="stable") if gain[j] > 1e-6]
    said = [
        f"{question.criteria[j].label} ({_percent(now[j])} to {_percent(after[j])} %)"
        for j in order[:FEW_NAMED]
    ]
    more = len(order) - FEW_NAMED
    return listed([*said, counted(more, "other")] if more > 0 else said)


def _percent(weight: float) -> str:
    return fixed(weight * 100, 1) if weight > 0 else "0.0"
