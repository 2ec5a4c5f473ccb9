"""Pieces of a Word file: page, styles, footer, runs, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dashboard.report.briefing.document import Cell, Column, Footer, Run, Table

FONT, INK, MUTED, ACCENT, TINT = "Calibri", "16202B", "56606B", "0B5FA5", "EAF1F8"
MARGIN_MM, TEXT_MM = 19, 172
"""Of an A4 page, 210 mm wide."""

_REFUSED = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKS = {
    "circle": "\u25cf",
    "square": "\u25a0",
    "diamond": "\u25c6",
    "cross": "\u271a",
    "triangle-up": "\u25b2",
    "triangle-down": "\u25bc",
    "triangle-right": "\u25b6",
    "triangle-left": "\u25c0",
}


def clean(text: str) -> str:
    """The text in one line; what XML refuses stands as its code."""
    return _REFUSED.sub(lambda found: f"[U+{ord(found[0]):04X}]", " ".join(text.split(" ")))


def page(word: Any) -> None:
    """A4 with the margins of the PDF."""
    from docx.shared import Mm  # noqa: PLC0415

    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin, section.bottom_margin = Mm(16), Mm(20)


def styles(word: Any) -> None:
    """The look of the PDF on Word's own styles: whoever edits can change it in one place."""
    sizes = {
        "Normal": (9.5, INK, False),
        "Title": (18, INK, True),
        "Heading 1": (12, ACCENT, True),
        "Heading 2": (10, INK, True),
        "Caption": (8, MUTED, False),
        "Quote": (8.5, MUTED, False),
        "Intense Quote": (11.5, INK, False),
        "List Bullet": (9.5, INK, False),
        "List Number": (9.5, INK, False),
    }
    for name, (size, colour, bold) in sizes.items():
        _style(word.styles[name], size, colour, bold=bold)
    _set(word.styles["Normal"].element.get_or_add_rPr(), "w:lang", {"w:val": "en-GB"})


def _style(style: Any, size: float, colour: str, *, bold: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    font, space = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(_name(f"w:{theme}"), None)
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(_name(f"w:{kind}"), FONT)
    space.space_before, space.space_after = Pt(9 if bold else 0), Pt(4)
    space.left_indent = space.left_indent if style.name.startswith("List") else Pt(0)
    space.right_indent, space.alignment = Pt(0), WD_ALIGN_PARAGRAPH.LEFT
    given = style.element.get_or_add_pPr()
    for border in given.findall(_name("w:pBdr")):
        given.remove(border)


def footer(word: Any, given: Footer) -> None:
    """The lines that stand on every page, with fields for its number."""
    from docx.shared import Pt  # noqa: PLC0415

    held = word.sections[0].footer
    identity = (
        f"version {given.version} \u00b7 question {given.question} \u00b7 inputs {given.inputs}"
    )
    lines = (
        f"{given.marking} \u00b7 {given.title}",
        f"{given.people} \u00b7 {given.date} \u00b7 {identity}",
        "The tool informs and does not decide. Page ",
    )
    paragraphs = [held.paragraphs[0], held.add_paragraph(), held.add_paragraph()]
    for paragraph, text in zip(paragraphs, lines, strict=True):
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(clean(text)).font.size = Pt(7.5)
    last = paragraphs[-1]
    last._p.append(_field("PAGE"))  # noqa: SLF001
    last.add_run(" of ").font.size = Pt(7.5)
    last._p.append(_field("NUMPAGES"))  # noqa: SLF001


def _field(instruction: str) -> Any:
    """A simple field: only ever one of ours."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    field = OxmlElement("w:fldSimple")
    field.set(_name("w:instr"), instruction)
    run, properties = OxmlElement("w:r"), OxmlElement("w:rPr")
    _set(properties, "w:sz", {"w:val": "15"})
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.extend([properties, shown])
    field.append(run)
    return field


def write_runs(paragraph: Any, given: Sequence[Run]) -> None:
    for one in given:
        run = paragraph.add_run(clean(one.text))
        run.bold = one.bold or None
        if one.muted:
            _colour(run, MUTED)


def bar(paragraph: Any, colour: str) -> None:
    """A line at the left of a paragraph that must not be overlooked."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    borders = OxmlElement("w:pBdr")
    line = {"w:val": "single", "w:sz": "18", "w:space": "6", "w:color": colour}
    _set(borders, "w:left", line)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001


def _colour(run: Any, colour: str) -> None:
    from docx.shared import RGBColor  # noqa: PLC0415

    run.font.color.rgb = RGBColor.from_string(colour)


# ------------------------------------------------------------------------------ lists


def new_list(word: Any) -> int:
    """A numbering of its own that begins at 1."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    numbering = word.part.numbering_part.numbering_definitions._numbering  # noqa: SLF001
    style = word.styles["List Number"].element
    abstract = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
    number = numbering.add_num(abstract)
    override = number.add_lvlOverride(ilvl=0)
    start = OxmlElement("w:startOverride")
    start.set(_name("w:val"), "1")
    override.append(start)
    identifier: int = number.numId
    return identifier


def count_with(paragraph: Any, number: int) -> None:
    """Make a paragraph count in a list."""
    held = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
    held.get_or_add_ilvl().val = 0
    held.get_or_add_numId().val = number


# ------------------------------------------------------------------------------ tables


def write_table(word: Any, table: Table) -> None:
    """A table with a repeated header row, named for who hears it."""
    from docx.shared import Pt  # noqa: PLC0415

    heads = [[Cell(c.head, below=c.unit, bold=c.bold, muted=not c.bold) for c in table.columns]]
    heads += [list(table.second_head)] if table.second_head else []
    body = [list(row) for row in table.rows] + ([list(table.foot)] if table.foot else [])
    made = word.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    made.autofit = False
    _set(made._tbl.tblPr, "w:tblCaption", {"w:val": clean(table.name)})  # noqa: SLF001
    _borders(made)
    widths = _widths(table.columns)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for place, cells in enumerate([*heads, *body]):
        row = made.add_row()
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001
        _set(properties, "w:cantSplit", {})
        if place < len(heads):
            _set(properties, "w:tblHeader", {})
        for cell, held, column, width in zip(cells, row.cells, table.columns, widths, strict=True):
            held.width = width
            _write_cell(held, cell, column, head=place < len(heads))
    word.add_paragraph().paragraph_format.space_after = Pt(2)


def _widths(columns: Sequence[Column]) -> list[int]:
    """Shares of the text's width; a column as wide as its text takes a fixed part."""
    from docx.shared import Mm  # noqa: PLC0415

    narrow = sum(column.width is None for column in columns)
    left = TEXT_MM - 13 * narrow
    shares = sum(column.width or 0 for column in columns) or 1
    return [Mm(13) if c.width is None else Mm(round(left * c.width / shares, 1)) for c in columns]


def _write_cell(held: Any, cell: Cell, column: Column, *, head: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = held.paragraphs[0]
    sides = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}
    paragraph.alignment = sides.get(column.align, WD_ALIGN_PARAGRAPH.LEFT)
    paragraph.paragraph_format.space_after = Pt(0)
    size = 8 if cell.small or head else 9
    if cell.mark:
        mark = paragraph.add_run(f"{_MARKS.get(cell.mark, _MARKS['circle'])} ")
        _colour(mark, cell.colour.lstrip("#").upper())
        mark.font.size = Pt(size)
    colour = MUTED if cell.muted else ACCENT if cell.accent else INK
    pieces = (
        (cell.text, cell.bold, colour, size, False),
        (f": {cell.after}" if cell.after else "", False, INK, size, False),
        (f" {cell.note}" if cell.note else "", False, MUTED, 7.5, True),
    )
    for text, bold, ink, points, italic in pieces:
        if text:
            _piece(paragraph, text, bold=bold, ink=ink, size=points, italic=italic)
    if cell.below:
        paragraph.add_run().add_break()
        _piece(paragraph, cell.below, bold=False, ink=MUTED, size=7.5, italic=False)
    if column.tint:
        fill = {"w:val": "clear", "w:color": "auto", "w:fill": TINT}
        _set(held._tc.get_or_add_tcPr(), "w:shd", fill)  # noqa: SLF001


def _piece(paragraph: Any, text: str, *, bold: bool, ink: str, size: float, italic: bool) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    run = paragraph.add_run(clean(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    _colour(run, ink)


def _borders(made: Any) -> None:
    """Hairlines between rows and nothing else, as in the PDF."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "C4CBD3"}
        _set(borders, f"w:{side}", line)
    for side in ("left", "right", "insideV"):
        _set(borders, f"w:{side}", {"w:val": "nil"})
    made._tbl.tblPr.append(borders)  # noqa: SLF001


# ------------------------------------------------------------------------------ XML


def _name(tag: str) -> str:
    from docx.oxml.ns import qn  # noqa: PLC0415

    found: str = qn(tag)
    return found


def _set(parent: Any, tag: str, values: dict[str, str]) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415

    made = OxmlElement(tag)
    for key, value in values.items():
        made.set(_name(key), value)
    parent.append(made)
