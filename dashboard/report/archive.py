"""Everything of a briefing as one ZIP: documents, charts, tables, the question and the results.

Equal input gives equal bytes: files stand in a fixed order and carry the date of the briefing.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from dashboard.model.question_files import question_files
from dashboard.report.briefing.brief import Findings
from dashboard.report.briefing.figures import FIGURES, figure_png, figure_svg
from dashboard.report.fingerprint import input_fingerprint
from dashboard.report.forms import Progress
from dashboard.report.save_file.contents import json_bytes, results_data
from dashboard.report.tables_export import TABLES
from dashboard.report.workbook.workbook import heading_lines

DOCUMENTS = {
    "briefing.pdf": "the briefing, which can be opened again and verified",
    "briefing.docx": "the briefing as Word, to be edited",
    "briefing.xlsx": "weights, scores and ranks as a live workbook",
}
RESULTS = "results.json"
_OLDEST = 1980
"""No file in a ZIP can be older."""

_FIT = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?<!\.)")
_TAKEN = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


class _File(NamedTuple):
    name: str
    holds: str
    make: Callable[[], bytes]


def archive_zip(
    findings: Findings,
    documents: Mapping[str, Callable[[Findings], bytes]],
    progress: Progress | None = None,
) -> bytes:
    """Everything as one ZIP.

    Parameters
    ----------
    documents : what makes the forms, by the names in ``DOCUMENTS``.
    progress : called before each file is made, and at the end.

    Raises
    ------
    ValueError : a name cannot be a file on every system, or would be there twice.
    """
    planned = [*_documents(findings, documents), *_charts(findings), *_tables(findings)]
    planned += [_File(RESULTS, "all results at full precision", lambda: _results(findings))]
    planned += _question(findings)
    files: dict[str, bytes] = {}
    for step, file in enumerate(planned):
        if progress:
            progress(step / len(planned), file.name)
        _put(files, file.name, file.make())
    _put(files, "README.txt", _read_me(findings, planned).encode())
    if progress:
        progress(1.0, "README.txt")
    return _zipped(files, findings)


def _documents(
    findings: Findings, documents: Mapping[str, Callable[[Findings], bytes]]
) -> Iterator[_File]:
    for name, holds in DOCUMENTS.items():
        if name in documents:
            yield _File(name, holds, partial(documents[name], findings))


def _charts(findings: Findings) -> Iterator[_File]:
    for name, maker in FIGURES.items():
        if maker.applies(findings):
            svg, png = partial(_svg, findings, name), partial(figure_png, findings, name)
            yield _File(f"charts/{name}.svg", f"{maker.title}, as a drawing", svg)
            yield _File(f"charts/{name}.png", f"{maker.title}, as a picture", png)


def _svg(findings: Findings, name: str) -> bytes:
    return figure_svg(findings, name).encode()


def _tables(findings: Findings) -> Iterator[_File]:
    for table in TABLES:
        if table.applies(findings):
            yield _File(f"tables/{table.name}.csv", table.holds, partial(table.make, findings))


def _question(findings: Findings) -> Iterator[_File]:
    plain = findings.brief.question.replace(active_settings=())
    for path, text in question_files(plain).items():
        yield _File(f"question/{path}", "a file of the question", text.encode)


def _results(findings: Findings) -> bytes:
    return json_bytes(results_data(findings))


def _put(files: dict[str, bytes], name: str, content: bytes) -> None:
    """Windows takes 'A' and 'a' for one file, and some names for devices."""
    parts = name.split("/")
    if any(not _FIT.fullmatch(part) or _TAKEN.fullmatch(part) for part in parts):
        raise ValueError(f"{name!r} cannot be a file on every system")
    if name.lower() in {known.lower() for known in files}:
        raise ValueError(f"{name!r} would be there twice")
    files[name] = content


def _read_me(findings: Findings, planned: Sequence[_File]) -> str:
    lines = [
        *(" ".join(line.split()) for line in heading_lines(findings)),
        "",
        *(f"{file.name}: {file.holds}" for file in planned),
        "",
        f"Fingerprint of the question: {findings.question.fingerprint}",
        f"Fingerprint with the weights: {input_fingerprint(findings.evaluation)}",
        "The fingerprints detect accidents and edits. They are no signature.",
        "",
    ]
    return "\r\n".join(lines)


def _zipped(files: Mapping[str, bytes], findings: Findings) -> bytes:
    date, made = findings.brief.layout.date, io.BytesIO()
    stamp = (max(date.year, _OLDEST), date.month, date.day, 0, 0, 0)
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same wherever it is made
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return made.getvalue()
