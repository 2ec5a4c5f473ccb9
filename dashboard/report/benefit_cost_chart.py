"""Benefit without cost against cost, as one chart for page and briefing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.report.chart_parts import rows_of
from dashboard.report.charts import COLOURS, LETTER, Colours, Theme, font, shown
from dashboard.report.matrix_words import BenefitView

if TYPE_CHECKING:
    import altair as alt

WIDTH, HEIGHT = 640, 360
"""Pixels of the plane between the axes."""

_MARK, _LINE, _NEAR = 7.0, 13.0, 5.0
"""Pixels: half a mark, the height of a label, and the room between a mark and its label."""
_LONGEST = 26
"""Letters of a label; a longer name is cut, and stands whole in the table."""


@dataclass(frozen=True)
class Range:
    """What an axis spans, and how a value becomes a place in pixels."""

    low: float
    high: float
    pixels: float

    def at(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low) * self.pixels

    def value(self, place: float) -> float:
        return self.low + place / self.pixels * (self.high - self.low)


class Label(NamedTuple):
    """A name and its middle in pixels from the lower left corner."""

    option: int
    text: str
    x: float
    y: float


class _Box(NamedTuple):
    left: float
    low: float
    right: float
    high: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.low < other.high
            and other.low < self.high
        )


def benefit_cost_chart(
    view: BenefitView, theme: Theme = "light", width: int = WIDTH
) -> alt.LayerChart:
    """Cost to the right, benefit upwards; the dashed line is the frontier.

    Full marks are efficient options, open ones are not; the thin cross through a mark is the error
    of its benefit and of its cost.
    """
    import altair as alt  # noqa: PLC0415

    colours, show = COLOURS[theme], shown(theme)
    across, up = ranges(view, width)
    x = alt.X("cost:Q", scale=_scale(across), axis=_axis(_cost_title(view, show), colours))
    y = alt.Y(
        "benefit:Q",
        scale=_scale(up),
        axis=_axis("Benefit without cost, points out of 100", colours),
    )
    data = _points(view, theme)
    colour = alt.Color("colour:N", scale=None)
    base = alt.Chart(rows_of(data)).encode(x=x, y=y)
    wide = base.mark_rule(opacity=0.45, strokeWidth=1.2).encode(
        x=alt.X("cost_low:Q"), x2=alt.X2("cost_high:Q"), color=colour
    )
    tall = base.mark_rule(opacity=0.45, strokeWidth=1.2).encode(
        y=alt.Y("benefit_low:Q"), y2=alt.Y2("benefit_high:Q"), color=colour
    )
    marks = base.mark_point(size=95, opacity=1, strokeWidth=1.8).encode(
        shape=alt.Shape("mark:N", scale=None), stroke=colour, fill=alt.Fill("fill:N", scale=None)
    )
    frontier = (
        alt.Chart(rows_of(_frontier(view, across)))
        .mark_line(interpolate="step-after", strokeDash=[4, 3], strokeWidth=1.4, color=colours.ink)
        .encode(x=alt.X("cost:Q"), y=alt.Y("benefit:Q"), order=alt.Order("place:Q"))
    )
    lettered = alt.Chart(rows_of(_names(view, width, show))).encode(
        x=alt.X("cost:Q"), y=alt.Y("benefit:Q"), text=alt.Text("option:N")
    )
    style: dict[str, Any] = {"align": "center", "baseline": "middle", "fontSize": 11.5}
    halo = lettered.mark_text(stroke=colours.ground, strokeWidth=4, color=colours.ground, **style)
    names = lettered.mark_text(color=colours.ink, **style)
    chart: alt.LayerChart = (
        alt.layer(frontier, wide, tall, halo, marks, names)
        .properties(width=width, height=HEIGHT, background="transparent")
        .configure(font=font(theme), padding=6)
        .configure_view(stroke=None)
    )
    return chart


def ranges(view: BenefitView, width: int) -> tuple[Range, Range]:
    """Both axes a little wider than all bands; money in its own unit where there is one cost."""
    spans = [_cost_span(view, row.option) for row in view.rows]
    low, high = min(s[0] for s in spans), max(s[2] for s in spans)
    spare = max((high - low) * 0.05, 1e-9 + abs(high) * 0.01)
    benefits = [
        (row.benefit - row.benefit_error, row.benefit + row.benefit_error) for row in view.rows
    ]
    least, most = min(b[0] for b in benefits), max(b[1] for b in benefits)
    room = max((most - least) * 0.08, 1.0)
    return (
        Range(low - spare, high + spare, float(width)),
        Range(max(0.0, least - room), min(100.0, most + room), float(HEIGHT)),
    )


def _cost_span(view: BenefitView, index: int) -> tuple[float, float, float]:
    """Low, likely and high: the performance itself of one cost, points of several together."""
    raw, columns = view.evaluation.performance, view.found.criteria
    if len(columns) == 1:
        j = columns[0]
        return (float(raw.low[index, j]), float(raw.likely[index, j]), float(raw.high[index, j]))
    cost, error = float(view.found.cost[index]), float(view.errors.cost[index])
    return cost - error, cost, cost + error


def _cost_title(view: BenefitView, show: Any) -> str:
    criteria = [view.evaluation.question.criteria[j] for j in view.found.criteria]
    if len(criteria) == 1:
        return str(show(f"{criteria[0].label}, {criteria[0].unit}"))
    return str(show(f"Cost, points out of 100 ({view.costs})"))


def _points(view: BenefitView, theme: Theme) -> list[dict[str, Any]]:
    looks, show = view.evaluation.question.looks, shown(theme)
    data = []
    for row in view.rows:
        proposal = view.evaluation.question.proposals[row.option]
        look = looks[proposal.id]
        low, likely, high = _cost_span(view, row.option)
        colour = look.dark if theme == "dark" else look.light
        data.append(
            {
                "option": show(proposal.label),
                "mark": look.mark,
                "colour": colour,
                "fill": colour if row.efficient else COLOURS[theme].ground,
                "benefit": row.benefit,
                "benefit_low": row.benefit - row.benefit_error,
                "benefit_high": row.benefit + row.benefit_error,
                "cost": likely,
                "cost_low": low,
                "cost_high": high,
            }
        )
    return data


def _frontier(view: BenefitView, across: Range) -> list[dict[str, float]]:
    """The efficient options from the cheapest on, and on to the right edge."""
    corners = [
        {"place": float(k), "cost": _cost_span(view, row.option)[1], "benefit": row.benefit}
        for k, row in enumerate(row for row in view.rows if row.efficient)
    ]
    last = corners[-1]
    return [*corners, {"place": last["place"] + 1, "cost": across.high, "benefit": last["benefit"]}]


def _names(view: BenefitView, width: int, show: Any) -> list[dict[str, Any]]:
    across, up = ranges(view, width)
    return [
        {
            "option": show(label.text),
            "cost": across.value(label.x),
            "benefit": up.value(label.y),
        }
        for label in labels(view, width)
    ]


def labels(view: BenefitView, width: int = WIDTH) -> list[Label]:
    """Names beside their marks so that none covers another or a mark; the efficient ones first.

    A name for which there is no room is left out; the table has it.
    """
    across, up = ranges(view, width)
    places = {
        row.option: (across.at(_cost_span(view, row.option)[1]), up.at(row.benefit))
        for row in view.rows
    }
    taken = [_Box(x - _MARK, y - _MARK, x + _MARK, y + _MARK) for x, y in places.values()]
    found = []
    for row in sorted(view.rows, key=lambda row: not row.efficient):
        name = view.label(row.option)
        text = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        room = _free(places[row.option], len(text) * LETTER, taken, (across.pixels, up.pixels))
        if room is not None:
            taken.append(room)
            middle = ((room.left + room.right) / 2, (room.low + room.high) / 2)
            found.append(Label(row.option, text, *middle))
    return found


def _free(
    place: tuple[float, float], wide: float, taken: Sequence[_Box], plane: tuple[float, float]
) -> _Box | None:
    """The first box around a mark that meets nothing: corners first, then the four sides."""
    x, y = place
    aside, along = _MARK + _NEAR + wide / 2, _MARK + _LINE / 2
    beside = _NEAR + wide / 2
    # Off the lines of the errors and of the frontier first, which run straight from the mark.
    for dx, dy in (
        (beside, along),
        (beside, -along),
        (-beside, along),
        (-beside, -along),
        (aside, 0.0),
        (-aside, 0.0),
        (0.0, 1.5 * along),
        (0.0, -1.5 * along),
    ):
        box = _Box(x + dx - wide / 2, y + dy - _LINE / 2, x + dx + wide / 2, y + dy + _LINE / 2)
        inside = box.left >= 0 and box.low >= 0 and box.right <= plane[0] and box.high <= plane[1]
        if inside and not any(box.meets(other) for other in taken):
            return box
    return None


def _scale(span: Range) -> Any:
    import altair as alt  # noqa: PLC0415

    return alt.Scale(domain=[span.low, span.high], nice=False, zero=False)


def _axis(title: str, colours: Colours) -> Any:
    import altair as alt  # noqa: PLC0415

    return alt.Axis(
        title=title,
        grid=True,
        gridColor=colours.line,
        gridOpacity=0.35,
        domainColor=colours.line,
        ticks=False,
        tickCount=6,
        labelColor=colours.muted,
        titleColor=colours.muted,
        labelFontSize=10.5,
        titleFontSize=10.5,
        titleFontWeight="normal",
    )
