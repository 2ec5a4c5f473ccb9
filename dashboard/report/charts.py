"""Charts as Altair values: the page shows them, the briefing embeds them as SVG.

One function per chart serves both. The text of a question reaches a chart only as data, never as
an expression or a field name. Altair and vl-convert are slow to import and come in on first use.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from dashboard.methods.evaluate import Evaluation
from dashboard.model.wording import listed, points, whole
from dashboard.report.safe_text import safe_text
from dashboard.robustness.score_error import score_errors
from dashboard.robustness.verdict import verdict

if TYPE_CHECKING:
    import altair as alt

Theme = Literal["light", "dark", "print"]
FONTS = Path(__file__).parent / "fonts"
MOST_BRANCHES = 6
"""More lightness steps than this cannot be told apart; the lightest branches are then joined."""
ROW, WIDTH, ENDS = 20, 640, 70
"""Pixels: height of a bar with its gap, width of the chart, room for the numbers at its right."""
NARROWEST, WIDEST, LETTER = 90, 220, 6.5
"""Pixels: the least and most room for names, and the width of a letter on average."""


@dataclass(frozen=True)
class _Colours:
    ink: str
    muted: str
    line: str
    ground: str
    darkest: tuple[int, int, int]
    lightest: tuple[int, int, int]


_PAPER = _Colours("#16202b", "#5a6470", "#c4cbd3", "#ffffff", (8, 54, 98), (196, 218, 238))
_COLOURS: dict[Theme, _Colours] = {
    "light": _PAPER,
    "dark": _Colours("#eef1f5", "#a9b1bc", "#3c4552", "#0e1117", (196, 222, 246), (38, 78, 116)),
    "print": _PAPER,
}


@dataclass(frozen=True)
class Segment:
    """The part of a score that a branch accounts for, or several light branches joined."""

    name: str
    branches: tuple[int, ...]


def segments(evaluation: Evaluation) -> tuple[Segment, ...]:
    """Branches in the order of the tree; beyond six, the lightest are joined at the end."""
    branches = evaluation.question.branches
    if len(branches) <= MOST_BRANCHES:
        return tuple(Segment(branch.label, (b,)) for b, branch in enumerate(branches))
    heaviest = np.argsort(-evaluation.branch_weights, kind="stable")[: MOST_BRANCHES - 1]
    kept = sorted(int(b) for b in heaviest)
    rest = tuple(b for b in range(len(branches)) if b not in kept)
    joined = Segment(f"{len(rest)} other branches", rest)
    return (*(Segment(branches[b].label, (b,)) for b in kept), joined)


def ranking_rows(evaluation: Evaluation) -> list[dict[str, Any]]:
    """The table of the ranking chart, best first: every number the chart shows.

    Returns
    -------
    One dict an option: ``place`` (0 at the top), ``id``, ``name``, ``rank``, ``score`` and
    ``error`` (points), ``near`` (behind the leader by less than the score error) and ``parts``
    (points of each segment, in the order of ``segments``).
    """
    question, answer = evaluation.question, verdict(evaluation)
    near = {p.id for p in answer.within_error} if not answer.clear else set()
    errors = score_errors(evaluation.values_least, evaluation.values_most, evaluation.weights)
    groups = [list(segment.branches) for segment in segments(evaluation)]
    return [
        {
            "place": place,
            "id": question.proposals[i].id,
            "name": question.proposals[i].label,
            "rank": int(evaluation.ranks[i]),
            "score": float(evaluation.scores[i]),
            "error": float(errors[i]),
            "near": question.proposals[i].id in near,
            "parts": [float(evaluation.branch_contributions[i, group].sum()) for group in groups],
        }
        for place, i in enumerate(evaluation.order)
    ]


def chart_sentence(evaluation: Evaluation) -> str:
    """The ranking chart in one or two sentences, for those who cannot see it."""
    rows = ranking_rows(evaluation)
    said = listed([f"{row['name']} {points(row['score'])}" for row in rows])
    text = f"Scores from 0 to 100, best first: {said}."
    names = [row["name"] for row in rows if row["near"]]
    if len(names) > 1:
        text += f" The order of {listed(names)} is not decided."
    return text


def ranking_chart(evaluation: Evaluation, theme: Theme = "light") -> alt.LayerChart:
    """Horizontal bars of the scores, best first, split by branch.

    The thin line at the end of a bar spans the score error; grey numbers are scores whose order is
    not decided; the dashed line is the score of the status quo.
    """
    import altair as alt  # noqa: PLC0415

    colours, show = _COLOURS[theme], _shown(theme)
    names = [show(segment.name) for segment in segments(evaluation)]
    rows = ranking_rows(evaluation)
    place = alt.Y("place:O", axis=None, scale=alt.Scale(paddingInner=0.34, paddingOuter=0.12))
    along = alt.Scale(domain=[0, _end_of_axis(rows)], nice=False)
    bars = (
        alt.Chart(alt.Data(values=_bar_data(rows, names, show)))
        .mark_bar(stroke=colours.ground, strokeWidth=1.2)
        .encode(
            y=place,
            x=alt.X("start:Q", scale=along, axis=_axis(colours)),
            x2="end:Q",
            color=alt.Color(
                "branch_index:O",
                scale=alt.Scale(domain=list(range(len(names))), range=_steps(colours, len(names))),
                legend=_legend(names, colours),
            ),
            tooltip=[
                alt.Tooltip("option:N", title="Option"),
                alt.Tooltip("branch:N", title="Branch"),
                alt.Tooltip("points:Q", title="Points", format=".1f"),
            ],
        )
    )
    labels = _labels(evaluation, rows, theme, place)
    return (
        alt.layer(bars, *labels, *_status_quo_line(evaluation, theme))
        .properties(width=_bar_room(rows), height=ROW * len(rows), background="transparent")
        .resolve_scale(color="independent", shape="independent")
        .configure(font=_font(theme), padding=2)
        .configure_view(stroke=None)
    )


def chart_svg(chart: alt.LayerChart) -> str:
    """The chart as SVG with text set in the bundled fonts; reads nothing from a network."""
    import vl_convert  # noqa: PLC0415

    _register_fonts()
    svg: str = vl_convert.vegalite_to_svg(chart.to_dict(), allowed_base_urls=[])
    return svg


@cache
def _register_fonts() -> None:
    import vl_convert  # noqa: PLC0415

    vl_convert.register_font_directory(str(FONTS))


def _labels(evaluation: Evaluation, rows: list[dict[str, Any]], theme: Theme, y: Any) -> list[Any]:
    """Names and marks left of the bars; score errors and whole points at their end."""
    import altair as alt  # noqa: PLC0415

    colours, show, looks = _COLOURS[theme], _shown(theme), evaluation.question.looks
    data = [
        {
            "place": row["place"],
            "option": show(row["name"]),
            "mark": looks[row["id"]].mark,
            "colour": looks[row["id"]].dark if theme == "dark" else looks[row["id"]].light,
            "whole": str(whole(row["score"])),
            "give": f"±{whole(row['error'])}",
            "ink": colours.muted if row["near"] else colours.ink,
            "low": row["score"] - row["error"],
            "high": row["score"] + row["error"],
        }
        for row in rows
    ]
    base = alt.Chart(alt.Data(values=data)).encode(y=y)
    ink = alt.Color("ink:N", scale=None)
    bars = _bar_room(rows)
    left = bars + ENDS - WIDTH
    names = base.mark_text(align="left", fontSize=11.5, limit=-left - 24, color=colours.ink)
    marks = base.mark_point(filled=True, size=62, opacity=1).encode(
        x=alt.value(left + 4),
        shape=alt.Shape("mark:N", scale=None),
        color=alt.Color("colour:N", scale=None),
    )
    spans = base.mark_rule(strokeWidth=1.3, color=colours.muted).encode(x="low:Q", x2="high:Q")
    bold = "IBM Plex Sans SmBld" if theme == "print" else _font(theme)
    totals = base.mark_text(align="right", fontSize=12, fontWeight=600, font=bold)
    errors = base.mark_text(align="left", fontSize=10.5, color=colours.muted)
    # An unseen line from edge to edge keeps the width, however short the names are.
    edges = base.mark_rule(opacity=0).encode(x=alt.value(left), x2=alt.value(bars + ENDS))
    return [
        edges,
        names.encode(x=alt.value(left + 16), text="option:N"),
        marks,
        spans,
        totals.encode(x=alt.value(bars + 34), text="whole:N", color=ink),
        errors.encode(x=alt.value(bars + 40), text="give:N"),
    ]


def _status_quo_line(evaluation: Evaluation, theme: Theme) -> list[Any]:
    """A dashed line with its name above it; nothing where there is no status quo."""
    import altair as alt  # noqa: PLC0415

    status_quo = evaluation.question.status_quo
    if status_quo is None:
        return []
    score = float(evaluation.scores[evaluation.index(status_quo.id)])
    name = _shown(theme)(status_quo.label)
    base = alt.Chart(alt.Data(values=[{"score": score, "option": name}])).encode(x="score:Q")
    ink = _COLOURS[theme].ink
    return [
        base.mark_rule(strokeDash=[3, 3], strokeWidth=1.2, color=ink, opacity=0.75),
        base.mark_text(fontSize=10.5, color=ink, limit=160).encode(
            y=alt.value(-7), text="option:N"
        ),
    ]


def _bar_data(rows: list[dict[str, Any]], names: list[str], show: Any) -> list[dict[str, Any]]:
    """One entry a segment, with its start and end: stacking is ours, so the order is the tree's."""
    data = []
    for row in rows:
        ends = np.cumsum(row["parts"]).tolist()
        for index, (part, end) in enumerate(zip(row["parts"], ends, strict=True)):
            data.append(
                {
                    "place": row["place"],
                    "option": show(row["name"]),
                    "branch": names[index],
                    "branch_index": index,
                    "points": part,
                    "start": end - part,
                    "end": end,
                }
            )
    return data


def _bar_room(rows: list[dict[str, Any]]) -> int:
    """The width left for bars once the longest name has its room."""
    longest = max(len(row["name"]) for row in rows) * LETTER + 30
    return WIDTH - ENDS - round(min(WIDEST, max(NARROWEST, longest)))


def _end_of_axis(rows: list[dict[str, Any]]) -> int:
    """The next ten above every score and its error; never beyond what a score can be, 100."""
    furthest = max(row["score"] + row["error"] for row in rows)
    return min(100, max(10, int(np.ceil(furthest / 10)) * 10))


def _axis(colours: _Colours) -> Any:
    import altair as alt  # noqa: PLC0415

    return alt.Axis(
        title="Score, points out of 100",
        orient="bottom",
        values=list(range(0, 101, 10)),
        grid=True,
        gridColor=colours.line,
        gridOpacity=0.6,
        domain=False,
        ticks=False,
        labelColor=colours.muted,
        titleColor=colours.muted,
        labelFontSize=10.5,
        titleFontSize=10.5,
        titleFontWeight="normal",
        titleAnchor="start",
    )


def _legend(names: list[str], colours: _Colours) -> Any:
    import altair as alt  # noqa: PLC0415

    # The names are handed over as data of the expression: escaped by JSON, never as code.
    return alt.Legend(
        title=None,
        orient="top",
        direction="horizontal",
        columns=3 if max(map(len, names)) > 16 else 6,
        offset=17,
        symbolType="square",
        symbolSize=110,
        labelColor=colours.ink,
        labelFontSize=10.5,
        labelLimit=150,
        labelExpr=f"{_literal(names)}[datum.value]",
    )


def _literal(names: list[str]) -> str:
    """A list of strings as a literal that Vega's expression language reads as nothing but data."""
    quoted = ("".join(c if c.isalnum() else f"\\u{ord(c):04x}" for c in name) for name in names)
    return "[" + ",".join(f"'{name}'" for name in quoted) + "]"


def _steps(colours: _Colours, count: int) -> list[str]:
    """Colours of even steps in lightness, the first branch the strongest."""
    shares = np.linspace(0, 1, count) if count > 1 else np.array([0.35])
    first, last = np.array(colours.darkest), np.array(colours.lightest)
    mixed = [np.rint(first + share * (last - first)).astype(int).tolist() for share in shares]
    return ["#{:02x}{:02x}{:02x}".format(*rgb) for rgb in mixed]


def _shown(theme: Theme) -> Any:
    """Only the print theme is bound to the bundled fonts; a browser has others to fall back on."""
    return safe_text if theme == "print" else str


def _font(theme: Theme) -> str:
    return "IBM Plex Sans" if theme == "print" else "IBM Plex Sans, Source Sans, sans-serif"
