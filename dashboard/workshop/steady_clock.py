"""A clock that never goes backwards, whatever is done to the computer's."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class SteadyClock:
    """Milliseconds since 1970, UTC; each reading at least the last plus the time that passed.

    Where the computer's clock is set back, this one goes on from where it was. Where it is set
    forward, this one follows: a laptop that slept has to.
    """

    def __init__(
        self,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall, self._monotonic = wall, monotonic
        self._lock = threading.Lock()
        self._last, self._read_at = wall() * 1000, monotonic()

    def now(self) -> int:
        with self._lock:
            read_at = self._monotonic()
            # Parts of a millisecond count: who asks often would else slow it down.
            passed = max(0.0, (read_at - self._read_at) * 1000)
            self._last = max(self._wall() * 1000, self._last + passed)
            self._read_at = max(self._read_at, read_at)
            return int(self._last)

    def at_least(self, moment: int) -> None:
        """Go on from ``moment`` if that is later: something was written then already."""
        with self._lock:
            if moment > self._last:
                self._last, self._read_at = moment, self._monotonic()
