"""What our charts share: rows, places in pixels, and the quiet axis of bars, without a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

    from dashboard.report.charts import Colours


def rows_of(rows: Iterable[Mapping[str, Any]]) -> alt.InlineData:
    """Data of a chart. Altair copies a list again with each step of a chart, but not a tuple."""
    import altair as alt  # noqa: PLC0415

    return alt.InlineData(values=tuple(rows))


# What ``alt.value`` makes Altair looks up in all of its schema, which takes a fifth of a chart.
def x_at(pixels: float) -> Any:
    """A place along the chart, from its left edge."""
    import altair as alt  # noqa: PLC0415

    return alt.XValue(pixels)  # type: ignore[no-untyped-call]


def x2_at(pixels: float) -> Any:
    """The other end of what begins at ``x_at``."""
    import altair as alt  # noqa: PLC0415

    return alt.X2Value(pixels)  # type: ignore[no-untyped-call]


def y_at(pixels: float) -> Any:
    """A place down the chart, from its upper edge."""
    import altair as alt  # noqa: PLC0415

    return alt.YValue(pixels)  # type: ignore[no-untyped-call]


def quiet_axis(colours: Colours, title: str, **more: Any) -> Any:
    """An Altair axis; ``more`` adds what one chart has beside the others."""
    import altair as alt  # noqa: PLC0415

    return alt.Axis(
        title=title,
        domain=False,
        ticks=False,
        labelColor=colours.muted,
        titleColor=colours.muted,
        labelFontSize=10.5,
        titleFontSize=10.5,
        titleFontWeight="normal",
        titleAnchor="start",
        **more,
    )


def grid(colours: Colours) -> dict[str, Any]:
    """Lines behind the bars, for an axis that is read off."""
    return {"grid": True, "gridColor": colours.line, "gridOpacity": 0.6}
