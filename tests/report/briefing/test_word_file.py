"""The Word copy says what the document says, with real headings, tables and alternative texts."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from dashboard.model.question import Question
from dashboard.report.briefing.brief import Findings
from dashboard.report.briefing.content import document_of
from dashboard.report.briefing.document import Document, Figure, Heading, Items, Paragraph, Table
from dashboard.report.briefing.figures import figure_png
from dashboard.report.briefing.word_file import COPY_NOTE, word_docx
from dashboard.report.briefing.word_parts import clean
from tests.report.briefing.briefs import HOSTILE, found
from tests.report.questions import make_question

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def word_of(made: Findings) -> tuple[Document, Any]:
    document = document_of(made)
    charts = {block.chart: PNG for block in document.blocks() if isinstance(block, Figure)}
    return document, docx.Document(io.BytesIO(word_docx(document, charts)))


@pytest.fixture(scope="module")
def full(shipped: Question) -> tuple[Document, Any]:
    return word_of(found(shipped, "ukraine", length="full", author="Desk officer"))


def test_headings_are_those_of_the_document_in_order(full: tuple[Document, Any]) -> None:
    document, word = full
    levels = {"Title": 0, "Heading 1": 1, "Heading 2": 2}
    have = [(levels[p.style.name], p.text) for p in word.paragraphs if p.style.name in levels]
    want = [(0, clean(document.headline))]
    for section in document.sections:
        want.append((1, clean(f"{section.kicker}: {section.title}")))
        inner = Document("", (), "", (), (section,), document.footer, document.day).blocks()
        want += [(2, clean(block.text)) for block in inner if isinstance(block, Heading)]
    assert have == want


def test_every_table_has_its_header_row_name_and_cells(full: tuple[Document, Any]) -> None:
    document, word = full
    tables = [block for block in document.blocks() if isinstance(block, Table)]
    assert len(word.tables) == len(tables)
    for made, table in zip(word.tables, tables, strict=True):
        assert made._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == clean(table.name)
        heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in made.rows]
        extra = 2 if table.second_head else 1
        assert heads == [True] * extra + [False] * (len(heads) - extra)
        assert len(made.rows) == extra + len(table.rows) + bool(table.foot)
    first = [cell.text for cell in word.tables[0].rows[2].cells]
    assert first[1].startswith("\u25cf Status quo")
    assert first[2] == "48\n±4"


def test_every_sentence_of_the_document_is_there(full: tuple[Document, Any]) -> None:
    document, word = full
    have = [paragraph.text for paragraph in word.paragraphs]
    for block in document.blocks():
        if isinstance(block, Paragraph):
            assert clean("".join(run.text for run in block.runs)) in have
        if isinstance(block, Items):
            for item in block.items:
                assert clean("".join(run.text for run in item)) in have
    assert have[-1] == COPY_NOTE


def test_pictures_have_their_alternative_texts(full: tuple[Document, Any]) -> None:
    document, word = full
    want = [clean(block.alt) for block in document.blocks() if isinstance(block, Figure)]
    have = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert have == want
    assert len(want) == 4


def test_footer_says_what_it_is_on_every_page(full: tuple[Document, Any]) -> None:
    document, word = full
    text = "\n".join(paragraph.text for paragraph in word.sections[0].footer.paragraphs)
    for part in ("Open sources only", "Author: Desk officer", "4 March 2026", "version 1.2.3"):
        assert part in text
    assert document.footer.question in text
    fields = word.sections[0].footer._element.iter(qn("w:fldSimple"))
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE", "NUMPAGES"]


def test_numbered_lists_begin_at_one_each(full: tuple[Document, Any]) -> None:
    _, word = full
    numbered = [p for p in word.paragraphs if p.style.name == "List Number"]
    assert numbered
    assert len({p._p.pPr.numPr.numId.val for p in numbered}) == 1


def test_equal_input_gives_equal_bytes_and_no_clock(shipped: Question) -> None:
    document = document_of(found(shipped, "finance"))
    one, two = (word_docx(document, {"ranking": PNG}) for _ in range(2))
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "2026-03-04T00:00:00Z" in core
    assert core.count("2026-03-04") == 2


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_no_name_breaks_the_file_or_becomes_mark_up(name: str) -> None:
    question = make_question(
        {"a": [5.0, 4.0], "b": [3.0, 6.0]}, names={"a": name}, title=f"{name} \x0b title"
    )
    _, word = word_of(found(question, length="full"))
    texts = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert any(clean(name) in text for text in texts)
    instructions = word.element.body.iter(qn("w:instrText"), qn("w:fldSimple"))
    assert list(instructions) == []


def test_pictures_are_the_charts(shipped: Question) -> None:
    assert figure_png(found(shipped, "ukraine"), "ranking").startswith(b"\x89PNG")
