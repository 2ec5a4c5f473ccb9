"""How every option stands to every constraint, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.model.question import Question
from dashboard.model.weighting import Constraint, Status
from dashboard.model.wording import VERDICT_WORDS
from dashboard.ui.html import Markup, element, joined, proposal_head, table


def constraint_table(question: Question, shown: Sequence[int] | None = None) -> Markup:
    """Constraints in rows, options in columns; a failing option stays in its column.

    ``shown`` : rows of the options that are drawn; all by default.
    """
    proposals = question.proposals
    if shown is not None:
        proposals = tuple(question.proposals[row] for row in shown)
    heads = [proposal_head(p, question.looks[p.id]) for p in proposals]
    rows = [
        [_name(constraint), *(_cell(constraint.status_of(p.id)) for p in proposals)]
        for constraint in question.constraints
    ]
    caption = "Screening constraints, before any weight; a failing option is marked, never dropped"
    return table(["Constraint", *heads], rows, caption=caption, class_="pinned even")


def _name(constraint: Constraint) -> Markup:
    scored = ", scored as a criterion" if constraint.scored_in else ""
    return joined(
        [constraint.name, element("span", f"{constraint.kind}{scored}", class_="cw-band")]
    )


def _cell(status: Status) -> Markup:
    words = element("span", VERDICT_WORDS[status.verdict], class_=f"cw-verdict-{status.verdict}")
    return joined([words, element("span", status.note, class_="cw-meta") if status.note else ""])
