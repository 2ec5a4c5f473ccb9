"""What an assessment comes to, in sentences: each figure in them is one of its fields.

Likelihood and confidence never share a sentence (US Intelligence Community Directive 203).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import Evaluation, are_equal
from dashboard.model.question import Question
from dashboard.model.side_by_side import performances_apart
from dashboard.model.value_tree import Criterion
from dashboard.model.wording import (
    counted,
    counted_of,
    listed,
    performance,
    share_percent,
    weight_percent,
)
from dashboard.robustness.acceptability import Acceptability
from dashboard.robustness.assessment import Assessment
from dashboard.robustness.combined_flip import CombinedFlip, NoFlip, WeightChange
from dashboard.robustness.likelihood import likelihood_share, likelihood_word
from dashboard.robustness.readings import NEAR
from dashboard.robustness.scenarios import ScenarioAnalysis
from dashboard.robustness.score_flip import ScoreFlip, is_shared

_NAMED = 3


@dataclass(frozen=True)
class Statement:
    """Sentences in the order in which a reader asks. Those that do not apply are empty."""

    who: str
    likelihood: str
    weights: str
    scores: str
    scenarios: str
    structure: str
    confidence: str

    @property
    def sentences(self) -> list[str]:
        return [sentence for sentence in vars(self).values() if sentence]


def statement(assessment: Assessment) -> Statement:
    """Say what an assessment found about the leader (the first of them, where several tie)."""
    verdict = assessment.verdict
    return Statement(
        who=f"{verdict.headline}. {verdict.margin}",
        likelihood=_likelihood(assessment),
        weights=f"{verdict.change} {cheapest_sentence(assessment)}".strip(),
        scores=_score(assessment),
        scenarios=_scenarios(assessment),
        structure=_structure(assessment),
        confidence=confidence_sentence(assessment.evaluation),
    )


def chance(probability: float) -> str:
    """'it is likely (63 %)', 'there is almost no chance (2 %)'."""
    word, share = likelihood_word(probability), likelihood_share(probability)
    if word.endswith("chance"):
        article = "" if word.startswith("almost") else "a "
        return f"there is {article}{word} ({share})"
    return f"it is {word} ({share})"


def equal_leaders(assessment: Assessment) -> str:
    """What is said of leaders that are equal, in place of the chance of one of them; else empty."""
    leaders = assessment.verdict.leaders
    if not are_equal(assessment.evaluation, [assessment.evaluation.index(p.id) for p in leaders]):
        return ""
    named = listed([proposal.label for proposal in leaders])
    if not assessment.sampled.known:
        return f"{named} are equal on every criterion."
    return f"{named} are equal on every criterion, so they are equally likely to come first."


def comes_first(assessment: Assessment) -> str:
    """'Sanctuary comes first', as sampling counts it: ties are first places too."""
    leaders = assessment.verdict.leaders
    tied = "" if len(leaders) == 1 else " or ties for first"
    return f"{leaders[0].label} comes first{tied}"


def _likelihood(assessment: Assessment) -> str:
    if said := equal_leaders(assessment):
        return said
    leader = assessment.evaluation.order[0]

    def first(found: Acceptability) -> str:
        return chance(float(found.ranks.value[leader, 0]))

    def share(found: Acceptability) -> str:
        return share_percent(float(found.ranks.value[leader, 0]))

    sampled = assessment.sampled
    if not sampled.known:
        return (
            f"With the scores as they are, {comes_first(assessment)} with "
            f"{share(sampled.near)} of all weights within {NEAR * 100:.0f} percentage points of "
            f"these, and with {share(sampled.any_weights)} of all possible weights."
        )
    return (
        f"With these weights {first(sampled.scores)} that {comes_first(assessment)}, given the "
        f"bands of the scores; with weights within {NEAR * 100:.0f} percentage points of these "
        f"{first(sampled.near)}, and over all possible weights {first(sampled.any_weights)}."
    )


def cheapest_flip(assessment: Assessment) -> tuple[int, WeightChange] | None:
    """The rival that the least weight has to move for, as a row, and what has to move.

    One that can draw level and no more ends no lead, so it is left out.
    """
    found = [
        (row, flip.least_moved)
        for row, flip in enumerate(assessment.flips)
        if isinstance(flip, CombinedFlip) and not flip.ties_only
    ]
    return min(found, key=lambda entry: (entry[1].moved, entry[0])) if found else None


def nothing_ends_the_lead(assessment: Assessment) -> bool:
    """Whether it is proved that no weights put another option ahead."""
    return all(
        flip.ties_only if isinstance(flip, CombinedFlip) else isinstance(flip, NoFlip)
        for flip in assessment.flips
        if flip is not None
    )


def cheapest_sentence(assessment: Assessment) -> str:
    """The cheapest flip, and which weights give and take it; empty where there is none."""
    found = cheapest_flip(assessment)
    if found is None:
        return ""
    question, (row, least) = assessment.evaluation.question, found
    moved, change = least.moved, least.weights - assessment.evaluation.weights
    gains = _named_criteria(question, change)
    losses = _named_criteria(question, -change)
    return (
        f"Moving {weight_percent(moved)} of all weight, from {losses} to {gains}, is the least "
        f"that brings {question.proposals[row].label} level with the lead."
    )


def _named_criteria(question: Question, change: Floats) -> str:
    order = [int(j) for j in np.argsort(-change, kind="stable") if change[j] > 1e-6]
    names = [question.criteria[j].label for j in order[:_NAMED]]
    more = len(order) - _NAMED
    return listed([*names, counted(more, "other")] if more > 0 else names)


def _score(assessment: Assessment) -> str:
    flip, question = assessment.score_flip, assessment.evaluation.question
    if len(question.proposals) == 1:
        return ""
    if flip is None:
        if not assessment.sampled.known:
            return "No single score, wherever on its scale, would change the leader."
        if is_shared(assessment.evaluation.performance.spread.group).any():
            return "No single score and no shared error within the bands would change the leader."
        return "No single score within its band would change the leader."
    criterion = question.criteria[flip.criterion]
    shown = performances_apart(flip.likely, flip.performance, criterion)
    moved = _moved(flip, criterion, shown)
    if not assessment.sampled.known:
        start = (
            "The change of one score that uses least of its scale: "
            f"{question.proposals[flip.new_leader].label} would lead if {criterion.label} of "
            f"{question.proposals[flip.alternative].label}"
        )
        return f"{start} {moved}."
    enough = "One shared error is enough" if flip.along else "One score is enough"
    start = (
        f"{enough}: {question.proposals[flip.new_leader].label} would lead if "
        f"{criterion.label} of {question.proposals[flip.alternative].label}"
    )
    if shown is None and not flip.along:
        return f"{start} {moved}."
    said = f"{start} {moved}, {share_percent(flip.share)} of the way to the end of its band"
    if not flip.along:
        return f"{said}."
    others = listed([question.proposals[row].label for row in flip.along])
    return f"{said}, and that of {others} moved with it."


def _moved(flip: ScoreFlip, criterion: Criterion, shown: tuple[str, str] | None) -> str:
    """'went from 4 past 5', or which way it moved where the two print alike."""
    if shown is None:
        way = "rose" if flip.end > flip.likely else "fell"
        return f"{way} slightly from {performance(flip.likely, criterion)}"
    return f"went from {shown[0]} past {shown[1]}"


def leads_or_ties(analysis: ScenarioAnalysis, leader: int) -> str:
    """The verb for a leader over all scenarios."""
    found = (analysis.leaders(k) for k, case in enumerate(analysis.cases) if case is not None)
    return "leads or ties" if any(leader in one and len(one) > 1 for one in found) else "leads"


def _scenarios(assessment: Assessment) -> str:
    analysis, question = assessment.scenarios, assessment.evaluation.question
    cases = [(k, case) for k, case in enumerate(analysis.cases) if case is not None]
    if not cases:
        return ""
    leader = assessment.evaluation.order[0]
    name = question.proposals[leader].label
    leads = leads_or_ties(analysis, leader)
    lost = [
        f"{case.name} ({listed([question.proposals[i].label for i in analysis.leaders(k)])})"
        for k, case in cases
        if leader not in analysis.leaders(k)
    ]
    kept = counted_of(len(cases) - len(lost), len(cases), "scenario")
    if not lost:
        return f"{name} {leads} in {kept}."
    return f"{name} {leads} in {kept}; another leads under {listed(lost)}."


def _structure(assessment: Assessment) -> str:
    question, checks = assessment.evaluation.question, assessment.structure
    changed = [check for check in checks if check.leader_changes]
    if not changed:
        return f"None of {len(checks)} structural checks changes the leader."
    named = [
        f"{check.what} ({listed([question.proposal(p).label for p in check.leaders])})"
        for check in changed[:_NAMED]
    ]
    more = len(changed) - _NAMED
    examples = listed([*named, counted(more, "other")] if more > 0 else named)
    return (
        f"{len(changed)} of {len(checks)} structural checks "
        f"{'changes' if len(changed) == 1 else 'change'} the leader: {examples}."
    )


def confidence_sentence(evaluation: Evaluation) -> str:
    """What the evidence behind the leader's scores is worth, by weight."""
    leader = evaluation.question.proposals[evaluation.order[0]]
    shares = {"low": 0.0, "moderate": 0.0, "high": 0.0}
    judged = 0.0
    for criterion, weight in zip(evaluation.question.criteria, evaluation.weights, strict=True):
        score = leader.scores[criterion.id]
        shares[score.confidence] += float(weight)
        judged += float(weight) * score.judgement_only
    parts = [f"{level} for {weight_percent(share)}" for level, share in shares.items() if share > 0]
    return (
        f"By weight, confidence in the evidence behind {leader.label} is {listed(parts)}; "
        f"{weight_percent(judged)} rests on judgement alone."
    )
