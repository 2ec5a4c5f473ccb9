"""Everything a question rests on as one list of entries that can be searched and read."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dashboard.model.proposals import Proposal
from dashboard.model.question import Question
from dashboard.model.value_tree import Criterion
from dashboard.model.weighting import Constraint
from dashboard.model.wording import VERDICT_WORDS, listed, number, swing


@dataclass(frozen=True)
class Entry:
    """One thing to know: what it is, the lines about it, and addresses where it can be read."""

    group: str
    title: str
    lines: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()

    def matches(self, words: Iterable[str]) -> bool:
        """Whether every word occurs somewhere in the entry, whatever its case and accents."""
        text = folded(" ".join((self.group, self.title, *self.lines, *self.addresses)))
        return all(folded(word) in text for word in words)


def folded(text: str) -> str:
    """Text without case and accents, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def search(entries: Iterable[Entry], text: str) -> tuple[Entry, ...]:
    """The entries that hold all words of the text; all entries for an empty text."""
    words = text.split()
    return tuple(entry for entry in entries if entry.matches(words))


def register(question: Question) -> tuple[Entry, ...]:
    """All entries, in the order in which a reader would want the groups."""
    return tuple(entry for group in _GROUPS for entry in group(question))


def _paragraphs(numbers: Iterable[int]) -> str:
    cited = [str(number) for number in numbers]
    if not cited:
        return ""
    return f"Source text, paragraph{'s' if len(cited) > 1 else ''} {listed(cited)}"


def _lines(*lines: str | None) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _names(question: Question, criteria: Iterable[str]) -> str:
    return listed([question.criterion(criterion).label for criterion in criteria])


def _labels(question: Question, proposals: Iterable[str]) -> str:
    return listed([question.proposal(proposal).label for proposal in proposals])


def _claims(question: Question) -> Iterable[Entry]:
    for claim in question.claims:
        bears = _names(question, claim.criteria)
        yield Entry(
            "Claims",
            claim.text,
            _lines(
                f"{claim.kind.capitalize()}. {_paragraphs([claim.paragraph])}.",
                f"Bears on {bears}." if bears else None,
                f"Note: {claim.bears_on_note}." if claim.bears_on_note else None,
                f"Check: {claim.check}",
            ),
        )


def _barriers(question: Question) -> Iterable[Entry]:
    for barrier in question.barriers:
        acting = _labels(question, barrier.acted_on_by)
        cited = listed([question.evidence_label(e) for e in barrier.evidence])
        yield Entry(
            "Barriers",
            barrier.name,
            _lines(
                f"Force: {barrier.force}. {_paragraphs(barrier.paragraphs)}",
                barrier.place_note,
                f"Bears on {_names(question, barrier.criteria)}." if barrier.criteria else None,
                f"Acted on by {acting}." if acting else "No proposal acts on it directly.",
                barrier.acted_on_note,
                f"Limit: {barrier.limit}",
                f"Rests on: {cited}" if cited else None,
            ),
        )


def _tensions(question: Question) -> Iterable[Entry]:
    for tension in question.tensions:
        yield Entry(
            "Tensions",
            tension.text,
            _lines(_paragraphs(tension.paragraphs), f"Handling: {tension.handling}"),
        )


def _constraints(question: Question) -> Iterable[Entry]:
    for constraint in question.constraints:
        yield Entry(
            "Constraints",
            f"{constraint.name}: {constraint.text}",
            _lines(
                f"{constraint.kind_note or constraint.kind.capitalize()}. "
                f"{_paragraphs(constraint.paragraphs)}",
                _statuses(question, constraint),
                constraint.note,
            ),
        )


def _statuses(question: Question, constraint: Constraint) -> str:
    by_verdict: dict[str, list[str]] = {}
    for proposal in question.proposals:
        words = VERDICT_WORDS[constraint.status_of(proposal.id).verdict]
        by_verdict.setdefault(words, []).append(proposal.label)
    return "; ".join(f"{words}: {listed(names)}" for words, names in by_verdict.items())


def _proposals(question: Question) -> Iterable[Entry]:
    for proposal in question.proposals:
        yield Entry("Options", proposal.name, _proposal_lines(proposal))
    for option in question.described:
        lines = _lines(option.text, f"Use: {option.use}", _paragraphs(option.paragraphs))
        yield Entry("Options", f"{option.name} (described, not scored)", lines)


def _proposal_lines(proposal: Proposal) -> tuple[str, ...]:
    def several(label: str, texts: Iterable[str]) -> str | None:
        given = "; ".join(texts)
        return f"{label}: {given}" if given else None

    return _lines(
        proposal.summary,
        several("Elements", (element.text for element in proposal.elements)),
        several("Preconditions", proposal.preconditions),
        several("Claimed benefits", proposal.claimed_benefits),
        several(
            "Risks",
            (
                risk.text + (" (stated)" if risk.stated else " (inferred)")
                for risk in proposal.risks
            ),
        ),
        several(
            "Variants", (f"{v.name}, {_scored(v.scored)}: {v.text}" for v in proposal.variants)
        ),
        proposal.note,
        _paragraphs(proposal.paragraphs),
    )


def _scored(scored: bool) -> str:
    return "scored" if scored else "not scored"


def _criteria(question: Question) -> Iterable[Entry]:
    for criterion in question.criteria:
        yield Entry("Criteria", criterion.name, _criterion_lines(question, criterion))
    for candidate in question.tree.left_out:
        yield Entry("Criteria", f"{candidate.name} (left out on purpose)", (candidate.why,))
    for overlap in question.tree.overlaps:
        lines = _lines(_names(question, overlap.criteria), f"Guard: {overlap.guard}")
        yield Entry("Criteria", f"Known overlap: {overlap.link}", lines)


def _criterion_lines(question: Question, criterion: Criterion) -> tuple[str, ...]:
    levels = "; ".join(
        number(level.at, criterion.decimals)
        + (f" to {number(level.to, criterion.decimals)}" if level.to is not None else "")
        + f" {level.label}"
        + (f" ({level.description})" if level.description else "")
        for level in criterion.levels
    )
    cited = "; ".join(question.evidence_label(e) for e in criterion.evidence)
    return _lines(
        criterion.definition,
        f"Scale ({criterion.scale}): {swing(criterion)}.",
        f"Levels: {levels}" if levels else None,
        f"Why it is in: {criterion.why_in}" if criterion.why_in else None,
        f"Rests on: {cited}" if cited else None,
        f"Overlap guard: {criterion.not_counted_here}" if criterion.not_counted_here else None,
    )


def _interactions(question: Question) -> Iterable[Entry]:
    for interaction in question.interactions.interactions:
        changes = "; ".join(
            f"{question.criterion(c).label} {d.likely:+g} ({d.low:+g} to {d.high:+g})"
            for c, d in interaction.deltas.items()
        )
        cited = "; ".join(question.evidence_label(e) for e in interaction.evidence)
        yield Entry(
            "Together",
            f"{_labels(question, interaction.between)}: {interaction.kind}",
            _lines(
                interaction.mechanism,
                f"Changes: {changes}",
                f"Confidence in the evidence: {interaction.confidence}.",
                f"Rests on: {cited}" if cited else None,
            ),
        )
    for gate in question.interactions.gates:
        yield Entry("Together", f"Gate for {_labels(question, gate.proposals)}", _lines(gate.text))
    sequence = question.interactions.sequence
    if sequence:
        note = question.interactions.sequence_note
        yield Entry("Together", "Sequence suggested for testing", _lines(*sequence, note))
    for rule in question.combination.rules:
        yield Entry(
            "Together",
            f"Combination rule for {_names(question, rule.criteria)}: {rule.rule}",
            _lines(rule.formula, rule.reason, rule.note),
        )


def _scenarios(question: Question) -> Iterable[Entry]:
    for scenario in question.scenarios.scenarios:
        changes = []
        for change in scenario.changes:
            operation = (
                f"difference to the status quo times {change.times_increment:g}"
                if change.times_increment is not None
                else f"times {change.times:g}"
                if change.times is not None
                else f"{change.add:+g}"
            )
            who = _labels(question, change.proposals)
            changes.append(f"{_names(question, change.criteria)} {operation} for {who}")
        yield Entry("Scenarios", scenario.name, _lines(*changes, scenario.note))


def _sources(question: Question) -> Iterable[Entry]:
    for source in question.sources:
        used = [
            f"{proposal.label} on {question.criterion(criterion).label}"
            for proposal in question.proposals
            for criterion, score in proposal.scores.items()
            if source.id in score.evidence
        ]
        yield Entry(
            "Sources",
            source.fact,
            _lines(
                f"Kind of copy seen: {source.kind}.",
                source.note,
                f"Used for {listed(used)}." if used else "Not used for a score.",
            ),
            source.addresses,
        )


def _caveats(question: Question) -> Iterable[Entry]:
    if question.disclosure.disclosure:
        settings = tuple(f"{s.name}: {s.why}" for s in question.settings)
        yield Entry("Caveats", question.disclosure.disclosure, settings)
    for caveat in question.context.caveats:
        yield Entry("Caveats", caveat)
    if question.sources_accessed:
        yield Entry("Caveats", question.sources_accessed)


_GROUPS: tuple[Callable[[Question], Iterable[Entry]], ...] = (
    _claims,
    _sources,
    _barriers,
    _tensions,
    _constraints,
    _proposals,
    _criteria,
    _interactions,
    _scenarios,
    _caveats,
)
