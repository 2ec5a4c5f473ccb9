"""Which questions a server shows: the folders that it was given, each with a name of its own."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.model.errors import InputError
from dashboard.model.folder import FOLDERS
from dashboard.model.question import Question
from dashboard.ui.question_folder import FOLDER_VARIABLE, SHIPPED

_LONGEST_SLUG = 40


@dataclass(frozen=True)
class Served:
    """A folder, and the readable name by which an address tells it from the others.

    ``question`` : what a visitor opened from a briefing; there is no folder of it then.
    """

    slug: str
    folder: Path
    question: Question | None = None


def served_from_briefing(question: Question, slug: str) -> Served:
    """A question that lives in a visit and in no folder."""
    return Served(slug, Path(slug), question)


def served_questions() -> tuple[Served, ...]:
    """The folders named when the server was started; otherwise the shipped question."""
    return named(_folders(os.environ.get(FOLDER_VARIABLE)))


def environment_text(folders: Sequence[Path]) -> str:
    """What ``FOLDER_VARIABLE`` has to hold for these folders.

    Raises
    ------
    InputError : among several, one that the variable cannot hold.
    """
    for folder in folders:
        if len(folders) > 1 and os.pathsep in str(folder):
            what = f"cannot be served beside others, since its path holds {os.pathsep!r}"
            raise InputError.one(str(folder), None, what, "rename the folder")
    return os.pathsep.join(str(folder) for folder in folders)


def checked_folders(folders: Sequence[Path]) -> tuple[Path, ...]:
    """Absolute; each once, and each with at least the outline of a question.

    Raises
    ------
    InputError : a folder comes twice, is none, or holds nothing of a question.
    """
    found: list[Path] = []
    for folder in folders:
        whole = folder.resolve()
        if whole in found:
            raise InputError.one(str(folder), None, "is named twice", "name each folder once")
        if not whole.is_dir():
            raise InputError.one(str(folder), None, "is no folder", "name one with --question")
        if not any((whole / part).is_dir() for part in FOLDERS):
            what = f"is no question: it holds neither {', '.join(FOLDERS[:2])} nor {FOLDERS[2]}"
            raise InputError.one(str(folder), None, what, "name the folder that holds them")
        found.append(whole)
    return tuple(found)


def named(folders: Sequence[Path]) -> tuple[Served, ...]:
    """Each folder under the slug of its own name; where names are equal, with a number."""
    taken: set[str] = set()
    found = []
    for folder in folders:
        plain, slug, number = slug_of(folder.name), slug_of(folder.name), 1
        while slug in taken:
            number += 1
            slug = f"{plain}-{number}"
        taken.add(slug)
        found.append(Served(slug, folder))
    return tuple(found)


def slug_of(name: str) -> str:
    """A name in lower case letters, digits and hyphens, as an address shows them unchanged."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_SLUG].strip("-") or "question"


def distinct_titles(served: Sequence[Served], titles: Sequence[str]) -> tuple[str, ...]:
    """The titles; equal ones with the name of their folder behind them."""
    return tuple(
        f"{title} ({one.slug})" if titles.count(title) > 1 else title
        for one, title in zip(served, titles, strict=True)
    )


def _folders(text: str | None) -> list[Path]:
    """The folders that a variable names, each once; one that exists may hold the separator."""
    if not text:
        return [SHIPPED]
    if Path(text).is_dir():
        return [Path(text).resolve()]
    parts = [Path(part).resolve() for part in text.split(os.pathsep) if part]
    return list(dict.fromkeys(parts)) or [SHIPPED]
