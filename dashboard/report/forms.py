"""The forms in which a briefing is taken along, each made from what was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dashboard.report.briefing.brief import Findings

Progress = Callable[[float, str], None]
"""Told the share that is done, from 0 to 1, and what is made next; may raise, to end the making."""


class Form(NamedTuple):
    """``label`` : what a button says. ``kind`` : the media type of the file.

    ``make`` : the file; what takes seconds tells how far it is.
    """

    label: str
    ending: str
    kind: str
    make: Callable[[Findings, Progress | None], bytes]


def _pdf(findings: Findings, _: Progress | None = None) -> bytes:
    # Typst, Altair and the like are imported with the first document, not with the first page.
    from dashboard.report.briefing.pdf import briefing_pdf  # noqa: PLC0415

    return briefing_pdf(findings)


def _word(findings: Findings, _: Progress | None = None) -> bytes:
    from dashboard.report.briefing.content import document_of  # noqa: PLC0415
    from dashboard.report.briefing.document import Figure  # noqa: PLC0415
    from dashboard.report.briefing.figures import can_be_drawn, figure_png  # noqa: PLC0415
    from dashboard.report.briefing.word_file import word_docx  # noqa: PLC0415

    document = document_of(findings, explained=True)
    wanted = [block.chart for block in document.blocks() if isinstance(block, Figure)]
    if not can_be_drawn(findings):
        wanted = []
    return word_docx(document, {name: figure_png(findings, name) for name in wanted})


def _excel(findings: Findings, _: Progress | None = None) -> bytes:
    from dashboard.report.workbook.workbook import workbook_xlsx  # noqa: PLC0415

    return workbook_xlsx(findings)


def _everything(findings: Findings, progress: Progress | None = None) -> bytes:
    from dashboard.report.archive import archive_zip  # noqa: PLC0415

    documents = {"briefing.pdf": _pdf, "briefing.docx": _word, "briefing.xlsx": _excel}
    return archive_zip(findings, documents, progress)


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS = (
    Form("PDF", ".pdf", "application/pdf", _pdf),
    Form("Word", ".docx", f"{_OFFICE}.wordprocessingml.document", _word),
    Form("Excel", ".xlsx", f"{_OFFICE}.spreadsheetml.sheet", _excel),
    Form("All, with charts and tables (ZIP)", ".zip", "application/zip", _everything),
)
