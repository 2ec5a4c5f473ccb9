"""How often each option comes at each rank, as bars side by side that sum to all samples."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

from dashboard.model.wording import cell_percent, listed
from dashboard.report.chart_parts import quiet_axis, rows_of, x_at
from dashboard.report.charts import (
    COLOURS,
    LETTER,
    NARROWEST,
    WIDTH,
    Colours,
    Theme,
    font,
    room_for,
    shown,
)
from dashboard.report.charts import steps as shades
from dashboard.report.how_sure_rows import firsts_rows, rank_heads
from dashboard.robustness.acceptability import Acceptability
from dashboard.robustness.assessment import Assessment

if TYPE_CHECKING:
    import altair as alt

ROW, MOST_ROWS = 18, 24
"""Pixels of a bar with its gap; and how many bars there are at most, the best options."""

_ROOM_FOR_SHARE = 0.07
"""The least share that has room for its number."""


def acceptability_chart(
    assessment: Assessment, reading: Acceptability, theme: Theme = "light", width: int = WIDTH
) -> alt.LayerChart:
    """A bar an option, as ranked now; from the left the first rank, the darkest, to the last."""
    import altair as alt  # noqa: PLC0415

    colours, show = COLOURS[theme], shown(theme)
    names, bars = _data(assessment, reading, show, dark=theme == "dark")
    heads = rank_heads(len(assessment.evaluation.question.proposals))
    longest = max(len(row["option"]) for row in names) * LETTER + 30
    left = round(min(width / 3, max(NARROWEST, longest)))
    room = width - left
    tones = shades(colours, len(heads))
    place = alt.Y("place:O", axis=None, scale=alt.Scale(paddingInner=0.25, paddingOuter=0.1))
    across = alt.X("start:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=_axis(colours))
    base = alt.Chart(rows_of(bars)).encode(y=place)
    drawn = base.mark_bar(stroke=colours.ground, strokeWidth=1).encode(
        x=across,
        x2=alt.X2("end:Q"),
        color=alt.Color(
            "rank:O",
            scale=alt.Scale(domain=list(range(len(heads))), range=tones),
            legend=alt.Legend(
                title="Rank",
                orient="top",
                direction="horizontal",
                symbolType="square",
                titleColor=colours.muted,
                titleFontWeight="normal",
                titleFontSize=10.5,
                labelColor=colours.ink,
                labelFontSize=10.5,
                labelExpr="[" + ",".join(f"'{head}'" for head in heads) + "][datum.value]",
            ),
        ),
    )
    shares = base.mark_text(fontSize=9.5).encode(
        x=alt.X("middle:Q"), text=alt.Text("share:N"), color=alt.Color("ink:N", scale=None)
    )
    lettered = alt.Chart(rows_of(names)).encode(y=place)
    labels = lettered.mark_text(
        align="left",
        fontSize=11,
        limit=room_for((row["option"] for row in names), left - 24),
        color=colours.ink,
    ).encode(x=x_at(-left + 16), text=alt.Text("option:N"))
    marks = lettered.mark_point(filled=True, size=56, opacity=1).encode(
        x=x_at(-left + 4),
        shape=alt.Shape("mark:N", scale=None),
        color=alt.Color("colour:N", scale=None),
    )
    chart: alt.LayerChart = (
        alt.layer(drawn, shares, labels, marks)
        .properties(width=room, height=ROW * len(names), background="transparent")
        .resolve_scale(color="independent", shape="independent")
        .configure(font=font(theme), padding=2)
        .configure_view(stroke=None)
    )
    return chart


def acceptability_sentence(assessment: Assessment, reading: Acceptability) -> str:
    """The same for those who cannot see it: how often each option comes first."""
    proposals = assessment.evaluation.question.proposals
    rows = list(firsts_rows(assessment, reading))
    said = [f"{proposals[row.row].label} {row.first}" for row in rows[:MOST_ROWS]]
    return (
        f"Bars of how often each option comes at each rank, of {reading.samples:,} samples. "
        f"First: {listed(said)}."
    )


def _data(
    assessment: Assessment, reading: Acceptability, show: Any, *, dark: bool
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    question = assessment.evaluation.question
    names, bars = [], []
    for place, row in enumerate(firsts_rows(assessment, reading)):
        if place == MOST_ROWS:
            break
        look = question.looks[question.proposals[row.row].id]
        label = show(question.proposals[row.row].label)
        names.append(
            {
                "place": place,
                "option": label,
                "mark": look.mark,
                "colour": look.dark if dark else look.light,
            }
        )
        ends = list(accumulate(row.segments))
        for rank, (share, end) in enumerate(zip(row.segments, ends, strict=True)):
            deep = rank < len(row.segments) / 2
            bars.append(
                {
                    "place": place,
                    "rank": rank,
                    "start": end - share,
                    "end": end,
                    "middle": end - share / 2,
                    "share": cell_percent(share) if share >= _ROOM_FOR_SHARE else "",
                    "ink": "#ffffff" if deep else "#16202b",
                }
            )
    return names, bars


def _axis(colours: Colours) -> Any:
    quarters = [0, 0.25, 0.5, 0.75, 1]
    return quiet_axis(colours, "Share of the samples", format="%", values=quarters, grid=False)
