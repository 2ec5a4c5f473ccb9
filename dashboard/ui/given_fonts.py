"""The fonts that this server was started with, for scripts that the bundled ones lack."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from dashboard.report.extra_fonts import FontName, read_fonts

VARIABLE = "COUNTERWEIGHT_FONTS"
"""Paths of font files, apart as those in ``PATH`` are."""


def use_fonts(paths: Sequence[Path]) -> None:
    """Set all briefings of this server in these fonts too; none leaves what the variable says.

    Raises
    ------
    InputError : a file cannot be read, or holds no font.
    """
    if paths:
        os.environ[VARIABLE] = os.pathsep.join(str(path.resolve()) for path in paths)
    given_fonts()


def given_fonts() -> tuple[FontName, ...]:
    """The fonts that were given; errors as ``use_fonts``."""
    return _read(os.environ.get(VARIABLE, ""))


@cache
def _read(paths: str) -> tuple[FontName, ...]:
    return read_fonts(Path(path) for path in paths.split(os.pathsep) if path)
