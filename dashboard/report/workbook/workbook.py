"""The briefing as an Excel workbook whose ranks follow when points are changed.

Equal input gives equal bytes: the only date in the file is that of the briefing.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from typing import NamedTuple

from dashboard.report.briefing import words
from dashboard.report.briefing.brief import Findings
from dashboard.report.briefing.content import marking_of
from dashboard.report.fingerprint import FINGERPRINT_DIGITS, input_fingerprint
from dashboard.report.override_words import overrides_line
from dashboard.report.safe_text import shorten
from dashboard.report.workbook import live_sheets, record_sheets
from dashboard.report.workbook.sheet import Looks, Sheet, cell_text, footer_text


class _Held(NamedTuple):
    """A sheet: its name, what it holds and how it is written."""

    name: str
    purpose: str
    write: Callable[[Sheet, Findings], None]


def workbook_xlsx(findings: Findings) -> bytes:
    """The workbook as the bytes of an .xlsx file."""
    import xlsxwriter  # noqa: PLC0415  (only who exports needs it)

    made = io.BytesIO()
    unread = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(made, {"in_memory": True, **unread})
    date = findings.brief.layout.date
    context = findings.question.context
    book.set_properties(
        {
            "title": cell_text(shorten(context.title, 200)),
            "subject": cell_text(
                shorten(marking_of(findings.question, findings.brief.layout), 200)
            ),
            "author": cell_text(shorten(findings.brief.layout.author or "", 200)),
            "comments": cell_text(context.disclaimer),
            "created": datetime.datetime(date.year, date.month, date.day, tzinfo=datetime.UTC),
        }
    )
    book.set_calc_mode("auto")
    looks, footer, heading = Looks(book), _footer(findings), heading_lines(findings)
    held = _sheets(findings)
    first = Sheet(book.add_worksheet("Read me"), looks, heading, footer)
    record_sheets.read_me_sheet(first, findings, [(one.name, one.purpose) for one in held])
    first.fit_heights()
    for one in held:
        sheet = Sheet(book.add_worksheet(one.name), looks, heading, footer)
        one.write(sheet, findings)
        sheet.fit_heights()
    book.close()
    return made.getvalue()


def heading_lines(findings: Findings) -> tuple[str, str, str, str]:
    """Above every table: the question, whose weights, what was changed, and the disclaimer."""
    brief, question = findings.brief, findings.question
    names = {setting.id: setting.name for setting in question.settings}
    switched = ", ".join(names[setting] for setting in question.active_settings)
    changed = overrides_line(question, [held.override for held in question.overrides])
    marking, date = marking_of(question, brief.layout), words.long_date(brief.layout.date)
    return (
        question.context.title,
        f"Weights: {brief.weighting.label} · {date} · {marking}",
        f"Settings: {switched or 'none switched on'}. {changed or 'No score is overridden.'}",
        question.context.disclaimer,
    )


def _footer(findings: Findings) -> str:
    marking = shorten(marking_of(findings.question, findings.brief.layout), 60)
    inputs = input_fingerprint(findings.evaluation)[:FINGERPRINT_DIGITS]
    question = findings.question.fingerprint[:FINGERPRINT_DIGITS]
    date = words.long_date(findings.brief.layout.date)
    right = f"Question {question} · with weights {inputs} · page &P of &N"
    return f"&L{footer_text(marking)}&C{date}&R{right}"


def _sheets(findings: Findings) -> list[_Held]:
    live, record = live_sheets, record_sheets
    held = [
        _Held("Names", "What options and criteria are, in full.", record.names_sheet),
        _Held(live.WEIGHTS, "Points (to be changed), weights, branches.", live.weights_sheet),
        _Held("Ranks", "Live scores and ranks beside the recorded ones.", live.ranks_sheet),
        _Held(live.CONTRIBUTIONS, "Weight times value, in points.", live.contributions_sheet),
        _Held(live.VALUES, "Values from 0 to 100 at the likely scores.", live.values_sheet),
        _Held("Raw matrix", "Likely, low and high in raw units.", record.raw_sheet),
        _Held("Evidence", "What every score rests on.", record.evidence_sheet),
    ]
    if findings.question.overrides:
        purpose = "Scores that a reader changed, with reasons."
        held.append(_Held("Overrides", purpose, lambda s, f: record.overrides_sheet(s, f.question)))
    if findings.question.perspectives:
        purpose = "Ranks and weights under each perspective."
        held.append(_Held("Perspectives", purpose, record.perspectives_sheet))
    purpose = "How often each option has each rank in samples; shares of 0 are left out."
    return [*held, _Held("Robustness", purpose, record.robustness_sheet)]
