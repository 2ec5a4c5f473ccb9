"""The tables and drawings of what a room sees, as markup."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dashboard.model.question import Question
from dashboard.model.wording import whole
from dashboard.report.how_sure_rows import rank_heads
from dashboard.report.room_dividing_words import change_words
from dashboard.report.room_rows import (
    FirstRow,
    RankCell,
    first_rows,
    moved_rows,
    rank_rows,
    round_rows,
    standing_rows,
)
from dashboard.robustness.room import Room, RoundResult
from dashboard.robustness.room_movement import Movement
from dashboard.ui.html import (
    Markup,
    colours,
    element,
    joined,
    rank_bar,
    table,
)
from dashboard.ui.margin_marks import rank_key
from dashboard.ui.terms import option_name

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
    return option_name(proposal, question.looks[proposal.id])


def options(question: Question, rows: Sequence[int]) -> Markup:
    """Options that share a place; of many only how many."""
    if len(rows) > _MOST_LEADERS:
        return joined([f"{len(rows)} options together"])
    return joined((option(question, row) for row in rows), " ")


def bar(question: Question, row: int, share: float, class_: str = "") -> Markup:
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
    return [option(question, row.row), f"{row.count:,}", bar(question, row.row, row.share)]


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


def standing_table(result: RoundResult, question: Question, most: int = MOST_OPTIONS) -> Markup:
    """Scores under the mean weights; grey where the lead over them does not count."""
    body = []
    for row in standing_rows(result.whole)[:most]:
        soft = "cw-soft" if row.undecided else None
        behind = "leads" if not row.behind else f"{row.behind} behind"
        if row.undecided:
            behind = "too close to call" if not row.behind else f"{behind}, too close to call"
        drawn = bar(question, row.row, row.score / 100, "striped" if row.undecided else "")
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
        caption="Score of each option under the mean weights of the room; how far it is behind is "
        "worked out before rounding",
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
                        bar(question, i, before / totals[0], "striped"),
                        bar(question, i, after / totals[1]),
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
