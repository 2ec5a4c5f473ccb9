"""Weights that a visitor keeps under a name, in the browser and as a file; not in the question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.model.question import Question
from dashboard.model.wording import printable
from dashboard.ui.choice import checked_points

PREFIX = "saved:"
"""Before the name in a list that also holds perspectives, whose ids have no colon."""

MOST = 20
LONGEST_NAME = 80


@dataclass(frozen=True)
class SavedWeights:
    """Points by criterion, sum 100."""

    name: str
    points: Mapping[str, float]

    @property
    def file_name(self) -> str:
        slug = re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")[:40]
        return f"weights-{slug or 'own'}.yaml"

    def yaml(self, question: Question) -> str:
        """A file that ``--weights`` reads, and that says whose weights of what it holds."""
        lines = [
            f"# Weights: {_one_line(self.name)}",
            f"# Question: {_one_line(question.context.title)} ({question.fingerprint[:12]})",
            "# Points of each swing; only their proportions count.",
            *(
                f"{criterion.id}: {_plain(self.points[criterion.id])}"
                for criterion in question.criteria
            ),
        ]
        return "\n".join(lines) + "\n"


def saved_under(
    saved: Iterable[SavedWeights], name: Any, points: Mapping[str, float]
) -> tuple[SavedWeights, ...]:
    """With one more, the oldest gone where there are too many; a name that is taken is replaced."""
    kept = tuple(saved)
    if not isinstance(name, str) or not name.strip():
        return kept
    name = _one_line(name)[:LONGEST_NAME]
    return (*(s for s in kept if s.name != name), SavedWeights(name, dict(points)))[-MOST:]


def still_fitting(question: Question, saved: Iterable[SavedWeights]) -> tuple[SavedWeights, ...]:
    """Those that are weights of this question's criteria."""
    return tuple(s for s in saved if checked_points(question, s.points) is not None)


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())


def _plain(value: float) -> str:
    """Digits without an exponent, which YAML would misread."""
    return f"{value:.10f}".rstrip("0").rstrip(".")
