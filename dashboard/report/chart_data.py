"""The numbers of the ranking chart: its table, and the sentence for those who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.methods.evaluate import Evaluation
from dashboard.model.wording import listed, points
from dashboard.robustness.verdict import verdict

MOST_BRANCHES = 6
"""More lightness steps than this cannot be told apart; the lightest branches are then joined."""


@dataclass(frozen=True)
class Segment:
    """The part of a score that a branch accounts for, or several light branches joined."""

    name: str
    branches: tuple[int, ...]


def segments(evaluation: Evaluation) -> tuple[Segment, ...]:
    """Branches in the order of the tree; beyond six, the lightest are joined at the end."""
    branches = evaluation.question.branches
    if len(branches) <= MOST_BRANCHES:
        return tuple(Segment(branch.label, (b,)) for b, branch in enumerate(branches))
    heaviest = np.argsort(-evaluation.branch_weights, kind="stable")[: MOST_BRANCHES - 1]
    kept = sorted(int(b) for b in heaviest)
    rest = tuple(b for b in range(len(branches)) if b not in kept)
    joined = Segment(f"{len(rest)} other branches", rest)
    return (*(Segment(branches[b].label, (b,)) for b in kept), joined)


def ranking_rows(
    evaluation: Evaluation, shown: Sequence[int] | None = None
) -> list[dict[str, Any]]:
    """The table of the ranking chart, best first: every number the chart shows.

    Parameters
    ----------
    shown : the options to show, best first; all by default.

    Returns
    -------
    One dict an option: ``place`` (0 at the top), ``id``, ``name``, ``rank``, ``score`` and
    ``error`` (points), ``near`` (it leads, or the lead over it does not count),
    ``known`` (some score has a band, so there is an error) and ``parts`` (points of each segment,
    in the order of ``segments``).
    """
    question, answer = evaluation.question, verdict(evaluation)
    near = {question.proposals[i].id for i in answer.lead.undecided}
    errors = evaluation.moments.score_errors(evaluation.weights)
    groups = [list(segment.branches) for segment in segments(evaluation)]
    return [
        {
            "place": place,
            "id": question.proposals[i].id,
            "name": question.proposals[i].label,
            "rank": int(evaluation.ranks[i]),
            "score": float(evaluation.scores[i]),
            "error": float(errors[i]),
            "known": evaluation.moments.known,
            "near": question.proposals[i].id in near,
            "parts": [float(evaluation.branch_contributions[i, group].sum()) for group in groups],
        }
        for place, i in enumerate(evaluation.order if shown is None else shown)
    ]


def chart_sentence(evaluation: Evaluation, shown: Sequence[int] | None = None) -> str:
    """The ranking chart in one or two sentences, for those who cannot see it."""
    rows = ranking_rows(evaluation, shown)
    said = listed([f"{row['name']} {points(row['score'])}" for row in rows])
    text = f"Scores from 0 to 100, best first: {said}."
    names = [row["name"] for row in rows if row["near"]]
    if len(names) > 1:
        text += f" The order of {listed(names)} is too close to call."
    return text
