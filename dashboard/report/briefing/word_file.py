"""The briefing as a Word file, for those who must edit: the same blocks, headings and tables.

It says what the PDF says, and no more. Texts become runs, never fields or mark-up.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from dashboard.report.briefing import word_parts as parts
from dashboard.report.briefing.document import (
    Block,
    Columns,
    Document,
    Facts,
    Figure,
    Fitting,
    Heading,
    Items,
    Paragraph,
    Section,
    Table,
    runs,
    strong,
)

COPY_NOTE = (
    "This Word copy is for editing. It carries no data: only the PDF opens again in the dashboard "
    "and can be verified."
)
NOT_DRAWN = "A chart stands here in words, since no font at hand has its letters."
_WHEN = (1980, 1, 1, 0, 0, 0)
"""Of the files inside: the earliest a ZIP can say, so that equal content gives equal bytes."""


def word_docx(document: Document, charts: Mapping[str, bytes]) -> bytes:
    """A document as .docx.

    Parameters
    ----------
    charts : PNG by the name of the figure; one that is not there is told in words.
    """
    import docx  # noqa: PLC0415  (no other page or command needs it)

    word = docx.Document()
    parts.page(word)
    parts.styles(word)
    _properties(word, document)
    parts.footer(word, document.footer)
    writer = _Writer(word, charts)
    parts.write_runs(word.add_paragraph(style="Quote"), document.eyebrow)
    word.add_heading(parts.clean(document.headline), level=0)
    writer.blocks(document.front)
    for section in document.sections:
        writer.section(section)
    word.add_paragraph(COPY_NOTE, style="Caption")
    made = io.BytesIO()
    word.save(made)
    return _repacked(made.getvalue())


def _properties(word: Any, document: Document) -> None:
    held, day = word.core_properties, datetime.datetime(*document.day, tzinfo=datetime.UTC)
    held.title = parts.clean(document.title)[:255]
    held.author = parts.clean(document.footer.people.partition(", ")[0])
    held.subject = parts.clean(document.footer.marking)
    held.comments, held.last_modified_by, held.language = "", "", "en-GB"
    held.created = held.modified = held.last_printed = day
    held.revision = 1


class _Writer:
    """Writes blocks one below the other: what stands side by side in the PDF follows in turn."""

    def __init__(self, word: Any, charts: Mapping[str, bytes]) -> None:
        self.word = word
        self.charts = charts
        self.setters: Mapping[type, Callable[[Any], None]] = {
            Paragraph: self._paragraph,
            Heading: lambda block: self._heading(block.text, 2),
            Facts: self._facts,
            Items: self._items,
            Table: lambda block: parts.write_table(self.word, block),
            Figure: self._figure,
            Columns: self._columns,
            Fitting: lambda _: None,  # an annex says it all
        }

    def section(self, section: Section) -> None:
        heading = self._heading(f"{section.kicker}: {section.title}", 1)
        heading.paragraph_format.page_break_before = section.new_page
        self.blocks(section.blocks)

    def blocks(self, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            self.setters[type(block)](block)

    def _heading(self, text: str, level: int) -> Any:
        return self.word.add_heading(parts.clean(text), level=level)

    def _paragraph(self, block: Paragraph) -> None:
        style = {"lead": "Intense Quote", "small": "Caption", "body": "Normal"}[block.size]
        paragraph = self.word.add_paragraph(style=style)
        parts.write_runs(paragraph, block.runs)
        if block.bar:
            parts.bar(paragraph, parts.INK if block.bar == "ink" else parts.ACCENT)

    def _facts(self, block: Facts) -> None:
        for label, text in block.rows:
            paragraph = self.word.add_paragraph()
            paragraph.add_run(f"{parts.clean(label)}: ").bold = True
            paragraph.add_run(parts.clean(text))

    def _items(self, block: Items) -> None:
        number = parts.new_list(self.word) if block.ordered else None
        for item in block.items:
            style = "List Number" if block.ordered else "List Bullet"
            paragraph = self.word.add_paragraph(style=style)
            parts.write_runs(paragraph, item)
            if number is not None:
                parts.count_with(paragraph, number)

    def _figure(self, block: Figure) -> None:
        if block.chart not in self.charts:
            self._paragraph(Paragraph(runs(strong(NOT_DRAWN), f" {block.alt}"), size="small"))
            return
        import docx.shared  # noqa: PLC0415

        width = docx.shared.Mm(round(parts.TEXT_MM * block.width))
        picture = self.word.add_picture(io.BytesIO(self.charts[block.chart]), width=width)
        told = picture._inline.docPr  # noqa: SLF001  (the library has no other way to it)
        told.set("descr", parts.clean(block.alt))
        told.set("title", parts.clean(block.chart))

    def _columns(self, block: Columns) -> None:
        for part in block.parts:
            self.blocks(part)


def _repacked(content: bytes) -> bytes:
    """The same files in a fixed order, of a fixed day."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        # What says the kinds of all others has to come first.
        names = sorted(given.namelist(), key=lambda name: (not name.startswith("["), name))
        for name in names:
            held = given.read(name)
            if name == "docProps/core.xml":
                held = re.sub(rb"<cp:lastPrinted>.*?</cp:lastPrinted>", b"", held)
            packed.writestr(zipfile.ZipInfo(name, _WHEN), held, zipfile.ZIP_DEFLATED)
    return made.getvalue()
