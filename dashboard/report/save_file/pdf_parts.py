"""Takes a PDF that nobody vouches for apart: its attachments, the text and the look of its pages.

It is read in another process with limits on memory, time and size (``pdf_child``), started for
it and never forked, so it works beside any number of threads. What comes back is data; nothing in
it runs.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.model.errors import InputError
from dashboard.report.save_file import pdf_child

MOST_BYTES = 30_000_000
"""Of the PDF itself."""

SECONDS = 60
"""After which an answer is not waited for any more; the child's own limit counts its work alone."""

AT_ONCE = 4
"""PDFs that are read at the same time; whoever comes later waits."""

_TURNS = threading.BoundedSemaphore(AT_ONCE)
_AGAIN = "ask whoever made the briefing for the file as it was written"
_REFUSALS: Mapping[str, tuple[str, str]] = {
    "damaged": ("is damaged and cannot be read as a PDF", _AGAIN),
    "encrypted": ("is encrypted, which no briefing is", f"{_AGAIN}, without a password"),
    "script": ("holds JavaScript, which no briefing does", _AGAIN),
    "many": (
        f"has more than {pdf_child.MOST_ATTACHMENTS:,} attachments, more than any briefing",
        _AGAIN,
    ),
    "pages": (f"has more than {pdf_child.MOST_PAGES:,} pages, more than any briefing", _AGAIN),
    "inflated": (
        f"unpacks to more than {pdf_child.MOST_INFLATED // 1_000_000} MB, more than any briefing",
        _AGAIN,
    ),
    "memory": ("needs more memory to be read than any briefing does", _AGAIN),
    "time": ("takes longer to be read than any briefing does", _AGAIN),
    "twice": ("has two attachments of the same name", _AGAIN),
    "ended": ("cannot be read: the reader of PDFs gave up on it", _AGAIN),
}


@dataclass(frozen=True)
class Page:
    """``lines`` of its text, without those that are blank; ``picture`` : SHA-256 of its look."""

    lines: tuple[str, ...]
    picture: str


@dataclass(frozen=True)
class PdfParts:
    """Attachments by name, and the pages in order (none where they were not asked for)."""

    files: Mapping[str, bytes]
    pages: tuple[Page, ...]


def pdf_parts(pdf: bytes, name: str, *, pages: bool = False) -> PdfParts:
    """Take a PDF apart.

    Parameters
    ----------
    name : what messages call it.
    pages : whether text and look of the pages are wanted; that takes longer.

    Raises
    ------
    InputError : the file is no PDF, is damaged, encrypted or larger than any briefing.
    """
    if not pdf:
        raise InputError.one(name, None, "is empty", _AGAIN)
    if len(pdf) > MOST_BYTES:
        what = f"has {len(pdf) / 1e6:,.0f} MB, more than any briefing"
        raise InputError.one(name, None, what, f"give a PDF of at most {MOST_BYTES // 10**6} MB")
    if b"%PDF-" not in pdf[:1024]:
        raise InputError.one(name, None, "is no PDF", "name a briefing that Counterweight wrote")
    about, blobs = _asked(pdf, name, pages)
    files = dict(blobs)
    if len(files) < len(blobs):
        raise _refusal(name, "twice")
    return PdfParts(files, tuple(_page(page) for page in about["pages"]))


def _asked(pdf: bytes, name: str, pages: bool) -> tuple[dict[str, Any], list[tuple[str, bytes]]]:
    with _TURNS, tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(pdf)
        given.seek(0)
        # -P: nothing that lies beside the program or in the folder of work is taken for a module.
        command = [sys.executable, "-P", str(Path(pdf_child.__file__).resolve())]
        wanted = [pdf_child.WITH_PAGES] if pages else []
        try:
            done = subprocess.run(  # noqa: S603  (this very program; the PDF is its input only)
                [*command, *wanted],
                stdin=given,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise _refusal(name, "time") from error
        if done.returncode:
            raise _refusal(name, _ending(done.returncode))
        answer.seek(0)
        about = json.loads(answer.readline())
        if "refused" in about:
            raise _refusal(name, about["refused"])
        return about, [(one["name"], answer.read(one["size"])) for one in about["attachments"]]


def _ending(status: int) -> str:
    """Why the child ended before its time: killed for its seconds, or out of memory most likely."""
    import signal  # noqa: PLC0415

    if hasattr(signal, "SIGXCPU") and -status in (signal.SIGXCPU, signal.SIGKILL):
        return "time"
    aborted = (signal.SIGABRT, signal.SIGILL, getattr(signal, "SIGTRAP", None))
    return "memory" if -status in aborted else "ended"


def _refusal(name: str, why: str) -> InputError:
    return InputError.one(name, None, *_REFUSALS[why])


def _page(page: dict[str, str]) -> Page:
    return Page(tuple(_lines(page["text"])), page["picture"])


def _lines(text: str) -> Iterator[str]:
    """Lines without the marks that only lay them out, and those that are blank left out."""
    for line in re.split(r"\r\n|\r|\n", text):
        plain = re.sub(r"[\u200b\ufffe\u00ad]", "", line)
        plain = re.sub(r"\s+", " ", plain).strip()
        if plain:
            yield plain
