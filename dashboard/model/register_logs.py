"""Entries of the register about how the question was made: disclosure, logs and caveats."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.model.entry import Entry, labels, lines, names, rests_on
from dashboard.model.logs import LogEntry
from dashboard.model.question import Question
from dashboard.model.wording import listed

GROUP = "Disclosure and logs"
_KINDS = {"assumption": "Assumption", "decision": "Decision", "data": "Data"}


def disclosure_and_logs(question: Question) -> Iterable[Entry]:
    """What was changed after results had been seen first, then the three logs, then caveats."""
    if question.disclosure.disclosure:
        yield Entry(
            GROUP,
            "What was changed after results",
            (question.disclosure.disclosure,),
            key="changed",
        )
    for setting in question.settings:
        title = f"Setting that can be switched on: {setting.name}"
        yield Entry(GROUP, title, (setting.why,), key=f"setting.{setting.id}")
    for kind in _KINDS:
        for entry in question.logs:
            if entry.kind == kind:
                yield _log(question, entry)
    for caveat in question.context.caveats:
        yield Entry(GROUP, f"Caveat: {caveat}")
    if question.sources_accessed:
        yield Entry(GROUP, f"How sources were read: {question.sources_accessed}")


def _log(question: Question, entry: LogEntry) -> Entry:
    when = f", {entry.date.isoformat()}" if entry.date else ", not dated"
    after = " Made after results had been seen." if entry.after_results else ""
    settings = {setting.id: setting.name for setting in question.settings}
    switched = [settings[identifier] for identifier in entry.settings]
    constraints = {constraint.id: constraint.name for constraint in question.constraints}
    touches = [
        words
        for words in (
            names(question, entry.criteria),
            labels(question, entry.proposals),
            listed([constraints[identifier] for identifier in entry.constraints]),
        )
        if words
    ]
    return Entry(
        GROUP,
        f"{_KINDS[entry.kind]}: {entry.text}",
        lines(
            entry.why,
            f"By: {entry.who}{when}.{after}",
            f"Touches {'; '.join(touches)}." if touches else None,
            f"Can be taken back by the setting {listed(switched)}." if switched else None,
            rests_on(question, entry.evidence),
        ),
        key=f"log.{entry.id}",
    )
