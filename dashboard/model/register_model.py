"""Entries of the register about the model: the files of ``criteria/`` and ``proposals/``."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.model.entry import Entry, lines, names, paragraphs, rests_on, several
from dashboard.model.proposals import Proposal, Variant
from dashboard.model.question import Question
from dashboard.model.value_tree import Criterion, Level
from dashboard.model.weighting import Constraint, Perspective
from dashboard.model.wording import CLASS_WORDS, VERDICT_WORDS, listed, number, performances, swing


def constraints(question: Question) -> Iterable[Entry]:
    for constraint in question.constraints:
        yield Entry(
            "Constraints",
            f"{constraint.name}: {constraint.text}",
            lines(
                f"{constraint.kind_note or constraint.kind.capitalize()}. "
                f"{paragraphs(constraint.paragraphs)}",
                _statuses(question, constraint),
                constraint.note,
            ),
        )


def _statuses(question: Question, constraint: Constraint) -> str:
    by_verdict: dict[str, list[str]] = {}
    for proposal in question.proposals:
        words = VERDICT_WORDS[constraint.status_of(proposal.id).verdict]
        by_verdict.setdefault(words, []).append(proposal.label)
    return "; ".join(f"{words}: {listed(options)}" for words, options in by_verdict.items())


def proposals(question: Question) -> Iterable[Entry]:
    for proposal in question.proposals:
        yield Entry("Options", proposal.name, _proposal_lines(question, proposal))
    for option in question.described:
        about = lines(option.text, f"Use: {option.use}", paragraphs(option.paragraphs))
        yield Entry("Options", f"{option.name} (described, not scored)", about)


def _proposal_lines(question: Question, proposal: Proposal) -> tuple[str, ...]:
    risks = (risk.text + (" (stated)" if risk.stated else " (inferred)") for risk in proposal.risks)
    return lines(
        proposal.summary,
        several("Elements", (element.text for element in proposal.elements)),
        several("Preconditions", proposal.preconditions),
        several("Claimed benefits", proposal.claimed_benefits),
        several("Risks", risks),
        several("Variants", (_variant(question, variant) for variant in proposal.variants)),
        proposal.note,
        paragraphs(proposal.paragraphs),
    )


def _variant(question: Question, variant: Variant) -> str:
    names_by_id = {constraint.id: constraint.name for constraint in question.constraints}
    broken = listed([names_by_id[identifier] for identifier in variant.breaks])
    scored = "scored" if variant.scored else "not scored"
    return f"{variant.name} ({scored}{f', breaks {broken}' if broken else ''}): {variant.text}"


def criteria(question: Question) -> Iterable[Entry]:
    for branch in question.branches:
        rules = (
            f"Ways to add up: {listed(branch.aggregators)}."
            if len(branch.aggregators) > 1
            else None
        )
        about = lines(branch.question, rules, branch.aggregation_note)
        yield Entry("Criteria", f"Branch: {branch.name}", about)
        for criterion in branch.criteria:
            yield Entry("Criteria", criterion.name, _criterion_lines(question, criterion))
    for candidate in question.tree.left_out:
        yield Entry("Criteria", f"{candidate.name} (left out on purpose)", (candidate.why,))
    for overlap in question.tree.overlaps:
        about = lines(names(question, overlap.criteria), f"Guard: {overlap.guard}")
        yield Entry("Criteria", f"Known overlap: {overlap.link}", about)


def _criterion_lines(question: Question, criterion: Criterion) -> tuple[str, ...]:
    return lines(
        criterion.definition,
        f"Scale ({criterion.scale}): {swing(criterion)}.",
        several("Levels", (_level(criterion, level) for level in criterion.levels)),
        f"Why it is in: {criterion.why_in}" if criterion.why_in else None,
        rests_on(question, criterion.evidence),
        f"Overlap guard: {criterion.not_counted_here}" if criterion.not_counted_here else None,
    )


def _level(criterion: Criterion, level: Level) -> str:
    ends = (level.at,) if level.to is None else (level.at, level.to)
    meaning = f" ({level.description})" if level.description else ""
    return f"{' to '.join(performances(ends, criterion))} {level.label}{meaning}"


def perspectives(question: Question) -> Iterable[Entry]:
    if question.weighting.disclaimer:
        yield Entry("Perspectives", question.weighting.disclaimer)
    for perspective in question.perspectives:
        kinds = listed([CLASS_WORDS[kind] for kind in perspective.evidence_class])
        confidence = perspective.confidence
        yield Entry(
            "Perspectives",
            perspective.name,
            lines(
                perspective.justification,
                several("Points", _points(question, perspective)),
                "Points: the same for every branch." if perspective.rule else None,
                f"Class: {kinds}." if kinds else None,
                f"Confidence in the evidence: {confidence}." if confidence else None,
                rests_on(question, perspective.evidence),
            ),
        )


def _points(question: Question, perspective: Perspective) -> Iterable[str]:
    given = perspective.points or {}
    return (f"{question.criterion(c).label} {number(value, 2)}" for c, value in given.items())
