"""Fonts beside the bundled ones, for scripts that those lack: given as files, known by their hash.

A briefing records which fonts it was set in, not the fonts themselves, which have licences of their
own. Whoever sets it again has to give the same files.
"""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from dashboard.model.errors import InputError

MOST_BYTES = 100_000_000
"""Larger files are no fonts: those of all Chinese characters take about 20 MB."""

_UNSHOWN = frozenset(("Cc", "Cf", "Co", "Cn", "Zl", "Zp"))
_JOINERS = frozenset((0x200C, 0x200D))
"""Format characters that the spelling of some scripts needs, Persian and Bengali among them."""

_NO_FONT = "give a TrueType or OpenType font: a file that ends in .ttf, .otf or .ttc"


@dataclass(frozen=True, order=True)
class FontName:
    """A font: its family as Typst names it, and the SHA-256 of its file."""

    family: str
    sha256: str


@dataclass(frozen=True)
class _Held:
    name: FontName
    folder: Path
    covered: frozenset[int]


_HELD: dict[str, _Held] = {}
_LOCK = Lock()


@lru_cache(maxsize=1)
def _folder() -> TemporaryDirectory[str]:
    """Copies of the fonts, each in a folder of its own; it goes when the program ends."""
    return TemporaryDirectory(prefix="counterweight-fonts-")


def read_fonts(paths: Iterable[Path]) -> tuple[FontName, ...]:
    """The fonts in some files, which documents can be set in from now on.

    Raises
    ------
    InputError : a file cannot be read, or holds no font.
    """
    return tuple(dict.fromkeys(_read(path) for path in paths))


def _read(path: Path) -> FontName:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise InputError.one(str(path), None, what, _NO_FONT) from error
    digest = hashlib.sha256(content).hexdigest()
    with _LOCK:
        if digest not in _HELD:
            _HELD[digest] = _kept(str(path), content, digest)
        return _HELD[digest].name


def _kept(name: str, content: bytes, digest: str) -> _Held:
    """A copy: the file itself may change while the program runs."""
    import typst  # noqa: PLC0415  (slow, and only who gives a font needs it)

    covered = _covered(name, content)
    folder = Path(_folder().name) / digest
    folder.mkdir(exist_ok=True)
    (folder / f"font{Path(name).suffix.lower()}").write_bytes(content)
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    )
    if not found.families():
        raise InputError.one(name, None, "holds no font that a PDF can be set in", _NO_FONT)
    return _Held(FontName(found.families()[0], digest), folder, covered)


def _covered(name: str, content: bytes) -> frozenset[int]:
    """The code points that a font maps and a document may hold."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415  (only who gives a font)

    try:
        # Of a collection the first face: the others hold the same characters in other forms.
        with TTFont(io.BytesIO(content), fontNumber=0, lazy=True) as font:
            mapped = set(font.getBestCmap() or ())
    except (TTLibError, KeyError, ValueError, AssertionError) as error:
        raise InputError.one(name, None, "is no font", _NO_FONT) from error
    shown = {c for c in mapped if unicodedata.category(chr(c)) not in _UNSHOWN}
    return frozenset(shown | (mapped & _JOINERS)) - {0xFFFD}


def _held(fonts: Sequence[FontName]) -> list[_Held]:
    """The fonts by their names.

    Raises
    ------
    InputError : one of them was not given to this program.
    """
    for font in fonts:
        if font.sha256 not in _HELD:
            what = (
                f"is set in the font “{font.family}” (SHA-256 {font.sha256[:12]}), which was not "
                "given"
            )
            raise InputError.one("the briefing", None, what, "give that file with --font FILE")
    return [_HELD[font.sha256] for font in fonts]


def font_folders(fonts: Sequence[FontName]) -> tuple[Path, ...]:
    """The folders with the files of these fonts; errors as ``coverage``."""
    return tuple(held.folder for held in _held(fonts))


def coverage(fonts: Sequence[FontName]) -> frozenset[int]:
    """The code points that at least one of these fonts can show.

    Raises
    ------
    InputError : one of them was not given to this program.
    """
    return frozenset().union(*(held.covered for held in _held(fonts)))
