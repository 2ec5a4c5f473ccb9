"""How far long work has come, for whoever waits at a terminal or reads a log."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType
from typing import TextIO

_STEP_SECONDS = 5.0
"""Between two lines in a log."""

_PATIENCE_SECONDS = 1.0
"""Work that ends sooner tells a log nothing."""

_CLEAR = "\r\x1b[K"


@contextmanager
def terminal_progress(
    what: str,
    stream: TextIO | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Callable[[int, int], None]]:
    """Tell on standard error how far the work in the block has come; never on standard output.

    On a terminal it is one line from the start, which is written over, and gone at the end.
    Anywhere else it is plain lines: after a second the first, then one every five seconds, so that
    short work leaves none.

    Parameters
    ----------
    what : the work, as a sentence without a full stop.
    stream, clock : instead of standard error and the monotonic clock.

    Returns
    -------
    A function of the work that is done and of all of it, for ``Workers.progress``.
    """
    out = sys.stderr if stream is None else stream
    teller = _Line(what, out) if out.isatty() else _Log(what, out, clock)
    teller(0, 1)
    try:
        yield teller
    finally:
        teller.end()


@contextmanager
def stop_asked() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed in the block, for ``Workers.cancelled``.

    It raises KeyboardInterrupt as ever. But where that falls into the clean-up of an object, Python
    prints it and goes on; the next chunk then stops the run.
    """
    asked = Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        asked.set()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


class _Line:
    """One line of a terminal."""

    def __init__(self, what: str, stream: TextIO) -> None:
        self._what, self._stream, self._said = what, stream, ""

    def __call__(self, done: int, of: int) -> None:
        said = f"{self._what}: {done * 100 // max(of, 1)} % (Ctrl-C stops)"
        if said != self._said:
            self._said = said
            print(_CLEAR + said, end="", file=self._stream, flush=True)

    def end(self) -> None:
        """Leave the line as empty as it was."""
        print(_CLEAR, end="", file=self._stream, flush=True)


class _Log:
    """Lines of a file or a pipe."""

    def __init__(self, what: str, stream: TextIO, clock: Callable[[], float]) -> None:
        self._what, self._stream, self._clock = what, stream, clock
        self._next = clock() + _PATIENCE_SECONDS

    def __call__(self, done: int, of: int) -> None:
        if self._clock() < self._next or done >= of:
            return
        self._next = self._clock() + _STEP_SECONDS
        print(f"{self._what}: {done * 100 // max(of, 1)} %", file=self._stream, flush=True)

    def end(self) -> None:
        """A log keeps its lines."""
