"""The forms in which a briefing is taken along, each made from what was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dashboard.report.briefing.brief import Findings


class Form(NamedTuple):
    """``label`` : what a button says. ``kind`` : the media type of the file."""

    label: str
    ending: str
    kind: str
    make: Callable[[Findings], bytes]


def _pdf(findings: Findings) -> bytes:
    # Typst, Altair and the like are imported with the first document, not with the first page.
    from dashboard.report.briefing.pdf import briefing_pdf  # noqa: PLC0415

    return briefing_pdf(findings)


FORMS = (Form("PDF", ".pdf", "application/pdf", _pdf),)
