"""The question that the server shows: read once, read again when a file changes."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from dashboard.model.errors import Fault, InputError
from dashboard.model.load import FOLDERS, load_question
from dashboard.model.question import Question

FOLDER_VARIABLE = "COUNTERWEIGHT_QUESTION"
BRIEFING_VARIABLE = "COUNTERWEIGHT_BRIEFING"
SHIPPED = Path(__file__).resolve().parents[2]

Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Opened:
    """The last question that could be read, and what is wrong with the files as they are now."""

    question: Question | None
    faults: tuple[Fault, ...]


class QuestionFolder:
    """Shared by all sessions of a server; safe to ask from several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._signature: Signature | None = None
        self._opened = Opened(None, ())

    def open(self) -> Opened:
        """The question as the files stand; a broken edit keeps the last good one in place."""
        with self._lock:
            signature = _signature(self.folder)
            if signature != self._signature:
                self._opened = self._read()
                self._signature = signature
            return self._opened

    def _read(self) -> Opened:
        try:
            return Opened(load_question(self.folder), ())
        except InputError as error:
            return Opened(self._opened.question, error.faults)


def _signature(folder: Path) -> Signature:
    """Name, time and size of every file: cheap enough to look at on each run."""
    entries = []
    for name in FOLDERS:
        if not (folder / name).is_dir():
            continue
        with os.scandir(folder / name) as found:
            for entry in found:
                # An editor's lock may be a link to nowhere, and a file may go while we look.
                with suppress(OSError):
                    status = entry.stat()
                    entries.append((f"{name}/{entry.name}", status.st_mtime_ns, status.st_size))
    return tuple(sorted(entries))
