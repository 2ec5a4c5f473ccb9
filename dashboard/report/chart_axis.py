"""The quiet axis that our bar charts share: figures and a title, no line and no ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashboard.report.charts import Colours


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
