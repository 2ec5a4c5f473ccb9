"""Where each weight may lie without another option taking the lead, as a line with a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.model.wording import counted, weight_percent
from dashboard.report.chart_parts import grid, quiet_axis, rows_of, x_at
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
from dashboard.report.how_sure_rows import StabilityRow, stability_row
from dashboard.robustness.assessment import Assessment
from dashboard.robustness.fragility import nearest_first

if TYPE_CHECKING:
    import altair as alt

ROW, MOST_ROWS = 17, 20
"""Pixels of a line with its gap; and how many weights are drawn, the nearest to a new leader."""


def drawn_rows(assessment: Assessment) -> list[StabilityRow]:
    """The criteria that have an interval, the nearest to a new leader first."""
    criteria = len(assessment.evaluation.question.criteria)
    rows = [
        stability_row(assessment, found)
        for found in nearest_first(assessment.stability)
        if found.node < criteria
    ]
    return [row for row in rows if row.low is not None][:MOST_ROWS]


def stability_chart(
    assessment: Assessment, theme: Theme = "light", width: int = WIDTH
) -> alt.LayerChart:
    """A line a criterion: thick where the leader stays, with a mark at the weight as it is."""
    import altair as alt  # noqa: PLC0415

    colours, show = COLOURS[theme], shown(theme)
    data: list[dict[str, Any]] = [
        {
            "place": place,
            "name": show(row.name),
            "low": row.low,
            "high": row.high,
            "now": row.now,
            "words": show(row.distance),
        }
        for place, row in enumerate(drawn_rows(assessment))
    ]
    longest = max(len(row["name"]) for row in data) * LETTER + 14
    left, right = round(min(width / 3, max(NARROWEST, longest))), 96
    room = width - left - right
    # A line that goes on to all of the weight is cut where the others have their room.
    end = min(1.0, max(min(float(row["high"]), 3 * row["now"] + 0.1) for row in data))
    # Cut here: clipping by Vega takes a name of its own for each drawing.
    for row in data:
        row["high"] = min(row["high"], end)
    along = alt.Scale(domain=[0, end], nice=False)
    place = alt.Y("place:O", axis=None, scale=alt.Scale(paddingInner=0.4, paddingOuter=0.2))
    base = alt.Chart(rows_of(data)).encode(y=place)
    spans = base.mark_rule(strokeWidth=5, color="#8fa9c2").encode(
        x=alt.X("low:Q", scale=along, axis=_axis(colours)), x2=alt.X2("high:Q")
    )
    now = base.mark_tick(thickness=2.5, height=13, color=colours.ink).encode(x=alt.X("now:Q"))
    limit = room_for((row["name"] for row in data), left - 12)
    names = base.mark_text(align="left", fontSize=11, limit=limit, color=colours.ink).encode(
        x=x_at(-left + 4), text=alt.Text("name:N")
    )
    words = base.mark_text(align="right", fontSize=10.5, color=colours.muted).encode(
        x=x_at(room + right - 4), text=alt.Text("words:N")
    )
    chart: alt.LayerChart = (
        alt.layer(spans, now, names, words)
        .properties(width=room, height=ROW * len(data), background="transparent")
        .configure(font=font(theme), padding=2)
        .configure_view(stroke=None)
    )
    return chart


def stability_sentence(assessment: Assessment) -> str:
    """The same for those who cannot see it: the weights that are nearest to a new leader."""
    rows = drawn_rows(assessment)
    said = [
        f"{row.name} {weight_percent(row.now)}, leader kept from {row.between}" for row in rows[:5]
    ]
    more = f"; and {counted(len(rows) - 5, 'more weight')}" if len(rows) > 5 else ""
    return (
        "Lines of where each weight, moved alone, keeps the leader, with a mark where it is now. "
        f"The nearest to another leader: {'; '.join(said)}{more}."
    )


def _axis(colours: Colours) -> Any:
    title = "Weight; at the right, how far to another leader"
    return quiet_axis(colours, title, format="%", tickCount=6, **grid(colours))
