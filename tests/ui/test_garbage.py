"""What imports have made is taken out of collections, and nothing else is for long."""

from __future__ import annotations

import gc
import sys
from types import ModuleType

import pytest

from dashboard.ui.garbage import set_imports_aside


def test_only_a_new_import_sets_objects_aside_again(monkeypatch: pytest.MonkeyPatch) -> None:
    set_imports_aside()
    before = gc.get_freeze_count()
    held: list[list[int]] = [[] for _ in range(10_000)]
    set_imports_aside()
    assert gc.get_freeze_count() <= before
    monkeypatch.setitem(sys.modules, "imported_just_now", ModuleType("imported_just_now"))
    set_imports_aside()
    # Other threads may let go of some that were set aside before.
    assert gc.get_freeze_count() >= before + len(held) // 2
