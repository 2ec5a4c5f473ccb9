"""Charts as Altair values: the page shows them, the briefing embeds them as SVG.

One function per chart serves both. The text of a question reaches a chart only as data, never as
an expression or a field name. Altair and vl-convert are slow to import and come in on first use.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from dashboard.methods.evaluate import Evaluation
from dashboard.model.wording import whole
from dashboard.report.chart_data import chart_sentence, ranking_rows, segments
from dashboard.report.chart_parts import grid, quiet_axis, rows_of, x2_at, x_at, y_at
from dashboard.report.extra_fonts import FontName, coverage, font_folders
from dashboard.report.safe_text import safe_text

if TYPE_CHECKING:
    import altair as alt

__all__ = [
    "Theme",
    "chart_png",
    "chart_sentence",
    "chart_svg",
    "ranking_chart",
    "ranking_rows",
    "segments",
]

Theme = Literal["light", "dark", "print"]
FONTS = Path(__file__).parent / "fonts"
SEMIBOLD = "IBM Plex Sans SmBld"
ROW, WIDTH, ENDS = 20, 640, 70
"""Pixels: height of a bar with its gap, width of the chart, room for the numbers at its right."""
NARROWEST, LETTER, WIDEST = 90, 6.5, 8.5
"""Pixels: the least room for names, and the width of a letter on average and at most."""


@dataclass(frozen=True)
class Colours:
    ink: str
    muted: str
    line: str
    ground: str
    darkest: tuple[int, int, int]
    lightest: tuple[int, int, int]


_PAPER = Colours("#16202b", "#5a6470", "#c4cbd3", "#ffffff", (8, 54, 98), (196, 218, 238))
COLOURS: dict[Theme, Colours] = {
    "light": _PAPER,
    "dark": Colours("#eef1f5", "#a9b1bc", "#3c4552", "#0e1117", (196, 222, 246), (38, 78, 116)),
    "print": _PAPER,
}


_FONTS: ContextVar[tuple[FontName, ...]] = ContextVar("fonts beside the bundled ones", default=())


@contextmanager
def drawn_in(fonts: tuple[FontName, ...]) -> Iterator[None]:
    """Charts for print that are made meanwhile, in this thread, use these fonts too."""
    before = _FONTS.set(fonts)
    try:
        yield
    finally:
        _FONTS.reset(before)


def ranking_chart(
    evaluation: Evaluation,
    theme: Theme = "light",
    width: int = WIDTH,
    shown_options: Sequence[int] | None = None,
) -> alt.LayerChart:
    """Horizontal bars of the scores, best first, split by branch; ``width`` in pixels.

    ``shown_options`` : those to show, best first; all by default.

    The thin line at the end of a bar spans the uncertainty of the score; grey numbers are scores
    that are too close to call; the dashed line is the score of the status quo.
    """
    import altair as alt  # noqa: PLC0415

    colours, show = COLOURS[theme], shown(theme)
    names = [show(segment.name) for segment in segments(evaluation)]
    rows = ranking_rows(evaluation, shown_options)
    place = alt.Y("place:O", axis=None, scale=alt.Scale(paddingInner=0.34, paddingOuter=0.12))
    along = alt.Scale(domain=[0, _end_of_axis(rows)], nice=False)
    bars = (
        alt.Chart(rows_of(_bar_data(rows, names, show)))
        .mark_bar(stroke=colours.ground, strokeWidth=1.2)
        .encode(
            y=place,
            x=alt.X("start:Q", scale=along, axis=_axis(colours)),
            x2=alt.X2("end:Q"),
            color=alt.Color(
                "branch_index:O",
                scale=alt.Scale(domain=list(range(len(names))), range=steps(colours, len(names))),
                legend=_legend(names, colours),
            ),
            **_tooltips(theme),
        )
    )
    labels = _labels(evaluation, rows, theme, place, width)
    chart: alt.LayerChart = (
        alt.layer(bars, *labels, *_status_quo_line(evaluation, theme))
        .properties(width=_bar_room(rows, width), height=ROW * len(rows), background="transparent")
        .resolve_scale(color="independent", shape="independent")
        .configure(font=font(theme), padding=2)
        .configure_view(stroke=None)
    )
    return chart


def _tooltips(theme: Theme) -> dict[str, Any]:
    """What a bar says under the mouse; paper has none, and they cost a sixth of the drawing."""
    import altair as alt  # noqa: PLC0415

    if theme == "print":
        return {}
    named = [
        alt.Tooltip("option:N", title="Option"),
        alt.Tooltip("branch:N", title="Branch"),
        alt.Tooltip("points:Q", title="Points", format=".1f"),
    ]
    return {"tooltip": named}


def room_for(names: Iterable[str], pixels: float) -> float:
    """The limit of width for names: none where all are surely short, for to measure is slow."""
    return pixels if any(len(name) * WIDEST > pixels for name in names) else 0


def chart_svg(chart: alt.LayerChart) -> str:
    """The chart as SVG with text set in the bundled fonts; reads nothing from a network."""
    import vl_convert  # noqa: PLC0415

    _register_fonts()
    svg: str = vl_convert.vegalite_to_svg(_spec(chart), allowed_base_urls=[])
    return svg


def chart_png(chart: alt.LayerChart, scale: float = 2.5) -> bytes:
    """The chart as PNG, ``scale`` times as many pixels as it has in a browser."""
    import vl_convert  # noqa: PLC0415

    _register_fonts()
    # Whoever paints knows the semibold cut by the name of its family and its weight only.
    spec = _spec(chart).replace(SEMIBOLD, "IBM Plex Sans")
    png: bytes = vl_convert.vegalite_to_png(spec, scale=scale, allowed_base_urls=[])
    return png


def trust_our_charts() -> None:
    """Have Altair believe that charts fit its schema: to check each part takes half of the time.

    Tests check it, with every chart there is.
    """
    from altair.utils.schemapi import disable_debug_mode  # noqa: PLC0415

    disable_debug_mode()


def _spec(chart: alt.LayerChart) -> str:
    return json.dumps(chart.to_dict(validate=False))


def _register_fonts() -> None:
    for folder in (FONTS, *font_folders(_FONTS.get())):
        _register(folder)


@cache
def _register(folder: Path) -> None:
    import vl_convert  # noqa: PLC0415

    vl_convert.register_font_directory(str(folder))


def _labels(
    evaluation: Evaluation, rows: list[dict[str, Any]], theme: Theme, y: Any, width: int
) -> list[Any]:
    """Names and marks left of the bars; uncertainties and whole points at their end."""
    import altair as alt  # noqa: PLC0415

    colours, show, looks = COLOURS[theme], shown(theme), evaluation.question.looks
    data = [
        {
            "place": row["place"],
            "option": show(row["name"]),
            "mark": looks[row["id"]].mark,
            "colour": looks[row["id"]].dark if theme == "dark" else looks[row["id"]].light,
            "whole": str(whole(row["score"])),
            "give": f"±{whole(row['error'])}" if row["known"] else "",
            "ink": colours.muted if row["near"] else colours.ink,
            "low": row["score"] - row["error"],
            "high": row["score"] + row["error"],
        }
        for row in rows
    ]
    base = alt.Chart(rows_of(data)).encode(y=y)
    ink = alt.Color("ink:N", scale=None)
    bars = _bar_room(rows, width)
    left = bars + ENDS - width
    limit = room_for((row["option"] for row in data), -left - 24)
    names = base.mark_text(align="left", fontSize=11.5, limit=limit, color=colours.ink)
    marks = base.mark_point(filled=True, size=62, opacity=1).encode(
        x=x_at(left + 4),
        shape=alt.Shape("mark:N", scale=None),
        color=alt.Color("colour:N", scale=None),
    )
    spans = base.mark_rule(strokeWidth=1.3, color=colours.muted).encode(
        x=alt.X("low:Q"), x2=alt.X2("high:Q")
    )
    bold = SEMIBOLD if theme == "print" else font(theme)
    totals = base.mark_text(align="right", fontSize=12, fontWeight=600, font=bold)
    errors = base.mark_text(align="left", fontSize=10.5, color=colours.muted)
    # An unseen line from edge to edge keeps the width, however short the names are.
    edges = base.mark_rule(opacity=0).encode(x=x_at(left), x2=x2_at(bars + ENDS))
    return [
        edges,
        names.encode(x=x_at(left + 16), text=alt.Text("option:N")),
        marks,
        spans,
        totals.encode(x=x_at(bars + 34), text=alt.Text("whole:N"), color=ink),
        errors.encode(x=x_at(bars + 40), text=alt.Text("give:N")),
    ]


def _status_quo_line(evaluation: Evaluation, theme: Theme) -> list[Any]:
    """A dashed line with its name above it; nothing where there is no status quo."""
    import altair as alt  # noqa: PLC0415

    status_quo = evaluation.question.status_quo
    if status_quo is None:
        return []
    score = float(evaluation.scores[evaluation.index(status_quo.id)])
    name = shown(theme)(status_quo.label)
    base = alt.Chart(rows_of([{"score": score, "option": name}])).encode(x=alt.X("score:Q"))
    ink = COLOURS[theme].ink
    return [
        base.mark_rule(strokeDash=[3, 3], strokeWidth=1.2, color=ink, opacity=0.75),
        base.mark_text(fontSize=10.5, color=ink, limit=room_for([name], 160)).encode(
            y=y_at(-7), text=alt.Text("option:N")
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


def _bar_room(rows: list[dict[str, Any]], width: int) -> int:
    """The width left for bars once the longest name has its room; names take a third at most."""
    longest = max(len(row["name"]) for row in rows) * LETTER + 30
    return width - ENDS - round(min(width / 3, max(NARROWEST, longest)))


def _end_of_axis(rows: list[dict[str, Any]]) -> int:
    """The next ten above every score and its error; never beyond what a score can be, 100."""
    furthest = max(row["score"] + row["error"] for row in rows)
    return min(100, max(10, int(np.ceil(furthest / 10)) * 10))


def _axis(colours: Colours) -> Any:
    tens = list(range(0, 101, 10))
    title = "Score, points out of 100"
    return quiet_axis(colours, title, orient="bottom", values=tens, **grid(colours))


def _legend(names: list[str], colours: Colours) -> Any:
    import altair as alt  # noqa: PLC0415

    # Segments go by number, since two branches may share a name; the legend puts the names back.
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
        labelLimit=room_for(names, 150),
        labelExpr=f"{_literal(names)}[datum.value]",
    )


def _literal(names: list[str]) -> str:
    """A list of strings as a literal that Vega's expression language reads as nothing but data.

    All but plain letters and digits become escapes of their UTF-16 units, so no name ends a string.
    """

    def escaped(name: str) -> str:
        plain = {c: c for c in name if c.isascii() and c.isalnum()}
        return "".join(plain.get(c) or _utf16_escape(c) for c in name)

    return "[" + ",".join(f"'{escaped(name)}'" for name in names) + "]"


def _utf16_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[k : k + 4]}" for k in range(0, len(units), 4))


def steps(colours: Colours, count: int) -> list[str]:
    """Colours of even steps in lightness, the first branch the strongest."""
    shares = np.linspace(0, 1, count) if count > 1 else np.array([0.35])
    first, last = np.array(colours.darkest), np.array(colours.lightest)
    mixed = [np.rint(first + share * (last - first)).astype(int).tolist() for share in shares]
    return ["#{:02x}{:02x}{:02x}".format(*rgb) for rgb in mixed]


def shown(theme: Theme) -> Any:
    """Only the print theme is bound to certain fonts; a browser has others to fall back on."""
    return partial(safe_text, also=coverage(_FONTS.get())) if theme == "print" else _uncut


_NEVER_CUT, _ONE_UNIT = 6, 0xFFFF
"""Characters that fit into every limit of width here, and the last that is one UTF-16 unit."""


def _uncut(text: str) -> str:
    """The text; where it may be too long for its place, without characters of two UTF-16 units.

    Vega shortens what is too long by units, and fails on half an emoji.
    """
    if len(text) <= _NEVER_CUT:
        return text
    return "".join(c if ord(c) <= _ONE_UNIT else safe_text(c) for c in text)


def font(theme: Theme) -> str:
    if theme != "print":
        return "IBM Plex Sans, Source Sans, sans-serif"
    return ", ".join(["IBM Plex Sans", *(_quoted(given.family) for given in _FONTS.get())])


def _quoted(family: str) -> str:
    """A family as style sheets want it, whatever is in its name."""
    return "'" + "".join(c for c in family if c.isalnum() or c in " -_.") + "'"
