"""Which addresses are this machine's own."""

from __future__ import annotations

import pytest

from dashboard.ui.addresses import is_loopback


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_loopback_is_open(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.5", "board.example"])
def test_anything_else_asks_for_the_passphrase(address: str | None) -> None:
    assert not is_loopback(address)
