"""The briefing as a PDF that can be handed to a minister's office, and as images of its pages.

Text of the question reaches Typst only as JSON strings, which the template sets as text: it can
never become mark-up or code. Nothing is read but the template, the bundled fonts and those that
were given; equal input gives equal bytes.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.model.errors import InputError
from dashboard.report.briefing.brief import Findings
from dashboard.report.briefing.content import document_of
from dashboard.report.briefing.document import Document, Figure, Table
from dashboard.report.briefing.figures import drawn_names, figure_svg
from dashboard.report.charts import FONTS
from dashboard.report.extra_fonts import FontName, coverage, font_folders
from dashboard.report.safe_text import (
    WAY_OUT,
    Coverage,
    breakable,
    is_code_inside,
    lacking,
    right_to_left,
    safe_text,
    unprintable_words,
)
from dashboard.report.save_file.contents import save_files

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).with_name("briefing.typ")
PREVIEW_DPI = 110.0


def briefing_pdf(findings: Findings) -> bytes:
    """The briefing as PDF/UA-1 and PDF/A-3a, with all that it was made from attached.

    Raises
    ------
    InputError : it has words that the fonts cannot show, or is set in a font that was not given.
    """
    document, fonts = document_of(findings), findings.brief.layout.fonts
    refuse_unprintable(findings, document)
    with ThreadPoolExecutor(1) as beside:
        # Charts are drawn outside of Python, so both cores have something to do meanwhile.
        attached = beside.submit(save_files, findings)
        charts = charts_of(findings, document)
    return typeset_pdf(document, charts, attached.result(), fonts)


def refuse_unprintable(findings: Findings, document: Document) -> None:
    """Refuse words that a PDF could only show as codes, before anything is drawn.

    Raises
    ------
    InputError : there are some, or the briefing is set in a font that was not given.
    """
    also = coverage(findings.brief.layout.fonts)
    texts = [*_texts(document), *drawn_names(findings.question)]
    words = [word for text in texts for word in unprintable_words(text, also)]
    if words:
        raise InputError.one("briefing (PDF)", None, lacking(words), WAY_OUT)


def _texts(value: Any, key: str = "") -> Iterator[str]:
    """Every text of a document that a reader sees or hears."""
    if isinstance(value, str):
        if key not in _OURS:
            yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _texts(getattr(value, field.name), field.name)
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part, key)


def typeset_pdf(
    document: Document,
    charts: Mapping[str, str],
    attached: Mapping[str, bytes],
    fonts: tuple[FontName, ...] = (),
) -> bytes:
    """A document as a PDF.

    Parameters
    ----------
    charts : SVG by the name of the figure.
    attached : files to attach, by name.
    fonts : those beside the bundled ones.
    """
    import typst  # noqa: PLC0415  (with Altair and vl-convert it would slow every start)

    midnight = datetime.datetime(*document.day, tzinfo=datetime.UTC)
    pdf: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=_fonts(fonts),
        sys_inputs=_inputs(document, charts, attached, fonts),
        pdf_standards=["ua-1", "a-3a"],
        timestamp=int(midnight.timestamp()),
    )
    return pdf


def page_images(
    document: Document,
    charts: Mapping[str, str],
    dpi: float = PREVIEW_DPI,
    fonts: tuple[FontName, ...] = (),
) -> list[bytes]:
    """Each page as a PNG, as it will be in the PDF."""
    import typst  # noqa: PLC0415

    made: bytes | list[bytes] = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=_fonts(fonts),
        sys_inputs=_inputs(document, charts, {}, fonts),
        format="png",
        ppi=dpi,
    )
    return [made] if isinstance(made, bytes) else made


def charts_of(findings: Findings, document: Document) -> dict[str, str]:
    """The charts that a document shows, as SVG by name."""
    wanted = [block.chart for block in document.blocks() if isinstance(block, Figure)]
    with ThreadPoolExecutor(2) as pool:
        drawn = list(pool.map(lambda name: figure_svg(findings, name), wanted))
    return dict(zip(wanted, drawn, strict=True))


@cache
def _fonts(also: tuple[FontName, ...]) -> typst.Fonts:
    import typst  # noqa: PLC0415

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(FONTS), *map(str, font_folders(also))],
    )


def _inputs(
    document: Document,
    charts: Mapping[str, str],
    attached: Mapping[str, bytes],
    fonts: tuple[FontName, ...],
) -> dict[str, str]:
    """What the template reads: all text of the document, and which charts and files there are."""
    names = list(charts)
    files = [_attachment(name) for name in attached]
    content = {**_typesettable(document, coverage(fonts)), "charts": names, "files": files}
    content["fonts"] = [font.family for font in fonts]
    inputs = {"content": json.dumps(content, ensure_ascii=False)}
    inputs |= {f"chart-{k}": charts[name] for k, name in enumerate(names)}
    inputs |= {f"file-{k}": attached[name].decode() for k, name in enumerate(attached)}
    return inputs


def _attachment(name: str) -> dict[str, str]:
    """What the PDF says of a file; results follow from the rest, which is what they come from."""
    results = name == "results.json"
    return {
        "name": name,
        "type": "application/json" if name.endswith(".json") else "application/yaml",
        "relation": "data" if results else "source",
        "description": "Results at full precision" if results else "What the results come from",
    }


_OURS = {"kind", "id", "chart", "colour", "mark", "align", "size", "bar", "tells"}
"""Keys whose texts are names of ours, which no reader sees."""

_SPOKEN = {"title", "alt"}
"""Keys of texts that are never broken: they go into the properties of the file, or are spoken."""


def _typesettable(document: Document, also: Coverage) -> dict[str, Any]:
    """The document as plain data in which every text is safe to set."""
    content: dict[str, Any] = _plain(document, also)
    content["coded"] = is_code_inside(json.dumps(content, ensure_ascii=False))
    return content


def _plain(value: Any, also: Coverage, key: str = "") -> Any:
    """Records as dicts with their kind, without what is at its default."""
    if isinstance(value, str):
        if key in _OURS:
            return value
        if key in _SPOKEN:
            return safe_text(value, also)
        shown = breakable(safe_text(value, also))
        return right_to_left(shown) if also else shown
    if is_dataclass(value) and not isinstance(value, type):
        held: dict[str, Any] = {"kind": type(value).__name__.lower()}
        for field in fields(value):
            found = getattr(value, field.name)
            if found != field.default:
                held[field.name] = _plain(found, also, field.name)
        if isinstance(value, Table) and value.together:
            held["together"] = True
        return held
    if isinstance(value, tuple):
        return [_plain(part, also, key) for part in value]
    return value
