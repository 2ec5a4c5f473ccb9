"""An entry of the register, and the small sentences that entries are made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dashboard.model.question import Question
from dashboard.model.wording import listed

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CITED: Final = re.compile(
    rf"\b([Ss]ources?\s+)({_ID.pattern}(?:(?:,\s+|\s+and\s+){_ID.pattern})*)"
)


@dataclass(frozen=True)
class Entry:
    """One thing to know: what it is, the lines about it, and addresses where it can be read.

    ``key`` names it in an address, and ``evidence`` holds the evidence id by which scores cite it.
    """

    group: str
    title: str
    lines: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    key: str = ""
    evidence: str | None = None

    def matches(self, words: Iterable[str]) -> bool:
        """Whether every word occurs somewhere in the entry, whatever its case and accents."""
        text = folded(" ".join((self.group, self.title, *self.lines, *self.addresses)))
        return all(folded(word) in text for word in words)


def folded(text: str) -> str:
    """Text without case and accents, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def with_names(question: Question, text: str) -> str:
    """A text in which "source kgb-wanted-list" reads as the name of that source.

    "sources killed-pilot and uk-delisting" reads as the names of both.
    """

    def name(found: re.Match[str]) -> str:
        label = labels_by_id.get(found[0])
        return f"“{label}”" if label else found[0]

    labels_by_id = question.source_labels
    return _CITED.sub(lambda cited: cited[1] + _ID.sub(name, cited[2]), text)


def paragraphs(numbers: Iterable[int]) -> str:
    cited = [str(number) for number in numbers]
    if not cited:
        return ""
    return f"Source text, paragraph{'s' if len(cited) > 1 else ''} {listed(cited)}"


def lines(*lines: str | None) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def names(question: Question, criteria: Iterable[str]) -> str:
    return listed([question.criterion(criterion).label for criterion in criteria])


def labels(question: Question, proposals: Iterable[str]) -> str:
    return listed([question.proposal(proposal).label for proposal in proposals])


def rests_on(question: Question, evidence: Iterable[str]) -> str | None:
    cited = "; ".join(question.evidence_label(identifier) for identifier in evidence)
    return f"Rests on: {cited}" if cited else None


def several(label: str, texts: Iterable[str]) -> str | None:
    given = "; ".join(texts)
    return f"{label}: {given}" if given else None
