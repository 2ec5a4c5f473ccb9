"""A lock that is given in the order in which it was asked for."""

from __future__ import annotations

import threading
from collections import deque


class QueueLock:
    """``threading.Lock`` lets whoever comes by take it, so that under load some wait for long.

    Here whoever lets go hands it to the one that has waited longest.
    """

    def __init__(self) -> None:
        self._inner = threading.Lock()
        self._held = False
        self._waiting: deque[threading.Lock] = deque()

    @property
    def waiting(self) -> int:
        """How many stand in the queue."""
        return len(self._waiting)

    def acquire(self, seconds: float) -> bool:
        """Take the lock; False where it was not to be had within that time."""
        with self._inner:
            if not self._held:
                self._held = True
                return True
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        if turn.acquire(timeout=seconds):
            return True
        with self._inner:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return False
            return True  # it was handed over at the last moment

    def release(self) -> None:
        """Hand the lock on."""
        with self._inner:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False
