"""The tables and drawings of what a room sees, as markup."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dashboard.model.question import Question
from dashboard.model.wording import weight_percent, whole
from dashboard.report.how_sure_rows import rank_heads
from dashboard.report.room_dividing_words import change_words
from dashboard.report.room_rows import (
    FirstRow,
    GroupRow,
    RankCell,
    ShareRow,
    first_rows,
    group_rank_rows,
    group_rows,
    moved_rows,
    mover_rows,
    rank_rows,
    round_rows,
    share_rows,
    standing_rows,
    weight_rows,
)
from dashboard.robustness.room import Room, RoundResult
from dashboard.robustness.room_movement import Movement
from dashboard.ui.html import (
    Markup,
    colours,
    element,
    joined,
    name_with_mark,
    rank_bar,
    table,
)
from dashboard.ui.margin_marks import moved_bar, rank_key

MOST_OPTIONS = 8
"""Options that are drawn; the tables that open have all of them."""

_CSS = Path(__file__).with_name("room_results.css").read_text(encoding="utf-8")
_MOST_LEADERS = 2


def style() -> Markup:
    """The style of all that follows, once a page; that of ``margin_marks`` is needed too."""
    return Markup(f"<style>{_CSS}</style>")


def option(question: Question, row: int) -> Markup:
    """An option with its mark."""
    proposal = question.proposals[row]
    return name_with_mark(proposal.label, question.looks[proposal.id])


def options(question: Question, rows: Sequence[int]) -> Markup:
    """Options that share a place; of many only how many."""
    if len(rows) > _MOST_LEADERS:
        return joined([f"{len(rows)} options together"])
    return joined((option(question, row) for row in rows), " ")


def _bar(question: Question, row: int, share: float, class_: str = "") -> Markup:
    look = question.looks[question.proposals[row].id]
    return element(
        "span",
        element("i", style=f"width:{share * 100:.2f}%"),
        class_=f"cw-room-bar {class_}".strip(),
        style=colours(look),
        aria_hidden="true",
    )


# ------------------------------------------------------------------------------- first places


def firsts_table(result: RoundResult, question: Question) -> Markup:
    """First places as bars against all ballots."""
    rows = first_rows(result)
    shown = [row for row in rows if row.count][:MOST_OPTIONS]
    drawn = table(
        ["Option", "First", element("span", "Share of the ballots", class_="cw-sr")],
        [_first(question, row) for row in shown],
        caption=f"Ballots, of {result.ballots:,}, on which an option is first",
        numeric=[1],
        class_="room firsts",
    )
    left = len(rows) - len(shown)
    none = all(not row.count for row in rows[len(shown) :])
    if not left:
        return drawn
    which = "first on no ballot" if none else "first on fewer ballots or on none"
    more = f"{left} more option{'' if left == 1 else 's'}: {which}."
    return joined([drawn, element("p", more, class_="cw-meta cw-room-more")])


def _first(question: Question, row: FirstRow) -> list[object]:
    return [option(question, row.row), f"{row.count:,}", _bar(question, row.row, row.share)]


def ranks_bars(result: RoundResult, question: Question) -> Markup:
    """Each option with the shares of its ranks as one bar, and the key of the shades."""
    rows = first_rows(result)
    drawn = table(
        ["Option", "Ranks on the ballots"],
        [
            [
                option(question, row.row),
                rank_bar(row.segments, question.looks[question.proposals[row.row].id]),
            ]
            for row in rows[:MOST_OPTIONS]
        ],
        caption="Rank acceptability: how often each option comes where; the first rank is darkest",
        class_="room ranks",
    )
    return joined([drawn, rank_key(rank_heads(len(question.proposals)))])


def ranks_table(result: RoundResult, question: Question) -> Markup:
    """Ballots at each rank, the darker the more."""
    ranks = range(1, len(question.proposals) + 1)
    return table(
        ["Option", *(f"Rank {rank}" for rank in ranks)],
        [[option(question, i), *map(_rank_cell, cells)] for i, cells in rank_rows(result)],
        caption=(
            f"Rank acceptability over the room's own ballots: of {result.ballots:,} ballots, those "
            "that put an option at each rank"
        ),
        class_="pinned room heat",
    )


def _rank_cell(cell: RankCell) -> Markup:
    return element(
        "span",
        f"{cell.ballots:,}",
        class_="some" if cell.ballots else "none",
        style=f"--strength:{cell.share:.3f}",
    )


# ------------------------------------------------------------------------------- mean weights


def standing_table(result: RoundResult, question: Question) -> Markup:
    """Scores under the mean weights; grey where they are within the score error of the lead."""
    body = []
    for row in standing_rows(result.whole)[:MOST_OPTIONS]:
        soft = "cw-soft" if row.undecided else None
        behind = "leads" if not row.behind else f"{row.behind} behind"
        if row.undecided:
            behind = "not decided" if not row.behind else f"{behind}, not decided"
        drawn = _bar(question, row.row, row.score / 100, "striped" if row.undecided else "")
        body.append(
            [
                option(question, row.row),
                row.rank,
                whole(row.score),
                drawn,
                element("span", behind, class_=soft),
            ]
        )
    return table(
        [
            "Option",
            "Rank",
            "Score",
            element("span", "Score from 0 to 100", class_="cw-sr"),
            "Behind the lead",
        ],
        body,
        caption="Score of each option under the mean weights of the room",
        numeric=(1, 2),
        class_="room standing",
    )


# ------------------------------------------------------------------------------- agreement


def agreement_scale(result: RoundResult) -> Markup | str:
    """Kendall's W on its scale from 0 to 1."""
    w = result.whole.concordance.w
    if w is None:
        return ""
    scale = element(
        "span",
        element("i", style=f"width:{w * 100:.2f}%"),
        element("b", style=f"left:{w * 100:.2f}%"),
        class_="track",
    )
    ends = element(
        "span",
        element("span", "0 no agreement"),
        element("span", "1 the same ranking"),
        class_="ends",
    )
    return element("span", scale, ends, class_="cw-room-scale", aria_hidden="true")


# ------------------------------------------------------------------------------- what divides


def shares_table(result: RoundResult, question: Question, most: int | None = None) -> Markup:
    """Criteria by their share of what divides, with the mean weights of either side."""
    rows = share_rows(result, question)[:most]
    widest = max((abs(row.share) for row in rows), default=0.0)
    pair = result.dividing.pair
    sided = result.dividing.sides is not None and pair is not None
    heads: list[object] = ["Criterion", "Share", element("span", "Share as a bar", class_="cw-sr")]
    heads.append("Mean weight")
    if sided and pair is not None:
        heads += [
            joined([element("span", "where ahead: ", class_="cw-band"), option(question, i)])
            for i in pair
        ]
    return table(
        heads,
        [_share(row, widest) for row in rows],
        caption="Share of the variance of the gap that each criterion accounts for",
        numeric=(1, 3, 4, 5) if sided else (1, 3),
        class_="pinned room shares",
    )


def _share(row: ShareRow, widest: float) -> list[object]:
    negative = "cw-room-pulls" if row.share < 0 else None
    bar = element("span", moved_bar(abs(row.share), widest), class_=negative)
    return [row.criterion, row.words, bar, row.mean, *(row.sides or ())]


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
                _bar(question, i, weight / widest if widest else 0.0),
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
        ["Group", "Give up", "At least the score error", "On average", "At most"],
        [
            [
                row.name,
                row.giving,
                row.beyond,
                row.mean,
                joined([row.largest, moved_bar(row.width, widest)]),
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
    doubt = ahead if row.clear else f"{ahead}, not decided"
    return [
        row.name,
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
        [[criterion, *cells] for criterion, cells in weight_rows(result, question)],
        caption="Mean weight of each criterion",
        numeric=range(1, len(heads) + 1),
        class_="pinned room",
    )


def _group_heads(result: RoundResult) -> list[object]:
    return ["The whole room", *(one.group.name for one in result.groups.shown)]


# ------------------------------------------------------------------------------- rounds


def moved_table(result: RoundResult, moved: Movement, question: Question) -> Markup:
    """First places of the earlier and of the later round, as bars."""
    totals = moved.both + moved.left, moved.both + moved.joined
    rows = [row for row in moved_rows(result, moved) if row[1] or row[2]][:MOST_OPTIONS]
    return table(
        [
            "Option",
            f"Round {moved.before}",
            f"Round {moved.after}",
            element("span", "Shares of the ballots", class_="cw-sr"),
        ],
        [
            [
                option(question, i),
                f"{before:,}",
                f"{after:,}",
                joined(
                    [
                        _bar(question, i, before / totals[0], "striped"),
                        _bar(question, i, after / totals[1]),
                    ]
                ),
            ]
            for i, before, after in rows
        ],
        caption=(
            f"First places: of {totals[0]:,} ballots in round {moved.before} (striped) and of "
            f"{totals[1]:,} in round {moved.after}"
        ),
        numeric=(1, 2),
        class_="room firsts moved",
    )


def changes_table(moved: Movement, question: Question) -> Markup:
    """Every change of first choice."""
    return element(
        "ul",
        joined(element("li", change_words(change, question)) for change in moved.changes or ()),
        class_="cw-notes",
    )


def rounds_table(room: Room, question: Question) -> Markup:
    """Every round that has a ballot, side by side."""
    rows = round_rows(room)
    body: list[list[object]] = [
        ["Ballots", *(f"{row.ballots:,}" for row in rows)],
        ["First under the mean weights", *(options(question, row.leaders) for row in rows)],
        ["Kendall's W", *(row.w for row in rows)],
        ["Weight diversity", *(row.diversity for row in rows)],
        ["First places"],
    ]
    body += [
        [option(question, i), *(f"{row.firsts[i]:,}" for row in rows)]
        for i in range(len(question.proposals))
    ]
    return table(
        ["", *(f"Round {row.number}" for row in rows)],
        body,
        caption="Every round",
        numeric=range(1, len(rows) + 1),
        class_="pinned room",
    )
