"""How every option stands to every constraint and every minimum, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.model.proposals import Proposal
from dashboard.model.question import Question
from dashboard.model.value_tree import Criterion
from dashboard.model.weighting import Constraint, Status
from dashboard.model.wording import VERDICT_WORDS, performance
from dashboard.robustness.failed import Miss, has_minima, misses
from dashboard.ui.html import Markup, element, joined, table
from dashboard.ui.terms import criterion_name, option_head


def is_screened(question: Question) -> bool:
    """Whether there is any constraint or minimum to show."""
    return bool(question.constraints) or has_minima(question)


def constraint_table(question: Question, shown: Sequence[int] | None = None) -> Markup:
    """Constraints and minima in rows, options in columns; a failing option stays in its column.

    ``shown`` : rows of the options that are drawn; all by default.
    """
    proposals = question.proposals
    if shown is not None:
        proposals = tuple(question.proposals[row] for row in shown)
    heads = [option_head(p, question.looks[p.id]) for p in proposals]
    rows: list[list[object]] = [
        [_name(constraint), *(_cell(constraint.status_of(p.id)) for p in proposals)]
        for constraint in question.constraints
    ]
    rows += _minima(question, proposals)
    caption = "Screening constraints, before any weight; a failing option is marked, never dropped"
    return table(["Constraint", *heads], rows, caption=caption, class_="pinned even")


def _name(constraint: Constraint) -> Markup:
    scored = ", scored as a criterion" if constraint.scored_in else ""
    return joined(
        [constraint.name, element("span", f"{constraint.kind}{scored}", class_="cw-band")]
    )


def _minima(question: Question, proposals: Sequence[Proposal]) -> list[list[object]]:
    """A row for each criterion that asks for a least or a largest performance."""
    missed = [{m.criterion.id: m for m in misses(question, p)} for p in proposals]
    return [
        [_limit(criterion), *(_met(of_option.get(criterion.id)) for of_option in missed)]
        for criterion in question.criteria
        if criterion.veto is not None
    ]


def _limit(criterion: Criterion) -> Markup:
    """'Skills: at least 50 points'."""
    if criterion.veto is None:
        raise ValueError(f"{criterion.id} has no minimum")
    least = criterion.direction == "max"
    asked = performance(criterion.veto, criterion)
    words = f": {'at least' if least else 'at most'} {asked}"
    kind = element("span", "minimum" if least else "maximum", class_="cw-band")
    return joined([criterion_name(criterion), words, kind])


def _met(miss: Miss | None) -> Markup:
    """By the best estimate."""
    if miss is None:
        return element("span", VERDICT_WORDS["pass"], class_="cw-verdict-pass")
    word = "misses" if miss.criterion.direction == "max" else "exceeds"
    figures = element("span", miss.figures, class_="cw-meta")
    return joined([element("span", word, class_="cw-verdict-fail"), figures])


def _cell(status: Status) -> Markup:
    words = element("span", VERDICT_WORDS[status.verdict], class_=f"cw-verdict-{status.verdict}")
    return joined([words, element("span", status.note, class_="cw-meta") if status.note else ""])
