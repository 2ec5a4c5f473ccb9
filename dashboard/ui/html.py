"""Small pieces of HTML for st.html. Whatever comes from a file or a person is escaped here."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from dashboard.model.overrides import OverriddenScore
from dashboard.model.palette import Look
from dashboard.report.override_words import NO_REASON

_PALER, _PALEST = 0.66, 6
"""How much of an option's colour is left from one rank to the next, and the least, in per cent."""


class Markup(str):
    """Text that is HTML already; anything else is escaped before it is put into a page."""

    __slots__ = ()


def text(value: object) -> Markup:
    """Escaped, unless it is markup already."""
    return value if isinstance(value, Markup) else Markup(html.escape(str(value)))


def element(tag: str, *children: object, **attributes: object) -> Markup:
    """An element; ``class_`` and the like drop the underscore, others turn it into a hyphen."""
    given = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{html.escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{tag}{given}>{''.join(text(child) for child in children)}</{tag}>")


def joined(parts: Iterable[object], separator: str = "") -> Markup:
    return Markup(separator.join(text(part) for part in parts))


def mark(look: Look) -> Markup:
    """A proposal's mark alone; pages drop inline drawings, so its outline comes from the style."""
    return element("span", class_=f"cw-mark {look.mark}", style=colours(look), aria_hidden="true")


def range_bar(least: float, value: float, most: float, look: Look) -> Markup:
    """A band on its scale from 0 to 100, better to the right, with a tick at the likely value."""
    band = element("i", style=f"left:{least:.1f}%;width:{most - least:.1f}%")
    tick = element("b", style=f"left:{value:.1f}%")
    return element("span", band, tick, class_="cw-range", style=colours(look), aria_hidden="true")


def rank_bar(shares: Sequence[float], look: Look) -> Markup:
    """Shares of ranks side by side, the first rank in the full colour and each next one paler."""
    parts = joined(
        element("i", style=f"width:{share * 100:.2f}%;--strength:{strength}%")
        for share, strength in zip(shares, strengths(len(shares)), strict=True)
        if share > 0
    )
    return element("span", parts, class_="cw-ranks", style=colours(look), aria_hidden="true")


def strengths(steps: int) -> list[int]:
    """Paler from all of the colour on: steps that look alike, since the eye sees by ratios."""
    return [max(_PALEST, round(100 * _PALER**step)) for step in range(steps)]


def colours(look: Look) -> str:
    """Both colours of a proposal, for the style of an element; the theme picks one."""
    return f"--light:{look.light};--dark:{look.dark}"


def table(
    head: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    caption: str,
    numeric: Sequence[int] = (),
    class_: str = "",
) -> Markup:
    """A table whose first column names the row; it scrolls inside its own region when too wide."""
    classes = ["num" if index in numeric else None for index in range(len(head))]
    header = joined(
        element("th", cell, scope="col", class_=classes[index]) for index, cell in enumerate(head)
    )
    body = joined(_row(row, classes) for row in rows)
    whole = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", header)),
        element("tbody", body),
    )
    return element(
        "div",
        whole,
        class_=f"cw-table {class_}".strip(),
        role="region",
        tabindex="0",
        aria_label=caption,
    )


def _row(row: Sequence[object], classes: Sequence[str | None]) -> Markup:
    """A row; one of a single cell is the heading of the rows that follow."""
    if len(row) == 1:
        return element(
            "tr", element("th", row[0], scope="colgroup", colspan=len(classes)), class_="cw-group"
        )
    cells = (element("td", cell, class_=classes[index]) for index, cell in enumerate(row[1:], 1))
    return element("tr", element("th", row[0], scope="row"), *cells)


def reason_markup(held: OverriddenScore) -> Markup:
    """A reader's reason as a quotation; that there is none, in the look of a remark."""
    if held.override.reason:
        return element("q", held.override.reason, class_="cw-said")
    return element("em", NO_REASON, class_="cw-soft")


def address_link(address: str) -> Markup:
    """A link to a public source as it is written in the question, without its scheme."""
    if " " in address:
        return text(address)
    return element(
        "a", address, href=f"https://{address}", target="_blank", rel="noopener noreferrer"
    )
