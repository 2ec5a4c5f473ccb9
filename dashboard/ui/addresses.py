"""Which addresses are this machine's own."""

from __future__ import annotations

import ipaddress


def is_loopback(address: str | None) -> bool:
    """Whether a server bound to this address can be reached from its own machine only."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address or "0.0.0.0").is_loopback  # noqa: S104
    except ValueError:
        return False
