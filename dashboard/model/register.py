"""Everything a question holds as one list of entries that can be searched and read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from dashboard.model import register_evidence as evidence
from dashboard.model import register_logs as logs
from dashboard.model import register_model as model
from dashboard.model import register_together as combined
from dashboard.model.entry import Entry, with_names
from dashboard.model.question import Question

_GROUPS: tuple[Callable[[Question], Iterable[Entry]], ...] = (
    evidence.claims,
    evidence.paragraphs_of_the_text,
    evidence.sources,
    evidence.barriers,
    evidence.tensions,
    logs.disclosure_and_logs,
    evidence.context,
    model.constraints,
    model.proposals,
    model.criteria,
    model.perspectives,
    combined.together,
    combined.scenarios,
)
"""In the order in which a reader would want them."""


def register(question: Question) -> tuple[Entry, ...]:
    """All entries, group by group; each has a key of its own, and calls sources by their names."""
    entries = [entry for group in _GROUPS for entry in group(question)]
    counts: Counter[str] = Counter(entry.group for entry in entries if not entry.key)
    numbers = {group: iter(range(1, count + 1)) for group, count in counts.items()}
    return tuple(
        replace(
            entry,
            title=with_names(question, entry.title),
            lines=tuple(with_names(question, line) for line in entry.lines),
            key=entry.key or f"{_slug(entry.group)}.{next(numbers[entry.group])}",
        )
        for entry in entries
    )


def _slug(group: str) -> str:
    return "-".join(group.lower().split())


def search(entries: Iterable[Entry], text: str) -> tuple[Entry, ...]:
    """The entries that hold all words of the text; all entries for an empty text."""
    words = text.split()
    return tuple(entry for entry in entries if entry.matches(words))
