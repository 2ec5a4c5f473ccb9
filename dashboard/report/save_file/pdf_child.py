"""The program that takes a PDF apart, in a process of its own: whatever is in it, only this ends.

Started by ``pdf_parts``, by the path of this file: it imports nothing of ``dashboard``. The PDF
comes on standard input. On standard output stands one line of JSON, then the attachments one behind
the other. The line says ``refused`` and why, or lists the attachments and the pages.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import sys
from typing import Any

MOST_ATTACHMENTS = 1_000
MOST_INFLATED = 64_000_000
"""Bytes of all attachments together, and of the text of all pages."""

MOST_PAGES = 1_000
MOST_MEMORY = 1_000_000_000
MOST_SECONDS = 30
LONGEST_SIDE = 1_200
"""Pixels of a page's picture: enough to see a line or a figure that was moved."""

WITH_PAGES = "pages"


class Refused(Exception):  # noqa: N818  (an outcome, told by its name on the other side)
    """Why the PDF is not read, as one word."""


def main() -> None:
    limit_resources()
    pdf, with_pages = sys.stdin.buffer.read(), WITH_PAGES in sys.argv[1:]
    try:
        about, blobs = taken_apart(pdf, with_pages)
    except Refused as refused:
        about, blobs = {"refused": str(refused)}, []
    except MemoryError:
        about, blobs = {"refused": "memory"}, []
    sys.stdout.buffer.write(json.dumps(about).encode() + b"\n")
    for blob in blobs:
        sys.stdout.buffer.write(blob)
    sys.stdout.buffer.flush()


def limit_resources() -> None:
    """Memory, time and output, on systems that know such limits."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415

        for kind, most in (
            (resource.RLIMIT_AS, MOST_MEMORY),
            (resource.RLIMIT_CPU, MOST_SECONDS),
            (resource.RLIMIT_FSIZE, 3 * MOST_INFLATED),
            (resource.RLIMIT_CORE, 0),
        ):
            # A system may refuse one of them, such as macOS the first.
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))


def taken_apart(pdf: bytes, with_pages: bool) -> tuple[dict[str, Any], list[bytes]]:
    """What the first line says, and the attachments."""
    import pypdfium2  # noqa: PLC0415
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        encrypted = error.err_code == pdfium.FPDF_ERR_PASSWORD
        raise Refused("encrypted" if encrypted else "damaged") from error
    if pdfium.FPDF_GetSecurityHandlerRevision(document) != -1:
        raise Refused("encrypted")
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        raise Refused("script")
    try:
        named = _attachments(document, pdfium)
        pages = _pages(document) if with_pages else []
    except pypdfium2.PdfiumError as error:
        raise Refused("damaged") from error
    names = [{"name": name, "size": len(blob)} for name, blob in named]
    return {"attachments": names, "pages": pages}, [blob for _, blob in named]


def _attachments(document: Any, pdfium: Any) -> list[tuple[str, bytes]]:
    count = document.count_attachments()
    if count > MOST_ATTACHMENTS:
        raise Refused("many")
    found, total = [], 0
    for index in range(count):
        attachment = document.get_attachment(index)
        blob = _blob(attachment, MOST_INFLATED - total, pdfium)
        total += len(blob)
        found.append((attachment.get_name(), blob))
    return found


def _blob(attachment: Any, most: int, pdfium: Any) -> bytes:
    import ctypes  # noqa: PLC0415

    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(attachment, None, 0, size):
        raise Refused("damaged")
    if size.value > most:
        raise Refused("inflated")
    return bytes(attachment.get_data()) if size.value else b""


def _pages(document: Any) -> list[dict[str, str]]:
    count = len(document)
    if count > MOST_PAGES:
        raise Refused("pages")
    if count == 0:
        raise Refused("damaged")
    found, total = [], 0
    for index in range(count):
        page = document[index]
        text = page.get_textpage().get_text_range()
        total += len(text)
        if total > MOST_INFLATED:
            raise Refused("inflated")
        found.append({"text": text, "picture": _picture(page)})
    return found


def _picture(page: Any) -> str:
    """SHA-256 of the page as it looks, annotations included."""
    longest = max(page.get_size())
    if not 0 < longest < 1e6:
        raise Refused("damaged")
    bitmap = page.render(scale=LONGEST_SIDE / longest, rev_byteorder=True)
    held = io.BytesIO(bytes(bitmap.buffer))
    size = f"{bitmap.width} {bitmap.height} {bitmap.format}".encode()
    return hashlib.sha256(size + held.getvalue()).hexdigest()


if __name__ == "__main__":
    main()
