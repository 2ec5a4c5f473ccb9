"""The files of a question folder: which there are, which are missing, which bear a wrong name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from dashboard.model.errors import Fault
from dashboard.model.explain import nearest
from dashboard.model.ids import VALUE_TREE, proposal_files

FOLDERS = ("seeds", "criteria", "proposals")
REQUIRED = ("seeds/question.yaml", VALUE_TREE)

_ENDING = ".yaml"
_WRONG_ENDINGS = (".yaml.txt", ".yml.txt", ".yml", ".yaml")
"""As they come from editors and file managers, in whatever case; ``.yaml`` itself in capitals."""


@dataclass(frozen=True)
class Listing:
    """What a folder holds.

    Attributes
    ----------
    files : the file to read by the name it should have; mostly the same.
    clouded : folders that are missing or hold a file that could not be placed.
    """

    files: Mapping[str, str]
    faults: tuple[Fault, ...]
    clouded: frozenset[str]


def list_files(folder: Path, known: Iterable[str]) -> Listing:
    """The files to read, in a fixed order; a file that would be overlooked is a fault.

    A file with a wrong name is read all the same as what it is taken for, so that its other
    faults come in the same list and what it defines is not called unknown elsewhere.
    """
    lister = _Lister(tuple(known))
    absent = []
    for part in FOLDERS:
        if not (folder / part).is_dir():
            absent.append(part)
            remedy = f"make it; a question is a folder with {', '.join(FOLDERS[:2])} and proposals"
            lister.fault(f"{part}/", "is missing", remedy)
            continue
        try:
            lister.take([f"{part}/{path.name}" for path in sorted((folder / part).iterdir())])
        except OSError as error:
            absent.append(part)
            what = f"cannot be read ({error.strerror})"
            lister.fault(f"{part}/", what, "check that you may read it")
    return _complete(lister, absent)


def list_names(names: Iterable[str], known: Iterable[str]) -> Listing:
    """The same for files that are held by their paths, such as ``seeds/question.yaml``."""
    lister = _Lister(tuple(known))
    by_folder: dict[str, list[str]] = {part: [] for part in FOLDERS}
    for name in sorted(names):
        part, _, rest = name.partition("/")
        if part in by_folder and rest and "/" not in rest and _stem(rest) is not None:
            by_folder[part].append(name)
        else:
            lister.fault(name, "is not a file of a question", "take it out")
    for found in by_folder.values():
        lister.take(found)
    return _complete(lister, [])


def _complete(lister: _Lister, absent: list[str]) -> Listing:
    """The listing, with a fault for each file that a question cannot be without."""
    for name in REQUIRED:
        if name not in lister.files and name.split("/")[0] not in absent:
            lister.fault(name, "is missing", "add it (docs/format.md shows what it holds)")
    if not proposal_files(lister.files) and "proposals" not in absent:
        lister.fault("proposals/", "holds no proposal", "add one file a proposal")
    return Listing(lister.files, tuple(lister.faults), frozenset({*absent, *lister.clouded}))


class _Lister:
    """Gives each file that is found the name it should have."""

    def __init__(self, known: tuple[str, ...]) -> None:
        self.known = known
        self.files: dict[str, str] = {}
        self.faults: list[Fault] = []
        self.clouded: set[str] = set()

    def fault(self, file: str, what: str, remedy: str) -> None:
        self.faults.append(Fault(file, None, what, remedy))

    def take(self, found: list[str]) -> None:
        for file in found:
            part, name = file.split("/", 1)
            stem = _stem(name)
            if stem is None or name.startswith("."):
                continue
            own = f"{part}/{stem}{_ENDING}"
            if part != "proposals" and own not in self.known:
                self._stranger(file, own, found)
            elif file == own:
                self.files[own] = file
            elif own in found:
                self.fault(file, f"stands beside {own}", "take one of the two out")
            else:
                self.fault(file, "does not end in .yaml", f"rename it to {own}")
                self.files[own] = file

    def _stranger(self, file: str, own: str, found: list[str]) -> None:
        """A name that means nothing: one that is misspelt, if the right one is still free."""
        part = own.split("/", maxsplit=1)[0]
        free = [name for name in self.known if name.startswith(f"{part}/") and name not in found]
        # Compared without the folder, which would make any two names look alike.
        near = nearest(PurePosixPath(own).stem, [PurePosixPath(name).stem for name in free])
        if near is None:
            listed = ", ".join(PurePosixPath(name).name for name in free)
            remedy = "take it out" + (f", or rename it ({listed})" if listed else "")
            self.fault(file, "is not a file of a question", remedy)
            self.clouded.add(part)
            return
        self.fault(file, "is not a file of a question", f"rename it to {part}/{near}{_ENDING}")
        self.files.setdefault(f"{part}/{near}{_ENDING}", file)


def _stem(name: str) -> str | None:
    """The name without its ending, or None for a file that is not meant as YAML."""
    for ending in _WRONG_ENDINGS:
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return None
