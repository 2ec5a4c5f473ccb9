"""The tables of the page Who disagrees, as markup."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dashboard.model.proposals import Proposal
from dashboard.report.disagreement_rows import (
    AgreementCell,
    ConcessionRow,
    PartRow,
    agreement_rows,
    concession_rows,
    rank_rows,
)
from dashboard.report.disagreement_words import agreement_caption
from dashboard.robustness.perspectives import Panel
from dashboard.robustness.shapley import Division
from dashboard.ui.html import (
    Markup,
    colours,
    element,
    joined,
    table,
)
from dashboard.ui.margin_marks import moved_bar
from dashboard.ui.terms import criterion_name, option_name

_CSS = Path(__file__).with_name("disagreement.css").read_text(encoding="utf-8")


def style() -> Markup:
    """The style of all that follows and of the bump chart, once a page."""
    return Markup(f"<style>{_CSS}</style>")


def option(panel: Panel, row: int) -> Markup:
    """An option with its mark."""
    proposal = _proposal(panel, row)
    return option_name(proposal, panel.evaluation.question.looks[proposal.id])


def ranks_table(panel: Panel, chosen: int | None) -> Markup:
    """Every rank of the bump chart, with the score beneath it."""
    heads = [_voice(panel, k, chosen) for k in panel.order]
    rows = [
        [
            option(panel, row),
            *(
                joined([element("strong", rank), element("span", score, class_="cw-band")])
                for rank, score in cells
            ),
        ]
        for row, cells in rank_rows(panel)
    ]
    return table(
        ["Option", *heads],
        rows,
        caption="Rank, and beneath it the score",
        numeric=range(1, len(heads) + 1),
        class_="pinned voices",
    )


def agreement_table(panel: Panel, chosen: int | None) -> Markup:
    """Kendall's tau of every two, the darker the more they agree."""
    heads = [_voice(panel, k, chosen) for k in panel.order]
    rows = [
        [head, *map(_agreement, cells)]
        for head, cells in zip(heads, agreement_rows(panel), strict=True)
    ]
    drawn = table(
        [element("span", "Perspective", class_="cw-sr"), *heads],
        rows,
        caption=agreement_caption(panel),
        class_="pinned agreement voices",
    )
    steps = joined(
        element("span", element("i", style=f"--strength:{strength}"), words)
        for strength, words in (
            (0, "\u22121 the reverse order"),
            (0.5, "0 as many pairs alike as reversed"),
            (1, "1 the same order"),
        )
    )
    return joined([drawn, element("p", steps, class_="cw-agreement-key")])


def _agreement(cell: AgreementCell) -> Markup:
    strength = None if cell.strength is None else f"--strength:{cell.strength:.3f}"
    return element("span", cell.words, class_="tau" if strength else "none", style=strength)


def _voice(panel: Panel, k: int, chosen: int | None) -> Markup:
    flag = element("span", "chosen", class_="cw-flag") if k == chosen else ""
    label = element("span", panel.voices[k].label, class_="label", title=panel.voices[k].name)
    return element("span", label, flag, class_="cw-voice")


def parts_table(
    panel: Panel, pair: tuple[int, int], found: Division, shown: Sequence[PartRow], caption: str
) -> Markup:
    """What each criterion adds, as a bar towards the option that it helps."""
    widest = max((abs(row.part) for row in shown), default=0.0)
    heads = [
        "Criterion",
        *(_voice(panel, k, None) for k in pair),
        joined([option(panel, found.first), option(panel, found.second)]),
        "Points",
    ]
    rows = [
        [
            criterion_name(panel.evaluation.question.criteria[row.criterion]),
            *row.weights,
            _part_bar(panel, found, row, widest),
            _part(panel, found, row),
        ]
        for row in shown
    ]
    return table(heads, rows, caption=caption, numeric=(1, 2, 4), class_="fit parts")


def _part_bar(panel: Panel, found: Division, row: PartRow, widest: float) -> Markup:
    """To the left for the first option, to the right for the second."""
    share = 50 * abs(row.part) / widest if widest else 0.0
    left = 50 - share if row.part > 0 else 50.0
    helped = _proposal(panel, found.first if row.part > 0 else found.second)
    bar = element("i", style=f"left:{left:.2f}%;width:{share:.2f}%")
    look = panel.evaluation.question.looks[helped.id]
    return element("span", bar, class_="cw-part", style=colours(look), aria_hidden="true")


def _part(panel: Panel, found: Division, row: PartRow) -> Markup:
    if row.points == "0":
        return joined(["0"])
    helped = _proposal(panel, found.first if row.part > 0 else found.second)
    return joined([row.points, element("span", f" towards {helped.label}", class_="cw-sr")])


def compromise_table(panel: Panel, chosen: int | None) -> Markup:
    """What each gives up for the compromise, and how far its weights would have to move."""
    rows = concession_rows(panel)
    widest = max((row.moved or 0.0 for row in rows), default=0.0)
    return table(
        ["Perspective", "First under it", "Gives up", "Weight to move", "Least change"],
        [_concession(panel, row, widest, chosen) for row in rows],
        caption=f"What {_proposal(panel, panel.found.compromise.alternative).label} asks of each",
        class_="pinned margins concessions",
    )


def _concession(
    panel: Panel, row: ConcessionRow, widest: float, chosen: int | None
) -> list[object]:
    voice = panel.voices[row.voice]
    flag = element("span", "chosen", class_="cw-flag") if row.voice == chosen else ""
    bar = "" if not row.moved else moved_bar(row.moved, widest)
    doubt = element("span", "within the uncertainty", class_="cw-band") if row.within else ""
    favourites = row.favourites[:2]
    more = len(row.favourites) - len(favourites)
    named = [option(panel, i) for i in favourites]
    return [
        element("span", element("span", voice.name, class_="label"), flag, class_="cw-voice"),
        joined([*named, f"and {more} more" if more else ""], " "),
        joined([element("span", row.regret, class_="cw-soft" if row.within else None), doubt]),
        element("span", row.words, bar, class_="cw-amount"),
        row.change,
    ]


def _proposal(panel: Panel, row: int) -> Proposal:
    return panel.evaluation.question.proposals[row]
