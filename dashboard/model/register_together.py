"""Entries of the register about options together and about the ways the world may go."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.model.combination import CombinationRule, Gate, Interaction, ScenarioChange
from dashboard.model.entry import Entry, labels, lines, names, rests_on, several
from dashboard.model.question import Question
from dashboard.model.wording import listed


def together(question: Question) -> Iterable[Entry]:
    file = question.interactions
    for interaction in file.interactions:
        yield _interaction(question, interaction)
    if file.coverage_note:
        yield Entry("Together", "Coverage of the pairs", (file.coverage_note,))
    for gate in file.gates:
        yield _gate(question, gate)
    if file.sequence:
        about = lines(*file.sequence, file.sequence_note)
        yield Entry("Together", "Sequence suggested for testing", about)
    for rule in question.combination.rules:
        yield _rule(question, rule)
    if question.combination.after or question.combination.notes:
        about = lines(question.combination.after, *question.combination.notes)
        yield Entry("Together", "Once members are combined", about)


def _interaction(question: Question, interaction: Interaction) -> Entry:
    changes = (
        f"{question.criterion(c).label} {d.likely:+g} ({d.low:+g} to {d.high:+g})"
        + (f", {d.note}" if d.note else "")
        for c, d in interaction.deltas.items()
    )
    return Entry(
        "Together",
        f"{labels(question, interaction.between)}: {interaction.kind}",
        lines(
            interaction.mechanism,
            several("Changes", changes),
            f"Confidence in the evidence: {interaction.confidence}.",
            rests_on(question, interaction.evidence),
        ),
    )


def _gate(question: Question, gate: Gate) -> Entry:
    needs = listed([question.proposal(p).label for p in gate.needs_any_of])
    return Entry(
        "Together",
        f"Gate for {labels(question, gate.proposals)}",
        lines(
            gate.text,
            f"Needs one of: {needs}" if needs else None,
            f"Or else: {gate.or_else}" if gate.or_else else None,
        ),
    )


def _rule(question: Question, rule: CombinationRule) -> Entry:
    instead = f"Can be switched to: {listed(rule.alternatives)}." if rule.alternatives else None
    return Entry(
        "Together",
        f"Combination rule for {names(question, rule.criteria)}: {rule.rule}",
        lines(rule.formula, rule.reason, instead, rule.note),
    )


def scenarios(question: Question) -> Iterable[Entry]:
    if question.scenarios.note:
        yield Entry("Scenarios", "How scenarios are applied", (question.scenarios.note,))
    for scenario in question.scenarios.scenarios:
        changes = (_change(question, change) for change in scenario.changes)
        yield Entry("Scenarios", scenario.name, lines(*changes, scenario.note))


def _change(question: Question, change: ScenarioChange) -> str:
    operation = f"{change.add:+g}" if change.add is not None else f"times {change.times}"
    if change.times_increment is not None:
        operation = f"difference to the status quo times {change.times_increment:g}"
    where = names(question, change.criteria)
    return f"{where} {operation} for {labels(question, change.proposals)}"
