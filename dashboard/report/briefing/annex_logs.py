"""Annex: what was changed after results had been seen, the three logs, and all caveats."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.model.entry import labels, names
from dashboard.model.logs import LogEntry, LogKind
from dashboard.model.question import Question
from dashboard.model.wording import counted, listed
from dashboard.report.briefing.annex_parts import note, say
from dashboard.report.briefing.brief import Findings
from dashboard.report.briefing.document import (
    Block,
    Cell,
    Column,
    Heading,
    Items,
    Paragraph,
    Section,
    Table,
    runs,
    strong,
)

KINDS: tuple[tuple[LogKind, str, str, str], ...] = (
    ("assumption", "Assumptions", "assumption", "assumptions"),
    ("decision", "Decisions", "decision", "decisions"),
    ("data", "Data", "data entry", "data entries"),
)
UNDATED = "not dated"
AFTER = "after results"


def section(findings: Findings) -> Section:
    question = findings.question
    return Section(
        "annex-logs",
        "how the question was made",
        logs_finding(question),
        (
            *_disclosure(question),
            *_settings(question),
            *(block for kind in KINDS for block in _log(question, *kind)),
            *_caveats(question),
        ),
        dense=True,
    )


def logs_finding(question: Question) -> str:
    """How many entries there are, and how many were made after results had been seen."""
    entries = question.logs
    if not entries:
        return "The question keeps no log of assumptions, decisions or data"
    counts = [
        counted(sum(entry.kind == kind for entry in entries), one, many)
        for kind, _, one, many in KINDS
        if any(entry.kind == kind for entry in entries)
    ]
    after = sum(entry.after_results for entry in entries)
    late = (
        f"{counted(after, 'entry', 'entries')} made after results had been seen"
        if after
        else "none of them made after results had been seen"
    )
    return f"{listed(counts)} on record, {late}"


def _disclosure(question: Question) -> list[Block]:
    told = question.disclosure.disclosure
    if not told:
        return [say("The question discloses no change made after results had been seen.")]
    return [Paragraph(runs(strong("Disclosure. "), told), bar="ink")]


def _settings(question: Question) -> list[Block]:
    """The choices that can be switched on, and which of them are."""
    if not question.settings:
        return []
    items = []
    for setting in question.settings:
        on = "Switched on for this briefing. " if setting.id in question.active_settings else ""
        items.append(runs(strong(f"{setting.name}. "), on, setting.why))
    return [Heading("Settings that can be switched on"), Items(tuple(items))]


def _log(question: Question, kind: LogKind, title: str, one: str, many: str) -> list[Block]:
    del one
    entries = [entry for entry in question.logs if entry.kind == kind]
    if not entries:
        return [Heading(title), say(f"No {many} are on record.")] if question.logs else []
    return [Heading(title), _table(question, title, entries)]


def _table(question: Question, title: str, entries: Sequence[LogEntry]) -> Table:
    rows = [
        (
            Cell(entry.text, below=entry.why or ""),
            Cell(entry.who, small=True),
            Cell(
                entry.date.isoformat() if entry.date else UNDATED,
                below=AFTER if entry.after_results else "",
                small=True,
            ),
            Cell(touched(question, entry), small=True),
        )
        for entry in entries
    ]
    return Table(
        title,
        (
            Column("What, and why", width=3.4),
            Column("By", width=0.8),
            Column("When", width=0.9),
            Column("Touches", width=1.7),
        ),
        tuple(rows),
    )


def touched(question: Question, entry: LogEntry) -> str:
    """What an entry is about, and the setting that takes it back."""
    constraints = {constraint.id: constraint.name for constraint in question.constraints}
    settings = {setting.id: setting.name for setting in question.settings}
    parts = (
        names(question, entry.criteria),
        labels(question, entry.proposals),
        listed([constraints[identifier] for identifier in entry.constraints]),
    )
    taken = listed([settings[identifier] for identifier in entry.settings])
    back = [f"taken back by the setting {taken}"] if taken else []
    return "; ".join([*filter(None, parts), *back])


def _caveats(question: Question) -> list[Block]:
    context = question.context
    said: list[Block] = [Heading("Caveats")]
    if context.caveats:
        said.append(Items(tuple(runs(caveat) for caveat in context.caveats)))
    else:
        said.append(say("The question names no caveats."))
    return [*said, note(context.disclaimer)]
