"""A ranking as text for a terminal."""

from __future__ import annotations

from dashboard.methods.evaluate import Evaluation
from dashboard.methods.second_opinions import Opinion, agreement
from dashboard.model.wording import VERDICT_WORDS, whole
from dashboard.robustness.verdict import verdict


def ranking_text(
    evaluation: Evaluation, whose: str, opinions: tuple[Opinion, ...] | None = None
) -> str:
    """Verdict, ranking with constraint status, and the other methods where they were asked."""
    question, judged = evaluation.question, verdict(evaluation)
    lines = [
        question.context.title,
        f"Weights: {whose}",
        *(f"Setting on: {setting}" for setting in question.active_settings),
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
    question = evaluation.question
    width = max(len(proposal.name) for proposal in question.proposals)
    rows = [f"{'rank':>4}  {'score':>5}  option"]
    for i in evaluation.order:
        proposal = question.proposals[i]
        flags = [
            f"{VERDICT_WORDS[v]}: {', '.join(names)}"
            for v in ("fail", "conditional")
            if (
                names := [
                    c.id for c in question.constraints if c.status_of(proposal.id).verdict == v
                ]
            )
        ]
        score = whole(float(evaluation.scores[i]))
        rows.append(
            f"{evaluation.ranks[i]:>4}  {score:>5}  {proposal.name:<{width}}  {'; '.join(flags)}".rstrip()
        )
    return rows


def _opinions(evaluation: Evaluation, opinions: tuple[Opinion, ...]) -> list[str]:
    count = agreement(evaluation, opinions)
    leader = evaluation.leaders[0]
    rows = [f"{count.leading} of {count.ran} methods put {leader.label} first."]
    for opinion in opinions:
        if opinion.ranks is None:
            rows.append(f"  {opinion.method}: could not run, because {opinion.reason}")
            continue
        order = sorted(
            range(len(opinion.ranks)),
            key=lambda i: (int(opinion.ranks[i]), i),  # type: ignore[index]
        )
        named = ", ".join(
            f"{opinion.ranks[i]} {evaluation.question.proposals[i].label}" for i in order
        )
        note = f" ({opinion.note})" if opinion.note else ""
        rows.append(f"  {opinion.method}: {named}{note}")
    return rows
