"""Keeps the collection of garbage short: nobody is answered while it runs."""

from __future__ import annotations

import gc
import sys
from functools import cache


def set_imports_aside() -> None:
    """Take what imports have made out of later collections; cheap enough for every run.

    Streamlit collects all garbage after each run of its script and goes through every object to
    find it. Nine in ten belong to imported modules and never go; with scikit-criteria loaded that
    takes a tenth of a second, in which the last messages of the run wait to be sent.
    """
    _freeze(len(sys.modules))


@cache
def _freeze(_modules: int) -> None:
    """Once for each number of modules, so that only new imports freeze again.

    What visits hold at that moment is frozen too. It is still freed when nothing refers to it;
    only cycles among it stay, and this happens a few times in the life of a server.
    """
    gc.freeze()
