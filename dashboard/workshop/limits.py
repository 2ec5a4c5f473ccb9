"""How often one address may guess: wrong passphrases, wrong workshop codes."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

_MOST_ADDRESSES = 10_000
_SHARED_BITS = 64
"""Of an IPv6 address: whoever has one has at least all that begin with the same bits."""


class AttemptLimit:
    """Counts failed attempts by address, and says who has to wait.

    Parameters
    ----------
    most : failed attempts an address may have within ``seconds``.
    seconds : how long a failed attempt counts.
    clock : seconds that never go back.
    addresses : of how many addresses it keeps count at once. With more, those forgotten first are
        the ones that failed longest ago: who commands so many has that many attempts anyway.

    An address is what a socket says; None and anything unreadable share one count.
    """

    def __init__(
        self,
        most: int,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
        addresses: int = _MOST_ADDRESSES,
    ) -> None:
        self._most, self._seconds, self._clock, self._addresses = most, seconds, clock, addresses
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def allowed(self, address: str | None) -> bool:
        """Whether this address may try now."""
        return self.wait_seconds(address) == 0

    def failed(self, address: str | None) -> None:
        """Count one failed attempt."""
        now, key = self._clock(), _counted_as(address)
        with self._lock:
            self._failed.setdefault(key, deque(maxlen=self._most)).append(now)
            self._failed.move_to_end(key)
            self._tidy(now)

    def wait_seconds(self, address: str | None) -> float:
        """How long until this address may try again; 0 where it may now."""
        with self._lock:
            times = self._failed.get(_counted_as(address))
            if times is None or len(times) < self._most:
                return 0.0
            return max(0.0, times[0] + self._seconds - self._clock())

    def __len__(self) -> int:
        """Of how many addresses it keeps count."""
        return len(self._failed)

    def _tidy(self, now: float) -> None:
        """Forget what counts no more, and what is too much; those that failed last stand last."""
        while self._failed:
            oldest = next(iter(self._failed))
            outdated = self._failed[oldest][-1] + self._seconds <= now
            if not outdated and len(self._failed) <= self._addresses:
                return
            del self._failed[oldest]


def _counted_as(address: str | None) -> str:
    """One word for all addresses that are one visitor's."""
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((found, _SHARED_BITS), strict=False))
