"""The tables of the page How sure, as markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.model.wording import cell_percent, weight_percent
from dashboard.report.how_sure import READING_LABELS
from dashboard.report.how_sure_rows import (
    CentralColumn,
    CheckRow,
    FlipRow,
    StabilityRow,
    by_branch,
    central_columns,
    firsts_rows,
    flip_rows,
    rank_heads,
    scenario_rows,
    stability_row,
)
from dashboard.report.left_out import FIRST_RANKS
from dashboard.robustness.acceptability import Acceptability
from dashboard.robustness.assessment import Assessment
from dashboard.robustness.fragility import Fragility, fragility
from dashboard.ui.html import (
    Markup,
    element,
    joined,
    rank_bar,
    table,
)
from dashboard.ui.margin_marks import interval_bar, light, moved_bar, rank_key
from dashboard.ui.terms import criterion_name, option_head, option_name

_MOST_LEADERS = 2
"""Of more who lead together only the number is given."""


def firsts_table(
    assessment: Assessment, reading: Acceptability, rows: Sequence[int] | None = None
) -> Markup:
    """Each option with the shares of its ranks as a bar, and the key of the bar's shades.

    ``rows`` : the options to draw, instead of all as they are ranked.
    """
    question = assessment.evaluation.question
    status_quo = question.status_quo
    heads = ["Option", "First", "Shares of ranks", "Score, 10-90 %"]
    if status_quo is not None:
        heads.append(f"Better than {status_quo.label}")
    body = []
    for row in firsts_rows(assessment, reading, rows):
        bar = rank_bar(row.segments, question.looks[question.proposals[row.row].id])
        cells: list[object] = [name(assessment, row.row), row.first, bar, row.score]
        body.append([*cells, row.beats or "-"] if status_quo is not None else cells)
    drawn = table(
        heads,
        body,
        caption="How often each option comes where; options in the order of the scores",
        numeric=[1, 3, 4],
        class_="pinned margins shares",
    )
    return joined([drawn, rank_key(rank_heads(len(question.proposals)))])


def shares_table(
    assessment: Assessment, reading: Acceptability, rows: Sequence[int] | None = None
) -> Markup:
    """Every share of the bars as a number; of many ranks the first."""
    order = assessment.evaluation.order if rows is None else rows
    ranks = range(reading.ranks.value.shape[1])
    if not reading.every_pair:
        ranks = range(FIRST_RANKS)
    return table(
        ["Option", *(f"Rank {rank + 1}" for rank in ranks)],
        [
            [
                name(assessment, i),
                *(cell_percent(float(reading.ranks.value[i, rank])) for rank in ranks),
            ]
            for i in order
        ],
        caption="Rank acceptability: share of the samples in which an option has each rank",
        numeric=range(1, len(ranks) + 1),
        class_="pinned",
    )


def centres_table(assessment: Assessment, key: str, rows: Sequence[int] | None = None) -> Markup:
    """What is weighed, on average, where an option is first; ``key`` is that of a reading."""
    question = assessment.evaluation.question
    reading = next(found for k, _, found in assessment.sampled.readings() if k == key)
    columns: list[CentralColumn] = central_columns(assessment, reading, rows)
    heads = [_head(assessment, column.row) for column in columns]
    about = f"{READING_LABELS[key]}: what is weighed, on average, where an option comes first"
    body: list[list[object]] = [
        [criterion_name(criterion), *(column.weights[j] for column in columns)]
        for j, criterion in enumerate(question.criteria)
    ]
    if assessment.sampled.known:
        body.insert(0, ["First under them", *(column.confidence for column in columns)])
        how_often = "how often the scores put it first under those weights (the confidence factor)"
        caption = f"{about}, and {how_often}"
    else:
        caption = f"{about}; a dash where it never does"
    return table(
        ["Criterion", *heads],
        body,
        caption=caption,
        numeric=range(1, len(columns) + 1),
        class_="pinned",
    )


def stability_table(assessment: Assessment, shown: Sequence[Fragility], caption: str) -> Markup:
    """The weights given, in the order given."""
    body = [_stability(assessment, stability_row(assessment, one)) for one in shown]
    return table(
        _STABILITY_HEADS, body, caption=caption, numeric=[1], class_="pinned margins stability"
    )


def stability_by_branch(assessment: Assessment, caption: str) -> Markup:
    """All weights: each branch, and under it its criteria."""
    body: list[list[object]] = []
    for branch, leaves in by_branch(assessment):
        body.append([assessment.nodes[branch].name])
        for node in (branch, *leaves):
            found = fragility(node, assessment.stability[node])
            row = stability_row(assessment, found)
            if node == branch:
                row = replace(row, name="The whole branch")
            body.append(_stability(assessment, replace(row, inside="")))
    return table(
        _STABILITY_HEADS, body, caption=caption, numeric=[1], class_="pinned margins stability"
    )


_STABILITY_HEADS = ("Weight", "Now", "How firm", "The leader stays first from")


def _stability(assessment: Assessment, row: StabilityRow) -> list[object]:
    criteria, node = assessment.evaluation.question.criteria, row.fragility.node
    named = criterion_name(criteria[node]) if node < len(criteria) else row.name
    weight = joined([named, element("span", row.inside, class_="cw-band")])
    level, now = light(row.fragility.level), weight_percent(row.now)
    if row.low is None or row.high is None:
        return [weight, now, level, f"{row.reason[:1].upper()}{row.reason[1:]}."]
    level = joined([level, element("span", row.distance, class_="cw-band")])
    ends = joined(
        element("span", f"{end.where}: ", name(assessment, end.leads), class_=f"cw-end {end.side}")
        for end in row.takes_over
    )
    bar = interval_bar(row.low, row.high, row.now)
    return [weight, now, level, joined([row.between, bar, element("span", ends, class_="cw-ends")])]


def flips_list(assessment: Assessment, shown: Sequence[FlipRow]) -> Markup:
    """How much weight has to move for each option to draw level with the lead, and which."""
    widest = max((row.moved or 0.0 for row in flip_rows(assessment)), default=0.0)
    return element("ul", joined(_flip(assessment, row, widest) for row in shown), class_="cw-flips")


def _flip(assessment: Assessment, row: FlipRow, widest: float) -> Markup:
    bar = "" if row.moved is None else moved_bar(row.moved, widest)
    return element(
        "li",
        name(assessment, row.row),
        element("span", row.words, bar, class_="cw-amount"),
        element("span", row.change),
    )


def changing_table(assessment: Assessment, shown: Sequence[CheckRow]) -> Markup:
    """Modelling choices that change the leader, and who leads then."""
    return table(
        ["Choice made differently", "Then leads"],
        [[row.what, _leaders(assessment, row)] for row in shown],
        caption="Choices that change the leader, made differently one at a time",
        class_="margins changing",
    )


def checks_table(assessment: Assessment, shown: Sequence[CheckRow]) -> Markup:
    """Modelling choices made otherwise, who leads then, and what else that changes."""
    return table(
        ["Choice made differently", "Then leads", "Effect"],
        [[row.what, _leaders(assessment, row), row.effect] for row in shown],
        caption="Each choice made otherwise, under the same weights",
        class_="margins",
    )


def _leaders(assessment: Assessment, row: CheckRow) -> Markup | str:
    if len(row.leaders) > _MOST_LEADERS:
        return f"{len(row.leaders)} options together"
    return joined((name(assessment, leader) for leader in row.leaders), " ")


_REGRET = "Rank, and beneath it the regret: points behind the best of that scenario"
_GREY = "Grey: within the uncertainty of the difference to the best, so too close to call"


def scenario_table(assessment: Assessment, rows: Sequence[int] | None = None) -> Markup:
    """Rank and regret of every option in every case; the worst case of each is marked."""
    body: list[list[object]] = []
    for title, cells in scenario_rows(assessment, rows):
        drawn: list[object] = [title]
        for cell in cells:
            soft = "cw-band" if cell.undecided else "cw-band cw-strong"
            worst = element("span", "worst", class_="cw-worst") if cell.worst else ""
            drawn.append(joined([cell.rank, element("span", cell.regret, class_=soft), worst]))
        body.append(drawn)
    order = assessment.evaluation.order if rows is None else rows
    return table(
        ["Scenario", *(_head(assessment, i) for i in order)],
        body,
        caption=f"{_REGRET}. {_GREY}" if assessment.sampled.known else _REGRET,
        class_="pinned",
    )


def name(assessment: Assessment, row: int) -> Markup:
    """An option with its mark."""
    question = assessment.evaluation.question
    proposal = question.proposals[row]
    return option_name(proposal, question.looks[proposal.id])


def _head(assessment: Assessment, row: int) -> Markup:
    question = assessment.evaluation.question
    proposal = question.proposals[row]
    return option_head(proposal, question.looks[proposal.id])
