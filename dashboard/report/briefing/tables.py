"""The tables of the briefing's two pages: options, and ranks under each perspective."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.weights import perspective_points
from dashboard.model.proposals import Proposal
from dashboard.model.question import Question
from dashboard.model.value_tree import Criterion
from dashboard.model.weighting import Constraint, Perspective
from dashboard.model.wording import (
    VERDICT_WORDS,
    counted,
    listed,
    performances,
    weight_percent,
    whole,
)
from dashboard.report.briefing.annex_parts import capital
from dashboard.report.briefing.document import Cell, Column, Runs, Table, runs, strong
from dashboard.robustness.failed import Miss, failed_constraints, has_minima, misses
from dashboard.robustness.verdict import Verdict, verdict

MOST_COLUMNS, FEWEST_COLUMNS = 6, 4
MOST_ROWS, ROWS_IF_CUT = 14, 12
"""Options that the two pages have room for, and how many are shown where there are more."""

PERSPECTIVES_A_TABLE = 9
TABLE_LETTERS = 92
"""Small letters that surely fit side by side in a table, beside the columns of rank and score."""

TO = "\u2013"
IN_FULL = "Full names, summaries and definitions: see the attached files."
AT_THE_END = "Full names, summaries and definitions: at the end of this document."
OPTION_WIDTH, JUDGED_WIDTH = 2.05, 2.1
FAILS, ON_CONDITIONS = "Fails", "On conditions"


def shown_rows(evaluation: Evaluation) -> list[int]:
    """The options that have a row, best first: all, or the best ones and the status quo."""
    order, question = [int(i) for i in evaluation.order], evaluation.question
    if len(order) <= MOST_ROWS:
        return order
    kept = set(order[:ROWS_IF_CUT])
    if question.status_quo is not None:
        kept.add(evaluation.index(question.status_quo.id))
    return [i for i in order if i in kept]


def options_table(evaluation: Evaluation) -> Table:
    """One row an option, best first, with the performances that carry most weight."""
    question, columns = evaluation.question, key_criteria(evaluation)
    errors = evaluation.moments.score_errors(evaluation.weights)
    known = evaluation.moments.known
    criteria = [question.criteria[j] for j in columns]
    judged = bool(question.constraints) or has_minima(question)
    width = OPTION_WIDTH + len(criteria) + (JUDGED_WIDTH if judged else 0)
    letters = TABLE_LETTERS * OPTION_WIDTH / width
    rows = []
    for i in shown_rows(evaluation):
        proposal = question.proposals[i]
        score = Cell(
            str(whole(evaluation.scores[i])),
            below=f"\u00b1{whole(errors[i])}" if known else "",
            bold=True,
        )
        row = [
            Cell(str(int(evaluation.ranks[i]))),
            _with_full_name(question, proposal, letters),
            score,
        ]
        row += [_cell(evaluation, i, j) for j in columns]
        rows.append((*row, *([constraint_status(question, proposal)] if judged else [])))
    weights = [weight_percent(float(evaluation.weights[j])) for j in columns]
    second = [Cell(""), Cell("Weight of the criterion", muted=True, small=True), Cell("")]
    second += [Cell(weight, muted=True, small=True) for weight in weights]
    return Table(
        "The options, best first",
        (
            Column("Rank", width=None),
            Column("Option", width=OPTION_WIDTH),
            Column("Score", align="right", width=None),
            *(Column(c.label, c.unit, align="right", bold=True) for c in criteria),
            *([Column(_judged_head(question), width=JUDGED_WIDTH)] if judged else []),
        ),
        tuple(rows),
        second_head=(*second, *([Cell("")] if judged else [])),
    )


def reading_note(evaluation: Evaluation, in_full: str = IN_FULL) -> Runs:
    """How the table of the options is read, and what it leaves out.

    ``in_full`` : where to find what the names mean; empty where an annex says it.
    """
    question = evaluation.question
    columns = [question.criteria[j] for j in key_criteria(evaluation)]
    left = len(question.proposals) - len(shown_rows(evaluation))
    cut = f"{counted(left, 'option')} of lower rank not shown; the attached files have all. "
    names = {setting.id: setting.name for setting in question.settings}
    active = [names.get(identifier, identifier) for identifier in question.active_settings]
    switched = f" Switched on for this briefing: {'; '.join(active)}." if active else ""
    return runs(
        cut if left else "",
        f"Scores run from 0 to 100{_plus_minus(evaluation)}. The criteria shown carry most weight "
        f"in their branches: best estimate, low to high below it. {_less_is_better(columns)} ",
        f"{in_full} " if in_full else "",
        strong(question.context.disclaimer),
        switched,
    )


def _plus_minus(evaluation: Evaluation) -> str:
    """What stands beneath the scores; nothing where no error is known."""
    if not evaluation.moments.known:
        return ""
    return "; \u00b1 is the uncertainty of a score (1.28 standard deviations)"


def _less_is_better(criteria: list[Criterion]) -> str:
    """Which columns are read the other way round."""
    falling = [criterion.label for criterion in criteria if criterion.direction == "min"]
    if not falling:
        return "More is better."
    if len(falling) == len(criteria):
        return "Less is better."
    return f"More is better, but less is better for {listed(falling)}."


def option_cell(question: Question, proposal: Proposal) -> Cell:
    """Name, mark and colour of an option, and what it is where it is no proposal."""
    look = question.looks[proposal.id]
    note = "rival" if proposal.kind == "rival" else ""
    return Cell(proposal.label, bold=True, note=note, mark=look.mark, colour=look.light)


def _with_full_name(question: Question, proposal: Proposal, letters: float) -> Cell:
    """With the full name below a short one, if it fits into the line that the numbers take."""
    cell = option_cell(question, proposal)
    fits = proposal.name != proposal.label and len(proposal.name) <= letters and not cell.note
    return replace(cell, below=proposal.name) if fits else cell


def key_criteria(evaluation: Evaluation) -> list[int]:
    """The heaviest criterion of each branch, in tree order.

    Of more than six branches the six heaviest speak; where there are fewer than four, the heaviest
    criteria left fill up to four columns.
    """
    weights, start, chosen = evaluation.weights, 0, []
    for branch in evaluation.question.branches:
        size = len(branch.criteria)
        chosen.append(start + int(np.argmax(weights[start : start + size])))
        start += size
    by_weight = np.argsort(-evaluation.branch_weights, kind="stable")[:MOST_COLUMNS]
    chosen = [chosen[b] for b in sorted(by_weight)]
    for j in np.argsort(-weights, kind="stable"):
        if len(chosen) >= FEWEST_COLUMNS:
            break
        if j not in chosen:
            chosen.append(int(j))
    return sorted(chosen)


def _cell(evaluation: Evaluation, i: int, j: int) -> Cell:
    raw = evaluation.performance
    band = [float(matrix[i, j]) for matrix in (raw.low, raw.likely, raw.high)]
    low, likely, high = performances(band, evaluation.question.criteria[j])
    to = TO if raw.low[i, j] >= 0 else " to "
    return Cell(likely, below="" if low == high else f"{low}{to}{high}")


def constraint_status(question: Question, proposal: Proposal) -> Cell:
    """The worst a proposal does on any constraint or minimum: the word, and which one it is.

    A failed hard constraint and a missed minimum before all; hard before soft, a failure before a
    condition; others of the same verdict are counted. Where there is neither, no word sums it up:
    every verdict is counted, since a constraint that does not bind or was not assessed is not one
    that is met.
    """
    if missed := misses(question, proposal):
        return _missed_status(missed, failed_constraints(question, proposal))
    found: list[tuple[Constraint, str]] = [
        (constraint, constraint.status_of(proposal.id).verdict)
        for constraint in sorted(question.constraints, key=lambda c: c.kind != "hard")
    ]
    for verdict_, word in (("fail", FAILS), ("conditional", ON_CONDITIONS)):
        held = [constraint for constraint, said in found if said == verdict_]
        if held:
            names = [c.name if c.kind == "hard" else f"{c.name} (soft)" for c in held]
            return Cell(word, after=_first(names), bold=True, small=True)
    limits = ["all limits met"] if has_minima(question) else []
    said_of = [said for _, said in found]
    tally = [
        f"{said_of.count(verdict_)} {word}"
        for verdict_, word in (
            ("pass", "met"),
            ("not-bound", VERDICT_WORDS["not-bound"]),
            ("not-assessed", VERDICT_WORDS["not-assessed"]),
        )
        if verdict_ in said_of
    ]
    return Cell(", ".join([*tally, *limits]), small=True)


def _missed_status(missed: Sequence[Miss], failed: Sequence[str]) -> Cell:
    """The first failed hard constraint and the first missed minimum; others are counted."""
    if failed:
        return Cell(
            FAILS, f"{_first(failed)}; {_first([m.words for m in missed])}", bold=True, small=True
        )
    more = len(missed) - 1
    figures = f"{missed[0].figures}{f' and {more} more' if more else ''}"
    return Cell(capital(missed[0].verb), after=figures, bold=True, small=True)


def _first(names: Sequence[str]) -> str:
    return f"{names[0]} and {len(names) - 1} more" if len(names) > 1 else names[0]


def _judged_head(question: Question) -> str:
    """What the column says of each option."""
    if not has_minima(question):
        return "Constraints"
    return "Constraints and limits" if question.constraints else "Limits"


def under_perspectives(question: Question) -> dict[str, Evaluation]:
    """The question evaluated under every perspective it holds, by perspective id."""
    return {
        p.id: evaluate(question, perspective_points(question, p)) for p in question.perspectives
    }


def ranks_tables(
    evaluation: Evaluation, others: dict[str, Evaluation], chosen: Perspective | None
) -> tuple[Table, ...]:
    """Ranks of every option under each perspective; several tables where columns would crowd."""
    perspectives = list(evaluation.question.perspectives)
    cuts = range(0, len(perspectives), PERSPECTIVES_A_TABLE)
    return tuple(
        _ranks_table(evaluation, others, perspectives[k : k + PERSPECTIVES_A_TABLE], chosen)
        for k in cuts
    )


def _ranks_table(
    evaluation: Evaluation,
    others: dict[str, Evaluation],
    perspectives: list[Perspective],
    chosen: Perspective | None,
) -> Table:
    question = evaluation.question
    answers = [verdict(others[p.id]) for p in perspectives]
    marked = [chosen is not None and p.id == chosen.id for p in perspectives]
    return Table(
        "Rank of each option under each perspective",
        (
            Column("Rank of each option under", width=2.6),
            *(
                Column(p.short_name or p.name, align="center", bold=mine, tint=mine)
                for p, mine in zip(perspectives, marked, strict=True)
            ),
        ),
        tuple(
            (
                option_cell(question, question.proposals[i]),
                *(_rank(int(others[p.id].ranks[i])) for p in perspectives),
            )
            for i in shown_rows(evaluation)
        ),
        foot=(
            Cell("Lead of the first, points", muted=True, small=True),
            *(_lead_cell(answer) for answer in answers),
        ),
    )


def _rank(rank: int) -> Cell:
    return Cell(str(rank), bold=rank == 1, accent=rank == 1)


def _lead_cell(answer: Verdict) -> Cell:
    """What the first is ahead by, in grey where that is too close to call."""
    lead = "tie"
    if answer.runner_up and len(answer.leaders) == 1:
        lead = str(whole(answer.gap)) if whole(answer.gap) else "<1"
    open_ = bool(answer.lead.undecided) or answer.oftener is not None
    return Cell(lead, bold=answer.clear, muted=open_)


def dividing_weight(
    evaluation: Evaluation, others: dict[str, Evaluation]
) -> tuple[Proposal, Proposal, int, str, str] | None:
    """The criterion whose weight moves the gap between the two camps' leaders most.

    The camps are the leader here and the option that leads most of the perspectives that disagree.
    Every score is a sum of weight times value, so what a criterion moves is the range of its weight
    over the perspectives times the difference of the two values.

    Returns
    -------
    The two leaders, the criterion, and the perspectives that weigh it least and most; None where
    all perspectives agree.
    """
    question, mine = evaluation.question, evaluation.order[0]
    rivals = [e.order[0] for e in others.values() if e.ranks[mine] != 1]
    if not rivals:
        return None
    rival = max(dict.fromkeys(rivals), key=rivals.count)
    weights = np.array([e.weights for e in others.values()])
    moved = np.ptp(weights, axis=0) * np.abs(evaluation.values[mine] - evaluation.values[rival])
    j, names = int(np.argmax(moved)), list(others)
    if moved[j] == 0:
        return None
    least, most = names[int(np.argmin(weights[:, j]))], names[int(np.argmax(weights[:, j]))]
    return question.proposals[mine], question.proposals[rival], j, least, most
