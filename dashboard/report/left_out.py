"""What is not written of many options, and the words that say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dashboard.robustness.assessment import Assessment
from dashboard.robustness.health import Finding

NEAREST_PAIRS = 20
"""Margins of pairs, the nearest first, where not all are wanted."""

FIRST_RANKS = 10
"""Ranks whose shares are told then."""

OF_A_KIND = 10
"""Findings of one kind of health check that are written of many."""

LISTED, LISTED_BESIDE, NAMED_IN_A_ROW = 50, 20, 10
"""Options that a terminal lists: in the main table, in those beside it, and within a row."""


def shortened(
    rows: Sequence[str], most: int, what: str, *, every: bool, total: int | None = None
) -> list[str]:
    """The first of the rows, and a last one that counts the others; all where all are wanted.

    One more than the most is not worth a line that says so. ``total`` : how many rows there are
    where all are wanted, if that is more than are given.
    """
    more = (len(rows) if total is None else total) - most
    if every or more <= 1:
        return list(rows)
    return [*rows[:most], f"... and {more:,} more {what}; --all shows them"]


def first_of_each_kind(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, of each kind ten at the most."""
    seen: Counter[str] = Counter()
    kept = []
    for finding in findings:
        seen[finding.kind] += 1
        if seen[finding.kind] <= OF_A_KIND:
            kept.append(finding)
    return kept


def more_of_each_kind(findings: Sequence[Finding]) -> dict[str, int]:
    """How many findings ``first_of_each_kind`` leaves out, by kind, where it leaves out any."""
    counts = Counter(finding.kind for finding in findings)
    return {kind: count - OF_A_KIND for kind, count in counts.items() if count > OF_A_KIND}


def left_out(assessment: Assessment) -> dict[str, Any]:
    """What the results of an assessment leave out that did not examine every option.

    ``first_elsewhere`` has the options without details of their own that come first in some
    samples, by reading of the weights: nobody who may win goes unmentioned.
    """
    evaluation, kept = assessment.evaluation, len(assessment.examined)
    options = len(evaluation.scores)
    some = f"of {kept} of {options} options, the highest in the ranking"
    return {
        "how_to_get_all": "counterweight robustness --json --full",
        "options": options,
        "options_with_details": kept,
        "keys": {
            "ranking": f"all options; contributions and constraints {some}",
            "cheapest_flip": f"{some}; whoever needs the least weight to lead is among them",
            "pairs": f"the leader against the {NEAREST_PAIRS} nearest",
            "acceptability": f"{some}: ranks 1 to {FIRST_RANKS}; not how often each beats each",
            "scenarios": some,
            "structure": "no scores and no orders",
            "vetoes": some,
            "health": {"not_written": more_of_each_kind(assessment.health)},
        },
        "first_elsewhere": _first_elsewhere(assessment),
    }


def _first_elsewhere(assessment: Assessment) -> dict[str, dict[str, float]]:
    proposals = assessment.evaluation.question.proposals
    others = sorted(set(range(len(proposals))) - set(assessment.examined))
    return {
        key: {
            proposals[row].id: float(found.ranks.value[row, 0])
            for row in others
            if found.ranks.value[row, 0] > 0
        }
        for key, _, found in assessment.sampled.readings()
    }
