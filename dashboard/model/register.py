"""Everything a question holds as one list of entries that can be searched and read."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dashboard.model import register_evidence as evidence
from dashboard.model import register_model as model
from dashboard.model import register_together as combined
from dashboard.model.entry import Entry
from dashboard.model.question import Question

_GROUPS: tuple[Callable[[Question], Iterable[Entry]], ...] = (
    evidence.context,
    evidence.claims,
    evidence.sources,
    evidence.barriers,
    evidence.tensions,
    model.constraints,
    model.proposals,
    model.criteria,
    model.perspectives,
    combined.together,
    combined.scenarios,
    evidence.caveats,
)
"""In the order in which a reader would want them."""


def register(question: Question) -> tuple[Entry, ...]:
    """All entries, group by group."""
    return tuple(entry for group in _GROUPS for entry in group(question))


def search(entries: Iterable[Entry], text: str) -> tuple[Entry, ...]:
    """The entries that hold all words of the text; all entries for an empty text."""
    words = text.split()
    return tuple(entry for entry in entries if entry.matches(words))
