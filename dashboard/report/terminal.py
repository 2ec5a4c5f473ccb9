"""A ranking as text for a terminal."""

from __future__ import annotations

from dashboard.methods.evaluate import Evaluation
from dashboard.methods.ranks import best_first
from dashboard.methods.second_opinions import Opinion
from dashboard.model.weighting import Verdict
from dashboard.model.wording import VERDICT_WORDS, whole
from dashboard.report.left_out import LISTED, NAMED_IN_A_ROW, shortened
from dashboard.report.opinion_words import opinions_finding
from dashboard.report.override_words import reader_lines
from dashboard.robustness.failed import misses
from dashboard.robustness.verdict import verdict

_NOTED: tuple[Verdict, ...] = ("fail", "conditional")


def ranking_text(
    evaluation: Evaluation,
    whose: str,
    opinions: tuple[Opinion, ...] | None = None,
    *,
    every: bool = False,
) -> str:
    """Verdict, ranking with constraint status, and the other methods where they were asked.

    ``every`` : all options; else the first fifty of more, and how many more there are.
    """
    question, judged = evaluation.question, verdict(evaluation)
    lines = [
        question.context.title,
        f"Weights: {whose}",
        *reader_lines(question),
        "",
        f"{judged.headline}. {judged.margin}",
        judged.change,
        *([judged.caution] if judged.caution else []),
        "",
        *_table(evaluation, every=every),
    ]
    if opinions is not None:
        lines += ["", *_opinions(evaluation, opinions, every=every)]
    return "\n".join([*lines, "", question.context.disclaimer])


def _table(evaluation: Evaluation, *, every: bool) -> list[str]:
    proposals = evaluation.question.proposals
    width = max(len(proposal.name) for proposal in proposals)
    rows = []
    for i in evaluation.order:
        score, flags = whole(float(evaluation.scores[i])), _flags(evaluation, proposals[i].id)
        row = f"{evaluation.ranks[i]:>4}  {score:>5}  {proposals[i].name:<{width}}  {flags}"
        rows.append(row.rstrip())
    return [
        f"{'rank':>4}  {'score':>5}  option",
        *shortened(rows, LISTED, "options", every=every),
    ]


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


def _opinions(evaluation: Evaluation, opinions: tuple[Opinion, ...], *, every: bool) -> list[str]:
    rows = [f"{opinions_finding(evaluation, opinions)}."]
    for opinion in opinions:
        if opinion.ranks is None:
            rows.append(f"  {opinion.method}: could not run, because {opinion.reason}")
            continue
        order = best_first(opinion.ranks)
        proposals = evaluation.question.proposals
        ranked = [f"{opinion.ranks[i]} {proposals[i].label}" for i in order]
        few = every or len(ranked) <= LISTED
        named = ", ".join(shortened(ranked, NAMED_IN_A_ROW, "options", every=few))
        note = f" ({opinion.note})" if opinion.note else ""
        rows.append(f"  {opinion.method}: {named}{note}")
    return rows
