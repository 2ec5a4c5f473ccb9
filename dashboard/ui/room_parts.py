"""The tables of what divides a room, what a compromise costs it, and its groups, as markup."""

from __future__ import annotations

from dashboard.model.question import Question
from dashboard.model.wording import weight_percent
from dashboard.report.room_rows import (
    GroupRow,
    ShareRow,
    group_rank_rows,
    group_rows,
    mover_rows,
    share_rows,
    weight_rows,
)
from dashboard.robustness.room import RoundResult
from dashboard.ui.html import Markup, element, joined, table
from dashboard.ui.margin_marks import moved_bar
from dashboard.ui.room_tables import MOST_OPTIONS, bar, option, options
from dashboard.ui.terms import criterion_name

# ------------------------------------------------------------------------------- what divides


def shares_table(result: RoundResult, question: Question, most: int | None = None) -> Markup:
    """Criteria by their share of what divides, with the mean weights of either side."""
    rows = share_rows(result)[:most]
    widest = max((abs(row.share) for row in rows), default=0.0)
    pair = result.dividing.pair
    sided = result.dividing.sides is not None and pair is not None
    heads: list[object] = ["Criterion", "Share", element("span", "Share as a bar", class_="cw-sr")]
    heads.append("Mean weight")
    if sided and pair is not None:
        heads += [
            element("span", f"Where {question.proposals[i].label} is ahead", class_="label")
            for i in pair
        ]
    return table(
        heads,
        [_share(question, row, widest) for row in rows],
        caption="Share of the variance of the gap that each criterion accounts for",
        numeric=(1, 3, 4, 5) if sided else (1, 3),
        class_="pinned room shares",
    )


def _share(question: Question, row: ShareRow, widest: float) -> list[object]:
    negative = "cw-room-pulls" if row.share < 0 else None
    drawn = element("span", moved_bar(abs(row.share), widest), class_=negative)
    name = criterion_name(question.criteria[row.criterion])
    return [name, row.words, drawn, row.mean, *(row.sides or ())]


def sides_table(result: RoundResult, question: Question) -> Markup | str:
    """The mean weight of the criterion that divides, on either side, as two bars."""
    found = result.dividing
    if found.sides is None or found.pair is None or not found.criteria:
        return ""
    j = found.criteria[0]
    weights = [float(side[j]) for side in (found.sides.first, found.sides.second)]
    widest = max(weights)
    return table(
        ["Ballots that have ahead", "Weight", element("span", "Weight as a bar", class_="cw-sr")],
        [
            [
                option(question, i),
                weight_percent(weight),
                bar(question, i, weight / widest if widest else 0.0),
            ]
            for i, weight in zip(found.pair, weights, strict=True)
        ],
        caption=f"Mean weight of {question.criteria[j].label}",
        numeric=[1],
        class_="room firsts",
    )


# ------------------------------------------------------------------------------- compromise


def movers_table(result: RoundResult, question: Question) -> Markup:
    """Who would have to move, by group."""
    rows = mover_rows(result)
    widest = max((row.width for row in rows), default=0.0)
    chosen = question.proposals[result.compromise.found.alternative].label
    return table(
        ["Group", "Give up", "More than the uncertainty", "On average", "At most"],
        [
            [
                element("span", row.name, class_="label"),
                row.giving,
                row.beyond,
                row.mean,
                joined([row.largest, moved_bar(row.width, widest) if row.width else ""]),
            ]
            for row in rows
        ],
        caption=f"Ballots that give something up for {chosen}, in points of their own scores",
        numeric=(1, 2),
        class_="pinned room movers",
    )


# ------------------------------------------------------------------------------- groups


def groups_table(result: RoundResult, question: Question) -> Markup:
    """The whole room and each group that is shown."""
    return table(
        ["Group", "Ballots", "First under its mean weights", "Most first places", "Kendall's W"],
        [_group(question, row) for row in group_rows(result)],
        caption="Groups side by side",
        numeric=(1, 4),
        class_="pinned room groups",
    )


def _group(question: Question, row: GroupRow) -> list[object]:
    ahead = f"ahead by {row.lead}" if row.lead != "level" else "level"
    doubt = f"{ahead}, too close to call" if row.undecided else ahead
    return [
        element("span", row.name, class_="label"),
        f"{row.ballots:,}",
        joined([options(question, row.leaders), element("span", doubt, class_="cw-band")]),
        joined(
            [
                options(question, row.favourites),
                element("span", f"{row.firsts:,} of {row.ballots:,}", class_="cw-band"),
            ]
        ),
        row.w,
    ]


def groups_projected(result: RoundResult, question: Question) -> Markup | str:
    """Each group and who leads in it, nothing else; of many groups the largest."""
    rows = sorted(group_rows(result)[1:], key=lambda row: -row.ballots)[:MOST_OPTIONS]
    if not rows:
        return ""
    return table(
        ["Group", "Ballots", "First under its mean weights"],
        [_group(question, row)[:3] for row in rows],
        caption="Groups side by side",
        numeric=[1],
        class_="room",
    )


def group_ranks_table(result: RoundResult, question: Question) -> Markup:
    """Rank under the mean weights of each group, with the first places beneath."""
    heads = _group_heads(result)
    return table(
        ["Option", *heads],
        [
            [
                option(question, i),
                *(
                    joined(
                        [
                            element("strong", rank),
                            element("span", f"first on {first:,}", class_="cw-band"),
                        ]
                    )
                    for rank, first in cells
                ),
            ]
            for i, cells in group_rank_rows(result)
        ],
        caption="Rank under mean weights, and beneath it the ballots on which it is first",
        numeric=range(1, len(heads) + 1),
        class_="pinned room",
    )


def group_weights_table(result: RoundResult, question: Question) -> Markup:
    """Mean weights of the room and of each group."""
    heads = _group_heads(result)
    return table(
        ["Criterion", *heads],
        [
            [criterion_name(criterion), *cells]
            for criterion, cells in zip(question.criteria, weight_rows(result), strict=True)
        ],
        caption="Mean weight of each criterion",
        numeric=range(1, len(heads) + 1),
        class_="pinned room",
    )


def _group_heads(result: RoundResult) -> list[object]:
    names = ["The whole room", *(one.group.name for one in result.groups.shown)]
    return [element("span", name, class_="label") for name in names]
