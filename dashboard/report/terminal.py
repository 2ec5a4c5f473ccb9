"""A ranking as text for a terminal."""

from __future__ import annotations

from dashboard.methods.evaluate import Evaluation
from dashboard.methods.ranks import best_first
from dashboard.methods.second_opinions import Opinion, agreement
from dashboard.model.weighting import Verdict
from dashboard.model.wording import VERDICT_WORDS, whole
from dashboard.report.override_words import terminal_line
from dashboard.robustness.failed import misses
from dashboard.robustness.verdict import verdict

_NOTED: tuple[Verdict, ...] = ("fail", "conditional")


def ranking_text(
    evaluation: Evaluation, whose: str, opinions: tuple[Opinion, ...] | None = None
) -> str:
    """Verdict, ranking with constraint status, and the other methods where they were asked."""
    question, judged = evaluation.question, verdict(evaluation)
    lines = [
        question.context.title,
        f"Weights: {whose}",
        *(f"Setting on: {setting}" for setting in question.active_settings),
        *(terminal_line(question, held) for held in question.overrides),
        "",
        f"{judged.headline}. {judged.margin}",
        judged.change,
        *([judged.caution] if judged.caution else []),
        "",
        *_table(evaluation),
    ]
    if opinions is not None:
        lines += ["", *_opinions(evaluation, opinions)]
    return "\n".join([*lines, "", question.context.disclaimer])


def _table(evaluation: Evaluation) -> list[str]:
    proposals = evaluation.question.proposals
    width = max(len(proposal.name) for proposal in proposals)
    rows = [f"{'rank':>4}  {'score':>5}  option"]
    for i in evaluation.order:
        score, flags = whole(float(evaluation.scores[i])), _flags(evaluation, proposals[i].id)
        row = f"{evaluation.ranks[i]:>4}  {score:>5}  {proposals[i].name:<{width}}  {flags}"
        rows.append(row.rstrip())
    return rows


def _flags(evaluation: Evaluation, proposal: str) -> str:
    """The constraints a proposal fails or meets on conditions, by id, and the minima it misses."""
    constraints = evaluation.question.constraints
    flags: list[str] = []
    for status in _NOTED:
        names = [c.id for c in constraints if c.status_of(proposal).verdict == status]
        if names:
            flags.append(f"{VERDICT_WORDS[status]}: {', '.join(names)}")
    option = evaluation.question.proposal(proposal)
    return "; ".join([*flags, *(miss.words for miss in misses(evaluation.question, option))])


def _opinions(evaluation: Evaluation, opinions: tuple[Opinion, ...]) -> list[str]:
    count = agreement(evaluation, opinions)
    leader = evaluation.leaders[0]
    rows = [f"{count.leading} of {count.ran} methods put {leader.label} first."]
    for opinion in opinions:
        if opinion.ranks is None:
            rows.append(f"  {opinion.method}: could not run, because {opinion.reason}")
            continue
        order = best_first(opinion.ranks)
        named = ", ".join(
            f"{opinion.ranks[i]} {evaluation.question.proposals[i].label}" for i in order
        )
        note = f" ({opinion.note})" if opinion.note else ""
        rows.append(f"  {opinion.method}: {named}{note}")
    return rows
